"""A saved web page with its parts in one file (MHTML, ``.mht``) → the bytes of its pages.

Pictures and style sheets are passed over. Nothing is fetched from the addresses in it.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

from perfgraph.model import Place
from perfgraph.sources.html.errors import BrokenPageError, PageTooLargeError

_HEAD = 8192
_HEADER = re.compile(
    rb"\s*(?:From|Subject|Date|MIME-Version|Content-[A-Za-z-]+|Snapshot-Content-Location|X-[\w-]+)"
    rb"[ \t]*:",
    re.IGNORECASE,
)
_WEB_CONTENT = re.compile(
    rb"^Content-Type[ \t]*:\s*(?:multipart/(?:related|mixed|alternative)|text/html)",
    re.IGNORECASE | re.MULTILINE,
)
MAX_BYTES = 64 * 2**20
"""Pictures are in the archive too, as base64."""
MAX_NESTED_PARTS = 20
"""Browsers nest two levels; the parser needs time for lines times levels."""


def looks_like(content: bytes) -> bool:
    r"""Whether ``content`` begins with the headers of a web archive.

    >>> looks_like(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n")
    True
    >>> looks_like(b"<html>")
    False
    """
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if _HEADER.match(head) is None:
        return False
    headers = re.split(rb"\r?\n\r?\n", head.lstrip(), maxsplit=1)[0]
    return _WEB_CONTENT.search(headers) is not None


def pages(content: bytes, place: Place) -> tuple[tuple[bytes, str | None], ...]:
    """Return each page of the archive with the encoding that its header declares.

    Raises:
        PageTooLargeError: the archive is too large or its parts are nested too deeply.
        BrokenPageError: no part of the archive is a page.
    """
    if len(content) > MAX_BYTES:
        raise PageTooLargeError(place, f"{MAX_BYTES:,} bytes")
    if len(re.findall(rb"boundary[ \t]*=", content, re.IGNORECASE)) > MAX_NESTED_PARTS:
        raise PageTooLargeError(place, f"{MAX_NESTED_PARTS} nested parts")
    message = message_from_bytes(content.removeprefix(b"\xef\xbb\xbf").lstrip())
    found = tuple(
        (_payload(part), _charset(part))
        for part in message.walk()
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}
    )
    if not any(page.strip() for page, _ in found):
        raise BrokenPageError(place)
    return found


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str | None:
    charset = part.get_param("charset")
    return charset if isinstance(charset, str) else None
