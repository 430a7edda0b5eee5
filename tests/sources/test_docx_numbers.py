from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgraph.sources.docx.numerals import numeral
from tests.sources.builders_docx import (
    cell,
    definition,
    level,
    num,
    numbered,
    p,
    r,
    style,
    t,
    tbl,
    tc,
    tr,
    typed,
)
from tests.sources.docx_as_read import in_cell, read, texts

GOALS = definition(0, level(0, "decimal", "%1."), level(1, "decimal", "（%2）", "", 1))


def test_numbered_goals_have_their_numbers() -> None:
    item = numbered(1)
    content = p(typed("做好发放工作。"), item) + p(typed("5万元以内。"), item)
    assert in_cell(content, numbering=GOALS + num(1, 0)) == "1. 做好发放工作。\n2. 5万元以内。"


def test_an_automatic_serial_number_is_the_text_of_its_cell() -> None:
    rows = (tr(tc(p("", numbered(1))), cell(name)) for name in ("甲", "乙"))
    (table,) = read(tbl(*rows), numbering=GOALS + num(1, 0))
    assert texts(table) == [["1.", "甲"], ["2.", "乙"]]


def test_a_heading_is_numbered_by_its_style() -> None:
    styles = style("1", "heading 1", '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>')
    lists = definition(5, level(0, "chineseCounting", "%1、", '<w:suff w:val="nothing"/>'))
    body = "".join(
        p(typed(name), '<w:pStyle w:val="1"/>') + tbl(tr(cell("甲")))
        for name in ("甲项目", "乙项目")
    )
    tables = read(body, styles=styles, numbering=lists + num(3, 5))
    assert [table.heading for table in tables] == ["一、甲项目", "二、乙项目"]


def test_a_heading_style_finds_its_level_in_the_list() -> None:
    styles = style("2", "heading 2", '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>')
    lists = definition(
        5,
        level(0, "decimal", "%1"),
        level(1, "decimal", "%1.%2", '<w:pStyle w:val="2"/><w:suff w:val="space"/>'),
    )
    content = p(typed("目标"), numbered(3)) + p(typed("甲"), '<w:pStyle w:val="2"/>')
    assert in_cell(content, styles=styles, numbering=lists + num(3, 5)) == "1 目标\n1.1 甲"


def test_a_paragraph_may_choose_another_level_than_its_style() -> None:
    styles = style("L", "List", f"<w:pPr>{numbered(1)}</w:pPr>") + "<w:style/>"
    named = '<w:pStyle w:val="L"/>'
    content = p(typed("甲"), named) + p(
        typed("乙"), named + '<w:numPr><w:ilvl w:val="1"/></w:numPr>'
    )
    lists = GOALS + num(1, 0, '<w:lvlOverride w:ilvl="9"/>')
    assert in_cell(content, styles=styles, numbering=lists) == "1. 甲\n（1） 乙"


def test_lists_count_on_and_start_again_as_in_word() -> None:
    again = num(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    items = [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1), (2, 0), (2, 0), (3, 0), (0, 0), (9, 0)]
    content = "".join(p(typed("甲"), numbered(*item)) for item in items)
    printed = in_cell(content, numbering=GOALS + num(1, 0) + again + num(3, 0))
    labels = [line.removesuffix("甲").strip() for line in printed.split("\n")]
    assert labels == ["1.", "（1）", "（2）", "2.", "（1）", "1.", "2.", "3.", "", ""]


def test_a_list_may_stand_under_a_list_style() -> None:
    lists = definition(1, extra='<w:numStyleLink w:val="L"/>') + definition(
        2, level(0, "upperRoman", "%1)"), extra='<w:styleLink w:val="L"/>'
    )
    assert in_cell(p(typed("甲"), numbered(1)), numbering=lists + num(1, 1)) == "I) 甲"


def test_legal_levels_restarts_and_own_levels_are_respected() -> None:
    lists = definition(
        0,
        level(0, "chineseCounting", "%1"),
        level(1, "decimal", "%1.%2", '<w:lvlRestart w:val="0"/><w:isLgl/>'),
        level(2, "decimal", "%3"),
    )
    own = f'<w:lvlOverride w:ilvl="2">{level(2, "lowerLetter", "%3)", start=3)}</w:lvlOverride>'
    items = [0, 1, 0, 1, 2, 2]
    content = p("", '<w:numPr><w:ilvl w:val="2"/></w:numPr>') + "".join(
        p("", numbered(1, depth)) for depth in items
    )
    printed = in_cell(content, numbering=lists + num(1, 0, own))
    assert printed.split("\n") == ["", "一", "1.1", "二", "2.2", "c)", "d)"]


def test_a_bullet_is_printed_as_it_looks() -> None:
    font = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    bullet = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:lvlText w:val="\uf06e"/>{font}</w:lvl>'
    )
    content = p(typed("甲"), numbered(1))
    assert in_cell(content, numbering=definition(0, bullet) + num(1, 0)) == "■ 甲"


def test_deleted_and_hidden_items_are_not_counted() -> None:
    gone = numbered(1) + "<w:rPr><w:del/></w:rPr>"
    content = p(f"<w:del>{r(t('旧'))}</w:del>", gone) + p(typed("甲"), numbered(1))
    assert in_cell(content, numbering=GOALS + num(1, 0)) == "1. 甲"


def test_a_style_that_is_based_on_itself_ends() -> None:
    styles = style("x", "x", '<w:basedOn w:val="y"/>') + style("y", "y", '<w:basedOn w:val="x"/>')
    assert in_cell(p(typed("甲"), '<w:pStyle w:val="x"/>'), styles=styles) == "甲"


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        ("decimal", "1 2 10 28"),
        ("decimalZero", "01 02 10 28"),
        ("decimalFullWidth", "１ ２ １０ ２８"),
        ("chineseCounting", "一 二 十 二十八"),
        ("japaneseCounting", "一 二 十 二十八"),
        ("ideographDigital", "一 二 一〇 二八"),
        ("chineseLegalSimplified", "壹 贰 壹拾 贰拾捌"),
        ("ideographTraditional", "甲 乙 癸 28"),
        ("ideographZodiac", "子 丑 酉 28"),
        ("decimalEnclosedCircle", "① ② ⑩ 28"),
        ("decimalEnclosedParen", "⑴ ⑵ ⑽ 28"),
        ("decimalEnclosedFullstop", "⒈ ⒉ ⒑ 28"),
        ("upperRoman", "I II X XXVIII"),
        ("lowerLetter", "a b j bb"),
        ("upperLetter", "A B J BB"),
        ("none", "   "),
        ("anything", "1 2 10 28"),
    ],
)
def test_every_number_format_prints_its_numerals(style: str, printed: str) -> None:
    assert " ".join(numeral(number, style) for number in (1, 2, 10, 28)) == printed


@given(st.integers(min_value=0), st.sampled_from(["upperRoman", "lowerLetter", "chineseCounting"]))
def test_a_numeral_is_never_endless(number: int, style: str) -> None:
    assert len(numeral(number, style)) <= max(400, len(str(number)))


def test_zero_and_a_level_that_is_not_defined_are_printed_as_they_can_be() -> None:
    assert [numeral(0, style) for style in ("chineseCounting", "lowerLetter")] == ["〇", ""]
    assert numeral(0, "chineseLegalSimplified") == "零"
    lists = definition(0, level(0, "decimal", "%1-%2", start=0)) + num(1, 0)
    content = p(typed("甲"), numbered(1)) + p(typed("乙"), numbered(1, 3))
    assert in_cell(content, numbering=lists) == "0- 甲\n乙"
