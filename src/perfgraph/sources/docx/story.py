"""Paragraphs and tables in printed order → drafts of the tables, with text and headings.

A nested table, or one in a text box, is a draft inside the draft of the table around it. Drafts
have no numbers yet, because a table that prints nothing is not counted.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from perfgraph.model import Place
from perfgraph.sources.docx import grid, limits, numbering, runs
from perfgraph.sources.docx.errors import ImportedChunkError, OversizedWordFileError
from perfgraph.sources.docx.headings import Line, heading
from perfgraph.sources.docx.markup import (
    IMPORTED_CHUNK,
    PARAGRAPH,
    TABLE,
    Element,
    flattened,
)
from perfgraph.sources.docx.runs import Paragraph
from perfgraph.sources.docx.styles import Styles
from perfgraph.text import Text

_TOO_MANY_CELLS = Text(zh="单元格过多", en="it has too many cells")
_TOO_MANY_PARAGRAPHS = Text(zh="段落过多", en="it has too many paragraphs")
_TOO_DEEP = Text(zh="表格嵌套过深", en="its tables are nested too deep")


@dataclass(frozen=True, slots=True)
class DraftCell:
    """One cell with its text and its place in the grid, from 1."""

    text: str
    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Draft:
    """One table, and the tables inside it."""

    heading: str | None
    cells: tuple[DraftCell, ...]
    inner: tuple[Draft, ...]

    def printed(self) -> Iterator[Draft]:
        """Yield this table and those inside it, outer first, without those that print nothing."""
        if any(cell.text.strip() for cell in self.cells):
            yield self
        for draft in self.inner:
            yield from draft.printed()


@dataclass
class _Flow:
    """Text that runs through the body, a cell or a text box, as far as it was read."""

    above: deque[Line]
    """Paragraphs since the last table."""
    lines: list[Line] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    """Texts of paragraphs whose end is deleted or hidden: they go on in the next one."""
    after_table: int | None = None
    """How many lines there were when the last table ended."""

    def end_line(self) -> None:
        """End a line that has nothing to go on in: a table or the end of the cell follows."""
        if self.joined:
            self.add(Line("".join(self.joined)))
            self.joined.clear()

    def add(self, line: Line) -> None:
        """Add the next line."""
        self.lines.append(line)
        self.above.append(line)

    def text(self) -> str:
        """Return the lines as one text, without the empty paragraph that must follow a table."""
        lines = [line.text for line in self.lines]
        if lines and self.after_table == len(lines) - 1 and not lines[-1]:
            lines.pop()
        return "\n".join(lines)


@dataclass
class Story:
    """Reads the body block by block; it remembers how far lists have counted."""

    place: Place
    styles: Styles
    counter: numbering.Counter
    _paragraphs: int = 0
    _cells: int = 0
    _depth: int = 0

    def drafts(self, blocks: Iterator[Element]) -> Iterator[Draft]:
        """Yield the tables among the blocks of the body.

        Raises:
            SourceError: there are more cells, or deeper tables, than any document has.
        """
        flow = _begin(())
        for block in blocks:
            self._blocks([block], flow)
            yield from flow.drafts
            flow.drafts.clear()
            flow.lines.clear()

    def _blocks(self, elements: Iterable[Element], flow: _Flow) -> None:
        for element in flattened(elements):
            if element.tag == PARAGRAPH:
                self._paragraph(element, flow)
            elif element.tag == TABLE:
                self._table(element, flow)
            elif element.tag == IMPORTED_CHUNK:
                raise ImportedChunkError(self.place)

    def _inside(self, blocks: Iterable[Element], above: Iterable[Line]) -> _Flow:
        """Read a cell or a text box."""
        if self._depth == limits.MAX_NESTING:
            raise OversizedWordFileError(self.place, _TOO_DEEP)
        self._depth += 1
        flow = _begin(above)
        self._blocks(blocks, flow)
        flow.end_line()
        self._depth -= 1
        return flow

    def _paragraph(self, element: Element, flow: _Flow) -> None:
        self._paragraphs += 1
        if self._paragraphs > limits.MAX_PARAGRAPHS:
            raise OversizedWordFileError(self.place, _TOO_MANY_PARAGRAPHS)
        paragraph = runs.read(element, self.styles)
        flow.joined.append(paragraph.text)
        if not paragraph.joins_next:
            text = "".join(flow.joined)
            flow.joined.clear()
            text = self._label(paragraph) + text if text else self._label(paragraph).rstrip(" ")
            line = Line(
                text,
                paragraph.breaks_before,
                paragraph.breaks_after,
                is_contents=self.styles.is_contents(paragraph.style),
            )
            if text or not paragraph.boxes:
                flow.add(line)
        for box in paragraph.boxes:
            inside = self._inside(box, flow.above)
            flow.lines.extend(inside.lines)
            flow.drafts.extend(inside.drafts)
            flow.above = inside.above

    def _table(self, element: Element, flow: _Flow) -> None:
        flow.end_line()
        cells: list[DraftCell] = []
        inner: list[Draft] = []
        for cell in grid.cells(element, self.place):
            self._cells += 1
            if self._cells > limits.MAX_CELLS:
                raise OversizedWordFileError(self.place, _TOO_MANY_CELLS)
            # What stands above the table stands above a table in its first cell, too.
            inside = self._inside(chain.from_iterable(cell.elements), () if cells else flow.above)
            inner.extend(inside.drafts)
            cells.append(
                DraftCell(inside.text(), cell.row, cell.column, cell.row_span, cell.column_span)
            )
        draft = Draft(heading(flow.above), tuple(cells), tuple(inner))
        if next(draft.printed(), None) is None:
            return  # nothing to see: what stands above it stands above the next table
        flow.drafts.append(draft)
        flow.above.clear()
        flow.after_table = len(flow.lines)

    def _label(self, paragraph: Paragraph) -> str:
        """Return the automatic number of the paragraph, counted now; empty without one."""
        own = paragraph.numbering
        if own is not None and own.list_id is not None:
            return self.counter.label(own.list_id, own.level or 0)
        inherited = self.styles.numbering(paragraph.style)
        if inherited is None:
            return ""
        list_id, level, style = inherited
        if own is not None and own.level is not None:
            level = own.level
        if level is None:
            level = self.counter.level(list_id, style)
        return self.counter.label(list_id, level)


def _begin(above: Iterable[Line]) -> _Flow:
    return _Flow(deque(above, maxlen=limits.MAX_TEXT_ABOVE))
