"""A store in a directory, answered by pyoxigraph in this process.

Every load makes a new release beside the old one and moves a pointer; see ``releases`` for the
files. What is decided about documents is in ``planning``, what stands in a graph in ``contents``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from perfgraph.store import journal
from perfgraph.store.archive import Archive
from perfgraph.store.builder import Builder
from perfgraph.store.builder import Former as FormerRelease
from perfgraph.store.collection import Collection, Version
from perfgraph.store.errors import ReadOnlyError
from perfgraph.store.intake import find_version, take_in
from perfgraph.store.journal import Entry
from perfgraph.store.lines import decode, encode
from perfgraph.store.names import release_graph
from perfgraph.store.opened import OpenRelease
from perfgraph.store.protocol import Result
from perfgraph.store.releases import Manifest, Releases
from perfgraph.store.report import LoadReport, StoredDocument, Written
from perfgraph.store.submission import Submission
from perfgraph.store.vocabularies import Vocabulary, shipped_vocabularies
from perfgraph.store.writing.checks import repeated, written_by
from perfgraph.store.writing.former import Edit, Former
from perfgraph.text import Text

KEPT_RELEASES = 3


class Step(StrEnum):
    """What a load has just done; a crash after any of them leaves the old or the new release."""

    LOCKED = "locked"
    CLEARED = "cleared"
    ARCHIVED = "archived"
    STARTED = "started"
    MAIN_BUILT = "main-built"
    HISTORY_BUILT = "history-built"
    FINISHED = "finished"
    PUBLISHED = "published"
    CLEANED = "cleaned"


class EmbeddedStore:
    """The store in a directory; an absent or empty one is an empty dataset."""

    def __init__(
        self,
        folder: Path,
        *,
        read_only: bool = False,
        keep: int = KEPT_RELEASES,
        vocabularies: Callable[[], Sequence[Vocabulary]] = shipped_vocabularies,
        on_step: Callable[[Step], None] = lambda step: None,
    ) -> None:
        self._releases = Releases(folder)
        self._archive = Archive(self._releases.documents)
        self._read_only = read_only
        self._keep = max(keep, 1)
        self._vocabularies = vocabularies
        self._on_step = on_step
        self._opened = OpenRelease.current(self._releases)

    @property
    def location(self) -> str:
        """The directory."""
        return str(self._releases.folder)

    @property
    def base(self) -> str | None:
        """Base of the data IRIs; ``None`` as long as no document was loaded."""
        return self._opened.manifest.collection.base

    @property
    def release(self) -> str:
        """Name of the open release, equal for equal content; empty without documents."""
        release = self._opened.release
        return "" if release is None else release.content

    @property
    def databases(self) -> tuple[Path, Path] | None:
        """Directories of the main and the history database, for readers in other processes."""
        release = self._opened.release
        return None if release is None else (release.main, release.history)

    def query(
        self,
        text: str,
        *,
        history: bool = False,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Result:
        """Answer a SPARQL query; see ``Store.query``."""
        opened = self._opened.history if history else self._opened.main
        return opened.query(text, default_graphs=default_graphs, named_graphs=named_graphs)

    def lines(self, *, history: bool = False) -> list[str]:
        """Return a dataset as sorted N-Quads lines, without the release's own graph."""
        opened = self._opened.history if history else self._opened.main
        base = self.base
        return opened.lines(without=() if base is None else (release_graph(base),))

    def documents(self) -> tuple[StoredDocument, ...]:
        """Return all documents, current and superseded, by IRI."""
        return self._opened.manifest.collection.documents()

    def nquads(self, document: str) -> bytes:
        """Return the canonical N-Quads of a document."""
        return self._read(find_version(self._opened.manifest.collection, document))

    def grid(self, document: str) -> bytes | None:
        """Return the tables of a document as read; ``None`` when none were handed in."""
        digest = find_version(self._opened.manifest.collection, document).grid
        return None if digest is None else self._archive.read(digest)

    def load(
        self,
        submissions: Iterable[Submission],
        *,
        replaces: Sequence[str] = (),
        now: datetime | None = None,
    ) -> LoadReport:
        """Take in converted documents; see ``Store.load``."""
        moment = now or datetime.now(UTC)
        self._check_writable()
        with self._releases.writing():
            self._prepare()
            former = self._opened.manifest
            intake = take_in(
                former.collection, submissions, self._archive.add, replaces=replaces, now=moment
            )
            self._on_step(Step.ARCHIVED)
            if intake.changes or (intake.is_known and self._is_outdated(former)):
                self._build(self._opened.former, intake.collection, moment)
            self._clean()
            self._on_step(Step.CLEANED)
            return LoadReport(intake.outcomes, self.release)

    def write(self, edit: Edit, *, who: str, now: datetime | None = None) -> Written:
        """Write a user's graphs; see ``Store.write``."""
        moment = now or datetime.now(UTC)
        self._check_writable()
        with self._releases.writing():
            self._prepare()
            manifest = self._opened.manifest
            former = Former(
                manifest.collection,
                self._digests(),
                self._archive.read,
                None if self._opened.release is None else self._opened.release.main,
                self._releases.scratch,
            )
            changed = edit.changes(former)
            if changed:
                kept = {
                    graph: None if lines is None else self._archive.add(encode(lines))
                    for graph, lines in changed.items()
                }
                self._build(self._opened.former, manifest.collection.with_free(kept), moment)
            written = written_by(former, changed, self.release, self.graph_state)
            journal.append(
                self._releases.folder,
                Entry(who, str(edit), written.graphs, written.release),
                now=moment,
            )
            self._clean()
            return written

    def graph_state(self, graph: str) -> str | None:
        """Return what changes when a graph does; see ``Store.graph_state``."""
        return self._opened.states.get(graph)

    def rebuild(self, *, now: datetime | None = None) -> None:
        """Make the current release anew from its documents alone.

        Raises:
            StoreError: documents are damaged, or the store cannot be written.
        """
        self._check_writable()
        with self._releases.writing():
            self._prepare()
            manifest = self._opened.manifest
            if manifest.collection.versions or manifest.collection.free:
                self._build(None, manifest.collection, now or datetime.now(UTC))
            self._clean()

    def refresh(self) -> bool:
        """Go over to the newest release; return whether there was a newer one."""
        current = self._releases.current()
        if current == self._opened.release:
            return False
        former, self._opened = self._opened, OpenRelease.current(self._releases)
        former.close()
        return True

    def close(self) -> None:
        """Let go of the release; answers that are being read stay readable."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _check_writable(self) -> None:
        if self._read_only:
            raise ReadOnlyError(
                Text(
                    zh=f"{self.location} 是以只读方式打开的",
                    en=f"{self.location} was opened for reading only",
                )
            )

    def _prepare(self) -> None:
        """Start from the newest release and from a clean directory."""
        self._on_step(Step.LOCKED)
        self._releases.clear_leftovers()
        self._clean()
        self._on_step(Step.CLEARED)
        self.refresh()

    def _is_outdated(self, manifest: Manifest) -> bool:
        """Return whether this installation has other vocabularies than the release."""
        return manifest.vocabularies != self._digests()

    def _digests(self) -> dict[str, str]:
        return {one.name: one.digest for one in self._vocabularies()}

    def _read(self, version: Version) -> bytes:
        return self._archive.read(version.nquads)

    def _build(self, former: FormerRelease | None, collection: Collection, now: datetime) -> None:
        """Make a release of ``collection`` and go over to it."""
        builder = Builder(
            collection,
            self._vocabularies(),
            self._read,
            self._archive.read,
            former=former,
            now=now,
        )
        building = self._releases.start()
        self._on_step(Step.STARTED)
        builder.build_main(building.main)
        self._check_free(building.main, collection)
        self._on_step(Step.MAIN_BUILT)
        builder.build_history(building.history, building.main)
        self._on_step(Step.HISTORY_BUILT)
        self._archive.sync()
        release = self._releases.finish(building, builder.manifest)
        self._on_step(Step.FINISHED)
        self._releases.publish(release)
        self._on_step(Step.PUBLISHED)
        self.refresh()

    def _check_free(self, database: Path, collection: Collection) -> None:
        """Refuse a release in which a user's graph says what another graph says too."""
        free = ((graph, decode(self._archive.read(one))) for graph, one in collection.free.items())
        found = repeated(database, free)
        if found is not None:
            raise found

    def _clean(self) -> None:
        """Remove old releases, and documents that no release needs."""
        needed: set[str] = set()
        for release in self._releases.prune(self._keep):
            collection = release.manifest().collection
            needed.update(collection.free.values())
            for version in collection.versions.values():
                needed.add(version.nquads)
                if version.grid is not None:
                    needed.add(version.grid)
        self._archive.keep_only(needed)
