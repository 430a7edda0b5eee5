"""Routes for whoever watches the server: is it alive, can it answer."""

from __future__ import annotations

import io

from flask import Blueprint, Response

from perfgraph.errors import PerfgraphError
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


def _plain(text: str, status: int) -> Response:
    response = Response(text + "\n", status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
