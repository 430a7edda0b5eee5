"""Both engines give the same results: for shapes and data made at random, and for every fault."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from benchmarks.documents.faults import FAULTS
from benchmarks.generate import generate
from perfgraph.conversion import convert
from perfgraph.shacl import Result, Term, path_text
from perfgraph.validation import Engine, data_graph, reference
from perfgraph.validation.judges import Judge
from tests.shacl.manifests import reported
from tests.shacl.test_manifests import compiled

PREFIXES = """
@prefix ex: <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NODES = ("ex:a", "ex:b", "ex:c")
PREDICATES = ("ex:p", "ex:q")
LITERALS = (
    *("1", "2", "1.5", '"1"', '"ab"', '"AB"', '"预算"', '""', "true", '"x"^^xsd:integer'),
    *('"a"@en', '"a"@en-GB', '"a"@zh', '"b"@zh'),
)
"""No dates: pySHACL lets them pass a limit that is a number."""
Constraints = dict[str, str]
"""Parameters and their values; none stands twice, for some may stand only once."""

nodes, predicates = st.sampled_from(NODES), st.sampled_from(PREDICATES)
values = st.sampled_from((*NODES, *LITERALS))


def listed(items: list[str]) -> str:
    return f"( {' '.join(items)} )"


def written(constraints: Constraints) -> str:
    return " ; ".join(f"{parameter} {value}" for parameter, value in constraints.items())


def one(parameter: str, value: st.SearchStrategy[object]) -> st.SearchStrategy[Constraints]:
    return value.map(lambda drawn: {f"sh:{parameter}": str(drawn)})


def lists(inner: st.SearchStrategy[str], low: int = 1, high: int = 3) -> st.SearchStrategy[str]:
    return st.lists(inner, min_size=low, max_size=high).map(listed)


def described(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        lists(inner, 2, 2),
        lists(inner, 2, 2).map("[ sh:alternativePath {} ]".format),
        *(
            inner.map(f"[ sh:{name}Path {{}} ]".format)
            for name in ("inverse", "zeroOrMore", "oneOrMore", "zeroOrOne")
        ),
    )


paths = st.recursive(predicates, described, max_leaves=3)
kinds = ("IRI", "Literal", "BlankNode", "IRIOrLiteral", "BlankNodeOrIRI", "BlankNodeOrLiteral")
of_values = st.one_of(
    one("nodeKind", st.sampled_from(kinds).map("sh:{}".format)),
    one("datatype", st.sampled_from(("xsd:integer", "xsd:decimal", "xsd:string"))),
    one("class", st.just("ex:Thing")),
    one("in", lists(values)),
    one("hasValue", values),
    one("pattern", st.sampled_from(('"^a"', '"[ab]{2}"', '"^..$"', '"^A" ; sh:flags "i"'))),
    one("minLength", st.integers(1, 3)),
    one("maxLength", st.integers(0, 3)),
    *(
        one(name, st.sampled_from(("1", "1.5", "2")))
        for name in ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")
    ),
    one("languageIn", lists(st.sampled_from(('"en"', '"zh"')), 1, 2)),
    one("equals", predicates),
    one("disjoint", predicates),
)
of_sets = st.one_of(
    one("minCount", st.integers(0, 3)),
    one("maxCount", st.integers(0, 3)),
    one("uniqueLang", st.just("true")),
)


def joined(parts: st.SearchStrategy[Constraints]) -> st.SearchStrategy[Constraints]:
    return st.tuples(parts, parts).map(lambda both: {**both[0], **both[1]})


def within(inner: st.SearchStrategy[Constraints]) -> st.SearchStrategy[Constraints]:
    """Return the constraints that refer to shapes with the constraints ``inner``."""
    shape = inner.map(written).map("[ {} ]".format)
    of_children = joined(st.one_of(of_sets, inner)).map(written)
    child = st.builds("[ sh:path {} ; {} ]".format, paths, of_children)
    counted = "[ sh:path {} ; sh:qualifiedValueShape {} ; sh:qualified{}Count {} ]".format
    qualified = st.builds(counted, paths, shape, st.sampled_from(("Min", "Max")), st.integers(1, 2))
    return st.one_of(
        *(one(name, shape) for name in ("not", "node")),
        *(one(name, lists(shape)) for name in ("and", "or", "xone")),
        one("property", st.one_of(child, qualified)),
    )


constraints = st.recursive(joined(of_values), lambda inner: joined(within(inner)), max_leaves=4)
targets = st.one_of(
    one("targetClass", st.just("ex:Thing")),
    one("targetNode", nodes),
    one("targetSubjectsOf", predicates),
    one("targetObjectsOf", predicates),
)
triples = st.one_of(
    st.builds("{} {} {} .".format, nodes, predicates, values),
    st.builds("{} a {} .".format, nodes, st.sampled_from(("ex:Thing", "ex:Small"))),
    st.just("ex:Small rdfs:subClassOf ex:Thing ."),
)


@st.composite
def examples(draw: st.DrawFn) -> tuple[str, str]:
    """Return a shape with targets, and data."""
    shape = draw(targets) | draw(st.one_of(constraints, within(constraints)))
    return f"ex:Shape {written(shape)} .", "\n".join(draw(st.lists(triples, max_size=12)))


def stored(text: str) -> Store:
    store = Store()
    store.load((PREFIXES + text).encode(), format=RdfFormat.TURTLE)
    return store


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(examples())
def test_engines_agree_on_any_shape_and_any_data(case: tuple[str, str]) -> None:
    shape, data = case
    here, there = compiled(stored(data), stored(shape)), reference.run(stored(data), stored(shape))
    assert reported(here) == reported(there)


def test_engines_agree_on_documents_with_every_kind_of_fault(tmp_path: Path) -> None:
    generate(len(FAULTS), tmp_path, seed=5, fault_share=1)
    rules = set[str]()
    for path in sorted(tmp_path.glob("documents/*/*.txt")):
        data = data_graph(convert(path).quads())
        compiled_results, reference_results = (
            {
                fields(result)
                for _, results in judge.results(data, judge.names)
                for result in results
            }
            for judge in (Judge("cn-2015", engine) for engine in Engine)
        )
        assert compiled_results == reference_results
        rules |= {row[0].rpartition("#")[2].partition("-")[0] for row in compiled_results}
    assert rules >= {rule for rule, _ in FAULTS}


def fields(result: Result) -> tuple[str, ...]:
    path = None if result.path is None else path_text(result.path)
    terms = (result.shape, result.component, result.severity, result.focus, path, result.value)
    bound = (f"{name}={canonical(term)}" for name, term in sorted(result.bindings.items()))
    return (*map(str, terms), *bound)


def canonical(term: Term) -> str:
    """Return a term as the store keeps it: a sum is 10.0 for rdflib and 10 for Oxigraph."""
    store, name = Store(), NamedNode("http://example.org/")
    store.add(Quad(name, name, term))
    (quad,) = store
    return str(quad.object)
