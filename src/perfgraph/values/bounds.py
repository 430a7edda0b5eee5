"""A cell with several numbers that make one value: two bounds, or a ladder of four grades."""

from __future__ import annotations

import re

from perfgraph.model import Comparator, Grade, Kind, Step, Unit, Value
from perfgraph.values import notes
from perfgraph.values.build import Quantity, build
from perfgraph.values.comparators import BEFORE, LOWER, UPPER
from perfgraph.values.context import missing_unit
from perfgraph.values.numbers import NUMBER, decimal
from perfgraph.values.printed import Printed, Values
from perfgraph.values.units import known

_WORDS = "|".join(map(re.escape, sorted(BEFORE, key=len, reverse=True)))
_UNIT = "[^0-9≥≤><=,;、且至~:]{0,8}?"
_TWO = re.compile(
    rf"(?P<c1>{_WORDS})(?P<n1>{NUMBER})(?P<u1>{_UNIT})(?:且|并且|但|同时|,|;|、|至|~)*"
    rf"(?P<c2>{_WORDS})(?P<n2>{NUMBER})(?P<u2>{_UNIT})"
)
_BETWEEN = re.compile(
    rf"(?P<n1>{NUMBER})(?P<u1>{_UNIT})(?P<c1>[≤<])[^0-9≥≤><=]{{0,10}}(?P<c2>[≤<])(?P<n2>{NUMBER})(?P<u2>{_UNIT})"
)
_FOUR = re.compile(rf"(?P<a>{NUMBER})(%)(?P<b>{NUMBER})%(?P<c>{NUMBER})%(?P<d>{NUMBER})%")
_GRADES = {"优": Grade.EXCELLENT, "良": Grade.GOOD, "中": Grade.FAIR, "差": Grade.POOR}
_STEP = re.compile(
    rf"(?P<grade>[优良中差])(?:秀|好|等)?(?:为|是)?:?(?P<cmp>{_WORDS})?(?P<n>{NUMBER})(?P<unit>%|‰|分)?"
    r"(?P<after>以上|及以上|以下)?[,;、/]*"
)
_TURNED = {"≤": Comparator.GE, "<": Comparator.GT}


def read_bounds(printed: Printed) -> Values | None:
    """Return a lower and an upper bound on one quantity: a range, or two values if one is open.

    >>> from perfgraph.model import Context
    >>> (value,) = read_bounds(Printed("", "≥90%且≤100%", Context()))
    >>> value.low, value.high
    (Decimal('90'), Decimal('100'))
    >>> len(read_bounds(Printed("", ">90%且≤100%", Context())))
    2
    """
    if match := _BETWEEN.fullmatch(printed.plain):
        first, second = _TURNED[match["c1"]], BEFORE[match["c2"]]
    elif match := _TWO.fullmatch(printed.plain):
        first, second = BEFORE[match["c1"]], BEFORE[match["c2"]]
    else:
        return None
    words = match["u2"] or match["u1"]
    unit = known(words) if words else None
    if (words and unit is None) or match["u1"] not in {"", match["u2"]}:
        return None
    pairs = sorted(
        ((first, decimal(match["n1"])), (second, decimal(match["n2"]))),
        key=lambda pair: pair[0] in UPPER,
    )
    (lower, low), (upper, high) = pairs
    if lower not in LOWER or upper not in UPPER or low >= high:
        return None
    if lower is Comparator.GE and upper is Comparator.LE:
        return (build(printed, Quantity(low, high, unit=unit)),)
    return tuple(build(printed, Quantity(number, None, sign, unit)) for sign, number in pairs)


def read_ladder(printed: Printed) -> Value | None:
    """Return a ladder of grades, named or as four percentages in a row.

    >>> from perfgraph.model import Context
    >>> ladder = read_ladder(Printed("", "90%80%70%70%", Context()))
    >>> [(step.grade.value, step.comparator.value, str(step.number)) for step in ladder.steps]
    [('excellent', 'ge', '90'), ('good', 'ge', '80'), ('fair', 'ge', '70'), ('poor', 'lt', '70')]
    """
    plain = printed.plain
    if plain[0] in _GRADES:
        return _named_ladder(printed)
    match = _FOUR.fullmatch(plain)
    if match is None:
        return None
    numbers = [decimal(match[name]) for name in "abcd"]
    if numbers[2] != numbers[3] or numbers != sorted(numbers, reverse=True):
        return None
    signs = (Comparator.GE, Comparator.GE, Comparator.GE, Comparator.LT)
    steps = tuple(
        Step(grade, sign, number, known("%"))
        for grade, sign, number in zip(_GRADES.values(), signs, numbers, strict=True)
    )
    return Value(printed.text, Kind.LADDER, steps=steps, notes=(*printed.notes, notes.LADDER))


def _named_ladder(printed: Printed) -> Value | None:
    steps: list[Step] = []
    place = 0
    while match := _STEP.match(printed.plain, place):
        place = match.end()
        sign = BEFORE.get(match["cmp"] or "")
        if sign is None:
            sign = Comparator.LE if match["after"] == "以下" else Comparator.GE
        steps.append(
            Step(_GRADES[match["grade"]], sign, decimal(match["n"]), _step_unit(printed, match))
        )
    if place < len(printed.plain) or len(steps) < 2:
        return None
    return Value(printed.text, Kind.LADDER, steps=tuple(steps), notes=printed.notes)


def _step_unit(printed: Printed, match: re.Match[str]) -> Unit | None:
    if match["unit"]:
        return known(match["unit"])
    missing = missing_unit(printed.context, "")
    return missing[0] if missing else None
