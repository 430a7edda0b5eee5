"""The columns of an indicator table → what the cells of a row feed that no record holds.

Weights, units, level labels, remarks: a record has their texts, not their cells. A row that lost
cells on its left is moved until the cells that the record holds stand under their columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perfgraph.inspection.held import OTHER_VALUES, Held
from perfgraph.model import Cell, Subject
from perfgraph.records import Labels

_HELD = frozenset({"indicatorName", "target", "threshold", "actual", *OTHER_VALUES.values()})


class IndicatorRows:
    """The rows of one table in which indicators stand."""

    def __init__(
        self, subjects: Sequence[Subject], holders: Iterable[Held], labels: Labels
    ) -> None:
        self._labels = labels
        self._columns: dict[int, set[str]] = {}
        for subject in subjects:
            for column, name in subject.columns:
                self._columns.setdefault(column, set()).add(name)
        self._held: dict[int, list[Held]] = {}
        for one in holders:
            if one.property in _HELD and one.cell.place.row is not None:
                self._held.setdefault(one.cell.place.row, []).append(one)
        self._shifts = {row: self._shift(found) for row, found in self._held.items()}

    def properties(self, cell: Cell) -> tuple[str, ...] | None:
        """Return what ``cell`` feeds; ``None`` where it stands in no row or under no column."""
        row, column = cell.place.row, cell.place.column
        if row not in self._shifts or column is None:
            return self._level(cell)
        first = column + self._shifts[row]
        found = {
            name: None
            for covered in range(first, first + cell.column_span)
            for name in sorted(self._columns.get(covered, ()))
        }
        return tuple(found) or None

    def indicator(self, cell: Cell) -> int | None:
        """Return the number of the indicator in the row of ``cell``, where it is the only one."""
        found = {one.indicator for one in self._held.get(cell.place.row or 0, ())}
        return found.pop() if len(found) == 1 and cell.row_span == 1 else None

    def _level(self, cell: Cell) -> tuple[str, ...] | None:
        """Return the level of a label whose row has no indicator: forms print rows left empty."""
        here = self._columns.get(cell.place.column or 0, set())
        if not self._columns:  # the indicators are columns: their labels stand anywhere
            here = {"level1Text", "level2Text"}
        if self._labels.level1_of(cell.text) and "level1Text" in here:
            return ("level1Text",)
        is_goal = self._labels.header_role(cell.text) is not None  # 绩效目标 may be a level, too
        if (
            not is_goal
            and self._labels.level2_of(cell.text)
            and here & {"level1Text", "level2Text"}
        ):
            return ("level2Text",)
        return None

    def _shift(self, found: Sequence[Held]) -> int:
        """Return how many columns a row lost on its left."""
        for shift in range(max(self._columns, default=0)):
            if all(
                one.property in self._columns.get((one.cell.place.column or 0) + shift, ())
                for one in found
            ):
                return shift
        return 0
