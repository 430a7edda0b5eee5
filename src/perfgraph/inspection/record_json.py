"""The record of a project or plan → its part of the JSON of an inspection. Numbers are strings."""

from __future__ import annotations

from decimal import Decimal

from perfgraph import values
from perfgraph.model import (
    Amount,
    BudgetUnit,
    Cell,
    DepartmentPlan,
    Evaluation,
    Goal,
    Indicator,
    Kind,
    Plan,
    Project,
    RegionalPlan,
    Task,
    Value,
)

_Json = dict[str, object]


def record(subject: Project | Plan) -> _Json:
    """Return what was read of ``subject``; what only some subjects have is with those only."""
    return {
        "department": _unit(subject.department),
        "periodText": subject.period_text,
        "periodStart": subject.period_start.isoformat() if subject.period_start else None,
        "periodEnd": subject.period_end.isoformat() if subject.period_end else None,
        "fundsUse": subject.funds_use,
        **_own(subject),
        "amounts": [_amount(amount) for amount in subject.amounts],
        "goals": [_goal(goal) for goal in subject.goals],
        "revisedGoals": [_goal(goal) for goal in subject.revised_goals],
        "indicators": [_indicator(indicator) for indicator in subject.indicators],
        "evaluation": _evaluation(subject.evaluation),
    }


def _own(subject: Project | Plan) -> _Json:
    match subject:
        case DepartmentPlan():
            return {"duty": subject.duty, "tasks": [_task(task) for task in subject.tasks]}
        case RegionalPlan():
            offices = [
                {"label": one.label, "name": one.name, "level": one.level}
                for one in subject.authorities
            ]
            return {"authorities": offices}
        case _:
            return {"attribute": subject.attribute}


def _unit(unit: BudgetUnit | None) -> _Json | None:
    return {"code": unit.code, "name": unit.name} if unit is not None else None


def _task(task: Task) -> _Json:
    return {
        "order": task.order,
        "name": _text(task.name),
        "content": _text(task.content),
        "duty": _text(task.duty),
        "amounts": [_amount(amount) for amount in task.amounts],
    }


def _goal(goal: Goal) -> _Json:
    return {"order": goal.order, "period": goal.period, "text": goal.text}


def _amount(amount: Amount) -> _Json:
    return {
        "source": amount.source,
        "expenditure": amount.expenditure,
        "carriedOver": amount.carried_over,
        "phase": amount.phase,
        "period": amount.period,
        "label": amount.label,
        "text": amount.cell.text,
        "yuan": _number(amount.yuan),
        "executionRate": _number(amount.execution_rate),
        "executionWeight": _number(amount.execution_weight),
        "executionScore": _number(amount.execution_score),
        "deviationReason": amount.deviation_reason,
    }


def _indicator(indicator: Indicator) -> _Json:
    return {
        "order": indicator.order,
        "level1": indicator.level1_text,
        "level2": indicator.level2_text,
        "levelEvidence": indicator.level_evidence,
        "name": indicator.name,
        "description": indicator.description,
        "targets": [_value(value) for value in indicator.targets],
        "furtherTargets": [
            {
                "period": one.period,
                "place": _text(one.place),
                "values": [_value(value) for value in one.values],
            }
            for one in indicator.further_targets
        ],
        "actuals": [_value(value) for value in indicator.actuals],
        "otherValues": [
            {
                "role": one.role,
                "start": one.start.isoformat() if one.start else None,
                "end": one.end.isoformat() if one.end else None,
                "values": [_value(value) for value in one.values],
            }
            for one in indicator.other_values
        ],
        "weight": _number(indicator.weight),
        "score": _number(indicator.score),
        "scoreCoefficient": _number(indicator.score_coefficient),
        "isCore": indicator.is_core,
        "deviationReason": indicator.deviation_reason,
        "nature": indicator.nature,
        "standard": indicator.standard,
        "remark": indicator.remark,
    }


def _value(value: Value) -> _Json:
    understood = None if value.kind is Kind.TEXT else values.print_value(value)
    return {"text": value.text, "kind": value.kind, "understood": understood}


def _evaluation(evaluation: Evaluation | None) -> _Json | None:
    if evaluation is None:
        return None
    return {
        "totalScore": _number(evaluation.total_score),
        "grade": evaluation.grade,
        "achievement": evaluation.achievement,
    }


def _text(cell: Cell | None) -> str | None:
    return cell.text.strip() if cell is not None else None


def _number(number: Decimal | None) -> str | None:
    return f"{number:f}" if number is not None else None
