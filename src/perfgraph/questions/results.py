"""An answer → text in a format that people or programs read. It asks nothing; order is kept.

Rows go out as they come; a graph, which has no order, is sorted so that equal graphs are equal
bytes. An answer can be written once: it is an iterator.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import IO

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    serialize,
)

from perfgraph.questions.errors import ResultFormatError
from perfgraph.questions.prefixes import SHOWN
from perfgraph.questions.table import print_boolean, print_solutions, print_triples
from perfgraph.store.protocol import Result
from perfgraph.text import Text
from perfgraph.vocab import RDF


class ResultFormat(StrEnum):
    """The formats of an answer, as ``perfgraph query --to`` names them."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TURTLE = "turtle"


_SPARQL_FORMATS = {
    ResultFormat.CSV: QueryResultsFormat.CSV,
    ResultFormat.TSV: QueryResultsFormat.TSV,
    ResultFormat.JSON: QueryResultsFormat.JSON,
    ResultFormat.XML: QueryResultsFormat.XML,
}


def write_result(result: Result, to: ResultFormat, output: IO[bytes]) -> None:
    """Write ``result`` to ``output`` as UTF-8: the four SPARQL formats, or Turtle for a graph.

    Raises:
        ResultFormatError: a graph in a format of rows, or rows in a format of graphs. Nothing is
            written then.
    """
    if isinstance(result, QuerySolutions | QueryBoolean):
        if to not in _SPARQL_FORMATS:
            raise _unfit(to, "csv, tsv, json, xml")
        result.serialize(output, _SPARQL_FORMATS[to])
    elif to is ResultFormat.TURTLE:
        serialize(_sorted(result), output, RdfFormat.TURTLE, prefixes=SHOWN)
    else:
        raise _unfit(to, "turtle")


def print_result(result: Result, output: IO[str], *, width: int | None = None) -> None:
    """Print ``result`` as a table for a terminal that is ``width`` columns wide.

    Without a width no line is broken. What does not fit is wrapped, never cut.
    """
    if isinstance(result, QuerySolutions):
        print_solutions(result, output, width=width)
    elif isinstance(result, QueryBoolean):
        print_boolean(result, output)
    else:
        print_triples(_sorted(result), output, width=width)


def _sorted(triples: Iterable[Triple]) -> list[Triple]:
    """Return the triples once each, by subject; the type of a subject comes first."""
    return sorted(
        set(triples),
        key=lambda one: (str(one.subject), one.predicate != RDF.type, str(one)),
    )


def _unfit(to: ResultFormat, fitting: str) -> ResultFormatError:
    return ResultFormatError(
        Text(zh=f"这个结果不能写成 {to}", en=f"this answer cannot be written as {to}"),
        advice=Text(zh=f"可用格式：table, {fitting}", en=f"formats that fit: table, {fitting}"),
    )
