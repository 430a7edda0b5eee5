"""The header rows of indicators → which column holds what, and for which period.

A header may have one row or two, and may be repeated after a page break. Which target columns it
has: see ``lanes``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from perfgraph.model import Cell, Place, Row
from perfgraph.records import header_rows
from perfgraph.records.cells import CellSet
from perfgraph.records.errors import MissingColumnError, UnknownTargetColumnsError
from perfgraph.records.grid import Grid, position
from perfgraph.records.labels import Heading, Labels, months_of
from perfgraph.records.lanes import GRADES, Lane, lanes

_NEEDED = {"name": "三级指标", "value": "指标值"}
_MIN_LABELS = 2
_MIN_PLACES = 2
"""One label like a place beside a column of values is a remark, not a matrix."""
_LEVELS = frozenset({"level1", "level2"})
_OPTIONAL = frozenset({"deviation", "remark", "description", "standard"})
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
    "revised": "revisedTarget",
    "interim": "interim",
    "forecast": "forecast",
    "coefficient": "scoreCoefficient",
    "core": "isCore",
    **dict.fromkeys(GRADES, "threshold"),
}
"""Column role → local name of the ontology property that the column's cells feed."""


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
    months: tuple[int, int] | None = None
    """The months that a column of interim results names."""

    @property
    def index(self) -> Mapping[str, int]:
        """The columns of the first lane."""
        return self.lanes[0].index

    @property
    def needed(self) -> int:
        """The last column that a row must have: remarks and reasons may be left out.

        Of twin halves the second may be empty, if it is certain that it begins.
        """
        first, last = self.lanes[0].index, self.lanes[-1].index
        if first["name"] != last["name"]:
            return last.get("level2", last["name"])
        columns = {c: role for lane in self.lanes for role, c in lane.index.items()}
        if len(self.lanes) > 1:  # a remark could be taken for a value
            return max(columns)
        return max(column for column, role in columns.items() if role not in _OPTIONAL)

    def is_left(self, column: int) -> bool:
        """Whether ``column`` stands left of all columns: under the side label, if there is one."""
        if column in self.index.values() or column in self.header_index.values():
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
        if skip and row.index < skip:
            continue
        headings = _headings(row, labels)
        if len(headings) < _MIN_LABELS or len({one.role for _, one in headings}) < _MIN_LABELS:
            continue
        band = [row]
        for following in rows[position_ + 1 :]:
            if _continues(following, labels):
                band.append(following)
                continue
            if _are_places(following, band, grid, labels):
                band.append(following)
            break
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


def _are_places(row: Row, band: Sequence[Row], grid: Grid, labels: Labels) -> bool:
    """Whether ``row`` names the places below a label that spans their columns.

    Where spans are not told, blanks beside the last label show how far it reaches.
    """
    texts = [cell for cell in row if not cell.is_blank]
    if not texts or not all(labels.place_role(cell.text) for cell in texts):
        return False
    if not grid.has_spans:
        last = max(position(cell)[1] for cell in band[-1] if not cell.is_blank)
        return all(position(cell)[1] >= last for cell in texts)
    spanning = [cell for cell in band[-1] if cell.column_span > 1]
    return all(
        any(
            position(cell)[1] <= position(place)[1] < position(cell)[1] + cell.column_span
            for cell in spanning
        )
        for place in texts
    )


def _is_header(band: Sequence[Row], labels: Labels) -> bool:
    """Whether the rows head indicators: amounts, too, have columns called 分值 and 得分."""
    roles = {heading.role for row in band for _, heading in _headings(row, labels)}
    return bool(roles & {"level1", "level2", "name"}) and len(roles) >= _MIN_LABELS


