"""A table → the forms in it: each the header block and the indicators of one project.

A table may hold several forms one below the other, or a flat list with a project in each group of
rows. A table about a department or a region is no project's form and is refused with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from perfgraph.model import Cell, DocumentRole, Period, Row, Table
from perfgraph.records import columns, flat, header, title
from perfgraph.records.columns import Columns
from perfgraph.records.errors import MissingColumnError
from perfgraph.records.grid import Grid
from perfgraph.records.header import Header
from perfgraph.records.indicators import Block
from perfgraph.records.labels import Labels
from perfgraph.text import Text

_DEPARTMENT = Text(
    zh="这是部门（单位）整体支出的表，尚不支持，其单元格未写入",
    en="this table is about a whole department, which is not read yet; its cells were not used",
)
_REGION = Text(
    zh="这是区域（转移支付）绩效目标的表，尚不支持，其单元格未写入",
    en="this table is about a region's transfer payment, which is not read yet",
)
_MONITORING = Text(
    zh="这是绩效运行监控的表，尚不支持，其单元格未写入",
    en="this is a monitoring table, which is not read yet; its cells were not used",
)
_TITLE_ROWS, _TITLE_CELLS = 4, 3
_END = 1 << 62
"""A row number below every table."""


@dataclass(frozen=True, slots=True)
class Form:
    """One project's form: what is above its indicators, and the blocks of their rows."""

    table: Table
    grid: Grid
    header: Header
    blocks: tuple[Block, ...]
    cells: tuple[Cell, ...]
    """Every printed cell of the form."""
    role: DocumentRole


@dataclass(frozen=True, slots=True)
class Refusal:
    """A table that is left unread, and why."""

    table: Table
    reason: Text
    error: MissingColumnError | None = None


def find(table: Table, labels: Labels) -> tuple[Form, ...] | Refusal | None:
    """Return the forms of ``table``; ``None`` where it is no target table at all."""
    grid = Grid(table.rows)
    header_role = labels.header_role
    roles = [{header_role(cell.text) for cell in row.cells if cell.text} for row in table.rows]
    names = [row for row, found in zip(table.rows, roles, strict=True) if "project_name" in found]
    is_known = bool(names)
    reason = _foreign(table, roles, labels)
    try:
        headers = list(columns.find_all(table.rows, grid, table.place, labels))
    except MissingColumnError as error:
        if reason is None and not is_known:
            return None
        return Refusal(table, reason or error.message, None if reason else error)
    if reason is not None and (is_known or headers):
        return Refusal(table, reason)
    if not is_known:
        return _titled(table, grid, headers, roles, labels)
    if not headers:
        missing = MissingColumnError("三级指标", table.place)
        return Refusal(table, missing.message, missing)
    if "project_name" in headers[0].header_index:
        return tuple(_flat(table, grid, headers, labels))
    found = _stacked(table, grid, names, headers, labels)
    missing = MissingColumnError("三级指标", table.place)
    return found or Refusal(table, missing.message, missing)


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
    found = _stacked(table, grid, table.rows[:1], headers, labels)
    for form in found:
        form.header.title_name = name
    return found or None


def _foreign(table: Table, roles: Sequence[set[str | None]], labels: Labels) -> Text | None:
    """Return why a table is no project's: its title or its labels say what it is about."""
    found = labels.titles(table.heading or "")
    for row in table.rows[:_TITLE_ROWS]:
        if len([cell for cell in row if not cell.is_blank]) <= _TITLE_CELLS:
            found |= {role for cell in row for role in labels.titles(cell.text)}
    found |= {role for one in roles for role in one if role}
    for role, reason in (
        ("department_plan", _DEPARTMENT),
        ("regional_plan", _REGION),
        ("monitoring", _MONITORING),
    ):
        if role in found:
            return reason
    return None


def _stacked(
    table: Table, grid: Grid, names: Sequence[Row], headers: Sequence[Columns], labels: Labels
) -> tuple[Form, ...]:
    """Return the forms one below the other: each begins with its title above 项目名称.

    Rows that belong to no form, such as the end of one that began in another table, are among the
    cells of the form beside them: they will be told as unused.
    """
    starts = _starts(table.rows, names, headers, labels)
    ends = [*starts[1:], _END]
    found: list[Form] = []
    stray: list[Cell] = []
    for start, end in zip(starts, ends, strict=True):
        rows = [row for row in table.rows if start <= row.index < end]
        cells = [cell for row in rows for cell in row.cells if cell.text.strip()]
        name_row = next((row.index for row in names if start <= row.index < end), _END)
        own = [one for one in headers if name_row < one.first_row < end]
        if not own:
            stray.extend(cells)
            continue
        is_below = [row for row in rows if row.index >= name_row]
        earlier = [one.first_row for one in headers if start <= one.first_row < name_row]
        last_title = min((name_row, *earlier))
        titles = [row for row in rows if row.index < last_title]
        above = [row for row in is_below if row.index < own[0].first_row]
        heading = table.heading if start == table.rows[0].index else None
        head = header.read(heading, titles, above, grid, labels)
        role = _role(head, own[0], labels)
        blocks = tuple(_blocks(is_below, own, labels))
        found.append(Form(table, grid, head, blocks, (*stray, *cells), role))
        stray = []
    if found and stray:
        found[-1] = replace(found[-1], cells=(*found[-1].cells, *stray))
    return tuple(found)


def _starts(
    rows: Sequence[Row], names: Sequence[Row], headers: Sequence[Columns], labels: Labels
) -> list[int]:
    """Return the first row of each form: 项目名称 below indicators, with the titles above it."""
    starts = [rows[0].index]
    numbers = [row.index for row in rows]
    for before, name in pairwise(names):
        if not any(before.index < one.first_row < name.index for one in headers):
            continue
        place = numbers.index(name.index)
        while place and _is_title(rows[place - 1], labels):
            place -= 1
        starts.append(numbers[place])
    return starts


def _is_title(row: Row, labels: Labels) -> bool:
    texts = [cell for cell in row if not cell.is_blank]
    return len(texts) <= _TITLE_CELLS and title.is_title(row, labels)


def _blocks(rows: Sequence[Row], headers: Sequence[Columns], labels: Labels) -> Iterator[Block]:
    """Yield the rows below each header; a header that is only repeated goes on with its block."""
    ends = [*(one.first_row for one in headers[1:]), _END]
    for one, end in zip(headers, ends, strict=True):
        below = [row for row in rows if one.last_row < row.index < end]
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
    for number, group in enumerate(flat.groups(body, first, grid)):
        head = flat.header(table.heading, titles, group, first, grid, labels)
        cells = [cell for row in group for cell in row if not cell.is_blank]
        role = _role(head, first, labels)
        every = tuple(cells if number else shared + cells)
        yield Form(table, grid, head, (Block(group, first),), every, role)


def _place(cell: Cell) -> tuple[int, int]:
    return cell.place.row or 0, cell.place.column or 0


def _role(head: Header, found: Columns, labels: Labels) -> DocumentRole:
    says_so = any("self-evaluation" in labels.titles(text) for text in head.title.titles)
    is_evaluation = found.has_results or says_so
    return DocumentRole.SELF_EVALUATION if is_evaluation else DocumentRole.TARGET
