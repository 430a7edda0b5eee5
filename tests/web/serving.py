"""A real server in a process of its own, and requests to it."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PROGRAM = """
import sys
from perfgraph.web import Limits, Settings, run
limits = Limits(seconds=float(sys.argv[2]))
settings = Settings(store=sys.argv[1], limits=limits, token="secret of the tests")
run(settings, "127.0.0.1", 0, announce=lambda address: print(address, flush=True))
"""
WITHOUT_GUNICORN = "import sys; sys.modules['gunicorn'] = None" + PROGRAM


@dataclass(frozen=True)
class Server:
    """A running server."""

    address: str
    process: subprocess.Popen[str]

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        """Return status and body."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.address + path.lstrip("/"), headers=names)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()

    def send(
        self, method: str, path: str, body: bytes, media_type: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Write with the token of the tests; return status, headers and body."""
        headers = {"Authorization": "Bearer secret of the tests", "Content-Type": media_type}
        request = urllib.request.Request(
            self.address + path.lstrip("/"), body, headers, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, dict(response.headers), response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers), error.read()

    def asking(self, query: str) -> socket.socket:
        """Send a query, quoted, and return the connection on which its answer will come."""
        host, port = self.address.removeprefix("http://").rstrip("/").rsplit(":", 1)
        connection = socket.create_connection((host, int(port)))
        connection.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        return connection

    def try_get(self, path: str) -> None:
        """Ask, and take it that the server may end meanwhile."""
        with suppress(OSError, http.client.HTTPException):
            self.get(path)


@contextmanager
def running(store: Path, *, seconds: float = 10.0, program: str = PROGRAM) -> Iterator[Server]:
    """Run a server over ``store`` until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-c", program, str(store), str(seconds)],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield Server(process.stdout.readline().strip(), process)
        finally:
            process.terminate()
            process.wait(30)
