"""Engine results → findings: sentences in both languages with names, values and places.

No blank-node id and no engine sentence reaches a finding; an IRI only where nothing has a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pyoxigraph import BlankNode, Literal, NamedNode

from perfgraph.model import Finding
from perfgraph.shacl import Graph, Result, Term
from perfgraph.shacl.terms import component, sh
from perfgraph.text import LANGUAGES, Language, Text
from perfgraph.validation.places import Spot, locate
from perfgraph.validation.shapes import RuleSet
from perfgraph.validation.terms import PREF_LABEL, SUBJECTS
from perfgraph.vocab import PG, RDF, RDFS, XSD

_FIELD = re.compile(r"\{[$?](\w+)\}")
_UNNAMED = Text(zh="（未填写）", en="(not filled in)")
_NAMES = (
    PG.projectName,
    PG.planName,
    PG.indicatorName,
    PG.unitName,
    PG.goalText,
    PG.symbol,
    PG.fundingText,
    PG.rawText,
)
_KINDS = {
    PG.Project: Text(zh="项目", en="project"),
    PG.DepartmentPlan: Text(zh="部门整体", en="department plan"),
    PG.RegionalPlan: Text(zh="转移支付", en="regional plan"),
}
_LIMITS = {
    component(parameter): (sh(parameter), sign)
    for parameter, sign in (
        ("minCount", "≥"),
        ("maxCount", "≤"),
        ("minInclusive", "≥"),
        ("maxInclusive", "≤"),
        ("minExclusive", ">"),
        ("maxExclusive", "<"),
        ("qualifiedMinCount", "≥"),
    )
}
_COUNTED = {component("minCount"), component("maxCount")}


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and the project and document it belongs to."""

    finding: Finding
    project: Term | None
    document: Term | None


def findings_of(
    results: Iterable[Result],
    rules: RuleSet,
    data: Graph,
    is_meant: Callable[[Term | None], bool] = lambda project: True,
) -> Iterator[Found]:
    """Yield the finding of each result; two results may give the same one.

    Args:
        results: what an engine reports.
        rules: what the shapes say to people.
        data: what was validated.
        is_meant: whether the results on a project are wanted, asked before any work is done.
    """
    for result in results:
        subject = _subject(result, data)
        indicator = _owner(data, subject, PG.Indicator, (PG.target, PG.actual))
        project = _project(data, subject, indicator, result.focus)
        if is_meant(project):
            yield _finding(_Case(result, data, subject, indicator, project), rules)


def in_order(found: Iterable[Found]) -> tuple[Finding, ...]:
    """Return the findings, each once, in order of file, table, row, column and rule."""
    return tuple(sorted({one.finding for one in found}, key=order))


def order(finding: Finding) -> tuple[object, ...]:
    """Return the sort key of a finding: its place, then its rule; a place outranks none.

    >>> from perfgraph.model import Place, Severity
    >>> text = Text(zh="", en="")
    >>> first = Finding("C14", Severity.INFO, text, text, Place("a.txt", 1, 3, 5))
    >>> later = Finding("C01", Severity.INFO, text, text, Place("a.txt", 1, 12, 1))
    >>> order(first) < order(later)
    True
    """
    place = finding.place
    where: tuple[object, ...] = ("", 0, 0, 0)
    if place is not None:
        where = (place.file, place.table or 0, place.row or 0, place.column or 0)
    return (
        *where,
        rule_order(finding.rule),
        finding.message.zh,
        finding.project or "",
        finding.indicator or "",
        finding.expected or "",
        finding.found or "",
    )


def rule_order(rule: str) -> tuple[int, str]:
    """Return the sort key of a rule number.

    >>> sorted(["C14", "C5", "C05b", "C05a"], key=rule_order)
    ['C05a', 'C05b', 'C5', 'C14']
    """
    digits = "".join(character for character in rule if character.isdigit())
    return int(digits or 0), rule


@dataclass(frozen=True, slots=True)
class _Case:
    """A result, and the things in the data that it is about."""

    result: Result
    graph: Graph
    subject: Term
    indicator: Term | None
    project: Term | None


def _finding(case: _Case, rules: RuleSet) -> Found:
    result, graph, project = case.result, case.graph, case.project
    rule = rules.rules[result.shape]
    spot = locate(graph, case.subject, result.path, project) or _unit_spot(graph, case.subject)
    found = _found(result, graph, spot)
    names = {
        name for text in (rule.message, rule.fix) for name in _FIELD.findall(text.zh + text.en)
    }
    fields = {name: _field(name, case, found) for name in names}
    finding = Finding(
        rule=rule.number,
        severity=rule.severity,
        message=_fill(rule.message, fields),
        fix=_fill(rule.fix, fields),
        place=None if spot is None else spot.place,
        place_text=_place_text(spot, result),
        project=_plain_name(graph, project, PG.projectName, PG.planName, RDFS.label),
        indicator=_plain_name(graph, case.indicator, PG.indicatorName),
        expected=_expected(result, rules.graph),
        found=found,
    )
    return Found(finding, project, None if spot is None else spot.document)


def _place_text(spot: Spot | None, result: Result) -> str | None:
    """Return what is printed at the place; a cell that was not kept is told by its literal."""
    if spot is None or spot.text is not None:
        return None if spot is None else spot.text
    in_a_cell = spot.place.column is not None and isinstance(result.path, NamedNode)
    return result.value.value if in_a_cell and isinstance(result.value, Literal) else None


def _subject(result: Result, graph: Graph) -> Term:
    """Return the node a result is about: its value where that is a described thing, else focus."""
    value = result.value
    if isinstance(value, NamedNode) and value != result.focus and graph.has(value, RDF.type):
        return value
    if isinstance(value, Literal):
        return _holder(graph, result.focus, value) or result.focus
    return result.focus


