"""A sound project → one with a known fault, and the entry of the fault list that says so.

Each fault breaks one rule in one of the ways met in published tables. Where a fault cannot but
break other rules too (a table with two indicators lacks whole dimensions), ``entails`` names them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.documents import values
from benchmarks.documents.drafts import (
    BENEFICIARY,
    BENEFIT,
    COST,
    ECONOMIC_COST,
    OUTPUT,
    QUALITY,
    QUANTITY,
    SATISFACTION,
    TIMELINESS,
    Draft,
    Row,
)


@dataclass(frozen=True, slots=True)
class Injected:
    """What was done to a project: the rule it breaks, where, and in words."""

    rule: str
    zh: str
    en: str
    indicator: str | None = None
    value: str | None = None
    entails: tuple[str, ...] = ()
    is_ordinary: bool = False
    """Whether it is the prose that sound tables have too, and not one of the injected faults."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a fault may need to know beyond the project itself."""

    year: int
    unit_text: str
    is_first: bool
    dice: random.Random


Inject = Callable[[Draft, Scene], Injected]


def _budget_lost(draft: Draft, scene: Scene) -> Injected:
    draft.budget = None
    return Injected("C01", "预算数单元格为空", "the budget cell is empty")


def _goal_lost(draft: Draft, scene: Scene) -> Injected:
    if scene.dice.random() < 0.5:
        draft.goals = []
        return Injected("C02", "绩效目标单元格为空", "the goal cell is empty")
    draft.goals = ["XXXX"]
    return Injected(
        "C02", "绩效目标是占位文字", "the goal is a placeholder", value="XXXX", entails=("C10",)
    )


def _without(rule: str, zh: str, en: str, *levels: str) -> Inject:
    def inject(draft: Draft, scene: Scene) -> Injected:
        draft.rows = [
            row for row in draft.rows if row.level1 not in levels and row.level2 not in levels
        ]
        # Fewer rows may also be too few: the shortest table has one row of each dimension.
        entails = ("C20",) if len(draft.rows) < 3 else ()
        return Injected(rule, f"没有{zh}", f"no {en} indicator", entails=entails)

    return inject


def _misplaced(draft: Draft, scene: Scene) -> Injected:
    row = Row(BENEFIT, BENEFICIARY, "服务对象投诉处理满意度", "≥90%")
    # First of its group, so that its first level is printed: rules judge printed levels only.
    at = next(index for index, other in enumerate(draft.rows) if other.level1 == BENEFIT)
    draft.rows.insert(at, row)
    return Injected(
        "C06",
        "满意度归在效益指标之下",
        "satisfaction stands under benefit",
        row.name,
        row.level2,
    )


def _value_lost(draft: Draft, scene: Scene) -> Injected:
    row = scene.dice.choice(draft.rows_of(QUALITY))
    row.value = ""
    return Injected("C07", "指标值单元格为空", "the value cell is empty", row.name, "")


def _prose(draft: Draft, scene: Scene) -> Injected:
    row = next(row for row in draft.rows if row.level1 == BENEFIT)
    row.value = scene.dice.choice(
        (
            f"按月做好{row.name}相关工作",
            "保障各项业务工作正常有序开展",
            "为全区经济社会发展提供支撑",
        )
    )
    return Injected("C08", "指标值是叙述文字", "the value is prose", row.name, row.value)


def trend(draft: Draft, scene: Scene) -> Injected:
    """Give an indicator of benefit a trend as value: C08 in tables that are otherwise sound."""
    row = next(row for row in draft.rows if row.level1 == BENEFIT)
    row.value = scene.dice.choice(values.TRENDS)
    return Injected(
        "C08", "指标值是趋势表述", "the value is a trend", row.name, row.value, is_ordinary=True
    )


def _no_number(draft: Draft, scene: Scene) -> Injected:
    for row in draft.rows:
        if row.level1 in (OUTPUT, COST):
            row.value = scene.dice.choice(("按计划完成", "按要求完成", "按规定执行"))
    return Injected(
        "C08b",
        "产出指标都没有量化",
        "no output indicator has a number",
        entails=("C08",),
    )


def _unit_lost(draft: Draft, scene: Scene) -> Injected:
    row = draft.rows_of(QUANTITY)[0]
    row.value = f"≥{scene.dice.randint(11, 900)}"
    return Injected("C09", "数值没有计量单位", "the number has no unit", row.name, row.value)


def _template(draft: Draft, scene: Scene) -> Injected:
    row = scene.dice.choice(draft.rows_of(QUALITY))
    row.value = scene.dice.choice(("≥**%", "≥ %", "XX%", "≥__%", "（填写数值）"))
    # Read by itself, template text may also be prose or a number without a unit.
    return Injected(
        "C10",
        "指标值是模板残留",
        "the value is template text",
        row.name,
        row.value,
        entails=("C08", "C09"),
    )


def _wrong_direction(draft: Draft, scene: Scene) -> Injected:
    cost = next(row for row in draft.rows if row.level2 in (COST, ECONOMIC_COST))
    if scene.dice.random() < 0.5:
        cost.value = "≥" + cost.value.removeprefix("≤")
        return Injected("C11", "成本指标用了≥", "a cost uses ≥", cost.name, cost.value)
    row = next(row for row in draft.rows if row.level1 == SATISFACTION)
    row.value = f"≤{scene.dice.choice((90, 95))}%"
    return Injected("C11", "满意度用了≤", "a satisfaction uses ≤", row.name, row.value)


