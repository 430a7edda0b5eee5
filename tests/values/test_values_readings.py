"""How single cells are read: claims that the corpus alone does not make."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from perfgraph.model import (
    Base,
    Comparator,
    Context,
    DatePrecision,
    Dimension,
    Evidence,
    Grade,
    Kind,
    Trend,
    Value,
)
from perfgraph.values import parse

BUDGET_2025 = Context(year=2025)


def read(text: str, context: Context = BUDGET_2025) -> Value:
    (value,) = parse(text, context)
    return value


@pytest.mark.parametrize(
    ("text", "comparator", "number", "symbol"),
    [
        ("≥ 12 场", Comparator.GE, "12", "场"),
        ("不少于 3 家次", Comparator.GE, "3", "家次"),
        ("不超过5次", Comparator.LE, "5", "次"),
        ("超过5次", Comparator.GT, "5", "次"),
        ("不足2小时", Comparator.LT, "2", "小时"),
        ("3公里以内", Comparator.LE, "3", "公里"),
        ("500人及以上", Comparator.GE, "500", "人"),
        ("500人（含）以上", Comparator.GE, "500", "人"),
        ("控制在95%以上", Comparator.GE, "95", "%"),
        ("降低到5%以下", Comparator.LE, "5", "%"),
        ("提高至90%", Comparator.GE, "90", "%"),
        ("≮90％", Comparator.GE, "90", "%"),
        ("验收合格率达到95%以上", Comparator.GE, "95", "%"),
        ("满意度：90%", Comparator.EQ, "90", "%"),
        ("总成本≤10.5万元", Comparator.LE, "10.5", "万元"),
        ("培训学员500人", Comparator.EQ, "500", "人"),
        ("1部宣传片", Comparator.EQ, "1", "部"),
        ("30个点位", Comparator.EQ, "30", "个"),
        ("每月不少于2次", Comparator.GE, "2", "次/月"),
        ("每人每天不超过100元", Comparator.LE, "100", "元/人/天"),
        ("1000元/月/人", Comparator.EQ, "1000", "元/人/月"),
        ("3万元每人·年", Comparator.EQ, "3", "万元/人/年"),
        ("≤ 2021.5 万元", Comparator.LE, "2021.5", "万元"),
        ("5万人·次", Comparator.EQ, "5", "万人次"),
        ("八成以上", Comparator.GE, "80", "%"),
        ("四分之三", Comparator.EQ, "75", "%"),
        ("不低于百分之九十五", Comparator.GE, "95", "%"),
        ("不少于两百人", Comparator.GE, "200", "人"),
        ("半年内", Comparator.LE, "0.5", "年"),
        ("≥5标准箱", Comparator.GE, "5", "标准箱"),
        ("12户次", Comparator.EQ, "12", "户次"),
        ("1.≥90%", Comparator.GE, "90", "%"),
        ("≥-5%", Comparator.GE, "-5", "%"),
        ("≥100m²", Comparator.GE, "100", "平方米"),
    ],
)
def test_a_quantity_is_read_with_its_words(
    text: str, comparator: Comparator, number: str, symbol: str
) -> None:
    value = read(text)
    assert value.comparator is comparator
    assert value.number == Decimal(number)
    assert value.unit is not None
    assert value.unit.symbol == symbol
    assert value.unit_evidence is Evidence.CELL


@pytest.mark.parametrize(
    "text",
    [
        "第2次会议",
        "前3名",
        "5G",
        "3A级",
        "按照财教〔2015〕30号文件执行",
        "根据第5条支付500元",
        "7×24小时",
        "372万元用于运转",
        "公开14表",
        "2025-2026松线虫病防治",
        "20246-202516",
        "100-90%",
        "5-",
        "123456789012345678901",
        "一次性通过",
        "十分满意",
        "九年义务教育",
        "两个责任",
        "10²",
        "①",
        "≤****000元",
        "(2)预算安排",
    ],
)
def test_a_number_that_is_no_target_is_not_read(text: str) -> None:
    value = read(text)
    assert (value.number, value.low, value.high) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2025年1-12月", date(2025, 1, 1), date(2025, 12, 31), DatePrecision.MONTH),
        ("1月至6月", date(2025, 1, 1), date(2025, 6, 30), DatePrecision.MONTH),
        ("2024年9月-6月", date(2024, 9, 1), date(2025, 6, 30), DatePrecision.MONTH),
        ("2025年10月至次年3月", date(2025, 10, 1), date(2026, 3, 31), DatePrecision.MONTH),
        ("2025年5月1日至20日", date(2025, 5, 1), date(2025, 5, 20), DatePrecision.DAY),
        ("2025/01/01~2025/12/31", date(2025, 1, 1), date(2025, 12, 31), DatePrecision.DAY),
        ("20250101-20251231", date(2025, 1, 1), date(2025, 12, 31), DatePrecision.DAY),
        ("2025-2027年", date(2025, 1, 1), date(2027, 12, 31), DatePrecision.YEAR),
        ("上半年", date(2025, 1, 1), date(2025, 6, 30), DatePrecision.MONTH),
        ("二〇二五年第一季度", date(2025, 1, 1), date(2025, 3, 31), DatePrecision.MONTH),
        ("本年度", date(2025, 1, 1), date(2025, 12, 31), DatePrecision.YEAR),
        ("2025年3月上旬", date(2025, 3, 1), date(2025, 3, 10), DatePrecision.DAY),
    ],
)
def test_a_period_is_a_closed_interval(
    text: str, start: date, end: date, precision: DatePrecision
) -> None:
    value = read(text)
    assert (value.kind, value.comparator) == (Kind.PERIOD, Comparator.DURING)
    assert (value.start, value.end, value.precision) == (start, end, precision)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("截至2025年6月30日", date(2025, 6, 30)),
        ("不晚于2025.6.30", date(2025, 6, 30)),
        ("2025-12-31前", date(2025, 12, 31)),
        ("十二月底前", date(2025, 12, 31)),
        ("年内完成", date(2025, 12, 31)),
        ("2025年2月底前完成验收", date(2025, 2, 28)),
        ("≤2025年10月", date(2025, 10, 31)),
        ("力争于10月31日前开工", date(2025, 10, 31)),
        ("12月底到位", date(2025, 12, 31)),
        ("10月到位", date(2025, 10, 31)),
    ],
)
def test_a_deadline_has_only_an_end(text: str, end: date) -> None:
    value = read(text)
    assert (value.kind, value.comparator) == (Kind.DEADLINE, Comparator.BY)
    assert (value.start, value.end) == (None, end)


def test_before_includes_the_day_and_says_so() -> None:
    value = read("2025年12月31日前")
    assert value.end == date(2025, 12, 31)
    assert [note.zh for note in value.notes] == ["“前”按含当日处理"]


def test_a_year_that_is_not_printed_is_taken_from_the_budget_with_a_note() -> None:
    value = read("9月底前")
    assert value.end == date(2025, 9, 30)
    assert any("2025" in note.zh and "2025" in note.en for note in value.notes)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("9月底前", Kind.DEADLINE),
        ("1-6月", Kind.PERIOD),
        ("全年", Kind.PERIOD),
        ("10月", Kind.DATE),
        ("每月15日前", Kind.DEADLINE),
    ],
)
def test_no_date_is_invented_without_a_year(text: str, kind: Kind) -> None:
    value = read(text, Context())
    assert value.kind is kind
    assert (value.start, value.end, value.precision) == (None, None, None)
    assert value.notes


def test_a_day_that_its_month_does_not_have_is_repaired() -> None:
    value = read("2025年6月31日前")
    assert value.end == date(2025, 6, 30)
    assert value.repair is not None


@pytest.mark.parametrize(
    ("text", "low", "high", "symbol"),
    [
        ("10~20万元", "10", "20", "万元"),
        ("1万元至2万元", "1", "2", "万元"),
        ("每周1-2次", "1", "2", "次/周"),
        ("5-10个工作日", "5", "10", "工作日"),
        ("80%≤x≤90%", "80", "90", "%"),
        ("不低于3次且不超过5次", "3", "5", "次"),
    ],
)
def test_two_bounds_make_a_range(text: str, low: str, high: str, symbol: str) -> None:
    value = read(text)
    assert (value.kind, value.comparator) == (Kind.RANGE, Comparator.BETWEEN)
    assert (value.low, value.high) == (Decimal(low), Decimal(high))
    assert value.unit is not None
    assert value.unit.symbol == symbol


def test_an_open_bound_makes_two_values() -> None:
    first, second = parse("大于80%小于等于90%")
    assert (first.comparator, second.comparator) == (Comparator.GT, Comparator.LE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100%；5次", [("100", "%"), ("5", "次")]),
        ("①完成2次；②完成3场", [("2", "次"), ("3", "场")]),
        ("1、培训500人；2、印发手册300册", [("500", "人"), ("300", "册")]),
        ("每生每年3000元、2000元", [("3000", "元/生/年"), ("2000", "元/生/年")]),
        ("新建水池1座,419平方米", [("1", "座"), ("419", "平方米")]),
    ],
)
def test_a_cell_with_several_quantities_gives_several_values(
    text: str, expected: list[tuple[str, str]]
) -> None:
    values = parse(text)
    assert all(value.text == text for value in values)
    assert [(value.number, value.unit and value.unit.symbol) for value in values] == [
        (Decimal(number), symbol) for number, symbol in expected
    ]


@pytest.mark.parametrize(
    ("text", "trend", "base", "comparator", "number"),
    [
        ("同比下降5%", Trend.DOWN, Base.SAME_PERIOD, Comparator.EQ, "5"),
        ("较2024年增长8%以上", Trend.UP, Base.PREVIOUS_YEAR, Comparator.GE, "8"),
        ("较2019年增长8%", Trend.UP, Base.UNSTATED, Comparator.EQ, "8"),
        ("比上年增加100人", Trend.UP, Base.PREVIOUS_YEAR, Comparator.EQ, "100"),
        ("年均增长≥5%", Trend.UP, Base.UNSTATED, Comparator.GE, "5"),
    ],
)
def test_a_change_is_relative(
    text: str, trend: Trend, base: Base, comparator: Comparator, number: str
) -> None:
    value = read(text)
    assert value.kind is Kind.RELATIVE
    assert (value.trend, value.relative_to) == (trend, base)
    assert (value.comparator, value.number) == (comparator, Decimal(number))


def test_a_change_without_a_number_is_relative_too() -> None:
    value = read("与上年持平")
    assert (value.trend, value.relative_to, value.number) == (
        Trend.STEADY,
        Base.PREVIOUS_YEAR,
        None,
    )


def test_named_grades_make_a_ladder() -> None:
    value = read("优≥90分,良≥80分,中≥60分,差<60分")
    assert [(step.grade, step.comparator, step.number) for step in value.steps] == [
        (Grade.EXCELLENT, Comparator.GE, Decimal(90)),
        (Grade.GOOD, Comparator.GE, Decimal(80)),
        (Grade.FAIR, Comparator.GE, Decimal(60)),
        (Grade.POOR, Comparator.LT, Decimal(60)),
    ]


def test_a_grade_that_must_be_reached_is_a_lower_bound() -> None:
    value = read("良以上")
    assert (value.kind, value.grade, value.comparator) == (Kind.GRADE, Grade.GOOD, Comparator.GE)


@pytest.mark.parametrize("text", ["约500人", "500人左右", "500余人", "近500人", "大约500人"])
def test_a_rough_number_is_approximate(text: str) -> None:
    value = read(text)
    assert value.approximate
    assert value.number == Decimal(500)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Kind.TEXT),
        ("XX%", Kind.PLACEHOLDER),
        ("____", Kind.PLACEHOLDER),
        ("≥  ％", Kind.PLACEHOLDER),
        ("□是 □否", Kind.PLACEHOLDER),
        ("—", Kind.NOT_APPLICABLE),
        ("/", Kind.NOT_APPLICABLE),
        ("N/A", Kind.NOT_APPLICABLE),
        ("不合格", Kind.BOOLEAN),
        ("国家级", Kind.LEVEL),
    ],
)
def test_a_cell_without_a_quantity_has_its_kind(text: str, kind: Kind) -> None:
    assert read(text).kind is kind


@pytest.mark.parametrize(
    ("text", "comparator", "number"),
    [
        ("295%", Comparator.GE, "95"),
        ("2100%", Comparator.GE, "100"),
        ("工98%", Comparator.GE, "98"),
        ("85%^85%", Comparator.GE, "85"),
        ("二100%", Comparator.EQ, "100"),
        ("》=90%", Comparator.GE, "90"),
    ],
)
def test_damage_that_shows_is_repaired_and_told(
    text: str, comparator: Comparator, number: str
) -> None:
    value = read(text)
    assert (value.comparator, value.number) == (comparator, Decimal(number))
    assert value.repair is not None
    assert value.text == text


@pytest.mark.parametrize("text", ["2280次", "26次", "230%"])
def test_damage_that_does_not_show_is_only_flagged(text: str) -> None:
    value = read(text)
    assert value.repair is None
    assert value.notes


def test_growth_over_100_percent_is_no_damage() -> None:
    value = read("290%", Context(name="产值增长率"))
    assert (value.number, value.repair) == (Decimal(290), None)


def test_a_date_serial_is_a_date_only_where_time_is_asked_for() -> None:
    when = read("= 44,561", Context(dimension=Dimension.TIMELINESS, unit="44,561"))
    assert (when.kind, when.start, when.end) == (Kind.DATE, date(2021, 12, 31), date(2021, 12, 31))
    assert when.repair is not None
    count = read("= 44,561", Context(dimension=Dimension.QUANTITY))
    assert (count.kind, count.number) == (Kind.NUMBER, Decimal(44561))


def test_digits_that_white_space_parts_are_flagged() -> None:
    value = read("10\n20")
    assert value.number == Decimal(1020)
    assert value.notes
