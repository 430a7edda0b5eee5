"""Report → an Excel workbook: a sheet with the sums of each file, a sheet with every finding.

No cell is a formula, whatever the document prints.
"""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from perfgraph.model import Finding, Severity
from perfgraph.reports import wording
from perfgraph.reports.rows import COLUMNS, Value, lines
from perfgraph.text import Language, Text
from perfgraph.validation.report import Report

_FINDINGS = Text(zh="问题", en="Findings")
_FILES = Text(zh="文件", en="Files")
_STATE = Text(zh="情况", en="State")
_READ = Text(zh="已校验", en="checked")
_LONGEST = 32_767
_WIDTHS = {"message": 50, "fix": 40, "project": 30, "indicator": 30, "text": 24, "file": 24}
_COLOURS = {Severity.VIOLATION: "#f4c7c3", Severity.WARNING: "#fce8b2", Severity.INFO: "#d6e4f5"}
_MADE = datetime(2000, 1, 1)
"""The day that the file says it was made on: the same report gives the same bytes."""


def to_workbook(report: Report, language: Language) -> bytes:
    """Return ``report`` as ``.xlsx``, its words in ``language``."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"created": _MADE})
    head = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    colours = {
        severity: book.add_format({"bg_color": colour, "valign": "top"})
        for severity, colour in _COLOURS.items()
    }
    _files(book.add_worksheet(_FILES.pick(language)), report, language, head)
    sheet = book.add_worksheet(_FINDINGS.pick(language))
    for column, (name, heading) in enumerate(COLUMNS):
        sheet.set_column(column, column, _WIDTHS.get(name, 10))
        sheet.write_string(0, column, heading.pick(language), head)
    last = 0
    for last, line in enumerate(lines(report, language), 1):
        for column, value in enumerate(line.values):
            form = text
            if COLUMNS[column][0] == "severity" and line.finding is not None:
                value, form = _weight(line.finding, language, colours, text)
            _write(sheet, last, column, value, form)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    book.close()
    return file.getvalue()


def _weight(
    finding: Finding, language: Language, colours: dict[Severity, Format], plain: Format
) -> tuple[str, Format]:
    form = plain if finding.waived is not None else colours[finding.severity]
    return wording.severity(finding).pick(language), form


def _files(sheet: Worksheet, report: Report, language: Language, head: Format) -> None:
    headings = [_FILES, _STATE, *wording.SEVERITIES.values(), wording.WAIVED]
    sheet.set_column(0, 1, 40)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading.pick(language), head)
    for row, file in enumerate(report.files, 1):
        state = _READ if file.error is None else file.error.message
        sheet.write_string(row, 0, file.file)
        sheet.write_string(row, 1, state.pick(language))
        counts = [file.count(severity) for severity in wording.SEVERITIES]
        counts.append(sum(finding.waived is not None for finding in file.findings))
        for column, count in enumerate(counts, 2):
            sheet.write_number(row, column, count)
    sheet.freeze_panes(1, 0)


def _write(sheet: Worksheet, row: int, column: int, value: Value, form: Format) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value, form)
    elif value:
        sheet.write_string(row, column, value[:_LONGEST], form)
