"""A record and the checked one → how much of it is right, counted over indicators and values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from tests.families.record import Json

_UNDERSTOOD = (
    *("kind", "comparator", "number", "low", "high", "unit", "start", "end", "grade", "truth"),
    *("trend", "relative_to", "steps"),
)

Slot = tuple[str, str, str, int]
"""What a value is: target or result, its period, its place, and its number."""


class Count(NamedTuple):
    """How many there are, and how many of them are right."""

    right: int
    all: int

    def __str__(self) -> str:
        """The number where all are right; else both numbers."""
        return str(self.all) if self.right == self.all else f"**{self.right}/{self.all}**"


class Score(NamedTuple):
    """What of a form was read: indicator rows, value texts, their meaning, their levels."""

    rows: Count
    verbatim: Count
    understood: Count
    levels: Count

    @property
    def is_full(self) -> bool:
        """Whether everything was read right."""
        return all(count.right == count.all for count in self)


def score(found: Json, checked: Json) -> Score:
    """Return how much of ``checked`` is in ``found``; an indicator is known by its name."""
    named = dict(_named(found))
    rows = [(one, named.get(name, {})) for name, one in _named(checked)]
    values = [
        (value, _values(other).get(slot, {}))
        for one, other in rows
        for slot, value in _values(one).items()
    ]
    return Score(
        _count(bool(other) for _, other in rows),
        _count(_squeezed(one.get("text")) == _squeezed(other.get("text")) for one, other in values),
        _count(all(one.get(key) == other.get(key) for key in _UNDERSTOOD) for one, other in values),
        _count(
            all(one.get(key) == other.get(key) for key in ("level1", "level2", "dimension"))
            for one, other in rows
        ),
    )


def _count(right: Iterator[bool]) -> Count:
    found = list(right)
    return Count(sum(found), len(found))


def _named(record: Json) -> Iterator[tuple[tuple[str, int], Json]]:
    """Yield the indicators by name, and by number where several have the same."""
    seen: Counter[str] = Counter()
    for project in (*_list(record, "projects"), *_list(record, "plans")):
        for one in _list(project, "indicators"):
            name = _squeezed(one.get("name"))
            seen[name] += 1
            yield (name, seen[name]), one


def _values(indicator: Json) -> dict[Slot, Json]:
    """The values of the year, of other periods and places, and the results."""
    groups: list[tuple[str, Json, list[Json]]] = [
        ("target", {}, _list(indicator, "targets")),
        *(("target", one, _list(one, "values")) for one in _list(indicator, "further_targets")),
        ("actual", {}, _list(indicator, "actuals")),
    ]
    return {
        (what, str(owner.get("period")), _text(owner.get("place")), number): value
        for what, owner, values in groups
        for number, value in enumerate(values)
    }


def _text(cell: object) -> str:
    return str(cell.get("text")) if isinstance(cell, dict) else ""


def _list(item: Json, name: str) -> list[Json]:
    found = item.get(name, [])
    assert isinstance(found, list)
    return found


def _squeezed(text: object) -> str:
    return "".join(str(text or "").split())
