"""``Accept-Encoding`` → the answer compressed as the client wants it, also while it is streamed."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import brotli
from flask import Flask, Response, request
from werkzeug.datastructures import Accept

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

__all__ = ["CODINGS", "choose_coding", "compress", "register", "zstd"]

LEAST_BYTES = 1024
"""Smaller answers would hardly become smaller."""
_WORTH_IT = ("text/", "application/json", "application/xml", "image/svg")
_ENDINGS = ("+json", "+xml", "-triples", "-quads", "/trig")


class Compressor(Protocol):
    """Compresses piece by piece."""

    def compress(self, data: bytes) -> bytes:
        """Return what is ready."""

    def flush(self) -> bytes:
        """Return the rest."""


class _Brotli:
    def __init__(self) -> None:
        self._compressor = brotli.Compressor(quality=4)

    def compress(self, data: bytes) -> bytes:
        return bytes(self._compressor.process(data))

    def flush(self) -> bytes:
        return bytes(self._compressor.finish())


CODINGS: dict[str, Callable[[], Compressor]] = {
    "zstd": lambda: zstd.ZstdCompressor(level=3),
    "br": _Brotli,
    "gzip": lambda: zlib.compressobj(5, zlib.DEFLATED, zlib.MAX_WBITS | 16),
}
"""The codings that are offered, the quickest first."""


def choose_coding(accepted: Accept) -> str | None:
    """Return the coding of an answer; ``None`` to leave it as it is.

    >>> from werkzeug.http import parse_accept_header
    >>> choose_coding(parse_accept_header("gzip, br;q=0.9, zstd;q=0"))
    'gzip'
    >>> choose_coding(parse_accept_header("identity, gzip;q=0.5")) is None
    True
    """
    best, quality = None, accepted["identity"] if "identity" in list(accepted.values()) else 0
    for coding in CODINGS:
        if accepted[coding] > quality:
            best, quality = coding, accepted[coding]
    return best


def register(app: Flask) -> None:
    """Let ``app`` compress what it answers."""
    app.after_request(compress)


def compress(response: Response) -> Response:
    """Compress an answer to the current request where that is wanted and worth it."""
    if not _is_worth_it(response.mimetype or ""):
        return response
    response.vary.add("Accept-Encoding")
    coding = choose_coding(request.accept_encodings)
    length = response.content_length
    if (
        coding is None
        or response.status_code != 200
        or "Content-Encoding" in response.headers
        or (length is not None and length < LEAST_BYTES)
    ):
        return response
    compressor = CODINGS[coding]()
    response.headers["Content-Encoding"] = coding
    response.direct_passthrough = False
    if response.is_streamed:
        response.response = _compressed(response.iter_encoded(), compressor)
        response.headers.pop("Content-Length", None)
    else:
        response.set_data(b"".join(_compressed([response.get_data()], compressor)))
    etag, is_weak = response.get_etag()
    if etag is not None and not is_weak:
        response.set_etag(f"{etag}-{coding}")
    return response


def _compressed(chunks: Iterable[bytes], compressor: Compressor) -> Iterator[bytes]:
    for chunk in chunks:
        if ready := compressor.compress(chunk):
            yield ready
    yield compressor.flush()


def _is_worth_it(media_type: str) -> bool:
    return media_type.startswith(_WORTH_IT) or media_type.endswith(_ENDINGS)
