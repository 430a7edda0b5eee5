"""The block above the indicators → project, unit, department, funds, use of funds, goals, term.

Labels decide what a cell is, not positions. What a cell means is kept with the cell, so that every
cell of the block is either used or told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from perfgraph import values
from perfgraph.model import Amount, Cell, Context, Period, Row, Unit
from perfgraph.records import fields, funds, title
from perfgraph.records.about import About
from perfgraph.records.cells import CellSet
from perfgraph.records.fields import Field
from perfgraph.records.grid import Grid
from perfgraph.records.labels import Labels
from perfgraph.records.title import Title

_PROJECT_CODE = re.compile(r"^(\d{6,}[A-Z]\d{6,})[-—](.+)$", re.DOTALL)
_TEXT_ROLES = frozenset(
    {"project_name", "project_code", "unit", "department", "term", "term_start", "term_end"}
    | {"funds_use", "achievement", "department_name", "total_score"}
)
_OWN_TEXT_ROLES = {
    About.PROJECT: _TEXT_ROLES | {"programme"},
    About.DEPARTMENT: _TEXT_ROLES | {"department_code", "duty"},
    About.REGION: _TEXT_ROLES,
}
_LOCAL = ("county", "city", "local", "province")
_AUTHORITY_ROLES = {
    role: order
    for order, role in enumerate(
        (
            *(f"{level}-department" for level in _LOCAL),
            *(f"{level}-finance" for level in _LOCAL),
            "central-department",
        )
    )
}
"""The offices that a table of a transfer names: that of the region itself comes first."""
_FEW = 3
"""Cells of a row that may be a line of the title and not of the form."""
_GOALS = {"goal": None, "midterm_goal": Period.MIDTERM}


@dataclass
class Header:
    """What the block above the indicators says; ``used`` are the cells it was read from."""

    title: Title = field(default_factory=Title)
    money_unit: Unit | None = None
    texts: dict[str, Cell] = field(default_factory=dict)
    attributes: list[Cell] = field(default_factory=list)
    goals: list[tuple[Cell, Period | None]] = field(default_factory=list)
    revised_goals: list[Cell] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)
    authorities: list[Field] = field(default_factory=list)
    """The departments and finance offices of a transfer, that of the region itself first."""
    used: CellSet = field(default_factory=CellSet)
    title_name: str | None = None
    """The project in the heading, of a form without 项目名称."""

    def text(self, role: str) -> str | None:
        """Return what is printed beside the label of ``role``; ``None`` where nothing is."""
        cell = self.texts.get(role)
        return cell.text.strip() or None if cell is not None else None

    def cells(self, *roles: str) -> list[Cell]:
        """Return the cells beside the labels of ``roles``, where there are any."""
        return [self.texts[role] for role in roles if role in self.texts]

    @property
    def name_cell(self) -> Cell | None:
        """The cell of the project's name."""
        return self.texts.get("project_name")

    @property
    def name(self) -> str | None:
        """The project's name, without a code before it."""
        return _PROJECT_CODE.sub(r"\2", self.text("project_name") or "") or self.title_name

    @property
    def project_code(self) -> str | None:
        """The project's code, from its own cell or from before the name."""
        match = _PROJECT_CODE.match(self.text("project_name") or "")
        return self.text("project_code") or (match[1] if match else None)

    @property
    def attribute(self) -> str | None:
        """What is printed beside the labels of nature and kind, such as 项目属性 and 项目类型."""
        texts = (cell.text.strip() for cell in self.attributes)
        return "；".join(text for text in texts if text) or None

    @property
    def unit(self) -> str | None:
        """The budget unit as printed: the line above the table, else 实施单位, else 主管部门."""
        pairs = self.title.pairs
        found = (self.title.unit, self.text("unit"), pairs.get("unit"), self.department)
        named = (*found, self.text("department_name"))
        return next((text for text in named if text and is_name(text)), None)

    @property
    def department(self) -> str | None:
        """The supervising department as printed."""
        return self.text("department") or self.title.pairs.get("department")

    def term(self, year: int | None) -> tuple[date | None, date | None]:
        """Return the first and last day of the project's term, where dates are printed."""
        context = Context(year=year)
        if printed := self.text("term"):
            (value, *_) = values.parse(printed, context)
            return value.start, value.end
        ends = []
        for role in ("term_start", "term_end"):
            printed = self.text(role)
            found = values.parse(printed, context)[0] if printed else None
            ends.append(found)
        start, end = ends
        return start.start if start else None, end.end if end else None


