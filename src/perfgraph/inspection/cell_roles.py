"""The role that reading gave to a printed cell: label, value, mark or unused, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from perfgraph.text import Text


class Role(StrEnum):
    """What a printed cell is for; each has one."""

    LABEL = "label"
    VALUE = "value"
    MARK = "mark"
    UNUSED = "unused"


class Understanding(StrEnum):
    """How well the text of a value was understood."""

    UNDERSTOOD = "understood"
    REPAIRED = "repaired"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class CellRole:
    """The role of one cell; ``properties`` are local names of the ontology that a value feeds."""

    role: Role
    properties: tuple[str, ...] = ()
    subject: int | None = None
    """Which project or plan, counted from 1 in ``Document.subjects``."""
    indicator: int | None = None
    understanding: Understanding = Understanding.UNDERSTOOD
    notes: tuple[Text, ...] = ()
    """Why the cell is unused, what was repaired, what was assumed."""


NAMES = {
    Role.LABEL: Text(zh="标签", en="label"),
    Role.VALUE: Text(zh="值", en="value"),
    Role.MARK: Text(zh="空缺符号", en="mark for nothing"),
    Role.UNUSED: Text(zh="未使用", en="unused"),
    Understanding.REPAIRED: Text(zh="值（已修复）", en="value, repaired"),
    Understanding.UNCLEAR: Text(zh="值（没有读懂）", en="value, not understood"),
}
"""The names of the roles, and of the values that need attention, for people."""

LETTERS = {
    Role.LABEL: "L",
    Role.VALUE: "V",
    Role.MARK: "M",
    Role.UNUSED: "U",
    Understanding.REPAIRED: "R",
    Understanding.UNCLEAR: "?",
}
"""A letter for each, so that no meaning is in the colour alone."""


def kind(found: CellRole) -> Role | Understanding:
    """Return what ``LETTERS`` and ``NAMES`` know a cell by."""
    if found.understanding is not Understanding.UNDERSTOOD:
        return found.understanding
    return found.role
