"""The words before a number → name, 每X, comparator, 约.

The number and what follows it are read elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from perfgraph.model import Comparator
from perfgraph.values.comparators import BEFORE, SIGNS
from perfgraph.values.units import known

_WORDS = "|".join(map(re.escape, sorted(BEFORE, key=len, reverse=True)))
_PATTERN = re.compile(
    r"(?P<name>.*?)(?P<colon>:)?(?P<per>平均|人均|(?:平均)?(?:每[^0-9每≥≤><=]{1,4}?)+)?"
    rf"(?P<near>大约|约为|约|近)?(?P<cmp>{_WORDS})?(?P<near2>大约|约|近)?[¥$]?"
)
_LIGHT = re.compile(
    "(?:达到|达|完成|实现|保持|共计|合计|总计|累计|共|计划|预计|新增|在|于|介于|为|全年|年内|当年|本年|各|均|全部"
    "|确保|力争|目标值|指标值|控制|数量|应|须|需)*"
)


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a number; ``name`` is what is neither comparator nor filler."""

    name: str = ""
    per: str = ""
    comparator: Comparator | None = None
    approximate: bool = False
    is_label: bool = False
    """Whether a colon parts the name from the value."""
    is_sign: bool = False
    """Whether the comparator is a sign, not a word."""


_NOTHING = Before()
_SIGNS = {
    word: Before(comparator=sign, is_sign=SIGNS[sign] == word) for word, sign in BEFORE.items()
}


def read_before(words: str) -> Before:
    """Return what the words before a number say.

    >>> before = read_before("每月不少于")
    >>> before.per, before.comparator
    ('/月', <Comparator.GE: 'ge'>)
    >>> read_before("合格率约为").name
    '合格率'
    """
    if not words:
        return _NOTHING
    if sign := _SIGNS.get(words):
        return sign
    match = _PATTERN.fullmatch(words)
    if match is None:
        return Before(name=words)
    name, per = match["name"], match["per"] or ""
    if per:
        parts = per.removeprefix("平均").replace("人均", "每人").split("每")[1:]
        if all(known(part) for part in parts):
            per = "".join("/" + part for part in parts)
        else:
            name, per = words[: match.end("per")], ""
    if _LIGHT.fullmatch(name):
        name = ""
    return Before(
        name,
        per,
        BEFORE[match["cmp"]] if match["cmp"] else None,
        bool(match["near"] or match["near2"]),
        bool(match["colon"]),
        match["cmp"] in SIGNS.values(),
    )
