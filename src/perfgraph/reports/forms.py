"""Report + form → bytes: the one place that knows every form of a report."""

from __future__ import annotations

from enum import StrEnum

from perfgraph.reports.report_csv import to_csv
from perfgraph.reports.report_json import to_json
from perfgraph.reports.report_junit import to_junit
from perfgraph.reports.report_markdown import to_markdown
from perfgraph.reports.report_page import to_html
from perfgraph.reports.report_sarif import to_sarif
from perfgraph.reports.report_text import to_text
from perfgraph.reports.report_workbook import to_workbook
from perfgraph.text import Language
from perfgraph.validation.report import FailOn, Report


class ReportForm(StrEnum):
    """The forms of a report (``validate --to``)."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    CSV = "csv"
    XLSX = "xlsx"
    MARKDOWN = "md"
    SARIF = "sarif"
    JUNIT = "junit"


SUFFIXES = {
    ".txt": ReportForm.TEXT,
    ".json": ReportForm.JSON,
    ".html": ReportForm.HTML,
    ".csv": ReportForm.CSV,
    ".xlsx": ReportForm.XLSX,
    ".md": ReportForm.MARKDOWN,
    ".sarif": ReportForm.SARIF,
    ".xml": ReportForm.JUNIT,
}
"""The form that the suffix of an output file names."""


def render(
    report: Report,
    form: ReportForm,
    language: Language,
    *,
    fail_on: FailOn = FailOn.VIOLATION,
    width: int = 120,
    colour: bool = False,
) -> bytes:
    """Return ``report`` in ``form``.

    Args:
        report: what validation says.
        form: the form that is wanted.
        language: of the messages; JSON has both.
        fail_on: what JUnit calls a failure.
        width: columns of the terminal table.
        colour: whether the terminal table has colours.
    """
    match form:
        case ReportForm.TEXT:
            return to_text(report, language, width=width, colour=colour).encode()
        case ReportForm.JSON:
            return to_json(report).encode()
        case ReportForm.HTML:
            return to_html(report, language).encode()
        case ReportForm.CSV:
            return to_csv(report, language)
        case ReportForm.XLSX:
            return to_workbook(report, language)
        case ReportForm.MARKDOWN:
            return to_markdown(report, language).encode()
        case ReportForm.SARIF:
            return to_sarif(report, language).encode()
        case ReportForm.JUNIT:
            return to_junit(report, language, fail_on)
