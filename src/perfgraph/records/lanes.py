"""The labelled columns of a header → its target columns, each with the columns that belong to it.

A table has one target column, or one for each period, each place (a matrix) or each grade (a
ladder). Twin halves (中期, 年度) have names of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from perfgraph.model import Cell, Grade, Period
from perfgraph.records.labels import Heading

GRADES: Mapping[str, Grade] = {grade.value: grade for grade in Grade}
"""Column role → the grade whose threshold the column holds, best grade first."""
_UNREAD = frozenset({"cause", "likelihood"})
_PER_LANE = frozenset({"level2", "name", "description", "comparator", "unit_of_measure", "nature"})


@dataclass(frozen=True, slots=True)
class Lane:
    """One target column with the columns that belong to it, and what it is for.

    Of a ladder of grades all columns together are one target column.
    """

    index: Mapping[str, int]
    period: Period | None = None
    place: Cell | None = None
    """The label that names the place of the targets."""


def lanes(headings: Mapping[int, Heading], places: Mapping[int, Cell]) -> tuple[Lane, ...]:
    """Return the target columns, each with the names and units that stand before it.

    Where the header has none, the one lane that is returned has no ``value``.
    """
    values = [column for column in sorted(headings) if headings[column].role == "value"]
    shared: dict[str, int] = {}
    for column in sorted(headings):
        shared.setdefault(headings[column].role, column)
    for role in ("value", *_UNREAD):
        shared.pop(role, None)
    found = _with_periods(_of_values(headings, values, shared)) if values else ()
    if places:
        return (*found, *(Lane(shared | {"value": c}, place=places[c]) for c in sorted(places)))
    steps = [shared[role] for role in GRADES if role in shared]
    if not found and len(steps) > 1:
        return (Lane(shared | {"value": min(steps)}),)
    return found or (Lane(shared),)


def _of_values(
    headings: Mapping[int, Heading], values: list[int], shared: dict[str, int]
) -> list[Lane]:
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
    return lanes


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
