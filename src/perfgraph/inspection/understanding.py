"""Values and amounts → how well they were understood, and what is to be said about them."""

from __future__ import annotations

from collections.abc import Sequence

from perfgraph.inspection.cell_roles import Understanding
from perfgraph.model import Amount, Kind, Value
from perfgraph.text import Text

_TIMES = frozenset({Kind.PERIOD, Kind.DEADLINE, Kind.DATE})
_NUMBER_LEFT = Text(
    zh="其中的数字没有读成指标值", en="the number in it was not read as a target value"
)
_NO_DATE = Text(zh="没有读出日期", en="no date was read")
_NO_AMOUNT = Text(zh="没有读出金额", en="no amount was read")


def of_values(values: Sequence[Value]) -> tuple[Understanding, tuple[Text, ...]]:
    """Return how well one cell was understood, by the worst of its values.

    Prose without a number is understood: it is what the document says, and is kept as printed.
    """
    notes: list[Text] = []
    worst = Understanding.UNDERSTOOD
    for value in values:
        missed = _missed(value)
        if value.repair is not None:
            notes.append(value.repair)
            worst = Understanding.REPAIRED if worst is Understanding.UNDERSTOOD else worst
        if missed is not None:
            worst = Understanding.UNCLEAR
            notes.extend(() if value.notes else (missed,))
        notes.extend(value.notes)
    return worst, tuple(dict.fromkeys(notes))


def of_amount(amount: Amount) -> tuple[Understanding, tuple[Text, ...]]:
    """Return how well the cell of an amount was understood."""
    if amount.yuan is None:
        return Understanding.UNCLEAR, (amount.note or _NO_AMOUNT,)
    return Understanding.UNDERSTOOD, (amount.note,) if amount.note is not None else ()


def _missed(value: Value) -> Text | None:
    """Return what was not understood of a value, if anything."""
    if value.kind is Kind.TEXT and any(letter.isdigit() for letter in value.text):
        return _NUMBER_LEFT
    if value.kind in _TIMES and value.end is None:
        return _NO_DATE
    return None
