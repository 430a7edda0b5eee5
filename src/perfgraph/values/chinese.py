"""Chinese numerals that stand for a quantity or a date → the same text with ASCII digits.

A numeral inside a word (一般, 十分, 统一) stays as it is: only a numeral with a known unit or a
date word after it, and nothing else around it, is one.
"""

from __future__ import annotations

import re

from perfgraph.values.after import read_after
from perfgraph.values.before import read_before
from perfgraph.values.numbers import NUMERAL, chinese, has_numeral
from perfgraph.values.units import unit

_QUANTITY = re.compile(
    f"(?P<before>[^零〇一二两三四五六七八九十百千万亿]*)(?P<n>{NUMERAL})(?P<after>.+)"
)
_YEAR = re.compile("[二一][〇零九][〇零一二三四五六七八九]{2}(?=年)")
_DAY = re.compile(
    "[一二三四五六七八九十]{1,3}(?=月份?(?:[0-9一二三四五六七八九十底末前内]|$|上旬|中旬|下旬)|日)"
)
_HALF = re.compile("(?P<before>[^半]*)半(?P<after>个?(?:小时|天|月|年).*)")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_WORDS = frozenset({"十分", "万分", "百分", "一分", "一般", "一级", "二级", "三级"})


def with_digits(plain: str) -> str:
    """Return ``plain`` with its Chinese numeral as digits, if it is a quantity or a date.

    >>> with_digits("不少于一百人次"), with_digits("二〇二五年十二月底前")
    ('不少于100人次', '2025年12月底前')
    >>> with_digits("一次性通过验收"), with_digits("十分满意")
    ('一次性通过验收', '十分满意')
    >>> with_digits("半年内"), with_digits("上半年")
    ('0.5年内', '上半年')
    """
    if "半" in plain and (half := _HALF.fullmatch(plain)) and not read_before(half["before"]).name:
        return f"{half['before']}0.5{half['after']}"
    if not has_numeral(plain) or len(plain) > 24 or plain in _WORDS:
        return plain
    if "年" in plain or "月" in plain:
        dated = _YEAR.sub(lambda match: match[0].translate(_DIGITS), plain)
        dated = _DAY.sub(_small, dated)
        if dated != plain:
            return dated
    match = _QUANTITY.fullmatch(plain)
    if match is None:
        return plain
    before, after = read_before(match["before"]), read_after(match["after"])
    if before.name or after.words or after.unit is None or after.unit.token is None:
        return plain
    if after.unit == unit("分"):
        return plain
    number = chinese(match["n"])
    return plain if number is None else f"{match['before']}{number:f}{match['after']}"


def _small(match: re.Match[str]) -> str:
    number = chinese(match[0])
    return match[0] if number is None else f"{number:f}"
