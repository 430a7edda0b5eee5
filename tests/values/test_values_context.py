"""What a cell does not say comes from the columns, the name or the header, with its evidence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgraph.model import Comparator, Context, Dimension, Evidence, Kind, Value
from perfgraph.values import parse


def read(text: str, context: Context) -> Value:
    (value,) = parse(text, context)
    return value


@pytest.mark.parametrize(
    ("context", "symbol", "evidence"),
    [
        (Context(unit="元/人·月"), "元/人/月", Evidence.COLUMN),
        (Context(unit="标准箱"), "标准箱", Evidence.COLUMN),
        (Context(name="野生动植物保护、防火面积(万亩)"), "万亩", Evidence.NAME),
        (Context(name="农村低保标准(≥**元/人·月)"), "元/人/月", Evidence.NAME),
        (Context(name="受益人口数≥**人"), "人", Evidence.NAME),
        (Context(unit="人", name="面积(亩)"), "人", Evidence.COLUMN),
        (
            Context(dimension=Dimension.COST_ECONOMIC, name="维修费", money_unit="万元"),
            "万元",
            Evidence.HEADER,
        ),
    ],
)
def test_the_unit_is_found_where_it_is_printed(
    context: Context, symbol: str, evidence: Evidence
) -> None:
    value = read("50", context)
    assert value.unit is not None
    assert (value.unit.symbol, value.unit_evidence) == (symbol, evidence)
    assert value.text == "50"


@pytest.mark.parametrize(
    "context",
    [
        Context(),
        Context(unit="无"),
        Context(unit="44,561"),
        Context(name="补助人数(新增)"),
        Context(dimension=Dimension.COST, name="成本节约率", money_unit="万元"),
        Context(dimension=Dimension.QUANTITY, name="金额", money_unit="万元"),
    ],
)
def test_a_unit_that_is_printed_nowhere_stays_unknown(context: Context) -> None:
    value = read("50", context)
    assert (value.unit, value.unit_evidence) == (None, None)
    assert value.normalized is None


def test_a_lone_scale_is_money_for_a_cost() -> None:
    header = read("250万", Context(dimension=Dimension.COST, money_unit="万元"))
    assert (header.number, header.unit_evidence) == (Decimal(250), Evidence.HEADER)
    assert header.normalized == Decimal(2_500_000)
    assumed = read("250万", Context(dimension=Dimension.COST))
    assert (assumed.normalized, assumed.unit_evidence) == (Decimal(2_500_000), Evidence.ASSUMED)


def test_a_lone_scale_is_multiplied_in_where_no_unit_is_known() -> None:
    value = read("250万", Context())
    assert (value.number, value.unit) == (Decimal(2_500_000), None)
    assert value.notes


def test_a_lone_scale_joins_the_unit_of_the_column() -> None:
    value = read("1.5万", Context(unit="人次"))
    assert value.unit is not None
    assert (value.number, value.unit.symbol) == (Decimal("1.5"), "万人次")
    assert value.normalized == Decimal(15000)


@pytest.mark.parametrize("column", ["≥", "大于等于", "≧", "不低于", ">="])
def test_the_comparator_column_joins_the_cell(column: str) -> None:
    value = read("95", Context(comparator=column, unit="%"))
    assert (value.comparator, value.comparator_explicit) == (Comparator.GE, True)
    assert value.bounds.lower == Decimal(95)
    assert value.bounds.upper is None


def test_words_in_the_comparator_column_say_nothing() -> None:
    value = read("95%", Context(comparator="定性"))
    assert (value.comparator, value.comparator_explicit) == (Comparator.EQ, False)


def test_the_cell_wins_over_the_columns_and_says_so() -> None:
    value = read("≤5%", Context(comparator="≥", unit="个"))
    assert value.unit is not None
    assert (value.comparator, value.unit.symbol) == (Comparator.LE, "%")
    assert len(value.notes) == 2


def test_a_comparator_column_makes_a_date_a_deadline() -> None:
    assert read("2025年12月", Context(comparator="≤")).kind is Kind.DEADLINE


def test_a_number_of_months_in_two_columns_is_a_duration() -> None:
    value = read("12", Context(comparator="≤", unit="月"))
    assert (value.kind, value.number) == (Kind.DURATION, Decimal(12))


def test_a_dot_date_is_a_number_where_no_time_is_asked_for() -> None:
    assert read("2021.1", Context(dimension=Dimension.TIMELINESS)).kind is Kind.DATE
    assert read("2021.1", Context(dimension=Dimension.COST)).number == Decimal("2021.1")
    assert read("2021.1", Context(unit="万元")).number == Decimal("2021.1")


def test_a_rate_of_one_without_a_unit_is_flagged() -> None:
    assert read("1", Context(name="书籍审稿率")).notes
    assert not read("1", Context(name="书籍数量")).notes
