"""Each folder of ``cases/`` is a rule; each Turtle file in it changes the project of ``base.ttl``.

A case replaces what the base says of the same subject and property. ``pg:goal``, ``pg:indicator``
and ``pg:budgetAmount`` are added to instead; the empty list ``()`` empties a property first.
``expected.json`` lists the results of that rule, ``"ex:…"`` being nodes of the case. Adding a case
adds no code.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store
from rdflib import Graph, Namespace
from rdflib.namespace import RDF, SKOS

from perfgraph.shacl import Path as PropertyPath
from perfgraph.shacl import Term
from perfgraph.shacl.paths import Alternative, Repeated, Sequence
from perfgraph.shacl.terms import sh
from perfgraph.validation import Engine, RuleSet, load_shapes, profiles, with_codes
from perfgraph.validation.engines import results_of
from perfgraph.validation.rdflib_terms import oxigraph_store
from perfgraph.validation.shapes import rule_set
from perfgraph.vocab import ONTOLOGY, SHAPE

HERE = Path(__file__).parent
PG = Namespace(ONTOLOGY)
ADDED = {PG.goal, PG.indicator, PG.budgetAmount, RDF.type}
PREFIXES = {"http://example.org/": "ex:", ONTOLOGY: "pg:", str(SKOS): "skos:"}


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


@pytest.mark.parametrize("engine", Engine)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_case_gives_the_expected_results(case: Case, engine: Engine) -> None:
    shapes = shapes_of(case.profile, case.rule)
    found = {
        (
            result.shape.value.removeprefix(SHAPE),
            shapes.rules[result.shape].severity.value,
            short(result.focus),
            None if result.path is None else path_text(result.path),
            short(result.value),
        )
        for result in results_of(changed(case.path), shapes, engine)
    }
    assert found == case.results


@pytest.mark.parametrize("engine", Engine)
def test_base_project_conforms(engine: Engine) -> None:
    data = with_codes(oxigraph_store(base()))
    assert not list(results_of(data, load_shapes("cn-2015"), engine))


@pytest.mark.parametrize("folder", sorted((HERE / "cases").iterdir()), ids=lambda f: f.name)
def test_every_rule_has_a_conforming_and_a_failing_case(folder: Path) -> None:
    cases = [case for case in CASES if case.rule == folder.name]
    assert any(not case.results for case in cases)
    assert any(case.results for case in cases)
    assert all(case.path.stem.startswith("invalid") == bool(case.results) for case in cases)
    listed = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert set(listed) == {case.path.stem for case in cases}


@pytest.mark.parametrize("profile", profiles())
def test_every_shape_has_a_failing_case(profile: str) -> None:
    """A shape that several profiles have, such as C04-satisfaction-2015, fails in one of them."""
    failing = {stem(str(result[0])) for case in CASES for result in case.results}
    shapes = {stem(shape.value.removeprefix(SHAPE)) for shape in load_shapes(profile).rules}
    assert shapes <= failing


def stem(shape: str) -> str:
    for profile in ("-2015", "-2021", "-ndrc", "-hubei"):
        shape = shape.removesuffix(profile)
    return shape


@cache
def shapes_of(profile: str, rule: str) -> RuleSet:
    """Return the shapes of ``profile`` with the targets of one rule only: the others rest."""
    whole = load_shapes(profile)
    store = Store()
    store.extend(whole.graph.store)
    for shape, said in whole.rules.items():
        if said.number != rule:
            for quad in list(store.quads_for_pattern(shape, sh("targetClass"), None)):
                store.remove(quad)
    return replace(rule_set(store), rules=whole.rules)


@cache
def base() -> Graph:
    return Graph().parse(HERE / "base.ttl")


def changed(path: Path) -> Store:
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
    return with_codes(oxigraph_store(graph))


def short(node: Term | None) -> str | None:
    if isinstance(node, NamedNode):
        for namespace, prefix in PREFIXES.items():
            if node.value.startswith(namespace):
                return prefix + node.value.removeprefix(namespace)
    return None if node is None else node.value


def path_text(path: PropertyPath) -> str | None:
    """Return a property path as SPARQL writes it."""
    match path:
        case Sequence(steps):
            return f"({' '.join(str(path_text(step)) for step in steps)})"
        case Alternative(choices):
            return f"({'|'.join(str(path_text(choice)) for choice in choices)})"
        case Repeated(inner, sign):
            return f"{path_text(inner)}{sign}"
    assert isinstance(path, NamedNode)
    return short(path)
