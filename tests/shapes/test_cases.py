"""Each folder of ``cases/`` is a rule; each Turtle file in it changes the project of ``base.ttl``.

A case replaces what the base says of the same subject and property. ``pg:goal``, ``pg:indicator``
and ``pg:budgetAmount`` are added to instead; the empty list ``()`` empties a property first.
``expected.json`` lists the results of that rule, ``"ex:…"`` being nodes of the case. Adding a case
adds no code.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH, SKOS
from rdflib.term import Node

from perfgraph.validation import load_shapes, reference, with_codes
from perfgraph.validation.results import Result
from perfgraph.validation.shapes import prologue, rules_of
from perfgraph.validation.terms import PG, PGS

HERE = Path(__file__).parent
ADDED = {PG.goal, PG.indicator, PG.budgetAmount, RDF.type}
PREFIXES = {"http://example.org/": "ex:", str(PG): "pg:", str(SKOS): "skos:"}


@dataclass(frozen=True)
class Case:
    """One Turtle file and the results of its rule that it must give."""

    rule: str
    path: Path
    profile: str
    results: frozenset[tuple[str | None, ...]]

    def __str__(self) -> str:
        return f"{self.rule}-{self.path.stem}"


def _cases() -> list[Case]:
    found = []
    for folder in sorted((HERE / "cases").iterdir()):
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.ttl")):
            entry = expected[path.stem]
            results = frozenset(
                (r["shape"], r["severity"], r["focus"], r["path"], r["value"])
                for r in entry["results"]
            )
            found.append(Case(folder.name, path, entry.get("profile", "cn-2015"), results))
    return found


CASES = _cases()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case_gives_the_expected_results(case: Case) -> None:
    shapes = shapes_of(case.profile, case.rule)
    rules = rules_of(shapes)
    results = reference.run(changed(case.path), shapes)
    found = {
        (
            str(result.shape).removeprefix(str(PGS)),
            rules[result.shape].severity.value,
            short(result.focus),
            None if result.path is None else path_text(shapes, result.path),
            short(value_of(result)),
        )
        for result in results
    }
    assert found == case.results


@pytest.mark.parametrize("case", CASES, ids=str)
def test_oxigraph_gives_the_same_rows_for_all_focus_nodes_at_once(case: Case) -> None:
    """So shapes are compiled: the target class joins the pattern, and nothing is pre-bound."""
    shapes = shapes_of(case.profile, case.rule)
    store = pyoxigraph.Store()
    ntriples = changed(case.path).serialize(format="nt")
    store.bulk_load(ntriples.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    found, asked = set(), set()
    for shape in rules_of(shapes):
        select = next(iter(shapes.objects(shape, SH.sparql / SH.select)), None)
        if select is None:
            continue
        name = str(shape).removeprefix(str(PGS))
        asked.add(name)
        target = shapes.value(shape, SH.targetClass)
        query = str(select).replace("WHERE {", f"WHERE {{ $this a <{target}> .", 1)
        rows = store.query(prologue(shapes) + query)
        assert isinstance(rows, pyoxigraph.QuerySolutions)
        variables = {variable.value for variable in rows.variables}
        for row in rows:
            focus = row["this"].value
            path = row["path"].value if "path" in variables else None
            value = row["value"] if "value" in variables else None
            at = focus if value is None else value.value
            found.add((name, *(iri and short(URIRef(iri)) for iri in (focus, path, at))))
    assert found == {
        (shape, focus, path, value)
        for shape, _, focus, path, value in case.results
        if shape in asked
    }


def test_base_project_conforms() -> None:
    assert not list(reference.run(with_codes(base()), load_shapes("cn-2015")))


@pytest.mark.parametrize("folder", sorted((HERE / "cases").iterdir()), ids=lambda f: f.name)
def test_every_rule_has_a_conforming_and_a_failing_case(folder: Path) -> None:
    cases = [case for case in CASES if case.rule == folder.name]
    assert any(not case.results for case in cases)
    assert any(case.results for case in cases)
    assert all(case.path.stem.startswith("invalid") == bool(case.results) for case in cases)
    listed = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert set(listed) == {case.path.stem for case in cases}


@pytest.mark.parametrize("profile", ["cn-2015", "cn-2021"])
def test_every_shape_has_a_failing_case(profile: str) -> None:
    """A shape that both profiles have, such as C04-satisfaction-2015, fails in one of them."""
    failing = {stem(str(result[0])) for case in CASES for result in case.results}
    shapes = {stem(str(shape).removeprefix(str(PGS))) for shape in rules_of(load_shapes(profile))}
    assert shapes <= failing


def stem(shape: str) -> str:
    return shape.removesuffix("-2015").removesuffix("-2021")


def value_of(result: Result) -> Node | None:
    """Return the value as a report gives it: a SELECT without ``?value`` means the focus node."""
    if result.value is None and result.component == SH.SPARQLConstraintComponent:
        return result.focus
    return result.value


@cache
def shapes_of(profile: str, rule: str) -> Graph:
    """Return the shapes of ``profile`` with the targets of one rule only: the others rest."""
    shapes = Graph() + load_shapes(profile)
    for shape, said in rules_of(shapes).items():
        if said.number != rule:
            shapes.remove((shape, SH.targetClass, None))
    return shapes


@cache
def base() -> Graph:
    return Graph().parse(HERE / "base.ttl")


def changed(path: Path) -> Graph:
    """Return the base project with the changes of the case at ``path``, and the codes."""
    case = Graph().parse(path)
    graph = Graph()
    for triple in base():
        graph.add(triple)
    for subject, predicate, value in case:
        if predicate not in ADDED or value == RDF.nil:
            graph.remove((subject, predicate, None))
    for triple in case:
        if triple[2] != RDF.nil:
            graph.add(triple)
    return with_codes(graph)


def short(node: Node | None) -> str | None:
    if isinstance(node, URIRef):
        for namespace, prefix in PREFIXES.items():
            if node.startswith(namespace):
                return prefix + node.removeprefix(namespace)
    return None if node is None else str(node)


def path_text(shapes: Graph, path: Node) -> str | None:
    """Return a property path as SPARQL writes it."""
    alternatives = shapes.value(path, SH.alternativePath)
    if alternatives is not None:
        return f"({'|'.join(str(path_text(shapes, p)) for p in Collection(shapes, alternatives))})"
    repeated = shapes.value(path, SH.zeroOrMorePath)
    if repeated is not None:
        return f"{path_text(shapes, repeated)}*"
    if (path, RDF.first, None) in shapes:
        return f"({' '.join(str(path_text(shapes, p)) for p in Collection(shapes, path))})"
    assert not isinstance(path, Literal)
    return short(path)
