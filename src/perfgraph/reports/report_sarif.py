"""Report → SARIF 2.1.0 (OASIS), for code scanning services and editors.

A finding in a document has no line: its place is a logical location such as ``t4.r7.c5`` in the
file. A waived finding is a suppressed result with the reason as justification.
"""

from __future__ import annotations

import hashlib
import json
from urllib.parse import quote

from perfgraph.model import Finding, Severity
from perfgraph.text import Language
from perfgraph.validation.findings import rule_order
from perfgraph.validation.report import FileReport, Report
from perfgraph.version import __version__

_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def to_sarif(report: Report, language: Language) -> str:
    """Return ``report`` as JSON text with a final line end, messages in ``language``."""
    rules = _rules(report, language)
    order = {rule["id"]: index for index, rule in enumerate(rules)}
    results = [
        _result(file, finding, order, language)
        for file in report.files
        for finding in file.findings
    ]
    unread = [_notification(file, language) for file in report.files if file.error is not None]
    run = {
        "tool": {"driver": {"name": "perfgraph", "version": __version__, "rules": rules}},
        "language": "zh-CN" if language == "zh" else "en",
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(file) for file in report.files],
        "invocations": [
            {"executionSuccessful": not unread, "toolExecutionNotifications": unread},
        ],
        "results": results,
    }
    content = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _rules(report: Report, language: Language) -> list[dict[str, object]]:
    """Return each rule that was broken, with its advice, in order of the numbers."""
    advice: dict[str, str] = {}
    for file in report.files:
        for finding in file.findings:
            advice.setdefault(finding.rule, finding.fix.pick(language))
    return [{"id": rule, "help": {"text": advice[rule]}} for rule in sorted(advice, key=rule_order)]


def _artifact(file: FileReport) -> dict[str, object]:
    artifact: dict[str, object] = {"location": {"uri": _uri(file.file)}}
    if file.sha256 is not None:
        artifact["hashes"] = {"sha-256": file.sha256}
    return artifact


def _result(
    file: FileReport, finding: Finding, order: dict[object, int], language: Language
) -> dict[str, object]:
    location: dict[str, object] = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(file.file)}},
    }
    fragment = "" if finding.place is None else finding.place.fragment
    if fragment:
        location["logicalLocations"] = [{"fullyQualifiedName": fragment, "kind": "element"}]
    properties = {
        "project": finding.project,
        "indicator": finding.indicator,
        "text": finding.place_text,
        "expected": finding.expected,
        "found": finding.found,
    }
    identity = "\n".join((finding.rule, fragment, finding.project or "", finding.message.zh))
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": order[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message.pick(language)},
        "locations": [location],
        "partialFingerprints": {"finding/v1": hashlib.sha256(identity.encode()).hexdigest()[:32]},
        "properties": {name: value for name, value in properties.items() if value is not None},
    }
    if finding.waived is not None:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": finding.waived}
        ]
    return result


def _notification(file: FileReport, language: Language) -> dict[str, object]:
    assert file.error is not None
    return {
        "descriptor": {"id": file.error.code},
        "level": "error",
        "message": {"text": file.error.render(language)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(file.file)}}}],
    }


def _uri(file: str) -> str:
    """Return the relative URI of a file as the user named it.

    >>> _uri("目标 表.docx")
    '%E7%9B%AE%E6%A0%87%20%E8%A1%A8.docx'
    """
    return quote(file.replace("\\", "/"))
