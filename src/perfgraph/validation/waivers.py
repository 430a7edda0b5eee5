"""A reviewed list of waivers + a report → the report with waived findings marked.

A waiver (豁免) says that a rule does not hold for a project, why, and until when. What it covers
stays in the report, marked with the reason; after the last day it counts again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from perfgraph.model import Finding, Place
from perfgraph.records import reviewed, same_name
from perfgraph.text import Text
from perfgraph.validation.errors import BadWaiversError
from perfgraph.validation.report import FileReport, Report

COLUMNS = ("rule", "project", "reason", "expires")
"""The columns that a file of waivers must have; ``indicator`` may stand beside them."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """One row: the rule, the project (and indicator) that it need not hold for, why, how long."""

    rule: str
    project: str
    reason: str
    expires: date
    indicator: str | None = None

    def covers(self, finding: Finding, today: date) -> bool:
        """Return whether the finding is waived on ``today``; the last day still counts."""
        if today > self.expires or finding.rule != self.rule or finding.project is None:
            return False
        if same_name(finding.project) != same_name(self.project):
            return False
        if self.indicator is None:
            return True
        return finding.indicator is not None and same_name(finding.indicator) == same_name(
            self.indicator
        )


def load_waivers(path: Path) -> tuple[Waiver, ...]:
    """Return the waivers in the CSV file at ``path``, in their order.

    Raises:
        BadWaiversError: the file is missing, is no UTF-8 CSV with these columns, or a row lacks
            its rule, project, reason or day.
    """
    return tuple(
        _waiver(place, cells) for place, cells in reviewed.rows(path, COLUMNS, BadWaiversError)
    )


def with_waivers(report: Report, waivers: Sequence[Waiver], today: date) -> Report:
    """Return ``report`` with the reason beside every finding that is waived on ``today``."""
    if not waivers:
        return report
    return Report(tuple(_marked(file, waivers, today) for file in report.files))


def _marked(file: FileReport, waivers: Sequence[Waiver], today: date) -> FileReport:
    findings = tuple(
        replace(finding, waived=next((w.reason for w in waivers if w.covers(finding, today)), None))
        for finding in file.findings
    )
    return replace(file, findings=findings)


def _waiver(place: Place, cells: Mapping[str, str]) -> Waiver:
    rule, project, reason, expires = (cells[name] for name in COLUMNS)
    if not (rule and project and reason):
        raise BadWaiversError(
            place,
            Text(zh="规则、项目和理由缺一不可", en="a row needs a rule, a project and a reason"),
        )
    try:
        last = date.fromisoformat(expires)
    except ValueError as error:
        raise BadWaiversError(
            place,
            Text(
                zh=f"到期日“{expires}”不是 2026-12-31 这样的日期",
                en=f"'{expires}' is no day like 2026-12-31",
            ),
        ) from error
    return Waiver(rule, project, reason, last, cells.get("indicator") or None)
