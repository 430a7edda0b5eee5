"""Comparator signs and words → ``Comparator``.

以上, 以下, 以内 and 不超过 include the number; 超过, 不足, 不满 and 以外 do not. Numbers and units
are read elsewhere.
"""

from __future__ import annotations

from perfgraph.model import Comparator
from perfgraph.values.normalise import normalise

_BEFORE: dict[Comparator, str] = {
    Comparator.GE: "≥ 大于等于 大于或等于 大于或者等于 不少于 不低于 不小于 不短于 不差于 不亚于"
    " 不得低于 不得少于 应不低于 保持不低于 至少 最少 最低 达 达到 达到了 需达到 均达到 要达到"
    " 应达到 力争达到 确保达到 提高到 提高至 提升到 提升至 增加到 增加至 增长到 增长至"
    " 上升到 上升至",
    Comparator.GT: "> 大于 高于 多于 超过 超 优于",
    Comparator.LE: "≤ 小于等于 小于或等于 小于或者等于 不超过 不超 不高于 不大于 不多于 不得超过"
    " 不得高于 不能超过 至多 最多 最高 控制到 控制在 应控制在 严格控制在 限于 降到 降至 降低到"
    " 降低至 下降到 下降至 减少到 减少至 缩短到 缩短至",
    Comparator.LT: "< 小于 低于 少于 不足 不满 不到",
    Comparator.EQ: "= 等于 为 是 即 保持在 稳定在 维持在 维持 均为 应为",
}
_AFTER: dict[Comparator, str] = {
    Comparator.GE: "及以上 以上 之上 以上的",
    Comparator.LE: "及以下 以下 之下 以内 之内 内 范围内 以下的",
}

BEFORE: dict[str, Comparator] = {
    word: comparator for comparator, words in _BEFORE.items() for word in words.split()
}
"""What may stand before a number."""

AFTER: dict[str, Comparator] = {
    word: comparator for comparator, words in _AFTER.items() for word in words.split()
}
"""What may stand after a number and its unit."""

SIGNS: dict[Comparator, str] = {
    Comparator.GE: "≥",
    Comparator.GT: ">",
    Comparator.LE: "≤",
    Comparator.LT: "<",
    Comparator.EQ: "=",
}

UPPER = frozenset({Comparator.LE, Comparator.LT})
LOWER = frozenset({Comparator.GE, Comparator.GT})
OPPOSITE = {Comparator.GE: UPPER, Comparator.LE: LOWER}
"""What contradicts 以上 and 以下."""


def comparator(text: str) -> Comparator | None:
    """Return what the text of a comparator column says; ``None`` for 定性 and other words.

    >>> comparator("大于等于"), comparator("═"), comparator("定性")
    (<Comparator.GE: 'ge'>, <Comparator.EQ: 'eq'>, None)
    """
    return BEFORE.get(text) or BEFORE.get(normalise(text))
