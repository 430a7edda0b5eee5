"""Records → quads in the graphs of a store. A second, small writer: it is not perfgraph's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from tests.questions.question_records import (
    MEASURES,
    Dataset,
    Document,
    Indicator,
    Project,
    Unit,
    Value,
)

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
BASE = "https://w3id.org/perfgraph/"
PG = BASE + "ontology#"
CODE = BASE + "code/"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
PROV = "http://www.w3.org/ns/prov#"
PART_OF = NamedNode("http://purl.org/dc/terms/isPartOf")

Object = NamedNode | Literal | str | int | bool | Decimal | date


def stores(dataset: Dataset) -> tuple[Store, Store]:
    """Return the main dataset (current documents) and the history dataset (all)."""
    return _store(dataset, dataset.current), _store(dataset, dataset.documents)


def codes(store: Store) -> None:
    """Load the ontology and the code lists, one graph each."""
    for file in sorted(ONTOLOGY.glob("*.ttl")):
        graph = NamedNode(f"{BASE}graph/{file.stem}")
        store.bulk_load(path=str(file), format=RdfFormat.TURTLE, to_graph=graph)


def document_node(document: Document) -> NamedNode:
    return NamedNode(f"{BASE}id/doc/{_key(document)}")


def project_node(document: Document, project: Project) -> NamedNode:
    filing = f"{document.unit.key}-{document.year or '0000'}"
    return NamedNode(f"{BASE}id/project/{filing}-{project.key}")


def amount_node(document: Document, project: Project, source: str, phase: str) -> NamedNode:
    suffix = "" if phase == "approved" else f"-{phase}"
    return NamedNode(f"{project_node(document, project).value}#b-{source}{suffix}")


def unit_node(unit: Unit) -> NamedNode:
    return NamedNode(f"{BASE}id/unit/{unit.key}")


def digest(document: Document) -> str:
    return hashlib.sha256(document.file.encode()).hexdigest()


def _store(dataset: Dataset, documents: tuple[Document, ...]) -> Store:
    store = Store()
    codes(store)
    for document in documents:
        store.extend(_document(document))
        store.extend(_shared(document))
    for series, label in dataset.series.items():
        graph = NamedNode(f"{BASE}graph/shared")
        store.add(Quad(_series(series), LABEL, Literal(label, language="zh"), graph))
        english = Literal(f"series {series}", language="en")
        store.add(Quad(_series(series), LABEL, english, graph))
    for document in documents:
        for old in documents:
            if document.supersedes == old.file:
                predicate, graph = NamedNode(PG + "supersedes"), NamedNode(f"{BASE}graph/release")
                store.add(Quad(document_node(document), predicate, document_node(old), graph))
    return store


class _Writer:
    """Makes the quads of one graph."""

    def __init__(self, graph: str) -> None:
        self.graph = NamedNode(graph)

    def __call__(
        self, subject: NamedNode, term: str | NamedNode, value: Object | None
    ) -> Iterator[Quad]:
        if value is not None:
            predicate = term if isinstance(term, NamedNode) else NamedNode(PG + term)
            yield Quad(subject, predicate, _object(value), self.graph)


def _object(value: Object) -> NamedNode | Literal:
    if isinstance(value, NamedNode | Literal):
        return value
    if isinstance(value, bool):
        return Literal(str(value).lower(), datatype=NamedNode(XSD + "boolean"))
    if isinstance(value, int):
        return Literal(str(value), datatype=NamedNode(XSD + "integer"))
    if isinstance(value, Decimal):
        return Literal(f"{value:f}", datatype=NamedNode(XSD + "decimal"))
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=NamedNode(XSD + "date"))
    return Literal(value)


def _key(document: Document) -> str:
    return f"{document.unit.key}-{document.year or '0000'}-{digest(document)[:12]}"


def _code(scheme: str, token: str) -> NamedNode:
    return NamedNode(f"{CODE}{scheme}#{token}")


def _series(key: str) -> NamedNode:
    return NamedNode(f"{BASE}id/series/{key}")


def _measure(token: str) -> NamedNode:
    if token.isascii():
        return _code("unit", token)
    return NamedNode(f"{BASE}id/measure/{hashlib.sha256(token.encode()).hexdigest()[:10]}")


def _shared(document: Document) -> Iterator[Quad]:
    write = _Writer(f"{BASE}graph/shared")
    unit = unit_node(document.unit)
    yield from write(unit, RDF_TYPE, NamedNode(PG + "BudgetUnit"))
    yield from write(unit, "unitCode", document.unit.code)
    for name in document.unit.names:
        yield from write(unit, "unitName", name)
    agent = NamedNode(f"{BASE}id/agent/perfgraph-0.1.0")
    yield from write(agent, LABEL, "perfgraph 0.1.0")
    for token, (symbol, _, factor, _) in MEASURES.items():
        if not token.isascii():
            node = _measure(token)
            yield from write(node, RDF_TYPE, NamedNode(PG + "Unit"))
            yield from write(node, "symbol", symbol)
            yield from write(node, "factorToBase", factor)


def _document(document: Document) -> Iterator[Quad]:
    graph = f"{BASE}graph/{_key(document)}"
    facts, prov = _Writer(graph), _Writer(f"{graph}/prov")
    node, run = document_node(document), NamedNode(f"{graph}#run")
    derived = NamedNode(PROV + "wasDerivedFrom")
    yield from prov(node, "fileName", document.file)
    yield from prov(node, "sha256", digest(document))
    yield from prov(NamedNode(graph), derived, node)
    yield from prov(NamedNode(graph), NamedNode(PROV + "wasGeneratedBy"), run)
    agent = NamedNode(f"{BASE}id/agent/perfgraph-0.1.0")
    yield from prov(run, NamedNode(PROV + "wasAssociatedWith"), agent)
    for plan in document.plans:
        yield from _project(document, plan, facts, "DepartmentPlan")
    for project in document.projects:
        table = NamedNode(f"{node.value}#t{project.order}")
        yield from prov(table, "inDocument", node)
        yield from prov(project_node(document, project), "describedBy", table)
        yield from _project(document, project, facts)
        for index, (indicator, indicator_iri) in enumerate(indicators(document, project)):
            for _, target in values(indicator_iri, indicator.targets, "t"):
                cell = NamedNode(f"{table.value}.r{7 + index}.c5")
                yield from prov(target, derived, cell)
                yield from prov(cell, "tableIndex", project.order)
                yield from prov(cell, "rowIndex", 7 + index)
                yield from prov(cell, "columnIndex", 5)
                yield from prov(cell, "rawText", indicator.targets[0].text)
                yield from prov(cell, PART_OF, table)


def _project(
    document: Document, project: Project, write: _Writer, type_: str = "Project"
) -> Iterator[Quad]:
    node = project_node(document, project)
    yield from write(node, RDF_TYPE, NamedNode(PG + type_))
    yield from write(node, "projectName", project.name)
    yield from write(node, LABEL, Literal(project.name or "-", language="zh"))
    yield from write(node, "budgetUnit", unit_node(document.unit))
    yield from write(node, "fiscalYear", document.year)
    yield from write(node, "order", project.order)
    yield from write(node, "fundsUse", project.use)
    if project.scheme is not None:
        yield from write(node, "indicatorProfile", _code(f"category-{project.scheme}", "scheme"))
    if project.series is not None:
        yield from write(node, "inSeries", _series(project.series))
    yield from write(node, "budgetTotal", project.amount("total"))
    yield from write(node, "budgetFiscal", project.amount("fiscal"))
    yield from write(node, "budgetOther", project.amount("other"))
    for amount in project.amounts:
        one = amount_node(document, project, amount.source, amount.phase)
        yield from write(node, "budgetAmount", one)
        yield from write(one, RDF_TYPE, NamedNode(PG + "BudgetAmount"))
        yield from write(one, "fundingSource", _code("funding", amount.source))
        yield from write(one, "budgetPhase", _code("phase", amount.phase))
        yield from write(one, "rawText", amount.text)
        yield from write(one, "amount", amount.yuan)
    for index, goal in enumerate(project.goals, 1):
        one = NamedNode(f"{node.value}#g-{index}")
        yield from write(node, "goal", one)
        yield from write(one, RDF_TYPE, NamedNode(PG + "Goal"))
        yield from write(one, "order", index)
        yield from write(one, "goalText", goal)
        yield from write(one, "rawText", f"{index}.{goal}")
    for order, (indicator, iri) in enumerate(indicators(document, project), 1):
        yield from write(node, "indicator", iri)
        yield from _indicator(iri, order, indicator, project, write)


def indicators(document: Document, project: Project) -> Iterator[tuple[Indicator, NamedNode]]:
    """Yield each indicator with its IRI, which depends on its name, not on its row."""
    for order, indicator in enumerate(project.indicators, 1):
        name = f"{indicator.category}{indicator.name or order}"
        key = hashlib.sha256(name.encode()).hexdigest()[:8]
        yield indicator, NamedNode(f"{project_node(document, project).value}#i-{key}")


def values(
    parent: NamedNode, found: tuple[Value, ...], letter: str
) -> Iterator[tuple[Value, NamedNode]]:
    """Yield each value with its IRI: -t, or -t1 and -t2 where there are several."""
    for index, value in enumerate(found, 1):
        suffix = str(index) if len(found) > 1 else ""
        yield value, NamedNode(f"{parent.value}-{letter}{suffix}")


def _indicator(
    node: NamedNode, order: int, indicator: Indicator, project: Project, write: _Writer
) -> Iterator[Quad]:
    level1, text1, level2, text2, dimension = project.category(indicator)
    yield from write(node, RDF_TYPE, NamedNode(PG + "Indicator"))
    yield from write(node, "order", order)
    yield from write(node, "indicatorName", indicator.name)
    yield from write(node, "indicatorDescription", indicator.description)
    yield from write(node, "dimension", _code("dimension", dimension))
    if indicator.has_levels:
        yield from write(node, "level1Text", text1)
        yield from write(node, "level2Text", text2)
        if project.scheme is not None:
            yield from write(node, "level1", _code(f"category-{project.scheme}", level1))
            yield from write(node, "level2", _code(f"category-{project.scheme}", level2))
    for value, iri in values(node, indicator.targets, "t"):
        yield from write(node, "target", iri)
        yield from _value(iri, "TargetValue", value, write)
    for value, iri in values(node, indicator.actuals, "a"):
        yield from write(node, "actual", iri)
        yield from _value(iri, "ActualValue", value, write)


def _value(node: NamedNode, type_: str, value: Value, write: _Writer) -> Iterator[Quad]:
    yield from write(node, RDF_TYPE, NamedNode(PG + type_))
    yield from write(node, "rawText", value.text)
    yield from write(node, "valueKind", _code("kind", value.kind))
    if value.comparator is not None:
        yield from write(node, "comparator", _code("comparator", value.comparator))
        yield from write(node, "comparatorExplicit", value.explicit)
    yield from write(node, "numericValue", value.number)
    if value.measure is not None and value.base is not None:
        yield from write(node, "unit", _measure(value.measure))
        yield from write(node, "normalizedUnit", _measure(value.base))
        if value.number is not None and value.kind != "relative":
            yield from write(node, "normalizedValue", value.number * value.factor)
    if value.lower is not None:
        yield from write(node, "lowerBound", value.lower)
        yield from write(node, "lowerInclusive", value.comparator != "gt")
    if value.upper is not None:
        yield from write(node, "upperBound", value.upper)
        yield from write(node, "upperInclusive", value.comparator != "lt")
    yield from write(node, "startDate", date.fromisoformat(value.start) if value.start else None)
    yield from write(node, "endDate", date.fromisoformat(value.end) if value.end else None)
    if value.grade is not None:
        yield from write(node, "grade", _code("grade", value.grade))
    for note in value.notes:
        yield from write(node, "parseNote", note)
    if value.period is not None:
        yield from write(node, "targetPeriod", _code("target-period", value.period))
