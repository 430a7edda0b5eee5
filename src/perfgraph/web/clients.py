"""The client of the current request: does it still wait, and what has it left of its time."""

from __future__ import annotations

import select
import socket
from collections.abc import Callable
from wsgiref.types import WSGIEnvironment

from flask import current_app, request

from perfgraph.web.budgets import Budgets, network_of
from perfgraph.web.settings import Limits
from perfgraph.web.watch import never


class RequestClient:
    """The client of the current request; ``is_gone`` may be asked in any thread."""

    def __init__(self, limits: Limits) -> None:
        budgets = current_app.extensions["perfgraph.budgets"]
        assert isinstance(budgets, Budgets)
        self._budgets = budgets
        self._address = network_of(request.remote_addr or "")
        self._limits = limits
        self.is_gone = _presence(request.environ)

    def check(self) -> None:
        """Refuse a client that has used up its time.

        Raises:
            BudgetError: it has.
        """
        seconds, window = self._limits.client_seconds, self._limits.client_window
        self._budgets.check(self._address, seconds=seconds, window=window)

    def charge(self, used: float) -> None:
        """Put ``used`` seconds on the client's bill."""
        seconds, window = self._limits.client_seconds, self._limits.client_window
        self._budgets.charge(self._address, used, seconds=seconds, window=window)


def _presence(environ: WSGIEnvironment) -> Callable[[], bool]:
    """Return a function that tells whether the client has closed its connection."""
    told = environ.get("waitress.client_disconnected")
    if callable(told):
        return told  # type: ignore[no-any-return]  # bool, says waitress
    connection = environ.get("gunicorn.socket")
    return (lambda: _is_closed(connection)) if isinstance(connection, socket.socket) else never


def _is_closed(connection: socket.socket) -> bool:
    try:
        if not select.select([connection], [], [], 0)[0]:
            return False
        return not connection.recv(1, socket.MSG_PEEK)
    except (OSError, ValueError):
        return True
