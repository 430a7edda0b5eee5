"""Level labels of indicator rows → categories and dimension, with empty cells filled down.

A merged cell is printed once: below it the cell is empty. What is filled down is marked, because
rules about labels judge printed ones only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from perfgraph.model import Category, Dimension, Evidence, Scheme
from perfgraph.records.labels import Labels, key


@dataclass(frozen=True, slots=True)
class Levels:
    """The two levels of one row: the labels, and what they mean in the table's scheme."""

    level1_text: str | None
    level2_text: str | None
    level1: Category | None
    level2: Category | None
    dimension: Dimension | None
    evidence: Evidence


def find_scheme(level1_texts: Iterable[str], labels: Labels) -> Scheme | None:
    """Return the scheme that has every first-level label; ``None`` where none has.

    The labels decide, never the year: tables of 2025 still use the list of 2015.
    """
    printed = {key(text) for text in level1_texts if text.strip()}
    known = [labels.level1[label] for label in printed if label in labels.level1]
    for scheme in Scheme:
        if known and all(scheme in level.categories for level in known):
            return scheme
    return None


class FillDown:
    """Reads the level cells of one table, row after row."""

    def __init__(self, scheme: Scheme | None, labels: Labels) -> None:
        self._scheme = scheme
        self._labels = labels
        self._level1: str | None = None
        self._level2: str | None = None

    def read(self, level1_cell: str, level2_cell: str) -> Levels:
        """Return the levels of the next row."""
        filled = not level1_cell.strip() or not level2_cell.strip()
        if level1_cell.strip():
            if key(level1_cell) != key(self._level1 or ""):
                self._level2 = None  # a new first level ends the second
            self._level1 = level1_cell.strip()
        self._level2 = level2_cell.strip() or self._level2
        level1 = self._labels.level1.get(key(self._level1 or ""))
        level2 = self._labels.level2.get(key(self._level2 or ""))
        if level1_cell.strip() and self._level2 is None:
            filled = False
        return Levels(
            level1_text=self._level1,
            level2_text=self._level2,
            level1=level1.categories.get(self._scheme) if level1 and self._scheme else None,
            level2=level2.categories.get(self._scheme) if level2 and self._scheme else None,
            dimension=level2.dimension if level2 else None,
            evidence=Evidence.FILLED_DOWN if filled else Evidence.PRINTED,
        )
