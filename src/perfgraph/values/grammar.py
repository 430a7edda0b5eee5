"""One 指标值 cell → its values: the order in which the readings are tried.

Pure: no I/O, no RDF. What is not understood stays as text; no number is invented for it.
"""

from __future__ import annotations

import re

from perfgraph.model import Context
from perfgraph.values import notes
from perfgraph.values.bounds import read_bounds, read_ladder
from perfgraph.values.brackets import strip_brackets
from perfgraph.values.build import Quantity, build
from perfgraph.values.chinese import with_digits
from perfgraph.values.comparators import BEFORE
from perfgraph.values.normalise import breaks_a_number, normalise, without_list_numbers
from perfgraph.values.numbers import decimal, spell_out_fractions
from perfgraph.values.printed import Printed, Values
from perfgraph.values.quantity import read_quantity
from perfgraph.values.relative import read_relative
from perfgraph.values.repair import mend_signs, read_damaged
from perfgraph.values.several import read_several
from perfgraph.values.times import read_time
from perfgraph.values.units import LISTED
from perfgraph.values.wording import read_blank, read_wording

_COMMON = re.compile(r"([≥≤=]?)([0-9]{1,15}(?:\.[0-9]{1,6})?)([^0-9\s]+)")
_COMMON_UNITS = {
    spelling: unit
    for spelling, unit in LISTED.items()
    if unit.quantity != "duration" and not spelling[0].isdigit()
}
_COMMON_TIME = re.compile(
    "20[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?(?:前|至20[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?)"
)
"""Dates that nothing has to be done to before they are read."""
_DIGIT = re.compile("[0-9]")
_CODE = re.compile("[0-9]{21}")
"""So many digits are a code or an account number."""
_PROSE = 120
"""Longer cells are prose, whatever numbers they hold."""

_NO_CONTEXT = Context()


def parse(text: str, context: Context = _NO_CONTEXT) -> Values:
    """Return the values of a cell, at least one; each keeps ``text`` as printed.

    >>> (value,) = parse("≥35000人次")
    >>> value.comparator, value.number, value.unit.symbol
    (<Comparator.GE: 'ge'>, Decimal('35000'), '人次')
    >>> (value,) = parse("9月底前", Context(year=2025))
    >>> value.end
    datetime.date(2025, 9, 30)
    >>> [value.kind.value for value in parse("按月做好来访人员积分业务咨询受理等相关业务工作")]
    ['text']
    """
    common = _COMMON.fullmatch(text)
    if common is not None and (unit := _COMMON_UNITS.get(common[3])):
        number = decimal(common[2])
        if unit.symbol != "%" or number <= 100:
            quantity = Quantity(number, None, BEFORE.get(common[1]), unit)
            return (build(Printed(text, text, context), quantity),)
    if _COMMON_TIME.fullmatch(text):
        printed = Printed(text, text, context)
        if (time := read_time(printed)) and not time[1]:
            return (time[0],)
    plain = normalise(text)
    if len(plain) > _PROSE:
        return (read_wording(Printed(text, plain, context)),)
    if value := read_blank(Printed(text, plain, context)):
        return (value,)
    return _read(text, plain, context)


def _read(text: str, plain: str, context: Context) -> Values:
    stripped, found = strip_brackets(without_list_numbers(plain))
    stripped, repair = mend_signs(stripped)
    words = Printed(text, stripped, context, found, repair)
    digits, spelled = spell_out_fractions(with_digits(stripped))
    if not _DIGIT.search(digits):
        time = read_time(words)
        return (time[0] if time else read_relative(words) or read_wording(words),)
    if breaks_a_number(text):
        spelled = (*spelled, notes.SPACED_DIGITS)
    printed = Printed(text, digits, context, (*found, *spelled), repair)
    return _measured(printed) or (read_wording(words),)


def _measured(printed: Printed) -> Values | None:
    if _CODE.search(printed.plain):
        return None
    if (time := read_time(printed)) and not time[1]:
        return (time[0],)
    value = (
        read_damaged(printed)
        or read_relative(printed)
        or read_quantity(printed)
        or read_ladder(printed)
    )
    if value is not None:
        return (value,)
    return read_bounds(printed) or read_several(printed)
