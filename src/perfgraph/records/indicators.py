"""The rows below the indicators' header rows → indicators with their targets and results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from perfgraph.model import Cell, Indicator, Period, Row, Scheme, Unit
from perfgraph.records import indicator_row, trailers
from perfgraph.records.alignment import AlignedRow, align
from perfgraph.records.cells import CellSet
from perfgraph.records.columns import Columns
from perfgraph.records.grid import Grid, position
from perfgraph.records.indicator_row import Known
from perfgraph.records.labels import Labels, key
from perfgraph.records.lanes import Lane
from perfgraph.records.levels import FillDown, find_scheme
from perfgraph.values.comparators import comparator

_NATURE, _SIGN = "natureText", "comparator"
_ACTUAL, _INTERIM = "actual", "interim"
_LEVELS = frozenset({"level1", "level2"})


@dataclass(frozen=True, slots=True)
class Block:
    """The rows below one header; ``period`` where its side label names one."""

    rows: Sequence[Row]
    columns: Columns
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The indicators of one form, the cells they were read from, and the rows that follow."""

    indicators: tuple[Indicator, ...]
    scheme: Scheme | None
    used: CellSet
    trailers: tuple[Row, ...]
    properties: tuple[tuple[int, str], ...]


class _Lane(NamedTuple):
    """One target column of one row: its level labels, and its cells by role."""

    number: int
    period: Period | None
    place: Cell | None
    level1: str
    level2: str
    is_merged: bool
    cells: dict[str, Cell]
    value_cell: Cell | None


def read(
    blocks: Sequence[Block],
    grid: Grid,
    money_unit: Unit | None,
    year: int | None,
    labels: Labels,
    *,
    is_monitoring: bool = False,
) -> Reading:
    """Return the indicators of ``blocks``, all of one project or plan."""
    rows: list[list[_Lane]] = []
    following: list[Row] = []
    used = CellSet()
    for block in blocks:
        for row in block.rows:
            texts = [cell for cell in row.cells if cell.text.strip()]
            if texts and trailers.is_trailer(texts[0].text, labels):
                following.append(row)
                continue
            aligned = align(row, block.columns, grid, labels) if texts else None
            if aligned is not None and _is_indicator(aligned, texts[0], block.columns, labels):
                if labels.header_role(texts[0].text) == "side":
                    used.add(texts[0])
                rows.append(_lanes(aligned, block, labels))
            elif aligned is None and texts:
                rows.append(_levels_of_unread(texts, block, labels))
                if all(_is_level(cell, labels) for cell in texts):
                    used.update(texts)
    scheme = _scheme(rows, blocks, labels)
    natures = [lane.cells["nature"].text for row in rows for lane in row if "nature" in lane.cells]
    is_comparator = any(comparator(text.strip()) for text in natures)
    has_steps = any("good" in block.columns.index for block in blocks)
    known = Known(
        year,
        money_unit.symbol if money_unit else "",
        is_comparator,
        has_steps,
        is_monitoring,
        blocks[0].columns.months if blocks else None,
    )
    found = _indicators(rows, scheme, known, labels, used)
    properties = blocks[0].columns.properties if blocks else ()
    if is_comparator:
        properties = tuple((c, _SIGN if p == _NATURE else p) for c, p in properties)
    if is_monitoring:
        properties = tuple((c, _INTERIM if p == _ACTUAL else p) for c, p in properties)
    return Reading(_merged(found), scheme, used, tuple(following), properties)


def _is_indicator(row: AlignedRow, first: Cell, columns: Columns, labels: Labels) -> bool:
    """Whether the row has a cell of its own for a name: a note spans name and value.

    Where merged cells leave blanks, a note is a text left of all columns, without any level.
    """
    index = columns.index
    name = row.at(index["name"])
    if name is None or name is row.at(index["value"]):
        return False
    if labels.header_role(first.text) in trailers.OF_A_HEADER:
        return False
    column = position(first)[1]
    if row.at(column) is not first or not columns.is_left(column):
        return True
    levels = (row.at(index.get(role)) for role in ("level1", "level2"))
    has_level = any(cell is not None and not cell.is_blank for cell in levels)
    return has_level or labels.header_role(first.text) == "side"


def _lanes(row: AlignedRow, block: Block, labels: Labels) -> list[_Lane]:
    found: list[_Lane] = []
    for number, lane in enumerate(block.columns.lanes):
        level1, level2, is_merged = _levels(row, lane, labels)
        cells = row.printed(lane.index)
        period = block.period or lane.period
        value = row.at(lane.index["value"])
        found.append(_Lane(number, period, lane.place, level1, level2, is_merged, cells, value))
    return found


def _levels_of_unread(texts: Sequence[Cell], block: Block, labels: Labels) -> list[_Lane]:
    """Return the levels that a row begins with that is not read: the next rows may have them."""
    first, second = (*(cell.text for cell in texts[:2]), "")[:2]
    level1 = first if labels.level1_of(first) else ""
    level2 = second if level1 else first
    level2 = level2 if labels.level2_of(level2) else ""
    lanes = enumerate(block.columns.lanes)
    return [_Lane(number, None, None, level1, level2, False, {}, None) for number, _ in lanes]


