"""A document's record as lines that a reader can check against the table it was read from."""

from __future__ import annotations

from collections.abc import Iterator

from perfgraph.model import (
    Amount,
    DepartmentPlan,
    Document,
    Grade,
    Indicator,
    Plan,
    Project,
    RegionalPlan,
    Subject,
    Value,
)

_GRADES: dict[Grade | None, str] = {
    Grade.EXCELLENT: "优",
    Grade.GOOD: "良",
    Grade.FAIR: "中",
    Grade.POOR: "差",
}


def told(document: Document) -> str:
    """Return everything that was read, and what was not used."""
    lines = [f"{document.role} {document.year} {document.unit.code} {document.unit.name}"]
    for project in document.projects:
        lines += ["", *_project(project)]
    for plan in document.plans:
        lines += ["", *_plan(plan)]
    lines += [
        "",
        "unused:",
        *(f"  {cell.place.fragment} {cell.text!r}" for cell in document.unused),
    ]
    lines += ["findings:", *(f"  {f.rule} {f.message.en}" for f in document.findings)]
    return "\n".join(lines) + "\n"


def _project(project: Project) -> Iterator[str]:
    yield f"project {project.order}: {project.name} [{project.code or '-'}]"
    yield from _identity(project)
    if project.attribute or project.period_start or project.period_end:
        yield f"  {project.attribute}, {project.period_start} to {project.period_end}"
    if project.period_text:
        yield f"  term {project.period_text}"
    if project.programme:
        yield f"  programme {project.programme}"
    yield from _content(project)


def _plan(plan: Plan) -> Iterator[str]:
    kind = "department plan" if isinstance(plan, DepartmentPlan) else "regional plan"
    yield f"{kind} {plan.order}: {plan.name} ({plan.role})"
    yield from _identity(plan)
    if isinstance(plan, DepartmentPlan):
        if plan.code:
            yield f"  code {plan.code}"
        if plan.duty:
            yield f"  duty: {plan.duty}"
        for task in plan.tasks:
            texts = (task.name, task.content, task.duty)
            printed = " | ".join(cell.text if cell else "-" for cell in texts)
            yield f"  task {task.order}: {printed}"
            yield from (f"    {_amount(amount)}" for amount in task.amounts)
    if isinstance(plan, RegionalPlan):
        yield from (f"  {one.role} {one.level}: {one.name}" for one in plan.authorities)
    yield from _content(plan)


def _identity(subject: Subject) -> Iterator[str]:
    unit = subject.unit
    yield f"  unit {unit.code} {unit.name}, region {unit.region.code}"
    if subject.department is not None:
        yield f"  department {subject.department.code} {subject.department.name}"
    yield f"  year {subject.year} by {subject.year_evidence}, scheme {subject.scheme}"


def _content(subject: Subject) -> Iterator[str]:
    yield from (f"  {_amount(amount)}" for amount in subject.amounts)
    if subject.funds_use:
        yield f"  use: {subject.funds_use}"
    for goal in subject.goals:
        yield f"  goal {goal.order}{f' {goal.period}' if goal.period else ''}: {goal.text}"
    for goal in subject.revised_goals:
        yield f"  revised goal {goal.order}: {goal.text}"
    if subject.evaluation is not None:
        total, achieved = subject.evaluation.total_score, subject.evaluation.achievement
        grade = _GRADES.get(subject.evaluation.grade, "no grade")
        yield f"  evaluation: total score {total}, {grade}; {achieved}"
    for indicator in subject.indicators:
        yield from (f"  {line}" for line in _indicator(indicator))
    yield f"  columns: {', '.join(f'{at} {name}' for at, name in subject.columns)}"


def _amount(amount: Amount) -> str:
    parts = [f"{amount.expenditure or amount.source or 'carried over'} {amount.phase}"]
    parts += [str(amount.period)] if amount.period else []
    parts += [f"of {amount.level}"] if amount.level else []
    parts += [f"{amount.yuan:f} yuan" if amount.yuan is not None else f"? {amount.cell.text!r}"]
    parts += ["not exhaustive"] if amount.exhaustive is False else []
    if amount.execution_rate is not None:
        parts.append(f"rate {amount.execution_rate}")
    if amount.execution_score is not None:
        parts.append(f"score {amount.execution_score} of {amount.execution_weight}")
    parts += [f"because {amount.deviation_reason}"] if amount.deviation_reason else []
    return ", ".join(parts)


def _indicator(one: Indicator) -> Iterator[str]:
    categories = [f"{c.scheme[9:]}:{c.token}" if c else "-" for c in (one.level1, one.level2)]
    levels = f"{one.level1_text or '-'} / {one.level2_text or '-'}".replace("\n", "")
    how = f"{', '.join(categories)}; {one.dimension}; {one.level_evidence}"
    yield f"{one.order}. {one.name}  <{levels}; {how}>"
    yield from (f"     {_value(value)}" for value in one.targets)
    for target in one.further_targets:
        at = target.place.text if target.place is not None else None
        what = ", ".join(part for part in (target.period, at) if part)
        yield from (f"     {what}: {_value(value)}" for value in target.values)
    yield from (f"     actual: {_value(value)}" for value in one.actuals)
    for other in one.other_values:
        days = f" {other.start} to {other.end}" if other.start else ""
        yield from (f"     {other.role}{days}: {_value(value)}" for value in other.values)
    extras = {
        "weight": one.weight,
        "level-1 weight": one.level1_weight,
        "score": one.score,
        "coefficient": one.score_coefficient,
        "core": one.is_core,
        "reason": one.deviation_reason,
        "nature": one.nature,
        "polarity": one.polarity,
        "standard": one.standard,
        "remark": one.remark,
        "description": one.description,
    }
    printed = [f"{name} {value}" for name, value in extras.items() if value is not None]
    if printed:
        yield f"     {'; '.join(printed)}"


def _value(value: Value) -> str:
    unit = value.unit.symbol if value.unit else None
    parts = (value.comparator, value.number, unit, value.start, value.end, value.trend)
    understood = " ".join(str(part) for part in parts if part is not None)
    understood += ", ".join(
        f"{_GRADES[step.grade]} {step.comparator} {step.number}"
        f"{step.unit.symbol if step.unit else ''}"
        for step in value.steps
    )
    return f"{value.text!r} = {value.kind}{' ' + understood if understood else ''}"
