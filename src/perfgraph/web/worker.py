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
from perfgraph.text import Text
from perfgraph.web.asking import Ask, evaluate
from perfgraph.web.confinement import end_in, forbid_sockets, limit_memory
from perfgraph.web.errors import RefusedError, TooLargeError
from perfgraph.web.frames import FrameKind, read_frame, write_frame

CHUNK = 1 << 16
GRACE = 2.0
"""Seconds after the server's deadline at which the process ends itself."""


class Outlet:
    """A binary file over the pipe: what is written goes out in frames, up to a limit."""

    def __init__(self, pipe: IO[bytes], limit: int) -> None:
        self._pipe = pipe
        self._limit = limit
        self._held = bytearray()
        self._written = 0

    def write(self, data: bytes) -> int:
        """Take ``data``; raises TooLargeError over the limit."""
        self._written += len(data)
        if self._written > self._limit:
            size = self._limit // 1024**2
            raise TooLargeError(
                Text(zh=f"结果超过 {size} MB", en=f"the answer is larger than {size} MB"),
                advice=Text(
                    zh="请缩小查询范围，或用 LIMIT 和 OFFSET 分批取",
                    en="narrow the query, or fetch parts with LIMIT and OFFSET",
                ),
            )
        self._held += data
        if len(self._held) >= CHUNK:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Send what is held."""
        if self._held:
            write_frame(self._pipe, FrameKind.DATA, bytes(self._held))
            self._held.clear()


def serve(store: Store, source: IO[bytes], sink: IO[bytes], *, limit: int, seconds: float) -> None:
    """Answer questions from ``source`` on ``sink`` until ``source`` ends."""
    write_frame(sink, FrameKind.READY)
    while (frame := read_frame(source)) is not None:
        ask = Ask.from_json(frame[1])
        outlet = Outlet(sink, limit)
        end_in(seconds + GRACE)
        try:
            evaluate(store, ask, outlet)  # type: ignore[arg-type]  # write and flush are enough
            outlet.flush()
        except PerfgraphError as error:
            write_frame(sink, FrameKind.FAULT, fault(error))
        else:
            write_frame(sink, FrameKind.END, store.release.encode())
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
    """Run the process as its command line says: location, bytes, seconds, memory, network."""
    location, limit, seconds, memory, network = sys.argv[1:6]
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the frames
    limit_memory(int(memory))
    if "://" not in location and network == "closed":
        forbid_sockets()
    try:
        store = open_store(location, read_only=True)
    except PerfgraphError as error:
        write_frame(sink, FrameKind.FAULT, fault(error))
        return
    with store:
        serve(store, source, sink, limit=int(limit), seconds=float(seconds))


if __name__ == "__main__":
    main()
