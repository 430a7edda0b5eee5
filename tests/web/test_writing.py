"""Writes in processes of their own: what they give back, and what a broken one leaves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat

from perfgraph.store import open_store
from perfgraph.store.releases import Releases
from perfgraph.store.writing import Condition, Edit, Part, Put, Remove, Update
from perfgraph.store.writing.errors import ChangedMeanwhileError, RepeatedTripleError
from perfgraph.web.errors import BusyError, DeadlineError, QuerySyntaxError, UnavailableError
from perfgraph.web.settings import Limits, Settings
from perfgraph.web.writing import Order, WriterProcess
from tests.web.processes import family
from tests.web.serving import running

G = "http://example.org/g"
TURTLE = RdfFormat.TURTLE
ORDERS: list[Edit] = [
    Put(G, (Part(b"<a> <b> '\xe6\xb4\xa5' .", TURTLE),), is_merge=True, base="http://example.org/"),
    Put(
        "",
        (Part(b"", RdfFormat.N_TRIPLES), Part(b"", TURTLE)),
        condition=Condition(("x", "y"), is_absent=True),
    ),
    Remove(G, Condition(())),
    Update("CLEAR ALL", ("http://example.org/g",), (), "http://example.org/"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


def writer(folder: Path, **limits: float) -> WriterProcess:
    return WriterProcess(Settings(store=str(folder), limits=Limits(**limits)))  # type: ignore[arg-type]


@pytest.mark.parametrize("edit", ORDERS, ids=str)
def test_an_order_arrives_as_it_was_sent(edit: Edit) -> None:
    assert Order.from_json(Order(edit, "张三").to_json()) == Order(edit, "张三")


def test_a_write_is_in_effect_when_it_comes_back(folder: Path) -> None:
    written = writer(folder).write(Order(Put(G, (Part(b"<a> <b> 1, 2 .", TURTLE),)), "test"))
    assert (dict(written.graphs), written.created) == ({G: (2, 0)}, (G,))
    with open_store(folder, read_only=True) as store:
        assert store.release == written.release
        assert store.graph_state(G) == written.states[G]


def test_errors_come_back_as_what_they_are(folder: Path) -> None:
    process = writer(folder)
    with pytest.raises(QuerySyntaxError) as caught:
        process.write(Order(Update("INSERT DATA { <http://a/> <http://a/> }"), "test"))
    assert caught.value.spot is not None
    with pytest.raises(ChangedMeanwhileError):
        process.write(Order(Remove(G, Condition(())), "test"))
    two = f"INSERT DATA {{ <http://a/> a 1 GRAPH <{G}> {{ <http://a/> a 1 }} }}"
    with pytest.raises(RepeatedTripleError) as repeated:
        process.write(Order(Update(two), "test"))
    assert repeated.value.advice is not None


def test_a_write_waits_for_another_writer_but_not_for_ever(folder: Path) -> None:
    with Releases(folder).writing(), pytest.raises(BusyError):
        writer(folder, queue_seconds=0.3).write(Order(Put(G, (Part(b"", TURTLE),)), "test"))
    writer(folder).write(Order(Put(G, (Part(b"", TURTLE),)), "test"))


def test_a_write_that_takes_too_long_changes_nothing(folder: Path) -> None:
    writer(folder).write(Order(Put(G, (Part(b"<a> <b> 1 .", TURTLE),)), "test"))
    runaway = (
        "INSERT { ?a a ?n } WHERE { VALUES ?n { "
        + "1 " * 300
        + "} ?a ?b ?c "
        + ("VALUES ?m { " + "1 2 3 4 5 6 7 8 9 " * 100 + "} VALUES ?o { " + "1 " * 900 + "} }")
    )
    others = set(family(os.getpid()))  # of other tests: servers, processes that read files
    with pytest.raises(DeadlineError):
        writer(folder, write_seconds=1.5).write(Order(Update(runaway), "test"))
    assert set(family(os.getpid())) <= others
    with open_store(folder) as store:
        assert store.query(f"ASK {{ GRAPH <{G}> {{ ?s ?p 1 }} }}")
    writer(folder).write(Order(Put(G, (Part(b"", TURTLE),)), "test"))


def test_a_store_that_is_none_is_told_without_its_path(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no store")
    with pytest.raises(UnavailableError) as caught:
        writer(tmp_path).write(Order(Put(G, (Part(b"", TURTLE),)), "test"))
    assert str(tmp_path) not in str(caught.value)


def test_the_server_writes_and_its_queries_see_it(folder: Path) -> None:
    count = (
        "/sparql?format=csv&query=SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D"
    )
    update = f"INSERT DATA {{ GRAPH <{G}> {{ <http://a/> a 1, 2, 3 }} }}".encode()
    with running(folder) as server:
        assert server.get(count) == (200, b"n\r\n0\r\n")
        status, headers, _ = server.send("POST", "/sparql", update, "application/sparql-update")
        assert status == 200
        assert headers["X-Perfgraph-Release"]
        assert server.get(count) == (200, b"n\r\n3\r\n")
        status, headers, _ = server.send("POST", "/store", b"<a> <b> 4 .", "text/turtle")
        assert status == 201
        assert server.get(count) == (200, b"n\r\n4\r\n")
        new = headers["Location"].removeprefix(server.address)
        assert server.get(new, Accept="application/n-triples")[1].endswith(b"#integer> .\n")
        status, _, _ = server.send("POST", "/sparql", b"CLEAR ALL", "application/sparql-update")
        assert status == 200
        assert server.get(count) == (200, b"n\r\n0\r\n")
