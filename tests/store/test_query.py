"""Questions: forms of answers, default graph, named datasets; over both stores."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, Triple

from perfgraph.errors import PerfgraphError, QueryError
from perfgraph.store import Store
from perfgraph.vocab import PG, RDF, XSD
from tests.store.answers import plain
from tests.store.filings import Filing, Project

FIRST = Filing([Project("甲", 1)])
OTHER = Filing([Project("乙", 2)], unit="999")
COUNT = f"SELECT ?p WHERE {{ ?p a {PG.Project} }}"
COUNT_NAMED = f"SELECT ?p WHERE {{ GRAPH ?g {{ ?p a {PG.Project} }} }}"


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with two documents."""
    store.load([FIRST.submission, OTHER.submission])
    return store


def _size(
    store: Store, text: str, *, default: tuple[str, ...] = (), named: tuple[str, ...] = ()
) -> int:
    answer = store.query(text, default_graphs=default, named_graphs=named)
    assert isinstance(answer, QuerySolutions)
    return len(list(answer))


def test_select_gives_solutions_with_typed_terms(filled: Store) -> None:
    answer = filled.query(f"SELECT ?b WHERE {{ ?p {PG.budgetTotal} ?b }} ORDER BY ?b")
    assert isinstance(answer, QuerySolutions)
    assert [variable.value for variable in answer.variables] == ["b"]
    found = [row["b"] for row in answer]
    assert [(plain(term), term.datatype) for term in found if isinstance(term, Literal)] == [
        ("1", XSD.decimal),
        ("2", XSD.decimal),
    ]


def test_ask_gives_yes_or_no(filled: Store) -> None:
    for pattern, expected in ((f"?p a {PG.Project}", True), (f"?p a {PG.Goal} , ?p", False)):
        answer = filled.query(f"ASK {{ {pattern} }}")
        assert isinstance(answer, QueryBoolean)
        assert bool(answer) is expected


@pytest.mark.parametrize(
    "text",
    [
        f"CONSTRUCT {{ ?p a {PG.Project} }} WHERE {{ ?p a {PG.Project} }}",
        f"# ASK in a comment\nCONSTRUCT WHERE {{ ?p a {PG.Project} }}",
    ],
)
def test_construct_gives_triples(filled: Store, text: str) -> None:
    answer = filled.query(text)
    assert not isinstance(answer, QuerySolutions | QueryBoolean)
    assert set(answer) == {
        Triple(NamedNode(filing.project(name)), RDF.type, PG.Project)
        for filing, name in ((FIRST, "甲"), (OTHER, "乙"))
    }


def test_describe_gives_triples(filled: Store) -> None:
    answer = filled.query(f"DESCRIBE <{FIRST.unit_iri}>")
    assert not isinstance(answer, QuerySolutions | QueryBoolean)
    assert {triple.predicate for triple in answer} >= {RDF.type, PG.unitCode}


def test_the_default_graph_is_the_union(filled: Store) -> None:
    assert _size(filled, COUNT) == 2


def test_from_in_the_query_names_the_dataset(filled: Store) -> None:
    named = COUNT.replace("WHERE", f"FROM <{FIRST.graph}> WHERE")
    assert _size(filled, named) == 1
    assert (
        _size(filled, f"PREFIX x: <{FIRST.graph}> {COUNT.replace('WHERE', 'FROM x: WHERE')}") == 1
    )


def test_from_named_leaves_the_default_graph_empty(filled: Store) -> None:
    assert _size(filled, COUNT.replace("WHERE", f"FROM NAMED <{FIRST.graph}> WHERE")) == 0
    assert _size(filled, COUNT_NAMED.replace("WHERE", f"FROM NAMED <{FIRST.graph}> WHERE")) == 1


def test_from_in_a_text_or_a_name_is_no_dataset(filled: Store) -> None:
    assert _size(filled, COUNT.replace("}", "FILTER(\"FROM <x>\" != 'from') }")) == 2
    assert _size(filled, f"# FROM <{FIRST.graph}>\n{COUNT.replace('?p', '?from')}") == 2


def test_the_caller_may_name_default_graphs(filled: Store) -> None:
    assert _size(filled, COUNT, default=(FIRST.graph,)) == 1
    assert _size(filled, COUNT, default=(FIRST.graph, OTHER.graph)) == 2
    assert _size(filled, COUNT_NAMED, default=(FIRST.graph,)) == 0


def test_the_caller_may_name_named_graphs(filled: Store) -> None:
    assert _size(filled, COUNT_NAMED, named=(OTHER.graph,)) == 1
    assert _size(filled, COUNT, named=(OTHER.graph,)) == 0


def test_the_callers_dataset_wins_over_from(filled: Store) -> None:
    text = COUNT.replace("WHERE", f"FROM <{FIRST.graph}> WHERE")
    assert _size(filled, text, default=(FIRST.graph, OTHER.graph)) == 2


@pytest.mark.parametrize("text", ["", "SELEC", "SELECT * {", "INSERT DATA { <a:a> <a:b> <a:c> }"])
def test_what_is_no_query_is_a_query_error(filled: Store, text: str) -> None:
    with pytest.raises(QueryError) as caught:
        filled.query(text)
    assert caught.value.message.zh != caught.value.message.en


def test_a_graph_that_is_no_iri_is_an_error(filled: Store) -> None:
    with pytest.raises(PerfgraphError):
        filled.query(COUNT, default_graphs=["no iri"])
