"""The cells of a ladder of grades (优, 良, 中, 差), one each → one value with a step for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from perfgraph.model import Comparator, Context, Grade, Kind, Step, Value
from perfgraph.values import notes
from perfgraph.values.grammar import parse

_NO_CONTEXT = Context()
_BEYOND = {Comparator.GE: Comparator.LT, Comparator.LE: Comparator.GT, None: None}


def ladder(cells: Mapping[Grade, str], context: Context = _NO_CONTEXT) -> Value:
    """Return the ladder that ``cells`` make, best grade first; a cell that is no number stays text.

    A number without a comparator is the least that reaches its grade, or the most where the
    numbers rise. The last grade, printed with the number of the grade before it, lies beyond it.

    >>> value = ladder({Grade.EXCELLENT: "90%", Grade.GOOD: "80%", Grade.POOR: "80%"})
    >>> [(step.grade.value, step.comparator.value, int(step.number)) for step in value.steps]
    [('excellent', 'ge', 90), ('good', 'ge', 80), ('poor', 'lt', 80)]
    >>> value.text
    '90%；80%；80%'
    """
    read = [(grade, _single(text, context)) for grade, text in cells.items()]
    text = "；".join(value.text.strip() for _, value in read)
    numbers = [value.number for _, value in read if value.number is not None]
    direction = _direction(numbers) if len(numbers) == len(read) else None
    steps: list[Step] = []
    for number, (grade, value) in enumerate(read, 1):
        if value.number is not None and not value.comparator_explicit:
            before = steps[-1].number if number == len(read) and steps else None
            sign = direction if value.number != before else _BEYOND.get(direction)
            value = replace(value, comparator=sign)
        steps.append(Step(grade, value.comparator, value.number, value.unit, value))
    assumed = direction is not None and any(
        step.value is not None and not step.value.comparator_explicit for step in steps
    )
    return Value(
        text,
        Kind.LADDER,
        steps=tuple(steps),
        notes=(notes.LADDER_BOUNDS,) if assumed else (),
    )


def _single(text: str, context: Context) -> Value:
    found = parse(text, context)
    return found[0] if len(found) == 1 else Value(text)


def _direction(numbers: Sequence[Decimal]) -> Comparator | None:
    """Return how a grade is reached: ``ge`` where the numbers fall, ``le`` where they rise."""
    if len(numbers) > 1 and all(one >= two for one, two in pairwise(numbers)):
        return Comparator.GE
    if len(numbers) > 1 and all(one <= two for one, two in pairwise(numbers)):
        return Comparator.LE
    return None
