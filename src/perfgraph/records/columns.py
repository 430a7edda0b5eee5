"""The header rows of indicators → which column holds what, and for which period.

A header may have one row or two, may be repeated after a page break, and may hold one target
column or several: twin halves (中期, 年度) with names of their own, or two values beside one name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from perfgraph.model import Cell, Period, Place, Row
from perfgraph.records.cells import CellSet
from perfgraph.records.errors import MissingColumnError
from perfgraph.records.grid import Grid, position
from perfgraph.records.labels import Heading, Labels

_NEEDED = {"name": "三级指标", "value": "指标值"}
_MIN_LABELS = 2
_LEVELS = frozenset({"level1", "level2"})
_PER_LANE = frozenset({"level2", "name", "description", "comparator", "unit_of_measure", "nature"})
_NO_COLUMN = frozenset({"side", "noted", "fund_block", None})
PROPERTIES: Mapping[str, str] = {
    "level1": "level1Text",
    "level2": "level2Text",
    "name": "indicatorName",
    "description": "indicatorDescription",
    "value": "target",
    "comparator": "comparator",
    "nature": "natureText",
    "unit_of_measure": "unit",
    "actual": "actual",
    "weight": "weight",
    "score": "score",
    "deviation": "deviationReason",
    "standard": "standardText",
    "remark": "remark",
}
"""Column role → local name of the ontology property that the column's cells feed."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One target column with the columns that belong to it, and the period it is for."""

    index: Mapping[str, int]
    period: Period | None


@dataclass(frozen=True, slots=True)
class Columns:
    """The header rows: their numbers, and the columns by role, counted from 1."""

    first_row: int
    last_row: int
    lanes: tuple[Lane, ...]
    properties: tuple[tuple[int, str], ...]
    """Column number and property local name, left to right."""
    extent: int
    header_index: Mapping[str, int]
    """Columns whose labels belong to the header block: flat lists have 项目名称 as a column."""
    side: Cell | None
    """The label beside the whole block, such as 绩效指标 or 长期绩效指标."""
    used: CellSet

    @property
    def index(self) -> Mapping[str, int]:
        """The columns of the first lane."""
        return self.lanes[0].index

    def is_left(self, column: int) -> bool:
        """Whether ``column`` stands left of all columns: under the side label, if there is one."""
        if column in self.header_index.values():
            return False
        return column < min(min(lane.index.values()) for lane in self.lanes)

    @property
    def has_results(self) -> bool:
        """Whether there is a column for actual results: the table is an evaluation."""
        return "actual" in self.index


def find_all(rows: Sequence[Row], grid: Grid, place: Place, labels: Labels) -> Iterator[Columns]:
    """Yield the header rows of indicators in ``rows``, top to bottom.

    Raises:
        MissingColumnError: a header row lacks 三级指标 or 指标值.
    """
    skip = 0
    for position_, row in enumerate(rows):
        if row.index < skip:
            continue
        headings = _headings(row, labels)
        if len({heading.role for _, heading in headings}) < _MIN_LABELS:
            continue
        band = [row]
        for following in rows[position_ + 1 :]:
            if not _continues(following, labels):
                break
            band.append(following)
        if not _is_header(band, labels):
            continue
        skip = band[-1].index + 1
        yield _columns(band, grid, place, labels)


def _headings(row: Row, labels: Labels) -> list[tuple[Cell, Heading]]:
    heading = labels.heading
    return [(cell, found) for cell in row.cells if cell.text and (found := heading(cell.text))]


def _continues(row: Row, labels: Labels) -> bool:
    """Whether ``row`` is a further header row: every text in it is the label of a column."""
    texts = [cell for cell in row if not cell.is_blank]
    return bool(texts) and all(labels.heading(cell.text) for cell in texts)


def _is_header(band: Sequence[Row], labels: Labels) -> bool:
    """Whether the rows head indicators: amounts, too, have columns called 分值 and 得分."""
    roles = {heading.role for row in band for _, heading in _headings(row, labels)}
    return bool(roles & {"level1", "level2", "name"}) and len(roles) >= _MIN_LABELS


