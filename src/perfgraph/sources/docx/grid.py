"""One w:tbl → its real cells, each with its place and reach in the grid. Texts are not read.

Word stores a cell that is merged with the one above again in every row (w:vMerge); here it is one
cell. Rows and cells that a tracked change deletes are gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from perfgraph.model import Place
from perfgraph.sources.docx import limits
from perfgraph.sources.docx.errors import OversizedWordFileError
from perfgraph.sources.docx.markup import (
    CELL,
    ROW,
    Element,
    child,
    children,
    flattened,
    number,
    value,
    w,
)
from perfgraph.text import Text

_DELETED, _SPAN = w("cellDel"), w("gridSpan")
_TOO_WIDE = Text(zh="表格的列数过多", en="a table has too many columns")
_SLIVER = 100
"""Twentieths of a point (1.8 mm). Dragging borders in Word leaves grid columns so narrow that no
character fits; cells differ in them though their borders look aligned."""
_MIN_WIDTH = 2_000
"""Twentieths of a point (3.5 cm); a narrower table has made-up widths."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A real cell: where its top left corner is, from 1, and how far it reaches."""

    elements: tuple[Element, ...]
    """Several where cells with text were merged in the old way, which does not move their text."""
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class _Stored:
    """A cell as stored in one row; ``merge`` is ``None``, "restart" or "continue"."""

    elements: tuple[Element, ...]
    start: int
    end: int
    merge: str | None


def cells(table: Element, place: Place) -> list[GridCell]:
    """Return the real cells of ``table``, row by row.

    Raises:
        OversizedWordFileError: a row has too many columns.
    """
    rows = [_stored(row, place) for row in _rows(table)]
    rows = _without_slivers(rows, _widths(table))
    found: list[GridCell] = []
    above: dict[tuple[int, int], int] = {}
    for index, row in enumerate(rows, 1):
        merging: dict[tuple[int, int], int] = {}
        for cell in row:
            edges = (cell.start, cell.end)
            position = above.get(edges) if cell.merge == "continue" else None
            if position is None:
                # Also where the cell to go on from is missing: Word prints an empty cell there.
                position = len(found)
                span = cell.end - cell.start
                found.append(GridCell(cell.elements, index, cell.start + 1, column_span=span))
            else:
                origin = found[position]
                found[position] = GridCell(
                    origin.elements,
                    origin.row,
                    origin.column,
                    origin.row_span + 1,
                    origin.column_span,
                )
            if cell.merge is not None:
                merging[edges] = position
        above = merging
    return found


def _rows(table: Element) -> Iterator[Element]:
    for row in flattened(table):
        if row.tag == ROW and child(row, "trPr", "del") is None:
            yield row


def _stored(row: Element, place: Place) -> list[_Stored]:
    """Return the cells of one row; those merged in the old way (w:hMerge) as one."""
    found: list[_Stored] = []
    edge = number(child(row, "trPr", "gridBefore"), "val") or 0
    for element in flattened(row):
        properties = children(element, "tcPr")
        if element.tag != CELL or _DELETED in properties:
            continue
        start = edge
        edge += max(1, number(properties.get(_SPAN)) or 1)
        if edge > limits.MAX_COLUMNS:
            raise OversizedWordFileError(place, _TOO_WIDE)
        if found and _merge(properties, "hMerge") == "continue":
            texts = (element,) if next(element.iter(w("t")), None) is not None else ()
            found[-1] = replace(found[-1], end=edge, elements=found[-1].elements + texts)
        else:
            found.append(_Stored((element,), start, edge, _merge(properties, "vMerge")))
    return found


def _merge(properties: dict[str, Element], direction: str) -> str | None:
    merge = properties.get(w(direction))
    if merge is None:
        return None
    return "restart" if value(merge) == "restart" else "continue"


def _widths(table: Element) -> list[int]:
    """Return the widths of the grid columns; empty where the file does not say or makes them up."""
    columns = () if (grid := child(table, "tblGrid")) is None else grid.findall(w("gridCol"))
    widths = [number(column, "w") or 0 for column in columns]
    return widths if all(widths) and sum(widths) >= _MIN_WIDTH else []


def _without_slivers(rows: list[list[_Stored]], widths: list[int]) -> list[list[_Stored]]:
    """Take grid columns out that are too narrow to be columns, so that cells line up again."""
    slivers = {index for index, width in enumerate(widths) if width < _SLIVER}
    for row in rows:
        for cell in row:
            columns = range(cell.start, cell.end)
            if slivers.issuperset(columns):
                slivers.difference_update(columns)  # a cell of its own stands there
    if not slivers:
        return rows
    last = max((cell.end for row in rows for cell in row), default=0)
    moved = [0]
    for column in range(last):
        moved.append(moved[-1] + (column not in slivers))
    return [
        [_Stored(one.elements, moved[one.start], moved[one.end], one.merge) for one in row]
        for row in rows
    ]
