"""A cell with several quantities or deadlines → several values, in printed order.

A cell is taken apart only if every number in it is understood; otherwise it stays text.
"""

from __future__ import annotations

import re
from dataclasses import replace

from perfgraph.model import Comparator, Unit, Value
from perfgraph.values import notes
from perfgraph.values.before import read_before
from perfgraph.values.build import Quantity, build
from perfgraph.values.comparators import AFTER, BEFORE
from perfgraph.values.numbers import NUMBER, decimal, is_code
from perfgraph.values.printed import Printed, Values
from perfgraph.values.quantity import read_quantity
from perfgraph.values.relative import read_relative
from perfgraph.values.times import read_time
from perfgraph.values.units import known, longest_prefix

_LIMIT = 80
_MOST = 12
_SEPARATOR = re.compile(r"[;。、:]|,(?![0-9]{3}(?![0-9]))|并且|而且|同时|且")
_BEFORE_WORDS = "|".join(map(re.escape, sorted(BEFORE, key=len, reverse=True)))
_AFTER_WORDS = "|".join(map(re.escape, sorted(AFTER, key=len, reverse=True)))
_NUMBER = re.compile(rf"(?P<near>约)?(?P<cmp>{_BEFORE_WORDS})?(?P<n>{NUMBER})")
_SUFFIX = re.compile(rf"(?P<near>左右)?(?P<cmp>{_AFTER_WORDS})?")
_DIGIT = re.compile("[0-9]")
_ORDINAL = re.compile("(?:第|前|[〔(a-zA-Z0-9.:×*-])$")


def read_several(printed: Printed) -> Values | None:
    """Return the values of a cell with more than one; ``None`` if it has not.

    >>> from perfgraph.model import Context
    >>> values = read_several(Printed("", "完成1部宣传片,2套方案", Context()))
    >>> [value.unit.symbol for value in values]
    ['部', '套']
    >>> read_several(Printed("", "按照3号文件给2人补助", Context())) is None
    True
    """
    if len(printed.plain) > _LIMIT or not _DIGIT.search(printed.plain):
        return None
    per = _common_rate(printed.plain)
    values = _after_a_deadline(printed) or (None if per else _by_clauses(printed))
    values = values or _in_a_row(printed, per)
    if values is None:
        return None
    if len(values) > 1 and all(value == values[0] for value in values[1:]):
        return (replace(values[0], notes=(*values[0].notes, notes.GLUED_TWICE)),)
    return values


def _common_rate(plain: str) -> str:
    """Return the 每X that stands before the first of several amounts and holds for all of them."""
    match = _DIGIT.search(plain)
    return "" if match is None else read_before(plain[: match.start()]).per


def _after_a_deadline(printed: Printed) -> Values | None:
    """Return a deadline and what has to be reached by then."""
    found = read_time(printed)
    if found is None or not found[1]:
        return None
    deadline, rest = found
    others = _part(printed, rest.strip(",;、"))
    return None if others is None else (deadline, *others)


def _by_clauses(printed: Printed) -> Values | None:
    """Return the values of the clauses, if there are some and each number is in one of them."""
    clauses = [clause for clause in _SEPARATOR.split(printed.plain) if clause]
    if not 1 < len(clauses) <= _MOST:
        return None
    values: list[Value] = []
    for clause in clauses:
        if not _DIGIT.search(clause):
            continue
        found = _part(printed, clause)
        if found is None or any(_is_bare(value) for value in found):
            return None
        values.extend(found)
    return tuple(values) if len(values) > 1 else None


def _is_bare(value: Value) -> bool:
    """Whether a number stands alone, as the number of a list does."""
    return value.number is not None and value.unit is None and not value.comparator_explicit


def _part(printed: Printed, plain: str) -> Values | None:
    part = replace(printed, plain=plain)
    found = read_time(part)
    if found is not None:
        return _after_a_deadline(part) if found[1] else (found[0],)
    value = read_relative(part) or read_quantity(part)
    return None if value is None else (value,)


def _in_a_row(printed: Printed, per: str) -> Values | None:
    """Return the quantities that stand in one clause, if each number has a known unit."""
    plain, place = printed.plain, 0
    values: list[Value] = []
    while match := _NUMBER.search(plain, place):
        if is_code(match["n"]) or _ORDINAL.search(plain[: match.start()]):
            return None
        longest = longest_prefix(plain[match.end() :])
        if longest is None or len(values) == _MOST:
            return None
        unit, length = longest
        suffix = _SUFFIX.match(plain, match.end() + length)
        assert suffix is not None
        if unit.quantity == "duration" and match["cmp"] is None and not suffix["cmp"]:
            return None
        if per and unit.quantity == "money":
            unit = known(unit.symbol + per) or unit
        values.append(_one(printed, match, suffix, unit))
        place = suffix.end()
    return tuple(values) if len(values) > 1 else None


def _one(printed: Printed, number: re.Match[str], suffix: re.Match[str], unit: Unit) -> Value:
    sign: Comparator | None = BEFORE.get(number["cmp"] or "") or AFTER.get(suffix["cmp"] or "")
    quantity = Quantity(
        decimal(number["n"]),
        comparator=sign,
        unit=unit,
        approximate=bool(number["near"] or suffix["near"]),
    )
    return build(printed, quantity)
