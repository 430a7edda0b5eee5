"""The SPARQL endpoint and its pages: ``create_app`` for any WSGI server, ``run`` for our own."""

from __future__ import annotations

from perfgraph.web.app import create_app
from perfgraph.web.server import run
from perfgraph.web.settings import Limits, Settings

__all__ = ["Limits", "Settings", "create_app", "run"]
