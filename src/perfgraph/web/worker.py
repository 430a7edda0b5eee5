"""The query process: opens a store read-only, answers one question after the other on its pipes.

Started as ``python -m perfgraph.web.worker`` by ``workers``, never by forking a server that has
threads. It ends when its input ends.
"""

from __future__ import annotations

import json
import os
import sys
from typing import IO

from perfgraph.errors import PerfgraphError
from perfgraph.store import Store, open_store
from perfgraph.web.asking import Ask, evaluate
from perfgraph.web.confinement import end_in, forbid_sockets, leave_signals, limit_memory, size_now
from perfgraph.web.errors import RefusedError
from perfgraph.web.frames import FrameKind, read_frame, write_frame
from perfgraph.web.settings import Limits

GRACE = 2.0
"""Seconds after the server's deadline at which the process ends itself."""


def serve(store: Store, source: IO[bytes], sink: IO[bytes], limits: Limits) -> None:
    """Answer questions from ``source`` on ``sink`` until ``source`` ends."""

    def send(data: bytes) -> None:
        write_frame(sink, FrameKind.DATA, data)

    write_frame(sink, FrameKind.READY, json.dumps({"pid": os.getpid()}).encode())
    while (frame := read_frame(source)) is not None:
        ask = Ask.from_json(frame[1])
        end_in(limits.seconds + GRACE)
        try:
            rows = evaluate(store, ask, send, limits)
        except PerfgraphError as error:
            write_frame(sink, FrameKind.FAULT, fault(error))
        else:
            answered = {"release": store.release, "rows": rows}
            write_frame(sink, FrameKind.END, json.dumps(answered).encode())
        finally:
            end_in(0)


def fault(error: PerfgraphError) -> bytes:
    """Return an error as bytes for the server: its class, sentences and place."""
    spot = error.spot if isinstance(error, RefusedError) else None
    return json.dumps(
        {
            "type": type(error).__name__,
            "message": [error.message.zh, error.message.en],
            "advice": error.advice and [error.advice.zh, error.advice.en],
            "spot": spot and [spot.line, spot.column, spot.text],
        }
    ).encode()


def main() -> None:
    """Run the process as its command line says: location, limits, network."""
    location, network = sys.argv[1], sys.argv[3]
    limits = Limits(**json.loads(sys.argv[2]))
    leave_signals()
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the frames
    limit_memory(size_now() + limits.memory_bytes)
    if "://" not in location and network == "closed":
        forbid_sockets()
    try:
        store = open_store(location, read_only=True)
    except PerfgraphError as error:
        write_frame(sink, FrameKind.FAULT, fault(error))
        return
    with store:
        serve(store, source, sink, limits)


if __name__ == "__main__":
    main()
