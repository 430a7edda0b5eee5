"""``works.toml`` → what budget units do: the parts of which a target table is composed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ANY_OFFICE = "*"
_FILE = Path(__file__).with_name("works.toml")


@dataclass(frozen=True, slots=True)
class Count:
    """An indicator that counts something: its name, its unit, and how much is usual."""

    name: str
    unit: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Rate:
    """A price per head that makes up the whole budget: price × count × months."""

    name: str
    unit: str
    low: int
    high: int
    step: int
    months: int
    count: Count


@dataclass(frozen=True, slots=True)
class Benefit:
    """An indicator of benefit; ``form`` is a kind of rate, ``level``, or empty for a count."""

    level2: str
    name: str
    form: str
    count: Count | None


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work that a unit is paid for."""

    title: str
    offices: tuple[str, ...]
    aim: str
    groups: tuple[str, ...]
    quantity: tuple[Count, ...]
    quality: tuple[str, ...]
    faults: str
    cost: tuple[str, ...]
    benefit: tuple[Benefit, ...]
    rate: Rate | None


def load() -> tuple[Work, ...]:
    """Return all works of ``works.toml``, in its order."""
    content = tomllib.loads(_FILE.read_text("utf-8"))
    return tuple(_work(entry) for entry in content["work"])


def offices(works: tuple[Work, ...]) -> tuple[str, ...]:
    """Return the offices that ``works`` name, in order of first mention."""
    named = (office for work in works for office in work.offices if office != ANY_OFFICE)
    return tuple(dict.fromkeys(named))


def _work(entry: Mapping[str, object]) -> Work:
    def texts(key: str) -> tuple[str, ...]:
        value = entry[key]
        assert isinstance(value, list)
        return tuple(map(str, value))

    return Work(
        title=str(entry["title"]),
        offices=texts("offices"),
        aim=str(entry["aim"]),
        groups=texts("groups"),
        quantity=tuple(map(_count, texts("quantity"))),
        quality=texts("quality"),
        faults=str(entry["faults"]),
        cost=texts("cost"),
        benefit=tuple(map(_benefit, texts("benefit"))),
        rate=_rate(entry.get("rate")),
    )


def _count(printed: str) -> Count:
    name, unit, low, high = printed.split("|")
    return Count(name, unit, int(low), int(high))


def _benefit(printed: str) -> Benefit:
    level2, rest = printed.split("|", 1)
    parts = rest.split("|")
    is_count = len(parts) > 2
    return Benefit(
        level2, parts[0], "" if is_count else parts[1], _count(rest) if is_count else None
    )


def _rate(entry: object) -> Rate | None:
    if entry is None:
        return None
    assert isinstance(entry, dict)
    return Rate(
        name=str(entry["name"]),
        unit=str(entry["unit"]),
        low=int(entry["low"]),
        high=int(entry["high"]),
        step=int(entry["step"]),
        months=int(entry["months"]),
        count=_count(str(entry["count"])),
    )
