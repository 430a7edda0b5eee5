"""Rows that a line break inside a label has torn apart → rows again.

In spaced text 社会效益⏎指标 stands on two lines, and the name and the value on a third. Rows with
nothing but levels belong to the row below them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from perfgraph.model import Row, Table
from perfgraph.records.labels import Labels
from perfgraph.records.stream.band import find_band
from perfgraph.records.stream.lines import Lines, is_label

_MOST_LEVELS = 2


def with_whole_rows(table: Table, labels: Labels) -> Table:
    """Return ``table``, its torn rows put together; itself where none is torn."""
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    joined: list[list[str]] = []
    for row in rows:
        above = joined[-1] if joined else []
        if above and _is_end(above, row, labels):
            above[-1] = f"{above[-1]}\n{row[0]}"
            above.extend(row[1:])
        elif above and _goes_on(above, row, labels):
            above.extend(row)
        else:
            joined.append(list(row))
    joined = _with_whole_header(joined, labels)
    if joined == rows:
        return table
    lines = Lines(table.place)
    for texts in joined:
        lines.add(*texts)
    return Table(table.place, tuple(lines.rows), table.heading)


def _with_whole_header(rows: list[list[str]], labels: Labels) -> list[list[str]]:
    """Put labels of a second header row under or beside those of the first: spans are gone."""
    for at, (upper, lower) in enumerate(pairwise(rows)):
        texts = [*upper, *lower]
        if len(lower) == 1 or not all(labels.heading(text) for text in texts):
            continue
        band = find_band(texts, 0, labels)
        if band is not None and band.end == len(texts):
            side = [band.side] if band.side else []
            header = [[*[""] * len(side), *band.above]] if band.above else []
            return [*rows[:at], *header, [*side, *band.labels], *rows[at + 2 :]]
    return rows


def may_be_torn(rows: Sequence[Row]) -> bool:
    """Whether empty cells are gone: no cell is blank or merged, and rows differ in length."""
    if len({len(row.cells) for row in rows}) == 1:
        return False
    return all(
        cell.column_span == cell.row_span == 1 and not cell.is_blank
        for row in rows
        for cell in row.cells
    )


def _is_end(above: Sequence[str], row: Sequence[str], labels: Labels) -> bool:
    """Whether ``row`` begins with the last piece of the label that ``above`` ends with."""
    if not is_label(f"{above[-1]}\n{row[0]}", row[0], labels):
        return False
    is_header = all(labels.heading(text) for text in row[1:])
    return is_header or _are_levels(above[1:], labels)


def _goes_on(above: Sequence[str], row: Sequence[str], labels: Labels) -> bool:
    """Whether ``above`` holds levels only, and ``row`` goes on with what comes after them."""
    first, *others = above
    levels = others if labels.header_role(first) == "side" and others else above
    if len(levels) > _MOST_LEVELS or not _are_levels(levels, labels):
        return False
    begins = labels.header_role(row[0]) == "side"
    if begins or (labels.level1_of(row[0]) and not labels.level2_of(row[0])):
        return False
    is_deep = labels.level2_of(levels[-1]) is not None and labels.level1_of(levels[-1]) is None
    return not (is_deep and labels.level2_of(row[0]))


def _are_levels(texts: Sequence[str], labels: Labels) -> bool:
    return all(labels.level1_of(text) or labels.level2_of(text) for text in texts)
