"""The labels that head the indicators, in a text without rows → their columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perfgraph.records.labels import Labels

_NEEDED = frozenset({"name", "value"})
_LEAST = 3
_LEAST_BELOW = 2


@dataclass(frozen=True, slots=True)
class Band:
    """The header: where it stands among the texts, and the labels and roles of its columns.

    ``above`` are the labels of an upper row, column by column, where there is one; ``side`` is the
    label beside the block.
    """

    start: int
    end: int
    labels: tuple[str, ...]
    roles: tuple[str, ...]
    above: tuple[str, ...] = ()
    side: str | None = None


def find_band(texts: Sequence[str], start: int, labels: Labels) -> Band | None:
    """Return the first header at or after ``start``."""
    at = start
    while at < len(texts):
        end = at
        found: list[tuple[str, str]] = []
        while end < len(texts) and (heading := labels.heading(texts[end])):
            found.append((texts[end], heading.role))
            end += 1
        if len(found) >= _LEAST and {role for _, role in found} >= _NEEDED:
            return _band(at, end, found, labels)
        at = end + 1
    return None


def _band(start: int, end: int, found: list[tuple[str, str]], labels: Labels) -> Band:
    side = None
    names = [role for _, role in found].count("name")
    if labels.header_role(found[0][0]) == "side" and (names > 1 or found[0][1] != "name"):
        side, found = found[0][0], found[1:]
    found = _with_values_below(found)
    first = next((i for i, (_, role) in enumerate(found) if role == "level1"), 0)
    upper, lower = found[:first], found[first:]
    if not upper:
        texts, roles = zip(*found, strict=True)
        return Band(start, end, texts, roles, (), side)
    known = {role for _, role in lower}
    further = [(text, role) for text, role in upper if role not in known]
    group = next((text for text, role in upper if role in known), "")
    # An upper label over several columns is shown over the first that follows the names.
    above = ["" if role != "name" else group for _, role in lower]
    above = ["", *above[:-1], *(text for text, _ in further)]
    return Band(
        start,
        end,
        (*(text for text, _ in lower), *[""] * len(further)),
        tuple(role for _, role in (*lower, *further)),
        tuple(above),
        side,
    )


def _with_values_below(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Put values that end the header in the place of the value above them: 指标值 {2021, 2022}."""
    below = 0
    while below < len(found) and found[-below - 1][1] == "value":
        below += 1
    place = next((i for i, (_, role) in enumerate(found) if role == "value"), len(found))
    if below < _LEAST_BELOW or place >= len(found) - below:
        return found
    return [*found[:place], *found[-below:], *found[place + 1 : -below]]
