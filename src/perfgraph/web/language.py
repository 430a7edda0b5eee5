"""The language of the page that is being made: of the request, or of the server's settings."""

from __future__ import annotations

from flask import current_app, request

from perfgraph.text import Language
from perfgraph.web.negotiation import choose_page_language


def page_language() -> Language:
    """Return the language of the current request."""
    default: Language = "en" if current_app.config["LANGUAGE"] == "en" else "zh"
    return choose_page_language(
        request.args.get("lang"), request.headers.get("Accept-Language"), default
    )
