"""Tables whose layout is not understood are left with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfgraph.model import Document, Place
from perfgraph.records import Given, load, read
from perfgraph.records.errors import LostRowsError, MissingColumnError
from tests.records.tables import tables

PROJECT = """
# 353215天津市某中心
# 单位：万元
项目名称 | 甲项目 >3
预算数 | 10 >3
绩效目标 | 目标 >3
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 服务人数 | ≥7人
"""
BROKEN = PROJECT.replace("甲项目", "乙项目").replace("三级指标", "其他列")


def read_drawn(*drawn: str) -> Document:
    return read(Place("a.docx"), "0" * 64, tables("\n---\n".join(drawn)), Given(), load())


def test_beside_a_project_its_cells_are_listed_with_one_finding() -> None:
    document = read_drawn(PROJECT, BROKEN)
    assert [project.name for project in document.projects] == ["甲项目"]
    printed = {cell for row in document.tables[1].rows for cell in row if not cell.is_blank}
    assert set(document.unused) == printed
    (finding,) = document.findings
    assert finding.rule == "R02"
    assert finding.place in {cell.place for cell in printed}


def test_a_table_of_something_else_is_listed_too() -> None:
    document = read_drawn("序号 | 栏目\n1 | 首页", PROJECT)
    assert [cell.text for cell in document.unused] == ["序号", "栏目", "1", "首页"]
    assert [finding.message.zh for finding in document.findings] == [
        "第 1 张表没有读入：不是绩效目标表（4 个单元格）"
    ]


def test_one_broken_table_does_not_lose_the_others() -> None:
    document = read_drawn(PROJECT, BROKEN)
    assert [project.name for project in document.projects] == ["甲项目"]
    assert "三级指标" in document.findings[0].message.zh
    with pytest.raises(MissingColumnError):
        read_drawn(BROKEN)


def test_targets_and_evaluations_of_one_document_are_not_mixed() -> None:
    evaluation = PROJECT.replace("指标值", "年度指标值 | 实际完成值").replace("≥7人", "≥7人 | 8人")
    document = read_drawn(PROJECT, evaluation.replace("甲项目", "乙项目"))
    assert (document.role, len(document.projects)) == ("target", 1)
    assert [finding.rule for finding in document.findings] == ["R02"]


def test_columns_that_may_be_places_are_named_in_the_error() -> None:
    matrix = PROJECT.replace("指标值", "指标方向 | 第一中学 | 第二中学")
    matrix = matrix.replace("≥7人", "≥ | 7人 | 8人")
    with pytest.raises(MissingColumnError, match=r"第一中学、第二中学.*PG210"):
        read_drawn(matrix)


def test_a_label_file_can_name_them(tmp_path: Path) -> None:
    file = tmp_path / "labels.toml"
    file.write_text('[place]\nname = ["第一中学", "第二中学"]\n', "utf-8")
    matrix = PROJECT.replace("指标值", "指标方向 | 第一中学 | 第二中学")
    drawn = tables(matrix.replace("≥7人", "≥ | 7人 | 8人"))
    document = read(Place("a.docx"), "0" * 64, drawn, Given(), load(file))
    (indicator,) = document.projects[0].indicators
    places = [target.place.text for target in indicator.further_targets if target.place]
    assert places == ["第一中学", "第二中学"]


def test_one_label_like_a_place_beside_a_column_of_values_is_no_matrix() -> None:
    document = read_drawn(
        PROJECT.replace("指标值", "指标值 | 责任社区").replace("≥7人", "≥7人 | 东社区")
    )
    assert document.projects[0].indicators[0].further_targets == ()
    assert [cell.text for cell in document.unused] == ["责任社区", "东社区"]


LIST = """
# 353215天津市某中心
项目名称 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 分值
甲项目 | 产出指标 | 数量指标 | 服务人数 | ≥7人 | 10
效益指标 | 社会效益 | 提升
长期
15
"""


def test_a_list_whose_rows_came_apart_is_refused_and_makes_no_projects() -> None:
    with pytest.raises(LostRowsError, match=r"'15' stands alone.*PG213"):
        read_drawn(LIST + "质量指标 | 合格率 | 98% | 5")


def test_a_text_alone_that_is_the_last_of_a_list_is_no_sign_of_lost_rows() -> None:
    whole = LIST[: LIST.index("效益指标")]
    document = read_drawn(whole + "质量指标 | 合格率 | 98% | 5\n备注：无")
    assert [project.name for project in document.projects] == ["甲项目"]
    assert "备注：无" in [cell.text for cell in document.unused]
