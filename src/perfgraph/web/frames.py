"""Messages between the server and its query processes: a kind, a length, bytes. No meaning."""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import IO

HEADER = struct.Struct(">BI")


class FrameKind(IntEnum):
    """What a frame carries."""

    READY = 1
    ASK = 2
    DATA = 3
    END = 4
    FAULT = 5


def write_frame(pipe: IO[bytes], kind: FrameKind, payload: bytes = b"") -> None:
    """Write one frame and flush."""
    pipe.write(HEADER.pack(kind, len(payload)) + payload)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> tuple[FrameKind, bytes] | None:
    """Return the next frame, or ``None`` where the pipe ends, be it inside a frame.

    >>> import io
    >>> pipe = io.BytesIO()
    >>> write_frame(pipe, FrameKind.END, b"ok")
    >>> read_frame(io.BytesIO(pipe.getvalue()))
    (<FrameKind.END: 4>, b'ok')
    >>> read_frame(io.BytesIO(pipe.getvalue()[:-1])) is None
    True
    """
    header = pipe.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    kind, length = HEADER.unpack(header)
    payload = pipe.read(length)
    return (FrameKind(kind), payload) if len(payload) == length else None
