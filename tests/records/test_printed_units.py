"""A unit and a department as they are printed, in a line above a table and in its cells."""

from __future__ import annotations

import pytest

from perfgraph.model import Document, Place
from perfgraph.records import Given, load, read
from tests.records.tables import tables

NAME = "\n项目名称 | 甲项目 | |"
REST = """
预算数(万元) | 10 | |
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 甲 | 1个
"""
UNITS = [
    ("212001 某市民政局机关", "212001", "某市民政局机关"),
    ("212001某市民政局机关", "212001", "某市民政局机关"),
    ("212001   某市民政局机关", "212001", "某市民政局机关"),
    ("[212001] 某市民政局机关", "212001", "某市民政局机关"),
    ("212 某市民政局", "d212", "某市民政局"),
    ("某市民政局（212001）", "212001", "某市民政局"),
    ("212 某市 民政局", "d212", "某市 民政局"),
]


def document(line: str) -> Document:
    """Read the form with ``line`` in it, above it where it does not say where."""
    drawn = line + REST if NAME in line else line + NAME + REST
    return read(Place("a.docx"), "0" * 64, tables(drawn), Given(year=2025), load())


@pytest.mark.parametrize(("printed", "code", "name"), UNITS)
@pytest.mark.parametrize(
    "line",
    [
        "# 预算单位：{}",
        "# 项目绩效目标表\n# 预算单位: {}",
        "# 预算单位：{} 单位：万元",
        "# 预算单位：{}（盖章） 联系人：张三",
        "# 单位：万元 预算单位：{} 2025年",
        "预算单位：{} | | |",
        f"{NAME}\n预算单位 | {{}} | |",
    ],
)
def test_a_unit_is_read_whole(line: str, printed: str, code: str, name: str) -> None:
    unit = document(line.format(printed)).unit
    assert (unit.code, unit.name, unit.code_evidence) == (code, name, "printed")


@pytest.mark.parametrize(("printed", "code", "name"), UNITS)
@pytest.mark.parametrize(
    "line",
    [
        "# 预算单位：某中心 主管部门：{}",
        "# 主管部门：{} 预算单位：某中心",
        f"{NAME}\n主管部门 | {{}} | 预算单位 | 某中心",
    ],
)
def test_a_department_is_read_whole(line: str, printed: str, code: str, name: str) -> None:
    found = document(line.format(printed))
    department = found.projects[0].department
    assert department is not None
    assert (department.code, department.name) == (code, name)
    assert found.unit.name == "某中心"


def test_a_name_with_a_space_is_read_whole() -> None:
    assert document("# 预算单位：某市 民政局").unit.name == "某市 民政局"


def test_a_label_without_a_value_takes_no_other_label() -> None:
    found = document("# 预算单位： 主管部门：212 某局")
    assert (found.unit.code, found.unit.name) == ("d212", "某局")
