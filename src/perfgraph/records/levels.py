"""Level labels of indicator rows → categories and dimension, with empty cells filled down.

A merged cell is printed once: below it the cell is empty, gone, or printed again; in some tables it
has moved to the middle of its block. What is filled down or derived is marked, because rules about
labels judge printed ones only.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from perfgraph.model import Category, Dimension, Evidence, Scheme
from perfgraph.records.labels import Labels, Level, key, printed_weight

_ORDER = (Scheme.S2015, Scheme.S2021, Scheme.SICHUAN, Scheme.NDRC, Scheme.PROCESS)
_SICHUAN_LEVEL1 = {"output": "completion"}
"""The Sichuan form has its own first level above the second level of 2015."""
_OUTPUT = Category(Scheme.S2015, "output")


class Levels(NamedTuple):
    """The two levels of one row: the labels, and what they mean in the table's scheme."""

    level1_text: str | None
    level2_text: str | None
    level1: Category | None
    level2: Category | None
    dimension: Dimension | None
    evidence: Evidence
    level1_weight: Decimal | None = None
    level2_weight: Decimal | None = None


def find_scheme(
    level1_texts: Iterable[str], labels: Labels, pairs: Iterable[tuple[str, str]] = ()
) -> Scheme | None:
    """Return the scheme that has every first-level label; ``None`` where none is known.

    The labels decide, never the year: tables of 2025 still use the list of 2015. Where no first
    level is printed the second of ``pairs`` (first level, second level) decides. A table is mixed
    where its first levels are of several schemes, or where a cost of 2021 stands below 产出; below
    any other first level it is a mistake.
    """
    first = _known(labels.level1_of(text) for text in level1_texts if text.strip())
    distinct = dict.fromkeys(pairs)  # a first level stands beside each of its rows
    below = [(labels.level1_of(one), labels.level2_of(two)) for one, two in distinct if two.strip()]
    known = first or _known(second for _, second in below)
    if not known:
        return None
    scheme = next((s for s in _ORDER if all(s in level.categories for level in known)), None)
    if scheme is None:
        return Scheme.MIXED
    if scheme is Scheme.S2015 and any(_is_output(one) and _is_of_2021(two) for one, two in below):
        return Scheme.MIXED
    return scheme


def _known(levels: Iterable[Level | None]) -> list[Level]:
    return [level for level in levels if level is not None]


def _is_output(level: Level | None) -> bool:
    return level is not None and level.categories.get(Scheme.S2015) == _OUTPUT


def _is_of_2021(level: Level | None) -> bool:
    if level is None:
        return False
    return Scheme.S2021 in level.categories and Scheme.S2015 not in level.categories


def category(level: Level | None, scheme: Scheme | None) -> Category | None:
    """Return the concept of a level label in ``scheme``; a mixed table takes each from its own."""
    if level is None or scheme is None:
        return None
    if (own := level.categories.get(scheme)) is not None:
        return own
    if scheme is Scheme.MIXED:
        return next((level.categories[s] for s in _ORDER if s in level.categories), None)
    return level.categories.get(Scheme.S2015) if scheme is Scheme.SICHUAN else None


@lru_cache(maxsize=256)
def broader(level2: Category, scheme: Scheme | None) -> Category:
    """Return the first level of a second: the token of a second level begins with its first.

    >>> broader(Category(Scheme.S2015, "output-cost"), Scheme.S2015).token
    'output'
    """
    token = level2.token.partition("-")[0]
    if scheme is Scheme.SICHUAN:
        return Category(scheme, _SICHUAN_LEVEL1.get(token, token))
    return Category(level2.scheme, token)


class FillDown:
    """Reads the level cells of one table, row after row."""

    def __init__(self, scheme: Scheme | None, labels: Labels) -> None:
        self._scheme = scheme
        self._labels = labels
        self._level1: str | None = None
        self._level2: str | None = None
        self._was_derived = False

    def read(
        self,
        level1_cell: str,
        level2_cell: str,
        *,
        is_merged: bool = False,
        next_level1: str | None = None,
    ) -> Levels:
        """Return the levels of the next row.

        Args:
            level1_cell: the label printed in this row, or nothing.
            level2_cell: likewise of the second level.
            is_merged: whether a first-level cell from above covers the row.
            next_level1: the first-level label that is printed next below.
        """
        filled = not level1_cell.strip() or not level2_cell.strip()
        if level1_cell.strip():
            is_new = level1_cell != self._level1 and key(level1_cell) != key(self._level1 or "")
            if is_new and not self._continues(level1_cell):
                self._level2 = None  # a new first level ends the second
            self._level1 = level1_cell.strip()
        self._level2 = level2_cell.strip() or self._level2
        level2 = self._labels.level2_of(self._level2 or "")
        category2 = category(level2, self._scheme)
        level1 = self._labels.level1_of(self._level1 or "")
        category1 = category(level1, self._scheme)
        level1_text, evidence = self._level1, Evidence.FILLED_DOWN if filled else Evidence.PRINTED
        if level1_cell.strip() and self._level2 is None:
            evidence = Evidence.PRINTED
        is_open = not level1_cell.strip() and not is_merged
        self._was_derived = is_open and self._is_displaced(category1, category2, next_level1)
        if self._was_derived:
            assert category2 is not None  # a displaced label is found by the second level
            level1_text, category1 = None, broader(category2, self._scheme)
            evidence = Evidence.DERIVED
        dimension = level2.dimension if level2 else (level1.dimension if level1 else None)
        return Levels(
            level1_text=level1_text,
            level2_text=self._level2,
            level1=category1,
            level2=category2,
            dimension=dimension,
            evidence=evidence,
            level1_weight=_weight(level1_text),
            level2_weight=_weight(self._level2),
        )

    def _continues(self, level1_cell: str) -> bool:
        """Whether a first level in the middle of its block is that of the rows above it."""
        level2 = category(self._labels.level2_of(self._level2 or ""), self._scheme)
        if not self._was_derived or level2 is None:
            return False
        level1 = category(self._labels.level1_of(level1_cell), self._scheme)
        return level1 == broader(level2, self._scheme)

    def _is_displaced(
        self, inherited: Category | None, level2: Category | None, next_level1: str | None
    ) -> bool:
        """Whether the first level of this row is printed further down, or nowhere."""
        if level2 is None:
            return False
        if self._level1 is None:
            return True
        own = broader(level2, self._scheme)
        if own == inherited or next_level1 is None:
            return False
        return category(self._labels.level1_of(next_level1), self._scheme) == own


def _weight(label: str | None) -> Decimal | None:
    printed = printed_weight(label) if label and "分" in label else None
    return Decimal(printed) if printed else None
