"""Settings or a store → the Flask application. Routes are in the blueprints, nothing else here."""

from __future__ import annotations

from pathlib import Path
from typing import Any  # url_for takes anything as a part of an address
from urllib.parse import quote, urlencode

from flask import Flask, Response, request, url_for

from perfgraph.store import Store
from perfgraph.text import Text
from perfgraph.web import (
    compression,
    counting,
    descriptions,
    graph_store,
    health,
    pages,
    problems,
    sparql,
)
from perfgraph.web.access import Access, Scope
from perfgraph.web.asking import Answerer, OneProcess
from perfgraph.web.budgets import Budgets
from perfgraph.web.cache import Cache
from perfgraph.web.language import page_language
from perfgraph.web.proxies import settle
from perfgraph.web.settings import Settings
from perfgraph.web.statistics import Kept
from perfgraph.web.summary import Summaries
from perfgraph.web.terms import shorten
from perfgraph.web.updates import access
from perfgraph.web.workers import WorkerPool
from perfgraph.web.writing import OwnWriter, Writer, WriterProcess

LONGEST_REQUEST = 2 * 1024 * 1024
SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


def create_app(
    source: Settings | Store,
    own: Settings | None = None,
    *,
    budgets: Budgets | None = None,
    images: Path | None = None,
) -> Flask:
    """Return the application.

    Args:
        source: settings, for a server: queries run in processes of their own, which are started
            when first needed; or an open store, for tests and notebooks: they run in the calling
            thread and no deadline stops them.
        own: other settings for an open store.
        budgets: the time that clients have left, where several processes share it.
        images: folder of the releases in memory; see ``images``.
    """
    if isinstance(source, Settings):
        settings, answerer = source, _pool(source, images)
        writer: Writer = WriterProcess(source)
    else:
        settings, answerer = (
            own or Settings(store=source.location),
            OneProcess(source, (own or Settings(store=source.location)).limits),
        )
        writer = OwnWriter(source)
    app = Flask(__name__, static_url_path="/static")
    app.config["LANGUAGE"] = settings.language
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_REQUEST
    app.config["MAX_FORM_MEMORY_SIZE"] = LONGEST_REQUEST
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions["perfgraph.answerer"] = answerer
    app.extensions["perfgraph.limits"] = settings.limits
    app.extensions["perfgraph.services"] = settings.services
    app.extensions["perfgraph.writer"] = writer
    app.extensions["perfgraph.location"] = settings.store
    app.extensions["perfgraph.cache"] = Cache(settings.limits.cache_bytes)
    app.extensions["perfgraph.budgets"] = budgets or Budgets()
    tokens = None if settings.tokens is None else Path(settings.tokens)
    app.extensions["perfgraph.access"] = Access(token=settings.token, file=tokens)
    app.extensions["perfgraph.summaries"] = Summaries()
    app.extensions["perfgraph.statistics"] = Kept()
    for module in (sparql, graph_store, descriptions, pages, health):
        app.register_blueprint(module.blueprint)
    problems.register(app)
    compression.register(app)
    counting.register(app, log=settings.access_log)
    settle(app, proxies=settings.proxies, prefix=settings.prefix)
    if settings.private:
        app.before_request(_only_with_token)
    _prepare_pages(app)

    @app.after_request
    def finish(response: Response) -> Response:
        for name, value in SECURITY.items():
            response.headers.setdefault(name, value)
        if response.mimetype == "text/html":
            response.headers.setdefault("Content-Language", page_language())
            response.vary.update(("Accept", "Accept-Language"))
        return response

    return app


def _only_with_token() -> None:
    """Let nobody read without a token, except whoever watches the server."""
    if request.endpoint not in ("health.healthz", "health.readyz") and request.method != "OPTIONS":
        access().check(request.headers.get("Authorization"), Scope.READ)


def _pool(settings: Settings, images: Path | None) -> Answerer:
    from perfgraph.web import metrics  # not before: see its docstring

    return WorkerPool(settings, images, on_change=metrics.worker_changed)


def _prepare_pages(app: Flask) -> None:
    """Give the templates the language, a way to say a sentence in it, and short names."""

    @app.context_processor
    def names() -> dict[str, object]:
        language = page_language()

        def say(text: Text | str, en: str | None = None) -> str:
            if isinstance(text, Text):
                return text.pick(language)
            return text if language == "zh" or en is None else en

        def other_language() -> str:
            """Return this page in the other language; a POST has no address of its own."""
            other = "en" if language == "zh" else "zh"
            if request.endpoint is None or request.method == "POST":
                return url_for("pages.start", lang=other)
            kept = [
                (name, value)
                for name, value in request.args.items(multi=True)
                if name not in ("lang", "format")
            ]
            return (
                f"{request.script_root}{quote(request.path)}?{urlencode([*kept, ('lang', other)])}"
            )

        def link(endpoint: str, **values: Any) -> str:
            """Return an address that keeps a language chosen by hand."""
            if request.args.get("lang") in ("zh", "en"):
                values.setdefault("lang", request.args["lang"])
            return url_for(endpoint, **values)

        return {
            "language": language,
            "say": say,
            "other_language": other_language,
            "link": link,
            "shorten": shorten,
        }
