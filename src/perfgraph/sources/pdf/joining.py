"""The tables of all pages → the tables of the document: parts that page breaks cut are joined.

A table goes on over the page break only where nothing but page numbers and running lines stands
between, the outer edges are the same and the new page does not begin the table anew. Text is never
dropped, except header rows that a page repeats word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from perfgraph.sources.pdf.grid import NEAR
from perfgraph.sources.pdf.layout import PageCell, PageLayout, PageTable
from perfgraph.sources.pdf.lines import Block
from perfgraph.sources.pdf.surroundings import Surroundings

_MOST_HEADER_ROWS = 6
_TELLING_CELLS = 3
"""A repeated row with this many printed cells can only be a column header."""

_LABEL = re.compile(r".{2,}指标(?:[(（].*)?")
_LABEL_END = re.compile(r"[度益量响本效理]?指?标(?:[(（].*)?|[(（]?[\d-]*分?[)）]分?")
"""What a page break leaves of a label (产出|指标); no cell says only that."""


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell in the grid of a whole table; ``row`` counts from 0, the edges are of page one."""

    row: int
    row_span: int
    x0: float
    x1: float
    text: str
    page: int


@dataclass
class JoinedTable:
    """A table that grows page by page."""

    heading: str | None
    parts: list[PageTable]
    is_nested: bool
    cells: list[PlacedCell] = field(default_factory=list)
    rows: int = 0
    newest: list[int] = field(default_factory=list)
    """The positions in ``cells`` of those that stand on the last page."""

    @property
    def last(self) -> PageTable:
        """The part on the last page so far."""
        return self.parts[-1]


def joined(layouts: Iterable[PageLayout]) -> list[JoinedTable]:
    """Return the tables of the document in reading order."""
    pages = list(layouts)
    surroundings = Surroundings(pages)
    tables: list[JoinedTable] = []
    open_table: JoinedTable | None = None  # the last one that is not nested
    for index, page in enumerate(pages):
        for position, part in enumerate(page.tables):
            going_on = None
            if open_table is not None and not part.is_nested and position == 0:
                going_on = _Continuation.of(open_table, part, surroundings, index)
            if going_on is not None and open_table is not None:
                going_on.join(open_table)
                continue
            heading = None if part.is_nested else surroundings.heading(index, part)
            table = JoinedTable(heading, [part], part.is_nested)
            table.cells = [_placed(cell, part, 0, 0.0) for cell in part.cells]
            table.newest = list(range(len(table.cells)))
            table.rows = part.rows
            tables.append(table)
            if not part.is_nested:
                open_table = table
    return tables


def _placed(cell: PageCell, part: PageTable, offset: int, shift: float) -> PlacedCell:
    return PlacedCell(
        cell.row + offset,
        cell.row_span,
        cell.x0 + shift,
        cell.x1 + shift,
        cell.block.text,
        part.page,
    )


@dataclass
class _Continuation:
    """How the first table of a page carries on the table of the page before."""

    part: PageTable
    header_rows: int
    cut_row: bool

    @classmethod
    def of(
        cls, table: JoinedTable, part: PageTable, surroundings: Surroundings, index: int
    ) -> _Continuation | None:
        """Return how ``part`` carries on ``table``, ``None`` when it is another table."""
        last = table.last
        if part.page != last.page + 1 or part.is_ruled != last.is_ruled:
            return None
        if abs((part.right - part.left) - (last.right - last.left)) > NEAR:
            return None
        first = table.parts[0]
        header_rows = _repeated_rows(first, part)
        is_telling = any(
            sum(not cell.block.is_blank for cell in part.crossing(row)) >= _TELLING_CELLS
            for row in range(header_rows)
        )
        if not surroundings.is_quiet_between(index, last, part, repeats_header=is_telling):
            return None
        if not is_telling:
            if _begins_anew(first, part, header_rows):
                return None
            if surroundings.room_below(last) > part.row_heights[header_rows]:
                return None  # the next row would have fitted: the break was asked for
        return cls(part, header_rows, _is_cut(last, part, header_rows))

    def join(self, table: JoinedTable) -> None:
        """Add the part to ``table``."""
        part, last = self.part, table.last
        shift = table.parts[0].left - part.left
        offset = table.rows - self.header_rows - (1 if self.cut_row else 0)
        above = table.rows - 1
        bottom = {
            (table.cells[position].x0, table.cells[position].x1): position
            for position in table.newest
            if table.cells[position].row + table.cells[position].row_span - 1 == above
        }
        table.newest = []
        for cell in part.cells:
            if cell.row < self.header_rows:
                continue
            placed = _placed(cell, part, offset, shift)
            partner = _matching(bottom, placed) if cell.row == self.header_rows else None
            if partner is None or not self._is_one(cell, table.cells[partner]):
                table.newest.append(len(table.cells))
                table.cells.append(placed)
                continue
            table.newest.append(partner)
            upper = table.cells[partner]
            table.cells[partner] = replace(
                upper,
                row_span=placed.row + placed.row_span - upper.row,
                text=_joined_text(upper.text, cell.block.text, _block_above(last, cell, part)),
            )
        table.rows = offset + part.rows
        table.parts.append(part)

    def _is_one(self, cell: PageCell, upper: PlacedCell) -> bool:
        """Whether a cell at the top of the page is the rest of the one above the break."""
        if self.cut_row:
            return True
        is_rest = cell.block.is_blank or bool(_LABEL_END.fullmatch(_text(cell)))
        return is_rest and (cell.row_span > 1 or upper.row_span > 1)


