"""The bytes of a PDF → the same bytes, or a refusal where reading them would be unbounded.

It looks at compressed streams from outside only and does not parse the document.
"""

from __future__ import annotations

import re
import time
import zlib
from dataclasses import dataclass

from perfgraph.model import Place
from perfgraph.sources.pdf.errors import PdfTooLargeError
from perfgraph.text import Text


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a PDF is read before it is refused.

    Attributes:
        file_bytes: a budget book of 500 pages with pictures stays below 100 MB.
        stream_bytes: one stream when inflated; a page of text is under 1 MB, a picture of A4 in
            300 dpi and RGB is 26 MB. A longer stream is a decompression bomb.
        pages: the longest budget books have about 600 pages.
        glyphs: on one page; A3 in the smallest print has about 20,000 characters.
        paths: drawn on one page; a table of 60 × 20 cells has about 5,000 border pieces.
        crossings: of ruling lines on one page, and boxes of one grid.
        seconds: of processor time for the whole document; 500 dense pages take about 70. Other
            programs on the machine do not count.
    """

    file_bytes: int = 200_000_000
    stream_bytes: int = 64_000_000
    pages: int = 2_000
    glyphs: int = 60_000
    paths: int = 200_000
    crossings: int = 500_000
    seconds: float = 300.0


DEFAULT_LIMITS = Limits()

_CHUNK = 1 << 20
_STREAM = re.compile(rb"stream\r?\n")
_INDEX = re.compile(rb"/(?:Index|Size)\s*\[?([\d\s]{1,400})")
_MOST_OBJECTS = 10_000_000
_OLD_FILTER = re.compile(rb"/(?:LZW|RunLength)")
_OLD_FILTER_BYTES = 65_536
"""LZW inflates up to 2,500-fold and pdfminer decodes it without a bound; so bound what goes in."""


class Clock:
    """Refuses to go on when a document has taken too long."""

    def __init__(self, limits: Limits, place: Place) -> None:
        self._seconds = limits.seconds
        self._place = place
        self._end = time.thread_time() + limits.seconds

    def check(self) -> None:
        """Raise ``PdfTooLargeError`` when the time is over."""
        if time.thread_time() > self._end:
            raise PdfTooLargeError(
                self._place,
                Text(
                    zh=f"处理器用时 {self._seconds:g} 秒仍没有读完",
                    en=f"it was not read within {self._seconds:g} seconds of processor time",
                ),
            )


def check_bytes(content: bytes, place: Place, limits: Limits) -> None:
    """Refuse bytes that would unfold without a bound.

    Raises:
        PdfTooLargeError: the file, a compressed stream or the object count is beyond the limits.
    """
    if len(content) > limits.file_bytes:
        raise PdfTooLargeError(
            place,
            Text(
                zh=f"文件大小 {len(content)} 字节，上限 {limits.file_bytes}",
                en=f"the file has {len(content)} bytes, the limit is {limits.file_bytes}",
            ),
        )
    for match in _INDEX.finditer(content):
        if any(int(number[:20]) > _MOST_OBJECTS for number in match[1].split()):
            raise PdfTooLargeError(
                place, Text(zh="对象数异常", en="it claims more than ten million objects")
            )
    view = memoryview(content)
    for match in _STREAM.finditer(content):
        head = content[max(0, match.start() - 400) : match.start()].rpartition(b"obj")[2]
        if _OLD_FILTER.search(head):
            end = content.find(b"endstream", match.end())
            if (end if end >= 0 else len(content)) - match.end() > _OLD_FILTER_BYTES:
                raise _bomb(place, limits)
        elif not _inflates_within(view[match.end() :], limits.stream_bytes):
            raise _bomb(place, limits)


def _bomb(place: Place, limits: Limits) -> PdfTooLargeError:
    size = limits.stream_bytes
    return PdfTooLargeError(
        place,
        Text(
            zh=f"其中一段压缩数据展开后超过 {size} 字节",
            en=f"a compressed stream unfolds to more than {size} bytes",
        ),
    )


def _inflates_within(data: memoryview | bytes, limit: int) -> bool:
    """Whether ``data``, if it is a zlib stream at all, stays below ``limit`` when inflated.

    Filters can be nested; so what comes out is tried again where it looks like zlib once more.
    """
    if bytes(data[:1]) != b"\x78":
        return True
    inflater = zlib.decompressobj()
    size = 0
    nested: list[bytes] | None = None
    try:
        # The input is handed over in pieces: unconsumed input would be copied at each step.
        for start in range(0, len(data), _CHUNK):
            piece: bytes | memoryview = data[start : start + _CHUNK]
            while piece and not inflater.eof:
                out = inflater.decompress(piece, _CHUNK)
                if not size:
                    nested = [] if out[:1] == b"\x78" else None
                size += len(out)
                if size > limit:
                    return False
                if nested is not None:
                    nested.append(out)
                piece = inflater.unconsumed_tail
            if inflater.eof:
                break
    except zlib.error:
        pass  # no zlib data, or cut off: what was inflated so far is within the limit
    return nested is None or _inflates_within(b"".join(nested), limit)
