"""Chance → texts of 指标值 cells, in the classes and wordings that published tables use."""

from __future__ import annotations

import math
import random
from decimal import Decimal

from benchmarks.documents.works import Benefit, Count

TRENDS = ("有效提升", "明显增强", "持续改善", "不断提高")
_LEVELS = ("较高", "良好", "优良", "较好")
_LARGE = 100_000


def ten_thousands(yuan: Decimal) -> str:
    """Return an amount in 万元 without needless zeros.

    >>> ten_thousands(Decimal(515000)), ten_thousands(Decimal(2000000))
    ('51.5', '200')
    """
    printed = f"{yuan / 10000:f}"
    return printed.rstrip("0").rstrip(".") if "." in printed else printed


def round_count(low: int, high: int, dice: random.Random) -> int:
    """Return a count from ``low`` to ``high``, small ones more often, large ones rounded."""
    number = round(low * math.pow(high / low, dice.random()))
    for limit, step in ((20_000, 1_000), (2_000, 100), (200, 10)):
        if number >= limit:
            return number // step * step
    return number


def budget(dice: random.Random) -> Decimal:
    """Return a budget in yuan, between 3 and 3,000 万元, printable in 万元 with two decimals."""
    ten_thousand = 3 * math.pow(1000, dice.random())
    step = Decimal(dice.choices(("1", "0.5", "0.01"), (5, 2, 3))[0])
    return max(Decimal(ten_thousand) // step * step, Decimal(3)) * 10000


def split(total: Decimal, parts: int, dice: random.Random) -> list[Decimal]:
    """Return ``parts`` amounts of whole hundreds of yuan that sum to ``total`` exactly."""
    weights = [dice.randint(1, 5) for _ in range(parts)]
    amounts = [total * weight // sum(weights) // 100 * 100 for weight in weights]
    amounts[0] += total - sum(amounts)
    return amounts


def quantity(count: Count, dice: random.Random) -> str:
    """Return how much is to be done, such as ≥35000人次, 12场 or 不少于20篇."""
    number = round_count(count.low, count.high, dice)
    if number >= _LARGE and not count.unit.startswith("万"):
        return f"≥{ten_thousands(Decimal(number))}万{count.unit}"
    form = dice.choices(("≥{}{}", "{}{}", "={}{}", "不少于{}{}", "{}{}以上"), (50, 30, 8, 7, 5))[0]
    return form.format(number, count.unit)


def high_rate(dice: random.Random) -> str:
    """Return a rate that should be high, such as 100% or ≥95%."""
    forms = ("100%", "≥95%", "≥98%", "≥90%", "=100%", "95%以上")
    return dice.choices(forms, (45, 20, 10, 15, 5, 5))[0]


def satisfaction(dice: random.Random) -> str:
    """Return a satisfaction, mostly ≥90% or ≥95%."""
    return dice.choices(("≥90%", "≥95%", "≥85%", "95%以上", "100%"), (45, 37, 8, 5, 5))[0]


def time(kind: str, year: int, dice: random.Random) -> str:
    """Return a deadline, a period, a frequency or a duration that fits the indicator."""
    if kind == "完成时间":
        month = dice.choice((6, 9, 10, 11))
        forms = (f"{year}年12月31日前", f"{year}年{month}月底前", "12月底前", f"{year}年12月")
        return dice.choices(forms, (50, 25, 15, 10))[0]
    if kind == "实施周期":
        forms = (f"{year}年1月至{year}年12月", f"{year}年1月1日至{year}年12月31日", "1次/月", "1年")
        return dice.choices(forms, (45, 30, 20, 5))[0]
    days = dice.choice((5, 10, 15, 20, 30))
    return dice.choice((f"≤{days}个工作日", f"{days}个工作日内", f"≤{days}天"))


def benefit(item: Benefit, dice: random.Random) -> str:
    """Return the value of an indicator of benefit."""
    if item.count is not None:
        number = round_count(item.count.low, item.count.high, dice)
        return f"≥{number}{item.count.unit}"
    match item.form:
        case "%":
            return dice.choice(("100%", "≥80%", "≥85%", "≥90%", "≥95%"))
        case "half%":
            return f"≥{dice.randint(30, 48)}%"
        case "small%":
            return f"≥{dice.randint(3, 15)}%"
        case "low%":
            return f"≤{dice.choice(('1', '2', '0.5'))}%"
        case _:
            return dice.choice(_LEVELS)
