"""The words after a number → scale, unit, 以上, 左右, and the words that remain.

A known unit is preferred to a longer unknown one: 2套方案 counts 套.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from perfgraph.model import Comparator, Unit
from perfgraph.values.comparators import AFTER
from perfgraph.values.units import known, longest_prefix, unit

_WORDS = "|".join(map(re.escape, sorted(AFTER, key=len, reverse=True)))
_SUFFIX = rf"(?P<many>[余多])?(?P<near>左右|上下)?(?P<cmp>{_WORDS})?"
_AT_END = re.compile(rf"(?P<first>[余多])?(?P<unit>.*?){_SUFFIX}")
_NEXT = re.compile(_SUFFIX)
_RATE_MARK = re.compile("[/*·×每]")
_MINTED = re.compile("[\u4e00-\u9fff]{1,3}|[\u4e00-\u9fff]{0,2}[A-Za-z]{2,5}(?:/[a-z])?")
_NO_UNIT = re.compile(
    "[年月日号成半余多否底末初第一二两三四五六七八九十百千万亿零〇的了等及和与为在是以其每不无未有将用可应须左右上下内外前后至到]|完成|合格|达标|通过|覆盖|到位|响应|办结|万元"
)
_LONGEST = 12
_COUNTERS = frozenset("次套天日件户份")
"""What makes a new counting word of another one, as in 户次 and 台套."""


@dataclass(frozen=True, slots=True)
class After:
    """What stands after a number; ``words`` is what is neither unit nor suffix."""

    unit: Unit | None = None
    scale: str = ""
    comparator: Comparator | None = None
    approximate: bool = False
    words: str = ""


_NOTHING = After()


def read_after(words: str) -> After:
    """Return what the words after a number say.

    >>> after = read_after("万人次以上")
    >>> after.unit.symbol, after.comparator
    ('万人次', <Comparator.GE: 'ge'>)
    >>> read_after("分钟内响应").words, read_after("部宣传片").unit.symbol
    ('响应', '部')
    >>> read_after("标准箱").unit.base, read_after("标准箱").unit.token
    ('标准箱', None)
    >>> read_after("万标准箱").unit.base, read_after("万标准箱").unit.factor
    ('标准箱', Decimal('10000'))
    """
    if not words:
        return _NOTHING
    if found := known(words):
        return After(found)
    match = _AT_END.fullmatch(words)
    assert match is not None
    result = _whole(match["unit"]) or _by_prefix(
        words[match.end("first") if match["first"] else 0 :]
    )
    whole = result.words == ""
    return replace(
        result,
        comparator=result.comparator or (AFTER.get(match["cmp"] or "") if whole else None),
        approximate=bool(match["first"]) or result.approximate or (whole and _is_near(match)),
    )


def _is_near(match: re.Match[str]) -> bool:
    return bool(match["many"] or match["near"])


def _whole(body: str) -> After | None:
    """Return the reading if all of ``body`` is a unit, a scale or nothing."""
    if not body:
        return _NOTHING
    if body in {"万", "亿"}:
        return After(scale=body)
    if found := known(body):
        return After(found)
    if _RATE_MARK.search(body[1:]) and len(body) <= _LONGEST and _is_rate(body):
        return After(unit(body))
    head, last = body[:-1], body[-1]
    if (
        last in _COUNTERS
        and head != "个"
        and (counted := known(head))
        and counted.quantity == "count"
    ):
        return After(unit(body))
    if not body.isascii() and longest_prefix(body):
        return None
    counted_word = body[1:] if body[0] in "万亿" else body
    is_new = counted_word is body or not longest_prefix(counted_word)
    if is_new and _MINTED.fullmatch(counted_word) and not _NO_UNIT.search(counted_word):
        return After(unit(body))
    return None


def _is_rate(body: str) -> bool:
    """Whether ``body`` is a known unit per something that may be a unit."""
    first, *rest = _RATE_MARK.split(body)
    numerator = unit("万元") if first in {"万", "亿"} else known(first)
    return (
        numerator is not None
        and numerator.quantity != "duration"
        and all(
            known(part) or (_MINTED.fullmatch(part) and not _NO_UNIT.search(part)) for part in rest
        )
    )


def _by_prefix(words: str) -> After:
    """Return the longest known unit that ``words`` begin with, its suffix, and what remains."""
    found, scale, length = None, "", 0
    if longest := longest_prefix(words):
        found, length = longest
    elif words and words[0] in "万亿":
        scale, length = words[0], 1
        if words[1:2] in {"余", "多"} and (longest := longest_prefix(scale + words[2:])):
            inner = _by_prefix(words[1 + longest[1] :])
            return replace(inner, unit=longest[0], approximate=True)
    suffix = _NEXT.match(words, length)
    assert suffix is not None
    return After(
        found,
        scale,
        AFTER.get(suffix["cmp"] or ""),
        _is_near(suffix),
        words[suffix.end() :],
    )
