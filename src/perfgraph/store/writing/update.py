"""A SPARQL update, carried out on a copy to see what it changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from perfgraph.store.database import named
from perfgraph.store.writing.errors import UpdateError, UpdateSyntaxError
from perfgraph.store.writing.former import Changed, Former, Lines, managed
from perfgraph.store.writing.free import lines_of
from perfgraph.store.writing.text import Touched, touched, with_dataset
from perfgraph.text import Text


@dataclass(frozen=True, slots=True)
class Update:
    """Carries out a SPARQL update; its default graph is the real one, unless ``using`` says."""

    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    base: str | None = None

    def changes(self, former: Former) -> Changed:
        """See ``Edit``."""
        text = with_dataset(self.text, self.using, self.using_named)
        try:
            wanted = touched(text, base=self.base)
        except SyntaxError as error:
            raise UpdateSyntaxError(self.text, str(error)) from error
        with former.copy() as store:
            watched = _watched(former, wanted)
            before = {graph: _state(store, graph) for graph in watched}
            try:
                store.update(text, base_iri=self.base)
            except SyntaxError as error:
                raise UpdateSyntaxError(self.text, str(error)) from error
            except OSError as error:  # its message may name files
                raise _failed(Text(zh="数据库出错", en="the database failed")) from error
            except (RuntimeError, ValueError) as error:
                raise _failed(Text(zh=str(error), en=str(error))) from error
            for graph, state in before.items():
                if _state(store, graph) != state:
                    raise managed(graph)
            return dict(_changed(former, wanted, store))

    def __str__(self) -> str:
        return self.text


def _watched(former: Former, wanted: Touched) -> list[str]:
    """Return the graphs that may not change and might."""
    return sorted(former.managed if wanted.is_all else former.managed & wanted.graphs)


def _changed(
    former: Former, wanted: Touched, store: ox.Store
) -> Iterator[tuple[str, Lines | None]]:
    there = {graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)}
    scope = {"", *wanted.graphs}
    if wanted.is_all:
        scope |= there | set(former.collection.free)
    for graph in sorted(scope - former.managed):
        old = former.lines(graph)
        is_there = graph in there or (graph == "" and (old is not None or _has_default(store)))
        new = _lines(store, graph) if is_there else None
        if new != old:
            former.check_free(graph)
            yield graph, new


def _has_default(store: ox.Store) -> bool:
    return next(store.quads_for_pattern(None, None, None, ox.DefaultGraph()), None) is not None


def _lines(store: ox.Store, graph: str) -> Lines:
    quads = store.quads_for_pattern(None, None, None, named(graph))
    return lines_of(graph, (quad.triple for quad in quads))


def _state(store: ox.Store, graph: str) -> str:
    """Return what tells whether a graph has changed: the engine writes it always in one order."""
    digest = _Digest()
    # write is all that it needs of a file
    store.dump(digest, ox.RdfFormat.N_TRIPLES, from_graph=named(graph))  # type: ignore[arg-type]
    return digest.value


class _Digest:
    """A binary file that keeps only the hash of what is written to it."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self._hash.update(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: there is nothing held back."""

    @property
    def value(self) -> str:
        return self._hash.hexdigest()


def _failed(reason: Text) -> UpdateError:
    return UpdateError(
        Text(
            zh=f"更新未能执行：{reason.zh}", en=f"the update could not be carried out: {reason.en}"
        ),
        advice=Text(
            zh="没有写入任何内容；请按原因修改", en="nothing was written; mend what it says"
        ),
    )
