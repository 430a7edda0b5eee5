"""A load that is decided → the update requests that bring a server to the new state.

Each request is complete in itself: documents, shared graph, the release's own graph and records.
The history dataset is written first, so that it never lacks what the main one has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from pyoxigraph import NamedNode, QuerySolutions

from perfgraph.store import registry as records
from perfgraph.store import updates
from perfgraph.store.archive import Archive
from perfgraph.store.collection import Version
from perfgraph.store.contents import (
    Changes,
    Contents,
    ReadDocument,
    changes_between,
    history_graphs,
    main_graphs,
    release_triples,
)
from perfgraph.store.endpoint import Endpoint
from perfgraph.store.errors import StoreBusyError
from perfgraph.store.names import release_graph
from perfgraph.store.registry import Registry, archive_graph
from perfgraph.store.vocabularies import Vocabulary
from perfgraph.text import Text

_REQUEST_BYTES = 2_000_000
"""Documents are put into one request up to about this size."""


class Transfer:
    """Writes to the datasets of one store."""

    def __init__(
        self,
        main: Endpoint,
        history: Endpoint | None,
        vocabularies: Sequence[Vocabulary],
        spool: Archive,
        fetch: ReadDocument,
    ) -> None:
        self._main = main
        self._history = history
        self._vocabularies = vocabularies
        self._digests = {one.name: one.digest for one in vocabularies}
        self._spool = spool
        self._fetch = fetch

    def carry_out(
        self, former: Registry, changes: Sequence[tuple[Version, ...]], now: datetime
    ) -> Iterator[Registry]:
        """Change the server, one portion of documents after the other; yield each state.

        Raises:
            StoreBusyError: another process wrote in the meantime.
            ServerError: the server does not answer, or refuses.
        """
        for changed in _portions(changes, self._spool) or [()]:
            collection = former.collection.with_versions(changed)
            new = Registry(collection.digest(self._digests), collection, self._digests)
            contents = Contents(collection, self._vocabularies, self._read, self._spool.read)
            if self._history is not None:
                self._write_history(self._history, former, new, contents, now)
            self._check_unmoved(former)
            parts = [
                *_rewrite(_main_changes(former, new), contents.main),
                *_own_graph(new, collection.current.values(), now),
                *self._archive_updates(new, changed),
            ]
            self._main.update(updates.together(parts))
            former = new
            yield new

    def _read(self, version: Version) -> bytes:
        if version.nquads in self._spool:
            return self._spool.read(version.nquads)
        return self._fetch(version)

    def _archive_updates(self, new: Registry, changed: Sequence[Version]) -> Iterator[str]:
        archive = archive_graph(new.collection.base or "")
        triples = [records.record_of_release(new)]
        yield updates.forget(archive + records.RECORD, archive)
        for version in changed:
            yield updates.forget(version.name.facts + records.RECORD, archive)
            triples.append(records.record(version))
            for suffix, digest in ((records.NQUADS, version.nquads), (records.GRID, version.grid)):
                if digest is not None and digest in self._spool:
                    yield updates.forget(version.name.facts + suffix, archive)
                    triples.append(records.payload(version, suffix, self._spool.read(digest)))
        yield from updates.inserts(map(str, triples), archive)

    def _write_history(
        self,
        history: Endpoint,
        former: Registry,
        new: Registry,
        contents: Contents,
        now: datetime,
    ) -> None:
        """Bring the history dataset to the new state: before the main one, so that it has all."""
        wanted = history_graphs(new.collection, new.vocabularies)
        there = records.release_name(history)
        if there and there == former.release:
            old = history_graphs(former.collection, former.vocabularies)
            changes = changes_between(old, wanted)
        else:  # another history, none, or one that a crash left ahead: write it all
            changes = Changes(_graphs(history, new.collection.base or ""), tuple(sorted(wanted)))
        parts = [
            *_rewrite(changes, contents.history),
            *_own_graph(new, new.collection.versions.values(), now),
        ]
        history.update(updates.together(parts))

    def _check_unmoved(self, former: Registry) -> None:
        """Refuse to write over what another writer did since."""
        if records.release_name(self._main) != former.release:
            raise StoreBusyError(
                Text(
                    zh=f"另一进程刚刚写入了 {self._main.url}",
                    en=f"another process has just written to {self._main.url}",
                ),
                advice=Text(zh="请重新载入", en="load again"),
            )


def _portions(changes: Sequence[tuple[Version, ...]], spool: Archive) -> list[tuple[Version, ...]]:
    """Return the changes in groups that make requests of a reasonable size."""
    portions: list[tuple[Version, ...]] = []
    open_portion: list[Version] = []
    size = 0
    for group in changes:
        open_portion += group
        size += sum(len(spool.read(one.nquads)) for one in group if one.nquads in spool)
        if size >= _REQUEST_BYTES:
            portions.append(tuple(open_portion))
            open_portion, size = [], 0
    if open_portion:
        portions.append(tuple(open_portion))
    return portions


def _main_changes(former: Registry, new: Registry) -> Changes:
    return changes_between(
        main_graphs(former.collection, former.vocabularies),
        main_graphs(new.collection, new.vocabularies),
    )


def _rewrite(changes: Changes, lines: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """Yield the updates that put graphs into their new state."""
    for graph in changes.removed:
        yield updates.drop(graph)
    for graph in changes.written:
        ending = f" <{graph}> ."
        yield from updates.inserts((line.removesuffix(ending) for line in lines(graph)), graph)


def _own_graph(new: Registry, versions: Iterable[Version], now: datetime) -> Iterator[str]:
    """Yield the updates that write the release's own graph."""
    graph = release_graph(new.collection.base or "")
    yield updates.drop(graph)
    yield from updates.inserts(
        release_triples(new.collection, versions, release=new.release, issued=now), graph
    )


def _graphs(endpoint: Endpoint, base: str) -> tuple[str, ...]:
    """Return the graphs of ours that a dataset has; Virtuoso, for one, has some of its own."""
    # Not DISTINCT: over some ten thousand triples Virtuoso takes minutes for it.
    answer = endpoint.query("SELECT ?graph { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph", {})
    assert isinstance(answer, QuerySolutions)  # a server answers SELECT with rows
    names = (row["graph"].value for row in answer if isinstance(row["graph"], NamedNode))
    return tuple(name for name in names if name.startswith(f"{base}graph/"))
