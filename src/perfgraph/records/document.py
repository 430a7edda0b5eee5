"""The tables of a document → its record: unit, year, projects and plans. It opens no files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from perfgraph.model import (
    BudgetUnit,
    Cell,
    Document,
    Finding,
    Place,
    Plan,
    Project,
    Region,
    RegionalPlan,
    Table,
    Value,
)
from perfgraph.records import continuation, forms, identity, keys, stream, subjects, unused
from perfgraph.records.about import About
from perfgraph.records.errors import (
    BadOptionError,
    ClashingKeysError,
    DuplicatePlanError,
    DuplicateProjectError,
    NoTableError,
    NoTargetTableError,
    NoUnitError,
)
from perfgraph.records.forms import Form, Refusal
from perfgraph.records.keys import Keys
from perfgraph.records.labels import Labels
from perfgraph.text import Text

_FEW_CELLS = 4
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


class _Group(NamedTuple):
    """Tables that are one, or one table, and what was found in them."""

    tables: tuple[Table, ...]
    result: tuple[Form, ...] | Refusal | None


def read(
    file: Place, sha256: str, tables: Sequence[Table], given: Given, label_table: Labels
) -> Document:
    """Return the record of the document whose tables are ``tables``.

    Raises:
        RecordError: no target table, a column or the unit is missing, a project stands twice.
        BadOptionError: ``given`` holds an impossible value.
    """
    if not tables:
        raise NoTableError(file)
    tables = [stream.with_rows(table, label_table) for table in tables]
    found = _find(tables, label_table)
    if not found.forms:
        first = next(iter(found.refusals), None)
        if first is not None and first.error is not None:
            raise first.error
        raise NoTargetTableError(file, first.reason if first else None)
    stage = found.forms[0].stage
    kept = [form for form in found.forms if form.stage is stage]
    units = _units(kept, given)
    year, evidence = _year(kept, file.file, given, label_table)
    projects: list[Project] = []
    plans: list[Plan] = []
    left: list[Cell] = []
    levels: list[Finding] = []
    for form, unit in zip(kept, units, strict=True):
        order = len(projects) + 1 if form.about is About.PROJECT else len(plans) + 1
        subject, form_left = subjects.read(order, form, unit, (year, evidence), label_table)
        if isinstance(subject, Project):
            pinned = given.keys.of(unit.code, year, subject.name)
            projects.append(replace(subject, pinned_key=pinned) if pinned else subject)
        else:
            plans.append(subject)
        left.extend(form_left)
        levels.extend(_unknown_levels(subject, form, label_table))
    for form in found.forms:
        if form.stage is not stage:
            found.leave(form.table, unused.OTHER_ROLE, form.printed(form.cells))
    _refuse_duplicates(projects)
    _refuse_clashes(projects)
    _refuse_duplicate_plans(plans)
    return Document(
        file=file.file,
        sha256=sha256,
        unit=units[0],
        year=year,
        projects=tuple(projects),
        tables=tuple(tables),
        role=(projects or plans)[0].role,
        plans=tuple(plans),
        unused=(*left, *found.unused),
        findings=(
            *(unused.cell_finding(cell) for cell in left),
            *levels,
            *found.findings,
            *_unknown_regions(kept, units),
        ),
    )


def _find(tables: Sequence[Table], label_table: Labels) -> _Found:
    groups: list[_Group] = []
    for table in tables:
        result = forms.find(table, label_table)
        if groups and groups[-1].result is not None and not _begins(result, table, label_table):
            together = _going_on(groups[-1].tables, table, label_table)
            if together is not None:
                groups[-1] = together
                continue
        groups.append(_Group((table,), result))
    found = _Found()
    for (table, *_), result in groups:
        if isinstance(result, tuple):
            found.forms.extend(result)
            continue
        if isinstance(result, Refusal):
            found.refusals.append(result)
        reason = result.reason if isinstance(result, Refusal) else unused.NO_TARGET_TABLE
        found.leave(table, reason, unused.table_cells(table))
    return found


def _begins(result: object, table: Table, label_table: Labels) -> bool:
    """Whether a table begins with a form of its own: its first row has a label, or is a title."""
    if not isinstance(result, tuple):
        return False
    first = [cell for cell in table.rows[0] if not cell.is_blank]
    if len(first) < _FEW_CELLS:
        return True
    return any(label_table.header_role(cell.text) for cell in first)


def _going_on(tables: tuple[Table, ...], table: Table, label_table: Labels) -> _Group | None:
    """Return the forms of the tables as one, where ``table`` goes on with those before it."""
    together = continuation.joined(tables, table, label_table)
    if together is None:
        return None
    joined, arrangement = together
    result = forms.find(joined, label_table)
    if not isinstance(result, tuple):
        return None
    every = (*tables, table)
    arranged = []
    for form in result:
        own = form.arrangement  # it may be turned, too
        form = replace(form, arrangement=own.after(arrangement) if own else arrangement)
        numbers = {cell.place.table for cell in form.printed(form.cells)}
        first, *further = [one for one in every if one.index in numbers]
        arranged.append(replace(form, table=first, further_tables=tuple(further)))
    return _Group(every, tuple(arranged))


def _units(kept: Sequence[Form], given: Given) -> list[BudgetUnit]:
    """Return each form's unit; a table without one has that of the table before it."""
    units: list[BudgetUnit] = []
    printed: str | None = None
    for form in kept:
        printed = subjects.printed_unit(form) or printed
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


