"""Query processes: what they answer, and what ends them."""

from __future__ import annotations

import io
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from perfgraph.conversion import convert
from perfgraph.store import Submission, open_store
from perfgraph.web.asking import Ask, Rows
from perfgraph.web.errors import (
    BusyError,
    ClientGoneError,
    CrashedError,
    DeadlineError,
    EvaluationError,
    QuerySyntaxError,
    TooLargeError,
    UnavailableError,
)
from perfgraph.web.settings import Limits, Settings
from perfgraph.web.workers import WorkerPool
from tests.web.processes import query_processes, slowed_processes

CSV = "csv"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/perfgraph/ontology#Project> }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SHORT = Limits(seconds=0.5, queue_seconds=0.2, result_bytes=100_000)


@pytest.fixture
def pool(folder: Path) -> Iterator[WorkerPool]:
    pool = WorkerPool(Settings(store=str(folder), limits=SHORT, query_processes=1, slow_queries=0))
    yield pool
    pool.close()


def ask(pool: WorkerPool, text: str, **options: object) -> bytes:
    output = io.BytesIO()
    pool.answer(Ask(text, CSV, **options), output)  # type: ignore[arg-type]
    return output.getvalue()


def children() -> set[int]:
    """Return the query processes of this process."""
    return set(query_processes(os.getpid()))


def test_one_process_answers_many_questions(pool: WorkerPool) -> None:
    assert ask(pool, COUNT) == b"n\r\n4\r\n"
    before = children()
    assert [ask(pool, COUNT) for _ in range(20)] == [b"n\r\n4\r\n"] * 20
    assert children() == before


def test_a_runaway_query_is_killed_at_the_deadline_and_the_next_is_answered(
    pool: WorkerPool,
) -> None:
    ask(pool, COUNT)
    before = children()
    start = time.monotonic()
    with pytest.raises(DeadlineError):
        ask(pool, RUNAWAY)
    assert time.monotonic() - start < SHORT.seconds + 0.5
    assert not children() & before
    assert ask(pool, COUNT) == b"n\r\n4\r\n"


def test_a_query_that_breaks_the_engine_ends_only_its_process(pool: WorkerPool) -> None:
    with pytest.raises((CrashedError, DeadlineError)):
        ask(pool, "SELECT * " + "{" * 20_000 + "}" * 20_000)
    assert ask(pool, COUNT) == b"n\r\n4\r\n"


def test_memory_is_limited(folder: Path) -> None:
    limits = Limits(seconds=20, memory_bytes=1024**3)
    pool = WorkerPool(Settings(store=str(folder), limits=limits, query_processes=1))
    huge = "SELECT DISTINCT ?a ?b ?c ?d ?e ?f { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f"
    try:
        with pytest.raises(CrashedError):
            ask(pool, huge)
        assert ask(pool, COUNT) == b"n\r\n4\r\n"
    finally:
        pool.close()


def test_an_answer_over_the_limit_is_cut_or_refused_and_leaves_nothing_behind(
    pool: WorkerPool,
) -> None:
    output = io.BytesIO()
    answered = pool.answer(Ask("SELECT * { ?s ?p ?o }", CSV), output)
    assert answered.rows == output.getvalue().count(b"\r\n") - 1
    assert len(output.getvalue()) <= SHORT.result_bytes
    with pytest.raises(TooLargeError):
        pool.answer(Ask("CONSTRUCT WHERE { ?s ?p ?o }", "jsonld"), io.BytesIO())
    assert ask(pool, COUNT) == b"n\r\n4\r\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forbids sockets to a process")
def test_even_a_query_that_passed_the_guard_opens_no_connection(pool: WorkerPool) -> None:
    with pytest.raises(EvaluationError):
        ask(pool, "SELECT * { SERVICE <http://127.0.0.1:18999/> { ?s ?p ?o } }")


