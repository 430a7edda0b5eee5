"""A cell with one number, or one range of numbers → ``Value``.

A number inside prose is no target: such a cell is left to ``wording``.
"""

from __future__ import annotations

import re

from perfgraph.model import Comparator, Unit, Value
from perfgraph.text import Text
from perfgraph.values import notes
from perfgraph.values.after import After, read_after
from perfgraph.values.before import Before, read_before
from perfgraph.values.build import Quantity, build
from perfgraph.values.comparators import OPPOSITE, UPPER
from perfgraph.values.numbers import NUMBER, decimal, is_code
from perfgraph.values.printed import Printed
from perfgraph.values.units import known, per, unit

_CORE = re.compile(
    rf"(?P<a>(?:(?<![^≥≤><=约])-)?{NUMBER})"
    r"(?:(?P<between>[^0-9≥≤><=~,;、。:至到且-]{0,6})"
    rf"(?:-{{1,2}}|~+|至|到|和(?=.*之间))(?P<b>{NUMBER}))?"
)
_DIGIT = re.compile("[0-9]")
_CLAUSE = re.compile("[,;。、!?:()]")
_REFERENCE = re.compile(
    "(?:第|前|后|上|去|近|比|较|于|占|按|依|照|的|之|号|文|版|[a-zA-Z0-9./_+*×-])$"
)
_RATE_NAME = re.compile("(?:率|满意度|比例|占比|比重|程度|度|得分|评分)$")
_COUNTED_NAME = re.compile("(人次|户次|批次|[人户辆台场次家])数量?$")
_DONE = re.compile(
    "(?:的|之间|均|全部|按时|及时)?(?:完成|到位|达标|合格|办结|支付|发放|拨付|兑付|落实|覆盖|通过|响应|处理|解决|到达|交付)*"
)
_PLAIN_WORDS = re.compile("(?![前后起])[\u4e00-\u9fff]{0,6}")
_AFTER_PERCENT = re.compile("(?![前后起])[\u4e00-\u9fff]{0,4}")
_LOST_DATE = re.compile("(?:19|20)[0-9]{3,4}")
"""Digits of a date that lost its 年 and 月: 20246-202516 is no range."""
_NAME_LIMIT = 16
_COUNTED_NAME_LIMIT = 10
_MINTED = "minted"
_TIED = frozenset({"money", "money-rate", "duration", None})
"""Quantities that are a target only with a comparator when other words stand around them."""


def read_quantity(printed: Printed) -> Value | None:
    """Return the one quantity of a cell; ``None`` if it holds none, or several.

    >>> from perfgraph.model import Context
    >>> value = read_quantity(Printed("", "平均每生每年不少于3300元", Context()))
    >>> value.comparator, value.number, value.unit.symbol
    (<Comparator.GE: 'ge'>, Decimal('3300'), '元/生/年')
    >>> read_quantity(Printed("", "当年在校学生数4953", Context())) is None
    True
    """
    plain = printed.plain
    core = _CORE.search(plain)
    if core is None or is_code(core["a"]) or is_code(core["b"] or ""):
        return None
    following = plain[core.end() :]
    if _DIGIT.search(following.replace("m2", "").replace("m3", "")):
        return None
    before, after = read_before(plain[: core.start()]), read_after(following)
    found = _unit(before, after)
    if before.per and found is None:
        return None
    said = _comparator(before, after)
    if not _is_target(before, after, found, is_bounded=said is not None or core["b"] is not None):
        return None
    number, upper = decimal(core["a"]), None
    if core["b"]:
        upper = decimal(core["b"])
        if found is None and _LOST_DATE.fullmatch(core["a"]) and _LOST_DATE.fullmatch(core["b"]):
            return None
        if upper <= number or not _is_same_unit(core["between"], found, after.scale):
            return None
    quantity = Quantity(
        number,
        upper,
        said,
        found,
        after.scale if found is None else "",
        before.approximate or after.approximate,
        _notes(before, after, following),
    )
    return build(printed, quantity)


def _unit(before: Before, after: After) -> Unit | None:
    """Return the unit that the words on both sides make: 每月…次 is 次/月, 次数为… is 次."""
    if before.per:
        first = after.unit.symbol if after.unit else after.scale
        return per(first, before.per) if first else None
    if after.unit is None and not after.scale and (counted := _COUNTED_NAME.search(before.name)):
        return unit(counted[1]) if before.comparator is not None else None
    return after.unit


def _comparator(before: Before, after: After) -> Comparator | None:
    """Return what both sides say; a sign wins, then 以上 wins over 控制在, 达到 and the like."""
    first, last = before.comparator, after.comparator
    if first is None or last is None:
        return first or last
    if first is Comparator.EQ or (not before.is_sign and (first in UPPER) is not (last in UPPER)):
        return last
    return first


def _is_target(before: Before, after: After, found: Unit | None, *, is_bounded: bool) -> bool:
    """Whether the number is what the cell says, and not only a number inside prose."""
    quantity = found.quantity if found else None
    if found is not None and quantity is None:
        quantity = _MINTED
    if after.words and not _is_aside(after.words, quantity, is_bounded=is_bounded):
        return False
    return not before.name or _is_name(before, quantity, is_bounded=is_bounded)


def _is_aside(words: str, quantity: str | None, *, is_bounded: bool) -> bool:
    """Whether the words after the unit leave the number the point of the cell."""
    if _DONE.fullmatch(words):
        return True
    if quantity is None:
        return False
    if is_bounded or quantity not in _TIED | {"ratio", "score"}:
        return _PLAIN_WORDS.fullmatch(words) is not None
    return quantity == "ratio" and _AFTER_PERCENT.fullmatch(words) is not None


def _is_name(before: Before, quantity: str | None, *, is_bounded: bool) -> bool:
    """Whether the words before the number name what it measures."""
    name = before.name
    if _CLAUSE.search(name) or len(name) > _NAME_LIMIT:
        return False
    if before.is_label or before.comparator is not None:
        return True
    if "每" in name or _REFERENCE.search(name):
        return False
    if quantity in {"ratio", "score"}:
        return _RATE_NAME.search(name) is not None
    if quantity in _TIED or quantity == _MINTED:
        return is_bounded
    return len(name) <= _COUNTED_NAME_LIMIT


def _is_same_unit(between: str, found: Unit | None, scale: str) -> bool:
    """Whether the words after the first number of a range agree with the unit of the second."""
    if not between:
        return True
    if between in {"万", "亿"}:
        return between == scale or (found is not None and found.symbol.startswith(between))
    first = known(between.removesuffix("以上").removesuffix("以下"))
    return first is not None and found is not None and first.symbol == found.symbol


def _notes(before: Before, after: After, following: str) -> tuple[Text, ...]:
    found: list[Text] = []
    if (
        before.is_sign
        and after.comparator
        and _comparator(before, after) in OPPOSITE[after.comparator]
    ):
        found.append(notes.TWO_COMPARATORS)
    if following == "月":
        found.append(notes.MONTHS_OR_MONTH)
    if words := "…".join(filter(None, (before.name, after.words))):
        found.append(notes.WORDS.format(words=words))
    return tuple(found)
