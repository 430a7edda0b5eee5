"""The documents of a store → the graphs of its two datasets, and the lines of each.

The main dataset has the current facts, each triple once; the history has every version whole. A
graph's fingerprint tells without reading whether its lines are still right, so that an update
rewrites only what changed. Pure apart from the reader of documents that it is given.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache

from pyoxigraph import Literal, NamedNode, Triple

from perfgraph.store.collection import Collection, Version
from perfgraph.store.lines import Statement, bracket, decode, in_graph, put
from perfgraph.store.names import (
    release_graph,
    shared_graph,
    vocabulary_graph,
)
from perfgraph.store.roles import own_statements, stands_beside
from perfgraph.store.vocabularies import Vocabulary
from perfgraph.vocab import DCTERMS, PG, XSD

ReadDocument = Callable[[Version], bytes]
"""Returns the canonical N-Quads of a document."""
ReadLines = Callable[[str], bytes]
"""Returns the triples of a user's graph, as lines, by their SHA-256."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update of one dataset has to do."""

    removed: tuple[str, ...]
    """Graphs that are to be emptied: gone, or about to be written anew."""
    written: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.removed or self.written)


def changes_between(old: Mapping[str, str], new: Mapping[str, str]) -> Changes:
    """Return what leads from the graphs of one release to those of another.

    >>> changes_between({"a": "1", "b": "1"}, {"b": "2", "c": "1"})
    Changes(removed=('a', 'b'), written=('b', 'c'))
    """
    return Changes(
        removed=tuple(sorted(graph for graph in old if old[graph] != new.get(graph))),
        written=tuple(sorted(graph for graph in new if new[graph] != old.get(graph))),
    )


def main_graphs(collection: Collection, vocabularies: Mapping[str, str]) -> dict[str, str]:
    """Return the graphs of the main dataset with their fingerprints."""
    return _graphs(collection, collection.current.values(), vocabularies, is_history=False)


def history_graphs(collection: Collection, vocabularies: Mapping[str, str]) -> dict[str, str]:
    """Return the graphs of the history dataset with their fingerprints."""
    return _graphs(collection, collection.versions.values(), vocabularies, is_history=True)


def _graphs(
    collection: Collection,
    versions: Iterable[Version],
    vocabularies: Mapping[str, str],
    *,
    is_history: bool,
) -> dict[str, str]:
    base = collection.base
    if base is None:
        return dict(collection.free)
    graphs = dict(collection.free)
    graphs |= {vocabulary_graph(base, name): digest for name, digest in vocabularies.items()}
    shared: set[str] = set()
    for version in versions:
        beside = () if is_history else stands_beside(collection, version)
        content = [version.nquads, *sorted(other.nquads for other in beside)]
        graphs[version.name.facts] = _fingerprint(content)
        graphs[version.name.provenance] = _fingerprint([*content, *sorted(version.supersedes)])
        shared.update(version.shared)
    graphs[shared_graph(base)] = _fingerprint([*sorted(vocabularies.values()), *sorted(shared)])
    return graphs


def _fingerprint(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


class Contents:
    """The lines of the graphs of one collection."""

    def __init__(
        self,
        collection: Collection,
        vocabularies: Sequence[Vocabulary],
        read: ReadDocument,
        read_lines: ReadLines,
    ) -> None:
        self._collection = collection
        self._vocabularies = vocabularies
        self._by_graph: dict[str, tuple[Version, bool]] = {}
        for version in collection.versions.values():
            self._by_graph[version.name.facts] = (version, True)
            self._by_graph[version.name.provenance] = (version, False)
        self._read_lines = read_lines
        self._read = lru_cache(maxsize=8)(lambda iri: decode(read(collection.versions[iri])))

    def main(self, graph: str) -> Iterator[str]:
        """Yield the lines of a graph of the main dataset."""
        if graph in self._collection.free:
            return self._free(graph)
        if graph not in self._by_graph:
            return put(self._common(graph, self._collection.current.values()), graph)
        version, is_facts = self._by_graph[graph]
        beside = stands_beside(self._collection, version)
        if not beside:
            return self._whole(version, graph, is_facts=is_facts)
        own = own_statements(
            list(self._statements(version, version.name.facts)),
            self._statements(version, version.name.provenance),
            (one for other in beside for one in self._statements(other, other.name.facts)),
        )
        kept = map(str, own.facts if is_facts else own.provenance)
        return put([*kept, *(() if is_facts else _supersessions(version))], graph)

    def history(self, graph: str) -> Iterator[str]:
        """Yield the lines of a graph of the history dataset."""
        if graph in self._collection.free:
            return self._free(graph)
        if graph not in self._by_graph:
            return put(self._common(graph, self._collection.versions.values()), graph)
        version, is_facts = self._by_graph[graph]
        return self._whole(version, graph, is_facts=is_facts)

    def _free(self, graph: str) -> Iterator[str]:
        return put(decode(self._read_lines(self._collection.free[graph])), graph)

    def _whole(self, version: Version, graph: str, *, is_facts: bool) -> Iterator[str]:
        triples = in_graph(self._read(version.iri), graph)
        return put(triples if is_facts else [*triples, *_supersessions(version)], graph)

    def _statements(self, version: Version, graph: str) -> Iterator[Statement]:
        return map(Statement.of, in_graph(self._read(version.iri), graph))

    def _common(self, graph: str, versions: Iterable[Version]) -> Iterable[str]:
        """Return the triples of a vocabulary or of the shared graph."""
        base = self._collection.base or ""
        for vocabulary in self._vocabularies:
            if graph == vocabulary_graph(base, vocabulary.name):
                return vocabulary.triples
        shared = {triple for version in versions for triple in version.shared}
        return sorted(shared - self._declared)

    @cached_property
    def _declared(self) -> frozenset[str]:
        return frozenset(triple for one in self._vocabularies for triple in one.triples)


def _supersessions(version: Version) -> list[str]:
    """Return the triples that say what ``version`` replaced: it is the loader who writes them."""
    return [
        f"{bracket(version.iri)} {PG.supersedes} {bracket(old)}"
        for old in sorted(version.supersedes)
    ]


def release_triples(
    collection: Collection, versions: Iterable[Version], *, release: str, issued: datetime
) -> list[str]:
    """Return what the release's own graph says: its name, and when which document came in."""
    base = collection.base
    if base is None:
        return []
    this = NamedNode(release_graph(base))
    triples = [
        Triple(this, DCTERMS.identifier, Literal(release)),
        Triple(this, DCTERMS.issued, _time(issued)),
    ]
    triples += [
        Triple(NamedNode(one.name.facts), DCTERMS.dateAccepted, _time(one.loaded_at))
        for one in versions
    ]
    return sorted(map(str, triples))


def _time(moment: datetime) -> Literal:
    text = moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Literal(text, datatype=XSD.dateTime)
