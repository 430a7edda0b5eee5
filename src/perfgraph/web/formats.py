"""The formats of answers: short name, media type and aliases; which form may have which."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import QueryResultsFormat, RdfFormat


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an answer; ``aliases`` are other media types that ask for it."""

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()
    suffix: str = ""
    results: QueryResultsFormat | None = None
    graph: RdfFormat | None = None

    @property
    def content_type(self) -> str:
        """The ``Content-Type`` header."""
        if self.media_type.startswith("text/"):
            return f"{self.media_type}; charset=utf-8"
        return self.media_type


HTML = Format("html", "text/html", suffix="html")

RESULTS = (
    Format(
        "json",
        "application/sparql-results+json",
        ("application/json",),
        "srj",
        results=QueryResultsFormat.JSON,
    ),
    Format(
        "xml",
        "application/sparql-results+xml",
        ("application/xml", "text/xml"),
        "srx",
        results=QueryResultsFormat.XML,
    ),
    Format("csv", "text/csv", (), "csv", results=QueryResultsFormat.CSV),
    Format("tsv", "text/tab-separated-values", (), "tsv", results=QueryResultsFormat.TSV),
    HTML,
)
"""Formats of SELECT and ASK; the first is the default."""

GRAPHS = (
    Format("turtle", "text/turtle", ("application/x-turtle",), "ttl", graph=RdfFormat.TURTLE),
    Format("ntriples", "application/n-triples", ("text/plain",), "nt", graph=RdfFormat.N_TRIPLES),
    Format(
        "jsonld",
        "application/ld+json",
        ("application/json",),
        "jsonld",
        graph=RdfFormat.JSON_LD,
    ),
    Format(
        "rdfxml",
        "application/rdf+xml",
        ("application/xml", "text/xml"),
        "rdf",
        graph=RdfFormat.RDF_XML,
    ),
    HTML,
)
"""Formats of CONSTRUCT and DESCRIBE; the first is the default."""

SHORT_NAMES = {
    "nt": "ntriples",
    "ttl": "turtle",
    "json-ld": "jsonld",
    "rdf": "rdfxml",
    "srj": "json",
    "srx": "xml",
}
"""Other names that ``?format=`` understands."""
