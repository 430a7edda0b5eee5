"""Settings → a running production server, until it is told to stop.

gunicorn with several processes where it runs, waitress elsewhere. The address is taken before
anything is started, so that a taken port is one clear message.
"""

from __future__ import annotations

import errno
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from perfgraph.text import Text
from perfgraph.web.app import create_app
from perfgraph.web.errors import AddressError
from perfgraph.web.images import kept_in_memory
from perfgraph.web.settings import Settings
from perfgraph.web.together import counted_together

Announce = Callable[[str], None]
_BACKLOG = 256
_HIGHEST_PORT = 65_535


def run(
    settings: Settings, host: str, port: int, *, announce: Announce = lambda address: None
) -> None:
    """Serve until SIGTERM or SIGINT.

    Args:
        settings: the store and the limits.
        host: name or address to listen on.
        port: TCP port; 0 takes a free one.
        announce: called with the address, such as ``http://127.0.0.1:7878/``, once it is taken.

    Raises:
        AddressError: the address is taken, is not of this machine, or may not be used.
    """
    with listen(host, port) as listener, kept_in_memory(settings) as images:
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}/"
        try:
            from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # noqa: F401
        except ImportError:  # Windows has no fcntl
            announce(address)
            _run_waitress(settings, listener, images)
        else:
            from perfgraph.web.gunicorn_server import run_gunicorn

            with counted_together():
                run_gunicorn(settings, listener, lambda: announce(address), images)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket.

    Raises:
        AddressError: see ``run``.
    """
    try:
        if not 0 <= port <= _HIGHEST_PORT:  # getaddrinfo would take it modulo 65536
            raise OverflowError(port)
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(_BACKLOG)
        except OSError:
            listener.close()
            raise
    except (OSError, OverflowError) as error:
        raise _address_error(error, host, port) from error
    return listener


def _run_waitress(settings: Settings, listener: socket.socket, images: Path | None) -> None:
    from waitress import create_server  # type: ignore[import-untyped]

    app: Flask = create_app(settings, images=images)
    server = create_server(
        app,
        sockets=[listener],
        threads=settings.threads,
        ident=None,
        clear_untrusted_proxy_headers=True,
        channel_request_lookahead=1,  # without it a client that has gone is not noticed
    )
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    try:
        server.run()
    finally:
        server.close()
        app.extensions["perfgraph.answerer"].close()


def _address_error(error: OSError | OverflowError, host: str, port: int) -> AddressError:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        why = Text(zh="端口已被占用", en="the port is taken")
        advice = Text(zh="请用 --port 换一个端口", en="choose another one with --port")
    elif number in (errno.EACCES, errno.EPERM):
        why = Text(zh="没有使用该端口的权限", en="that port may not be used")
        advice = Text(zh="请用 1024 以上的端口", en="use a port above 1024")
    else:
        why = Text(zh="本机没有这个地址", en="this machine has no such address")
        advice = Text(
            zh="请检查 --host 和 --port，例如 --host 127.0.0.1 --port 7878",
            en="check --host and --port, for example --host 127.0.0.1 --port 7878",
        )
    return AddressError(
        Text(
            zh=f"无法监听 {host}:{port}：{why.zh}", en=f"cannot listen on {host}:{port}: {why.en}"
        ),
        advice=advice,
    )
