"""Reports: exit codes, the JSON others rely on, the table a reviewer reads."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from perfgraph.errors import SourceError
from perfgraph.model import Finding, Place, Severity
from perfgraph.reports import to_json, to_text
from perfgraph.text import LANGUAGES, Language, Text
from perfgraph.validation import FailOn, FileReport, Report
from perfgraph.wrapping import wrap

UNREADABLE = SourceError(
    Text(zh="文件是空的", en="the file is empty"),
    advice=Text(zh="核对文件", en="check the file"),
    place=Place("b.txt"),
)


def finding(severity: Severity, rule: str = "C14", waived: str | None = None) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        message=Text(zh="预算数为10元，合计为12元。", en="The budget is 10 yuan, the sum is 12."),
        fix=Text(zh="核对金额。", en="Check the amounts."),
        place=Place("a.docx", table=1, row=3, column=5),
        place_text="10.00",
        project="院士特别津贴和授衔专家津贴",
        indicator="公众号信息发布系统运维服务验收合格率",
        expected="12",
        found="10",
        waived=waived,
    )


def report(*findings: Finding) -> Report:
    return Report((FileReport("a.docx", "ab" * 32, "cn-2015", findings),))


@pytest.mark.parametrize(
    ("worst", "codes"),
    [
        (None, (0, 0, 0, 0)),
        (Severity.INFO, (0, 0, 1, 0)),
        (Severity.WARNING, (0, 1, 1, 0)),
        (Severity.VIOLATION, (1, 1, 1, 0)),
    ],
)
def test_exit_code_follows_the_worst_finding(
    worst: Severity | None, codes: tuple[int, ...]
) -> None:
    one = report() if worst is None else report(finding(Severity.INFO), finding(worst))
    assert tuple(one.exit_code(fail_on) for fail_on in FailOn) == codes


def test_waived_finding_neither_fails_nor_counts() -> None:
    waived = report(finding(Severity.VIOLATION, waived="已批准"))
    assert waived.exit_code() == 0
    assert waived.conforms
    assert waived.summary["Violation"] == 0


def test_exit_code_is_1_when_one_file_of_a_batch_failed_and_2_when_all_did() -> None:
    good, bad = FileReport("a.docx"), FileReport("b.txt", error=UNREADABLE)
    assert Report((good, bad)).exit_code(FailOn.NEVER) == 1
    assert Report((bad,)).exit_code(FailOn.NEVER) == 2
    assert not Report((good, bad)).conforms


def test_json_is_the_form_that_others_rely_on() -> None:
    one = report(finding(Severity.VIOLATION), finding(Severity.INFO, "C18"))
    item = {
        "rule": "C14",
        "severity": "Violation",
        "message": {
            "zh": "预算数为10元，合计为12元。",
            "en": "The budget is 10 yuan, the sum is 12.",
        },
        "fix": {"zh": "核对金额。", "en": "Check the amounts."},
        "project": "院士特别津贴和授衔专家津贴",
        "indicator": "公众号信息发布系统运维服务验收合格率",
        "place": {
            "table": 1,
            "sheet": None,
            "page": None,
            "row": 3,
            "column": 5,
            "text": "10.00",
        },
        "expected": "12",
        "found": "10",
        "waived": None,
    }
    expected = {
        "conforms": False,
        "files": [
            {
                "file": "a.docx",
                "sha256": "ab" * 32,
                "profile": "cn-2015",
                "error": None,
                "findings": [item, item | {"rule": "C18", "severity": "Info"}],
            }
        ],
        "summary": {"files": 1, "Violation": 1, "Warning": 0, "Info": 1},
    }
    text = to_json(one)
    assert json.loads(text) == expected
    assert list(json.loads(text)["files"][0]["findings"][0]) == list(item)
    assert text == to_json(one)
    assert text.endswith("}\n")


def test_json_tells_why_a_file_could_not_be_read() -> None:
    one = Report((FileReport("b.txt", error=UNREADABLE),))
    content = json.loads(to_json(one))
    assert content["conforms"] is False
    assert content["files"][0]["error"] == {
        "code": "PG100",
        "message": {"zh": "文件是空的", "en": "the file is empty"},
        "advice": {"zh": "核对文件", "en": "check the file"},
        "place": "b.txt",
    }
    assert content["files"][0]["findings"] == []


def test_table_names_severity_rule_project_indicator_place_and_problem() -> None:
    text = to_text(report(finding(Severity.VIOLATION)), "zh", width=120)
    for part in (
        *("文件：a.docx（规则集 cn-2015）", "项目：院士特别津贴和授衔专家津贴", "级别", "必改"),
        *("C14", "表1第3行第5列", "预算数为10元，合计为12元。", "核对金额。"),
        "共1个文件：必改1项，建议0项，提示0项。",
    ):
        assert part in text
    english = to_text(report(finding(Severity.VIOLATION)), "en", width=120)
    for part in ("Violation", "table 1, row 3, col. 5", "Check the amounts.", "1 violation(s)"):
        assert part in english


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [72, 80, 100, 140])
def test_lines_of_a_table_are_equally_wide_with_chinese_in_them(
    language: Language, width: int
) -> None:
    one = report(finding(Severity.VIOLATION), finding(Severity.INFO))
    text = to_text(one, language, width=width)
    box = [line for line in text.splitlines() if line.startswith(("┌", "│", "├", "└"))]
    assert len(box) > 4
    assert {cell_len(line) for line in box} == {width}


@pytest.mark.parametrize("width", [72, 100])
def test_no_word_of_a_finding_is_cut_off(width: int) -> None:
    text = to_text(report(finding(Severity.VIOLATION)), "zh", width=width)
    squeezed = "".join(
        line.split("│")[3].strip() for line in text.splitlines() if line.count("│") == 6
    )
    assert "公众号信息发布系统运维服务验收合格率" in squeezed
    assert "…" not in text


@given(st.text(alphabet="绩效目标，。“”（）90% ab", max_size=60), st.integers(4, 30))
def test_wrapping_keeps_every_character_within_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


def test_no_line_begins_with_a_closing_mark() -> None:
    text = "指标“荣誉津贴发放准确率”的描述与名称相同，没有说明含义和计算方法。"
    for width in range(8, 70):
        assert not [line for line in wrap(text, width) if line.startswith(("，", "。", "”"))]
        assert not [line for line in wrap(text, width) if line.endswith("“")]


def test_colour_codes_appear_only_when_asked_for() -> None:
    one = report(finding(Severity.VIOLATION))
    assert "\x1b[" not in to_text(one, "zh")
    assert "\x1b[" in to_text(one, "zh", colour=True)


def test_advice_on_a_rule_is_given_once() -> None:
    text = to_text(report(finding(Severity.VIOLATION), finding(Severity.WARNING)), "zh")
    assert text.count("核对金额。") == 1


def test_unreadable_file_is_told_with_its_code() -> None:
    text = to_text(Report((FileReport("b.txt", error=UNREADABLE),)), "zh")
    assert "文件：b.txt，无法校验" in text
    assert "文件是空的" in text
    assert "[PG100]" in text


def test_clean_file_is_said_to_be_clean() -> None:
    assert "没有发现问题。" in to_text(report(), "zh")
    assert "Nothing to report." in to_text(report(), "en")
