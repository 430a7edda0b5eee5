"""Engine results → findings: sentences in both languages with names, values and places.

No blank-node id and no engine sentence reaches a finding; an IRI only where nothing has a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH, SKOS, XSD
from rdflib.term import Node

from perfgraph.model import Finding
from perfgraph.text import LANGUAGES, Language, Text
from perfgraph.validation.places import Spot, locate
from perfgraph.validation.results import Result
from perfgraph.validation.shapes import Rule
from perfgraph.validation.terms import PG, SUBJECTS

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
_LIMITS = {
    SH.MinCountConstraintComponent: (SH.minCount, "≥"),
    SH.MaxCountConstraintComponent: (SH.maxCount, "≤"),
    SH.MinInclusiveConstraintComponent: (SH.minInclusive, "≥"),
    SH.MaxInclusiveConstraintComponent: (SH.maxInclusive, "≤"),
    SH.MinExclusiveConstraintComponent: (SH.minExclusive, ">"),
    SH.MaxExclusiveConstraintComponent: (SH.maxExclusive, "<"),
    SH.QualifiedMinCountConstraintComponent: (SH.qualifiedMinCount, "≥"),
}
_COUNTED = {SH.MinCountConstraintComponent, SH.MaxCountConstraintComponent}


def findings_of(
    results: Iterable[Result], rules: Mapping[URIRef, Rule], graph: Graph, shapes: Graph
) -> tuple[Finding, ...]:
    """Return the findings, each once, in order of file, table, row, column and rule."""
    found = {_finding(result, rules[result.shape], graph, shapes) for result in results}
    return tuple(sorted(found, key=order))


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


def _finding(result: Result, rule: Rule, graph: Graph, shapes: Graph) -> Finding:
    subject = _subject(result, graph)
    indicator = _owner(graph, subject, PG.Indicator, (PG.target, PG.actual))
    project = _project(graph, subject, indicator, result.focus)
    spot = locate(graph, subject, result.path, project) or _unit_spot(graph, subject)
    found = _found(result, graph, spot)
    fields = _fields(result, graph, project, indicator, found)
    return Finding(
        rule=rule.number,
        severity=rule.severity,
        message=_fill(rule.message, fields),
        fix=_fill(rule.fix, fields),
        place=None if spot is None else spot.place,
        place_text=_place_text(spot, result),
        project=_plain_name(graph, project, PG.projectName, PG.planName, RDFS.label),
        indicator=_plain_name(graph, indicator, PG.indicatorName),
        expected=_expected(result, shapes),
        found=found,
    )


def _place_text(spot: Spot | None, result: Result) -> str | None:
    """Return what is printed at the place; a cell that was not kept is told by its literal."""
    if spot is None or spot.text is not None:
        return None if spot is None else spot.text
    in_a_cell = spot.place.column is not None and isinstance(result.path, URIRef)
    return str(result.value) if in_a_cell and isinstance(result.value, Literal) else None


def _subject(result: Result, graph: Graph) -> Node:
    """Return the node a result is about: its value where that is a described thing, else focus."""
    value = result.value
    if isinstance(value, URIRef) and (value, RDF.type, None) in graph and value != result.focus:
        return value
    if isinstance(value, Literal) and result.focus is not None:
        return _holder(graph, result.focus, value) or result.focus
    return result.focus


def _holder(graph: Graph, focus: Node, value: Literal) -> Node | None:
    """Return the goal, target or amount of ``focus`` that has the literal, if one has it."""
    for relation in (PG.goal, PG.target, PG.budgetAmount):
        for node in sorted(graph.objects(focus, relation), key=str):
            if (node, None, value) in graph:
                return node
    return None


def _owner(graph: Graph, node: Node, kind: URIRef, relations: tuple[URIRef, ...]) -> Node | None:
    if (node, RDF.type, kind) in graph:
        return node
    for relation in relations:
        owner = graph.value(predicate=relation, object=node, any=True)
        if owner is not None:
            return owner
    return None


def _project(graph: Graph, subject: Node, indicator: Node | None, focus: Node) -> Node | None:
    for node in (focus, subject, indicator):
        if node is None:
            continue
        relations = (PG.indicator, PG.goal, PG.budgetAmount, PG.task)
        for kind in SUBJECTS:
            owner = _owner(graph, node, kind, relations)
            if owner is not None:
                return owner
    return None


def _unit_spot(graph: Graph, unit: Node) -> Spot | None:
    """Return where a budget unit is named: the table of its first project."""
    projects = sorted(graph.subjects(PG.budgetUnit, unit), key=str)
    spots = [spot for project in projects if (spot := locate(graph, project, None, project))]
    return min(spots, key=lambda spot: (spot.place.file, spot.place.table or 0), default=None)


def _fields(
    result: Result,
    graph: Graph,
    project: Node | None,
    indicator: Node | None,
    found: str | None,
) -> dict[str, Text]:
    """Return what the fields of a message stand for: the row's variables, then the usual names."""
    fields = {name: _shown(graph, value) for name, value in result.bindings.items()}
    fields["project"] = _shown(graph, project)
    fields["indicator"] = _shown(graph, indicator)
    fields["unit"] = _shown(graph, result.focus)
    if result.value is not None:
        fields["value"] = _shown(graph, result.value)
    if isinstance(result.path, URIRef):
        count = str(len(set(graph.objects(result.focus, result.path))))
        fields["count"] = Text(zh=count, en=count)
    if found is not None:
        fields["found"] = Text(zh=found, en=found)
    return fields


