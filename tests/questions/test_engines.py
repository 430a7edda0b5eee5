"""Oxigraph and rdflib, two evaluators with no code in common, give every question one answer."""

from __future__ import annotations

from decimal import Decimal

import pytest
import rdflib
from pyoxigraph import RdfFormat, Store

from perfgraph.questions import Question, catalogue
from tests.questions.question_answers import Cell, Row
from tests.questions.question_data import SECOND
from tests.questions.question_graphs import stores
from tests.questions.test_answers import ask, cells, graph

# rdflib 7.6 warns of its own use of deprecated names of Dataset.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.:DeprecationWarning")
UNORDERED = {
    "echo_description": "rdflib cannot order by a group key that is not selected",
    "measurable_share": "rdflib cannot order by a group key that is not selected",
}


@pytest.fixture(scope="module")
def oxigraph() -> tuple[Store, Store]:
    return stores(SECOND)


@pytest.fixture(scope="module")
def reference(oxigraph: tuple[Store, Store]) -> tuple[rdflib.Dataset, rdflib.Dataset]:
    return _parsed(oxigraph[0]), _parsed(oxigraph[1])


def _parsed(store: Store) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    content = store.dump(format=RdfFormat.N_QUADS)
    assert content is not None
    dataset.parse(data=content, format="nquads")
    return dataset


def cell(term: object) -> Cell:
    if term is None or not isinstance(term, rdflib.Literal):
        return None if term is None else str(term)
    if term.datatype in {rdflib.XSD.integer, rdflib.XSD.decimal}:
        return Decimal(term)
    return str(term) == "true" if term.datatype == rdflib.XSD.boolean else str(term)


def answer(one: Question, dataset: rdflib.Dataset) -> list[Row]:
    found: list[Row] = []
    for row in dataset.query(one.query):
        assert isinstance(row, rdflib.query.ResultRow)
        found.append(tuple(cell(term) for term in row))
    return found


@pytest.mark.parametrize(
    "one", [one for one in catalogue() if one.form == "table"], ids=lambda one: one.name
)
def test_rdflib_gives_the_same_rows(
    one: Question,
    oxigraph: tuple[Store, Store],
    reference: tuple[rdflib.Dataset, rdflib.Dataset],
) -> None:
    expected = cells(ask(one, oxigraph))
    found = answer(one, reference[one.dataset == "history"])
    if one.name in UNORDERED:
        assert sorted(found, key=repr) == sorted(expected, key=repr), UNORDERED[one.name]
    else:
        assert found == expected


def test_rdflib_gives_the_same_graph(
    oxigraph: tuple[Store, Store], reference: tuple[rdflib.Dataset, rdflib.Dataset]
) -> None:
    (one,) = (one for one in catalogue() if one.form == "graph")
    found = reference[0].query(one.query).graph
    assert found is not None
    expected = rdflib.Graph()
    lines = "".join(f"{triple} .\n" for triple in graph(one, oxigraph))
    expected.parse(data=lines, format="nt")
    assert set(found) == set(expected)