def read(
    heading: str | None,
    title_rows: Sequence[Row],
    rows: Sequence[Row],
    grid: Grid,
    labels: Labels,
    about: About = About.PROJECT,
) -> Header:
    """Return what the rows above the indicators' header row say."""
    header = Header()
    cells = [cell for row in title_rows for cell in row if not cell.is_blank]
    header.title, header.used = title.read(heading, cells, labels)
    header.money_unit = header.title.money_unit
    found = list(fields.find(rows, grid, labels))
    text_roles = _OWN_TEXT_ROLES[about]
    for one in found:
        _assign(one, header, text_roles)
        if one.role == "attribute" and one.value is not None and about is About.PROJECT:
            header.attributes.append(one.value)
            header.used.add(one.value)
    if header.authorities:
        _read_authorities(header, about)
    _read_loose(rows, found, header, labels)
    block = funds.read(rows, found, grid, labels, header.money_unit)
    header.amounts = block.amounts
    header.used.update(block.used)
    _read_use_of_funds(rows, found, grid, header)
    if any(period for _, period in header.goals):
        header.goals = [(cell, period or Period.ANNUAL) for cell, period in header.goals]
    return header


def _assign(one: Field, header: Header, text_roles: frozenset[str]) -> None:
    header.used.add(one.label)
    if one.role in ("fund_block", *fields.FUND_ROLES) and header.money_unit is None:
        header.money_unit = title.money_unit(one.label.text)
    if one.value is None:
        return
    if one.role in _GOALS:
        header.goals.append((one.value, _GOALS[one.role]))
        header.used.add(one.value)
    elif one.role == "revised_goal":
        header.revised_goals.append(one.value)
        header.used.add(one.value)
    elif one.role in text_roles:
        if one.role not in header.texts:
            header.texts[one.role] = one.value
            header.used.add(one.value)
    elif one.role in _AUTHORITY_ROLES and not one.value.is_blank:
        header.authorities.append(one)


def _read_authorities(header: Header, about: About) -> None:
    """Keep all offices of a transfer; elsewhere the most local one is the department."""
    header.authorities.sort(key=lambda one: _AUTHORITY_ROLES[one.role])
    if about is not About.REGION:
        (first, *_) = header.authorities
        header.authorities = []
        if first.value is not None and "department" not in header.texts:
            header.texts["department"] = first.value
            header.used.add(first.value)
        return
    header.used.update(one.value for one in header.authorities if one.value is not None)


def _read_loose(
    rows: Iterable[Row], found: Iterable[Field], header: Header, labels: Labels
) -> None:
    """Read unit lines and titles that stand among the labelled rows."""
    taken = CellSet(c for one in found for c in (one.label, one.value) if c is not None)
    for row in rows:
        for cell in row if len(row.cells) <= _FEW else ():
            is_line = ":" in cell.text or "：" in cell.text
            if is_line and cell not in taken:
                lines = Title()
                if lines.read(cell.text, labels) and (lines.money_unit or lines.pairs):
                    header.used.add(cell)
                    header.money_unit = header.money_unit or lines.money_unit
                    for role, text in lines.pairs.items():
                        header.title.pairs.setdefault(role, text)


def _read_use_of_funds(
    rows: Sequence[Row], found: Iterable[Field], grid: Grid, header: Header
) -> None:
    """Read the use of funds below the amounts, where one label covers both (预算规模及资金用途)."""
    blocks = [one.label for one in found if one.role == "fund_block" and "用途" in one.label.text]
    if not blocks or "funds_use" in header.texts:
        return
    fund_rows = {one.label.place.row for one in found if one.role in fields.FUND_ROLES}
    for above, row in pairwise(rows):
        texts = [cell for cell in row if not cell.is_blank]
        first = grid.at(row.index, 1)
        is_beside = first is None or first.is_blank or first in blocks
        if above.index in fund_rows and len(texts) == 1 and is_beside:
            if texts[0] not in header.used:
                header.texts["funds_use"] = texts[0]
                header.used.add(texts[0])
            return


def is_name(text: str) -> bool:
    """Whether a text can be a name: it is no mark such as ``/``."""
    return any(letter.isalnum() for letter in text)
