"""A form → what it is about: a project, a department's plan or a region's plan, with its values.

The unit and the year are found for the whole document, elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from perfgraph.model import (
    Amount,
    Authority,
    BudgetUnit,
    Cell,
    DepartmentPlan,
    FundingSource,
    Goal,
    GovernmentLevel,
    Plan,
    Project,
    Region,
    RegionalPlan,
)
from perfgraph.records import evaluation, goals, identity, indicators, unused
from perfgraph.records.about import About, Stage
from perfgraph.records.cells import CellSet
from perfgraph.records.forms import Form
from perfgraph.records.header import is_name
from perfgraph.records.indicators import Reading
from perfgraph.records.labels import Labels
from perfgraph.records.title import is_title_text

_LEVELS = frozenset(GovernmentLevel)
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
"""Beginnings of the region codes of 北京, 天津, 上海 and 重庆."""


def read(
    order: int, form: Form, unit: BudgetUnit, found_year: tuple[int | None, str], labels: Labels
) -> tuple[Project | Plan, list[Cell]]:
    """Return the subject of a form, and the form's cells that were not used.

    Args:
        order: its number among the subjects of its kind.
        form: the form.
        unit: whose form it is.
        found_year: the fiscal year, and how it was found.
        labels: the label table.
    """
    header = form.header
    year, evidence = found_year
    found = reading(form, year, labels)
    used = CellSet(header.used)
    used.update(found.used)
    for block in form.blocks:
        used.update(block.columns.used)
    start, end = header.term(year)
    if start is None and end is None:
        used.remove(header.cells("term_start", "term_end"))
    else:
        used.remove(header.cells("term_start") if start is None else ())
        used.remove(header.cells("term_end") if end is None else ())
    result = None
    if form.stage is Stage.EVALUATION:
        columns = form.blocks[0].columns
        result, more = evaluation.read(header, found.trailers, columns, form.grid, labels)
        used.update(more)
    else:
        used.remove(header.cells("achievement", "total_score"))
    for row in found.trailers:
        used.update(cell for cell in row.cells[:1] if labels.header_role(cell.text))
    is_turned = form.arrangement is not None and form.arrangement.is_turned
    # What every subject has; a dictionary, because three classes are made from it.
    shared: dict[str, Any] = {
        "order": order,
        "unit": unit,
        "table": form.table,
        "further_tables": form.further_tables,
        "role": form.role,
        "year": year,
        "year_evidence": evidence,
        "scheme": found.scheme,
        "funds_use": header.text("funds_use"),
        "funds_use_cell": header.texts.get("funds_use"),
        "money_unit": header.money_unit,
        "amounts": _amounts(header.amounts, unit.region),
        "goals": _goals(form),
        "revised_goals": tuple(goal for cell in header.revised_goals for goal in goals.goals(cell)),
        "indicators": found.indicators,
        "columns": () if is_turned else found.properties,
        "department": _department(form, unit),
        "period_start": start,
        "period_end": end,
        "period_text": header.text("term"),
        "period_cell": header.texts.get("term"),
        "evaluation": result,
    }
    subject: Project | Plan
    if form.about is About.PROJECT:
        subject = _project(form, shared)
    elif form.about is About.REGION:
        subject = _regional_plan(form, shared)
    else:
        subject = _department_plan(form, shared, used)
    left = form.printed(unused.cells(form.cells, used))
    return form.arrangement.back(subject) if form.arrangement is not None else subject, left


def reading(form: Form, year: int | None, labels: Labels) -> Reading:
    """Return the indicators of a form."""
    return indicators.read(
        form.blocks,
        form.grid,
        form.header.money_unit,
        year,
        labels,
        is_monitoring=form.stage is Stage.MONITORING,
    )


def printed_unit(form: Form) -> str | None:
    """Return the unit of a form as printed, with the code that is printed elsewhere in it."""
    header = form.header
    if form.about is About.DEPARTMENT:
        return _printed_department(form)
    if form.about is About.REGION and header.authorities:
        cell = header.authorities[0].value
        return cell.text.strip() if cell is not None else None
    unit, department = header.unit, header.department
    if unit and department and identity.unit_name(department) == unit.strip():
        return department
    return unit


def _printed_department(form: Form) -> str | None:
    """Return the department that a form is about; its cell may hold the name of the plan.

    What the form itself says is surer than a line above it.
    """
    header = form.header
    cell = header.text("unit")
    found = (
        header.title.pairs.get("unit"),
        cell if cell and not is_title_text(cell) else None,
        header.text("department_name"),
    )
    unit = next((text for text in found if text and is_name(text)), header.unit)
    code = header.text("department_code")
    if unit and code and code.isdigit() and identity.unit_name(unit) == unit.strip():
        return f"{code}{unit.strip()}"
    return unit


def _amounts(amounts: Sequence[Amount], region: Region) -> tuple[Amount, ...]:
    """Return the amounts; 市级 of a municipality such as 天津市 is the level of provinces."""
    if region.code[:2] not in _MUNICIPALITIES or not any(one.level for one in amounts):
        return tuple(amounts)
    return tuple(
        replace(one, level=GovernmentLevel.PROVINCE) if one.level is GovernmentLevel.CITY else one
        for one in amounts
    )


def _goals(form: Form) -> tuple[Goal, ...]:
    return tuple(
        goal if period is None else replace(goal, period=period)
        for cell, period in form.header.goals
        for goal in goals.goals(cell)
    )


def _department(form: Form, unit: BudgetUnit) -> BudgetUnit | None:
    printed = form.header.department
    if not printed or not is_name(printed):
        return None
    region = identity.find_region(identity.unit_name(printed), "")
    if region.code == identity.UNKNOWN_REGION:
        region = unit.region  # its unit is of the same budget
    return identity.budget_unit(printed, region)


def _project(form: Form, shared: dict[str, Any]) -> Project:
    header = form.header
    return Project(
        **shared,
        name=header.name,
        name_cell=header.name_cell or form.table.rows[0].cells[0],
        code=header.project_code,
        attribute=header.attribute,
        programme=header.text("programme"),
    )


def _department_plan(form: Form, shared: dict[str, Any], used: CellSet) -> DepartmentPlan:
    """Return the plan of a department; sums below its tasks are its money if no other is."""
    header, tasks = form.header, form.tasks
    amounts: tuple[Amount, ...] = shared.pop("amounts")
    if tasks is not None:
        used.update(tasks.used)
        if not any(amount.source is FundingSource.TOTAL for amount in amounts):
            amounts = (*amounts, *tasks.sums)
            used.update(amount.cell for amount in tasks.sums)
    name_cell = header.name_cell
    if name_cell is None:
        cell = header.texts.get("unit") or header.texts.get("department_name")
        is_plan_name = cell is not None and is_title_text(cell.text)
        name_cell = cell if is_plan_name else None
    anchor = name_cell or header.texts.get("unit") or header.texts.get("department_name")
    return DepartmentPlan(
        **shared,
        name=(name_cell.text.strip() or None) if name_cell is not None else None,
        name_cell=anchor or form.table.rows[0].cells[0],
        amounts=amounts,
        code=header.project_code,
        duty=header.text("duty"),
        duty_cell=header.texts.get("duty"),
        tasks=tuple(tasks.tasks) if tasks is not None else (),
    )


def _regional_plan(form: Form, shared: dict[str, Any]) -> RegionalPlan:
    header = form.header
    authorities = [
        Authority(
            role=one.role,
            level=GovernmentLevel(level) if level in _LEVELS else None,
            label=one.label.text,
            name=one.value.text.strip(),
            cell=one.value,
        )
        for one in header.authorities
        if one.value is not None
        for level in (one.role.partition("-")[0],)
    ]
    return RegionalPlan(
        **shared,
        name=header.name,
        name_cell=header.name_cell or form.table.rows[0].cells[0],
        authorities=tuple(authorities),
    )
