"""The printed cells of a sheet → its tables, with the title rows above each as its heading.

Three rules, the same for all spreadsheets:

1. A wholly blank row ends a table. A row of empty boxes (blank, but with borders) does not, nor a
   hidden row, nor a row that a merged range reaches over.
2. Without a blank row, a table begins where 项目名称 begins a row for the second time; the title
   and unit rows right above it go with it.
3. Rows at the top with one cell only are its title: they become the heading. Rows of such cells
   with nothing below are a table of their own, so that no text is lost.

Rows and columns are those of the sheet, so that a place says what a spreadsheet program shows.
Tables side by side are not parted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from perfgraph.model import Cell, Place, Row, Table
from perfgraph.sources.sheets.grid import Grid, Printed
from perfgraph.sources.sheets.limits import CellBudget

_PROJECT_NAME = re.compile(
    r"(?:项目|专项|资金|项目支出|二级项目|专项资金|转移支付)(?:[(（].{1,6}[)）])?名称[:：]?"
)
_UNIT_LINE = re.compile(r"[(（]?(?:金额)?单位[:：](?:人民币)?[亿万千百]?元[)）]?")
_NOTE = re.compile(r"(?:备?注|说明|填表|填报|联系|单位负责|项目负责)")
_TITLE_LENGTH = 60
"""Characters of a title at most; a longer lone text belongs to the table above."""
_HEADING_LINES = 8
"""Title rows above one table; what stands further above is a table of its own."""
_LONGEST_REACH = 1_000
"""Rows that a merged range may reach below the last text; a merged whole column reaches further."""
_WIDEST_REACH = 100
"""Columns that it may reach beyond the last cell; a merged whole row reaches further."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a sheet: its cells with text, and its merged ranges with or without."""

    row: int
    cells: tuple[Printed, ...]

    @property
    def is_lone(self) -> bool:
        """Whether there is one cell with text, and no empty merged cell beside it."""
        return len(self.cells) == 1 and bool(self.cells[0].text.strip())

    @property
    def last_row(self) -> int:
        return max((cell.last_row for cell in self.cells), default=self.row)

    @property
    def begins_form(self) -> bool:
        """Whether the row begins with the label 项目名称."""
        return bool(self.cells) and bool(_PROJECT_NAME.fullmatch(_squeezed(self.cells[0].text)))


def tables(grid: Grid, place: Place, *, first: int, budget: CellBudget) -> tuple[Table, ...]:
    """Return the tables of a sheet, numbered from ``first``; ``place`` names file and sheet.

    Raises:
        WorkbookTooLargeError: the tables have more positions than ``budget`` has left.
    """
    found: list[Table] = []
    titles: list[_Line] = []

    def add(lines: list[_Line], head: list[_Line]) -> None:
        here = Place(place.file, first + len(found), sheet=place.sheet)
        found.append(_table(lines, head, grid, here, budget))

    for lines in (group for band in _bands(grid) for group in _parted(band)):
        head = _title_rows(lines)
        titles.extend(lines[:head])
        if head == len(lines):
            continue
        if titles[:-_HEADING_LINES]:
            add(titles[:-_HEADING_LINES], [])
        add(lines[head:], titles[-_HEADING_LINES:])
        titles = []
    if titles:
        add(titles, [])
    return tuple(found)


def _bands(grid: Grid) -> Iterator[list[_Line]]:
    """Yield the lines between blank rows; bands without any text are left out."""
    band: list[_Line] = []
    reach = 0
    for row, cells in grid.rows.items():
        if row > reach and row not in grid.boxed_rows and not any(c.text.strip() for c in cells):
            continue  # merged cells or spaces, and nothing to see: a gap
        if band and not _is_joined(reach + 1, row - 1, grid):
            if lines := _trimmed(band):
                yield lines
            band, reach = [], 0
        band.append(_Line(row, cells))
        # An empty merged range is as good as a border: it joins the rows that it reaches over.
        reach = max(reach, *(cell.last_row for cell in cells))
    if lines := _trimmed(band):
        yield lines


def _is_joined(first: int, last: int, grid: Grid) -> bool:
    """Whether no row from ``first`` to ``last`` is a gap."""
    while first <= last:
        after = grid.hidden_rows.after(grid.boxed_rows.after(first))
        if after == first:
            return False
        first = after
    return True


