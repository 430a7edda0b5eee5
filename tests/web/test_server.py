"""The production server, over real HTTP."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import pytest

from perfgraph.web import Settings, run
from perfgraph.web.errors import AddressError
from tests.web.processes import busy_processes, family, query_processes, slowed_processes
from tests.web.serving import PROGRAM, WITHOUT_GUNICORN, Server, running

TOTAL = quote(
    "PREFIX pg: <https://w3id.org/perfgraph/ontology#> "
    "SELECT (SUM(?b) AS ?t) { ?p a pg:Project ; pg:budgetTotal ?b }"
)
RUNAWAY = quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with running(folder, seconds=1.5) as server:
        yield server


def test_the_whole_way_to_the_answer(server: Server) -> None:
    status, body = server.get(f"/sparql?query={TOTAL}")
    assert status == 200
    assert json.loads(body)["results"]["bindings"][0]["t"]["value"] == "3640000"
    assert server.get("/healthz") == (200, b"ok\n")
    assert server.get("/readyz") == (200, b"ready\n")
    assert server.get("/static/perfgraph.css")[0] == 200


def test_large_answers_are_whole(folder: Path) -> None:
    query = quote("SELECT * { ?s ?p ?o . ?s ?q ?r } LIMIT 20000")
    with running(folder, seconds=60) as server:
        status, body = server.get(f"/sparql?query={query}&format=json")
    assert status == 200
    assert len(body) > 1 << 20
    assert len(json.loads(body)["results"]["bindings"]) == 20_000


def test_runaway_queries_stop_nobody_else(server: Server) -> None:
    statuses: list[int] = []

    def ask() -> None:
        statuses.append(server.get(f"/sparql?query={RUNAWAY}")[0])

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    assert server.get("/healthz")[0] == 200
    for thread in threads:
        thread.join()
    assert set(statuses) == {503}
    assert server.get(f"/sparql?query={TOTAL}")[0] == 200


@pytest.mark.parametrize("program", [PROGRAM, WITHOUT_GUNICORN])
def test_a_client_that_goes_frees_its_query_within_a_second(folder: Path, program: str) -> None:
    with running(folder, seconds=30, program=program) as server:
        assert server.get("/readyz")[0] == 200
        with server.asking(RUNAWAY):
            while not (busy := busy_processes(server.process.pid)):
                time.sleep(0.05)
        handles = [os.pidfd_open(one) for one in busy]
        for handle in handles:
            assert select.select([handle], [], [], 1.5)[0], "the query still runs"
            os.close(handle)
        assert b"3640000" in server.get(f"/sparql?query={TOTAL}")[1]


def test_quick_queries_are_answered_beside_slow_ones(folder: Path) -> None:
    with running(folder, seconds=60) as server, ExitStack() as connections:
        for number in range(1, 5):  # as many as there are quick places
            connections.enter_context(server.asking(RUNAWAY))
            while len(slowed_processes(server.process.pid)) < number:
                time.sleep(0.02)
        for _ in range(8):
            assert b"3640000" in server.get(f"/sparql?query={TOTAL}")[1]
        assert len(slowed_processes(server.process.pid)) == 4


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_told_and_leaves_no_process(folder: Path, number: signal.Signals) -> None:
    with running(folder) as server:
        assert server.get("/readyz")[0] == 200
        processes = family(server.process.pid)
        assert len(processes) >= 3
        server.process.send_signal(number)
        assert server.process.wait(20) == 0
    for one in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(one, 0)


def test_without_gunicorn_waitress_serves_the_same(folder: Path) -> None:
    with running(folder, seconds=1, program=WITHOUT_GUNICORN) as server:
        assert server.get("/readyz") == (200, b"ready\n")
        assert b"3640000" in server.get(f"/sparql?query={TOTAL}")[1]
        assert server.get(f"/sparql?query={RUNAWAY}")[0] == 503
        assert b"3640000" in server.get(f"/sparql?query={TOTAL}")[1]
        processes = family(server.process.pid)
        assert processes
        server.process.terminate()
        assert server.process.wait(20) == 0
    for one in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(one, 0)


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux tells the end of a process")
def test_a_query_does_not_outlive_a_server_that_was_killed(folder: Path) -> None:
    with running(folder, seconds=1.5) as server:
        threads = [
            threading.Thread(target=lambda: server.try_get(f"/sparql?query={RUNAWAY}"))
            for _ in range(2)
        ]
        for thread in threads:
            thread.start()
        while not (queries := query_processes(server.process.pid)):
            server.get("/healthz")
        handles = [os.pidfd_open(one) for one in queries]
        for one in [server.process.pid, *set(family(server.process.pid)) - set(queries)]:
            os.kill(one, signal.SIGKILL)
        for handle in handles:
            assert select.select([handle], [], [], 10)[0], "the query still runs"
            os.close(handle)
        for thread in threads:
            thread.join()


def test_a_taken_port_is_one_clear_message() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressError) as caught:
            run(Settings(store="none"), "127.0.0.1", port)
    assert str(port) in caught.value.message.zh
    assert "--port" in str(caught.value)


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 0), ("127.0.0.1", 99999)])
def test_an_impossible_address_is_one_clear_message(host: str, port: int) -> None:
    with pytest.raises(AddressError):
        run(Settings(store="none"), host, port)
