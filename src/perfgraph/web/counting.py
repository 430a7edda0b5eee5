"""Each query and each request, counted and written down; the text of a query is never logged."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask, Response, g, request

from perfgraph.errors import PerfgraphError
from perfgraph.web import errors
from perfgraph.web.asking import Ask

_OUTCOMES: tuple[tuple[type[PerfgraphError], str], ...] = (
    (errors.DeadlineError, "deadline"),
    (errors.BusyError, "busy"),
    (errors.CrashedError, "crashed"),
    (errors.ClientGoneError, "gone"),
    (errors.BudgetError, "budget"),
    (errors.TooLargeError, "too-large"),
    (errors.UnavailableError, "unavailable"),
)


@contextmanager
def counted(ask: Ask) -> Iterator[None]:
    """Count the query that is answered in the block."""
    from perfgraph.web import metrics

    begun, outcome = time.monotonic(), "answered"
    try:
        yield
    except PerfgraphError as error:
        outcome = next((name for kind, name in _OUTCOMES if isinstance(error, kind)), "refused")
        raise
    finally:
        metrics.QUERIES.labels(outcome).inc()
        metrics.SECONDS.observe(time.monotonic() - begun)
        note(ask, outcome)


def looked_up(*, is_hit: bool) -> None:
    """Count a look into the cache."""
    from perfgraph.web import metrics

    metrics.CACHE.labels("hit" if is_hit else "miss").inc()


def note(ask: Ask, outcome: str) -> None:
    """Keep for the log which query the request asked, and what became of it."""
    g.perfgraph_query = {"query": digest_of(ask.text), "outcome": outcome}


def digest_of(text: str) -> str:
    """Return a short name for the text of a query, the same wherever it is computed.

    >>> digest_of("ASK {}")
    '819ea91ed5f12b38'
    """
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def register(app: Flask, *, log: str) -> None:
    """Let ``app`` count its requests, and write a line of JSON on each to ``log``."""
    from perfgraph.web import metrics

    output = _opened(log)

    @app.before_request
    def begin() -> None:
        g.perfgraph_begun = time.monotonic()

    @app.after_request
    def end(response: Response) -> Response:
        metrics.REQUESTS.labels(response.status_code, request.endpoint or "").inc()
        if output is not None:
            line = json.dumps(_entry(response), ensure_ascii=False) + "\n"
            os.write(output, line.encode())  # at once, so that lines of processes do not mix
        return response


def _entry(response: Response) -> dict[str, object]:
    begun = g.get("perfgraph_begun", time.monotonic())
    return {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "client": request.remote_addr,
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "bytes": response.content_length,
        "seconds": round(time.monotonic() - begun, 4),
        "release": response.headers.get("X-Perfgraph-Release"),
        **g.get("perfgraph_query", {}),
    }


def _opened(log: str) -> int | None:
    if not log:
        return None
    if log == "-":
        return sys.stderr.fileno()
    return os.open(Path(log), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
