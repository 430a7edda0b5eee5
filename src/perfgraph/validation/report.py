"""Findings per file → a report: does it conform, what is in it, which exit code. No output."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from perfgraph.errors import PerfgraphError
from perfgraph.model import Finding, Severity, Table


class FailOn(StrEnum):
    """The least severity that makes a command fail (``--fail-on``)."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"

    def covers(self, severity: Severity) -> bool:
        """Whether a finding of ``severity`` makes the command fail.

        >>> FailOn.WARNING.covers(Severity.VIOLATION), FailOn.WARNING.covers(Severity.INFO)
        (True, False)
        """
        if self is FailOn.NEVER:
            return False
        return severity.rank >= Severity(self.value.capitalize()).rank


@dataclass(frozen=True, slots=True)
class FileReport:
    """What validation says about one file; ``error`` is set where it could not be read."""

    file: str
    sha256: str | None = None
    profile: str | None = None
    findings: tuple[Finding, ...] = ()
    error: PerfgraphError | None = None
    tables: tuple[Table, ...] = ()
    """The tables as read, where the report is to show them."""

    def count(self, severity: Severity) -> int:
        """Return the number of findings of ``severity`` that are not waived."""
        return sum(f.severity is severity and f.waived is None for f in self.findings)


@dataclass(frozen=True, slots=True)
class Report:
    """The reports of all files of one command, in the order of the command line."""

    files: tuple[FileReport, ...]

    @property
    def conforms(self) -> bool:
        """Whether every file was read and none has a violation that is not waived."""
        return all(
            file.error is None and file.count(Severity.VIOLATION) == 0 for file in self.files
        )

    @property
    def summary(self) -> dict[str, int]:
        """The number of files, and of findings by severity (waived ones are not counted)."""
        counts = Counter(
            finding.severity
            for file in self.files
            for finding in file.findings
            if finding.waived is None
        )
        return {"files": len(self.files)} | {
            severity.value: counts[severity] for severity in Severity
        }

    @property
    def waived(self) -> int:
        """The number of findings that are waived."""
        return sum(one.waived is not None for file in self.files for one in file.findings)

    def exit_code(self, fail_on: FailOn = FailOn.VIOLATION) -> int:
        """Return 0, 1 or 2.

        0: nothing at or above ``fail_on``. 1: something is, or some file of a batch failed.
        2: nothing could be read.
        """
        failed = [file for file in self.files if file.error is not None]
        if failed and len(failed) == len(self.files):
            return 2
        if failed:
            return 1
        return int(
            any(
                finding.waived is None and fail_on.covers(finding.severity)
                for file in self.files
                for finding in file.findings
            )
        )