def _columns(band: Sequence[Row], grid: Grid, place: Place, labels: Labels) -> Columns:
    extent = max(grid.extent(row.index) for row in band)
    at = {column: _label(column, band, grid, labels) for column in range(1, extent + 1)}
    headings = {column: heading for column, (_, heading) in at.items() if heading is not None}
    side = _side(headings, at, labels)
    header_index = {
        role: column
        for column, (cell, heading) in at.items()
        if heading is None and cell and (role := labels.header_role(cell.text)) not in _NO_COLUMN
        if role is not None
    }
    lanes = _lanes(headings)
    for role, label in _NEEDED.items():
        if any(role not in lane.index for lane in lanes):
            raise MissingColumnError(label, Place(place.file, place.table, band[0].index))
    used = CellSet(cell for cell, heading in at.values() if cell and heading)
    used.update(cell for row in band for cell, _ in _headings(row, labels))
    used.update(cell for column in header_index.values() if (cell := at[column][0]))
    if side is not None:
        used.add(side)
    properties = sorted({(c, PROPERTIES[role]) for lane in lanes for role, c in lane.index.items()})
    return Columns(
        band[0].index,
        band[-1].index,
        lanes,
        tuple(properties),
        extent,
        header_index,
        side,
        used,
    )


def _label(
    column: int, band: Sequence[Row], grid: Grid, labels: Labels
) -> tuple[Cell | None, Heading | None]:
    """Return the lowest label over ``column``; a cell that spans columns labels only its first."""
    cell: Cell | None = None
    for row in reversed(band):
        found = grid.at(row.index, column - _lost(row, column, band, grid))
        if found is None or found.is_blank or position(found)[0] < band[0].index:
            continue
        cell = cell or found
        heading = labels.heading(found.text)
        is_group = found.column_span > 1 and position(found)[1] != column
        if heading is not None and not is_group:
            return found, heading
    return cell, None


def _lost(row: Row, column: int, band: Sequence[Row], grid: Grid) -> int:
    """Return how far a label right of a group stands to the left: the group's span is not told.

    The blanks at the end of a longer header row stand below the last labels of the shorter one.
    """
    longest = max(band, key=lambda one: grid.extent(one.index))
    lost = grid.extent(longest.index) - grid.extent(row.index)
    if not lost or grid.has_spans:
        return 0
    last = max((position(cell)[1] for cell in longest if not cell.is_blank), default=0)
    return lost if column > last else 0


def _side(
    headings: dict[int, Heading],
    at: Mapping[int, tuple[Cell | None, Heading | None]],
    labels: Labels,
) -> Cell | None:
    """Return the label beside the block; 绩效指标 is one unless it heads the names themselves."""
    first_level = min((c for c, h in headings.items() if h.role in _LEVELS), default=0)
    for column, (cell, heading) in sorted(at.items()):
        if cell is None or labels.header_role(cell.text) != "side":
            continue
        if heading is None:
            return cell
        names = [c for c, other in headings.items() if other.role == "name"]
        if column < first_level or (len(names) > 1 and column == names[0]):
            del headings[column]
            return cell
    return None


def _lanes(headings: Mapping[int, Heading]) -> tuple[Lane, ...]:
    """Return the target columns, each with the names and units that stand before it."""
    values = [column for column in sorted(headings) if headings[column].role == "value"]
    shared: dict[str, int] = {}
    for column in sorted(headings):
        shared.setdefault(headings[column].role, column)
    shared.pop("value", None)
    lanes: list[Lane] = []
    previous = 0
    for order, value in enumerate(values):
        # What stands after the last value, such as its unit, belongs to it.
        following = values[order + 1] if order + 1 < len(values) else max(headings) + 1
        index = dict(lanes[-1].index) if lanes else dict(shared)
        own: dict[str, int] = {}
        for column in range(previous + 1, following):
            heading = headings.get(column)
            is_next = column > value and _has_name(headings, column, following)
            if heading is not None and heading.role in _PER_LANE and not is_next:
                own.setdefault(heading.role, column)
        index.update(own)
        lanes.append(Lane(index | {"value": value}, headings[value].period))
        previous = value
    if not lanes:
        return (Lane(shared, None),)
    return _with_periods(lanes)


def _has_name(headings: Mapping[int, Heading], column: int, following: int) -> bool:
    """Whether ``column`` begins the half of the next value: a name follows before it."""
    return any(
        other in headings and headings[other].role in ("name", "level2")
        for other in range(column, following)
    )


def _with_periods(lanes: list[Lane]) -> tuple[Lane, ...]:
    """Return the lanes with their periods; of unmarked twin halves the left one is 中期."""
    if len(lanes) == 1:
        period = lanes[0].period
        return (Lane(lanes[0].index, None if period is Period.ANNUAL else period),)
    has_own_names = lanes[0].index.get("name") != lanes[1].index.get("name")
    if len(lanes) == 2 and has_own_names and all(lane.period is None for lane in lanes):
        return (Lane(lanes[0].index, Period.MIDTERM), Lane(lanes[1].index, Period.ANNUAL))
    return tuple(lanes)
