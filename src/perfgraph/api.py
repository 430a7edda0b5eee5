"""The public Python functions: convert, inspect, validate, connect. All else may change."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Self

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions
from pyoxigraph import Triple as Statement

from perfgraph.conversion import Conversion, convert
from perfgraph.errors import PerfgraphError, QueryError
from perfgraph.inspection import Inspection, Reading, inspect
from perfgraph.questions import Question, question
from perfgraph.sources import Limits
from perfgraph.store import Store, open_existing
from perfgraph.text import Text
from perfgraph.validation import Engine, FileReport, Report, data_graph, validate_by_scheme

__all__ = [
    "Connection",
    "Conversion",
    "Inspection",
    "Limits",
    "Reading",
    "Report",
    "Value",
    "connect",
    "convert",
    "inspect",
    "validate",
]

Value = str | int | Decimal | bool | date | datetime | None
"""A typed answer: IRIs and texts are strings, an unbound variable is ``None``."""

_XSD = "http://www.w3.org/2001/XMLSchema#"


def validate(
    subject: str | Path | Conversion,
    *,
    profile: str | Path | None = None,
    engine: Engine = Engine.COMPILED,
) -> Report:
    """Return what the rules find in one document.

    Args:
        subject: a source file, or a conversion of one.
        profile: a named profile or a file of shapes; by default that of the indicator scheme.
        engine: what executes the shapes: compiled SPARQL, or pySHACL.

    Raises:
        SourceError: the file cannot be read.
        RecordError: its tables cannot be understood.
        ShapesError: the profile does not exist or cannot be used.
    """
    conversion = subject if isinstance(subject, Conversion) else convert(subject)
    return Report((report_on(conversion, profile=profile, engine=engine),))


def report_on(
    conversion: Conversion,
    *,
    name: str | None = None,
    profile: str | Path | None = None,
    engine: Engine = Engine.COMPILED,
) -> FileReport:
    """Return the report on one conversion; ``name`` is the file as the user named it."""
    used, findings = validate_by_scheme(data_graph(conversion.quads()), profile, engine)
    document = conversion.document
    found = (*conversion.findings, *findings)
    file = name or document.file
    return FileReport(file, document.sha256, used, found, tables=document.tables)


def failed(name: str, error: PerfgraphError) -> FileReport:
    """Return the report on a file that could not be read."""
    return FileReport(name, error=error)


class WrongFormError(QueryError):
    """A query that is no SELECT was asked for rows."""

    code = "PG416"

    def __init__(self) -> None:
        super().__init__(
            Text(zh="只有 SELECT 查询才有行", en="only a SELECT query has rows"),
            advice=Text(
                zh="请改写为 SELECT，或用 perfgraph query --to turtle",
                en="Write it as SELECT, or use perfgraph query --to turtle",
            ),
        )


class Connection:
    """An open store that answers questions with rows of typed values."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def query(
        self, text_or_name: str, *, history: bool = False, **parameters: str
    ) -> list[dict[str, Value]]:
        """Return the rows of a SELECT query, or of a shipped question by its name.

        Args:
            text_or_name: SPARQL text, or the name of a question, such as ``unit_totals``.
            history: ask all versions of the documents, not only the current ones.
            parameters: values for the question's parameters.

        Raises:
            QueryError: unknown question or parameter, wrong value, no SPARQL, or no SELECT.
            StoreError: the store cannot be read.
        """
        text = text_or_name
        if not set(text) & set(" {\n"):
            found: Question = question(text_or_name)
            text = found.bind(parameters)
            history = history or found.dataset == "history"
        result = self.store.query(text, history=history)
        if not isinstance(result, QuerySolutions):
            raise WrongFormError
        names = [variable.value for variable in result.variables]
        return [dict(zip(names, map(_value, row), strict=True)) for row in result]

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def connect(location: str | Path) -> Connection:
    """Return a connection for reading: to a store directory, or to a SPARQL endpoint.

    Args:
        location: a directory, the address of an endpoint (``https://…/sparql``), or a
            ``sparql+http://…`` URL, which may also name a history dataset.

    Raises:
        StoreError: there is no store that can be read.
    """
    if isinstance(location, str) and location.startswith(("http://", "https://")):
        location = f"sparql+{location}"
    return Connection(open_existing(location))


def _value(term: NamedNode | BlankNode | Literal | Statement | None) -> Value:
    """Return a term as the Python value of its datatype; text where it has none here.

    >>> _value(Literal("51.5", datatype=NamedNode(_XSD + "decimal")))
    Decimal('51.5')
    """
    if term is None or not isinstance(term, Literal):
        return None if term is None else str(getattr(term, "value", term))
    match term.datatype.value.removeprefix(_XSD):
        case "integer" | "int" | "long":
            return int(term.value)
        case "decimal":
            return Decimal(term.value)
        case "boolean":
            return term.value in ("true", "1")
        case "date":
            return date.fromisoformat(term.value)
        case "dateTime":
            return datetime.fromisoformat(term.value)
        case _:
            return term.value
