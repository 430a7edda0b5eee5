"""An update of the SPARQL Protocol → the answer to it; who may send one is ``access``'s affair."""

from __future__ import annotations

import json

from flask import Response, current_app, request

from perfgraph.store.report import Written
from perfgraph.store.writing import Update
from perfgraph.web.access import Access, Scope
from perfgraph.web.answers import limits
from perfgraph.web.guard import check_update
from perfgraph.web.protocol import UpdateRequest
from perfgraph.web.writing import Order, Writer


def access() -> Access:
    """Return who may do what in the running application."""
    found = current_app.extensions["perfgraph.access"]
    assert isinstance(found, Access)
    return found


def writer() -> Writer:
    """Return what carries out the writes of the running application."""
    found: Writer = current_app.extensions["perfgraph.writer"]
    return found


def authorized() -> str:
    """Return who is sending this write.

    Raises:
        RefusedError: it is not allowed.
    """
    return access().check(request.headers.get("Authorization"), Scope.WRITE)


def carry_out(update: UpdateRequest) -> Response:
    """Carry an update out and say what it has done.

    Raises:
        PerfgraphError: it is not carried out.
    """
    who = authorized()
    check_update(update.text, limits())
    edit = Update(update.text, update.using, update.using_named, base=request.base_url)
    return report(writer().write(Order(edit, who)), 200)


def report(written: Written, status: int) -> Response:
    """Return the answer to a write: what it has done, as JSON."""
    content = {
        "added": written.added,
        "removed": written.removed,
        "graphs": [
            {"graph": graph or None, "added": added, "removed": removed}
            for graph, (added, removed) in written.graphs.items()
        ],
        "release": written.release,
    }
    body = json.dumps(content, ensure_ascii=False) + "\n"
    response = Response(body, status, content_type="application/json")
    response.headers["X-Perfgraph-Release"] = written.release
    response.headers["Cache-Control"] = "no-store"
    return response
