"""A node of the graph → its place in the document: file, table, row, column, printed text.

Reads provenance only: ``prov:wasDerivedFrom`` of a node, ``pg:column`` and ``pg:cellRole`` of its
table, and the fragment of a cell's IRI where the cell itself is not described.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from perfgraph.model import Place
from perfgraph.shacl import Graph, Node, Path, Term
from perfgraph.shacl.paths import Sequence as Steps
from perfgraph.validation.terms import FISCAL, OTHER, TOTAL
from perfgraph.vocab import DCTERMS, PG, PROV

_SOURCES = {PG.budgetTotal: TOTAL, PG.budgetFiscal: FISCAL, PG.budgetOther: OTHER}
"""The flat amounts of a project are printed in the cells of its amount nodes."""
_FRAGMENT = re.compile(r"#t(\d+)(?:\.r(\d+)\.c(\d+))?$")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place, and what is printed there; the text is ``None`` where it was not kept."""

    place: Place
    text: str | None
    document: Term | None


def locate(graph: Graph, node: Term, path: Path | None, project: Term | None) -> Spot | None:
    """Return where the property ``path`` of ``node`` is printed; ``None`` without provenance.

    A node without a cell of its own stands where its project stands; what a path of several
    steps leads to stands under its first one.
    """
    if isinstance(path, Steps):
        path = path.steps[0]
    cell = graph.value(node, PROV.wasDerivedFrom) or _amount_cell(graph, node, path)
    if cell is not None:
        return _in_column(graph, cell, path) or _spot(graph, cell)
    table = None if project is None else graph.value(project, PG.describedBy)
    if table is None:
        return None
    return _with_role(graph, table, path) or _spot(graph, table)


def _amount_cell(graph: Graph, node: Term, path: Path | None) -> Term | None:
    source = _SOURCES.get(path) if isinstance(path, NamedNode) else None
    if source is None:
        return None
    for amount in sorted(graph.objects(node, PG.budgetAmount), key=str):
        if graph.value(amount, PG.fundingSource) == source:
            return graph.value(amount, PROV.wasDerivedFrom)
    return None


def _in_column(graph: Graph, cell: Term, path: Path | None) -> Spot | None:
    """Return the cell in the row of ``cell`` under the column that feeds ``path``."""
    if not isinstance(path, NamedNode) or not isinstance(cell, NamedNode):
        return None
    table = _table(cell)
    for column in graph.objects(table, PG.column):
        if graph.has(column, PG.cellRole, path):
            own = _spot(graph, cell)
            place, index = own.place, _integer(graph, column, PG.columnIndex)
            if index is None or index == place.column:
                return None
            other = NamedNode(f"{table.value}.r{place.row}.c{index}")
            beside = Place(place.file, place.table, place.row, index, place.sheet, place.page)
            return Spot(beside, _raw_text(graph, other), own.document)
    return None


def _with_role(graph: Graph, table: Term, role: Path | None) -> Spot | None:
    """Return the header cell of ``table`` that feeds the property ``role``."""
    if not isinstance(role, NamedNode):
        return None
    for cell in _parts(graph, table):
        if graph.has(cell, PG.cellRole, role):
            return _spot(graph, cell)
    return None


def _parts(graph: Graph, table: Term) -> list[Node]:
    """Return the described cells of a table."""
    return graph.subjects(DCTERMS.isPartOf, table)


def _table(node: Term) -> NamedNode:
    """Return the table that a table or cell belongs to, from its IRI."""
    return NamedNode(node.value.partition(".r")[0])


def _spot(graph: Graph, node: Term) -> Spot:
    """Return the place of a table or cell, from its description or else from its IRI."""
    match = _FRAGMENT.search(node.value)
    written = [None if group is None else int(group) for group in match.groups()] if match else []
    table, row, column = written or [None, None, None]
    holder = graph.value(node, DCTERMS.isPartOf) or _table(node)
    document = graph.value(holder, PG.inDocument) or NamedNode(node.value.partition("#")[0])
    file, sheet = graph.value(document, PG.fileName), graph.value(holder, PG.sheetName)
    place = Place(
        file=(file or document).value,
        table=_integer(graph, node, PG.tableIndex) or table,
        row=_integer(graph, node, PG.rowIndex) or row,
        column=_integer(graph, node, PG.columnIndex) or column,
        sheet=None if sheet is None else sheet.value,
        page=_integer(graph, node, PG.pageNumber) or _integer(graph, holder, PG.pageNumber),
    )
    return Spot(place, _raw_text(graph, node), document)


def _raw_text(graph: Graph, cell: Term) -> str | None:
    text = graph.value(cell, PG.rawText)
    return None if text is None else text.value


def _integer(graph: Graph, node: Term, predicate: NamedNode) -> int | None:
    value = graph.value(node, predicate)
    return int(value.value) if isinstance(value, Literal) else None
