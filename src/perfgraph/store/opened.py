"""A release that is open for reading, held against removal; it never writes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from perfgraph.store.builder import Former
from perfgraph.store.collection import Collection
from perfgraph.store.contents import main_graphs
from perfgraph.store.database import Database
from perfgraph.store.locks import FileLock
from perfgraph.store.names import release_graph
from perfgraph.store.releases import Manifest, Release, Releases


class OpenRelease:
    """The release that was current when it was opened; files are opened when first needed."""

    def __init__(self, release: Release | None, lock: FileLock | None) -> None:
        self.release = release
        self._lock = lock

    @classmethod
    def current(cls, releases: Releases) -> OpenRelease:
        """Open the current release, or nothing where there is none.

        Raises:
            DamagedStoreError: the directory is no store.
        """
        while (release := releases.current()) is not None:
            lock = release.lock
            try:
                lock.acquire(shared=True)
            except FileNotFoundError:
                if releases.current() == release:  # not removed by a writer, but never whole
                    raise
                continue
            return cls(release, lock)
        return cls(None, None)

    @cached_property
    def manifest(self) -> Manifest:
        """What the release is made of."""
        return Manifest("", Collection(), {}) if self.release is None else self.release.manifest()

    @cached_property
    def states(self) -> Mapping[str, str]:
        """What changes when a graph does, for each graph."""
        manifest = self.manifest
        graphs = main_graphs(manifest.collection, manifest.vocabularies)
        if manifest.collection.base is not None:
            graphs[release_graph(manifest.collection.base)] = manifest.release
        return graphs

    @property
    def former(self) -> Former | None:
        """The release as the one that the next is made from."""
        return None if self.release is None else Former(self.release, self.manifest)

    @cached_property
    def main(self) -> Database:
        """The current facts."""
        return Database.empty() if self.release is None else Database.open(self.release.main)

    @cached_property
    def history(self) -> Database:
        """All versions."""
        return Database.empty() if self.release is None else Database.open(self.release.history)

    def close(self) -> None:
        """Allow the release to be removed."""
        if self._lock is not None:
            self._lock.release()
