"""A finding: what is wrong, where, by which rule, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from perfgraph.model.places import Place
from perfgraph.text import Text


class Severity(StrEnum):
    """How much a finding weighs: 必填 Violation, 建议 Warning, 提示 Info."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"

    @property
    def rank(self) -> int:
        """3 for a violation, 2 for a warning, 1 for an info."""
        return {"Violation": 3, "Warning": 2, "Info": 1}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of reading or of validation; the fields are those of ``validate --to json``."""

    rule: str
    severity: Severity
    message: Text
    fix: Text
    place: Place | None = None
    place_text: str | None = None
    project: str | None = None
    indicator: str | None = None
    expected: str | None = None
    found: str | None = None
    waived: str | None = None