def _columns(band: Sequence[Row], grid: Grid, place: Place, labels: Labels) -> Columns:
    extent = header_rows.extent(band, grid)
    at = {column: _label(column, band, grid, labels) for column in range(1, extent + 1)}
    headings = {column: heading for column, (_, heading) in at.items() if heading is not None}
    side = _side(headings, at, labels)
    header_index = {
        role: column
        for column, (cell, heading) in at.items()
        if heading is None and cell and (role := labels.header_role(cell.text)) not in _NO_COLUMN
        if role is not None
    }
    places = _places(at, headings, labels)
    found = lanes(headings, places)
    for role, label in _NEEDED.items():
        if any(role not in lane.index for lane in found):
            raise _missing(role, label, at, Place(place.file, place.table, band[0].index))
    used = CellSet(cell for cell, heading in at.values() if cell and heading)
    used.update(places.values())
    used.update(cell for row in band for cell, _ in _headings(row, labels))
    used.update(cell for column in header_index.values() if (cell := at[column][0]))
    if side is not None:
        used.add(side)
    return Columns(
        band[0].index,
        band[-1].index,
        found,
        _properties(found),
        extent,
        header_index,
        side,
        used,
        _months(at),
    )


def _months(at: Mapping[int, tuple[Cell | None, Heading | None]]) -> tuple[int, int] | None:
    """Return the months in the label of interim results."""
    labels = (cell for cell, heading in at.values() if heading and heading.role == "interim")
    return next((months_of(cell.text) for cell in labels if cell is not None), None)


def _missing(
    role: str,
    label: str,
    at: Mapping[int, tuple[Cell | None, Heading | None]],
    place: Place,
) -> MissingColumnError:
    """Return the error of a header that lacks a column; unknown labels may be places."""
    signs = [c for c, (_, heading) in at.items() if heading and heading.role == "comparator"]
    if role != "value" or not signs:
        return MissingColumnError(label, place)
    after = [cell for c, (cell, heading) in sorted(at.items()) if c > min(signs) and not heading]
    unknown = [cell.text.strip() for cell in after if cell is not None]
    return (
        UnknownTargetColumnsError(unknown, place) if unknown else MissingColumnError(label, place)
    )


def _places(
    at: Mapping[int, tuple[Cell | None, Heading | None]],
    headings: dict[int, Heading],
    labels: Labels,
) -> dict[int, Cell]:
    """Return the columns that a place names; beside them, 合计 names the target of them all."""
    first = min((column for column, found in headings.items() if found.role == "name"), default=0)
    places: dict[int, Cell] = {}
    whole: list[int] = []
    for column, (cell, heading) in at.items():
        if cell is None or heading is not None or column <= first:
            continue
        role = labels.place_role(cell.text)
        if role == "whole":
            whole.append(column)
        elif role is not None:
            places[column] = cell
    has_value = any(found.role == "value" for found in headings.values())
    if len(places) < (_MIN_PLACES if has_value else 1):
        return {}
    headings.update((column, Heading("value")) for column in whole)
    return places


def _properties(found: Sequence[Lane]) -> tuple[tuple[int, str], ...]:
    """Return the columns and the properties that they feed; those of a ladder hold thresholds."""
    feeds = {
        (column, PROPERTIES[role])
        for lane in found
        for role, column in lane.index.items()
        if role in PROPERTIES  # the label over a ladder may stand without its steps
    }
    steps = {column for column, name in feeds if name == "threshold"}
    return tuple(sorted((c, name) for c, name in feeds if c not in steps or name == "threshold"))


def _label(
    column: int, band: Sequence[Row], grid: Grid, labels: Labels
) -> tuple[Cell | None, Heading | None]:
    """Return the lowest label over ``column``; a cell that spans columns labels only its first."""
    cell: Cell | None = None
    for row in reversed(band):
        found = grid.at(row.index, column - header_rows.lost(row, column, band, grid))
        if found is None or found.is_blank or position(found)[0] < band[0].index:
            continue
        cell = cell or found
        heading = labels.heading(found.text)
        is_group = found.column_span > 1 and (
            position(found)[1] != column or bool(labels.place_role(cell.text))
        )
        if heading is not None and not is_group:
            return found, heading
    return cell, None


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
