"""A work and a year → a project's table as data: sound, and consistent with its own budget.

Nothing here breaks a rule of severity Violation or Warning. ``faults`` does that afterwards.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal

from benchmarks.documents import values
from benchmarks.documents.works import Benefit, Work

OUTPUT, BENEFIT, SATISFACTION, COST = "产出指标", "效益指标", "满意度指标", "成本指标"
QUANTITY, QUALITY, TIMELINESS = "数量指标", "质量指标", "时效指标"
ECONOMIC_COST, BENEFICIARY = "经济成本指标", "服务对象满意度指标"
SUSTAINED = "可持续影响指标"

_RATE_SHARE = 0.5
"""Share of the projects that pay by head, among those whose work can be paid so."""
_OTHER_FUNDS_SHARE = 0.15
_SUFFIXES = ("经费", "专项经费", "项目", "专项资金", "补助资金")
_TIMES = ("完成时间", "实施周期", "资金支付时限")


@dataclass(slots=True)
class Row:
    """One indicator as it will be printed."""

    level1: str
    level2: str
    name: str
    value: str
    description: str = ""


@dataclass(slots=True)
class Draft:
    """One project's table before it is printed; money is in yuan."""

    name: str
    use: str
    goals: list[str]
    budget: Decimal | None
    fiscal: Decimal
    other: Decimal | None
    rows: list[Row] = field(default_factory=list)
    unit_text: str | None = None
    """The unit cell, where it differs from that of the other tables of the document."""
    lost_heading: bool = False

    def rows_of(self, level2: str) -> list[Row]:
        """Return the rows under one second level."""
        return [row for row in self.rows if row.level2 == level2]

    @property
    def rate_row(self) -> Row | None:
        """The row with a price per head, if the project is paid so."""
        costs = (row for row in self.rows if COST in (row.level1, row.level2))
        return next((row for row in costs if "/" in row.value), None)


def project_name(work: Work, dice: random.Random) -> str:
    """Return a name for a project of ``work``; ``{year}`` stands where a year is printed.

    >>> from benchmarks.documents.works import load
    >>> project_name(load()[0], random.Random(1)).startswith(("信息", "{year}", "本级"))
    True
    """
    prefix = dice.choices(("", "{year}年", "本级"), (6, 3, 1))[0]
    return prefix + work.title + dice.choice(_SUFFIXES)


def draft(
    name: str, work: Work, year: int, *, is_2021: bool, dice: random.Random, by_head: bool | None
) -> Draft:
    """Return a sound project.

    Args:
        name: the project's name.
        work: what the money is for.
        year: the fiscal year.
        is_2021: whether costs are a first level of their own, as the list of 2021 has them.
        dice: the source of chance.
        by_head: whether the budget is price × count; chance decides when ``None``.
    """
    if by_head is None:
        by_head = dice.random() < _RATE_SHARE
    costs, quantities, budget = (
        _paid_by_head(work, dice) if by_head and work.rate else _paid_as_lump_sums(work, dice)
    )
    cost_levels = (COST, ECONOMIC_COST) if is_2021 else (OUTPUT, COST)
    cost_rows = [Row(*cost_levels, name, value) for name, value in costs]
    rows = [Row(OUTPUT, QUANTITY, name, value) for name, value in quantities]
    rows += [Row(OUTPUT, QUALITY, name, value) for name, value in _qualities(work, dice)]
    rows += [
        Row(OUTPUT, TIMELINESS, work.title + kind, values.time(kind, year, dice))
        for kind in dice.sample(_TIMES, dice.choices((1, 2, 3), (5, 3, 2))[0])
    ]
    rows = cost_rows + rows if is_2021 else rows + cost_rows
    rows += _benefits(work, dice, is_2021=is_2021)
    rows += [
        Row(SATISFACTION, BENEFICIARY, f"{group}满意度", values.satisfaction(dice))
        for group in work.groups[: dice.choices((1, 2), (4, 1))[0]]
    ]
    other = _rounded(budget * dice.randint(5, 40) / 100)
    has_other = dice.random() < _OTHER_FUNDS_SHARE
    return Draft(
        name=name,
        use=_use(work, [name for name, _ in costs]),
        goals=_goals(work, dice),
        budget=budget,
        fiscal=budget - other if has_other else budget,
        other=other if has_other else None,
        rows=rows,
    )


