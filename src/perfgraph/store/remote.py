"""A store on a SPARQL 1.1 server, by the Protocol and SPARQL Update alone.

Every file that is taken in is one update request (small ones share one), which servers carry out as
a whole: readers see each document before or after, and a load that is cut off can be given again.
There is no lock: two writers at one time are found out before a request, not during it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from pyoxigraph import NamedNode

from perfgraph.store import registry as records
from perfgraph.store.archive import Archive
from perfgraph.store.collection import Version
from perfgraph.store.endpoint import Endpoint, Location
from perfgraph.store.errors import DamagedStoreError, NoHistoryError, ReadOnlyError
from perfgraph.store.intake import find_version, take_in
from perfgraph.store.protocol import Result
from perfgraph.store.registry import Registry
from perfgraph.store.report import LoadReport, StoredDocument, Written
from perfgraph.store.submission import Submission
from perfgraph.store.transfer import Transfer
from perfgraph.store.union import UnionDataset
from perfgraph.store.vocabularies import Vocabulary, shipped_vocabularies
from perfgraph.store.writing.errors import NoWritesError
from perfgraph.store.writing.former import Edit
from perfgraph.text import Text


class RemoteStore:
    """The store on a server."""

    def __init__(
        self,
        url: str,
        *,
        read_only: bool = False,
        vocabularies: Callable[[], Sequence[Vocabulary]] = shipped_vocabularies,
    ) -> None:
        location = Location.parse(url)
        self._main = UnionDataset(Endpoint(location.main))
        self._history = (
            None if location.history is None else UnionDataset(Endpoint(location.history))
        )
        self._read_only = read_only
        self._vocabularies = vocabularies
        self._known: Registry | None = None

    @property
    def location(self) -> str:
        """The address that is asked, without a password."""
        return self._main.endpoint.url

    @property
    def base(self) -> str | None:
        """Base of the data IRIs; ``None`` as long as no document was loaded."""
        return self._registry.collection.base

    @property
    def release(self) -> str:
        """Name of the release, equal for equal content; empty without documents."""
        return self._registry.release

    def query(
        self,
        text: str,
        *,
        history: bool = False,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Result:
        """Answer a SPARQL query; see ``Store.query``."""
        dataset = self._main
        if history:
            if self._history is None:
                raise self._no_history()
            dataset = self._history
        return dataset.query(text, default_graphs=default_graphs, named_graphs=named_graphs)

    def write(self, edit: Edit, *, who: str, now: datetime | None = None) -> Written:
        """Refuse: a server has no releases, so nothing could be checked before it is in effect."""
        raise NoWritesError(
            Text(
                zh=f"不能经本服务改写 {self.location} 上的图",
                en=f"graphs on {self.location} are not written through this service",
            ),
            advice=Text(
                zh="请用 perfgraph load 载入文件，或直接写入该服务器",
                en="load documents with perfgraph load, or write to that server itself",
            ),
        )

    def graph_state(self, graph: str) -> str | None:
        """Return the release, if the server has the graph."""
        if graph and not self.query(f"ASK {{ GRAPH {NamedNode(graph)} {{ ?s ?p ?o }} }}"):
            return None
        return self.release

    def documents(self) -> tuple[StoredDocument, ...]:
        """Return all documents, current and superseded, by IRI."""
        return self._registry.collection.documents()

    def nquads(self, document: str) -> bytes:
        """Return the canonical N-Quads of a document."""
        return self._read(find_version(self._registry.collection, document))

    def grid(self, document: str) -> bytes | None:
        """Return the tables of a document as read; ``None`` when none were handed in."""
        version = find_version(self._registry.collection, document)
        return records.fetch(self._main.endpoint, version, is_grid=True)

    def load(
        self,
        submissions: Iterable[Submission],
        *,
        replaces: Sequence[str] = (),
        now: datetime | None = None,
    ) -> LoadReport:
        """Take in converted documents; see ``Store.load``."""
        moment = now or datetime.now(UTC)
        if self._read_only:
            raise ReadOnlyError(
                Text(
                    zh=f"{self.location} 是以只读方式打开的",
                    en=f"{self.location} was opened for reading only",
                )
            )
        self.refresh()
        vocabularies = self._vocabularies()
        with tempfile.TemporaryDirectory(prefix="perfgraph-") as folder:
            spool = Archive(Path(folder))
            former = self._registry
            intake = take_in(
                former.collection, submissions, spool.add, replaces=replaces, now=moment
            )
            is_outdated = former.vocabularies != {one.name: one.digest for one in vocabularies}
            if intake.changes or (intake.is_known and is_outdated):
                history = None if self._history is None else self._history.endpoint
                transfer = Transfer(self._main.endpoint, history, vocabularies, spool, self._read)
                for state in transfer.carry_out(former, intake.changes, moment):
                    self._known = state
        return LoadReport(intake.outcomes, self.release)

    def refresh(self) -> bool:
        """Read anew what the server has; return whether it changed."""
        former, self._known = self._known, None
        return former is not None and former.release != self._registry.release

    def close(self) -> None:
        """Do nothing: no connection is held between questions."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def _registry(self) -> Registry:
        if self._known is None:
            self._known = records.read_registry(self._main.endpoint)
        return self._known

    def _read(self, version: Version) -> bytes:
        content = records.fetch(self._main.endpoint, version)
        if content is None:
            raise DamagedStoreError(
                Text(
                    zh=f"服务器上缺少文件 <{version.iri}> 的内容",
                    en=f"the server lacks the content of <{version.iri}>",
                ),
                advice=Text(zh="请重新载入源文件", en="load the source file again"),
            )
        return content

    def _no_history(self) -> NoHistoryError:
        return NoHistoryError(
            Text(
                zh=f"{self.location} 没有配置历史数据集",
                en=f"no history dataset is configured for {self.location}",
            ),
            advice=Text(
                zh="在库地址后加 ?history=查询地址（另一个数据集）",
                en="add ?history=QUERY-URL of a second dataset to the store's address",
            ),
        )
