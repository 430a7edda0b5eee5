"""Parser events of a page → its tables as found: rows of cells without positions, and headings.

It keeps no tree: what is open is on one stack, so depth costs no recursion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from perfgraph.model import Place
from perfgraph.sources.html.errors import PageTooLargeError
from perfgraph.sources.html.found_table import FoundCell, FoundTable, Part
from perfgraph.sources.html.printed import Printed, raised

if TYPE_CHECKING:
    from lxml.etree import ParserTarget

    _Target = ParserTarget[None]
else:
    _Target = object  # the protocol is in the type stubs only

MAX_DEPTH = 5_000
"""Browsers stop at 512; a page with unclosed tags goes deeper, none goes this deep."""
MAX_TABLES = 5_000
"""Old sites lay out a page with some hundred tables."""
MAX_CELLS = 200_000
"""A printed table has some hundred; this many take about 150 MB."""
MAX_COLUMN_SPAN = 1000
MAX_ROW_SPAN = 65_534
"""Both bounds are those of the HTML standard, section 4.9.11."""

# fmt: off
_NOT_PRINTED = frozenset({
    "head", "script", "style", "template", "noscript", "noframes", "iframe", "object", "audio",
    "video", "canvas", "svg", "xml",
})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "listing", "main",
    "menu", "nav", "ol", "optgroup", "option", "p", "plaintext", "pre", "section", "summary",
    "textarea", "ul", "xmp",
})
# fmt: on
_PREFORMATTED = frozenset({"pre", "textarea", "listing", "xmp", "plaintext"})
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_KEEPS_SPACE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_NUMBER = re.compile(r"[ \t\n\r\f]*\+?([0-9]{1,9})")


class Collector(_Target):
    """Target of the HTML parser: takes its events, holds ``tables`` in the order of their tags."""

    def __init__(self, place: Place) -> None:
        self.tables: list[FoundTable] = []
        self.is_empty = True
        self._place = place
        self._open_tables: list[FoundTable] = []
        self._sinks: list[Printed | None] = [Printed()]
        self._undo: list[Callable[[], None] | None] = []
        self._unprinted = 0
        self._cells = 0
        self._preformatted = 0
        self._raised: list[bool] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""
        self.is_empty = False
        if len(self._undo) >= MAX_DEPTH:
            raise PageTooLargeError(self._place, f"{MAX_DEPTH:,} nested elements")
        if self._unprinted or tag in _NOT_PRINTED or _is_deleted(tag, attributes):
            self._unprinted += 1
            self._undo.append(None)
            return
        self._undo.append(self._begin(tag, attributes))

    def end(self, tag: str) -> None:
        """End the innermost element; the parser closes what the page leaves open."""
        undo = self._undo.pop()
        if undo is None:
            self._unprinted -= 1
        else:
            undo()

    def data(self, text: str) -> None:
        """Take text between two tags."""
        self.is_empty = False
        sink = self._sinks[-1]
        if self._unprinted or sink is None:
            return
        if self._raised:
            text = raised(text, above=self._raised[-1])
        sink.add(text, preformatted=self._preformatted > 0)

    def close(self) -> None:
        """Accept the end of the page."""

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> Callable[[], None]:
        is_hidden = bool(attributes) and _is_hidden(attributes)
        table = self._open_tables[-1] if self._open_tables else None
        match tag:
            case "table":
                return self._begin_table()
            case "td" | "th" if table is not None:
                return self._begin_cell(table, attributes, is_hidden=is_hidden)
            case "tr" if table is not None:
                table.begin_row(is_hidden=is_hidden, is_flat=attributes.get("height") == "0")
                return table.end_row
            case "thead" | "tbody" | "tfoot" if table is not None:
                table.begin_group(Part(tag), is_hidden=is_hidden)
                return lambda: table.begin_group(None)
            case "caption" if table is not None:
                return self._into(None if is_hidden else table.caption)
            case _ if is_hidden:
                return self._into(None)
            case "br":
                return self._break_line()
            case "sup" | "sub":
                self._raised.append(tag == "sup")
                return self._end_raised
            case "input":
                return self._print_input(attributes)
            case _:
                return self._begin_text(tag, attributes)

    def _begin_table(self) -> Callable[[], None]:
        if len(self.tables) >= MAX_TABLES:
            raise PageTooLargeError(self._place, f"{MAX_TABLES:,} tables")
        table = FoundTable(self._above())
        self.tables.append(table)
        self._open_tables.append(table)
        leave = self._into(table.stray)
        preformatted, self._preformatted = self._preformatted, 0

        def end() -> None:
            self._open_tables.pop()
            self._preformatted = preformatted
            leave()
            sink = self._sinks[-1]
            if sink is not None:
                sink.set_mark()

        return end

    def _above(self) -> list[str]:
        sink = self._sinks[-1]
        lines = [] if sink is None else sink.since_mark
        if lines or not self._open_tables:
            return lines
        around = self._open_tables[-1]
        titles = around.title_rows()
        return list(around.above) if titles is None else titles

    def _begin_cell(
        self, table: FoundTable, attributes: Mapping[str, str], *, is_hidden: bool
    ) -> Callable[[], None]:
        if is_hidden:
            return self._into(None)
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise PageTooLargeError(self._place, f"{MAX_CELLS:,} cells")
        printed = Printed()
        row_span = _span(attributes.get("rowspan"), MAX_ROW_SPAN)
        column_span = _span(attributes.get("colspan"), MAX_COLUMN_SPAN) or 1
        table.begin_cell(FoundCell(printed, row_span, column_span))
        return self._into(printed)

    def _into(self, sink: Printed | None) -> Callable[[], None]:
        self._sinks.append(sink)
        return _popping(self._sinks)

    def _break_line(self) -> Callable[[], None]:
        sink = self._sinks[-1]
        if sink is not None:
            sink.break_line()
        return _nothing

    def _print_input(self, attributes: Mapping[str, str]) -> Callable[[], None]:
        sink = self._sinks[-1]
        kind = attributes.get("type", "text").strip().lower()
        if sink is not None:
            if kind in {"checkbox", "radio"}:
                sink.add("☑" if "checked" in attributes else "□")
            elif kind in {"text", "number", "date", "tel", "email", ""}:
                sink.add(attributes.get("value", ""))
        return _nothing

    def _end_raised(self) -> None:
        self._raised.pop()

    def _begin_text(self, tag: str, attributes: Mapping[str, str]) -> Callable[[], None]:
        sink = self._sinks[-1]
        is_block = tag in _BLOCKS
        is_preformatted = tag in _PREFORMATTED or (
            bool(attributes) and _KEEPS_SPACE.search(attributes.get("style", "")) is not None
        )
        if not is_block and not is_preformatted:
            return _nothing
        if is_block and sink is not None:
            sink.end_block()
        self._preformatted += is_preformatted

        def end() -> None:
            self._preformatted -= is_preformatted
            if is_block and sink is not None:
                sink.end_block()

        return end


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None


def _is_deleted(tag: str, attributes: Mapping[str, str]) -> bool:
    """Whether this is a tracked deletion of Word; a bare ``<del>`` is print, struck through."""
    return tag == "del" and ("datetime" in attributes or "cite" in attributes)


def _span(text: str | None, maximum: int) -> int:
    """Return a span as the HTML standard reads it; 1 where it is no number."""
    match = _NUMBER.match(text or "")
    return min(int(match.group(1)), maximum) if match else 1


def _popping(stack: list[Printed | None]) -> Callable[[], None]:
    def pop() -> None:
        stack.pop()

    return pop


def _nothing() -> None:
    """Undo nothing."""
