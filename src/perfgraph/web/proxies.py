"""Where the service is seen from: behind reverse proxies, and under a path of a larger site."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def settle(app: Flask, *, proxies: int, prefix: str) -> None:
    """Let ``app`` know its own address.

    Args:
        app: the application.
        proxies: how many proxies in front are believed; with 0 no X-Forwarded header is.
        prefix: the path that the service is under; a proxy may have cut it off, or not.
    """
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies, x_prefix=proxies
        )
    if prefix.strip("/"):
        app.wsgi_app = _UnderPath(  # type: ignore[method-assign]
            app.wsgi_app, f"/{prefix.strip('/')}"
        )


class _UnderPath:
    """Moves the prefix from the path to where WSGI wants it."""

    def __init__(self, app: WSGIApplication, prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == self._prefix or path.startswith(f"{self._prefix}/"):
            environ["PATH_INFO"] = path[len(self._prefix) :]
        environ["SCRIPT_NAME"] = self._prefix
        return self._app(environ, start_response)
