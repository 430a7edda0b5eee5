"""A dataset on a server, asked so that its default graph is the union of all graphs.

Servers differ: some always do so, some on a switch, some never. It is found out with one question
at the first query, not assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions

from perfgraph.errors import QueryError
from perfgraph.store.asking import names_dataset
from perfgraph.store.endpoint import Endpoint
from perfgraph.store.errors import NoUnionError
from perfgraph.store.protocol import Result
from perfgraph.text import Text

_Parameters = Mapping[str, Sequence[str]]

_WAYS: tuple[_Parameters, ...] = (
    {},
    {"union-default-graph": ("true",)},  # Oxigraph
)
_SOME_TRIPLE = (
    "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER(!ISBLANK(?s) && !ISBLANK(?o)) } LIMIT 1"
)
_ABSENT = "urn:x-perfgraph:absent"


@dataclass(frozen=True, slots=True)
class _Habits:
    """How a server treats the default graph."""

    union: _Parameters
    honours_from: bool


class UnionDataset:
    """A dataset on a server."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._habits: _Habits | None = None

    def query(
        self, text: str, *, default_graphs: Sequence[str], named_graphs: Sequence[str]
    ) -> Result:
        """Answer a query over the union of all graphs, or over the dataset that is named.

        Raises:
            NoUnionError: the server cannot answer over the dataset that is meant.
            QueryError: the text is no query, or a graph no IRI.
        """
        if default_graphs or named_graphs:
            _check_graphs([*default_graphs, *named_graphs])
            # A default graph must be named too, or servers take theirs.
            parameters = {
                "default-graph-uri": default_graphs or (_ABSENT,),
                "named-graph-uri": named_graphs or (_ABSENT,),
            }
            return self.endpoint.query(text, parameters)
        habits = self._find_habits()
        if habits is None:
            return self.endpoint.query(text, {})
        if names_dataset(text):
            if not habits.honours_from:
                raise self._from_is_ignored()
            return self.endpoint.query(text, {})
        return self.endpoint.query(text, habits.union)

    def _find_habits(self) -> _Habits | None:
        """Return how the server behaves; ``None`` while it has no triple to try with."""
        if self._habits is None:
            rows = self.endpoint.query(_SOME_TRIPLE, {})
            assert isinstance(rows, QuerySolutions)  # a server answers SELECT with rows
            for row in rows:
                triple = f"{row['s']} {row['p']} {row['o']}"
                self._habits = _Habits(
                    union=self._find_union(triple),
                    honours_from=self._honours_from(triple),
                )
        return self._habits

    def _honours_from(self, triple: str) -> bool:
        try:
            return not self._ask(f"ASK FROM <{_ABSENT}> {{ {triple} }}", {})
        except QueryError:  # it refuses FROM of a graph that it does not have, as our own does
            return True

    def _find_union(self, triple: str) -> _Parameters:
        for way in _WAYS:
            if self._ask(f"ASK {{ {triple} }}", way):
                return way
        raise NoUnionError(
            Text(
                zh=f"服务器 {self.endpoint.url} 的默认图不是所有命名图的并集",
                en=f"the default graph of {self.endpoint.url} is not the union of its graphs",
            ),
            advice=Text(
                zh="请在服务器上打开该选项，例如 Fuseki 的 tdb2:unionDefaultGraph true",
                en="switch it on at the server, as tdb2:unionDefaultGraph true in Fuseki",
            ),
        )

    def _ask(self, query: str, parameters: _Parameters) -> bool:
        answer = self.endpoint.query(query, parameters)
        return isinstance(answer, QueryBoolean) and bool(answer)

    def _from_is_ignored(self) -> NoUnionError:
        return NoUnionError(
            Text(
                zh=f"服务器 {self.endpoint.url} 忽略查询中的 FROM",
                en=f"the server {self.endpoint.url} ignores FROM in queries",
            ),
            advice=Text(
                zh="请不带 --union-default-graph 启动 Oxigraph（perfgraph 会自行请求并集），"
                "或以参数指定图",
                en="start Oxigraph without --union-default-graph (perfgraph asks for the union "
                "itself), or name the graphs as parameters",
            ),
        )


def _check_graphs(graphs: Iterable[str]) -> None:
    """Refuse what is no IRI: some servers take it for a graph that is not there."""
    try:
        for graph in graphs:
            NamedNode(graph)
    except ValueError as error:
        raise QueryError(
            Text(zh=f"不是有效的图 IRI：{error}", en=f"no valid graph IRI: {error}")
        ) from error
