"""Cells that a merge swallowed: empty, repeated, displaced or gone, in one table."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgraph.model import Document, Evidence, Indicator, Place
from perfgraph.records import Given, load, read
from tests.records.tables import tables

HEAD = """
# 353215天津市某中心
项目名称 | 甲项目
预算数(万元) | 10
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值
"""
MERGED = """
^6 | 产出指标 ^3 | 数量指标 ^2 | 甲 | 1个
乙 | 2个
质量指标 | 丙 | 100%
效益指标 ^2 | 社会效益指标 | 丁 | 提升
生态效益指标 | 戊 | ≥5%
满意度指标 | 服务对象满意度指标 | 己 | ≥90%
"""
EMPTY = """
| 产出指标 | 数量指标 | 甲 | 1个
| | | 乙 | 2个
| | 质量指标 | 丙 | 100%
| 效益指标 | 社会效益指标 | 丁 | 提升
| | 生态效益指标 | 戊 | ≥5%
| 满意度指标 | 服务对象满意度指标 | 己 | ≥90%
"""
REPEATED = """
| 产出指标 | 数量指标 | 甲 | 1个
| 产出指标 | 数量指标 | 乙 | 2个
| 产出指标 | 质量指标 | 丙 | 100%
| 效益指标 | 社会效益指标 | 丁 | 提升
| 效益指标 | 生态效益指标 | 戊 | ≥5%
| 满意度指标 | 服务对象满意度指标 | 己 | ≥90%
"""
DISPLACED = """
| | 数量指标 | 甲 | 1个
| 产出指标 | | 乙 | 2个
| | 质量指标 | 丙 | 100%
| | 社会效益指标 | 丁 | 提升
| 效益指标 | 生态效益指标 | 戊 | ≥5%
| 满意度指标 | 服务对象满意度指标 | 己 | ≥90%
"""
GONE = """
产出指标 | 数量指标 | 甲 | 1个
乙 | 2个
质量指标 | 丙 | 100%
效益指标 | 社会效益指标 | 丁 | 提升
生态效益指标 | 戊 | ≥5%
满意度指标 | 服务对象满意度指标 | 己 | ≥90%
"""


def read_rows(rows: str) -> Document:
    drawn = tables(HEAD.strip() + "\n" + rows.strip("\n"))
    return read(Place("a.docx"), "0" * 64, drawn, Given(), load())


def read_indicators(rows: str) -> tuple[Indicator, ...]:
    document = read_rows(rows)
    assert document.unused == ()
    return document.projects[0].indicators


@pytest.mark.parametrize("rows", [MERGED, EMPTY, REPEATED, DISPLACED, GONE])
def test_however_merged_cells_are_lost_the_categories_are_the_same(rows: str) -> None:
    found = read_indicators(rows)
    assert [(one.name, one.level1 and one.level1.token) for one in found] == [
        ("甲", "output"),
        ("乙", "output"),
        ("丙", "output"),
        ("丁", "benefit"),
        ("戊", "benefit"),
        ("己", "satisfaction"),
    ]
    assert [one.level2.token.partition("-")[2] if one.level2 else "" for one in found] == [
        "quantity",
        "quantity",
        "quality",
        "social",
        "ecological",
        "beneficiary",
    ]
    assert [one.targets[0].text for one in found] == ["1个", "2个", "100%", "提升", "≥5%", "≥90%"]


def test_evidence_says_what_was_printed() -> None:
    assert {one.level_evidence for one in read_indicators(REPEATED)} == {Evidence.PRINTED}
    printed, filled, derived = Evidence.PRINTED, Evidence.FILLED_DOWN, Evidence.DERIVED
    expected = [printed, filled, filled, printed, filled, printed]
    assert [one.level_evidence for one in read_indicators(MERGED)] == expected
    displaced = read_indicators(DISPLACED)
    assert [one.level_evidence for one in displaced] == [
        *(derived, filled, filled, derived),
        *(printed, printed),
    ]
    assert displaced[3].level1_text is None


def test_a_misplaced_second_level_stays_below_the_first_level_that_covers_it() -> None:
    rows = """
    ^3 | 产出指标 ^2 | 数量指标 | 甲 | 1个
    经济效益指标 | 奖补资金兑付率 | ≥100%
    效益指标 | 社会效益指标 | 乙 | 提升
    """
    found = read_indicators("\n".join(line.strip() for line in rows.strip().splitlines()))
    assert found[1].level1 == found[0].level1
    assert found[1].level_evidence is Evidence.FILLED_DOWN


def test_a_first_level_cell_over_both_levels_is_read_as_both() -> None:
    rows = "^2 | 产出指标 | 数量指标 | 甲 | 1个\n满意度指标 >2 | 乙 | ≥90%"
    found = read_indicators(rows)
    assert (found[1].level1_text, found[1].level2_text) == ("满意度指标", "满意度指标")


def test_a_header_repeated_after_a_page_break_is_no_indicator() -> None:
    rows = EMPTY.strip("\n").split("\n")
    header = HEAD.strip().split("\n")[-1]
    again = [*rows[:3], header, *rows[3:]]
    assert [one.name for one in read_indicators("\n".join(again))] == list("甲乙丙丁戊己")


def test_a_note_over_the_whole_width_is_listed_and_no_indicator() -> None:
    document = read_rows(EMPTY.strip("\n") + "\n注：各地请根据实际情况填报。 >5")
    assert len(document.projects[0].indicators) == 6
    assert [cell.text for cell in document.unused] == ["注：各地请根据实际情况填报。"]


@given(st.integers(0, 2**32))
def test_no_text_of_a_table_is_lost_when_cells_are_dropped(seed: int) -> None:
    """Every printed text of the body is a level, a name, a value, or is listed as unused."""
    chance = random.Random(seed)
    rows = []
    for line in REPEATED.strip("\n").split("\n"):
        cells = line.split("|")
        dropped = chance.randrange(3)
        rows.append("|".join(cells[dropped:]) if chance.random() < 0.5 else line)
    document = read_rows("\n".join(rows))
    printed = {c.text for r in document.tables[0].rows[4:] for c in r if not c.is_blank}
    read_texts = {cell.text for cell in document.unused}
    for one in document.indicators():
        read_texts |= {one.name or "", one.level1_text or "", one.level2_text or ""}
        read_texts |= {value.text for value in one.targets}
    assert printed <= read_texts
