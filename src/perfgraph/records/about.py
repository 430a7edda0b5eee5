"""The titles and labels of a form → what it is about and what it is for. It reads no values.

A project, a whole department, or a region's transfer payment; targets, an evaluation after the
year, or monitoring within it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from perfgraph.model import DocumentRole
from perfgraph.records.columns import Columns
from perfgraph.records.labels import Labels


class About(StrEnum):
    """What a form is about; the value is the role of the words that say so in a title."""

    PROJECT = "project"
    DEPARTMENT = "department_plan"
    REGION = "regional_plan"


class Stage(StrEnum):
    """What a form is for; the value is the role of the words that say so in a title."""

    TARGET = "target"
    EVALUATION = "self-evaluation"
    MONITORING = "monitoring"


_SUBJECTS = frozenset(About)
_DEPARTMENT_ROLES = frozenset({"department_code", "duty", "tasks", "basic-expenditure"})
_PROJECT_ROLES = frozenset({"attribute", "term", "term_start", "term_end"})
"""Labels that no form of a department has: 项目属性, 项目期 and the like."""
_FINANCE_ROLES = frozenset({"province-finance", "city-finance", "county-finance", "local-finance"})
_ROLES = {
    (About.PROJECT, Stage.TARGET): DocumentRole.TARGET,
    (About.PROJECT, Stage.EVALUATION): DocumentRole.SELF_EVALUATION,
    (About.DEPARTMENT, Stage.TARGET): DocumentRole.DEPARTMENT_TARGET,
    (About.DEPARTMENT, Stage.EVALUATION): DocumentRole.DEPARTMENT_EVALUATION,
    (About.REGION, Stage.TARGET): DocumentRole.REGIONAL_TARGET,
    (About.REGION, Stage.EVALUATION): DocumentRole.REGIONAL_EVALUATION,
}


def titled(lines: Iterable[str], labels: Labels) -> About | None:
    """Return what the lines above a form say that it is about; the last one that says it decides.

    >>> from perfgraph.records.labels import load
    >>> titled(["2025年部门整体支出绩效目标表", "项目支出绩效目标表"], load())
    <About.PROJECT: 'project'>
    """
    for line in reversed(list(lines)):
        said = labels.titles(line) & _SUBJECTS
        if len(said) == 1:
            return About(*said)
    return None


def subject(title: About | None, roles: Iterable[set[str | None]], *, is_named: bool) -> About:
    """Return what a form is about: its title says so, unless its labels do not bear it out.

    Args:
        title: what the lines above it say.
        roles: the roles of the labels in each of its rows.
        is_named: whether it has a cell for the name of a project.
    """
    found = set().union(*roles)
    is_project = is_named and bool(found & _PROJECT_ROLES) and not found & _DEPARTMENT_ROLES
    if title is About.DEPARTMENT and is_project:
        return About.PROJECT  # the line is the title of another table, or of the whole document
    if title is not None:
        return title
    if found & _FINANCE_ROLES:  # only a transfer names the offices of finance on its way
        return About.REGION
    if found & _DEPARTMENT_ROLES and not is_named:
        return About.DEPARTMENT
    return About.PROJECT


def stage(titles: Sequence[str], columns: Columns, labels: Labels) -> Stage:
    """Return what a form is for: its titles say so, or it has a column of results."""
    said = {role for text in titles for role in labels.titles(text)}
    if Stage.EVALUATION in said:
        return Stage.EVALUATION
    if Stage.MONITORING in said or "interim" in columns.index:
        return Stage.MONITORING
    return Stage.EVALUATION if columns.has_results else Stage.TARGET


def role(about: About, stage: Stage) -> DocumentRole:
    """Return the role of a document that holds such forms; monitoring is one role for all."""
    return _ROLES.get((about, stage), DocumentRole.MONITORING)
