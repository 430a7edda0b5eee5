"""What is waived stays in the report, marked; what has expired counts again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from perfgraph.cli import main
from perfgraph.model import Finding, Severity
from perfgraph.reports import to_text
from perfgraph.validation import (
    BadWaiversError,
    FailOn,
    Waiver,
    load_waivers,
    with_waivers,
)
from tests.reports.test_report import finding, report

TODAY = date(2026, 11, 26)
HEAD = "rule,project,reason,expires\n"
FOUND = finding(Severity.VIOLATION)
WAIVER = Waiver("C14", FOUND.project or "", "财政局已核", date(2026, 12, 31))


def test_a_waived_finding_stays_marked_and_does_not_fail() -> None:
    marked = with_waivers(report(FOUND), [WAIVER], TODAY)
    assert marked.files[0].findings == (replace(FOUND, waived="财政局已核"),)
    assert marked.conforms
    assert marked.exit_code(FailOn.INFO) == 0
    assert marked.summary == {"files": 1, "Violation": 0, "Warning": 0, "Info": 0}
    assert marked.waived == 1


@pytest.mark.parametrize(("day", "codes"), [(31, 0), (32, 1)])
def test_the_last_day_still_counts_and_the_next_does_not(day: int, codes: int) -> None:
    today = date.fromordinal(date(2026, 12, 1).toordinal() + day - 1)
    assert with_waivers(report(FOUND), [WAIVER], today).exit_code() == codes


@pytest.mark.parametrize(
    "other",
    [
        replace(FOUND, rule="C15a"),
        replace(FOUND, project="别的项目"),
        replace(FOUND, project=None),
    ],
)
def test_a_waiver_covers_its_rule_and_project_only(other: Finding) -> None:
    assert with_waivers(report(other), [WAIVER], TODAY) == report(other)


def test_a_waiver_with_an_indicator_covers_that_one_only() -> None:
    narrow = replace(WAIVER, indicator="公众号信息 发布系统运维服务验收合格率")
    other = replace(FOUND, indicator="别的指标")
    marked = with_waivers(report(FOUND, other), [narrow], TODAY)
    assert [one.waived for one in marked.files[0].findings] == ["财政局已核", None]


def test_the_table_says_what_is_waived_and_why() -> None:
    marked = with_waivers(report(FOUND), [WAIVER], TODAY)
    zh = "".join(to_text(marked, "zh").split())
    assert "豁免" in zh
    assert "另有1项已豁免" in zh
    assert "财政局已核" in zh
    assert "核对金额" not in zh  # advice on what is waived would mislead
    assert "1 more are waived" in to_text(marked, "en")


@pytest.mark.parametrize(
    ("content", "place", "says"),
    [
        ("rule,project,reason\n", "w.csv", "'expires'"),
        (HEAD + "C14,,因故,2026-12-31\n", "w.csv#r2", "project"),
        (HEAD + "C14,甲,因故,2026/12/31\n", "w.csv#r2", "2026/12/31"),
        (HEAD + "C14,甲,因故,2026-12-31\nC14,乙,因故\n", "w.csv#r3", "''"),
        (None, "w.csv", "No such file"),
    ],
)
def test_a_wrong_file_is_told_with_row_and_reason(
    tmp_path: Path, content: str | None, place: str, says: str
) -> None:
    file = tmp_path / "w.csv"
    if content is not None:
        file.write_text(content, "utf-8")
    with pytest.raises(BadWaiversError) as caught:
        load_waivers(file)
    assert str(caught.value.place) == place
    assert says in caught.value.message.en


def test_the_command_marks_what_the_list_waives(tmp_path: Path, seed: Path) -> None:
    file = tmp_path / "w.csv"
    project = "人才专项（人才引进和积分落户工作经费）"
    rows = f"C08,{project},长期业务,2099-12-31\nC26,{project},长期业务,2020-01-01\n"
    file.write_text(HEAD + rows, "utf-8-sig")
    words = ["--lang", "en", "validate", str(seed), "--waivers", str(file), "--fail-on", "warning"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0
    assert "0 warning(s), 38 info(s)" in result.stdout
    assert "1 more are waived" in result.stdout
    assert "expired on 2020-01-01" in result.stderr
