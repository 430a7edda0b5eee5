"""Programs that measuring needs beside Python: where they are, and a server while it is needed."""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 30.0


def beside_python(program: str) -> str:
    """Return the path of a program that was installed with this Python, or is on the path."""
    folders = (sysconfig.get_path("scripts"), str(Path(sys.executable).parent))
    for found in (
        *(shutil.which(program, path=folder) for folder in folders),
        shutil.which(program),
    ):
        if found is not None:
            return found
    raise SystemExit(f"{program} is not installed: pip install {program}")


@contextmanager
def oxigraph_server(database: Path) -> Iterator[int]:
    """Serve a database directory read-only on this machine, and give the port.

    The union of all graphs is the default graph, as in perfgraph's store.
    """
    port = _free_port()
    command = [beside_python("oxigraph"), "serve-read-only", "--location", str(database)]
    command += ["--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait()


def ask_server(port: int, query: str, accept: str, seconds: float) -> bytes:
    """Return the answer of the server to a query.

    Raises:
        TimeoutError: it did not answer in time.
        RuntimeError: it answered with an error.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
    headers = {"Content-Type": "application/sparql-query", "Accept": accept}
    try:
        connection.request("POST", "/query", query.encode(), headers)
        response = connection.getresponse()
        content = response.read()
    finally:
        connection.close()
    if response.status != http.client.OK:
        raise RuntimeError(content.decode(errors="replace"))
    return content


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("the Oxigraph server did not start")
