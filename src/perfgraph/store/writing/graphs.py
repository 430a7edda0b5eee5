"""A graph put, added to or removed as a whole, on condition; see the Graph Store Protocol."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import RdfFormat

from perfgraph.store.writing.errors import ChangedMeanwhileError, NoSuchGraphError
from perfgraph.store.writing.former import Changed, Former
from perfgraph.store.writing.free import lines_of, read_rdf, triples_of
from perfgraph.text import Text

EMPTY = "empty"
"""State of the default graph as long as nothing was written to it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """The state that a graph must have; see RFC 9110, section 13.1."""

    states: tuple[str, ...] | None = None
    """One of these; the graph must be there at all when it is empty."""
    is_absent: bool = False

    def check(self, former: Former, graph: str) -> None:
        """Compare.

        Raises:
            ChangedMeanwhileError: the graph has another state.
        """
        state = former.graphs.get(graph, EMPTY if graph == "" else None)
        is_wrong_state = self.states is not None and (
            state is None or (bool(self.states) and state not in self.states)
        )
        if is_wrong_state or (self.is_absent and state is not None):
            raise ChangedMeanwhileError(
                Text(
                    zh="图的状态与请求的条件不符，未写入",
                    en="the graph is not in the state that the request wants; not written",
                ),
                advice=Text(
                    zh="请重新读取该图，用新的 ETag 再试",
                    en="read the graph again and use its new ETag",
                ),
            )


ANY = Condition()


@dataclass(frozen=True, slots=True)
class Part:
    """A file with triples."""

    content: bytes
    form: RdfFormat


@dataclass(frozen=True, slots=True)
class Put:
    """Replaces a graph by what is in some files, or (``is_merge``) adds that to it."""

    graph: str
    parts: tuple[Part, ...]
    is_merge: bool = False
    condition: Condition = ANY
    base: str = ""

    def changes(self, former: Former) -> Changed:
        """See ``Edit``."""
        self.condition.check(former, self.graph)
        former.check_free(self.graph)
        old = former.lines(self.graph)
        triples = triples_of(old or ()) if self.is_merge else []
        for number, part in enumerate(self.parts):
            base = self.base or self.graph
            triples += read_rdf(part.content, part.form, base, suffix=f"p{number}")
        lines = lines_of(self.graph, triples)
        return {} if lines == old else {self.graph: lines}

    def __str__(self) -> str:
        return f"{'POST' if self.is_merge else 'PUT'} {self.graph or 'DEFAULT'}"


@dataclass(frozen=True, slots=True)
class Remove:
    """Removes a graph; empties the default graph."""

    graph: str
    condition: Condition = ANY

    def changes(self, former: Former) -> Changed:
        """See ``Edit``."""
        self.condition.check(former, self.graph)
        former.check_free(self.graph)
        if former.lines(self.graph) is not None:
            return {self.graph: None}
        if self.graph:
            raise no_such_graph(self.graph)
        return {}

    def __str__(self) -> str:
        return f"DELETE {self.graph or 'DEFAULT'}"


def no_such_graph(graph: str) -> NoSuchGraphError:
    """Return the error for a graph that is not there."""
    return NoSuchGraphError(
        Text(zh=f"没有图 <{graph}>", en=f"there is no graph <{graph}>"),
        advice=Text(
            zh="现有的图：SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }",
            en="the graphs there are: SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }",
        ),
    )
