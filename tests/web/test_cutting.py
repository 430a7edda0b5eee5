"""Answers are cut only between rows, stay whole documents, and say how many rows there are."""

from __future__ import annotations

import csv
import io
import json

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    parse_query_results,
)

from perfgraph.store import Store as Dataset
from perfgraph.web import Limits, Settings, create_app
from perfgraph.web.cutting import SHAPES, mark
from perfgraph.web.errors import TooLargeError
from perfgraph.web.outlet import CutError, Outlet

FORMATS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
TEXTS = st.lists(
    st.text(alphabet='a},{"\\\r\n</result><result>?&万\t', max_size=12), min_size=1, max_size=12
)
ALL = "SELECT ?x ?o { ?s ?p ?o } ORDER BY ?o"


def serialised(texts: list[str], form: str) -> bytes:
    store = Store()
    for text in texts:
        store.add(Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), Literal(text)))
    output = io.BytesIO()
    result = store.query(ALL)
    assert isinstance(result, QuerySolutions)
    result.serialize(output, FORMATS[form])
    return output.getvalue()


def through(data: bytes, form: str, limits: Limits, piece: int) -> tuple[bytes, int | None]:
    """Return what comes out when ``data`` is worked off in pieces."""
    output = io.BytesIO()
    outlet = Outlet(output.write, limits, form)
    try:
        for start in range(0, len(data), piece):
            outlet.write(data[start : start + piece])
            outlet.finish() if start + piece >= len(data) else outlet._work_off(is_last=False)
    except CutError:
        pass
    return output.getvalue(), outlet.rows


def values(data: bytes, form: str) -> list[str]:
    """Return the column ?o, read by another reader than ours."""
    if form == "csv":
        return [row[1] for row in csv.reader(io.StringIO(data.decode(), newline=""))][1:]
    answer = parse_query_results(data, FORMATS[form])
    assert not isinstance(answer, bool)
    return [row["o"].value for row in answer]  # type: ignore[union-attr]


@given(TEXTS, st.sampled_from(sorted(FORMATS)), st.integers(1, 12), st.integers(1, 40))
def test_a_cut_answer_is_the_first_rows(texts: list[str], form: str, rows: int, piece: int) -> None:
    data = serialised(texts, form)
    whole = values(data, form)
    cut, told = through(data, form, Limits(rows=rows), piece)
    assert values(cut, form) == whole[:rows]
    assert told == (rows if len(whole) > rows else None)
    if told is None:
        assert cut == data


@given(TEXTS, st.sampled_from(sorted(FORMATS)), st.integers(60, 600), st.integers(1, 40))
def test_an_answer_over_the_size_is_cut_between_rows_or_refused(
    texts: list[str], form: str, size: int, piece: int
) -> None:
    data = serialised(texts, form)
    whole = values(data, form)
    try:
        cut, told = through(data, form, Limits(result_bytes=size), piece)
    except TooLargeError:
        assert len(data) > size
        return
    assert (told is None) == (len(data) <= size)
    assert values(cut, form) == whole[:told]
    assert len(cut) <= size + len(SHAPES[form].closing)


@pytest.mark.parametrize("form", ["json", "xml"])
def test_the_head_of_a_cut_answer_has_a_link_that_says_so(form: str) -> None:
    data = mark(serialised(["a", "b"], form), form, 1)
    assert b"urn:perfgraph:truncated?rows=1" in data
    assert values(data, form) == ["a", "b"]


@pytest.fixture
def cutting(store: Dataset) -> FlaskClient:
    own = Settings(store=store.location, limits=Limits(rows=10, result_bytes=1_000_000))
    return create_app(store, own).test_client()


EVERYTHING = "SELECT * { ?s ?p ?o }"


def test_the_header_and_the_json_say_that_rows_are_missing(cutting: FlaskClient) -> None:
    response = cutting.get("/sparql", query_string={"query": EVERYTHING})
    assert response.status_code == 200
    assert response.headers["X-Perfgraph-Truncated"] == "rows=10"
    content = json.loads(response.data)
    assert content["head"]["link"] == ["urn:perfgraph:truncated?rows=10"]
    assert len(content["results"]["bindings"]) == 10


def test_an_answer_within_the_limit_says_nothing(cutting: FlaskClient) -> None:
    response = cutting.get("/sparql", query_string={"query": f"{EVERYTHING} LIMIT 10"})
    assert "X-Perfgraph-Truncated" not in response.headers
    assert "link" not in json.loads(response.data)["head"]


@pytest.mark.parametrize(("form", "lines"), [("csv", 11), ("tsv", 11), ("csv-bom", 11)])
def test_tables_are_cut_too(cutting: FlaskClient, form: str, lines: int) -> None:
    query = "SELECT ?s ?p { ?s ?p ?o }"
    response = cutting.get("/sparql", query_string={"query": query, "format": form})
    assert response.headers["X-Perfgraph-Truncated"] == "rows=10"
    assert len(response.text.splitlines()) == lines


def test_a_graph_as_lines_is_cut_and_one_as_turtle_is_refused(cutting: FlaskClient) -> None:
    query = "CONSTRUCT WHERE { ?s ?p ?o }"
    lines = cutting.get("/sparql", query_string={"query": query, "format": "nt"})
    assert (lines.text.count("\n"), lines.headers["X-Perfgraph-Truncated"]) == (10, "rows=10")
    small = Limits(result_bytes=1000)
    source = cutting.application.extensions["perfgraph.answerer"]._store
    refused = create_app(source, Settings(store="", limits=small)).test_client()
    assert refused.get("/sparql", query_string={"query": query}).status_code == 413


def test_a_graph_of_the_graph_store_is_whole_or_refused(cutting: FlaskClient) -> None:
    graphs = cutting.get(
        "/sparql", query_string={"query": "SELECT ?g { GRAPH ?g { ?s a ?c } } LIMIT 1"}
    )
    graph = json.loads(graphs.data)["results"]["bindings"][0]["g"]["value"]
    response = cutting.get(
        "/store", query_string={"graph": graph}, headers={"Accept": "application/n-triples"}
    )
    assert response.status_code == 200
    assert "X-Perfgraph-Truncated" not in response.headers
    assert response.text.count("\n") > 10
