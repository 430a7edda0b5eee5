"""A binary file that an engine writes an answer to: it passes pieces on, and cuts at the limits."""

from __future__ import annotations

from collections.abc import Callable

from perfgraph.text import Text
from perfgraph.web.cutting import SHAPES, Mask
from perfgraph.web.errors import TooLargeError
from perfgraph.web.settings import Limits

CHUNK = 1 << 16


class CutError(Exception):
    """The answer has reached a limit and was ended there; the engine is to stop."""


class Outlet:
    """Takes the bytes of one answer.

    A format with rows is cut after the last row that is within the limits, and its document is
    ended; ``rows`` tells how many there are then. Other formats are refused over the limit.
    """

    def __init__(self, sink: Callable[[bytes], object], limits: Limits, form: str) -> None:
        self._sink = sink
        self._limits = limits
        self._shape = SHAPES.get(form)
        self._mask = None if self._shape is None else Mask(self._shape)
        self._counted = 0 if self._shape is None else -self._shape.head
        self._held = bytearray()
        self._raw = self._masked = b""  # the end of what came before, not yet passed on
        self._sent = 0
        self._is_full = False
        self.rows: int | None = None

    def write(self, data: bytes) -> int:
        """Take ``data``.

        Raises:
            CutError: a limit is reached.
            TooLargeError: it is, and the format cannot be cut.
        """
        self._held += data
        if len(self._held) >= CHUNK:
            self._work_off(is_last=False)
        return len(data)

    def flush(self) -> None:
        """Do nothing: an engine may flush inside a row."""

    def finish(self) -> None:
        """Pass on what is left; see ``write``."""
        self._work_off(is_last=True)

    def _work_off(self, *, is_last: bool) -> None:
        held = bytes(self._held)
        self._held.clear()
        if held and self._is_full:
            self._cut(b"", self._limits.rows)
        if self._shape is None or self._mask is None:
            if self._sent + len(held) > self._limits.result_bytes:
                raise _too_large(self._limits.result_bytes)
            self._pass(held)
            return
        raw = self._raw + held
        masked = self._masked + self._mask.over(held)
        end = self._shape.end
        found = masked.count(end)
        self._cut_bytes(raw, masked)
        if found and self._counted + found >= self._limits.rows:
            self._cut_rows(raw, masked)
            return
        self._counted += found
        usable = len(raw) if is_last else max(len(raw) - len(end) + 1, 0)
        self._raw, self._masked = raw[usable:], masked[usable:]
        self._pass(raw[:usable])

    def _cut_rows(self, raw: bytes, masked: bytes) -> None:
        """End the answer where the last row that is allowed ends."""
        assert self._shape is not None
        end, place = self._shape.end, -len(self._shape.end)
        for _ in range(self._limits.rows - self._counted):
            place = masked.index(end, place + len(end))
        stop = place + self._shape.kept
        if stop == len(raw) and self._shape.kept == len(end):
            self._pass(raw)
            self._raw = self._masked = b""
            self._is_full = True  # the row has ended; whether another follows is not known yet
            return
        self._cut(raw[:stop], self._limits.rows)

    def _cut_bytes(self, raw: bytes, masked: bytes) -> None:
        """End the answer after the last row that fits, if what is there does not."""
        assert self._shape is not None
        limit = self._limits.result_bytes
        room = limit - self._sent
        if len(raw) <= room:
            return
        end = self._shape.end
        place = masked.rfind(end, 0, max(room - self._shape.kept + len(end), 0))
        rows = self._counted + masked.count(end, 0, place + len(end)) if place >= 0 else 0
        if rows <= 0:
            raise _too_large(limit)
        if rows < self._limits.rows:
            self._cut(raw[: place + self._shape.kept], rows)

    def _cut(self, last: bytes, rows: int) -> None:
        assert self._shape is not None
        self.rows = rows
        self._pass(last)
        self._pass(self._shape.closing)
        raise CutError

    def _pass(self, data: bytes) -> None:
        self._sent += len(data)
        if data:
            self._sink(data)


def _too_large(limit: int) -> TooLargeError:
    size = f"{limit / 1024**2:.3g}"
    return TooLargeError(
        Text(zh=f"结果超过 {size} MB", en=f"the answer is larger than {size} MB"),
        advice=Text(
            zh="请缩小查询范围，或用 LIMIT 和 OFFSET 分批取",
            en="narrow the query, or fetch parts with LIMIT and OFFSET",
        ),
    )
