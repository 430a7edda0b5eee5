"""What whoever runs the server sees: numbers, a log, an end without a failed request."""

from __future__ import annotations

import json
import re
import signal
import threading
import time
from pathlib import Path
from urllib.parse import quote

from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from perfgraph.store import Store
from perfgraph.web import Settings, create_app
from perfgraph.web.counting import digest_of
from tests.web.processes import slowed_processes
from tests.web.serving import running

COUNT = quote("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SECONDS_LONG = """SELECT (COUNT(*) AS ?n) {
  { SELECT ?c { ?a ?b ?c } LIMIT 300 } { SELECT ?f { ?d ?e ?f } LIMIT 2000 }
  FILTER(STR(?c) = STR(?f)) }"""


def numbers(text: str) -> dict[tuple[str, str], float]:
    """Return each sample by its name and the values of its labels, sorted by label."""
    return {
        (sample.name, " ".join(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_queries_of_all_server_processes_are_counted_together(folder: Path) -> None:
    with running(folder, seconds=1) as server:
        for _ in range(12):
            assert server.get(f"/sparql?query={COUNT}")[0] == 200
        server.get(f"/sparql?query={quote(RUNAWAY)}")
        found = numbers(server.get("/metrics")[1].decode())
    cached = found.get(("perfgraph_cache_total", "hit"), 0)
    assert found["perfgraph_queries_total", "answered"] + cached == 12
    assert found["perfgraph_queries_total", "deadline"] == 1
    assert found["perfgraph_requests_total", "sparql.main 200"] == 12
    assert sum(found.get(("perfgraph_workers", engine), 0) for engine in ("disk", "memory")) >= 1
    assert found["perfgraph_store_bytes", ""] > 100_000
    assert any(name == "perfgraph_release" for name, _ in found)


def test_the_log_has_a_line_of_json_with_a_digest_and_no_query(
    store: Store, tmp_path: Path
) -> None:
    log = tmp_path / "access.log"
    client = create_app(store, Settings(store="", access_log=str(log))).test_client()
    client.get(f"/sparql?query={COUNT}")
    client.get("/sparql?query=SELECT")
    client.get("/healthz")
    first, wrong, health = map(json.loads, log.read_text("utf-8").splitlines())
    assert first["query"] == digest_of("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert (first["status"], first["outcome"], first["path"]) == (200, "answered", "/sparql")
    assert first["release"] == store.release
    assert first["seconds"] >= 0
    assert wrong["status"] == 400
    assert "query" not in health
    assert "COUNT" not in log.read_text("utf-8")


def test_numbers_name_no_version_of_anything(store: Store) -> None:
    client: FlaskClient = create_app(store).test_client()
    client.get(f"/sparql?query={COUNT}")
    assert not re.search(r"python|version=", client.get("/metrics").text)


def test_a_request_under_way_is_answered_before_the_end(folder: Path) -> None:
    with running(folder, seconds=60) as server:
        assert server.get("/readyz")[0] == 200
        outcomes: list[int] = []
        asking = threading.Thread(
            target=lambda: outcomes.append(server.get(f"/sparql?query={quote(SECONDS_LONG)}")[0])
        )
        asking.start()
        while not slowed_processes(server.process.pid):
            assert asking.is_alive(), "the query is too quick for this test"
            time.sleep(0.01)
        server.process.send_signal(signal.SIGTERM)
        asking.join()
        assert outcomes == [200]
        assert server.process.wait(30) == 0
