"""What is in the dataset, in numbers: units, projects, money, indicators. Asked once a release."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from perfgraph.web.asking import Rows

RELEASE = "ASK {}"
QUERY = """# What is in the dataset.
PREFIX pg: <https://w3id.org/perfgraph/ontology#>
SELECT ?units ?projects ?indicators ?measurable ?documents ?total ?priced ?first ?last WHERE {
  { SELECT (COUNT(DISTINCT ?u) AS ?units) (COUNT(?p) AS ?projects)
           (MIN(?year) AS ?first) (MAX(?year) AS ?last)
    WHERE { ?p a pg:Project OPTIONAL { ?p pg:budgetUnit ?u } OPTIONAL { ?p pg:fiscalYear ?year } } }
  { SELECT (SUM(?b) AS ?total) (COUNT(?b) AS ?priced)
    WHERE { ?q a pg:Project ; pg:budgetTotal ?b } }
  { SELECT (COUNT(?i) AS ?indicators) WHERE { ?r a pg:Project ; pg:indicator ?i } }
  { SELECT (COUNT(DISTINCT ?j) AS ?measurable)
    WHERE { ?s a pg:Project ; pg:indicator ?j . ?j pg:target ?t . ?t pg:numericValue ?n } }
  { SELECT (COUNT(?d) AS ?documents) WHERE { ?d a pg:SourceDocument } }
}
"""

Asking = Callable[[str], tuple[Rows, str]]


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers of the start page; ``total`` is ``None`` when no project states an amount."""

    units: int
    projects: int
    indicators: int
    measurable: int
    documents: int
    total: Decimal | None
    years: tuple[str, str] | None

    @property
    def wan(self) -> str | None:
        """The money in 万元, as people write it.

        >>> Summary(1, 4, 36, 20, 1, Decimal(3640000), None).wan
        '364'
        """
        return None if self.total is None else f"{(self.total / 10000).normalize():,f}"

    @property
    def yuan(self) -> str | None:
        """The money in yuan.

        >>> Summary(1, 4, 36, 20, 1, Decimal(3640000), None).yuan
        '3,640,000'
        """
        return None if self.total is None else f"{self.total.normalize():,f}"


class Summaries:
    """Keeps the numbers of one release."""

    def __init__(self) -> None:
        self._known: tuple[str, Summary] | None = None

    def current(self, ask: Asking) -> Summary:
        """Return the numbers of the release that answers now.

        Raises:
            PerfgraphError: the store does not answer.
        """
        _, release = ask(RELEASE)
        if self._known is not None and release and self._known[0] == release:
            return self._known[1]
        rows, release = ask(QUERY)
        summary = read_summary(rows)
        self._known = (release, summary)
        return summary


def read_summary(rows: Rows) -> Summary:
    """Return the numbers in the one row of ``QUERY``."""
    (row,) = rows.rows
    found = {
        name: term[1] for name, term in zip(rows.variables, row, strict=True) if term is not None
    }
    priced = int(found["priced"])
    years = (found["first"], found["last"]) if "first" in found and "last" in found else None
    return Summary(
        units=int(found["units"]),
        projects=int(found["projects"]),
        indicators=int(found["indicators"]),
        measurable=int(found["measurable"]),
        documents=int(found["documents"]),
        total=Decimal(found["total"]) if priced else None,
        years=years,
    )
