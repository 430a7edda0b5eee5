"""A value → its canonical printed form, which the grammar reads back as the same value.

The printed text of the source is in ``Value.text``; this form is for generated text only.
"""

from __future__ import annotations

import re
from decimal import Decimal

from perfgraph.model import Base, Comparator, DatePrecision, Grade, Kind, Step, Trend, Value
from perfgraph.values.comparators import SIGNS

_GRADES = {Grade.EXCELLENT: "优", Grade.GOOD: "良", Grade.FAIR: "中", Grade.POOR: "差"}
_TRENDS = {Trend.UP: "提高", Trend.DOWN: "降低", Trend.STEADY: "保持", Trend.IMPROVE: "改善"}
_BASES = {
    Base.PREVIOUS_YEAR: "较上年",
    Base.SAME_PERIOD: "同比",
    Base.PLAN: "较计划",
    Base.UNSTATED: "",
}
_UNMISTAKABLE = {"月": "个月", "季度": "个季度", "年": "个年", "%": "百分比"}
"""Spellings that no date, and no damaged ≥, can be mistaken for."""
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_AGAINST = {
    Comparator.GE: "不低于",
    Comparator.GT: "高于",
    Comparator.LE: "不高于",
    Comparator.LT: "低于",
}


def print_value(value: Value) -> str:
    """Return the canonical form; the text itself for kinds that are made of words.

    >>> from perfgraph.values.grammar import parse
    >>> [print_value(parse(text)[0]) for text in ("不少于1，000人次", "百分之九十", "每月5000元")]
    ['≥1000人次', '90%', '5000元/月']
    >>> print_value(parse("2025年年底前完成")[0])
    '2025年底前'
    """
    match value.kind:
        case Kind.NUMBER | Kind.DURATION:
            return _each_time(value) + _sign(value) + _near(value) + _quantity(value, value.number)
        case Kind.RANGE:
            low = _unmistakable(_number(value.low), is_range=value.unit is None)
            return f"{_each_time(value)}{_near(value)}{low}~{_quantity(value, value.high)}"
        case Kind.RELATIVE:
            return _print_relative(value)
        case Kind.PERIOD | Kind.DEADLINE | Kind.DATE:
            return _print_time(value)
        case Kind.LADDER:
            return ";".join(_print_step(step) for step in value.steps)
        case Kind.GRADE if value.grade is not None:
            return _sign(value) + _GRADES[value.grade]
        case Kind.BOOLEAN:
            return "是/否" if value.truth is None else "是" if value.truth else "否"
        case Kind.TREND if value.trend is not None:
            return _TRENDS[value.trend]
        case _:
            return value.text


def _quantity(value: Value, number: Decimal | None) -> str:
    """Return number and unit, so that neither a date nor a damaged sign can be read in them."""
    digits = _number(number)
    if value.unit is None:
        return _unmistakable(digits, is_range=value.kind is Kind.RANGE)
    symbol = value.unit.symbol
    if _each_time(value):
        symbol = value.unit.numerator or symbol
    over = symbol == "%" and number is not None and number > 100
    if symbol in {"月", "季度"} or over or (symbol == "年" and _YEAR.fullmatch(digits)):
        symbol = _UNMISTAKABLE[symbol]
    return digits + symbol


def _each_time(value: Value) -> str:
    """Return the words before people and the like each time: 人/次 after a number is 人次."""
    unit = value.unit
    is_minted = unit is not None and unit.token is None and unit.quantity is None
    return "每次" if unit is not None and is_minted and unit.per_unit == "次" else ""


def _unmistakable(digits: str, *, is_range: bool) -> str:
    """Return digits that are no date: 2021.1 would be a month, and 2021~2025 years."""
    whole, _, fraction = digits.partition(".")
    if (fraction or is_range) and _YEAR.match(whole):
        return f"{whole}.{fraction:0<3}"
    return digits


def _sign(value: Value) -> str:
    if not value.comparator_explicit or value.comparator is None:
        return ""
    return SIGNS[value.comparator]


def _near(value: Value) -> str:
    return "约" if value.approximate else ""


def _number(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


def _print_relative(value: Value) -> str:
    base = _BASES[value.relative_to or Base.UNSTATED]
    if value.trend is None:
        against = "上年同期" if value.relative_to is Base.SAME_PERIOD else "上年"
        return (_AGAINST[value.comparator] if value.comparator else "") + against
    change = base + _TRENDS[value.trend]
    if value.number is None:
        return change if base else "较某年" + change
    return change + _near(value) + _sign(value) + _quantity(value, value.number)


def _print_time(value: Value) -> str:
    if value.end is None:
        return {Kind.PERIOD: "某月至某月", Kind.DEADLINE: "某月前"}.get(value.kind, "某月")
    ends = [day for day in (value.start, value.end) if day is not None]
    match value.precision:
        case DatePrecision.YEAR:
            printed = [f"{day.year}年" for day in ends]
        case DatePrecision.MONTH:
            printed = [f"{day.year}年{day.month}月" for day in ends]
        case _:
            printed = [f"{day.year}年{day.month}月{day.day}日" for day in ends]
    if value.kind is Kind.PERIOD:
        return "至".join(printed)
    if value.kind is Kind.DATE:
        return printed[0]
    return printed[0] + ("前" if value.precision is DatePrecision.DAY else "底前")


def _print_step(step: Step) -> str:
    if step.comparator is None or step.number is None:
        return _GRADES[step.grade] + (step.value.text if step.value is not None else "")
    unit = step.unit.symbol if step.unit else ""
    return f"{_GRADES[step.grade]}{SIGNS[step.comparator]}{_number(step.number)}{unit}"
