"""The fund block: periods, levels of government, and what is no annual money."""

from __future__ import annotations

from perfgraph.model import Amount, FundingSource, GovernmentLevel, Period, Place, Project
from perfgraph.records import Given, load, read
from tests.records.tables import tables

FORM = """
# {unit}
项目名称 | 甲项目 >3
{funds}
绩效目标 | 目标 >3
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 服务人数 | ≥7人
"""


def project(funds: str, unit: str = "353215天津市某中心") -> Project:
    drawn = tables(FORM.format(unit=unit, funds=funds))
    return read(Place("a.docx"), "0" * 64, drawn, Given(), load()).projects[0]


def periods(amounts: tuple[Amount, ...]) -> list[tuple[str | None, Period | None]]:
    return [(amount.source, amount.period) for amount in amounts]


def test_parts_beside_the_total_investment_are_parts_of_it() -> None:
    found = project("""项目总投资(万元) | 20 | 中央补助安排 | 5
        其他资金 | 15 | 预算申报数(万元) | 8""")
    assert periods(found.amounts) == [
        (FundingSource.TOTAL, Period.IMPLEMENTATION),
        (FundingSource.CENTRAL_SUBSIDY, Period.IMPLEMENTATION),
        (FundingSource.OTHER, Period.IMPLEMENTATION),
        (FundingSource.TOTAL, None),
    ]
    assert found.amount(FundingSource.TOTAL) == 80_000


def test_the_nature_of_the_money_is_the_source_of_the_years_total() -> None:
    found = project("预算申报数(万元) | 8 | 资金性质 | 一般公共预算")
    assert found.amount(FundingSource.GENERAL_BUDGET) == 80_000


def test_a_nature_that_is_no_source_is_told() -> None:
    funds = "预算申报数(万元) | 8 | 资金性质 | 其它性质"
    drawn = tables(FORM.format(unit="353215天津市某中心", funds=funds))
    document = read(Place("a.docx"), "0" * 64, drawn, Given(), load())
    assert [cell.text for cell in document.unused] == ["其它性质"]


def test_a_label_names_the_level_of_government() -> None:
    funds = "资金总额(万元) | 9 | 中央补助 | 5\n市级财政资金 | 4 | 其他资金 | 0"
    levels = [amount.level for amount in project(funds, unit="353215武汉市某中心").amounts]
    assert levels == [None, GovernmentLevel.CENTRAL, GovernmentLevel.CITY, None]


def test_what_a_municipality_calls_city_level_is_of_the_level_of_provinces() -> None:
    amounts = project("资金总额(万元) | 9 | 市级财政资金 | 9").amounts
    assert amounts[1].level is GovernmentLevel.PROVINCE


def test_nothing_is_nothing_without_a_unit() -> None:
    amounts = project("资金总额 | 9万元 | 其他资金 | 0").amounts
    assert amounts[1].yuan == 0
