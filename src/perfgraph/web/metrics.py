"""What the server counts, for Prometheus; over all server processes together.

The library decides when it is imported whether there is one process or several, by the variable
that ``together`` sets. So this module is imported when an application is made, not before.
"""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from perfgraph.web.together import VARIABLE

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_OWN = CollectorRegistry()
_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60)

REQUESTS = Counter(
    "perfgraph_requests", "Requests by status and route.", ["status", "route"], registry=_OWN
)
QUERIES = Counter("perfgraph_queries", "Queries by outcome.", ["outcome"], registry=_OWN)
SECONDS = Histogram(
    "perfgraph_query_seconds",
    "From a query to its whole answer, waiting included; without answers from the cache.",
    buckets=_BUCKETS,
    registry=_OWN,
)
CACHE = Counter("perfgraph_cache", "Look-ups in the cache of answers.", ["result"], registry=_OWN)
STARTED = Counter(
    "perfgraph_workers_started", "Query processes started.", ["engine"], registry=_OWN
)
WORKERS = Gauge(
    "perfgraph_workers",
    "Query processes that live.",
    ["engine"],
    registry=_OWN,
    multiprocess_mode="livesum",
)


def worker_changed(engine: str, change: int) -> None:
    """Count a query process that has started (1) or ended (-1)."""
    WORKERS.labels(engine).inc(change)
    if change > 0:
        STARTED.labels(engine).inc()


def exposition(store_bytes: int, release: str) -> bytes:
    """Return all that was counted, and the store that is served, as Prometheus reads it."""
    counted = _OWN
    if VARIABLE in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]  # the library's own omission
    now = CollectorRegistry()
    Gauge("perfgraph_store_bytes", "Size of the release on disk.", registry=now).set(store_bytes)
    Gauge("perfgraph_release", "The release that answers.", ["release"], registry=now).labels(
        release
    ).set(1)
    return generate_latest(counted) + generate_latest(now)
