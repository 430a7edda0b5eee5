"""The tables of a document → its record: unit, year, projects. It opens no files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from perfgraph.model import (
    BudgetUnit,
    Cell,
    Document,
    DocumentRole,
    Finding,
    Place,
    Project,
    Region,
    Table,
    Value,
)
from perfgraph.records import evaluation, forms, goals, identity, indicators, keys, unused
from perfgraph.records.cells import CellSet
from perfgraph.records.errors import (
    BadOptionError,
    ClashingKeysError,
    DuplicateProjectError,
    NoTargetTableError,
    NoUnitError,
)
from perfgraph.records.forms import Form, Refusal
from perfgraph.records.indicators import Reading
from perfgraph.records.keys import Keys
from perfgraph.records.labels import Labels
from perfgraph.text import Text

_FIRST_YEAR, _LAST_YEAR = 1990, 2099


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says about a document; ``None`` where it is to be found in the document."""

    year: int | None = None
    region: str | None = None
    unit: str | None = None
    keys: Keys = field(default_factory=Keys)

    def __post_init__(self) -> None:
        if self.year is not None and not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            raise BadOptionError(
                "--year", str(self.year), Text(zh="年份，如 2025", en="a year like 2025")
            )


@dataclass
class _Found:
    """The forms of a document, and what is left unread."""

    forms: list[Form] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    unused: list[Cell] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def leave(self, table: Table, reason: Text, cells: Sequence[Cell]) -> None:
        """List cells as unused, with one finding for all of them."""
        if cells:
            self.unused.extend(cells)
            self.findings.append(unused.table_finding(table, reason, cells))


def read(
    file: Place, sha256: str, tables: Sequence[Table], given: Given, label_table: Labels
) -> Document:
    """Return the record of the document whose tables are ``tables``.

    Raises:
        RecordError: no target table, a column or the unit is missing, a project stands twice.
        BadOptionError: ``given`` holds an impossible value.
    """
    found = _find(tables, label_table)
    if not found.forms:
        first = next(iter(found.refusals), None)
        if first is not None and first.error is not None:
            raise first.error
        raise NoTargetTableError(file, first.reason if first else None)
    role = found.forms[0].role
    kept = [form for form in found.forms if form.role is role]
    units = _units(kept, given)
    year, evidence = _year(kept, file.file, given, label_table)
    projects: list[Project] = []
    left: list[Cell] = []
    for order, (form, unit) in enumerate(zip(kept, units, strict=True), 1):
        project, form_left = _project(order, form, unit, (year, evidence), label_table)
        pinned = given.keys.of(unit.code, year, project.name)
        projects.append(replace(project, pinned_key=pinned) if pinned else project)
        left.extend(form_left)
    for form in found.forms:
        if form.role is not role:
            found.leave(form.table, unused.OTHER_ROLE, form.cells)
    _refuse_duplicates(projects)
    _refuse_clashes(projects)
    return Document(
        file=file.file,
        sha256=sha256,
        unit=units[0],
        year=year,
        projects=tuple(projects),
        tables=tuple(tables),
        role=role,
        unused=(*left, *found.unused),
        findings=(
            *(unused.cell_finding(cell) for cell in left),
            *(unused.other_period(a) for p in projects for a in p.amounts if not a.is_annual),
            *found.findings,
            *_unknown_regions(kept, units),
        ),
    )


def _find(tables: Sequence[Table], label_table: Labels) -> _Found:
    found = _Found()
    for table in tables:
        result = forms.find(table, label_table)
        if isinstance(result, tuple):
            found.forms.extend(result)
            continue
        if isinstance(result, Refusal):
            found.refusals.append(result)
        reason = result.reason if isinstance(result, Refusal) else unused.NO_TARGET_TABLE
        found.leave(table, reason, unused.table_cells(table))
    return found


