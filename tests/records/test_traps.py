"""What published tables do that misleads a reader, one claim for each trap."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgraph.model import Document, Evidence, Indicator, Period, Place, Polarity, Project
from perfgraph.records import Given, load, read
from tests.records.tables import tables

HEAD = """
# 353215天津市某中心
项目名称 | 甲项目
预算数(万元) | 10
"""


def document(drawn: str) -> Document:
    lines = "\n".join(line.strip() for line in drawn.strip().split("\n"))
    return read(Place("a.docx"), "0" * 64, tables(lines), Given(year=2025), load())


def indicators(rows: str) -> tuple[Indicator, ...]:
    found = document(HEAD.strip() + "\n" + rows.strip())
    assert found.unused == ()
    return found.projects[0].indicators


def understood(one: Indicator) -> tuple[str | None, str, str | None]:
    (value,) = one.targets
    unit = value.unit.symbol if value.unit is not None else None
    return value.comparator, str(value.number), unit


@pytest.mark.parametrize(
    ("labels", "cells"),
    [
        ("指标值", "≥300平方米"),
        ("计算符号 | 指标值", "≥ | 300平方米"),
        ("指标值 | 度量单位", "≥300 | 平方米"),
        ("计算符号 | 目标值 | 度量单位", "≥ | 300 | 平方米"),
        ("指标方向 | 目标值 | 计量单位", "大于等于 | 300 | 平方米"),
        ("计量单位 | 指标性质 | 指标值", "平方米 | ≥ | 300"),
        ("单位 | 指标值", "平方米 | ≥300"),
    ],
)
def test_a_value_in_one_two_or_three_columns_is_the_same(labels: str, cells: str) -> None:
    (one,) = indicators(f"""
        一级指标 | 二级指标 | 三级指标 | {labels}
        产出指标 | 数量指标 | 占地面积 | {cells}""")
    assert understood(one) == ("ge", "300", "平方米")


@pytest.mark.parametrize(
    ("nature", "polarity", "text", "sign"),
    [
        ("≥", None, None, "ge"),
        ("正向", Polarity.POSITIVE, "正向", "eq"),
        ("反向", Polarity.INVERSE, "反向", "eq"),
        ("定性", Polarity.QUALITATIVE, "定性", "eq"),
        ("定量指标", None, "定量指标", "eq"),
        ("定性指标", Polarity.QUALITATIVE, "定性指标", "eq"),
    ],
)
def test_the_content_decides_what_the_column_of_natures_means(
    nature: str, polarity: Polarity | None, text: str | None, sign: str
) -> None:
    (one,) = indicators(f"""
        一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值
        产出指标 | 数量指标 | 服务人数 | {nature} | 7人""")
    assert (one.polarity, one.nature) == (polarity, text)
    assert understood(one) == (sign, "7", "人")


def test_cells_lost_in_four_ways_in_one_table_are_filled_down() -> None:
    found = indicators("""
        绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值
        | | 数量指标 | 甲 | 1个
        | 产出指标 | | 乙 | 2个
        | | 质量指标 | 丙 | 100%
        时效指标 | 丁 | 2025年12月底前
        效益指标 | 社会效益指标 | 戊 | 提升
        | 效益指标 | 生态效益指标 | 己 | ≥5%
        | 满意度指标 | 服务对象满意度指标 | 庚 | ≥90%
        | | | 辛 | ≥95%""")
    printed, filled, derived = Evidence.PRINTED, Evidence.FILLED_DOWN, Evidence.DERIVED
    assert [
        (one.name, one.level1 and one.level1.token, one.level2 and one.level2.token)
        for one in found
    ] == [
        ("甲", "output", "output-quantity"),  # displaced: the label follows in the next row
        ("乙", "output", "output-quantity"),  # empty
        ("丙", "output", "output-quality"),  # empty
        ("丁", "output", "output-timeliness"),  # dropped
        ("戊", "benefit", "benefit-social"),
        ("己", "benefit", "benefit-ecological"),  # repeated
        ("庚", "satisfaction", "satisfaction-beneficiary"),
        ("辛", "satisfaction", "satisfaction-beneficiary"),
    ]
    assert [one.level_evidence for one in found] == [
        *(derived, filled, filled, filled),
        *(printed, printed, printed, filled),
    ]


def test_the_same_text_may_be_both_levels() -> None:
    (one,) = indicators("""
        一级指标 | 二级指标 | 三级指标 | 指标值
        满意度指标 | 满意度指标 | 群众满意度 | ≥90%""")
    assert (one.level1_text, one.level2_text) == ("满意度指标", "满意度指标")
    assert one.level2 is not None
    assert one.level2.token == "satisfaction-beneficiary"


@pytest.mark.parametrize(
    ("labels", "period"),
    [
        ("中期指标值 | 年度指标值", Period.MIDTERM),
        ("半年(程)指标值 | 全年(程)指标值", Period.HALF_YEAR),
        ("2024年实际实现值 | 预期2025年实现值", Period.PREVIOUS_ACTUAL),
        ("实施周期目标值 | 年度目标值", Period.IMPLEMENTATION),
    ],
)
def test_two_columns_of_values_are_one_indicator_for_two_periods(
    labels: str, period: Period
) -> None:
    (one,) = indicators(f"""
        一级指标 | 二级指标 | 三级指标 | {labels}
        产出指标 | 数量指标 | 培训人次 | 260人次 | 280人次""")
    assert understood(one)[1] == "280"
    (further,) = one.further_targets
    assert further.period is period
    assert further.values[0].number == 260


@pytest.mark.parametrize(
    ("head", "cell", "yuan"),
    [
        ("# 单位：万元", "340.00", 3_400_000),
        ("# 单位：元", "1,030,700.00", 1_030_700),
        ("# 单位：元", "10000万元", 100_000_000),
        ("# 单位：万元", "854万", 8_540_000),
        ("# 单位：元", "449.8万", 4_498_000),
    ],
)
def test_the_unit_of_money_is_that_of_the_cell_before_that_of_the_header(
    head: str, cell: str, yuan: int
) -> None:
    project: Project = document(f"""
        # 353215天津市某中心
        {head}
        项目名称 | 甲项目
        预算数 | {cell}
        一级指标 | 二级指标 | 三级指标 | 指标值
        产出指标 | 数量指标 | 甲 | 1个""").projects[0]
    assert project.amounts[0].yuan == yuan


def test_white_space_width_and_colons_in_labels_do_not_matter() -> None:
    project = document("""
        # 353215天津市某中心
        # 单位：万元
        项　目 名 称： | 甲项目 >3
        其中:财政    资金： | 10 >3
        绩 效 目 标 | 目标 >3
        一 级 指 标 | 二级指标（年度） | 三级指标(年度) | 指 标 值（年度）
        产 出 指 标（50分） | 数量指标(20分) | 甲 | 1个""").projects[0]
    (one,) = project.indicators
    assert (project.name, project.amounts[0].source, project.goals[0].text) == (
        *("甲项目", "fiscal", "目标"),
    )
    assert one.level1 is not None
    assert one.level1.token == "output"
    assert (one.level1_weight, one.level2_weight) == (Decimal(50), Decimal(20))


def test_levels_that_are_shifted_by_one_are_told_by_their_labels() -> None:
    found = document("""
        # 353215天津市某中心
        项目名称 | 甲项目 >3
        下达中央预算内投资(万元) | 10 >3
        一级指标 | 二级指标 | 三级指标 | 指标值
        实施效果指标 ^2 | 产出指标 | 建设规模 | 5公里
        满意度指标 | 群众满意度 | ≥90%
        过程管理指标 | 资金管理指标 | 资金到位率 | 100%""").projects[0]
    assert found.scheme == "category-ndrc"
    assert [str(one.level2 and one.level2.token) for one in found.indicators] == [
        *("effect-output", "effect-satisfaction", "process-funds"),
    ]