def _repeated_rows(first: PageTable, part: PageTable) -> int:
    """How many rows at the top of ``part`` repeat those of ``first`` word for word."""
    count = 0
    for row in range(min(_MOST_HEADER_ROWS, first.rows, part.rows - 1)):
        if _printed(first, row) != _printed(part, row) or not _same_edges(
            first.crossing(row), part.crossing(row), first.left - part.left
        ):
            break
        count = row + 1
    # A cell that reaches below the repeated rows shows that they are no header of their own.
    while count and any(cell.row < count <= cell.last_row for cell in (*part.cells, *first.cells)):
        count -= 1
    if any(_text(cell) for row in range(count) for cell in part.crossing(row)):
        return count
    return 0


def _begins_anew(first: PageTable, part: PageTable, header_rows: int) -> bool:
    """Whether the part begins with the table's own first label, with something else beside it."""
    row = header_rows
    if row >= first.rows or row >= part.rows:
        return False
    upper, lower = first.crossing(row), part.crossing(row)
    if not upper or not lower or not _text(lower[0]):
        return False
    return _text(upper[0]) == _text(lower[0])


def _is_cut(last: PageTable, part: PageTable, header_rows: int) -> bool:
    """Whether the page break goes through a row: below it stand only the rests of long cells.

    A new row under merged labels looks alike. It is told apart by this: in a cut row the cells
    below have a cell with text above them whose last line is full or which has several lines, and
    most cells of the row were finished above; or one of them is the end of a label.
    """
    upper = last.crossing(last.rows - 1)
    lower = part.crossing(header_rows)
    if not _same_edges(upper, lower, last.left - part.left):
        return False
    pairs = list(zip(upper, lower, strict=True))
    rests = [(above, below) for above, below in pairs if not below.block.is_blank]
    if not rests:
        return True  # what was left for the new page is the row's lower margin alone
    texts = [_text(below) for _, below in rests]
    has_end = any(map(_LABEL_END.fullmatch, texts))
    if has_end:  # the label of a block may go on beside a new row, which begins with labels
        return not any(_LABEL.fullmatch(t) and not _LABEL_END.fullmatch(t) for t in texts)
    finished = sum(
        not above.block.is_blank and below.block.is_blank and above.row_span == 1
        for above, below in pairs
    )
    printed = sum(not above.block.is_blank for above, _ in pairs)
    if not finished or 2 * len(rests) > printed:
        return False
    if any(below.row_span > 1 or _LABEL.fullmatch(_text(below)) for _, below in rests):
        return False  # a row that has a label and no more is a row of its own
    return all(
        not above.block.is_blank
        and (above.block.last_is_full or (len(rests) == 1 and above.block.lines > 1))
        for above, below in rests
    )


def _joined_text(above: str, below: str, upper: Block | None) -> str:
    if not above or not below:
        return above or below
    is_wrapped = upper is not None and upper.last_is_full and above[-1] not in "。；;"
    if not is_wrapped:
        return f"{above}\n{below}"
    are_words = above[-1].isascii() and below[0].isascii()
    is_parted = are_words and above[-1].isalpha() and below[0].isalpha()
    return above + (" " if is_parted else "") + below


def _block_above(last: PageTable, cell: PageCell, part: PageTable) -> Block | None:
    shift = last.left - part.left
    for upper in last.crossing(last.rows - 1):
        if abs(upper.x0 - cell.x0 - shift) <= NEAR and abs(upper.x1 - cell.x1 - shift) <= NEAR:
            return upper.block
    return None


def _matching(bottom: dict[tuple[float, float], int], cell: PlacedCell) -> int | None:
    for (x0, x1), position in bottom.items():
        if abs(x0 - cell.x0) <= NEAR and abs(x1 - cell.x1) <= NEAR:
            return position
    return None


def _same_edges(upper: Sequence[PageCell], lower: Sequence[PageCell], shift: float) -> bool:
    return len(upper) == len(lower) and all(
        abs(a.x0 - b.x0 - shift) <= NEAR and abs(a.x1 - b.x1 - shift) <= NEAR
        for a, b in zip(upper, lower, strict=True)
    )


def _printed(table: PageTable, row: int) -> list[str]:
    return [_text(cell) for cell in table.crossing(row)]


def _text(cell: PageCell) -> str:
    return "".join(cell.block.text.split())
