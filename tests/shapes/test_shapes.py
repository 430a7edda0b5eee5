"""The shapes files themselves: complete, standard, portable between engines."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH

from perfgraph.resources import folder
from perfgraph.shacl.shapes import Select
from perfgraph.validation import RuleSet, load_shapes, profile_for_scheme, profiles
from perfgraph.validation.rdflib_terms import rdflib_graph
from perfgraph.validation.shapes import adds_to_scheme
from perfgraph.vocab import ONTOLOGY, SHAPE

PG = Namespace(ONTOLOGY)
FILES = sorted(folder("shapes").glob("*.ttl"))
RULES = {
    *("C01", "C02", "C03", "C04", "C05a", "C05b", "C05c", "C06", "C07", "C08", "C08b", "C09"),
    *("C10", "C11", "C12", "C13", "C14", "C15a", "C15b", "C16", "C18", "C19", "C20", "C23"),
    *("C17", "C21", "C22a", "C22b", "C22c", "C22d", "C25", "C26", "C28", "C29"),
}
SCHEMES = ("cn-2015", "cn-2021", "hubei-80-20")
STRICT = {"C24", "C27", "C30"}
"""Advice that only the profile of that name gives."""
LOOK_AROUND = re.compile(r"\(\?(?:[=!]|<[=!])|\\[1-9]")
REGEX = re.compile(r'(?:REGEX|REPLACE)\(\?\w+, "((?:[^"\\]|\\.)*)"')
ARTICLE = re.compile(r"第[0-9一二三四五六七八九十百]+条")
NUMBER = re.compile(r"〔\d{4}〕\d+号$")
FIELD = re.compile(r"\{[$?](\w+)\}")
FILLED_FOR_ALL = {"kind", "project", "indicator", "unit", "value", "count", "found"}


@pytest.fixture(params=profiles())
def rule_set(request: pytest.FixtureRequest) -> RuleSet:
    return load_shapes(str(request.param))


@pytest.fixture
def shapes(rule_set: RuleSet) -> Graph:
    return rdflib_graph(rule_set.graph.store)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_file_parses_in_both_engines(file: Path) -> None:
    assert len(Graph().parse(file)) == len(set(pyoxigraph.parse(path=file)))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_file_has_a_header(file: Path) -> None:
    graph = Graph().parse(file)
    header = graph.value(predicate=RDF.type, object=OWL.Ontology)
    assert str(graph.value(header, DCTERMS.identifier)) == file.stem
    assert languages(graph, header, DCTERMS.title) == {"zh", "en"}


def test_shapes_conform_to_the_shapes_of_shacl(shapes: Graph) -> None:
    conforms, _, text = pyshacl.validate(
        Graph(), shacl_graph=shapes, meta_shacl=True, inference="none"
    )
    assert conforms, text


def test_every_shape_is_compiled(rule_set: RuleSet) -> None:
    assert not rule_set.unsupported
    assert {shape.name for shape in rule_set.shapes} == set(rule_set.rules)


@pytest.mark.parametrize("profile", SCHEMES)
def test_every_profile_of_a_scheme_has_every_rule(profile: str) -> None:
    assert {rule.number for rule in load_shapes(profile).rules.values()} == RULES


def test_strict_adds_its_rules_to_those_of_the_scheme() -> None:
    assert adds_to_scheme("strict")
    assert not any(adds_to_scheme(name) for name in (*SCHEMES, "core", "ndrc"))
    both = {rule.number for rule in load_shapes("cn-2015", "strict").rules.values()}
    assert both == RULES | STRICT
    assert not STRICT & RULES


def test_every_shape_says_what_a_finding_needs(rule_set: RuleSet, shapes: Graph) -> None:
    for node, rule in rule_set.rules.items():
        shape = URIRef(node.value)
        assert shape.startswith(f"{SHAPE}{rule.number}-")
        assert len(list(shapes.objects(shape, DCTERMS.identifier))) == 1
        for predicate in (SH.message, PG.fix, RDFS.label):
            assert languages(shapes, shape, predicate) == {"zh", "en"}, (shape, predicate)
            assert len(list(shapes.objects(shape, predicate))) == 2, (shape, predicate)
        assert not list(shapes.objects(shape, SH.sparql / SH.message)), shape


def test_every_source_is_a_document_number_or_says_there_is_none(
    rule_set: RuleSet, shapes: Graph
) -> None:
    for shape in names(rule_set):
        sources = [s for s in shapes.objects(shape, DCTERMS.source) if isinstance(s, Literal)]
        assert sources, shape
        if any(source.language for source in sources):
            assert languages(shapes, shape, DCTERMS.source) == {"zh", "en"}, shape
            assert all("无文号" in s or "no document number" in s for s in sources), shape
        else:
            assert all(NUMBER.search(source) for source in sources), shape


def test_no_article_number_is_printed() -> None:
    assert not [file.name for file in FILES if ARTICLE.search(file.read_text(encoding="utf-8"))]


def test_no_shape_is_a_blank_node(shapes: Graph) -> None:
    for kind in (SH.NodeShape, SH.PropertyShape):
        assert not [s for s in shapes.subjects(RDF.type, kind) if isinstance(s, BNode)]
    for relation in (SH.property, SH.node, SH["not"], SH.qualifiedValueShape):
        assert all(isinstance(value, URIRef) for value in shapes.objects(None, relation))


def test_patterns_mean_the_same_in_both_regex_engines(shapes: Graph) -> None:
    patterns = [str(pattern) for pattern in shapes.objects(None, SH.pattern)]
    for select in shapes.objects(None, SH.select):
        patterns += [escaped.replace("\\\\", "\\") for escaped in REGEX.findall(str(select))]
    assert len(patterns) > 20
    store = pyoxigraph.Store()
    for pattern in patterns:
        assert not LOOK_AROUND.search(pattern), pattern
        re.compile(pattern)
        probe = f"ASK {{ FILTER(REGEX('', {pyoxigraph.Literal(pattern)}) || true) }}"
        valid = f"SELECT (REGEX('', {pyoxigraph.Literal(pattern)}) AS ?ok) {{}}"
        assert store.query(probe)
        (row,) = store.query(valid)  # type: ignore[misc]  # a SELECT gives rows
        assert row["ok"] is not None, pattern


def test_constraints_use_only_what_both_engines_evaluate_well(rule_set: RuleSet) -> None:
    texts = [
        constraint.text
        for shape in rule_set.shapes
        for constraint in shape.constraints
        if isinstance(constraint, Select)
    ]
    assert len(texts) > 20
    for text in texts:
        for body in re.findall(r"NOT EXISTS \{([^}]*)\}", text):
            assert " . " not in body.strip().rstrip("."), text


def test_message_fields_can_be_filled(rule_set: RuleSet, shapes: Graph) -> None:
    for shape in names(rule_set):
        select = " ".join(str(s) for s in shapes.objects(shape, SH.sparql / SH.select))
        projected = set(re.findall(r"[?$](\w+)", select.partition("WHERE")[0]))
        for message in shapes.objects(shape, SH.message):
            fields = set(FIELD.findall(str(message)))
            assert fields <= projected | FILLED_FOR_ALL, (shape, fields)


def test_readme_lists_every_shape_with_its_severity(rule_set: RuleSet, shapes: Graph) -> None:
    readme = (folder("shapes") / "README.md").read_text(encoding="utf-8")
    for node, rule in rule_set.rules.items():
        shape = URIRef(node.value)
        name = shape.removeprefix(SHAPE)
        assert f"| {rule.number} | `{name}` | {rule.severity.value} | " in readme
        for label in shapes.objects(shape, RDFS.label):
            assert str(label) in readme


def test_schemes_choose_their_profile() -> None:
    code = "https://w3id.org/perfgraph/code/category-"
    assert profile_for_scheme(f"{code}2015#scheme") == "cn-2015"
    assert profile_for_scheme(f"{code}2021#scheme") == "cn-2021"
    assert profile_for_scheme(f"{code}flat#scheme") == "core"
    assert profile_for_scheme(f"{code}ndrc#scheme") == "ndrc"
    assert profiles() == ("core", "cn-2015", "cn-2021", "hubei-80-20", "ndrc", "strict")


def names(rule_set: RuleSet) -> list[URIRef]:
    return [URIRef(shape.value) for shape in rule_set.rules]


def languages(graph: Graph, subject: object, predicate: URIRef) -> set[str | None]:
    assert isinstance(subject, URIRef)
    values = graph.objects(subject, predicate)
    return {value.language for value in values if isinstance(value, Literal)}
