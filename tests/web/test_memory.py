"""A release in memory: forks answer as the disk does, and follow every new release."""

from __future__ import annotations

import io
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from perfgraph.conversion import convert
from perfgraph.store import Submission, open_store
from perfgraph.store.embedded import EmbeddedStore
from perfgraph.store.image import MemoryStore, current_release, memory_needed
from perfgraph.store.writing import Update
from perfgraph.web.asking import Ask
from perfgraph.web.errors import CrashedError, DeadlineError
from perfgraph.web.images import Images, kept_in_memory
from perfgraph.web.keeper import Keeper
from perfgraph.web.settings import Limits, Settings
from perfgraph.web.workers import WorkerPool
from tests.web.processes import family, images_of

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="only POSIX systems fork")

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/perfgraph/ontology#Project> }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LIMITS = Limits(seconds=0.8)


@pytest.fixture
def own(tmp_path: Path, seed: Path) -> Path:
    folder = tmp_path / "store"
    conversion = convert(seed)
    with open_store(folder) as store:
        store.load([Submission(seed.name, conversion.nquads(), conversion.grid())])
    return folder


@pytest.fixture
def settings(own: Path) -> Settings:
    return Settings(store=str(own), limits=LIMITS, query_processes=1, engine="memory")


@pytest.fixture
def pool(settings: Settings) -> Iterator[WorkerPool]:
    before = set(family(os.getpid()))
    with kept_in_memory(settings) as images:
        pool = WorkerPool(settings, images)
        wait_for(pool)
        try:
            yield pool
        finally:
            pool.close()
    assert not set(family(os.getpid())) - before, "a process is left"


def wait_for(pool: WorkerPool) -> None:
    until = time.monotonic() + 60
    while pool._images.current() is None:
        assert time.monotonic() < until, "the release never came into memory"
        time.sleep(0.02)


def ask(pool: WorkerPool, text: str, form: str = "csv", **options: object) -> bytes:
    output = io.BytesIO()
    pool.answer(Ask(text, form, **options), output)  # type: ignore[arg-type]
    return output.getvalue()


def is_fork(pool: WorkerPool) -> bool:
    worker = pool._free.get()
    pool._free.put(worker)
    return worker.line.image is not None


def test_what_is_in_memory_is_what_is_on_disk(own: Path) -> None:
    with EmbeddedStore(own, read_only=True) as disk:
        memory = MemoryStore(own)
        assert memory.lines() == disk.lines()
        assert memory.lines(history=True) == disk.lines(history=True)
        assert memory.release == disk.release
        assert memory.name == current_release(own)
    assert memory_needed(own) > 0


def test_a_fork_answers_every_kind_of_question(pool: WorkerPool) -> None:
    assert ask(pool, COUNT) == b"n\r\n4\r\n"
    assert is_fork(pool)
    assert ask(pool, COUNT, history=True) == b"n\r\n4\r\n"
    assert ask(pool, "ASK { ?s ?p ?o }", "json") == b'{"head":{},"boolean":true}'
    assert b"perfgraph" in ask(pool, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", "ntriples")


def test_a_fork_is_killed_at_the_deadline_and_the_next_is_there_at_once(pool: WorkerPool) -> None:
    ask(pool, COUNT)
    begun = time.monotonic()
    with pytest.raises(DeadlineError):
        ask(pool, RUNAWAY)
    assert time.monotonic() - begun < LIMITS.seconds + 0.5
    assert ask(pool, COUNT) == b"n\r\n4\r\n"
    assert is_fork(pool)


def test_a_query_that_breaks_the_engine_ends_only_its_fork(pool: WorkerPool) -> None:
    with pytest.raises((CrashedError, DeadlineError)):
        ask(pool, "SELECT * " + "{" * 20_000 + "}" * 20_000)
    assert ask(pool, COUNT) == b"n\r\n4\r\n"
    assert is_fork(pool)


def test_a_write_is_seen_by_the_next_question_and_then_from_memory(
    pool: WorkerPool, own: Path
) -> None:
    ask(pool, COUNT)
    with open_store(own) as store:
        add = "INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 } }"
        store.write(Update(add), who="test")
    assert ask(pool, "SELECT ?o { <http://e/s> ?p ?o }") == b"o\r\n1\r\n"
    wait_for(pool)
    assert ask(pool, "SELECT ?o { <http://e/s> ?p ?o }") == b"o\r\n1\r\n"
    assert is_fork(pool)


def test_when_the_image_is_killed_the_disk_answers(pool: WorkerPool) -> None:
    ask(pool, COUNT)
    for image in images_of(os.getpid()):
        os.kill(image, signal.SIGKILL)
    with pytest.raises(DeadlineError):
        ask(pool, RUNAWAY)
    assert ask(pool, COUNT) == b"n\r\n4\r\n"


def test_what_does_not_fit_stays_on_disk(own: Path, tmp_path: Path) -> None:
    keeper = Keeper(str(own), "{}", tmp_path, "closed", always=False, queries=10**9)
    keeper.look()
    assert keeper._next is None
    keeper.close()


def test_the_disk_is_used_when_it_is_asked_for(settings: Settings) -> None:
    with kept_in_memory(replace(settings, engine="disk")) as images:
        assert images is None
        assert Images(settings.store, images).current() is None
