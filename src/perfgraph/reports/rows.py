"""Report → rows for a table: one a finding, and one for a file without any; no form yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from perfgraph.model import Finding
from perfgraph.reports import wording
from perfgraph.text import Language, Text
from perfgraph.validation.report import FileReport, Report

Value = str | int | None

COLUMNS = (
    ("file", Text(zh="文件", en="File")),
    ("severity", Text(zh="级别", en="Severity")),
    ("rule", Text(zh="规则", en="Rule")),
    ("project", Text(zh="项目", en="Project")),
    ("indicator", Text(zh="指标", en="Indicator")),
    ("message", Text(zh="问题", en="Problem")),
    ("fix", Text(zh="如何改进", en="What to do")),
    ("text", Text(zh="原文", en="Printed text")),
    ("expected", Text(zh="应为", en="Expected")),
    ("found", Text(zh="实为", en="Found")),
    ("sheet", Text(zh="工作表", en="Sheet")),
    ("page", Text(zh="页", en="Page")),
    ("table", Text(zh="表", en="Table")),
    ("row", Text(zh="行", en="Row")),
    ("column", Text(zh="列", en="Column")),
    ("waived", Text(zh="豁免理由", en="Waived because")),
    ("profile", Text(zh="规则集", en="Profile")),
)
"""Name and heading of each column; the names head the CSV, the headings the workbook."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a value for each of ``COLUMNS``, and the finding that it tells, if it is one."""

    values: tuple[Value, ...]
    finding: Finding | None


def lines(report: Report, language: Language) -> Iterator[Line]:
    """Yield the rows of ``report`` in its order; a file that was not read has its error."""
    for file in report.files:
        for finding in file.findings:
            yield _line(file, finding, language)
        if file.error is not None:
            error = file.error
            advice = "" if error.advice is None else error.advice.pick(language)
            yield _about(file, error.code, error.message.pick(language), advice)
        elif not file.findings:
            yield _about(file, "", wording.CLEAN.pick(language), "")


def _line(file: FileReport, finding: Finding, language: Language) -> Line:
    place = finding.place
    values: dict[str, Value] = {
        "file": file.file,
        "severity": finding.severity.value,
        "rule": finding.rule,
        "project": finding.project,
        "indicator": finding.indicator,
        "message": finding.message.pick(language),
        "fix": finding.fix.pick(language),
        "text": finding.place_text,
        "expected": finding.expected,
        "found": finding.found,
        "waived": finding.waived,
        "profile": file.profile,
    }
    if place is not None:
        values |= {
            name: getattr(place, name) for name in ("sheet", "page", "table", "row", "column")
        }
    return Line(tuple(values.get(name) for name, _ in COLUMNS), finding)


def _about(file: FileReport, rule: str, message: str, fix: str) -> Line:
    values = {
        "file": file.file,
        "rule": rule,
        "message": message,
        "fix": fix,
        "profile": file.profile,
    }
    return Line(tuple(values.get(name) for name, _ in COLUMNS), None)
