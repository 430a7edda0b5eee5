"""A money cell of the fund block → an exact amount in yuan, blank, or unreadable with a reason.

An empty cell is unknown, never zero.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from perfgraph.model import Unit
from perfgraph.text import Text
from perfgraph.values.normalise import normalise
from perfgraph.values.numbers import NUMBER, decimal, is_code
from perfgraph.values.units import known

_AMOUNT = re.compile(rf"[¥￥]?(?P<n>-?{NUMBER})(?P<unit>[^0-9]*)")
_BLANK = frozenset({"", "/", "-", "--", "---", "----", "无", "\\"})
_NOT_A_NUMBER = Text(zh="不是金额", en="this is not an amount of money")
_NO_UNIT = Text(zh="金额没有单位", en="the amount has no unit")
_OTHER_UNIT = Text(zh="“{unit}”不是金额单位", en="“{unit}” is not a unit of money")


@dataclass(frozen=True, slots=True)
class Money:
    """What a money cell says: ``yuan`` with the unit as written, or nothing and, if so, why.

    A blank cell has neither amount nor reason; a cell that cannot be read has a reason.
    """

    text: str
    yuan: Decimal | None = None
    unit: Unit | None = None
    reason: Text | None = None

    @property
    def is_blank(self) -> bool:
        """Whether no amount is filled in: unknown, not zero."""
        return self.yuan is None and self.reason is None

    @property
    def is_unreadable(self) -> bool:
        """Whether something is printed that is not an amount."""
        return self.reason is not None


def amount(text: str, header: Unit | None = None) -> Money:
    """Return the amount of a cell; ``header`` is the money unit that its table states.

    A unit in the cell wins over the header's.

    >>> from perfgraph.values.units import unit
    >>> amount("222.00", unit("万元")).yuan, amount("854万元", unit("元")).yuan
    (Decimal('2220000.00'), Decimal('8540000'))
    >>> amount("12").is_unreadable, amount("0").yuan  # without a unit
    (True, Decimal('0'))
    >>> amount("—").is_blank, amount("0.00", unit("万元")).yuan, amount("按实结算").is_unreadable
    (True, Decimal('0.00'), True)
    """
    plain = normalise(text)
    if plain in _BLANK:
        return Money(text)
    match = _AMOUNT.fullmatch(plain)
    if match is None or is_code(match["n"]):
        return Money(text, reason=_NOT_A_NUMBER)
    written = match["unit"]
    if written in {"万", "亿"}:
        written += "元"
    found = known(written.removesuffix("整")) if written else header
    if found is None and not written:
        number = decimal(match["n"])  # nothing is nothing in every unit
        return Money(text, reason=_NO_UNIT) if number else Money(text, number)
    if found is None or found.quantity != "money":
        return Money(text, reason=_OTHER_UNIT.format(unit=written))
    return Money(text, decimal(match["n"]) * found.factor, found)