def _region(unit_name: str, form: Form, given: Given) -> Region:
    if given.region is not None:
        return identity.given_region(given.region)
    found = identity.find_region(unit_name, "")
    if found.code == identity.UNKNOWN_REGION and form.header.department:
        named = identity.find_region(identity.unit_name(form.header.department), "")
        if named.code != identity.UNKNOWN_REGION:  # a unit is of its department's budget
            return replace(named, evidence="department name")
    lines = (form.table.heading or "").split("\n")
    names = form.table.place.file.split("/")[::-1]  # in an archive, with its folders
    for line in (*lines, *form.header.title.titles, *names):
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
        for indicator in subjects.reading(form, None, label_table).indicators
        for value in indicator.targets
    ]


def _unknown_levels(subject: Project | Plan, form: Form, label_table: Labels) -> Iterator[Finding]:
    """Yield a finding for each printed first level that no scheme has, where it stands first."""
    texts = {one.level1_text for one in subject.indicators if one.level1 is None}
    unknown = {text for text in texts if text and label_table.level1_of(text) is None}
    for cell in form.printed(form.cells) if unknown else ():
        if cell.text.strip() in unknown:
            unknown.remove(cell.text.strip())
            yield unused.unknown_level(cell)


def _unknown_regions(kept: Sequence[Form], units: Sequence[BudgetUnit]) -> list[Finding]:
    """Return a finding for each unit whose region is unknown, at its first table."""
    places: dict[BudgetUnit, Place] = {}
    for form, unit in zip(kept, units, strict=True):
        if unit.region.code == identity.UNKNOWN_REGION:
            places.setdefault(unit, form.table.place)
    return [unused.unknown_region(unit, place) for unit, place in places.items()]


def _refuse_duplicate_plans(plans: Sequence[Plan]) -> None:
    """Refuse a second plan of one unit, or for a region's one transfer."""
    seen: dict[tuple[str, str, str], Place] = {}
    for plan in plans:
        of_transfer = isinstance(plan, RegionalPlan)
        name = keys.minted(plan.name or "") if of_transfer else ""
        key = (plan.unit.region.code, plan.unit.code, name)
        if key in seen:
            what = (plan.name if of_transfer else None) or plan.unit.name or plan.unit.code
            raise DuplicatePlanError(what, seen[key], plan.name_cell.place)
        seen[key] = plan.name_cell.place


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
