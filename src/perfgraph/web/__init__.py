"""The SPARQL endpoint and its pages: ``create_app`` for any WSGI server, ``run`` for our own.

Both are loaded when they are first used, so that a query process starts without Flask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfgraph.web.settings import Limits, Settings

if TYPE_CHECKING:
    from perfgraph.web.app import create_app
    from perfgraph.web.server import run

__all__ = ["Limits", "Settings", "create_app", "run"]


def __getattr__(name: str) -> object:
    if name == "create_app":
        from perfgraph.web import app

        return app.create_app
    if name == "run":
        from perfgraph.web import server

        return server.run
    raise AttributeError(f"module 'perfgraph.web' has no attribute {name!r}")
