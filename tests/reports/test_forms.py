"""Every form of a report tells every finding, in the language asked for, and breaks on no text."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

import perfgraph
from perfgraph.cli import main
from perfgraph.model import Finding, Severity
from perfgraph.reports import SUFFIXES, ReportForm, render
from perfgraph.text import LANGUAGES, Language, Text
from perfgraph.validation import FailOn, FileReport, Report, Waiver, with_waivers
from tests.reports.test_report import UNREADABLE, finding

FOUND = finding(Severity.VIOLATION)
NASTY = '=1+1|<script>alert("x")</script>&\n*a*_b_`c`'


@pytest.fixture(scope="module")
def seed_report(seed: Path) -> Report:
    return perfgraph.validate(seed)


def report(*findings: Finding) -> Report:
    unread = FileReport("b.txt", error=UNREADABLE)
    return Report((FileReport("a.docx", "ab" * 32, "cn-2015", findings), unread))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("form", ReportForm)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_report_gives_the_same_bytes(
    seed_report: Report, form: ReportForm, language: Language
) -> None:
    assert render(seed_report, form, language) == render(seed_report, form, language)


@pytest.mark.parametrize("form", sorted(set(ReportForm) - {ReportForm.XLSX, ReportForm.TEXT}))
def test_every_message_of_the_seed_is_there(seed_report: Report, form: ReportForm) -> None:
    told = html_text(render(seed_report, form, "zh").decode("utf-8-sig"))
    for one in seed_report.files[0].findings:
        assert one.message.zh in told
        assert one.rule in told


def html_text(text: str) -> str:
    return text.replace("&#34;", '"').replace("\\", "")


def test_csv_has_a_row_for_each_finding_and_for_a_file_that_was_not_read() -> None:
    first, last = rows(render(report(FOUND), ReportForm.CSV, "en"))
    assert (first["rule"], first["severity"], first["table"]) == ("C14", "Violation", "1")
    assert (first["row"], first["column"], first["text"]) == ("3", "5", "10.00")
    assert first["message"] == FOUND.message.en
    assert (last["file"], last["rule"], last["message"]) == (
        "b.txt",
        UNREADABLE.code,
        UNREADABLE.message.en,
    )


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_csv_gives_every_text_back(text: str) -> None:
    (row, _) = rows(render(report(replace(FOUND, place_text=text)), ReportForm.CSV, "zh"))
    assert row["text"].replace("\r\n", "\n") == text.replace("\r\n", "\n")


def test_the_workbook_has_sums_and_findings_and_no_formula() -> None:
    content = render(report(replace(FOUND, place_text=NASTY)), ReportForm.XLSX, "zh")
    book = openpyxl.load_workbook(io.BytesIO(content))
    files, findings = (list(sheet.values) for sheet in book.worksheets)
    assert files[1] == ("a.docx", "已校验", 1, 0, 0, 0)
    assert files[2][:2] == ("b.txt", "文件是空的")
    named = dict(zip(findings[0], findings[1], strict=True))
    assert (named["级别"], named["规则"], named["表"]) == ("必改", "C14", 1)
    assert named["原文"] == NASTY
    assert all(cell.data_type != "f" for row in book.worksheets[1].iter_rows() for cell in row)


def test_markdown_shows_text_as_it_is() -> None:
    told = render(report(replace(FOUND, indicator=NASTY)), ReportForm.MARKDOWN, "zh").decode()
    (line,) = [line for line in told.splitlines() if line.startswith("| 必改 ")]
    assert line.count(" | ") == 4
    assert "\\<script\\>" in line
    assert "\\*a\\*" in line


def test_sarif_names_rule_level_file_and_cell() -> None:
    marked = with_waivers(
        report(FOUND, finding(Severity.INFO, "C13")),
        [Waiver("C13", FOUND.project or "", "已核", date(2099, 1, 1))],
        date(2026, 1, 1),
    )
    log = json.loads(render(marked, ReportForm.SARIF, "en"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["C13", "C14"]
    failed, waived = run["results"]
    assert (failed["ruleId"], failed["level"]) == ("C14", "error")
    assert rules[failed["ruleIndex"]] == "C14"
    (location,) = failed["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "a.docx"
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "t1.r3.c5"
    assert "suppressions" not in failed
    assert waived["suppressions"][0]["justification"] == "已核"
    (unread,) = run["invocations"][0]["toolExecutionNotifications"]
    assert unread["descriptor"]["id"] == UNREADABLE.code
    assert run["invocations"][0]["executionSuccessful"] is False


def test_sarif_tells_two_findings_apart_and_the_same_one_again() -> None:
    other = replace(FOUND, message=Text(zh="另一", en="another"))
    results = json.loads(render(report(FOUND, other), ReportForm.SARIF, "zh"))["runs"][0]["results"]
    prints = [result["partialFingerprints"]["finding/v1"] for result in results]
    again = json.loads(render(report(other, FOUND), ReportForm.SARIF, "en"))["runs"][0]["results"]
    assert len(set(prints)) == 2
    assert [one["partialFingerprints"]["finding/v1"] for one in again] == prints[::-1]


@pytest.mark.parametrize(
    ("fail_on", "failures"),
    [(FailOn.VIOLATION, 1), (FailOn.WARNING, 1), (FailOn.INFO, 2), (FailOn.NEVER, 0)],
)
def test_junit_fails_what_the_command_fails(fail_on: FailOn, failures: int) -> None:
    one = report(FOUND, finding(Severity.INFO, "C13"), finding(Severity.INFO, "C18", waived="已核"))
    root = ET.fromstring(render(one, ReportForm.JUNIT, "zh", fail_on=fail_on))
    counts = {name: int(root.get(name, "")) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": 4, "failures": failures, "errors": 1, "skipped": 1}
    assert [suite.get("name") for suite in root] == ["a.docx", "b.txt"]


@given(st.text(max_size=30))
def test_junit_is_xml_whatever_the_document_prints(text: str) -> None:
    ET.fromstring(render(report(replace(FOUND, indicator=text)), ReportForm.JUNIT, "zh"))


def test_the_page_marks_the_faulty_cells_of_the_tables(seed: Path, seed_report: Report) -> None:
    page = html.fromstring(render(seed_report, ReportForm.HTML, "zh").decode())
    assert len(page.xpath("//li[contains(@class, 'info')]")) == 38
    (cell,) = page.xpath("//td[@id='f1-t3.r21.c5']")
    assert cell.get("class") == "warning"
    assert "C08" in cell.text_content()
    (link,) = page.xpath("//li[contains(@class, 'warning')]/a")
    assert link.get("href") == "#f1-t3.r21.c5"
    anchors = set(page.xpath("//@id"))
    assert all(target[1:] in anchors for target in page.xpath("//a/@href"))


def test_the_page_runs_no_script_and_asks_for_no_file() -> None:
    text = render(
        report(replace(FOUND, found=NASTY, project=NASTY)), ReportForm.HTML, "zh"
    ).decode()
    page = html.fromstring(text)
    assert not page.xpath("//script | //link | //img | //iframe | //@src")
    assert "default-src 'none'" in text
    assert NASTY.splitlines()[0] in page.text_content()


def test_a_file_that_was_not_read_stands_in_the_page_with_its_reason() -> None:
    page = html.fromstring(render(report(), ReportForm.HTML, "zh").decode())
    (told,) = page.xpath("//p[@class='error']")
    assert UNREADABLE.message.zh in told.text_content()
    assert UNREADABLE.code in told.text_content()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_suffix_of_the_output_is_the_form(tmp_path: Path, seed: Path, suffix: str) -> None:
    target = tmp_path / f"report{suffix}"
    result = CliRunner().invoke(main, ["--lang", "zh", "validate", str(seed), "-o", str(target)])
    assert result.exit_code == 0
    named = CliRunner().invoke(
        main, ["--lang", "zh", "validate", str(seed), "--to", SUFFIXES[suffix].value]
    )
    assert named.stdout_bytes == target.read_bytes()