def _paid_by_head(
    work: Work, dice: random.Random
) -> tuple[list[tuple[str, str]], list[tuple[str, str]], Decimal]:
    rate = work.rate
    assert rate is not None
    price = dice.randrange(rate.low, rate.high + 1, rate.step)
    heads = values.round_count(rate.count.low, rate.count.high, dice)
    budget = Decimal(price * heads * rate.months)
    counted = (rate.count.name, f"{dice.choice(('≥', ''))}{heads}{rate.count.unit}")
    # A second quantity in the same unit would leave open which one the price belongs to.
    others = [count for count in work.quantity if count.unit != rate.count.unit]
    more = dice.sample(others, dice.randint(0, min(2, len(others))))
    quantities = [counted, *((count.name, values.quantity(count, dice)) for count in more)]
    return [(rate.name, f"{dice.choice(('', '≤'))}{price}{rate.unit}")], quantities, budget


def _paid_as_lump_sums(
    work: Work, dice: random.Random
) -> tuple[list[tuple[str, str]], list[tuple[str, str]], Decimal]:
    budget = values.budget(dice)
    names = dice.sample(work.cost, dice.randint(1, len(work.cost)))
    parts = values.split(budget, len(names), dice)
    if dice.random() < 0.2:  # the ceilings do not explain all of the money
        parts[-1] = _rounded(parts[-1] * Decimal("0.8")) or parts[-1]
    ceilings = [f"≤{values.ten_thousands(part)}万元" for part in parts]
    costs = list(zip(names, ceilings, strict=True))
    chosen = dice.sample(work.quantity, dice.randint(1, len(work.quantity)))
    return costs, [(count.name, values.quantity(count, dice)) for count in chosen], budget


def _qualities(work: Work, dice: random.Random) -> list[tuple[str, str]]:
    chosen = dice.sample(work.quality, dice.choices((1, 2, 3), (5, 3, 2))[0])
    rates = [(name, values.high_rate(dice)) for name in chosen]
    if dice.random() < 0.2:
        rates.append((work.faults, f"≤{dice.choice((1, 2, 3, 5))}%"))
    return rates


def _benefits(work: Work, dice: random.Random, *, is_2021: bool) -> list[Row]:
    usable: list[Benefit] = [b for b in work.benefit if not (is_2021 and b.level2 == SUSTAINED)]
    chosen = dice.sample(usable, dice.randint(1, len(usable)))
    ordered = sorted(chosen, key=work.benefit.index)
    return [Row(BENEFIT, b.level2, b.name, values.benefit(b, dice)) for b in ordered]


def _use(work: Work, costs: list[str]) -> str:
    if work.rate is not None and costs == [work.rate.name]:
        return f"用于{work.title}相关支出，按{work.rate.name}和{work.rate.count.name}核定"
    return f"用于{work.title}相关支出，主要包括{'、'.join(costs)}"


def _goals(work: Work, dice: random.Random) -> list[str]:
    goals = [f"通过开展{work.title}工作，确保{work.aim}。"]
    if dice.random() < 0.3:
        goals.append(f"规范资金使用和过程管理，{work.groups[0]}满意度保持在较高水平。")
        if dice.random() < 0.3:
            goals.append("按时间节点完成年度任务，及时支付资金并做好验收归档。")
    return goals


def _rounded(amount: Decimal) -> Decimal:
    """Return ``amount`` down to the 100 yuan that a cell in 万元 with two decimals can print."""
    return amount // 100 * 100