def _project(
    order: int,
    form: Form,
    unit: BudgetUnit,
    found_year: tuple[int | None, str],
    label_table: Labels,
) -> tuple[Project, list[Cell]]:
    """Return the project of a form, and the form's cells that were not used."""
    header = form.header
    year, evidence = found_year
    reading = _reading(form, year, label_table)
    used = CellSet(header.used)
    used.update(reading.used)
    for block in form.blocks:
        used.update(block.columns.used)
    start, end = header.term(year)
    if start is None and end is None:
        used.remove(header.cells("term", "term_start", "term_end"))
    result = None
    if form.role is DocumentRole.SELF_EVALUATION:
        columns = form.blocks[0].columns
        result, more = evaluation.read(header, reading.trailers, columns, form.grid, label_table)
        used.update(more)
    else:
        used.remove(header.cells("achievement"))
    for row in reading.trailers:
        used.update(cell for cell in row.cells[:1] if label_table.header_role(cell.text))
    project = Project(
        order=order,
        name=header.name,
        unit=unit,
        table=form.table,
        year=year,
        year_evidence=evidence,
        scheme=reading.scheme,
        name_cell=header.name_cell or form.table.rows[0].cells[0],
        code=header.project_code,
        funds_use=header.text("funds_use"),
        funds_use_cell=header.texts.get("funds_use"),
        money_unit=header.money_unit,
        amounts=tuple(header.amounts),
        goals=tuple(
            goal if period is None else replace(goal, period=period)
            for cell, period in header.goals
            for goal in goals.goals(cell)
        ),
        indicators=reading.indicators,
        columns=reading.properties,
        department=_department(form, unit),
        attribute=header.text("attribute"),
        period_start=start,
        period_end=end,
        evaluation=result,
    )
    return project, unused.cells(form.cells, used)


def _reading(form: Form, year: int | None, label_table: Labels) -> Reading:
    return indicators.read(form.blocks, form.grid, form.header.money_unit, year, label_table)


def _units(kept: Sequence[Form], given: Given) -> list[BudgetUnit]:
    """Return each form's unit; a table without one has that of the table before it."""
    units: list[BudgetUnit] = []
    printed: str | None = None
    for form in kept:
        printed = _printed_unit(form) or printed
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


def _printed_unit(form: Form) -> str | None:
    """Return the unit as printed, with the code that its name has as a department."""
    unit, department = form.header.unit, form.header.department
    if unit and department and identity.unit_name(department) == unit.strip():
        return department
    return unit


def _department(form: Form, unit: BudgetUnit) -> BudgetUnit | None:
    printed = form.header.department
    if not printed or not any(letter.isalnum() for letter in printed):
        return None
    region = identity.find_region(identity.unit_name(printed), "")
    if region.code == identity.UNKNOWN_REGION:
        region = unit.region  # its unit is of the same budget
    return identity.budget_unit(printed, region)


def _region(unit_name: str, form: Form, given: Given) -> Region:
    if given.region is not None:
        return identity.given_region(given.region)
    found = identity.find_region(unit_name, "")
    lines = (form.table.heading or "").split("\n")
    for line in (*lines, *form.header.title.titles, form.table.place.file):
        if found.code != identity.UNKNOWN_REGION:
            break
        found = identity.find_region("", line.strip())
    return found


def _year(
    kept: Sequence[Form], file: str, given: Given, label_table: Labels
) -> tuple[int | None, str]:
    if given.year is not None:
        return given.year, "option"
    # A year in a project's name is no fiscal year: 2024年结转项目 may be budgeted for 2025.
    titles = [
        title.replace(form.header.name or "\0", "")
        for form in kept
        for title in (form.table.heading or "", *form.header.title.titles)
    ]
    year, evidence = identity.find_year(titles, file, ())
    if year is None:
        year, evidence = identity.find_year((), "", _values(kept, label_table))
    return year, evidence


def _values(kept: Sequence[Form], label_table: Labels) -> list[Value]:
    return [
        value
        for form in kept
        for indicator in _reading(form, None, label_table).indicators
        for value in indicator.targets
    ]


def _unknown_regions(kept: Sequence[Form], units: Sequence[BudgetUnit]) -> list[Finding]:
    """Return a finding for each unit whose region is unknown, at its first table."""
    places: dict[BudgetUnit, Place] = {}
    for form, unit in zip(kept, units, strict=True):
        if unit.region.code == identity.UNKNOWN_REGION:
            places.setdefault(unit, form.table.place)
    return [unused.unknown_region(unit, place) for unit, place in places.items()]


def _refuse_duplicates(projects: Sequence[Project]) -> None:
    seen: dict[tuple[str, str, str], Place] = {}
    for project in projects:
        name = identity.name_key(project.name or "", 64)
        key = (project.unit.region.code, project.unit.code, project.code or name)
        if key in seen:
            raise DuplicateProjectError(project.name, seen[key], project.name_cell.place)
        seen[key] = project.name_cell.place


def _refuse_clashes(projects: Sequence[Project]) -> None:
    """Stop where different names have one key: merging would add up strangers' budgets."""
    seen: dict[tuple[str, str, str], Project] = {}
    for project in projects:
        key = keys.key_of(project)
        first = seen.setdefault((project.unit.region.code, project.unit.code, key), project)
        if first is not project:
            name = project.name or ""
            longer = keys.minted(name, keys.LONG_DIGITS)
            row = f"{project.unit.code},{project.year or ''},{name},{longer}"
            places = (first.name_cell.place, project.name_cell.place)
            raise ClashingKeysError(name, key, row, *places)
