"""A document → what it shares with others: unit, region, minted units of measure, software."""

from __future__ import annotations

from collections.abc import Iterator

from perfgraph.iris import Minter
from perfgraph.model import BudgetUnit, Document, Indicator, Region, Unit, Value
from perfgraph.triples import measures, terms
from perfgraph.triples.terms import Triple
from perfgraph.vocab import ORG, PG, PROV, RDF, RDFS


def triples(document: Document, minter: Minter, version: str) -> Iterator[Triple]:
    """Yield the shared things that ``document`` names, each once."""
    agent = minter.agent(version)
    yield agent, RDF.type, PROV.SoftwareAgent
    yield agent, RDFS.label, terms.string(f"perfgraph {version}")
    departments = (subject.department for subject in document.subjects)
    units = [document.unit, *(subject.unit for subject in document.subjects)]
    for unit in dict.fromkeys([*units, *(one for one in departments if one is not None)]):
        yield from _budget_unit(unit, minter)
        yield from _region(unit.region, minter)
    for measure in _measures(document):
        yield from measures.minted_unit(measure, minter)


def _budget_unit(unit: BudgetUnit, minter: Minter) -> Iterator[Triple]:
    node = minter.unit(unit)
    yield node, RDF.type, PG.BudgetUnit
    yield node, RDF.type, ORG.Organization
    if unit.is_printed_code:
        yield node, PG.unitCode, terms.string(unit.code.removeprefix("d"))
    if unit.name is not None:
        yield node, PG.unitName, terms.string(unit.name)
        yield node, RDFS.label, terms.zh(unit.name)
    yield node, PG.codeEvidence, terms.string(unit.code_evidence)
    yield node, PG.regionEvidence, terms.string(unit.region.evidence)
    yield node, PG.jurisdiction, minter.region(unit.region)


def _region(region: Region, minter: Minter) -> Iterator[Triple]:
    node = minter.region(region)
    yield node, RDF.type, PG.Jurisdiction
    yield node, PG.regionCode, terms.string(region.code)
    if region.name is not None:
        yield node, RDFS.label, terms.zh(region.name)


def _measures(document: Document) -> Iterator[Unit]:
    seen: set[Unit] = set()
    for indicator in document.indicators():
        for value in _values(indicator):
            for unit in (value.unit, *(step.unit for step in value.steps)):
                if unit is not None and unit.token is None and unit not in seen:
                    seen.add(unit)
                    yield unit


def _values(indicator: Indicator) -> Iterator[Value]:
    yield from indicator.targets
    yield from indicator.actuals
    for target in indicator.further_targets:
        yield from target.values
    for other in indicator.other_values:
        yield from other.values
