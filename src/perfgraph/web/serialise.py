"""An answer → bytes in one of the formats, as they come."""

from __future__ import annotations

from typing import IO

from pyoxigraph import (
    QueryBoolean,
    QuerySolutions,
    RdfFormat,
    serialize,
)

from perfgraph.store import Result
from perfgraph.web.formats import Format
from perfgraph.web.workbook import write_workbook

PREFIXES = {
    "pg": "https://w3id.org/perfgraph/ontology#",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""What tells Excel that a CSV file is UTF-8."""
_WITH_PREFIXES = (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N3, RdfFormat.RDF_XML)


def write_answer(result: Result, form: Format, output: IO[bytes]) -> None:
    """Write the whole of ``result``, which is of the form that ``form`` is for."""
    if isinstance(result, QuerySolutions | QueryBoolean):
        if form.results is None:
            write_workbook(result, output)
            return
        if form.name == "csv-bom":
            output.write(BYTE_ORDER_MARK)
        result.serialize(output, form.results)
        return
    assert form.graph is not None
    prefixes = PREFIXES if form.graph in _WITH_PREFIXES else None
    serialize(result, output, form.graph, prefixes=prefixes)
