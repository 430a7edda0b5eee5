"""A node of the graph → its place in the document: file, table, row, column, printed text.

Reads provenance only: ``prov:wasDerivedFrom`` of a node, ``pg:column`` and ``pg:cellRole`` of its
table, and the fragment of a cell's IRI where the cell itself is not described.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV
from rdflib.term import Node

from perfgraph.model import Place
from perfgraph.validation.terms import PG, PGF

_SOURCES = {
    PG.budgetTotal: PGF.total,
    PG.budgetFiscal: PGF.fiscal,
    PG.budgetOther: PGF.other,
}
"""The flat amounts of a project are printed in the cells of its amount nodes."""
_FRAGMENT = re.compile(r"#t(\d+)(?:\.r(\d+)\.c(\d+))?$")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place, and what is printed there; the text is ``None`` where it was not kept."""

    place: Place
    text: str | None = None


def locate(graph: Graph, node: Node, path: Node | None, project: Node | None) -> Spot | None:
    """Return where the property ``path`` of ``node`` is printed; ``None`` without provenance.

    A node without a cell of its own stands where its project stands.
    """
    cell = graph.value(node, PROV.wasDerivedFrom) or _amount_cell(graph, node, path)
    if cell is not None:
        return _in_column(graph, cell, path) or _cell_spot(graph, cell)
    table = None if project is None else graph.value(project, PG.describedBy)
    if table is None:
        return None
    return _with_role(graph, table, path) or Spot(_place(graph, table))


def _amount_cell(graph: Graph, node: Node, path: Node | None) -> Node | None:
    source = _SOURCES.get(path) if isinstance(path, URIRef) else None
    if source is None:
        return None
    for amount in sorted(graph.objects(node, PG.budgetAmount), key=str):
        if graph.value(amount, PG.fundingSource) == source:
            return graph.value(amount, PROV.wasDerivedFrom)
    return None


def _in_column(graph: Graph, cell: Node, path: Node | None) -> Spot | None:
    """Return the cell in the row of ``cell`` under the column that feeds ``path``."""
    own = _place(graph, cell)
    table = URIRef(str(cell).partition(".r")[0])
    for column in graph.objects(table, PG.column):
        if path is not None and graph.value(column, PG.cellRole) == path:
            index = _integer(graph, column, PG.columnIndex)
            if index is None or index == own.column:
                return None
            other = URIRef(f"{table}.r{own.row}.c{index}")
            place = Place(own.file, own.table, own.row, index, own.sheet, own.page)
            return Spot(place, _raw_text(graph, other))
    return None


def _with_role(graph: Graph, table: Node, role: Node | None) -> Spot | None:
    """Return the header cell of ``table`` that feeds the property ``role``."""
    if role is None:
        return None
    for cell in sorted(graph.subjects(PG.cellRole, role), key=str):
        if graph.value(cell, DCTERMS.isPartOf) == table:
            return _cell_spot(graph, cell)
    return None


def _cell_spot(graph: Graph, cell: Node) -> Spot:
    return Spot(_place(graph, cell), _raw_text(graph, cell))


def _place(graph: Graph, node: Node) -> Place:
    """Return the place of a table or cell, from its description or else from its IRI."""
    match = _FRAGMENT.search(str(node))
    written = [None if group is None else int(group) for group in match.groups()] if match else []
    table, row, column = written or [None, None, None]
    holder = graph.value(node, DCTERMS.isPartOf) or URIRef(str(node).partition(".r")[0])
    document = graph.value(holder, PG.inDocument) or URIRef(str(node).partition("#")[0])
    sheet = graph.value(holder, PG.sheetName)
    return Place(
        file=str(graph.value(document, PG.fileName) or document),
        table=_integer(graph, node, PG.tableIndex) or table,
        row=_integer(graph, node, PG.rowIndex) or row,
        column=_integer(graph, node, PG.columnIndex) or column,
        sheet=None if sheet is None else str(sheet),
        page=_integer(graph, node, PG.pageNumber) or _integer(graph, holder, PG.pageNumber),
    )


def _raw_text(graph: Graph, cell: Node) -> str | None:
    text = graph.value(cell, PG.rawText)
    return None if text is None else str(text)


def _integer(graph: Graph, node: Node, predicate: URIRef) -> int | None:
    value = graph.value(node, predicate)
    return int(value) if isinstance(value, Literal) else None
