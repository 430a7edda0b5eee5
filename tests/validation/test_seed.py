"""The real document, from file to findings: exactly what is to be said, and faults put into it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from perfgraph.conversion import Conversion, convert
from perfgraph.model import Finding, Place, Severity
from perfgraph.reports import to_json, to_text
from perfgraph.validation import (
    FileReport,
    Report,
    data_graph,
    validate_by_scheme,
)

FILE = "tianjin-353215-2025-targets.txt"


def review(conversion: Conversion) -> FileReport:
    profile, findings = validate_by_scheme(data_graph(conversion.quads()))
    return FileReport(conversion.document.file, conversion.document.sha256, profile, findings)


@pytest.fixture(scope="module")
def reviewed(seed: Path) -> FileReport:
    return review(convert(seed))


def test_real_document_has_exactly_39_findings(reviewed: FileReport) -> None:
    counts = Counter((f.rule, f.severity, f.place and f.place.table) for f in reviewed.findings)
    assert counts == {
        ("C18", Severity.INFO, 1): 6,
        ("C18", Severity.INFO, 2): 6,
        ("C18", Severity.INFO, 3): 18,
        ("C18", Severity.INFO, 4): 6,
        ("C13", Severity.INFO, 2): 1,
        ("C26", Severity.INFO, 3): 1,
        ("C08", Severity.WARNING, 3): 1,
    }
    assert len(reviewed.findings) == 39
    assert Report((reviewed,)).exit_code() == 0
    assert reviewed.profile == "cn-2015"
    assert reviewed.file == FILE


def test_findings_of_the_real_document_stand_at_their_cells(reviewed: FileReport) -> None:
    found = {f.rule: f for f in reviewed.findings if f.rule != "C18"}
    assert found["C13"].place == Place(FILE, table=2, row=12, column=5)
    assert found["C13"].place_text == "100%"
    assert found["C13"].indicator == "国家荣誉称号获得者满意度"
    assert found["C08"].project == "人才专项（人才引进和积分落户工作经费）"
    assert found["C08"].place_text is not None
    assert found["C08"].place_text.startswith("按月做好来访人员积分业务咨询受理")
    assert found["C26"].place_text is not None
    assert found["C26"].place_text.startswith("1.通过聘请第三方")
    last = reviewed.findings[-1]
    assert last.rule == "C18"
    assert last.place == Place(FILE, table=4, row=12, column=4)
    assert last.place_text == "享受特别津贴政策院士满意度"


@pytest.mark.parametrize(
    ("printed", "changed", "rule", "severity", "table"),
    [
        ("≤61万元", "≤161万元", "C15a", Severity.VIOLATION, 3),
        ("≤61万元", "≤31万元", "C15a", Severity.INFO, 3),
        ("≤61万元", "≥61万元", "C11", Severity.WARNING, 3),
        ("5000元/人/月", "6000元/人/月", "C15b", Severity.WARNING, 4),
        ("1万元/月", "2万元/月", "C15b", Severity.WARNING, 2),
        ("≥37人", "≥**人", "C10", Severity.VIOLATION, 4),
        ("≥37人", "≥37", "C09", Severity.WARNING, 4),
        ("≥37人", "无", "C28", Severity.WARNING, 4),
        ("≥80%", "290%", "C12", Severity.WARNING, 3),
        ("≥80%", "≥180%", "C12", Severity.VIOLATION, 3),
        ("≥95%\n", "≥75%\n", "C13", Severity.WARNING, 3),
        ("2025年1月至2025年12月", "2025年1月至2026年12月", "C16", Severity.WARNING, 1),
        ("社会效益指标", "经济成本指标", "C06", Severity.VIOLATION, 1),
    ],
)
def test_fault_put_into_the_document_is_found(
    seed: Path,
    tmp_path: Path,
    printed: str,
    changed: str,
    rule: str,
    severity: Severity,
    table: int,
) -> None:
    def said(finding: Finding) -> bool:
        place = finding.place
        return (finding.rule, finding.severity, place and place.table) == (rule, severity, table)

    text = seed.read_text(encoding="utf-8")
    assert printed in text
    assert not any(said(finding) for finding in review(convert(seed)).findings)
    spoilt = tmp_path / FILE
    spoilt.write_text(text.replace(printed, changed, 1), encoding="utf-8", newline="")
    assert any(said(finding) for finding in review(convert(spoilt, year=2025)).findings)


def test_same_document_gives_the_same_report(seed: Path, reviewed: FileReport) -> None:
    again = Report((review(convert(seed)),))
    assert to_json(again) == to_json(Report((reviewed,)))
    assert to_text(again, "zh") == to_text(Report((reviewed,)), "zh")


def test_reviewer_reads_every_finding_with_rule_project_indicator_and_place(
    reviewed: FileReport,
) -> None:
    text = to_text(Report((reviewed,)), "zh", width=140)
    for project in {finding.project for finding in reviewed.findings}:
        assert f"项目：{project}" in text
    for rule, count in {"C18": 36, "C13": 1, "C26": 1, "C08": 1}.items():
        assert sum(f"│ {rule}" in line for line in text.splitlines()) == count
    assert "表3第21行第5列" in text
    assert "共1个文件：必改0项，建议1项，提示38项。" in text
