"""A document → the cells that its records hold: the property that each feeds, and how well.

It walks the dataclasses of the record, so that a new kind of record is seen without a change here;
only its fields have to be named in ``FEEDS``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import TypeGuard

from perfgraph.inspection import understanding
from perfgraph.inspection.cell_roles import Understanding
from perfgraph.model import (
    Amount,
    Authority,
    BudgetUnit,
    Cell,
    DepartmentPlan,
    Document,
    Evaluation,
    FurtherTarget,
    Goal,
    Indicator,
    OtherValue,
    Place,
    Project,
    Region,
    Subject,
    Table,
    Task,
    Unit,
    Value,
    ValueRole,
)
from perfgraph.text import Text

FEEDS: Mapping[tuple[type, str], str] = {
    (Project, "name_cell"): "projectName",
    (Subject, "name_cell"): "planName",
    (Subject, "funds_use_cell"): "fundsUse",
    (Subject, "period_cell"): "periodText",
    (DepartmentPlan, "duty_cell"): "dutyText",
    (Task, "name"): "taskName",
    (Task, "content"): "taskContent",
    (Task, "duty"): "dutyText",
    (Authority, "cell"): "authorityText",
    (Amount, "cell"): "amount",
    (Goal, "cell"): "goalText",
    (Indicator, "name_cell"): "indicatorName",
    (Indicator, "value_cell"): "target",
    (Indicator, "actual_cell"): "actual",
    (Indicator, "ladder_cells"): "threshold",
    (FurtherTarget, "cell"): "target",
    (FurtherTarget, "place"): "placeText",
    (Evaluation, "total_score_cell"): "totalScore",
    (Evaluation, "achievement_cell"): "goalAchievement",
}
"""Field of a record, or of its base, that holds a cell → the property that the cell feeds."""


_WITHOUT_CELLS = (str, int, Decimal, date, BudgetUnit, Region, Table, Unit, Value)
"""What need not be looked into; enumerations are strings."""
OTHER_VALUES: Mapping[ValueRole, str] = {
    ValueRole.REVISED: "revisedTarget",
    ValueRole.INTERIM: "interim",
    ValueRole.FORECAST: "forecast",
}
"""What the cell of an :class:`OtherValue` feeds; it depends on the role."""


@dataclass(frozen=True, slots=True)
class Held:
    """One cell that a record holds."""

    cell: Cell
    property: str
    subject: int | None
    indicator: int | None
    understanding: Understanding
    notes: tuple[Text, ...]


def cells(document: Document) -> Iterator[Held]:
    """Yield every cell that a record of ``document`` holds; twice one that feeds two things."""
    for number, subject in enumerate(document.subjects, 1):
        yield from _walk(subject, number, None)


def feeds(kind: type, name: str) -> str | None:
    """Return what a field of a record feeds; ``None`` where that is not said."""
    return next((FEEDS[base, name] for base in kind.__mro__ if (base, name) in FEEDS), None)


def by_table(document: Document) -> dict[int | None, list[Held]]:
    """Return the cells that records hold by the number of their table."""
    found: dict[int | None, list[Held]] = {}
    for held in cells(document):
        found.setdefault(held.cell.place.table, []).append(held)
    return found


def _walk(record: object, subject: int, indicator: int | None) -> Iterator[Held]:
    """Yield the cells of a dataclass and of those in it."""
    if not is_dataclass(record) or isinstance(record, type):
        return
    if isinstance(record, Indicator):
        indicator = record.order
    for field in fields(record):
        value = getattr(record, field.name)
        if value is None or isinstance(value, _WITHOUT_CELLS):
            continue
        found = value if _is_row(value) else (value,)
        own = [one for one in found if isinstance(one, Cell)]
        if own and not _is_stand_in(record, field.name):
            term = _term(record, field.name)
            read = _understood(record, field.name)
            yield from (Held(cell, term, subject, indicator, *read) for cell in own)
        for one in found:
            yield from _walk(one, subject, indicator)


def _is_row(value: object) -> TypeGuard[tuple[object, ...]]:
    """Whether a value is a tuple of things; cells and places are named tuples."""
    return isinstance(value, tuple) and not isinstance(value, Cell | Place)


def _term(record: object, name: str) -> str:
    if isinstance(record, OtherValue):
        return OTHER_VALUES[record.role]
    return feeds(type(record), name) or name


def _is_stand_in(record: object, name: str) -> bool:
    """Whether the cell only tells the place of what is printed elsewhere, or in several cells."""
    if isinstance(record, Indicator) and name == "value_cell":
        return bool(record.ladder_cells)
    if isinstance(record, Indicator | Subject) and name == "name_cell":
        return record.name is None or record.name not in record.name_cell.text
    return False


def _understood(record: object, name: str) -> tuple[Understanding, tuple[Text, ...]]:
    if isinstance(record, Amount):
        return understanding.of_amount(record)
    if isinstance(record, FurtherTarget | OtherValue) and name == "cell":
        return understanding.of_values(record.values)
    if isinstance(record, Indicator) and name != "name_cell":
        return understanding.of_values(record.actuals if name == "actual_cell" else record.targets)
    return Understanding.UNDERSTOOD, ()