def _trimmed(band: list[_Line]) -> list[_Line]:
    """Return ``band`` without rows above its first text or below what its last text reaches."""
    with_text = [i for i, line in enumerate(band) if any(cell.text.strip() for cell in line.cells)]
    if not with_text:
        return []
    last_row = _last_row(band[: with_text[-1] + 1])
    return [line for line in band[with_text[0] :] if line.row <= last_row]


def _parted(band: list[_Line]) -> Iterator[list[_Line]]:
    """Yield the parts of ``band``: each but the first begins with the head of another form."""
    starts = [index for index, line in enumerate(band) if line.begins_form]
    begin = 0
    reach = 0
    reaches = []
    for line in band:
        reaches.append(reach)
        reach = max(reach, line.last_row)
    for previous, start in pairwise(starts):
        while start - 1 > previous and _is_head(band[start - 1]):
            start -= 1
        if reaches[start] < band[start].row:
            yield band[begin:start]
            begin = start
    yield band[begin:]


def _is_head(line: _Line) -> bool:
    """Whether a row above 项目名称 is title or unit line, not the last row of the table above."""
    texts = [text for cell in line.cells if (text := _squeezed(cell.text))]
    if any(_UNIT_LINE.fullmatch(text) for text in texts):
        return True
    if len(texts) > 1 and all(text.endswith((":", "：")) for text in texts):
        return True  # 项目责任人： 单位（盖章）：
    return line.is_lone and len(texts[0]) <= _TITLE_LENGTH and not _NOTE.match(texts[0])


def _title_rows(lines: list[_Line]) -> int:
    """Return how many rows at the top are title: one cell each that ends above the next row."""
    head = 0
    for index, line in enumerate(lines):
        below = lines[index + 1].row if index + 1 < len(lines) else line.last_row + 1
        if not line.is_lone or line.begins_form or line.last_row >= below:
            break
        head += 1
    return head


def _table(
    lines: list[_Line], titles: list[_Line], grid: Grid, place: Place, budget: CellBudget
) -> Table:
    columns = sorted({cell.column for line in lines for cell in line.cells})
    last = _last_row(lines)
    by_row = {line.row: line for line in lines}
    rows: list[Row] = []
    reached: dict[int, int] = {}  # column → last row of the merged range that covers it
    for row in range(lines[0].row, last + 1):
        if row in grid.hidden_rows:
            continue
        cells = list(_cells(row, by_row.get(row), columns, reached, last_row=last))
        # The positions count, not the cells: who looks up what covers a position holds them all.
        budget.spend(sum(_area(cell) for cell in cells))
        if cells:
            rows.append(
                Row(
                    tuple(
                        Cell(
                            cell.text,
                            Place(place.file, place.table, row, cell.column, place.sheet),
                            cell.last_row - row + 1,
                            cell.last_column - cell.column + 1,
                        )
                        for cell in cells
                    )
                )
            )
    heading = "\n".join(line.cells[0].text for line in titles)
    return Table(place, tuple(rows), heading or None)


def _last_row(lines: list[_Line]) -> int:
    """Return the last row of a table: its last text, or what merged text reaches below it."""
    last = lines[-1].row
    reach = max(
        (cell.last_row for line in lines for cell in line.cells if cell.text.strip()), default=last
    )
    return max(last, reach) if reach - last <= _LONGEST_REACH else last


def _cells(
    row: int,
    line: _Line | None,
    columns: list[int],
    reached: dict[int, int],
    *,
    last_row: int,
) -> Iterator[Printed]:
    """Yield the cells of a row: the printed ones, and an empty one at each free position.

    Columns in which nothing is printed anywhere in the table have no positions.
    """
    own = {cell.column: cell for cell in line.cells} if line is not None else {}
    covered_to = 0
    for column in columns:
        cell = own.get(column)
        if cell is not None:
            covered_to = max(covered_to, cell.last_column)
            end = min(cell.last_row, last_row)
            beyond = cell.last_column - columns[-1]
            side = columns[-1] if beyond > _WIDEST_REACH else cell.last_column
            yield Printed(row, column, cell.text, end, side)
        elif column > covered_to and reached.get(column, 0) < row:
            yield Printed(row, column, "", row, column)
    for cell in own.values():
        if cell.last_row > row:
            reached.update(
                (column, cell.last_row)
                for column in columns
                if cell.column <= column <= cell.last_column
            )


def _area(cell: Printed) -> int:
    return (cell.last_row - cell.row + 1) * (cell.last_column - cell.column + 1)


def _squeezed(text: str) -> str:
    return "".join(text.split())
