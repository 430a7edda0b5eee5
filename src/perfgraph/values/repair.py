"""A cell damaged by scanning or typing → the text as it was meant, or the value itself.

Only damage that betrays itself is repaired, and every repair is told; what could be true as printed
stays as printed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from perfgraph.model import Comparator, DatePrecision, Dimension, Evidence, Kind, Value
from perfgraph.text import Text
from perfgraph.values import notes
from perfgraph.values.numbers import decimal
from perfgraph.values.printed import Printed
from perfgraph.values.units import known

_PERCENT = r"[0-9]{1,3}(?:\.[0-9]+)?"
_DAMAGED_SIGN = "2|工|乏|之|Z|z|\\^|≥|>|5=|5≥|="
_GLUED = re.compile(
    rf"(?:{_DAMAGED_SIGN})?(?P<n>{_PERCENT})(?P<mark>[%$])(?:{_DAMAGED_SIGN}|\$)*(?P=n)[%$]"
)
_TWICE = re.compile(rf"(?P<whole>[≥≤><=]?{_PERCENT}%)(?P=whole)")
_OVER_100 = re.compile(rf"2(?P<n>{_PERCENT})%")
_LEADING = re.compile(r"(?P<sign>[工乏\^Z])(?=[0-9]+(?:\.[0-9]+)?%)|(?P<equal>二)(?=[0-9])")
_TYPED = {"》=": "≥", "》": ">", "《=": "≤", "《": "<"}
_TYPED_SIGN = re.compile("[》《]=?(?=[0-9])")
_SERIAL = re.compile(r"=?(?P<n>[34][0-9],?[0-9]{3})")
_EPOCH = date(1899, 12, 30)
_GROWTH = re.compile("增|涨|提高|提升|上升|倍|翻")
_COMMON_RATE = Decimal(50)


def mend_signs(plain: str) -> tuple[str, Text | None]:
    """Return the text with a comparator that was clearly misread or mistyped, and the repair.

    >>> mend_signs("工95%")[0], mend_signs("二100百分比")[0], mend_signs("》=90%")[0]
    ('≥95%', '=100百分比', '≥90%')
    """
    if match := _TYPED_SIGN.match(plain):
        sign = _TYPED[match[0]]
        return sign + plain[match.end() :], notes.REPAIR_TYPED.format(seen=match[0], sign=sign)
    if match := _LEADING.match(plain):
        sign = "=" if match["equal"] else "≥"
        return sign + plain[match.end() :], notes.REPAIR_SIGN.format(seen=match[0], sign=sign)
    return plain, None


def read_damaged(printed: Printed) -> Value | None:
    """Return the value of a percentage whose damage shows, or of a date serial.

    >>> from perfgraph.model import Context, Dimension
    >>> value = read_damaged(Printed("", "290%", Context()))
    >>> value.comparator.value, value.number
    ('ge', Decimal('90'))
    >>> read_damaged(Printed("", "250%5=50%", Context())).number
    Decimal('50')
    >>> read_damaged(Printed("", "44,561", Context(dimension=Dimension.TIMELINESS))).start
    datetime.date(2021, 12, 31)
    """
    plain = printed.plain
    if printed.context.dimension is Dimension.TIMELINESS and (match := _SERIAL.fullmatch(plain)):
        return _serial(printed, match)
    if match := _OVER_100.fullmatch(plain):
        return _over_100(printed, match["n"])
    if (match := _GLUED.fullmatch(plain)) and not _TWICE.fullmatch(plain):
        return _at_least(printed, match["n"], notes.REPAIR_GLUED.format(number=match["n"]))
    return None


def _over_100(printed: Printed, rest: str) -> Value | None:
    number = decimal(rest)
    if rest.startswith("0") or number > 100 or printed.context.comparator:
        return None
    if number < _COMMON_RATE or _GROWTH.search(printed.context.name):
        return None
    return _at_least(printed, rest, notes.REPAIR_SIGN.format(seen="2", sign="≥"))


def _at_least(printed: Printed, number: str, repair: Text) -> Value:
    return Value(
        printed.text,
        Kind.NUMBER,
        Comparator.GE,
        True,
        decimal(number),
        unit=known("%"),
        unit_evidence=Evidence.CELL,
        repair=repair,
        notes=printed.notes,
    )


def _serial(printed: Printed, match: re.Match[str]) -> Value:
    number = int(decimal(match["n"]))
    found = _EPOCH + timedelta(days=number)
    return Value(
        printed.text,
        Kind.DATE,
        Comparator.EQ,
        printed.plain[0] == "=",
        start=found,
        end=found,
        precision=DatePrecision.DAY,
        repair=notes.REPAIR_SERIAL.format(number=match["n"], date=found.isoformat()),
        notes=printed.notes,
    )
