"""Report → the JSON of ``validate --to json``: same report, same bytes."""

from __future__ import annotations

import json

from perfgraph.errors import PerfgraphError
from perfgraph.model import Finding
from perfgraph.text import Text
from perfgraph.validation.report import FileReport, Report


def to_json(report: Report) -> str:
    """Return ``report`` as JSON text, indented, with a final line end."""
    content = {
        "conforms": report.conforms,
        "files": [_file(file) for file in report.files],
        "summary": report.summary,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _file(file: FileReport) -> dict[str, object]:
    return {
        "file": file.file,
        "sha256": file.sha256,
        "profile": file.profile,
        "error": None if file.error is None else _error(file.error),
        "findings": [_finding(finding) for finding in file.findings],
    }


def _error(error: PerfgraphError) -> dict[str, object]:
    return {
        "code": error.code,
        "message": _text(error.message),
        "advice": None if error.advice is None else _text(error.advice),
        "place": None if error.place is None else str(error.place),
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": _text(finding.message),
        "fix": _text(finding.fix),
        "project": finding.project,
        "indicator": finding.indicator,
        "place": _place(finding),
        "expected": finding.expected,
        "found": finding.found,
        "waived": finding.waived,
    }


def _place(finding: Finding) -> dict[str, object] | None:
    place = finding.place
    if place is None:
        return None
    return {
        "table": place.table,
        "sheet": place.sheet,
        "page": place.page,
        "row": place.row,
        "column": place.column,
        "text": finding.place_text,
    }


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
