"""The rows below the indicators' header row → indicators with their target values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perfgraph import values
from perfgraph.model import Cell, Context, Indicator, Place, Row, Scheme, Unit
from perfgraph.records.errors import MissingColumnError
from perfgraph.records.labels import Labels, key
from perfgraph.records.levels import FillDown, find_scheme

_NEEDED = {"name": "三级指标", "value": "指标值"}
_MIN_LABELS = 2
PROPERTIES: Mapping[str, str] = {
    "level1": "level1Text",
    "level2": "level2Text",
    "name": "indicatorName",
    "description": "indicatorDescription",
    "value": "target",
    "comparator": "comparator",
    "unit_of_measure": "unit",
}
"""Column role → local name of the ontology property that the column's cells feed."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The header row: its number, and the index of each column by role (from 0)."""

    row: int
    index: Mapping[str, int]
    width: int

    @property
    def properties(self) -> tuple[tuple[int, str], ...]:
        """Column number (from 1) and property local name, left to right."""
        return tuple(sorted((index + 1, PROPERTIES[role]) for role, index in self.index.items()))


def find_columns(rows: Sequence[Row], place: Place, labels: Labels) -> Columns:
    """Return the header row of the indicators.

    Raises:
        MissingColumnError: there is none, or it lacks 三级指标 or 指标值.
    """
    for row in rows:
        roles: dict[str, int] = {}
        for index, cell in enumerate(row):
            role = labels.column_role(cell.text)
            if role is not None:
                roles.setdefault(role, index)
        if len(roles) >= _MIN_LABELS:
            for role, label in _NEEDED.items():
                if role not in roles:
                    raise MissingColumnError(label, Place(place.file, place.table, row.index))
            return Columns(row.index, roles, len(row.cells))
    raise MissingColumnError(_NEEDED["name"], place)


@dataclass(frozen=True, slots=True)
class Reading:
    """The indicators of one table, and the cells that could not be used."""

    indicators: tuple[Indicator, ...]
    scheme: Scheme | None
    unused: tuple[Cell, ...]


def read(
    rows: Sequence[Row], columns: Columns, money_unit: Unit | None, year: int | None, labels: Labels
) -> Reading:
    """Return the indicators of ``rows``, all below the header row."""
    aligned = [(row, _aligned(row, columns, labels)) for row in rows]
    level1 = columns.index.get("level1")
    printed = [cells[level1].text for _, cells in aligned if cells and level1 is not None]
    scheme = find_scheme(printed, labels)
    fill = FillDown(scheme, labels)
    indicators: list[Indicator] = []
    unused: list[Cell] = []
    for row, cells in aligned:
        if cells is None:
            unused.extend(cell for cell in row if not cell.is_blank)
            continue
        by_role = {role: cells[index] for role, index in columns.index.items()}
        taken = set(columns.index.values())
        unused.extend(cell for i, cell in enumerate(cells) if i not in taken and not cell.is_blank)
        levels = fill.read(_text(by_role, "level1"), _text(by_role, "level2"))
        name, value = by_role["name"], by_role["value"]
        if name.is_blank and value.is_blank:
            continue
        context = Context(
            year=year,
            dimension=levels.dimension,
            name=name.text,
            unit=_text(by_role, "unit_of_measure"),
            comparator=_text(by_role, "comparator"),
            money_unit=money_unit.symbol if money_unit else "",
        )
        indicators.append(
            Indicator(
                order=len(indicators) + 1,
                name=name.text.strip() or None,
                targets=() if value.is_blank else values.parse(value.text, context),
                name_cell=name,
                value_cell=value,
                level1_text=levels.level1_text,
                level2_text=levels.level2_text,
                level1=levels.level1,
                level2=levels.level2,
                dimension=levels.dimension,
                level_evidence=levels.evidence,
                description=_text(by_role, "description").strip() or None,
            )
        )
    return Reading(tuple(indicators), scheme, tuple(unused))


def _aligned(row: Row, columns: Columns, labels: Labels) -> tuple[Cell, ...] | None:
    """Return the row's cells under the header's columns; ``None`` where they do not fit.

    A row that is one cell short and begins with a second-level label has lost the merged
    first-level cell altogether: an empty one takes its place.
    """
    missing = columns.width - len(row.cells)
    if missing <= 0:
        return row.cells
    first = row.cells[0]
    if missing == 1 and columns.index.get("level2") == 1 and _is_level2(first, labels):
        return (Cell("", first.place), *row.cells)
    return None


def _is_level2(cell: Cell, labels: Labels) -> bool:
    return key(cell.text) in labels.level2


def _text(cells: Mapping[str, Cell], role: str) -> str:
    cell = cells.get(role)
    return cell.text if cell is not None else ""
