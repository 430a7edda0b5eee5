"""Answers are kept and tagged by release and question; a new release forgets them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from perfgraph.store import open_store
from perfgraph.web import Settings, create_app
from perfgraph.web.asking import Answered, Ask
from perfgraph.web.cache import Cache, Kept, is_steady

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a <http://e/C> }"
ADD = "INSERT DATA {{ GRAPH <http://e/g> {{ <http://e/{0}> a <http://e/C> }} }}"


@pytest.fixture
def writable(tmp_path: Path) -> Iterator[FlaskClient]:
    with open_store(tmp_path / "store") as store:
        client = create_app(store, Settings(store="", token="t")).test_client()
        add(client, "first")
        yield client


def add(client: FlaskClient, name: str) -> None:
    form = {"update": ADD.format(name)}
    assert (
        client.post("/sparql", data=form, headers={"Authorization": "Bearer t"}).status_code < 300
    )


def ask(client: FlaskClient, query: str = COUNT, **headers: str) -> TestResponse:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get("/sparql", query_string={"query": query}, headers=names)


def count(response: TestResponse) -> str:
    return str(json.loads(response.data)["results"]["bindings"][0]["n"]["value"])


def test_the_second_answer_comes_from_the_cache_and_is_equal(writable: FlaskClient) -> None:
    kept = writable.application.extensions["perfgraph.cache"]
    first, second = ask(writable), ask(writable)
    assert first.data == second.data
    assert (kept.hits, kept.misses) == (1, 1)
    assert dict(first.headers) == dict(second.headers)


def test_a_write_is_seen_at_once(writable: FlaskClient) -> None:
    assert count(ask(writable)) == "1"
    tag = ask(writable).headers["ETag"]
    add(writable, "second")
    response = ask(writable, If_None_Match=tag)
    assert (response.status_code, count(response)) == (200, "2")
    assert response.headers["ETag"] != tag


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_who_has_the_answer_gets_none(writable: FlaskClient, coding: str) -> None:
    query = "SELECT * { ?s ?p ?o }"
    tag = ask(writable, query, Accept_Encoding=coding).headers["ETag"]
    response = ask(writable, query, Accept_Encoding=coding, If_None_Match=tag)
    assert (response.status_code, response.data) == (304, b"")
    other = writable.get("/sparql", query_string={"query": query, "format": "csv"})
    assert other.headers["ETag"] != tag


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (RAND() AS ?n) {}",
        "SELECT (struuid() AS ?n) {}",
    ],
)
def test_chance_is_neither_kept_nor_tagged(writable: FlaskClient, query: str) -> None:
    first, second = ask(writable, query), ask(writable, query)
    assert first.data != second.data
    assert "ETag" not in first.headers


def test_chance_in_another_spelling_is_found() -> None:
    assert not is_steady(Ask(r"SELECT (R\u0041ND() AS ?n) {}"))


def test_errors_are_not_kept(writable: FlaskClient) -> None:
    assert ask(writable, "SELECT * {").status_code == 400
    assert ask(writable, "SELECT * {").status_code == 400
    assert "ETag" not in ask(writable, "SELECT * {").headers


def test_what_was_not_asked_for_longest_goes_first() -> None:
    cache = Cache(limit=8 * 2000)
    for number in range(10):
        cache.put(Ask(str(number)), Kept(b"x" * 1400, Answered("r")))
        cache.get("r", Ask("0"))
    assert cache.get("r", Ask("0")) is not None
    assert cache.get("r", Ask("1")) is None
    assert cache.get("r", Ask("9")) is not None
    cache.put(Ask("large"), Kept(b"x" * 4000, Answered("r")))
    assert cache.get("r", Ask("large")) is None
