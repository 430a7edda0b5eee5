"""The triples of a graph that a user wrote ↔ the lines that are kept of it. Pure.

Blank nodes are allowed here, unlike in documents. They get canonical labels (RDFC-1.0) with the
graph's own beginning, so that the same graph gives the same lines and graphs share no node.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TypeVar

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from perfgraph.store.writing.errors import NotRdfError
from perfgraph.text import Text


def lines_of(graph: str, triples: Iterable[Triple]) -> list[str]:
    """Return the triples of a graph as sorted lines, without graph and dot."""
    found = set(triples)
    if any(_has_blank_node(triple) for triple in found):
        label = f"g{hashlib.sha256(graph.encode()).hexdigest()[:8]}"
        dataset = Dataset(Quad(one.subject, one.predicate, one.object) for one in found)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        found = {
            Triple(_labelled(quad.subject, label), quad.predicate, _labelled(quad.object, label))
            for quad in dataset
        }
    return sorted(map(str, found))


def triples_of(lines: Iterable[str]) -> list[Triple]:
    """Return the triples that ``lines_of`` wrote."""
    content = "".join(f"{line} .\n" for line in lines).encode()
    return [quad.triple for quad in parse(content, RdfFormat.N_TRIPLES)]


def read_rdf(content: bytes, form: RdfFormat, base: str, *, suffix: str = "") -> list[Triple]:
    """Return the triples of a file that was sent.

    Args:
        content: the file.
        form: its format.
        base: what relative IRIs are relative to.
        suffix: is put to the labels of blank nodes, which are new ones in every file.

    Raises:
        NotRdfError: it is not of that format, or names graphs itself.
    """
    try:
        quads = list(parse(content, form, base_iri=base))
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        where = Text(zh=f"第 {line} 行：", en=f"line {line}: ") if line else Text(zh="", en="")
        reason = str(error.args[0]) if error.args else str(error)
        raise NotRdfError(
            Text(
                zh=f"内容不是有效的 {form.name}：{where.zh}{reason}",
                en=f"this is no valid {form.name}: {where.en}{reason}",
            ),
            advice=Text(
                zh="请检查内容，以及 Content-Type 是否与之相符",
                en="check the content, and that Content-Type says what it is",
            ),
        ) from error
    if form.supports_datasets and any(isinstance(quad.graph_name, NamedNode) for quad in quads):
        raise NotRdfError(
            Text(
                zh="内容里有命名图，而地址已指定了图",
                en="it has named graphs, but the address names one already",
            ),
            advice=Text(zh="请只发送三元组", en="send triples only"),
        )
    return [
        Triple(_renewed(quad.subject, suffix), quad.predicate, _renewed(quad.object, suffix))
        for quad in quads
    ]


def _has_blank_node(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)


_Term = TypeVar("_Term", NamedNode | BlankNode | Triple, NamedNode | BlankNode | Literal | Triple)


def _labelled(term: _Term, label: str) -> _Term:
    return BlankNode(f"{label}{term.value}") if isinstance(term, BlankNode) else term


def _renewed(term: _Term, suffix: str) -> _Term:
    return BlankNode(f"{term.value}{suffix}") if isinstance(term, BlankNode) else term
