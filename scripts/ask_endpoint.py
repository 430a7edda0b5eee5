"""Start ``perfgraph serve`` on a free port, ask it one question over HTTP, print the answer."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

QUERY = """PREFIX pg: <https://w3id.org/perfgraph/ontology#>
SELECT (SUM(?b) AS ?t) { ?p a pg:Project ; pg:budgetTotal ?b }"""
START_SECONDS = 30


def main(store: str) -> None:
    """Serve ``store``, print the sum of all budgets, stop the server."""
    port = free_port()
    command = Path(sys.executable).with_name("perfgraph")
    server = subprocess.Popen([command, "serve", "--store", store, "--port", str(port)])
    try:
        wait_until_open(port, server)
        parameters = urllib.parse.urlencode({"query": QUERY})
        url = f"http://127.0.0.1:{port}/sparql?{parameters}"
        request = urllib.request.Request(url, headers={"Accept": "application/json"})
        with urllib.request.urlopen(request) as response:
            answer = json.load(response)
        print(f"GET {url.split('?')[0]} -> {answer['results']['bindings'][0]['t']['value']}")
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_open(port: int, server: subprocess.Popen[bytes]) -> None:
    """Return when the server answers; exit when it does not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz"):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    sys.exit("the server did not start")


if __name__ == "__main__":
    main(sys.argv[1])
