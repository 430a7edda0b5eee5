"""IRIs of a store's graphs and the terms it reads and writes; names only, no graph is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from perfgraph.vocab import CODE, DEFAULT_BASE, ONTOLOGY, Namespace

EVALUATION = Namespace(
    ONTOLOGY,
    "actual score scoreCoefficient deviationReason executionRate executionWeight executionScore "
    "weight level1Weight level2Weight isCore",
)
"""What a self-evaluation says: results, the weights that its scores are judged by, core marks."""

ROLE = f"{CODE}document-role#"

_GRAPH = re.compile(
    r"(?P<base>.+/)graph/"
    r"(?P<key>(?P<region>\d{6})-(?P<unit>[A-Za-z0-9.-]+)-(?P<year>\d{4})-(?P<sha256>[0-9a-f]{12,64}))"
)


@dataclass(frozen=True, slots=True)
class DocumentName:
    """The name of one document version, from which its IRIs are made.

    >>> name = DocumentName.of_graph("https://e.org/graph/120000-353215-2025-693ea5a3b8e5")
    >>> name.document
    'https://e.org/id/doc/120000-353215-2025-693ea5a3b8e5'
    >>> name.region, name.unit, name.year
    ('120000', '353215', '2025')
    """

    base: str
    region: str
    unit: str
    year: str
    sha256: str
    """The first digits of the source file's SHA-256."""

    @classmethod
    def of_graph(cls, graph: str) -> Self | None:
        """Return the name that is in a facts graph's IRI; ``None`` when it is no such IRI."""
        match = _GRAPH.fullmatch(graph)
        if match is None:
            return None
        fields = match.groupdict()
        del fields["key"]
        return cls(**fields)

    @property
    def key(self) -> str:
        """The last segment of the IRIs of the document and of its graph."""
        return f"{self.region}-{self.unit}-{self.year}-{self.sha256}"

    @property
    def document(self) -> str:
        """IRI of the document."""
        return f"{self.base}id/doc/{self.key}"

    @property
    def facts(self) -> str:
        """IRI of the graph of its facts."""
        return f"{self.base}graph/{self.key}"

    @property
    def provenance(self) -> str:
        """IRI of the graph of its provenance."""
        return f"{self.facts}/prov"


def is_plan(iri: str) -> bool:
    """Whether an IRI names the plan of a department or region, and no project.

    >>> is_plan("https://e.org/id/department-plan/120000-353215-2025")
    True
    >>> is_plan("https://e.org/id/project/120000-353215-2025-n8a0c05c7b0")
    False
    """
    return "/id/department-plan/" in iri or "/id/regional-plan/" in iri


def shared_graph(base: str) -> str:
    """Return the IRI of the graph of units, regions, series and agents."""
    return f"{base}graph/shared"


def release_graph(base: str) -> str:
    """Return the IRI of the graph that tells when what was loaded."""
    return f"{base}graph/release"


def vocabulary_graph(base: str, name: str) -> str:
    """Return the IRI of the graph of one vocabulary: ontology, codes, units, shapes."""
    return f"{base}graph/{name}"


def is_own_graph(graph: str, base: str | None) -> bool:
    """Return whether a name is one of those that a store gives to its own graphs.

    >>> is_own_graph("https://e.org/graph/shared", "https://e.org/")
    True
    >>> is_own_graph("https://e.org/notes", None)
    False
    """
    bases = {DEFAULT_BASE} if base is None else {base}
    is_document = DocumentName.of_graph(graph.removesuffix("/prov")) is not None
    return is_document or any(graph.startswith(f"{one}graph/") for one in bases)
