"""Converted documents for the tests, as N-Quads built in code: targets, self-evaluations, plans."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from perfgraph.store import Submission
from perfgraph.vocab import CODE, DEFAULT_BASE, ONTOLOGY

PROV = "http://www.w3.org/ns/prov#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
RDFS_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
PUBLISHER = NamedNode("http://purl.org/dc/terms/publisher")
PART_OF = NamedNode("http://purl.org/dc/terms/isPartOf")
XSD = "http://www.w3.org/2001/XMLSchema#"

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]


def pg(term: str) -> NamedNode:
    """Return a term of the ontology."""
    return NamedNode(ONTOLOGY + term)


def prov(term: str) -> NamedNode:
    """Return a term of PROV."""
    return NamedNode(PROV + term)


def decimal(number: Decimal | int) -> Literal:
    """Return a decimal literal."""
    return Literal(str(number), datatype=NamedNode(f"{XSD}decimal"))


def short(text: str, digits: int) -> str:
    """Return the first hex digits of the text's hash."""
    return hashlib.sha256(text.encode()).hexdigest()[:digits]


@dataclass(frozen=True)
class Indicator:
    """One row of a table."""

    name: str
    targets: tuple[str, ...] = ("≥95%",)
    actual: str | None = None
    score: int | None = None
    weight: int | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Project:
    """One table: the project that it describes, or a plan."""

    name: str
    budget: int = 100000
    indicators: tuple[Indicator, ...] = (Indicator("发放准确率"), Indicator("发放人数", ("≥37人",)))
    goals: tuple[str, ...] = ("保障发放",)
    executed: int | None = None
    kind: str = "Project"
    series: str | None = None


@dataclass(frozen=True)
class Filing:
    """A source document, converted."""

    projects: Sequence[Project]
    file: str = "targets.txt"
    role: str = "target"
    region: str = "120000"
    unit: str = "353215"
    unit_name: str | None = None
    year: int = 2025
    base: str = DEFAULT_BASE
    source: str = ""
    """What distinguishes source files with the same content."""
    software: str = "perfgraph-0.1.0"
    measures: tuple[str, ...] = ()
    """Units of measure that are minted in the shared graph."""
    grid: bytes | None = field(default=None, repr=False)

    @property
    def sha256(self) -> str:
        """Hash of the source file."""
        content = [self.source, self.file, self.role, repr(self.projects)]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    @property
    def key(self) -> str:
        """Key of the document."""
        return f"{self.region}-{self.unit}-{self.year}-{self.sha256[:12]}"

    @property
    def iri(self) -> str:
        """IRI of the document."""
        return f"{self.base}id/doc/{self.key}"

    @property
    def graph(self) -> str:
        """IRI of the facts graph."""
        return f"{self.base}graph/{self.key}"

    def project(self, name: str) -> str:
        """Return the IRI of a project of this filing."""
        return f"{self.base}id/project/{self.region}-{self.unit}-{self.year}-n{short(name, 10)}"

    def indicator(self, project: str, name: str) -> str:
        """Return the IRI of an indicator."""
        return f"{self.project(project)}#i-qty-{short(name, 8)}"

    @property
    def unit_iri(self) -> str:
        """IRI of the budget unit."""
        return f"{self.base}id/unit/{self.region}-{self.unit}"

    @property
    def quads(self) -> list[Quad]:
        """All statements, in their graphs."""
        graphs: list[tuple[str, Iterator[Statement]]] = [
            (self.graph, _facts(self)),
            (f"{self.graph}/prov", _provenance(self)),
            (f"{self.base}graph/shared", _shared(self)),
        ]
        return [Quad(*triple, NamedNode(graph)) for graph, triples in graphs for triple in triples]

    @property
    def nquads(self) -> bytes:
        """The statements as ``convert`` writes them: sorted lines."""
        data = serialize(self.quads, format=RdfFormat.N_QUADS)
        assert data is not None
        return b"".join(sorted(set(data.splitlines(keepends=True))))

    @property
    def submission(self) -> Submission:
        """The filing on its way into a store."""
        return Submission(self.file, self.nquads, self.grid)


def _facts(filing: Filing) -> Iterator[Statement]:
    for order, project in enumerate(filing.projects, 1):
        this = NamedNode(filing.project(project.name))
        yield this, RDF_TYPE, pg(project.kind)
        yield this, RDFS_LABEL, Literal(project.name, language="zh")
        yield this, pg("projectName"), Literal(project.name)
        yield this, pg("budgetUnit"), NamedNode(filing.unit_iri)
        yield this, pg("fiscalYear"), Literal(filing.year)
        yield this, pg("order"), Literal(order)
        yield this, pg("budgetTotal"), decimal(project.budget)
        if project.series:
            yield this, pg("inSeries"), NamedNode(f"{filing.base}id/series/{project.series}")
        yield from _amount(this, "approved", project.budget, "b-total")
        for number, goal in enumerate(project.goals, 1):
            node = NamedNode(f"{this.value}#g-{number}")
            yield this, pg("goal"), node
            yield node, RDF_TYPE, pg("Goal")
            yield node, pg("goalText"), Literal(goal)
        for row, indicator in enumerate(project.indicators, 1):
            yield from _indicator_facts(filing, project, indicator, row)
        if filing.role == "self-evaluation":
            yield from _evaluation(filing, project, this)


