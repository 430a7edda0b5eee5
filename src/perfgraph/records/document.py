"""The tables of a document → its record: unit, year, projects. It opens no files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perfgraph.model import (
    BudgetUnit,
    Cell,
    Document,
    Finding,
    Place,
    Project,
    Region,
    Row,
    Severity,
    Table,
    Value,
)
from perfgraph.records import goals, header, identity, indicators
from perfgraph.records.errors import (
    BadOptionError,
    DuplicateProjectError,
    NoTargetTableError,
    NoUnitError,
)
from perfgraph.records.header import Header
from perfgraph.records.indicators import Columns
from perfgraph.records.labels import Labels
from perfgraph.text import Text

_FIRST_YEAR, _LAST_YEAR = 1990, 2099


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says about a document; ``None`` where it is to be found in the document."""

    year: int | None = None
    region: str | None = None
    unit: str | None = None

    def __post_init__(self) -> None:
        if self.year is not None and not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            raise BadOptionError(
                "--year", str(self.year), Text(zh="年份，如 2025", en="a year like 2025")
            )


@dataclass(frozen=True, slots=True)
class _Form:
    """One target table, its parts found but the indicators not yet read."""

    table: Table
    header: Header
    columns: Columns
    body: Sequence[Row]

    @property
    def name(self) -> str | None:
        cell = self.header.name_cell
        return cell.text.strip() or None if cell is not None else None


def read(
    file: Place, sha256: str, tables: Sequence[Table], given: Given, label_table: Labels
) -> Document:
    """Return the record of the document whose tables are ``tables``.

    Raises:
        RecordError: no target table, a column or the unit is missing, a project stands twice.
        BadOptionError: ``given`` holds an impossible value.
    """
    forms = [form for table in tables if (form := _form(table, label_table)) is not None]
    if not forms:
        raise NoTargetTableError(file)
    units = _units(forms, given)
    year, evidence = _year(forms, file.file, given, label_table)
    projects: list[Project] = []
    unused: list[Cell] = []
    for order, (form, unit) in enumerate(zip(forms, units, strict=True), 1):
        reading = indicators.read(
            form.body, form.columns, form.header.money_unit, year, label_table
        )
        projects.append(
            Project(
                order=order,
                name=form.name,
                unit=unit,
                table=form.table,
                year=year,
                year_evidence=evidence,
                scheme=reading.scheme,
                name_cell=form.header.name_cell or form.table.rows[0].cells[0],
                funds_use=_funds_use(form.header),
                funds_use_cell=form.header.funds_use_cell,
                money_unit=form.header.money_unit,
                amounts=tuple(form.header.amounts),
                goals=tuple(g for cell in form.header.goal_cells for g in goals.goals(cell)),
                indicators=reading.indicators,
                columns=form.columns.properties,
            )
        )
        unused.extend(_unused_header(form))
        unused.extend(reading.unused)
    used_tables = {form.table.index for form in forms}
    unused.extend(
        cell
        for table in tables
        if table.index not in used_tables
        for row in table.rows
        for cell in row
        if not cell.is_blank
    )
    _refuse_duplicates(projects)
    return Document(
        file=file.file,
        sha256=sha256,
        unit=units[0],
        year=year,
        projects=tuple(projects),
        tables=tuple(tables),
        unused=tuple(unused),
        findings=tuple(_unused_finding(cell) for cell in unused),
    )


def _form(table: Table, label_table: Labels) -> _Form | None:
    """Return the parts of a target table; ``None`` for any other table."""
    has_name = any(
        label_table.header_role(cell.text) == "project_name" for row in table.rows for cell in row
    )
    if not has_name:
        return None
    columns = indicators.find_columns(table.rows, table.place, label_table)
    above = [row for row in table.rows if row.index < columns.row]
    body = [row for row in table.rows if row.index > columns.row]
    return _Form(table, header.read(above, label_table), columns, body)


def _units(forms: Sequence[_Form], given: Given) -> list[BudgetUnit]:
    """Return each form's unit; a table without one has that of the table before it."""
    units: list[BudgetUnit] = []
    printed: str | None = None
    for form in forms:
        if form.header.unit_cell is not None:
            printed = form.header.unit_cell.text
        if given.unit is not None:
            name = identity.unit_name(printed) if printed else None
            region = _region(name or "", form, given)
            units.append(identity.given_unit(given.unit, name, region))
        elif printed is None:
            raise NoUnitError(form.table.place)
        else:
            region = _region(identity.unit_name(printed), form, given)
            units.append(identity.budget_unit(printed, region))
    return units


def _region(unit_name: str, form: _Form, given: Given) -> Region:
    if given.region is not None:
        return identity.given_region(given.region)
    return identity.find_region(unit_name, form.table.heading or form.table.place.file)


def _year(
    forms: Sequence[_Form], file: str, given: Given, label_table: Labels
) -> tuple[int | None, str]:
    if given.year is not None:
        return given.year, "option"
    # A year in a project's name is no fiscal year: 2024年结转项目 may be budgeted for 2025.
    titles = [(form.table.heading or "").replace(form.name or "\0", "") for form in forms]
    year, evidence = identity.find_year(titles, file, ())
    if year is None:
        year, evidence = identity.find_year((), "", _values(forms, label_table))
    return year, evidence


def _values(forms: Sequence[_Form], label_table: Labels) -> list[Value]:
    return [
        value
        for form in forms
        for indicator in indicators.read(
            form.body, form.columns, form.header.money_unit, None, label_table
        ).indicators
        for value in indicator.targets
    ]


def _funds_use(found: Header) -> str | None:
    cell = found.funds_use_cell
    return cell.text.strip() or None if cell is not None else None


def _unused_header(form: _Form) -> list[Cell]:
    return [
        cell
        for row in form.table.rows
        if row.index < form.columns.row
        for cell in row
        if not cell.is_blank and cell not in form.header.used
    ]


def _unused_finding(cell: Cell) -> Finding:
    return Finding(
        rule="R01",
        severity=Severity.WARNING,
        message=Text(
            zh=f"单元格“{cell.text}”没有被使用", en=f"the cell '{cell.text}' was not used"
        ),
        fix=Text(
            zh="请核对该单元格；如果是表头或标签的另一种写法，请用 --labels 指定标签文件",
            en="Check the cell; if it is another spelling of a label, name it in a label file",
        ),
        place=cell.place,
        place_text=cell.text,
        found=cell.text,
    )


def _refuse_duplicates(projects: Sequence[Project]) -> None:
    seen: dict[tuple[str, str, str], Place] = {}
    for project in projects:
        name = identity.name_key(project.name or "", 64)
        key = (project.unit.region.code, project.unit.code, project.code or name)
        if key in seen:
            raise DuplicateProjectError(project.name, seen[key], project.name_cell.place)
        seen[key] = project.name_cell.place
