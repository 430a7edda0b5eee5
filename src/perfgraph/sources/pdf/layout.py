"""One page → its tables with the text of each cell, and the lines of text outside them.

Cells come from the ruling lines; where there are none, from words that align clearly. Nothing is
joined over pages here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from perfgraph.model import Place
from perfgraph.sources.pdf.aligned import AlignedTable, aligned
from perfgraph.sources.pdf.grid import Box, Frame, frames
from perfgraph.sources.pdf.limits import Limits
from perfgraph.sources.pdf.lines import Block, Line, block, lines
from perfgraph.sources.pdf.marks import Glyph, Page

_MOST_PADDING = 6.0
"""Word leaves 5.4 points between border and text, LibreOffice 2.8, Excel about 2."""

_WATERMARK = 2.5
"""Text this many times larger than the page's text, across borders, is a watermark."""


@dataclass(frozen=True, slots=True)
class PageCell:
    """One cell of a table on one page; ``row`` counts from 0."""

    row: int
    row_span: int
    x0: float
    x1: float
    block: Block

    @property
    def last_row(self) -> int:
        """The last grid row that it covers."""
        return self.row + self.row_span - 1


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table, or the part of one that is printed on this page."""

    page: int
    left: float
    right: float
    top: float
    bottom: float
    row_heights: tuple[float, ...]
    cells: tuple[PageCell, ...]
    is_nested: bool = False
    is_ruled: bool = True

    @property
    def rows(self) -> int:
        """How many grid rows it has."""
        return len(self.row_heights)

    def crossing(self, row: int) -> list[PageCell]:
        """The cells that begin in or reach into that row, left to right."""
        found = [cell for cell in self.cells if cell.row <= row <= cell.last_row]
        return sorted(found, key=lambda cell: cell.x0)


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The tables of a page from top to bottom, and its other lines."""

    number: int
    height: float
    tables: tuple[PageTable, ...]
    lines: tuple[Line, ...]


def layout(page: Page, limits: Limits, place: Place) -> PageLayout:
    """Return what stands where on ``page``.

    Raises:
        PdfTooLargeError: the grid is beyond the limits.
    """
    ruled = frames(page, limits, place)
    inside, outside = _shared_out(page, ruled)
    tables: list[PageTable] = []
    for index, frame in enumerate(ruled):
        is_nested = any(frame.inside(other) for other in ruled)
        table = _table(page.number, frame, inside[index], is_nested=is_nested)
        if any(not cell.block.is_blank for cell in table.cells):
            tables.append(table)
    printed = lines([glyph for glyph in outside if not glyph.turn], in_pieces=True)
    unruled = aligned([line for line in printed if not _beside(line, tables)])
    tables += [_unruled(page.number, table) for table in unruled]
    tables.sort(key=lambda table: (table.top, not table.is_ruled))
    used = frozenset().union(*(table.used for table in unruled))
    left = [line for line in printed if line not in used]
    return PageLayout(page.number, page.height, tuple(tables), tuple(left))


def _beside(line: Line, tables: Sequence[PageTable]) -> bool:
    return any(table.top < line.middle < table.bottom for table in tables)


def _unruled(number: int, source: AlignedTable) -> PageTable:
    xs, ys = source.xs, source.ys
    return PageTable(
        number,
        xs[0],
        xs[-1],
        ys[0],
        ys[-1],
        tuple(bottom - top for top, bottom in pairwise(ys)),
        tuple(
            PageCell(
                cell.row,
                1,
                xs[cell.column],
                xs[cell.column + 1],
                Block(source.text(cell), len(cell.lines)),
            )
            for cell in source.cells
        ),
        is_ruled=False,
    )


def _shared_out(
    page: Page, ruled: Sequence[Frame]
) -> tuple[dict[int, dict[Box, list[Glyph]]], list[Glyph]]:
    """Give each glyph to the cell in which its centre lies; the innermost table takes it."""
    inside: dict[int, dict[Box, list[Glyph]]] = {
        index: defaultdict(list) for index in range(len(ruled))
    }
    grids = [(index, _Lookup(frame)) for index, frame in enumerate(ruled)]
    grids.sort(key=lambda pair: pair[1].frame.area)
    outside: list[Glyph] = []
    sizes = [glyph.size for glyph in page.glyphs if glyph.text.strip()]
    largest = _WATERMARK * median(sizes) if sizes else 0.0
    for glyph in page.glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        for index, lookup in grids:
            box = lookup.at(x, y)
            if box is not None:
                if glyph.size > largest and lookup.is_crossed_by(glyph, box):
                    break
                inside[index][box].append(glyph)
                break
        else:
            outside.append(glyph)
    return inside, outside


class _Lookup:
    """Finds the cell at a point."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._positions = frame.positions()

    def at(self, x: float, y: float) -> Box | None:
        if not self.frame.holds(x, y):
            return None
        return self._positions.get((_interval(self.frame.ys, y), _interval(self.frame.xs, x)))

    def is_crossed_by(self, glyph: Glyph, box: Box) -> bool:
        """Whether the glyph is printed over a border of its cell."""
        xs, ys = self.frame.xs, self.frame.ys
        return (
            glyph.x0 < xs[box.column] - 1
            or glyph.x1 > xs[box.column + box.column_span] + 1
            or glyph.top + 0.2 * glyph.size < ys[box.row]
            or glyph.bottom - 0.2 * glyph.size > ys[box.row + box.row_span]
        )


def _interval(positions: Sequence[float], value: float) -> int:
    low, high = 0, len(positions) - 2
    while low < high:
        middle = (low + high + 1) // 2
        if positions[middle] <= value:
            low = middle
        else:
            high = middle - 1
    return low


def _table(
    number: int, frame: Frame, glyphs: dict[Box, list[Glyph]], *, is_nested: bool
) -> PageTable:
    xs, ys = frame.xs, frame.ys
    padding = _padding(frame, glyphs)
    cells = []
    for box in frame.boxes:
        x0, x1 = xs[box.column], xs[box.column + box.column_span]
        height = ys[box.row + box.row_span] - ys[box.row]
        text = block(glyphs.get(box, ()), x1 - x0, height, padding)
        if text.is_blank and box in frame.open_boxes:
            continue
        cells.append(PageCell(box.row, box.row_span, x0, x1, text))
    return PageTable(
        number,
        xs[0],
        xs[-1],
        ys[0],
        ys[-1],
        tuple(bottom - top for top, bottom in pairwise(ys)),
        tuple(cells),
        is_nested=is_nested,
    )


def _padding(frame: Frame, glyphs: dict[Box, list[Glyph]]) -> float:
    """The space between border and text: the smallest that is met in the table."""
    gaps = [
        min(glyph.x0 for glyph in found if glyph.text.strip()) - frame.xs[box.column]
        for box, found in glyphs.items()
        if any(glyph.text.strip() for glyph in found)
    ]
    return min(max(min(gaps, default=0.0), 0.0), _MOST_PADDING)
