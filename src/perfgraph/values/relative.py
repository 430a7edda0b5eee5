"""A cell that says a change against something → ``Value`` of kind relative.

提高到95% is no change but a level, and is read as a quantity.
"""

from __future__ import annotations

import re

from perfgraph.model import Base, Comparator, Context, Evidence, Kind, Trend, Value
from perfgraph.text import Text
from perfgraph.values import notes
from perfgraph.values.after import read_after
from perfgraph.values.comparators import BEFORE
from perfgraph.values.numbers import NUMBER, decimal
from perfgraph.values.printed import Printed

TRENDS: dict[str, Trend] = {
    word: trend
    for trend, words in {
        Trend.UP: "提高 提升 增长 增加 上升 增强 加强 扩大 上涨 增收 递增 攀升",
        Trend.DOWN: "下降 降低 减少 缩小 缩短 压减 压缩 回落 减轻 递减",
        Trend.STEADY: "保持 持平 稳定 维持 不变",
        Trend.IMPROVE: "改善 优化 改进 好转 完善",
    }.items()
    for word in words.split()
}
_TREND = "|".join(TRENDS)
_SIGN = "|".join(map(re.escape, sorted(BEFORE, key=len, reverse=True)))
_BASES = (
    "(?P<previous>(?:较|比|与|同|和|相比|对比|相较于|相对)"
    "(?:上一?年度?|去年|往年|前一年度?|(?P<year>(?:19|20)[0-9]{2}|某)年度?)"
    "(?P<same>同期)?(?:水平)?(?:相比|比较|相较)?)"
    "|(?P<period>同比|较同期|比同期|与同期相比|环比)"
    "|(?P<plan>(?:较|比)(?:计划|目标|预算|年初)(?:数|值)?)"
)
_NUMBERED = re.compile(
    rf"(?:{_BASES})?(?:年均|平均|每年|有所|逐年|实现|均|,|预计|力争)*(?P<trend>{_TREND})(?:了|幅度|幅|率)?"
    rf"(?P<near>大约|约|近)?(?P<cmp>{_SIGN})?(?P<n>{NUMBER})(?P<rest>[^0-9]*)"
)
_UNNUMBERED = re.compile(
    rf"(?:{_BASES})(?:年均|均|有所|逐年|略有|明显|显著|大幅|稳步|稳中有|进一步|实现|,)*(?P<trend>{_TREND})[^0-9]{{0,6}}"
)
_AGAINST = re.compile(
    "(?P<cmp>不低于|不少于|不高于|不超过|高于|低于|超过|≥|≤)(?:上一?年度?|去年|往年)(?P<same>同期)?(?:水平|数|值)?"
)
_TO = re.compile(f"(?:{_TREND})(?:到|至|为|率)")


def read_relative(printed: Printed) -> Value | None:
    """Return the change that a cell asks for; ``None`` if it asks for none.

    >>> from perfgraph.model import Context
    >>> value = read_relative(Printed("", "较上年提高5个百分点以上", Context()))
    >>> value.number, value.comparator.value, value.relative_to.value, value.unit.symbol
    (Decimal('5'), 'ge', 'previous-year', '个百分点')
    >>> read_relative(Printed("", "提高到95%", Context())) is None
    True
    """
    plain = printed.plain
    if match := _AGAINST.fullmatch(plain):
        return Value(
            printed.text,
            Kind.RELATIVE,
            BEFORE[match["cmp"]],
            True,
            relative_to=Base.SAME_PERIOD if match["same"] else Base.PREVIOUS_YEAR,
            notes=printed.notes,
        )
    if match := _UNNUMBERED.fullmatch(plain):
        base, found = _base(match, printed.context)
        return Value(
            printed.text,
            Kind.RELATIVE,
            trend=TRENDS[match["trend"]],
            relative_to=base,
            notes=(*printed.notes, *found),
        )
    match = _NUMBERED.fullmatch(plain)
    if match is None or _TO.search(plain):
        return None
    after = read_after(match["rest"])
    if after.words or after.scale:
        return None
    sign = BEFORE.get(match["cmp"] or "") or after.comparator
    base, found = _base(match, printed.context)
    return Value(
        printed.text,
        Kind.RELATIVE,
        sign or Comparator.EQ,
        sign is not None,
        decimal(match["n"]),
        unit=after.unit,
        unit_evidence=Evidence.CELL if after.unit else None,
        trend=TRENDS[match["trend"]],
        relative_to=base,
        approximate=bool(match["near"]) or after.approximate,
        notes=(*printed.notes, *found),
    )


def _base(match: re.Match[str], context: Context) -> tuple[Base, tuple[Text, ...]]:
    if match["previous"]:
        if match["year"] and match["year"] != str((context.year or 0) - 1):
            return Base.UNSTATED, (notes.OTHER_BASE.format(year=match["year"]),)
        return (Base.SAME_PERIOD if match["same"] else Base.PREVIOUS_YEAR), ()
    if match["period"]:
        return Base.SAME_PERIOD, ()
    if match["plan"]:
        return Base.PLAN, ()
    return Base.UNSTATED, ()
