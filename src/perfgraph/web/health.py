"""Routes for whoever watches the server: is it alive, can it answer."""

from __future__ import annotations

import io
from pathlib import Path

from flask import Blueprint, Response, current_app

from perfgraph.errors import PerfgraphError
from perfgraph.store.image import size_on_disk
from perfgraph.web.answers import answerer
from perfgraph.web.asking import Ask

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Say that the process answers requests; the store is not asked."""
    return _plain("ok", 200)


@blueprint.get("/readyz")
def readyz() -> Response:
    """Say whether a query over the store is answered now."""
    try:
        answerer().answer(Ask("ASK { ?s ?p ?o }"), io.BytesIO())
    except PerfgraphError as error:
        return _plain(f"not ready {error.code}", 503)
    return _plain("ready", 200)


@blueprint.get("/metrics")
def counts() -> Response:
    """Tell Prometheus what was counted."""
    from perfgraph.web import metrics  # not before: see its docstring

    release = answerer().release()
    folder = Path(current_app.extensions["perfgraph.location"])
    body = metrics.exposition(size_on_disk(folder), release)
    response = Response(body, 200, content_type=metrics.CONTENT_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def _plain(text: str, status: int) -> Response:
    response = Response(text + "\n", status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
