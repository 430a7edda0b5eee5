"""A project or plan → the layout of its form, and the scheme of its indicators with the why.

The layout is told by what the record shows: how many targets an indicator has, which columns feed
it, whether several projects share a table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from perfgraph.model import DocumentRole, Phase, Scheme, Subject, ValueRole
from perfgraph.text import Text


class Feature(StrEnum):
    """What a layout shows."""

    FORM = "form"
    STACKED = "stacked"
    LIST = "list"
    SELF_EVALUATION = "self-evaluation"
    MONITORING = "monitoring"
    ADJUSTED = "adjusted"
    PERIODS = "periods"
    PLACES = "places"
    LADDER = "ladder"
    SPLIT_VALUE = "split-value"
    FUND_PHASES = "fund-phases"
    FLAT_LEVELS = "flat-levels"


_EVALUATIONS = frozenset(
    {
        DocumentRole.SELF_EVALUATION,
        DocumentRole.DEPARTMENT_EVALUATION,
        DocumentRole.REGIONAL_EVALUATION,
    }
)
_BY_LEVEL1 = Text(zh="由一级指标标签判断：{labels}", en="by the first-level labels: {labels}")
_BY_LEVEL2 = Text(zh="由二级指标标签判断：{labels}", en="by the second-level labels: {labels}")
_MIXED = Text(
    zh="这些标签不属于同一体系：{labels}", en="these labels are not of one scheme: {labels}"
)
_FLAT = Text(zh="指标表没有一、二级指标列", en="the indicators have no columns for levels")
_NONE = Text(zh="没有认识的级别标签", en="no level label is known")


@dataclass(frozen=True, slots=True)
class SchemeReading:
    """The scheme of a project's indicators, ``None`` where none was recognised, and the why."""

    scheme: Scheme | None
    reason: Text


def features(subject: Subject, *, shares_table: bool) -> tuple[Feature, ...]:
    """Return what the layout of ``subject`` shows, the shape of its table first.

    Args:
        subject: a project or plan.
        shares_table: whether its table has other subjects.
    """
    found = [_shape(subject, shares_table=shares_table)]
    columns = [name for _, name in subject.columns]
    if subject.role in _EVALUATIONS:
        found.append(Feature.SELF_EVALUATION)
    if subject.role is DocumentRole.MONITORING:
        found.append(Feature.MONITORING)
    further = [target for one in subject.indicators for target in one.further_targets]
    if any(target.period is not None for target in further):
        found.append(Feature.PERIODS)
    if any(target.place is not None for target in further):
        found.append(Feature.PLACES)
    others = {other.role for one in subject.indicators for other in one.other_values}
    if ValueRole.REVISED in others:
        found.append(Feature.ADJUSTED)
    if "threshold" in columns:
        found.append(Feature.LADDER)
    if "comparator" in columns or "unit" in columns:
        found.append(Feature.SPLIT_VALUE)
    if any(amount.phase is not Phase.APPROVED for amount in subject.amounts):
        found.append(Feature.FUND_PHASES)
    if subject.scheme is Scheme.FLAT:
        found.append(Feature.FLAT_LEVELS)
    return tuple(found)


def scheme(subject: Subject) -> SchemeReading:
    """Return the scheme of ``subject`` with the printed labels that decided it."""
    found = subject.scheme
    if found is None:
        return SchemeReading(None, _NONE)
    if found is Scheme.FLAT:
        return SchemeReading(found, _FLAT)
    first = _labels(one.level1_text for one in subject.indicators if one.level1 is not None)
    second = _labels(one.level2_text for one in subject.indicators if one.level2 is not None)
    if found is Scheme.MIXED:
        both = "、".join(labels for labels in (first, second) if labels)
        return SchemeReading(found, _MIXED.format(labels=both))
    if first:
        return SchemeReading(found, _BY_LEVEL1.format(labels=first))
    return SchemeReading(found, _BY_LEVEL2.format(labels=second))


def _shape(subject: Subject, *, shares_table: bool) -> Feature:
    first = subject.indicators[0].name_cell.place.row if subject.indicators else None
    if subject.name_cell.place.row == first:
        return Feature.LIST
    return Feature.STACKED if shares_table else Feature.FORM


def _labels(texts: Iterable[str | None]) -> str:
    return "、".join(dict.fromkeys("".join(text.split()) for text in texts if text))
