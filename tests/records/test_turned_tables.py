"""A table whose indicators are columns is read like one whose indicators are rows."""

from __future__ import annotations

import pytest

from perfgraph.model import Document, Place
from perfgraph.records import Given, load, read
from perfgraph.records.errors import LostSpansError, MissingColumnError
from tests.records.tables import tables

TABLE = """
# 353215天津市某中心
项目名称 >2 | 甲项目 >3
预算数(万元) >2 | 10 >3
绩效目标 >2 | 目标 >3
绩效指标 ^7 | 一级指标 | 产出指标 >2 | 满意度指标
二级指标 | 数量指标 | 质量指标 | 服务对象满意度指标
三级指标 | 修路 | 合格率 | 群众满意度
指标方向 | ≥ | ＝ | ≥
计量单位 | 公里 | % | %
东村 | 2 | 100 | 95
西村 | 3 | 100 >2
备注 | 按验收单计 >3
"""


def read_drawn(*drawn: str) -> Document:
    return read(Place("a.docx"), "0" * 64, tables("\n---\n".join(drawn)), Given(), load())


def targets(document: Document) -> list[tuple[str, str, str, str]]:
    return [
        (one.name or "", target.place.text, str(value.number), value.unit.symbol)
        for one in document.projects[0].indicators
        for target in one.further_targets
        for value in target.values
        if target.place is not None and value.unit is not None
    ]


def test_each_place_is_a_row_of_targets() -> None:
    document = read_drawn(TABLE)
    assert targets(document) == [
        ("修路", "东村", "2", "公里"),
        ("修路", "西村", "3", "公里"),
        ("合格率", "东村", "100", "%"),
        ("合格率", "西村", "100", "%"),
        ("群众满意度", "东村", "95", "%"),
        ("群众满意度", "西村", "100", "%"),
    ]
    levels = [one.level1_text for one in document.projects[0].indicators]
    assert levels == ["产出指标", "产出指标", "满意度指标"]


def test_cells_keep_the_places_they_are_printed_at() -> None:
    document = read_drawn(TABLE)
    first = document.projects[0].indicators[0]
    (east, west) = first.further_targets
    assert first.name_cell.place.fragment == "t1.r6.c3"
    assert (east.cell.place.fragment, west.cell.place.fragment) == ("t1.r9.c3", "t1.r10.c3")
    assert west.place is not None
    assert west.place.place.fragment == "t1.r10.c2"
    assert [(cell.text, cell.place.fragment) for cell in document.unused] == [
        ("备注", "t1.r11.c1"),
        ("按验收单计", "t1.r11.c2"),
    ]


def test_no_column_of_it_feeds_one_property() -> None:
    assert read_drawn(TABLE).projects[0].columns == ()


def test_its_rest_may_stand_in_the_next_table() -> None:
    lines = TABLE.strip().replace("绩效指标 ^7", "绩效指标 ^6").split("\n")
    document = read_drawn("\n".join(lines[:10]), "# 续表\n| 西村 | 3 | 100 >2")
    places = [place for name, place, *_ in targets(document) if name == "修路"]
    assert places == ["东村"]  # a row without header is no indicator: it is told
    assert [cell.text for cell in document.unused] == ["西村", "3", "100"]


def test_levels_that_lost_their_spans_are_not_guessed() -> None:
    with pytest.raises(LostSpansError, match="PG211"):
        read_drawn(TABLE.replace("产出指标 >2", "产出指标"))


def test_without_a_place_it_is_refused() -> None:
    with pytest.raises(MissingColumnError, match="三级指标"):
        read_drawn(TABLE.replace("东村", "甲").replace("西村", "乙"))