def _fill(template: Text, fields: Mapping[str, Text]) -> Text:
    def fill(language: Language) -> str:
        return _FIELD.sub(
            lambda match: fields.get(match[1], _UNNAMED).pick(language), template.pick(language)
        )

    filled = {language: fill(language) for language in LANGUAGES}
    return Text(zh=filled["zh"], en=filled["en"])


def _shown(graph: Graph, node: Node | None) -> Text:
    """Return how a term is shown to a reader: its name, its label, or its value."""
    if node is None or isinstance(node, BNode):
        return _UNNAMED
    if isinstance(node, Literal):
        text = _literal(node)
        return Text(zh=text, en=text)
    for predicate in _NAMES:
        names = sorted(str(name) for name in graph.objects(node, predicate))
        if names:
            text = names[0].strip()
            return Text(zh=text, en=text) if text else _UNNAMED
    labels = {
        label.language: str(label)
        for predicate in (RDFS.label, SKOS.prefLabel)
        for label in graph.objects(node, predicate)
        if isinstance(label, Literal)
    }
    if labels:
        some = labels.get("zh") or next(iter(labels.values()))
        return Text(zh=some, en=labels.get("en", some))
    if any(graph.triples((node, RDF.type, None))):
        return _UNNAMED
    return Text(zh=str(node), en=str(node))


def _literal(literal: Literal) -> str:
    """Return a literal as people write it: decimals in full, grouped by thousands.

    >>> _literal(Literal("2220000.0", datatype=XSD.decimal))
    '2,220,000'
    >>> _literal(Literal("0.50", datatype=XSD.decimal)), _literal(Literal(2025))
    ('0.5', '2025')
    """
    value = literal.value
    if literal.datatype == XSD.decimal and isinstance(value, Decimal):
        whole = f"{value:,f}"
        return whole.rstrip("0").rstrip(".") if "." in whole else whole
    return str(literal)


def _plain_name(graph: Graph, node: Node | None, *predicates: URIRef) -> str | None:
    """Return the name of a node by the first of ``predicates`` that it has."""
    for predicate in predicates if node is not None else ():
        names = sorted(str(name) for name in graph.objects(node, predicate))
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
        return None if not isinstance(limit, Literal) else f"{sign}{_literal(limit)}"
    return None


def _found(result: Result, graph: Graph, spot: Spot | None) -> str | None:
    bound = result.bindings.get("found")
    if isinstance(bound, Literal):
        return _literal(bound)
    if isinstance(result.value, Literal):
        return _literal(result.value)
    if result.component in _COUNTED and isinstance(result.path, URIRef):
        return str(len(set(graph.objects(result.focus, result.path))))
    return None if spot is None else spot.text