def _over_hundred(draft: Draft, scene: Scene) -> Injected:
    row = next(row for row in draft.rows if row.level1 == SATISFACTION)
    row.value = f"≥{scene.dice.choice((105, 110, 120, 150))}%"
    return Injected("C12", "满意度超过100%", "a satisfaction above 100 %", row.name, row.value)


def _low_satisfaction(draft: Draft, scene: Scene) -> Injected:
    row = next(row for row in draft.rows if row.level1 == SATISFACTION)
    row.value = f"≥{scene.dice.choice((60, 65, 70, 75))}%"
    return Injected("C13", "满意度低于80%", "a satisfaction below 80 %", row.name, row.value)


def _sources_do_not_sum(draft: Draft, scene: Scene) -> Injected:
    assert draft.budget is not None
    missing = max(draft.fiscal * scene.dice.randint(3, 40) // 100 // 100 * 100, Decimal(1000))
    draft.fiscal -= missing
    return Injected("C14", f"财政资金少了{missing}元", f"the fiscal funds are {missing} yuan short")


def _costs_above_budget(draft: Draft, scene: Scene) -> Injected:
    assert draft.budget is not None
    row = next(row for row in draft.rows if row.level2 in (COST, ECONOMIC_COST))
    above = draft.budget * scene.dice.randint(110, 180) // 100 // 100 * 100
    row.value = f"≤{values.ten_thousands(above)}万元"
    return Injected("C15a", "成本指标超过预算数", "a cost above the budget", row.name, row.value)


def _rate_does_not_fit(draft: Draft, scene: Scene) -> Injected:
    row = draft.rate_row
    assert row is not None
    price = row.value.lstrip("≤")
    digits = "".join(character for character in price if character.isdigit())
    raised = int(digits) * scene.dice.randint(110, 190) // 100
    row.value = row.value.replace(digits, str(raised))
    return Injected(
        "C15b", "标准乘以数量与预算不符", "price × count is not the budget", row.name, row.value
    )


def _outside_year(draft: Draft, scene: Scene) -> Injected:
    row = draft.rows_of(TIMELINESS)[0]
    row.value = scene.dice.choice(
        (f"{scene.year + 1}年6月30日前", f"{scene.year - 1}年1月至{scene.year - 1}年12月")
    )
    return Injected("C16", "时间不在预算年度内", "a date outside the year", row.name, row.value)


def _repeated(draft: Draft, scene: Scene) -> Injected:
    row = draft.rows_of(QUALITY)[-1]
    copy = Row(row.level1, row.level2, row.name, row.value)
    draft.rows.insert(draft.rows.index(row) + 1, copy)
    return Injected("C19", "指标重复", "an indicator stands twice", row.name, row.value)


def _too_few(draft: Draft, scene: Scene) -> Injected:
    draft.rows = [
        draft.rows_of(QUANTITY)[0],
        next(row for row in draft.rows if row.level1 == SATISFACTION),
    ]
    return Injected(
        "C20", "只有两个指标", "only two indicators", entails=("C03", "C05a", "C05b", "C05c")
    )


def _bad_unit_code(draft: Draft, scene: Scene) -> Injected:
    code, name = scene.unit_text[:6], scene.unit_text[6:]
    if scene.is_first or scene.dice.random() < 0.5:
        draft.unit_text = code[:5] + name
        return Injected("C23", "单位编码少一位", "the unit code lacks a digit", value=code[:5])
    draft.unit_text = f"{code}{name}本级"
    return Injected("C23", "同一编码两个单位名称", "one code with two names", value=name + "本级")


def _goal_is_use(draft: Draft, scene: Scene) -> Injected:
    draft.goals = [draft.use]
    return Injected("C26", "绩效目标照抄资金用途", "the goal is a copy of the use of funds")


def _not_applicable(draft: Draft, scene: Scene) -> Injected:
    row = next(row for row in draft.rows if row.level1 == BENEFIT)
    row.value = scene.dice.choice(("无", "不适用", "否"))
    return Injected("C28", "指标值是“无”一类", "the value is 'none'", row.name, row.value)


FAULTS: tuple[tuple[str, Inject], ...] = (
    ("C01", _budget_lost),
    ("C02", _goal_lost),
    ("C03", _without("C03", "效益指标", "benefit", BENEFIT)),
    ("C04", _without("C04", "满意度指标", "satisfaction", SATISFACTION)),
    ("C05a", _without("C05a", "质量指标", "quality", QUALITY)),
    ("C05b", _without("C05b", "时效指标", "timeliness", TIMELINESS)),
    ("C05c", _without("C05c", "成本指标", "cost", COST)),
    ("C06", _misplaced),
    ("C07", _value_lost),
    ("C08", _prose),
    ("C08b", _no_number),
    ("C09", _unit_lost),
    ("C10", _template),
    ("C11", _wrong_direction),
    ("C12", _over_hundred),
    ("C13", _low_satisfaction),
    ("C14", _sources_do_not_sum),
    ("C15a", _costs_above_budget),
    ("C15b", _rate_does_not_fit),
    ("C16", _outside_year),
    ("C19", _repeated),
    ("C20", _too_few),
    ("C23", _bad_unit_code),
    ("C26", _goal_is_use),
    ("C28", _not_applicable),
)
"""The rules that are broken, in turn. C18 is missing: a copied description is the ordinary case."""

NEEDS_RATE = frozenset({"C15b"})
