"""A project or plan → the lines that show its record to people, the same in every form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perfgraph import values
from perfgraph.inspection import wording
from perfgraph.inspection.reading import Fact, SubjectReading
from perfgraph.model import (
    Amount,
    DepartmentPlan,
    Evaluation,
    FurtherTarget,
    Goal,
    Indicator,
    Kind,
    OtherValue,
    Plan,
    Project,
    RegionalPlan,
    Subject,
    Task,
    Value,
)
from perfgraph.text import Language, Text


class IndicatorLine(NamedTuple):
    """One value of an indicator; what an earlier line says already is empty."""

    order: str
    levels: str
    name: str
    printed: str
    understood: str
    more: str


def title(one: SubjectReading, language: Language) -> str:
    """Return what a subject is, its number, and its name or that of its unit."""
    subject = one.subject
    word = next(word for kind, word in wording.SUBJECTS.items() if isinstance(subject, kind))
    name = subject.name or (None if isinstance(subject, Project) else subject.unit.name)
    shown = name or wording.NO_NAME.pick(language)
    return wording.SUBJECT.format(word=word.pick(language), n=one.number, name=shown).pick(language)


def facts(one: SubjectReading, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what was recognised of a subject and by what: pairs of heading and text."""
    features = (wording.name(wording.FEATURES, one).pick(language) for one in one.layout)
    yield wording.LAYOUT.pick(language), _comma(language).join(features)
    scheme = one.scheme.scheme
    name = wording.NO_SCHEME if scheme is None else wording.name(wording.SCHEMES, scheme)
    yield (
        wording.SCHEME.pick(language),
        f"{name.pick(language)} · {one.scheme.reason.pick(language)}",
    )
    for heading, fact in (
        (wording.YEAR, one.year),
        (wording.UNIT, one.unit),
        (wording.REGION, one.region),
    ):
        yield heading.pick(language), _fact(fact, language)


def reasons(one: SubjectReading, language: Language) -> list[str]:
    """Return why the confidence is below 1, with what each factor takes."""
    return [
        f"−{float(part.lost):.3f}  {part.reason.pick(language)}"
        for part in one.confidence.reasons
        if part.reason is not None
    ]


def details(subject: Project | Plan, language: Language) -> Iterator[tuple[str, list[str]]]:
    """Yield what was read beside the indicators: a heading and its lines, where there are any."""
    term = [day.isoformat() for day in (subject.period_start, subject.period_end) if day]
    term = term or [text for text in (subject.period_text,) if text]
    found = (
        (wording.DEPARTMENT, [subject.department.name or ""] if subject.department else []),
        (wording.TERM, [" – ".join(term)] if term else []),
        *_own(subject, language),
        (wording.MONEY, [_amount(amount, language) for amount in subject.amounts]),
        (wording.FUNDS_USE, [subject.funds_use] if subject.funds_use else []),
        (wording.GOALS, [_goal(goal, language) for goal in subject.goals]),
        (wording.REVISED_GOALS, [_goal(goal, language) for goal in subject.revised_goals]),
        (wording.EVALUATION, _evaluation(subject.evaluation, language)),
    )
    yield from ((heading.pick(language), lines) for heading, lines in found if lines)


def indicators(subject: Subject, language: Language) -> Iterator[IndicatorLine]:
    """Yield the values of the indicators, with the levels where they change."""
    above = ""
    for indicator in subject.indicators:
        levels = " / ".join(
            "".join(text.split()) if text else "—"
            for text in (indicator.level1_text, indicator.level2_text)
        )
        head = (str(indicator.order), levels if levels != above else "", indicator.name or "—")
        above = levels
        more = "; ".join(_more(indicator, language))
        for printed, understood in _values(indicator, language):
            yield IndicatorLine(*head, printed, understood, more)
            head, more = ("", "", ""), ""


def _own(subject: Project | Plan, language: Language) -> tuple[tuple[Text, list[str]], ...]:
    """Return what only a project, a department or a region has."""
    match subject:
        case DepartmentPlan():
            tasks = [_task(task, language) for task in subject.tasks]
            duty = [subject.duty] if subject.duty else []
            return ((wording.DUTY, duty), (wording.TASKS, tasks))
        case RegionalPlan():
            offices = [f"{one.label.strip()}: {one.name}" for one in subject.authorities]
            return ((wording.AUTHORITIES, offices),)
        case _:
            return ((wording.ATTRIBUTE, [subject.attribute] if subject.attribute else []),)


