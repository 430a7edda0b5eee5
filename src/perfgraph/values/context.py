"""What the table knows → the unit and the comparator that a value cell does not say itself.

Only evidence that is printed somewhere is used: the columns, the indicator's name, the header.
"""

from __future__ import annotations

import re
from functools import lru_cache

from perfgraph.model import Context, Evidence, Unit
from perfgraph.text import Text
from perfgraph.values import notes
from perfgraph.values.normalise import normalise
from perfgraph.values.units import is_word, known, unit

_NOT_UNITS = frozenset(
    {"无", "其他", "其它", "定性", "文字", "文字描述", "不适用", "是否", "是/否", "/"}
)
_LONGEST_UNIT = 12
_BRACKETED = re.compile(r"\(([^()]{1,14})\)")
_RESIDUE = re.compile(r"[≥≤><=]*\*{1,}([^*()0-9]{1,10})$")
_TEMPLATE = re.compile(r"^[≥≤><=]*\**")
_NOT_MONEY = re.compile(
    "(?:率|比|比例|程度|度|人数|数|数量|次数|户数|面积|里程|时间|时限|周期|天数|得分)(?:\\(.*\\))?$"
)


@lru_cache(maxsize=1024)
def column_unit(text: str) -> Unit | None:
    """Return the unit that the unit column names; ``None`` when it names none.

    >>> column_unit("元/人·月").symbol, column_unit("44,561"), column_unit("—"), column_unit("无")
    ('元/人/月', None, None, None)
    """
    plain = normalise(text)
    if not plain or plain in _NOT_UNITS or len(plain) > _LONGEST_UNIT:
        return None
    found = known(plain)
    if found is None and is_word(plain):
        found = unit(plain)
    return found


@lru_cache(maxsize=4096)
def name_unit(name: str) -> Unit | None:
    """Return the unit at the end of an indicator's name, in brackets or after its stars.

    >>> name_unit("保护面积（万亩）").symbol, name_unit("低保标准(≥**元/人·月)").symbol
    ('万亩', '元/人/月')
    >>> name_unit("受益人口数≥**人").symbol, name_unit("补助人数（新增）")
    ('人', None)
    """
    plain = normalise(name)
    words = [_TEMPLATE.sub("", match[1]) for match in _BRACKETED.finditer(plain)]
    if residue := _RESIDUE.search(plain):
        words.append(residue[1])
    for word in reversed(words):
        if found := known(word):
            return found
    return None


def header_unit(context: Context) -> Unit | None:
    """Return the header's money unit if the indicator is a cost in money.

    >>> from perfgraph.model import Dimension
    >>> header_unit(Context(dimension=Dimension.COST, name="维修费", money_unit="万元")).symbol
    '万元'
    >>> header_unit(Context(dimension=Dimension.COST, name="成本节约率", money_unit="万元"))
    """
    if context.dimension is None or not context.dimension.is_cost or not context.money_unit:
        return None
    if _NOT_MONEY.search(normalise(context.name)):
        return None
    found = column_unit(context.money_unit)
    return found if found is not None and found.quantity == "money" else None


def missing_unit(context: Context, scale: str) -> tuple[Unit, Evidence, tuple[Text, ...]] | None:
    """Return the unit of a number that is printed without one, and where it was found.

    ``scale`` is the 万 or 亿 that stands alone after the number.
    """
    if found := column_unit(context.unit):
        return _with_scale(found, scale), Evidence.COLUMN, ()
    if found := name_unit(context.name):
        return _with_scale(found, scale), Evidence.NAME, ()
    money = header_unit(context)
    if scale and (money or (context.dimension is not None and context.dimension.is_cost)):
        evidence = Evidence.HEADER if money else Evidence.ASSUMED
        return unit(scale + "元"), evidence, (notes.YUAN_ELIDED.format(scale=scale),)
    if money:
        return money, Evidence.HEADER, (notes.HEADER_UNIT.format(unit=money.symbol),)
    return None


def _with_scale(found: Unit, scale: str) -> Unit:
    if not scale or found.symbol.startswith(scale) or found.quantity in {"ratio", "duration"}:
        return found
    return unit(scale + found.symbol)
