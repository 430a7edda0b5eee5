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
    label: str = ""
    """Name on pages, where the short one will not do."""
    is_download: bool = False
    """Whether a browser should keep it as a file."""

    @property
    def content_type(self) -> str:
        """The ``Content-Type`` header."""
        if self.media_type.startswith("text/"):
            return f"{self.media_type}; charset=utf-8"
        return self.media_type

    @property
    def title(self) -> str:
        """Name on pages."""
        return self.label or self.name


HTML = Format("html", "text/html", ("application/xhtml+xml",), suffix="html")

RESULTS = (
    Format(
        "json",
        "application/sparql-results+json",
        ("application/json",),
        "srj",
        results=QueryResultsFormat.JSON,
        label="JSON",
    ),
    Format(
        "xml",
        "application/sparql-results+xml",
        ("application/xml", "text/xml"),
        "srx",
        results=QueryResultsFormat.XML,
        label="XML",
    ),
    Format("csv", "text/csv", (), "csv", results=QueryResultsFormat.CSV, label="CSV"),
    Format(
        "tsv", "text/tab-separated-values", (), "tsv", results=QueryResultsFormat.TSV, label="TSV"
    ),
    Format(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        (),
        "xlsx",
        label="Excel",
        is_download=True,
    ),
    Format(
        "csv-bom",
        "text/csv",
        (),
        "csv",
        results=QueryResultsFormat.CSV,
        label="CSV (Excel)",
        is_download=True,
    ),
    HTML,
)
"""Formats of SELECT and ASK; the first is the default."""

GRAPHS = (
    Format(
        "turtle",
        "text/turtle",
        ("application/x-turtle",),
        "ttl",
        graph=RdfFormat.TURTLE,
        label="Turtle",
    ),
    Format(
        "ntriples",
        "application/n-triples",
        ("text/plain",),
        "nt",
        graph=RdfFormat.N_TRIPLES,
        label="N-Triples",
    ),
    Format(
        "jsonld",
        "application/ld+json",
        ("application/json",),
        "jsonld",
        graph=RdfFormat.JSON_LD,
        label="JSON-LD",
    ),
    Format(
        "rdfxml",
        "application/rdf+xml",
        ("application/xml", "text/xml"),
        "rdf",
        graph=RdfFormat.RDF_XML,
        label="RDF/XML",
    ),
    Format(
        "nquads",
        "application/n-quads",
        ("text/x-nquads",),
        "nq",
        graph=RdfFormat.N_QUADS,
        label="N-Quads",
    ),
    Format("trig", "application/trig", suffix="trig", graph=RdfFormat.TRIG, label="TriG"),
    Format("n3", "text/n3", ("text/rdf+n3",), "n3", graph=RdfFormat.N3, label="N3"),
    HTML,
)
"""Formats of CONSTRUCT and DESCRIBE; the first is the default."""

SHORT_NAMES = {
    "nt": "ntriples",
    "n-triples": "ntriples",
    "nq": "nquads",
    "n-quads": "nquads",
    "ttl": "turtle",
    "json-ld": "jsonld",
    "rdf": "rdfxml",
    "rdf/xml": "rdfxml",
    "srj": "json",
    "srx": "xml",
    "excel": "xlsx",
}
"""Other names that ``?format=`` understands."""


def format_called(name: str) -> Format:
    """Return the format with this short name; ``KeyError`` when there is none."""
    return _BY_NAME[name]


_BY_NAME = {one.name: one for one in (*GRAPHS, *RESULTS)}
