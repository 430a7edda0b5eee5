"""A web page or a saved web archive → its tables, as a browser lays them out.

It reads ``.html``, the ``.mht`` archives of browsers and Word, and the ``.xls`` files of government
systems that are web pages inside. It runs no script, loads no style sheet and fetches nothing.
"""

from __future__ import annotations

import codecs
import re

from lxml import etree

from perfgraph.model import Place, Table
from perfgraph.sources.errors import EmptyFileError
from perfgraph.sources.html import archive
from perfgraph.sources.html.collector import Collector
from perfgraph.sources.html.encoding import page_text
from perfgraph.sources.html.errors import BrokenPageError, PageTooLargeError
from perfgraph.sources.html.found_table import FoundTable
from perfgraph.sources.html.grid import Grid

__all__ = ["looks_like", "tables"]

MAX_BYTES = 16 * 2**20
"""A page of 16 MiB holds some 400,000 cells; parsing it stays under 300 MB of memory."""
_HEAD = 4096
_TABLE_SEARCH = 256 * 1024
_OPENING = re.compile(
    rb"(?:\s|<!--.*?-->|<\?xml\b[^>]*>)*"
    rb"<(?:!doctype\s+html|(?:html|head|body|meta|title|style|script|link|center|div|span|font|p"
    rb"|h[1-6]|table|tr|td)(?=[\s>/]))",
    re.IGNORECASE | re.DOTALL,
)
_TABLE = re.compile(rb"<table[\s>].*?<t[dh][\s>]", re.IGNORECASE | re.DOTALL)


def looks_like(content: bytes) -> bool:
    """Whether ``content`` is a web page or a web archive.

    >>> looks_like(b"<!DOCTYPE html><p>"), looks_like(b"a | b"), looks_like(b"MIME-Version: 1.0")
    (True, False, False)
    """
    if archive.looks_like(content):
        return True
    content = _as_ascii(content[:_TABLE_SEARCH])
    return _OPENING.match(content[:_HEAD]) is not None or _TABLE.search(content) is not None


def tables(content: bytes, file: str) -> tuple[Table, ...]:
    """Return the tables of the page, or of all pages of the archive, that hold any text.

    A table inside a cell is a table of its own, numbered after the one around it; the cell keeps
    what is printed outside the inner table. Rows, cells and words that are not displayed are left
    out, but a table in a hidden part of the page is read: pages hide their tabs that way.

    Raises:
        EmptyFileError: the page has no text.
        UnknownEncodingError: the bytes are text in no encoding that is read here.
        PageTooLargeError: the page passes a limit of size, depth or span.
        BrokenPageError: the page cannot be parsed, or the archive holds no page.
    """
    place = Place(file)
    pages = archive.pages(content, place) if archive.looks_like(content) else ((content, None),)
    found: list[FoundTable] = []
    is_blank = True
    for page, charset in pages:
        if len(page) > MAX_BYTES:
            raise PageTooLargeError(place, f"{MAX_BYTES:,} bytes")
        text = page_text(page, place, charset)
        is_blank = is_blank and not text.strip("\x00 \t\r\n\f\ufeff")
        found.extend(_found(text, place))
    if is_blank:
        raise EmptyFileError(place)
    result: list[Table] = []
    for table in found:
        table_place = Place(file, table=len(result) + 1)
        rows = Grid(table_place).rows(table.ordered_groups())
        if any(not cell.is_blank for row in rows for cell in row):
            result.append(Table(table_place, rows, table.heading))
    return tuple(result)


def _found(text: str, place: Place) -> list[FoundTable]:
    collector = Collector(place)
    # Events instead of a tree: libxml2 needs quadratic time for an element with many attributes
    # when it builds a tree, and drops what lies deeper than its limit without a word.
    parser = etree.HTMLParser(encoding="utf-8", target=collector, huge_tree=True)
    try:
        parser.feed(text.replace("\x00", "").encode("utf-8", "replace"))
        parser.close()
    except etree.LxmlError as error:
        if not collector.is_empty:
            raise BrokenPageError(place) from error
    return collector.tables


def _as_ascii(head: bytes) -> bytes:
    """Make the tags of a UTF-16 page visible to a byte pattern."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in head[:2]:
        return head.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return head.removeprefix(codecs.BOM_UTF8)
