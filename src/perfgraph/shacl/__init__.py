"""Shapes graph + data → validation results: SHACL compiled to SPARQL for the embedded Oxigraph.

The flow, one module a step: ``reading`` (triples → shapes), ``compiling`` (shapes → queries, with
``conditions`` for what a value must satisfy by itself), ``running`` (queries + data → results).
``shapes/README.md`` lists the subset. What is outside it is named in ``Schema.unsupported`` and
left to another engine. Nothing here knows perfgraph's rules, names or sentences.
"""

from __future__ import annotations

from perfgraph.shacl.compiling import Query, compile_shape
from perfgraph.shacl.errors import IllFormedShapeError, RecursiveShapeError
from perfgraph.shacl.graph import Graph, Node, Term
from perfgraph.shacl.paths import Path, path_text, read_path
from perfgraph.shacl.reading import Schema, Unsupported, read_shapes
from perfgraph.shacl.results import Result
from perfgraph.shacl.running import results, run
from perfgraph.shacl.shapes import Shape

__all__ = [
    "Graph",
    "IllFormedShapeError",
    "Node",
    "Path",
    "Query",
    "RecursiveShapeError",
    "Result",
    "Schema",
    "Shape",
    "Term",
    "Unsupported",
    "compile_shape",
    "path_text",
    "read_path",
    "read_shapes",
    "results",
    "run",
]
