"""The texts above or between the indicators → rows of labels and their values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfgraph.records.fields import FUND_ROLES
from perfgraph.records.labels import Labels
from perfgraph.records.stream.lines import Lines

_BELOW = frozenset({"goal", "midterm_goal", "achievement"})
_PHASES = frozenset({"approved", "revised", "executed"})
_LEAST_COLUMNS = 3


def read(texts: Sequence[str], lines: Lines, labels: Labels, *, glue: str) -> None:
    """Add the rows of ``texts``: a label beside its value, and columns of amounts.

    Where no text is empty, empty cells are gone and a value may have been cut at its spaces: its
    pieces are put together with ``glue``.
    """
    is_sure = any(not text.strip() for text in texts)
    columns: list[str] = []
    for names, values in _runs(texts, labels):
        before, found, names = _fund_columns(names, labels)
        _alone(before[:-1] if found else before, lines)
        if found:
            columns = found
            lines.add(before[-1] if before else "", "", *found)
        if not names:
            _each(values, lines)
        elif columns and labels.header_role(names[-1]) in FUND_ROLES:
            _alone(names[:-1], lines)
            _amounts(names[-1], values, columns, lines, labels)
        else:
            columns = []
            _fields(names, values, lines, labels, glue=None if is_sure else glue)


def _runs(texts: Sequence[str], labels: Labels) -> Iterator[tuple[list[str], list[str]]]:
    """Yield labels that follow each other with the texts after them."""
    names: list[str] = []
    values: list[str] = []
    for text in texts:
        if text and (labels.header_role(text) or labels.fund_column_role(text)):
            if values:
                yield names, values
                names, values = [], []
            names.append(text)
        else:
            values.append(text)
    if names or values:
        yield names, values


def _fund_columns(names: list[str], labels: Labels) -> tuple[list[str], list[str], list[str]]:
    """Part labels into those before, among and after the columns of amounts."""
    roles = [labels.fund_column_role(name) for name in names]
    start = next((i for i, role in enumerate(roles) if role), len(names))
    end = start
    while end < len(names) and roles[end]:
        end += 1
    if end - start >= _LEAST_COLUMNS and _PHASES & set(roles[start:end]):
        return names[:start], names[start:end], names[end:]
    return [], [], names


def _amounts(
    label: str, values: list[str], columns: list[str], lines: Lines, labels: Labels
) -> None:
    """Add a row of amounts, if it is sure which column each of them is in."""
    phases = [labels.fund_column_role(column) in _PHASES for column in columns]
    if len(values) >= len(columns):
        lines.add("", label, *values[: len(columns)])
        _each(values[len(columns) :], lines)
    elif len(values) == sum(phases):
        rest = iter(values)
        lines.add("", label, *(next(rest) if is_phase else "" for is_phase in phases))
    else:
        lines.add("", label)
        _each(values, lines)


def _fields(
    names: list[str], values: list[str], lines: Lines, labels: Labels, *, glue: str | None
) -> None:
    """Add labels with their values; of labels in a row the last ones have them."""
    printed = [value for value in values if value.strip()]
    below = 0
    while below < len(names) and labels.header_role(names[-below - 1]) in _BELOW:
        below += 1
    if 1 < len(printed) <= below:
        _alone(names[: -len(printed)], lines)
        lines.add(*names[-len(printed) :])
        lines.add(*printed)
        return
    if 1 < below < len(printed):  # which goal ends where is not to be seen
        _alone(names, lines)
        _each(values, lines)
        return
    _alone(names[:-1], lines)
    role = labels.header_role(names[-1])
    if role in FUND_ROLES:
        # A text without a digit is another label: 财政拨款, and then 小计.
        is_amount = bool(values) and any(letter.isdigit() for letter in values[0])
        lines.beside(role, names[-1], values[0] if is_amount else "")
        _each(values[1:] if is_amount else values, lines)
    elif glue is None:
        lines.add(names[-1], *values)
    else:
        lines.add(names[-1], glue.join(values))


def _alone(names: Sequence[str], lines: Lines) -> None:
    for name in names:
        lines.add(name, "")


def _each(texts: Sequence[str], lines: Lines) -> None:
    for text in texts:
        lines.add(text)
