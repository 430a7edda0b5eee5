"""What a write has done, and whether every triple still stands in one graph only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox

from perfgraph.store.database import named
from perfgraph.store.report import Written
from perfgraph.store.writing.errors import RepeatedTripleError
from perfgraph.store.writing.former import Changed, Former, Lines
from perfgraph.store.writing.free import triples_of
from perfgraph.text import Text


def written_by(
    former: Former,
    changed: Changed,
    release: str,
    state: Callable[[str], str | None],
) -> Written:
    """Return what a write has done."""
    counts = {}
    for graph, lines in changed.items():
        old, new = set(former.lines(graph) or ()), set(lines or ())
        counts[graph] = (len(new - old), len(old - new))
    there = {graph: state(graph) for graph in changed}
    return Written(
        graphs=counts,
        created=tuple(
            graph
            for graph, lines in changed.items()
            if lines is not None and former.lines(graph) is None
        ),
        states={graph: one for graph, one in there.items() if one is not None},
        release=release,
    )


def repeated(database: Path, graphs: Iterable[tuple[str, Lines]]) -> RepeatedTripleError | None:
    """Return the error for a triple of some graphs that stands in another graph too."""
    store = ox.Store.read_only(str(database))
    for graph, lines in graphs:
        this = named(graph)
        for one in triples_of(lines):
            for quad in store.quads_for_pattern(one.subject, one.predicate, one.object, None):
                if quad.graph_name != this:
                    return _repeated(one, this, quad.graph_name)
    return None


def _repeated(triple: ox.Triple, graph: object, other: object) -> RepeatedTripleError:
    zh = [f"图 {one} " if isinstance(one, ox.NamedNode) else "默认图" for one in (graph, other)]
    en = [
        f"graph {one}" if isinstance(one, ox.NamedNode) else "the default graph"
        for one in (graph, other)
    ]
    return RepeatedTripleError(
        Text(
            zh=f"{zh[0]}中的三元组在{zh[1]}中已有：{triple}",
            en=f"a triple of {en[0]} stands in {en[1]} too: {triple}",
        ),
        advice=Text(
            zh="每个三元组只能在一个图中，否则合计会重复；请去掉其中一处",
            en="a triple stands in one graph only, or it would count twice; leave one of them out",
        ),
    )
