"""One pyoxigraph database on disk: build it, open it, ask it.

A database is built once, from nothing or as a cheap copy of the former one, and only read after.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from perfgraph.errors import QueryError
from perfgraph.store.asking import names_dataset
from perfgraph.store.errors import DamagedStoreError
from perfgraph.store.lines import encode
from perfgraph.text import Text

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from perfgraph.store.protocol import Result

_CHUNK = 1 << 16


def build(
    folder: Path,
    *,
    lines: Iterable[str],
    former: Path | None = None,
    removed: Sequence[str] = (),
    present: Sequence[str] = (),
    optimize: bool = True,
) -> None:
    """Make a database of N-Quads lines in a new folder.

    Args:
        folder: must not exist.
        lines: what is added.
        former: a database to start from; its files are shared, not copied, and not touched.
        removed: graphs of the former database to leave out.
        present: graphs that are there even without a triple.
        optimize: make answers as fast as they can be, which reads and writes everything.

    Raises:
        DamagedStoreError: the former database cannot be opened.
    """
    if former is not None:
        try:
            ox.Store.read_only(str(former)).backup(folder)
        except (OSError, RuntimeError) as error:
            raise unreadable(former) from error
    store = ox.Store(folder)
    for graph in removed:
        store.remove_graph(named(graph))
    for graph in present:
        store.add_graph(named(graph))
    file = io.BufferedReader(_Lines(lines), _CHUNK)
    # lenient: the lines were checked when they came in
    store.bulk_load(file, ox.RdfFormat.N_QUADS, lenient=True)
    if optimize:
        store.optimize()
    store.flush()


def named(graph: str) -> ox.NamedNode | ox.DefaultGraph:
    """Return a graph's name as the engine has it; the default graph when it is empty."""
    return ox.NamedNode(graph) if graph else ox.DefaultGraph()


class _Lines(io.RawIOBase):
    """Lines as a binary file, so that they are never in memory together."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer with the next bytes; none at the end."""
        space = memoryview(buffer)
        if not self._rest:
            self._rest = encode(_take(self._lines, len(space)))
        head, self._rest = self._rest[: len(space)], self._rest[len(space) :]
        space[: len(head)] = head
        return len(head)


def _take(lines: Iterator[str], size: int) -> Iterator[str]:
    """Yield lines until they have about ``size`` characters."""
    taken = 0
    for line in lines:
        yield line
        taken += len(line)
        if taken >= size:
            return


class Database:
    """A database that is open for questions."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    @classmethod
    def open(cls, folder: Path) -> Database:
        """Return the database in a folder.

        Raises:
            DamagedStoreError: it cannot be opened.
        """
        try:
            return cls(ox.Store.read_only(str(folder)))
        except (OSError, RuntimeError) as error:
            raise unreadable(folder) from error

    @classmethod
    def empty(cls) -> Database:
        """Return a database without anything."""
        return cls(ox.Store())

    def query(
        self, text: str, *, default_graphs: Sequence[str], named_graphs: Sequence[str]
    ) -> Result:
        """Answer a query over the union of all graphs, or over the dataset that is named.

        Raises:
            QueryError: the text is no query, or it cannot be evaluated.
        """
        try:
            if default_graphs or named_graphs:
                return self._store.query(
                    text,
                    default_graph=[named(iri) for iri in default_graphs],
                    named_graphs=[ox.NamedNode(iri) for iri in named_graphs],
                )
            return self._store.query(text, use_default_graph_as_union=not names_dataset(text))
        except SyntaxError as error:
            raise QueryError(
                Text(zh=f"SPARQL 语法错误：{error.msg}", en=f"SPARQL syntax error: {error.msg}")
            ) from error
        except ValueError as error:
            raise QueryError(
                Text(zh=f"不是有效的图 IRI：{error}", en=f"no valid graph IRI: {error}")
            ) from error
        except (OSError, RuntimeError) as error:
            raise QueryError(
                Text(zh=f"查询执行失败：{error}", en=f"the query failed: {error}")
            ) from error

    def lines(self, *, without: Sequence[str] = ()) -> list[str]:
        """Return all statements as sorted N-Quads lines, except those of some graphs."""
        hidden = {ox.NamedNode(iri) for iri in without}
        return sorted(f"{quad} ." for quad in self._store if quad.graph_name not in hidden)


def unreadable(folder: Path) -> DamagedStoreError:
    """Return the error for a database that cannot be opened."""
    return DamagedStoreError(
        Text(zh=f"无法打开数据库 {folder}", en=f"the database {folder} cannot be opened"),
        advice=Text(
            zh="请把文件重新载入到一个新的文件夹",
            en="Load the documents into a new folder",
        ),
    )


def chained(*parts: Iterable[str]) -> Iterator[str]:
    """Return lines one part after the other."""
    return chain.from_iterable(parts)
