"""SPARQL servers that tests start on free ports of this machine, with empty datasets.

Oxigraph is a package of the test environment. Fuseki and Virtuoso are set up by
``scripts/engines``; without it their tests fail, they are not skipped.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QuerySolutions

from perfgraph.store.endpoint import Endpoint, Location
from perfgraph.store.updates import drop

DATASETS = 3
"""How many datasets a test may use: main, history, and another one."""
OPEN_TRIES = 6000
CONFIGURATION = Path(__file__).parent / "engines"

Addresses = tuple[str, ...]
"""Query addresses of the datasets of a running engine."""


def endpoint(address: str) -> Endpoint:
    """Return the dataset at a query address."""
    return Endpoint(Location.parse(f"sparql+{address}").main)


def graphs(address: str) -> set[str]:
    """Return the names of the graphs of a dataset."""
    # Not DISTINCT: over some ten thousand triples Virtuoso takes minutes for it.
    rows = endpoint(address).query("SELECT ?g { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g", {})
    assert isinstance(rows, QuerySolutions)
    return {row["g"].value for row in rows if isinstance(row["g"], NamedNode)}


def clear(address: str, kept: set[str]) -> None:
    """Remove all graphs but those that the engine came with."""
    for graph in graphs(address) - kept:
        endpoint(address).update(drop(graph))


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def temporary_folder() -> Iterator[str]:
    """Make a directory, in memory where the system has such a place.

    A database waits for the disk about ten times a load; these tests make hundreds of loads.
    """
    memory = Path("/dev/shm")
    parent = memory if memory.is_dir() and os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="perfgraph-test-", dir=parent) as path:
        yield path


@contextmanager
def running_server(*options: str) -> Iterator[str]:
    """Run an empty Oxigraph server in memory; give its query address."""
    port = free_port()
    binary = Path(sys.executable).with_name("oxigraph")
    with _running([str(binary), "serve", "--bind", f"127.0.0.1:{port}", *options], port):
        yield f"http://127.0.0.1:{port}/query"


@contextmanager
def oxigraph() -> Iterator[Addresses]:
    """Run servers of one dataset each."""
    with ExitStack() as stack:
        yield tuple(stack.enter_context(running_server()) for _ in range(DATASETS))


@contextmanager
def fuseki() -> Iterator[Addresses]:
    """Run one server with all datasets in memory, their default graphs unions."""
    jars = sorted(Path(__file__).parents[2].glob(".engines/jena-fuseki-server-*.jar"))
    if shutil.which("java") is None or len(jars) != 1:
        pytest.fail("no Fuseki, or several: run scripts/test --engines")
    port = free_port()
    services = [f"dataset{number}" for number in range(DATASETS)]
    with temporary_folder() as folder:
        pattern = (CONFIGURATION / "fuseki.ttl").read_text()
        configuration = Path(folder, "fuseki.ttl")
        configuration.write_text("\n".join(pattern.replace("@name@", one) for one in services))
        command = ["java", "-Xmx1g", "-jar", str(jars[0]), "--localhost", "--port", str(port)]
        with _running([*command, "--config", str(configuration)], port, folder):
            yield tuple(f"http://127.0.0.1:{port}/{service}/query" for service in services)


@contextmanager
def virtuoso() -> Iterator[Addresses]:
    """Run servers of one dataset each, which anyone may change."""
    if shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None:
        pytest.fail("no Virtuoso: run scripts/test --engines")
    with ExitStack() as stack:
        yield tuple(stack.enter_context(one_virtuoso()) for _ in range(DATASETS))


@contextmanager
def one_virtuoso(*, most_rows: int = 1_000_000) -> Iterator[str]:
    """Run a server that anyone may change; give its query address."""
    http, sql = free_port(), free_port()
    settings = (CONFIGURATION / "virtuoso.ini").read_text()
    with temporary_folder() as folder:
        Path(folder, "virtuoso.ini").write_text(
            settings.replace("@http@", str(http))
            .replace("@sql@", str(sql))
            .replace("@rows@", str(most_rows))
        )
        with _running(["virtuoso-t", "-f", "-c", "virtuoso.ini"], http, folder):
            grant = 'exec=GRANT SPARQL_UPDATE TO "SPARQL";'
            subprocess.run(
                ["isql-vt", str(sql), "dba", "dba", grant],
                check=True,
                stdout=subprocess.DEVNULL,
                timeout=60,
            )
            yield f"http://127.0.0.1:{http}/sparql"


ENGINES: dict[str, Callable[[], AbstractContextManager[Addresses]]] = {
    "oxigraph": oxigraph,
    "fuseki": fuseki,
    "virtuoso": virtuoso,
}


@contextmanager
def _running(command: Sequence[str], port: int, folder: str | None = None) -> Iterator[None]:
    """Run a server, from when it accepts connections until the end."""
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_for(port, process)
            yield
        finally:
            process.kill()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when the server accepts connections."""
    for _ in range(OPEN_TRIES):
        assert process.poll() is None, "the server has ended"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            _pause(process)
        else:
            return
    pytest.fail("the server does not accept connections")


def _pause(process: subprocess.Popen[bytes]) -> None:
    """Give the server a moment, or notice that it has ended."""
    try:
        process.wait(0.01)
    except subprocess.TimeoutExpired:
        return
