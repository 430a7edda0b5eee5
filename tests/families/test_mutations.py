"""One cell of a form is emptied or spoilt: the record differs only where it must.

What must differ is told by where the cell stands:

    a value, name or result of an indicator    the indicators of its rows
    a level label                              the levels of the rows that have it, down to the next
                                               label; all levels if the scheme is another one
    a cell above the indicators                what is said of the project; an indicator only where
                                               the year or the money unit is another one
    a label of a column                        anything: the column may be gone, the form refused

Everything else must stay as it was, and no text may be lost: it is in the record or it is listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

import pytest

from perfgraph import records
from perfgraph.errors import RecordError
from perfgraph.model import Cell, Document, Indicator, Place, Project, Table
from perfgraph.records import Given, load
from tests.families.record import record
from tests.families.test_families import FAMILIES, LAYOUTS
from tests.records.tables import tables

Indicators = dict[tuple[int | None, int | None], list[Indicator]]

SPOILT = "※损※"
_LEVELS = {"level1Text", "level2Text"}
_LEVEL_FIELDS = {
    *("level1_text", "level2_text", "level1", "level2", "dimension", "level_evidence"),
    *("level1_weight", "level2_weight"),
}
# Their indicators are columns, or their projects are: a cell is not told from a label by its row.
_OTHERWISE = {"f11-flat-list", "f17-villages-as-rows", "f17-fujian-matrix", "f17-matrix-with-total"}


def read(forms: tuple[Table, ...]) -> Document | None:
    """The record; ``None`` where the form is refused."""
    try:
        return records.read(Place("a"), "0" * 64, forms, Given(), load())
    except RecordError:
        return None


def drawn(family: str) -> tuple[Table, ...]:
    return tables((LAYOUTS / f"{family}.table").read_text("utf-8"), "a")


def with_text(forms: tuple[Table, ...], changed: Cell, text: str) -> tuple[Table, ...]:
    """The tables with another text in one cell."""

    def altered(cell: Cell) -> Cell:
        return cell._replace(text=text) if cell is changed else cell

    return tuple(
        replace(
            table,
            rows=tuple(replace(row, cells=tuple(map(altered, row.cells))) for row in table.rows),
        )
        for table in forms
    )


def subjects(document: Document) -> Iterator[Project]:
    yield from document.projects
    yield from document.plans  # type: ignore[misc] # plans have the fields that are used here


def indicators(document: Document) -> Indicators:
    """The indicators by table and row, without their order."""
    found: Indicators = {}
    for one in (one for subject in subjects(document) for one in subject.indicators):
        place = one.name_cell.place
        found.setdefault((place.table, place.row), []).append(replace(one, order=0))
    return found


@pytest.mark.parametrize("family", [one for one in FAMILIES if one not in _OTHERWISE])
@pytest.mark.parametrize("text", ["", SPOILT])
def test_a_spoilt_cell_changes_nothing_but_what_depends_on_it(family: str, text: str) -> None:
    forms = drawn(family)
    before = read(forms)
    assert before is not None
    printed = [cell for table in forms for row in table.rows for cell in row if not cell.is_blank]
    for cell in printed:
        after = read(with_text(forms, cell, text))
        if after is not None:
            told = f"{cell.place.fragment} {cell.text!r}"
            assert not lost(after, text), told
            assert set(unexpected(before, after, cell)) == set(), told


def lost(after: Document, text: str) -> bool:
    """Whether the spoilt text is neither in the record nor listed as unused."""
    if not text or any(text in cell.text for cell in after.unused):
        return False
    if is_unit(after, text):
        return False  # a unit that fits no value is not kept, a known gap
    return SPOILT not in str(record(after))


def is_unit(document: Document, text: str) -> bool:
    """Whether the spoilt cell stands in a column of units, or holds the code of a department."""
    units = {at for one in subjects(document) for at, name in one.columns if name == "unit"}
    cells = [cell for table in document.tables for row in table.rows for cell in row]
    spoilt = next(cell for cell in cells if cell.text == text)
    left = [cell.text for cell in cells if cell.place.row == spoilt.place.row]
    has_code = any(load().header_role(label) == "department_code" for label in left)
    return spoilt.place.column in units or has_code


def unexpected(before: Document, after: Document, cell: Cell) -> Iterator[str]:
    """Yield the rows of indicators that differ and do not depend on ``cell``."""
    old, new = indicators(before), indicators(after)
    table, row = cell.place.table, cell.place.row
    assert row is not None
    own = {(table, covered) for covered in range(row, row + cell.row_span)}
    rows = [at for at in old if at[0] == table]
    is_above = not rows or row < min(at[1] or 0 for at in rows)
    level = is_level(before, cell)
    if is_column_label(cell):
        return
    if is_above and context(before) != context(after):
        return
    for at in old.keys() | new.keys():
        if at in own or old.get(at) == new.get(at):
            continue
        if level and at[0] == table and changed(old.get(at), new.get(at)) <= _LEVEL_FIELDS:
            has_other_scheme = context(before)[2] != context(after)[2]
            if has_other_scheme or row <= (at[1] or 0) < next_label(before, cell):
                continue
        if level and at[0] == table and depends(before, cell, at[1] or 0):
            continue  # a value without a unit takes it from the level
        yield f"{at}: {old.get(at)} became {new.get(at)}"


def context(document: Document) -> tuple[object, ...]:
    """What the header says and values depend on, and the schemes."""
    found = list(subjects(document))
    units = tuple(one.money_unit for one in found)
    return document.year, units, tuple(one.scheme for one in found), len(found)


def is_level(document: Document, cell: Cell) -> bool:
    columns = {at: name for one in subjects(document) for at, name in one.columns}
    return columns.get(cell.place.column or 0) in _LEVELS


def is_column_label(cell: Cell) -> bool:
    return load().heading(cell.text) is not None or load().header_role(cell.text) == "side"


def next_label(document: Document, cell: Cell) -> int:
    """The row of the next label in the column of a level, or below the table."""
    below = [
        one.place.row or 0
        for table in document.tables
        for row in table.rows
        for one in row
        if one.place.table == cell.place.table
        and one.place.column == cell.place.column
        and (one.place.row or 0) > (cell.place.row or 0)
        and not one.is_blank
    ]
    return min(below, default=1 << 30)


def depends(document: Document, cell: Cell, row: int) -> bool:
    return (cell.place.row or 0) <= row < next_label(document, cell)


def changed(old: list[Indicator] | None, new: list[Indicator] | None) -> set[str]:
    """The fields in which indicators of one row differ."""
    if old is None or new is None or len(old) != len(new):
        return {"number"}
    return {
        field.name
        for one, other in zip(old, new, strict=True)
        for field in fields(one)
        if getattr(one, field.name) != getattr(other, field.name)
    }