def _task(task: Task, language: Language) -> str:
    texts = [cell.text.strip() for cell in (task.name, task.content, task.duty) if cell is not None]
    texts += [_amount(amount, language) for amount in task.amounts]
    return f"{task.order}. " + " · ".join(texts)


def _goal(goal: Goal, language: Language) -> str:
    if goal.period is None:
        return goal.text
    return f"{wording.name(wording.PERIODS, goal.period).pick(language)}: {goal.text}"


def _evaluation(evaluation: Evaluation | None, language: Language) -> list[str]:
    if evaluation is None:
        return []
    score, grade = evaluation.total_score, evaluation.grade
    parts = [f"{wording.PROPERTIES['totalScore'].pick(language)} {score:f}"] if score else []
    parts += [wording.name(wording.GRADES, grade).pick(language)] if grade else []
    lines = [_comma(language).join(parts)] if parts else []
    return lines + ([evaluation.achievement] if evaluation.achievement else [])


def _more(indicator: Indicator, language: Language) -> Iterator[str]:
    """Yield what else is printed about an indicator; a description that repeats the name is not."""
    described = indicator.description
    printed = {
        "indicatorDescription": described if described != indicator.name else None,
        "weight": indicator.weight,
        "score": indicator.score,
        "scoreCoefficient": indicator.score_coefficient,
        "deviationReason": indicator.deviation_reason,
        "natureText": indicator.nature,
        "standardText": indicator.standard,
        "remark": indicator.remark,
    }
    for name, found in printed.items():
        if found is not None:
            yield f"{wording.PROPERTIES[name].pick(language)} {found}"
    if indicator.is_core:
        yield wording.PROPERTIES["isCore"].pick(language)


def _fact(fact: Fact, language: Language) -> str:
    if fact.value is None:
        return fact.reason.pick(language)
    name = f" {fact.name}" if fact.name else ""
    return f"{fact.value}{name} · {fact.reason.pick(language)}"


def _amount(amount: Amount, language: Language) -> str:
    words = [wording.name(wording.PHASES, amount.phase)]
    if amount.period is not None:
        words.append(wording.name(wording.PERIODS, amount.period))
    note = _comma(language).join(word.pick(language) for word in words)
    read = "?" if amount.yuan is None else f"{amount.yuan:,.2f} " + wording.YUAN.pick(language)
    return f"{' '.join(amount.label.split())} ({note})  {amount.cell.text.strip()} → {read}"


def _values(indicator: Indicator, language: Language) -> Iterator[tuple[str, str]]:
    found: list[tuple[str, Sequence[Value], str]] = []
    if indicator.targets and indicator.value_cell is not None:
        cells = indicator.ladder_cells or (indicator.value_cell,)
        found.append(("", indicator.targets, "；".join(cell.text.strip() for cell in cells)))
    for one in indicator.further_targets:
        found.append((_what_for(one, language), one.values, one.cell.text))
    for other in indicator.other_values:
        found.append((_when(other, language), other.values, other.cell.text))
    if indicator.actuals and indicator.actual_cell is not None:
        found.append((wording.ACTUAL.pick(language), indicator.actuals, indicator.actual_cell.text))
    if not found:
        yield "—", ""
    for word, read, text in found:
        prefix = f"{word}: " if word else ""
        yield prefix + text.strip(), "; ".join(_value(value, language) for value in read)


def _when(other: OtherValue, language: Language) -> str:
    """Return what an adjusted, an interim or an expected value is, and its first and last day."""
    days = " – ".join(day.isoformat() for day in (other.start, other.end) if day)
    word = wording.name(wording.OTHER_VALUES, other.role).pick(language)
    return f"{word} {days}" if days else word


def _what_for(target: FurtherTarget, language: Language) -> str:
    """Return the period and the place of a target."""
    period = wording.name(wording.PERIODS, target.period).pick(language) if target.period else ""
    place = target.place.text.strip() if target.place is not None else ""
    return " ".join(part for part in (period, place) if part)


def _value(value: Value, language: Language) -> str:
    if value.kind is Kind.TEXT:
        return wording.IN_WORDS.pick(language)
    return values.print_value(value)


def _comma(language: Language) -> str:
    return "，" if language == "zh" else ", "
