"""``--limit NAME=VALUE`` → the limits of reading and of the processes that work on files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace

from perfgraph import sources, workers
from perfgraph.records import BadOptionError
from perfgraph.text import Text


@dataclass(frozen=True, slots=True)
class Limits:
    """All limits that a user can set."""

    reading: sources.Limits = sources.DEFAULT_LIMITS
    work: workers.Limits = workers.DEFAULT_LIMITS


def parsed(settings: Iterable[str]) -> Limits:
    """Return the limits with what ``settings`` say, such as ``pdf.pages=5000``.

    Raises:
        BadOptionError: a name is unknown, or a value no positive number.

    >>> parsed(["work.seconds=0.5"]).work.seconds
    0.5
    """
    limits = Limits()
    for setting in settings:
        name, _, value = setting.partition("=")
        known = dict(named(limits))
        if name not in known:
            listed = ", ".join(known)
            expected = Text(zh=f"名称=数值，名称有 {listed}", en=f"NAME=NUMBER; names are {listed}")
            raise BadOptionError("--limit", setting, expected)
        number = _number(value, type(known[name]))
        if number is None:
            raise BadOptionError("--limit", setting, Text(zh="正数", en="a positive number"))
        limits = _with(limits, name, number)
    return limits


def named(limits: Limits) -> Iterator[tuple[str, float]]:
    """Yield each limit with its name: ``file_bytes``, ``pdf.pages``, ``work.seconds``."""
    yield from _named(limits.reading, "")
    yield from _named(limits.work, "work.")


def changed(limits: Limits) -> list[str]:
    """Return the settings that give ``limits``.

    >>> changed(parsed(["pdf.pages=7"]))
    ['pdf.pages=7']
    """
    usual = dict(named(Limits()))
    return [f"{name}={value}" for name, value in named(limits) if value != usual[name]]


def _named(part: sources.Limits | workers.Limits, prefix: str) -> Iterator[tuple[str, float]]:
    for field in fields(part):
        value = getattr(part, field.name)
        if is_dataclass(value) and not isinstance(value, type):
            for inner in fields(value):
                yield f"{prefix}{field.name}.{inner.name}", getattr(value, inner.name)
        else:
            yield prefix + field.name, value


def _with(limits: Limits, name: str, number: float) -> Limits:
    group, _, field = name.rpartition(".")
    if group == "work":
        return replace(limits, work=replace(limits.work, **{field: number}))  # type: ignore[arg-type] # of its type
    reading = limits.reading
    if group:
        inner = replace(getattr(reading, group), **{field: number})
        return replace(limits, reading=replace(reading, **{group: inner}))
    return replace(limits, reading=replace(reading, **{field: number}))  # type: ignore[arg-type] # of its type


def _number(text: str, kind: type[float]) -> float | None:
    try:
        number = kind(text.replace("_", ""))
    except ValueError:
        return None
    return number if 0 < number < float("inf") else None
