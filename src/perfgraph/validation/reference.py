"""The reference engine: pySHACL over rdflib. It reports failures and writes no sentences.

pySHACL hands the text of a SELECT constraint to rdflib once for each focus node, and rdflib would
parse it each time; ``_PreparedGraph`` parses it once for the process. A report keeps only focus
node, path and value of a row, so the rows are read back for the messages' other variables.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pyshacl
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError
from pyshacl.errors import ValidationFailure as EngineFailure
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as Rows
from rdflib.term import Node

from perfgraph.validation.errors import UnusableShapesError
from perfgraph.validation.results import Result
from perfgraph.validation.shapes import prologue


class _PreparedGraph(Graph):
    """A view of a graph that parses each query text once."""

    # The arguments are rdflib's own and are handed on untouched.
    def query(self, query_object: str | Query, *args: Any, **options: Any) -> Rows:
        if isinstance(query_object, str):
            query_object = _prepared(query_object)
        return super().query(query_object, *args, **options)


def run(graph: Graph, shapes: Graph) -> Iterator[Result]:
    """Yield every failure of ``shapes`` in ``graph``, in no particular order.

    Raises:
        UnusableShapesError: pySHACL cannot execute the shapes.
    """
    view = _PreparedGraph(store=graph.store, identifier=graph.identifier)
    try:
        _, report, text = pyshacl.validate(
            view, shacl_graph=shapes, inference="none", advanced=False, inplace=True
        )
    except (ConstraintLoadError, ShapeLoadError, ReportableRuntimeError) as error:
        raise UnusableShapesError(str(error)) from error
    if isinstance(report, EngineFailure) or not isinstance(report, Graph):
        raise UnusableShapesError(str(text))
    seen = set[tuple[Node | None, ...]]()
    for node in report.subjects(RDF.type, SH.ValidationResult):
        result = _result(report, node)
        key = (result.shape, result.component, result.focus, result.path, result.value)
        if key not in seen:
            seen.add(key)
            yield from _with_rows(result, view, shapes)


@lru_cache(maxsize=256)
def _prepared(text: str) -> Query:
    return prepareQuery(text)


def _result(report: Graph, node: Node) -> Result:
    shape = report.value(node, SH.sourceShape)
    component = report.value(node, SH.sourceConstraintComponent)
    focus = report.value(node, SH.focusNode)
    assert isinstance(shape, URIRef)
    assert isinstance(component, URIRef)
    assert focus is not None
    return Result(
        shape,
        component,
        focus,
        report.value(node, SH.resultPath),
        report.value(node, SH.value),
    )


def _with_rows(result: Result, graph: _PreparedGraph, shapes: Graph) -> Iterator[Result]:
    """Yield ``result`` once for each row of its SELECT constraint that led to it."""
    if result.component != SH.SPARQLConstraintComponent:
        yield result
        return
    prefixes = prologue(shapes)
    for constraint in shapes.objects(result.shape, SH.sparql):
        text = prefixes + str(shapes.value(constraint, SH.select))
        for row in graph.query(text, initBindings={"this": result.focus}).bindings:
            bindings = {str(variable): value for variable, value in row.items()}
            if (
                bindings.get("path") == result.path
                and bindings.get("value", result.focus) == result.value
            ):
                yield Result(
                    result.shape,
                    result.component,
                    result.focus,
                    result.path,
                    bindings.get("value"),
                    bindings,
                )
