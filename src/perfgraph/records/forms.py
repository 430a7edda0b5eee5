"""A table → the forms in it: each the header block and the indicators of one project or plan.

A table may hold several forms one below the other, or a flat list with a project in each group of
rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from perfgraph.errors import RecordError
from perfgraph.model import Cell, DocumentRole, Period, Row, Table
from perfgraph.records import about, columns, flat, header, tasks, title, turned
from perfgraph.records.about import About, Stage
from perfgraph.records.arrangement import Arrangement
from perfgraph.records.columns import Columns
from perfgraph.records.errors import LostRowsError, LostSpansError, MissingColumnError
from perfgraph.records.grid import Grid
from perfgraph.records.header import Header
from perfgraph.records.indicators import Block
from perfgraph.records.labels import Labels
from perfgraph.records.tasks import Tasks
from perfgraph.text import Text

_NAMES = frozenset({"project_name", "programme"})
"""Labels of the first row of a form: a programme stands above the project's own name."""
_TITLE_ROWS, _TITLE_CELLS = 4, 3
_END = 1 << 62
"""A row number below every table."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form: what is above its indicators, and the blocks of their rows."""

    table: Table
    grid: Grid
    header: Header
    blocks: tuple[Block, ...]
    cells: tuple[Cell, ...]
    """Every printed cell of the form."""
    about: About
    stage: Stage
    tasks: Tasks | None = None
    """The main tasks, where the form is about a department."""
    arrangement: Arrangement | None = None
    """Where its cells were moved for reading."""
    further_tables: tuple[Table, ...] = ()
    """The tables that it goes on in."""

    @property
    def role(self) -> DocumentRole:
        """The role of a document that holds such forms."""
        return about.role(self.about, self.stage)

    def printed(self, cells: Iterable[Cell]) -> list[Cell]:
        """Return the cells as they are printed, which ``cells`` stand for."""
        if self.arrangement is None:
            return list(cells)
        return [self.arrangement.printed(cell) for cell in cells]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A table that is left unread, and why."""

    table: Table
    reason: Text
    error: RecordError | None = None


def find(table: Table, labels: Labels) -> tuple[Form, ...] | Refusal | None:
    """Return the forms of ``table``; ``None`` where it is no target table at all."""
    grid = Grid(table.rows)
    header_role = labels.header_role
    roles = [{header_role(cell.text) for cell in row.cells if cell.text} for row in table.rows]
    is_named = any("project_name" in found for found in roles)
    starting = _NAMES if is_named else frozenset()
    names = [row for row, found in zip(table.rows, roles, strict=True) if found & starting]
    said = about.titled(_lines(table, roles), labels)
    first = about.subject(said, roles, is_named=is_named)
    is_known = is_named or said not in (None, About.PROJECT)
    missing: MissingColumnError | None = None
    try:
        headers = list(columns.find_all(table.rows, grid, table.place, labels))
    except MissingColumnError as error:
        headers, missing = [], error
    if not headers:
        missing = missing or MissingColumnError("三级指标", table.place)
        return _turned(table, grid, missing, labels) if is_known else None
    if first is not About.PROJECT:
        names = _with_start(table.rows, roles, names, headers)
    if not names:
        return _titled(table, grid, headers, roles, labels)
    if "project_name" in headers[0].header_index:
        lost = flat.lost(table.rows, headers[0])
        if lost is not None:
            lost_rows = LostRowsError(lost.text.strip(), lost.place)
            return Refusal(table, lost_rows.message, lost_rows)
        return tuple(_flat(table, grid, headers, labels))
    found = _stacked(table, grid, names, headers, first, labels)
    missing = MissingColumnError("三级指标", table.place)
    return found or Refusal(table, missing.message, missing)


def _turned(
    table: Table, grid: Grid, missing: MissingColumnError, labels: Labels
) -> tuple[Form, ...] | Refusal:
    """Return the forms of a table whose indicators are columns; it is refused if they are not."""
    try:
        result = turned.turned(table, grid, labels)
    except LostSpansError as error:
        return Refusal(table, error.message, error)
    found = find(result[0], labels) if result is not None else None
    if result is None or not isinstance(found, tuple):
        return Refusal(table, missing.message, missing)
    return tuple(replace(form, table=table, arrangement=result[1]) for form in found)


def _titled(
    table: Table,
    grid: Grid,
    headers: Sequence[Columns],
    roles: Sequence[set[str | None]],
    labels: Labels,
) -> tuple[Form, ...] | None:
    """Return the form of a table without 项目名称, where a numbered heading names the project."""
    name = title.project_name(table.heading)
    if name is None or not headers or not any("goal" in found for found in roles):
        return None
    found = _stacked(table, grid, table.rows[:1], headers, About.PROJECT, labels)
    for form in found:
        form.header.title_name = name
    return found or None


def _lines(table: Table, roles: Sequence[set[str | None]]) -> list[str]:
    """Return the lines that stand above a form: those of its heading, and its first rows."""
    lines = (table.heading or "").split("\n")
    for row, found in zip(table.rows[:_TITLE_ROWS], roles, strict=False):
        printed = [cell for cell in row if not cell.is_blank]
        if len(printed) > 1 and any(found):  # the form begins here
            break
        if len(printed) <= _TITLE_CELLS:
            lines += [cell.text for cell in row]
    return lines


def _with_start(
    rows: Sequence[Row],
    roles: Sequence[set[str | None]],
    names: Sequence[Row],
    headers: Sequence[Columns],
) -> list[Row]:
    """Return where forms begin where the first one needs no 项目名称: at its first label."""
    first = headers[0].first_row
    labelled = [row for row, found in zip(rows, roles, strict=True) if any(found)]
    start = [row for row in labelled if row.index < first][:1]
    return [*start, *(row for row in names if row.index > first)]


def _stacked(
    table: Table,
    grid: Grid,
    names: Sequence[Row],
    headers: Sequence[Columns],
    first: About,
    labels: Labels,
) -> tuple[Form, ...]:
    """Return the forms one below the other: each begins with its title above 项目名称.

    ``first`` is what the first form is about; those below it are about projects.

    Rows that belong to no form, such as the end of one that began in another table, are among the
    cells of the form beside them: they will be told as unused.
    """
    starts = _starts(table.rows, names, headers, labels)
    ends = [*starts[1:], _END]
    found: list[Form] = []
    stray: list[Cell] = []
    for start, end in zip(starts, ends, strict=True):
        rows = _between(table.rows, start, end)
        cells = [cell for row in rows for cell in row.cells if cell.text.strip()]
        name_row = next((row.index for row in names if start <= row.index < end), _END)
        own = [one for one in headers if name_row < one.first_row < end]
        if not own:
            stray.extend(cells)
            continue
        below = _between(rows, name_row, end)
        earlier = [one.first_row for one in headers if start <= one.first_row < name_row]
        last_title = min((name_row, *earlier))
        titles = _between(rows, start, last_title)
        subject = first if start == starts[0] else About.PROJECT
        found.append(_form(table, grid, titles, below, own, subject, (*stray, *cells), labels))
        stray = []
    if found and stray:
        found[-1] = replace(found[-1], cells=(*found[-1].cells, *stray))
    return tuple(found)


def _form(
    table: Table,
    grid: Grid,
    titles: Sequence[Row],
    rows: Sequence[Row],
    headers: Sequence[Columns],
    subject: About,
    cells: tuple[Cell, ...],
    labels: Labels,
) -> Form:
    """Return the form whose rows, with the titles above them, and cells are given."""
    first_row = titles[0].index if titles else rows[0].index
    heading = table.heading if first_row == table.rows[0].index else None
    above = _between(rows, first_row, headers[0].first_row)
    task_rows = tasks.find(above, labels) if subject is About.DEPARTMENT else []
    if task_rows:
        above = [row for row in above if row not in task_rows]
    head = header.read(heading, titles, above, grid, labels, subject)
    own_tasks = tasks.read(task_rows, grid, labels, head.money_unit) if task_rows else None
    stage = _stage(head, headers[0], labels)
    blocks = tuple(_blocks(rows, headers, labels))
    return Form(table, grid, head, blocks, cells, subject, stage, own_tasks)


def _between(rows: Sequence[Row], first: int, end: int) -> Sequence[Row]:
    """Return the rows from number ``first`` to before ``end``; rows stand in order."""
    start = bisect_left(rows, first, key=_number)
    return rows[start : bisect_left(rows, end, lo=start, key=_number)]


def _number(row: Row) -> int:
    return row.index


def _starts(
    rows: Sequence[Row], names: Sequence[Row], headers: Sequence[Columns], labels: Labels
) -> list[int]:
    """Return the first row of each form: 项目名称 below indicators, with the titles above it."""
    starts = [rows[0].index]
    for before, name in pairwise(names):
        if not any(before.index < one.first_row < name.index for one in headers):
            continue
        place = bisect_left(rows, name.index, key=_number)
        while place and _is_title(rows[place - 1], labels):
            place -= 1
        starts.append(rows[place].index)
    return starts


def _is_title(row: Row, labels: Labels) -> bool:
    texts = [cell for cell in row if not cell.is_blank]
    return len(texts) <= _TITLE_CELLS and title.is_title(row, labels)


def _blocks(rows: Sequence[Row], headers: Sequence[Columns], labels: Labels) -> Iterator[Block]:
    """Yield the rows below each header; a header that is only repeated goes on with its block."""
    ends = [*(one.first_row for one in headers[1:]), _END]
    for one, end in zip(headers, ends, strict=True):
        below = _between(rows, one.last_row + 1, end)
        period = labels.period_of(one.side.text) if one.side is not None else None
        has_lanes = len(one.lanes) > 1
        yield Block(below, one, None if has_lanes or period is Period.ANNUAL else period)


def _flat(table: Table, grid: Grid, headers: Sequence[Columns], labels: Labels) -> Iterator[Form]:
    first = headers[0]
    titles = [row for row in table.rows if row.index < first.first_row]
    skipped = {number for one in headers for number in range(one.first_row, one.last_row + 1)}
    body = [row for row in table.rows if row.index > first.last_row and row.index not in skipped]
    shared = [cell for row in titles for cell in row if not cell.is_blank]
    shared += [cell for one in headers for cell in sorted(one.used, key=_place)]
    for number, group in enumerate(flat.groups(body, first, grid, labels)):
        head = flat.header(table.heading, titles, group, first, grid, labels)
        cells = [cell for row in group for cell in row if not cell.is_blank]
        stage = _stage(head, first, labels)
        every = tuple(cells if number else shared + cells)
        yield Form(table, grid, head, (Block(group, first),), every, About.PROJECT, stage)


def _place(cell: Cell) -> tuple[int, int]:
    return cell.place.row or 0, cell.place.column or 0


def _stage(head: Header, found: Columns, labels: Labels) -> Stage:
    return about.stage(head.title.titles, found, labels)
