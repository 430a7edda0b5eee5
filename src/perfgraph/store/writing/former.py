"""The release that a write starts from, and what a write is; nothing is stored here.

A user may write every graph that no document made. The facts, their provenance and the store's own
graphs come from documents alone: whoever wants them changed loads a corrected document.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from perfgraph.store.collection import Collection
from perfgraph.store.contents import main_graphs
from perfgraph.store.database import unreadable
from perfgraph.store.lines import decode
from perfgraph.store.names import is_own_graph, release_graph
from perfgraph.store.writing.errors import ManagedGraphError
from perfgraph.text import Text

Lines = Sequence[str]
Changed = Mapping[str, Lines | None]
"""The new lines of each graph that changes; ``None`` for one that is removed."""


class Former:
    """The release that an edit starts from."""

    def __init__(
        self,
        collection: Collection,
        vocabularies: Mapping[str, str],
        read: Callable[[str], bytes],
        database: Path | None,
        scratch: Path,
    ) -> None:
        self.collection = collection
        self._vocabularies = vocabularies
        self._read = read
        self._database = database
        self._scratch = scratch

    @cached_property
    def graphs(self) -> Mapping[str, str]:
        """All graphs with their fingerprints."""
        return main_graphs(self.collection, self._vocabularies)

    @cached_property
    def managed(self) -> frozenset[str]:
        """The graphs that are not the users'."""
        base = self.collection.base
        own = () if base is None else (release_graph(base),)
        return frozenset(self.graphs.keys() - self.collection.free.keys()).union(own)

    def lines(self, graph: str) -> Lines | None:
        """Return the lines of a user's graph; ``None`` when there is none."""
        digest = self.collection.free.get(graph)
        return None if digest is None else decode(self._read(digest))

    def check_free(self, graph: str) -> None:
        """Refuse a graph that is not the users'.

        Raises:
            ManagedGraphError: it is not.
        """
        if graph in self.managed or is_own_graph(graph, self.collection.base):
            raise managed(graph)

    @contextmanager
    def copy(self) -> Iterator[ox.Store]:
        """Yield a copy of the database that may be changed at will."""
        if self._database is None:
            yield ox.Store()
            return
        try:
            ox.Store.read_only(str(self._database)).backup(self._scratch)
            yield ox.Store(self._scratch)
        except OSError as error:
            raise unreadable(self._database) from error
        finally:
            shutil.rmtree(self._scratch, ignore_errors=True)


class Edit(Protocol):
    """One write."""

    def changes(self, former: Former) -> Changed:
        """Return what it changes.

        Raises:
            StoreError: it cannot be carried out.
        """

    def __str__(self) -> str:
        """Return what it is, for the journal."""


def managed(graph: str) -> ManagedGraphError:
    """Return the error for a write to a graph that is made from documents."""
    return ManagedGraphError(
        Text(
            zh=f"图 <{graph}> 由文件生成，或属于存储库本身，不能直接改写",
            en=f"the graph <{graph}> is made from a document or is the store's own; it is not "
            "written directly",
        ),
        advice=Text(
            zh="请用 perfgraph load 载入更正后的文件；自己的数据写入另外的图",
            en="load a corrected document with perfgraph load; write your own data to other graphs",
        ),
    )
