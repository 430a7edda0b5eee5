"""One pyoxigraph database on disk: build it, open it, ask it.

A database is built once, from nothing or as a cheap copy of the former one, and only read after.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from perfgraph.errors import QueryError
from perfgraph.store.asking import names_dataset
from perfgraph.store.errors import DamagedStoreError
from perfgraph.store.protocol import Result
from perfgraph.text import Text

_CHUNK = 1 << 16


def build(folder: Path, lines: Iterable[str]) -> None:
    """Make a database of N-Quads lines in a new folder."""
    _write(ox.Store(folder), (), lines)


def build_from(
    former: Path, folder: Path, *, removed: Sequence[str], lines: Iterable[str]
) -> None:
    """Make a database from a former one: without some graphs, and with lines more.

    The files of the former database are shared, not copied, and not touched.

    Raises:
        DamagedStoreError: the former database cannot be opened.
    """
    try:
        ox.Store.read_only(str(former)).backup(folder)
    except OSError as error:
        raise unreadable(former) from error
    _write(ox.Store(folder), removed, lines)


def _write(store: ox.Store, removed: Sequence[str], lines: Iterable[str]) -> None:
    for graph in removed:
        store.remove_graph(ox.NamedNode(graph))
    # lenient: the lines were checked when they came in
    store.bulk_load(_Reader(lines), ox.RdfFormat.N_QUADS, lenient=True)
    store.optimize()
    store.flush()


class _Reader(io.RawIOBase):
    """Lines as a binary file, so that they are never in memory together."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        """Return some bytes; none at the end."""
        wanted = _CHUNK if size is None or size < 0 else size
        if not self._rest:
            self._rest = "".join(f"{line}\n" for line in _take(self._lines, wanted)).encode()
        head, self._rest = self._rest[:wanted], self._rest[wanted:]
        return head


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
        except OSError as error:
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
            QueryError: the text is no query.
            DamagedStoreError: the files cannot be read.
        """
        try:
            if default_graphs or named_graphs:
                return self._store.query(
                    text,
                    default_graph=[ox.NamedNode(iri) for iri in default_graphs],
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
        except OSError as error:
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
            zh="请用 rebuild 由库中保存的文件重建，或从备份恢复",
            en="rebuild the store from its documents, or restore a backup",
        ),
    )


def chained(*parts: Iterable[str]) -> Iterator[str]:
    """Return lines one part after the other."""
    return chain.from_iterable(parts)
