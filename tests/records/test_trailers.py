"""The rows below the indicators: who filled in the form, and when, is no indicator."""

from __future__ import annotations

import pytest

from perfgraph.model import Document, Place
from perfgraph.records import Given, load, read
from tests.records.tables import tables

FORM = """
# 353215天津市某中心
项目名称 | 甲项目 | |
预算数(万元) | 10 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 甲 | 1个
| 质量指标 | 乙 | 100%
"""
LIST = """
# 353215天津市某中心 项目支出绩效目标表
项目名称 | 一级指标 | 二级指标 | 三级指标 | 指标值
甲项目 | 产出指标 | 数量指标 | 甲 | 1个
| | 质量指标 | 乙 | 100%
"""


def document(drawn: str) -> Document:
    return read(Place("a.docx"), "0" * 64, tables(drawn), Given(year=2025), load())


@pytest.mark.parametrize(
    "row",
    [
        "填表人：张三 | | | 联系电话：12345678",
        "填 表 人：张三 | | | 联系电话：12345678",
        "填表人（签字）：张三 | 审核人：李四 | | 12345678",
        "填报人 | 张三 | 联系电话 | 87654321",
        "单位负责人：王五 | | 填报日期：2025年1月3日 |",
        "单位负责人：王五 >2 | 填报日期：2025年1月3日 >2",
        "审核人 | 王五 | 审核日期 | 2025年1月3日",
        "单位（盖章）：某局 | | 填报时间：2025年1月3日 |",
    ],
)
def test_the_footer_of_a_form_is_no_indicator_and_is_told(row: str) -> None:
    found = document(FORM + row)
    assert [one.name for one in found.projects[0].indicators] == ["甲", "乙"]
    printed = [cell for cell in found.tables[0].rows[-1] if not cell.is_blank]
    labels = load()
    told = [cell for cell in printed if not labels.header_role(cell.text)]
    assert {cell.text for cell in told} <= {cell.text for cell in found.unused}


def test_the_footer_of_a_list_begins_no_project() -> None:
    found = document(LIST + "填表人：张三 | | | | 联系电话：12345678")
    assert [one.name for one in found.projects] == ["甲项目"]
    assert [one.name for one in found.projects[0].indicators] == ["甲", "乙"]
    assert [cell.text for cell in found.unused] == ["填表人：张三", "联系电话：12345678"]
