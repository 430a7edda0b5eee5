"""The application in gunicorn's processes, on a socket that is already open."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from perfgraph.web.app import create_app
from perfgraph.web.budgets import Budgets
from perfgraph.web.settings import Settings
from perfgraph.web.together import forget

GRACEFUL_SECONDS = 10
"""What a request may take beside its query, when the server is told to stop."""


def run_gunicorn(
    settings: Settings, listener: socket.socket, announce: Callable[[], None], images: Path | None
) -> None:
    """Serve on ``listener`` until SIGTERM or SIGINT; call ``announce`` once it is ready."""
    _Server(settings, listener, announce, images).run()


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    def __init__(
        self,
        settings: Settings,
        listener: socket.socket,
        announce: Callable[[], None],
        images: Path | None,
    ) -> None:
        self._settings = settings
        self._listener = listener
        self._announce = announce
        self._images = images
        self._budgets = Budgets()  # one table, mapped before the fork
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn how to run; every name is one of its settings."""
        limits = self._settings.limits
        options: dict[str, object] = {
            # A copy: gunicorn closes the one it is given, and the listener closes its own.
            "bind": f"fd://{os.dup(self._listener.fileno())}",
            "workers": self._settings.server_processes,
            "worker_class": "gthread",
            "threads": self._settings.threads,
            "timeout": int(limits.seconds + limits.queue_seconds) + 30,
            "graceful_timeout": int(limits.seconds + limits.queue_seconds) + GRACEFUL_SECONDS,
            "keepalive": 5,
            "loglevel": "warning",
            "control_socket_disable": True,
            "proc_name": "perfgraph",
            "when_ready": lambda arbiter: self._announce(),
            "worker_exit": _close,
            "child_exit": lambda arbiter, worker: forget(worker.pid),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the application; called in each process, after the fork."""
        return create_app(self._settings, budgets=self._budgets, images=self._images)


def _close(arbiter: object, worker: object) -> None:
    """End the query processes of a server process that ends."""
    app = getattr(getattr(worker, "app", None), "callable", None)
    if isinstance(app, Flask):
        app.extensions["perfgraph.answerer"].close()
