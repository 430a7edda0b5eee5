"""Stores to test: the same tests run over a directory and over a SPARQL server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from perfgraph.store import Store, duplicated_triples, open_store
from perfgraph.store.vocabularies import Vocabulary
from perfgraph.vocab import CODE, ONTOLOGY

OPEN_TRIES = 500


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_server(*options: str) -> Iterator[str]:
    """Run an empty Oxigraph server in memory; give its address."""
    port = free_port()
    binary = Path(sys.executable).with_name("oxigraph")
    with subprocess.Popen(
        [binary, "serve", "--bind", f"127.0.0.1:{port}", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when the server accepts connections."""
    for _ in range(OPEN_TRIES):
        assert process.poll() is None, "the server has ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            process_pause(process)
        else:
            return
    pytest.fail("the server does not accept connections")


def process_pause(process: subprocess.Popen[bytes]) -> None:
    """Give the server a moment, or notice that it has ended."""
    try:
        process.wait(0.01)
    except subprocess.TimeoutExpired:
        return


def clear(address: str) -> None:
    """Remove everything from a server."""
    request = urllib.request.Request(
        f"{address}/update",
        data=b"DROP ALL",
        headers={"Content-Type": "application/sparql-update"},
    )
    urllib.request.urlopen(request).close()


@pytest.fixture(scope="session")
def servers() -> Iterator[tuple[str, str]]:
    """Two servers, for the main and for the history dataset."""
    with running_server() as main, running_server() as history:
        yield main, history


@pytest.fixture
def folder() -> Iterator[Path]:
    """A directory that is not there yet, in memory where the system has such a place.

    A database waits for the disk about ten times a load; these tests make hundreds of loads.
    """
    memory = Path("/dev/shm")
    parent = memory if memory.is_dir() and os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="perfgraph-test-", dir=parent) as path:
        yield Path(path, "store")


@pytest.fixture(params=["embedded", "remote"])
def location(request: pytest.FixtureRequest, folder: Path) -> str:
    """The location of an empty store: a directory, or a server."""
    if request.param == "embedded":
        return str(folder)
    main, history = request.getfixturevalue("servers")
    clear(main)
    clear(history)
    return f"sparql+{main}?history={history}/query"


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    """An empty store; whatever a test does to it, no triple may stand in two graphs."""
    with open_store(location) as opened:
        yield opened
        assert duplicated_triples(opened) == []


@pytest.fixture
def reopen(location: str) -> Callable[[], Store]:
    """Opens the store of the test once more."""
    return lambda: open_store(location)


@pytest.fixture
def small_vocabularies() -> tuple[Vocabulary, ...]:
    """An ontology of two terms, for tests that build many stores."""
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    return (
        Vocabulary("ontology", (f'<{ONTOLOGY}Project> {label} "项目"@zh',)),
        Vocabulary("codes", (f'<{CODE}phase#approved> {label} "批复"@zh',)),
    )
