"""Units: listed, made of listed parts, or minted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfgraph.values import parse, unit
from perfgraph.values.units import LISTED


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("每次≥100人", "人/次"),
        ("每次不少于100人", "人/次"),
        ("每次50-100人", "人/次"),
        ("每次1万人", "万人/次"),
        ("每期50人", "人/期"),
        ("每次5万元", "万元/次"),
        ("100人次", "人次"),
        ("100人/次", "人次"),
    ],
)
def test_people_each_time_are_no_count_of_attendances(text: str, symbol: str) -> None:
    (value,) = parse(text)
    assert value.unit is not None
    assert value.unit.symbol == symbol
    assert (value.unit.token == "PERSON-TIME") is (symbol == "人次")


@pytest.mark.parametrize(
    ("spelling", "symbol"),
    [
        ("㎡", "平方米"),
        ("m2", "平方米"),
        ("百分比", "%"),
        ("人/次", "人次"),
        ("家/次", "家次"),
        ("个工作日", "工作日"),
        ("个月", "月"),
        ("元/人*月", "元/人/月"),
        ("元/人·月", "元/人/月"),
        ("元/月/人", "元/人/月"),
        ("元每人每月", "元/人/月"),
        ("元/(人·月)", "元/人/月"),
        ("万元/人·年", "万元/人/年"),
        ("万/月", "万元/月"),
        ("元/人/次", "元/人次"),
        (" 元 / 亩 ", "元/亩"),
    ],
)
def test_spellings_of_one_unit_are_one_unit(spelling: str, symbol: str) -> None:
    assert unit(spelling) == unit(symbol)
    assert unit(spelling).symbol == symbol
    assert unit(spelling).token is not None


@pytest.mark.parametrize(
    ("symbol", "base", "factor"),
    [
        ("万元", "元", "10000"),
        ("元/人/月", "元/人/年", "12"),
        ("万元/月", "元/年", "120000"),
        ("次/季度", "次/年", "4"),
        ("次/周", "次/年", "52"),
        ("‰", "%", "0.1"),
        ("公里", "米", "1000"),
        ("万粒", "粒", "10000"),
        ("万人次", "人次", "10000"),
        ("亿立方米", "立方米", "100000000"),
        ("百万元", "元", "1000000"),
        ("千人", "人", "1000"),
        ("万次/月", "次/年", "120000"),
        ("元/标准箱", "元/标准箱", "1"),
        ("万元/标准箱", "元/标准箱", "10000"),
        ("千元/人/月", "元/人/年", "12000"),
        ("吨/亩", "公斤/亩", "1000"),
        ("标准箱", "标准箱", "1"),
        ("台/件", "台/件", "1"),
    ],
)
def test_the_factor_converts_to_the_base_exactly(symbol: str, base: str, factor: str) -> None:
    found = unit(symbol)
    assert (found.base, found.factor) == (base, Decimal(factor))


def test_a_rate_knows_its_parts() -> None:
    found = unit("万元/标准箱·月")
    assert (found.symbol, found.token) == ("万元/标准箱/月", None)
    assert (found.numerator, found.per_unit, found.per_period) == ("万元", "标准箱", "月")
    assert (found.base, found.factor) == ("元/标准箱/年", Decimal(120000))


def test_persons_and_person_times_never_mix() -> None:
    assert unit("人").base != unit("人次").base


def test_every_listed_unit_is_found_by_each_of_its_spellings() -> None:
    for spelling, listed in LISTED.items():
        assert unit(spelling) == listed
        assert unit(listed.symbol) == listed


def test_the_base_of_a_listed_unit_is_its_own_base() -> None:
    for listed in LISTED.values():
        base = unit(listed.base)
        assert (base.base, base.factor) == (listed.base, Decimal(1))


@pytest.mark.parametrize("symbol", ["", "  ", "\u3000"])
def test_a_unit_has_a_symbol(symbol: str) -> None:
    with pytest.raises(ValueError, match="symbol"):
        unit(symbol)


@pytest.mark.parametrize(
    ("text", "symbol", "base"),
    [
        ("≥11.7万页", "万页", "页"),
        ("≥33万剂次", "万剂次", "剂次"),
        ("11万标准箱", "万标准箱", "标准箱"),
    ],
)
def test_a_scale_before_an_unlisted_counting_word_keeps_the_number(
    text: str, symbol: str, base: str
) -> None:
    (value,) = parse(text)
    assert value.unit is not None
    assert (value.unit.symbol, value.unit.base, value.unit.factor) == (symbol, base, Decimal(10000))
