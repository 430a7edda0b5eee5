"""Report → JUnit XML, for build servers: a suite a file, a case a finding.

What reaches the severity of ``--fail-on`` is a failure, what is below it a passed case with its
message as output, what is waived a skipped one; a file that was not read is an error.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from perfgraph.model import Finding
from perfgraph.reports import wording
from perfgraph.text import Language
from perfgraph.validation.report import FailOn, FileReport, Report

_NO_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


def to_junit(report: Report, language: Language, fail_on: FailOn) -> bytes:
    """Return ``report`` as UTF-8 XML; ``fail_on`` says what counts as a failure."""
    root = ET.Element("testsuites", name="perfgraph")
    for file in report.files:
        root.append(_suite(file, language, fail_on))
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _suite(file: FileReport, language: Language, fail_on: FailOn) -> ET.Element:
    suite = ET.Element("testsuite", name=_plain(file.file))
    if file.error is not None:
        case = _case(suite, file, file.error.code)
        error = ET.SubElement(case, "error", message=_plain(file.error.message.pick(language)))
        error.set("type", file.error.code)
        error.text = _plain(file.error.render(language))
    for finding in file.findings:
        _finding(suite, file, finding, language, fail_on)
    if file.error is None and not file.findings:
        _case(suite, file, wording.CLEAN.pick(language))
    counts = {
        "tests": len(suite),
        "failures": len(suite.findall("testcase/failure")),
        "errors": len(suite.findall("testcase/error")),
        "skipped": len(suite.findall("testcase/skipped")),
    }
    for name, count in counts.items():
        suite.set(name, str(count))
    return suite


def _finding(
    suite: ET.Element, file: FileReport, finding: Finding, language: Language, fail_on: FailOn
) -> None:
    where = finding.indicator or finding.project or ""
    case = _case(suite, file, f"{finding.rule} {where}".strip())
    message = _plain(finding.message.pick(language))
    place = "" if finding.place is None else str(finding.place)
    told = f"{message}\n{_plain(finding.fix.pick(language))}\n{_plain(place)}".strip()
    if finding.waived is not None:
        ET.SubElement(case, "skipped", message=_plain(finding.waived))
    elif fail_on.covers(finding.severity):
        failure = ET.SubElement(case, "failure", message=message, type=finding.severity.value)
        failure.text = told
    else:
        ET.SubElement(case, "system-out").text = told


def _case(suite: ET.Element, file: FileReport, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=_plain(file.file), name=_plain(name))


def _plain(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