def _holder(graph: Graph, focus: Term, value: Literal) -> Term | None:
    """Return the goal, target or amount of ``focus`` that has the literal, if one has it."""
    for relation in (PG.goal, PG.target, PG.budgetAmount):
        for node in sorted(graph.objects(focus, relation), key=str):
            if graph.has(node, None, value):
                return node
    return None


def _owner(
    graph: Graph, node: Term, kind: NamedNode, relations: tuple[NamedNode, ...]
) -> Term | None:
    if graph.has(node, RDF.type, kind):
        return node
    for relation in relations:
        for owner in graph.subjects(relation, node):
            return owner
    return None


def _project(graph: Graph, subject: Term, indicator: Term | None, focus: Term) -> Term | None:
    for node in (focus, subject, indicator):
        if node is None:
            continue
        relations = (PG.indicator, PG.goal, PG.budgetAmount, PG.task)
        for kind in SUBJECTS:
            owner = _owner(graph, node, kind, relations)
            if owner is not None:
                return owner
    return None


def _unit_spot(graph: Graph, unit: Term) -> Spot | None:
    """Return where a budget unit is named: the table of its first project."""
    projects = graph.subjects(PG.budgetUnit, unit)
    spots = [spot for project in projects if (spot := locate(graph, project, None, project))]
    return min(spots, key=lambda spot: (spot.place.file, spot.place.table or 0), default=None)


def _field(name: str, case: _Case, found: str | None) -> Text:
    """Return what a field of a message stands for: a usual name, or a variable of the row."""
    result, graph = case.result, case.graph
    match name:
        case "project":
            return _shown(graph, case.project)
        case "kind":
            return _kind(graph, case.project)
        case "indicator":
            return _shown(graph, case.indicator)
        case "unit":
            return _shown(graph, result.focus)
        case "value" if result.value is not None:
            return _shown(graph, result.value)
        case "count" if isinstance(result.path, NamedNode):
            return _same(str(len(set(graph.objects(result.focus, result.path)))))
        case "found" if found is not None:
            return _same(found)
    return _shown(graph, result.bindings.get(name))


def _kind(graph: Graph, project: Term | None) -> Text:
    """Return what a project or plan is called in a sentence."""
    kinds = (kind for kind in _KINDS if project and graph.has(project, RDF.type, kind))
    return _KINDS[next(kinds, PG.Project)]


def _fill(template: Text, fields: Mapping[str, Text]) -> Text:
    def fill(language: Language) -> str:
        filled = _FIELD.sub(lambda match: fields[match[1]].pick(language), template.pick(language))
        return filled[:1].upper() + filled[1:]

    filled = {language: fill(language) for language in LANGUAGES}
    return Text(zh=filled["zh"], en=filled["en"])


def _shown(graph: Graph, node: Term | None) -> Text:
    """Return how a term is shown to a reader: its name, its label, or its value."""
    if node is None or isinstance(node, BlankNode):
        return _UNNAMED
    if isinstance(node, Literal):
        return _same(_literal(node))
    for predicate in _NAMES:
        names = _texts(graph, node, predicate)
        if names:
            text = names[0].strip()
            return _same(text) if text else _UNNAMED
    labels = {
        label.language: label.value
        for predicate in (RDFS.label, PREF_LABEL)
        for label in graph.objects(node, predicate)
        if isinstance(label, Literal)
    }
    if labels:
        some = labels.get("zh") or next(iter(labels.values()))
        return Text(zh=some, en=labels.get("en", some))
    return _UNNAMED if graph.has(node, RDF.type) else _same(node.value)


def _same(text: str) -> Text:
    return Text(zh=text, en=text)


def _texts(graph: Graph, node: Term | None, predicate: NamedNode) -> list[str]:
    return sorted(name.value for name in graph.objects(node, predicate))


def _literal(literal: Literal) -> str:
    """Return a literal as people write it: decimals in full, grouped by thousands.

    >>> _literal(Literal("2220000", datatype=XSD.decimal))
    '2,220,000'
    >>> _literal(Literal("0.5", datatype=XSD.decimal)), _literal(Literal(2025))
    ('0.5', '2025')
    """
    if literal.datatype != XSD.decimal:
        return literal.value
    try:
        whole = f"{Decimal(literal.value):,f}"
    except InvalidOperation:  # not a number at all, which is what the finding is about
        return literal.value
    return whole.rstrip("0").rstrip(".") if "." in whole else whole


def _plain_name(graph: Graph, node: Term | None, *predicates: NamedNode) -> str | None:
    """Return the name of a node by the first of ``predicates`` that it has."""
    for predicate in predicates if node is not None else ():
        names = _texts(graph, node, predicate)
        if names:
            return names[0] if names[0].strip() else None
    return None


def _expected(result: Result, shapes: Graph) -> str | None:
    bound = result.bindings.get("expected")
    if isinstance(bound, Literal):
        return _literal(bound)
    if result.component in _LIMITS:
        parameter, sign = _LIMITS[result.component]
        limit = shapes.value(result.shape, parameter)
        return f"{sign}{_literal(limit)}" if isinstance(limit, Literal) else None
    return None


def _found(result: Result, graph: Graph, spot: Spot | None) -> str | None:
    bound = result.bindings.get("found")
    if isinstance(bound, Literal):
        return _literal(bound)
    if isinstance(result.value, Literal):
        return _literal(result.value)
    if result.component in _COUNTED and isinstance(result.path, NamedNode):
        return str(len(set(graph.objects(result.focus, result.path))))
    return None if spot is None else spot.text