def _levels(row: AlignedRow, lane: Lane, labels: Labels) -> tuple[str, str, bool]:
    """Return the level labels printed in a row, and whether the first reaches down to it."""
    first, second = row.at(lane.index.get("level1")), row.at(lane.index.get("level2"))
    if first is not None and first is second:  # one cell spans both levels
        text = first.text if row.begins(first) else ""
        is_first, is_second = bool(labels.level1_of(text)), bool(labels.level2_of(text))
        return text if is_first or not is_second else "", text if is_second else "", False
    one = first.text if first is not None and row.begins(first) else ""
    two = second.text if second is not None and row.begins(second) else ""
    is_merged = first is not None and not one and not first.is_blank
    return one, two, is_merged


def _scheme(
    rows: Sequence[Sequence[_Lane]], blocks: Sequence[Block], labels: Labels
) -> Scheme | None:
    levels = {"level1", "level2"}
    if rows and not any(levels & block.columns.index.keys() for block in blocks):
        return Scheme.FLAT
    lanes = [lane for row in rows for lane in row]
    pairs: list[tuple[str, str]] = []
    above = ""
    for lane in lanes:
        above = lane.level1.strip() or above
        pairs.append((above, lane.level2))
    return find_scheme((lane.level1 for lane in lanes), labels, pairs)


def _idle_levels(row: Sequence[_Lane], labels: Labels) -> list[Cell]:
    """Return what stands under the levels of a lane without an indicator and is no level."""
    filled = [lane for lane in row if lane.cells.keys() & {"name", "value"}]
    if len(filled) == len(row):
        return []
    kept = CellSet(cell for lane in filled for cell in lane.cells.values())
    texts = (lane.cells[role] for lane in row for role in _LEVELS & lane.cells.keys())
    return [cell for cell in texts if cell not in kept and not _is_level(cell, labels)]


def _is_level(cell: Cell, labels: Labels) -> bool:
    return bool(labels.level1_of(cell.text) or labels.level2_of(cell.text))


def _indicators(
    rows: Sequence[Sequence[_Lane]],
    scheme: Scheme | None,
    known: Known,
    labels: Labels,
    used: CellSet,
) -> list[Indicator]:
    """Return an indicator for each name of each row; levels are filled down along the rows."""
    indicators: list[Indicator] = []
    fills: dict[int, FillDown] = {}
    for row, next_level1 in zip(rows, _following_level1(rows), strict=True):
        named: dict[int, list[indicator_row.Lane]] = {}
        for lane in row:
            fill = fills.get(lane.number)
            if fill is None:
                fill = fills[lane.number] = FillDown(scheme, labels)
            levels = fill.read(
                lane.level1, lane.level2, is_merged=lane.is_merged, next_level1=next_level1
            )
            used.update(lane.cells.values())
            if "name" in lane.cells or "value" in lane.cells:
                used.remove(indicator_row.unread(lane.cells))
                found = indicator_row.Lane(
                    lane.cells, levels, lane.period, lane.value_cell, lane.place
                )
                named.setdefault(id(lane.cells.get("name")), []).append(found)
        used.remove(_idle_levels(row, labels))
        for lanes in named.values():
            indicators.append(indicator_row.indicator(lanes, len(indicators) + 1, known))
    return indicators


def _following_level1(rows: Sequence[Sequence[_Lane]]) -> list[str | None]:
    """Return for each row the first-level label that is printed next below it."""
    following: list[str | None] = []
    upcoming: str | None = None
    for row in reversed(rows):
        following.append(upcoming)
        upcoming = row[0].level1.strip() or upcoming
    return following[::-1]


def _merged(indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Join the halves of twin forms: the same name at the same level, for two periods."""
    if not any(one.further_targets for one in indicators):
        return tuple(indicators)
    joined: list[Indicator] = []
    places: dict[tuple[str, str], int] = {}
    for one in indicators:
        names = (key(one.level2_text or ""), key(one.name or ""))
        place = places.get(names)
        if place is not None and _complement(joined[place], one):
            joined[place] = _join(joined[place], one)
        else:
            places[names] = len(joined)
            joined.append(one)
    return tuple(replace(one, order=order) for order, one in enumerate(joined, 1))


def _complement(one: Indicator, other: Indicator) -> bool:
    """Whether one has a target for the year and the other for another period."""
    for first, second in ((one, other), (other, one)):
        is_annual = bool(first.targets) and not first.further_targets
        if is_annual and second.further_targets and not second.targets:
            return True
    return False


def _join(one: Indicator, other: Indicator) -> Indicator:
    further = (*one.further_targets, *other.further_targets)
    if one.targets:
        return replace(one, further_targets=further)
    return replace(one, targets=other.targets, value_cell=other.value_cell, further_targets=further)