def test_no_connection_arrives_from_a_query_process(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        pool = WorkerPool(Settings(store=str(folder), limits=SHORT, query_processes=1))
        port = listener.getsockname()[1]
        service = f"SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
        try:
            ask(pool, service)
        finally:
            pool.close()
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_a_listed_endpoint_is_asked(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        settings = Settings(store=str(folder), limits=SHORT, query_processes=1, services=(url,))
        pool = WorkerPool(settings)
        listener.settimeout(10)
        try:
            with pytest.raises((DeadlineError, EvaluationError)):
                ask(pool, f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}")
        finally:
            pool.close()
        connection, _ = listener.accept()
        connection.close()


def test_errors_come_back_whole(pool: WorkerPool) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        ask(pool, "SELECT * {\n ?s ?p }")
    assert caught.value.spot is not None
    assert caught.value.spot.line == 2
    assert caught.value.message.zh


def test_rows_for_pages_are_limited_and_told(pool: WorkerPool) -> None:
    output = io.BytesIO()
    pool.answer(Ask("SELECT ?s ?none { ?s ?p ?o }", rows=3), output)
    rows = Rows.from_json(output.getvalue())
    assert (rows.variables, len(rows.rows), rows.more) == (("s", "none"), 3, True)
    assert rows.rows[0][1] is None


def test_a_full_pool_says_so_and_recovers(pool: WorkerPool) -> None:
    ask(pool, COUNT)
    outcomes: list[str] = []

    def run() -> None:
        try:
            ask(pool, RUNAWAY)
        except (BusyError, DeadlineError) as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=run) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["PG434"] + ["PG435"] * 4
    assert ask(pool, COUNT) == b"n\r\n4\r\n"


def test_a_new_release_is_seen_by_the_next_question(tmp_path: Path, seed: Path) -> None:
    folder = tmp_path / "store"
    pool = WorkerPool(Settings(store=str(folder), limits=SHORT, query_processes=1))
    try:
        assert ask(pool, COUNT) == b"n\r\n0\r\n"
        before = children()
        conversion = convert(seed)
        with open_store(folder) as store:
            store.load([Submission(seed.name, conversion.nquads(), conversion.grid())])
        assert ask(pool, COUNT) == b"n\r\n4\r\n"
        assert children() == before
    finally:
        pool.close()


def test_a_store_that_cannot_be_read_is_no_crash(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no store")
    pool = WorkerPool(Settings(store=str(tmp_path / "file"), limits=SHORT, query_processes=1))
    try:
        with pytest.raises(UnavailableError) as caught:
            ask(pool, COUNT)
        assert str(tmp_path) not in str(caught.value)
    finally:
        pool.close()


def test_no_process_is_left_after_closing(folder: Path) -> None:
    before = children()
    pool = WorkerPool(Settings(store=str(folder), limits=SHORT, query_processes=2))
    ask(pool, COUNT)
    assert children() - before
    pool.close()
    assert not children() - before


class Leaving:
    """A client who goes away when told, and pays."""

    def __init__(self) -> None:
        self.leaves = threading.Event()
        self.paid = 0.0

    def is_gone(self) -> bool:
        return self.leaves.is_set()

    def charge(self, seconds: float) -> None:
        self.paid += seconds


def test_a_question_that_nobody_waits_for_is_stopped_within_a_second(folder: Path) -> None:
    pool = WorkerPool(Settings(store=str(folder), limits=Limits(seconds=60), query_processes=1))
    try:
        ask(pool, COUNT)
        before = children()
        client = Leaving()
        threading.Timer(0.3, client.leaves.set).start()
        begun = time.monotonic()
        with pytest.raises(ClientGoneError):
            pool.answer(Ask(RUNAWAY, CSV), io.BytesIO(), client=client)
        assert time.monotonic() - begun < 2
        assert not children() & before
        assert client.paid > 0.2
    finally:
        pool.close()


def test_slow_questions_leave_room_for_quick_ones_up_to_a_number(folder: Path) -> None:
    limits = Limits(seconds=60, queue_seconds=20)
    settings = Settings(store=str(folder), limits=limits, query_processes=1, slow_queries=1)
    pool = WorkerPool(settings)
    client = Leaving()
    outcomes: list[str] = []

    def run() -> None:
        try:
            pool.answer(Ask(RUNAWAY, CSV), io.BytesIO(), client=client)
        except ClientGoneError as error:
            outcomes.append(error.code)

    try:
        ask(pool, COUNT)
        first = threading.Thread(target=run)
        first.start()
        while not (slow := slowed_processes(os.getpid())):
            time.sleep(0.02)
        assert ask(pool, COUNT) == b"n\r\n4\r\n"
        with pytest.raises(BusyError):  # the slow lane is full
            ask(pool, RUNAWAY)
        client.leaves.set()
        first.join()
        assert outcomes == ["PG481"]
        assert ask(pool, COUNT) == b"n\r\n4\r\n"
        assert not children() & set(slow), "a slowed process is not used again"
    finally:
        client.leaves.set()
        pool.close()
