"""The SPARQL 1.1 Protocol: query operation, over the real document."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from pyoxigraph import parse

from perfgraph.web.formats import GRAPHS, Format

TOTAL = (
    "PREFIX pg: <https://w3id.org/perfgraph/ontology#> "
    "SELECT (SUM(?b) AS ?t) { ?p a pg:Project ; pg:budgetTotal ?b }"
)
UNITS = (
    "PREFIX pg: <https://w3id.org/perfgraph/ontology#> "
    "CONSTRUCT { ?u pg:unitName ?n } { ?u a pg:BudgetUnit ; pg:unitName ?n }"
)
DIRECT = "application/sparql-query"


def test_query_by_get(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": TOTAL})
    assert response.status_code == 200
    assert response.content_type == "application/sparql-results+json"
    (row,) = json.loads(response.data)["results"]["bindings"]
    assert row["t"]["value"] == "3640000"
    assert "Accept" in response.headers["Vary"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.content_length == len(response.data)


def test_query_by_form(client: FlaskClient) -> None:
    response = client.post("/sparql", data={"query": TOTAL}, headers={"Accept": "text/csv"})
    assert response.data == b"t\r\n3640000\r\n"
    assert response.content_type == "text/csv; charset=utf-8"


@pytest.mark.parametrize("media_type", [DIRECT, DIRECT + "; charset=UTF-8"])
def test_query_by_direct_post(client: FlaskClient, media_type: str) -> None:
    response = client.post(
        "/sparql?format=tsv", data="# 预算\n" + TOTAL, headers={"Content-Type": media_type}
    )
    assert response.data == b'?t\n"3640000"^^<http://www.w3.org/2001/XMLSchema#decimal>\n'


def test_head_is_get_without_body(client: FlaskClient) -> None:
    response = client.head("/sparql", query_string={"query": TOTAL})
    assert (response.status_code, response.data) == (200, b"")
    assert response.content_type == "application/sparql-results+json"
    assert int(response.headers["Content-Length"]) > 0


@pytest.mark.parametrize("form", [one for one in GRAPHS if one.graph], ids=lambda form: form.name)
def test_graphs_are_written_in_every_format(client: FlaskClient, form: Format) -> None:
    response = client.get("/sparql", query_string={"query": UNITS, "format": form.name})
    assert response.mimetype == form.media_type
    (quad,) = parse(response.data, form.graph)
    assert quad.predicate.value.endswith("#unitName")


def test_turtle_has_the_prefixes_of_the_project(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": UNITS, "format": "turtle"})
    assert b"@prefix pg: <https://w3id.org/perfgraph/ontology#>" in response.data
    assert b"pg:unitName" in response.data


@pytest.mark.parametrize(
    ("accept", "start"),
    [
        ("application/sparql-results+xml", b"<?xml"),
        ("application/json", b"{"),
        ("text/csv", b"true"),
        ("text/tab-separated-values", b"true"),
        ("text/html", b"<!doctype html>"),
    ],
)
def test_yes_and_no_in_every_format(client: FlaskClient, accept: str, start: bytes) -> None:
    response = client.get(
        "/sparql", query_string={"query": "ASK { ?s ?p ?o }"}, headers={"Accept": accept}
    )
    assert response.status_code == 200
    assert response.data.startswith(start)


def test_dataset_of_the_request_wins(client: FlaskClient) -> None:
    count = "SELECT (COUNT(*) AS ?n) FROM <http://example.org/b> { ?s ?p ?o }"
    nothing = {"query": count, "format": "csv"}
    refused = client.get("/sparql", query_string=nothing)
    assert refused.status_code == 400
    assert json.loads(refused.data)["code"] == "PG441"
    every = client.get(
        "/sparql", query_string={"query": "SELECT ?g { GRAPH ?g {} }", "format": "csv"}
    )
    graph = every.data.decode().split("\r\n")[1]
    one = client.get("/sparql", query_string={**nothing, "default-graph-uri": graph})
    assert int(one.data.decode().split()[1]) > 0
    named = "ASK { GRAPH ?g { ?s ?p ?o } }"
    for iri, truth in ((graph, b"true"), ("http://example.org/none", b"false")):
        response = client.post(
            "/sparql?" + "named-graph-uri=" + iri.replace("#", "%23"),
            data=named,
            headers={"Content-Type": DIRECT, "Accept": "text/csv"},
        )
        assert response.data == truth


def test_history_is_another_dataset(client: FlaskClient) -> None:
    response = client.get(
        "/history/sparql", query_string={"query": "ASK { GRAPH ?g { ?s ?p ?o } }"}
    )
    assert response.json == {"head": {}, "boolean": True}


BAD = [
    ("GET", "?format=nothing", None, None, 406),
    ("POST", "", None, "", 415),
    ("POST", "", "text/plain", TOTAL, 415),
    ("POST", "", "application/sparql-query; charset=utf-16", TOTAL, 415),
    ("POST", "", "application/x-www-form-urlencoded", "x=1", 400),
    ("POST", "", "application/x-www-form-urlencoded", "query=ASK{}&query=ASK{}", 400),
    ("GET", "?query=ASK%7B%7D&query=ASK%7B%7D", None, None, 400),
    ("POST", "?query=ASK%7B%7D", DIRECT, "ASK {}", 400),
    ("POST", "", DIRECT, b"ASK { ?s ?p '\xff' }", 400),
    ("GET", "?query=SELECT", None, None, 400),
    ("GET", "?query=ASK%7B%7D&default-graph-uri=not%20an%20iri", None, None, 400),
    ("GET", "?query=INSERT%20DATA%7B%7D", None, None, 403),
    ("GET", "?update=CLEAR%20ALL", None, None, 400),
    ("POST", "", "application/sparql-update", "CLEAR ALL", 403),
    ("POST", "", "application/x-www-form-urlencoded", "update=CLEAR+ALL", 403),
    ("PUT", "", DIRECT, "ASK {}", 405),
    ("DELETE", "", None, None, 405),
    ("GET", "?query=ASK%7B%7D&format=turtle", None, None, 406),
    ("POST", "", DIRECT, "ASK {} #" + "x" * 3_000_000, 413),
]


@pytest.mark.parametrize(("method", "arguments", "media_type", "body", "status"), BAD)
def test_wrong_requests_get_the_right_status(
    client: FlaskClient,
    method: str,
    arguments: str,
    media_type: str | None,
    body: str | bytes | None,
    status: int,
) -> None:
    response = client.open("/sparql" + arguments, method=method, content_type=media_type, data=body)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    problem = json.loads(response.data)
    assert problem["status"] == status
    assert problem["title"]
    if status == 405:
        assert "POST" in response.headers["Allow"]


def test_not_acceptable_names_what_there_is(client: FlaskClient) -> None:
    response = client.get(
        "/sparql", query_string={"query": "ASK {}"}, headers={"Accept": "image/png"}
    )
    assert response.status_code == 406
    assert "text/csv" in json.loads(response.data)["detail"]


def test_parse_errors_show_line_column_and_caret_in_both_languages(client: FlaskClient) -> None:
    query = "SELECT * {\n  ?项目 ?p }"
    titles = set()
    for language in ("zh-CN", "en"):
        response = client.get(
            "/sparql", query_string={"query": query}, headers={"Accept-Language": language}
        )
        problem = json.loads(response.data)
        assert response.status_code == 400
        assert problem["line"] == 2
        line, caret = problem["excerpt"].split("\n")
        assert line == "  ?项目 ?p }"
        assert caret.strip("\u3000 ") == "^"
        assert len(caret) == problem["column"]
        assert response.headers["Content-Language"] == language[:2]
        titles.add(problem["title"])
    assert len(titles) == 2


@pytest.mark.parametrize(
    "query", ["SELECT * {", "SELECT * { FILTER(<>(1)) }", "DESCRIBE <x>", "ASK { <x> ?p ?o }"]
)
def test_no_error_shows_what_is_inside(client: FlaskClient, query: str) -> None:
    body = client.get("/sparql", query_string={"query": query}).get_data(as_text=True)
    for secret in ("Traceback", "site-packages", "/src/", "pyoxigraph", ".py"):
        assert secret not in body


def test_preflight_allows_reading(client: FlaskClient) -> None:
    response = client.options("/sparql", headers={"Origin": "https://example.org"})
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]