def _amount(project: NamedNode, phase: str, yuan: int, name: str) -> Iterator[Statement]:
    node = NamedNode(f"{project.value}#{name}")
    yield project, pg("budgetAmount"), node
    yield node, RDF_TYPE, pg("BudgetAmount")
    yield node, pg("budgetPhase"), NamedNode(f"{CODE}phase#{phase}")
    yield node, pg("amount"), decimal(yuan)
    yield node, pg("rawText"), Literal(f"{Decimal(yuan) / 10000:.2f}")


def _indicator_facts(
    filing: Filing, project: Project, indicator: Indicator, row: int
) -> Iterator[Statement]:
    this = NamedNode(filing.indicator(project.name, indicator.name))
    yield NamedNode(filing.project(project.name)), pg("indicator"), this
    yield this, RDF_TYPE, pg("Indicator")
    yield this, RDFS_LABEL, Literal(indicator.name, language="zh")
    yield this, pg("indicatorName"), Literal(indicator.name)
    yield this, pg("order"), Literal(row)
    if indicator.weight is not None:
        yield this, pg("weight"), decimal(indicator.weight)
    for node, text in _targets(this, indicator):
        yield this, pg("target"), node
        yield node, RDF_TYPE, pg("TargetValue")
        yield node, pg("rawText"), Literal(text)
    if indicator.score is not None:
        yield this, pg("score"), decimal(indicator.score)
    if indicator.reason is not None:
        yield this, pg("deviationReason"), Literal(indicator.reason)
    if indicator.actual is not None:
        node = NamedNode(f"{this.value}-a")
        yield this, pg("actual"), node
        yield node, RDF_TYPE, pg("ActualValue")
        yield node, pg("rawText"), Literal(indicator.actual)
        yield node, pg("againstText"), Literal(";".join(indicator.targets))


def _targets(indicator: NamedNode, row: Indicator) -> Iterator[tuple[NamedNode, str]]:
    for number, text in enumerate(row.targets, 1):
        suffix = "-t" if len(row.targets) == 1 else f"-t{number}"
        yield NamedNode(indicator.value + suffix), text


def _evaluation(filing: Filing, project: Project, this: NamedNode) -> Iterator[Statement]:
    node = NamedNode(f"{this.value}#evaluation")
    yield node, RDF_TYPE, pg("SelfEvaluation")
    yield node, pg("evaluates"), this
    yield node, pg("totalScore"), decimal(96)
    if project.executed is not None:
        yield from _amount(this, "executed", project.executed, "b-total-executed")


def _provenance(filing: Filing) -> Iterator[Statement]:
    document, graph = NamedNode(filing.iri), NamedNode(filing.graph)
    run = NamedNode(f"{filing.graph}#run")
    yield document, RDF_TYPE, pg("SourceDocument")
    yield document, pg("documentRole"), NamedNode(f"{CODE}document-role#{filing.role}")
    yield document, pg("sha256"), Literal(filing.sha256)
    yield document, pg("fileName"), Literal(filing.file)
    yield document, PUBLISHER, NamedNode(filing.unit_iri)
    yield graph, RDF_TYPE, prov("Entity")
    yield graph, prov("wasDerivedFrom"), document
    yield graph, prov("wasGeneratedBy"), run
    yield run, RDF_TYPE, prov("Activity")
    yield run, prov("used"), document
    yield run, prov("wasAssociatedWith"), NamedNode(f"{filing.base}id/agent/{filing.software}")
    for index, project in enumerate(filing.projects, 1):
        table = NamedNode(f"{filing.iri}#t{index}")
        yield table, RDF_TYPE, pg("TargetTable")
        yield table, pg("inDocument"), document
        yield NamedNode(filing.project(project.name)), pg("describedBy"), table
        for row, indicator in enumerate(project.indicators, 7):
            this = NamedNode(filing.indicator(project.name, indicator.name))
            name_cell = NamedNode(f"{table.value}.r{row}.c3")
            yield this, prov("wasDerivedFrom"), name_cell
            nodes = list(_targets(this, indicator))
            if indicator.actual is not None:
                nodes.append((NamedNode(f"{this.value}-a"), indicator.actual))
            for column, (node, text) in enumerate(nodes, 5):
                cell = NamedNode(f"{table.value}.r{row}.c{column}")
                yield node, prov("wasDerivedFrom"), cell
                yield cell, RDF_TYPE, pg("SourceCell")
                yield cell, pg("rawText"), Literal(text)
                yield cell, PART_OF, table


def _shared(filing: Filing) -> Iterator[Statement]:
    unit, region = NamedNode(filing.unit_iri), NamedNode(f"{filing.base}id/region/{filing.region}")
    yield unit, RDF_TYPE, pg("BudgetUnit")
    yield unit, pg("unitCode"), Literal(filing.unit)
    if filing.unit_name is not None:
        yield unit, pg("unitName"), Literal(filing.unit_name)
    yield unit, pg("jurisdiction"), region
    yield region, RDF_TYPE, pg("Jurisdiction")
    yield region, pg("regionCode"), Literal(filing.region)
    agent = NamedNode(f"{filing.base}id/agent/{filing.software}")
    yield agent, RDF_TYPE, prov("SoftwareAgent")
    for project in filing.projects:
        if project.series:
            series = NamedNode(f"{filing.base}id/series/{project.series}")
            yield series, RDF_TYPE, pg("ProjectSeries")
    for symbol in filing.measures:
        measure = NamedNode(f"{filing.base}id/measure/{short(symbol, 10)}")
        yield measure, RDF_TYPE, pg("Unit")
        yield measure, pg("symbol"), Literal(symbol)


def replace_nquads(filing: Filing, nquads: bytes) -> Submission:
    """Return the submission of a filing with other statements."""
    return Submission(filing.file, nquads, filing.grid)
