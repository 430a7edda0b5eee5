"""The directory of an embedded store: releases, the pointer to the current one, locks.

    current            name of the release that answers; replaced as a whole
    lock               held by the one writer
    documents/         every document as converted, and users' graphs (see ``archive``)
    writes.jsonl       who wrote what by update or graph store (see ``journal``)
    releases/NAME/     main/ and history/ (databases), manifest.json.gz, in-use
    releases/building/ what a writer is making, or what a crash left

A release is never changed once the pointer has named it. No database is opened here.
"""

from __future__ import annotations

import gzip
import json
import shutil
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from perfgraph.store.collection import Collection, version_from_json, version_to_json
from perfgraph.store.durable import PARTIAL, sync_folder, sync_tree, write_whole
from perfgraph.store.errors import DamagedStoreError, StoreBusyError
from perfgraph.store.journal import JOURNAL
from perfgraph.store.locks import FileLock
from perfgraph.text import Text

LAYOUT = 1
"""Number of this layout; a release of another layout is built anew from its documents."""

_BUILDING, _SCRATCH = "building", "scratch"
_MANIFEST = "manifest.json.gz"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release is made of."""

    release: str
    collection: Collection
    vocabularies: Mapping[str, str]
    """Digest of each vocabulary, by its name."""
    unsettled: int = 0
    """Graphs written since the databases were last optimised."""
    layout: int = LAYOUT

    def to_bytes(self) -> bytes:
        """Return the manifest as compressed JSON, the same bytes for the same content."""
        content = {
            "layout": self.layout,
            "release": self.release,
            "unsettled": self.unsettled,
            "vocabularies": dict(sorted(self.vocabularies.items())),
            "documents": [version_to_json(one) for one in self.collection.versions.values()],
            "free": dict(self.collection.free),
        }
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return gzip.compress(text.encode(), 3, mtime=0)

    @classmethod
    def from_bytes(cls, content: bytes) -> Manifest:
        """Return the manifest that ``to_bytes`` wrote.

        Raises:
            ValueError: it is none.
        """
        data = json.loads(gzip.decompress(content))
        match data:
            case {
                "layout": int(layout),
                "release": str(release),
                "unsettled": int(unsettled),
                "vocabularies": dict(vocabularies),
                "documents": list(documents),
            }:
                collection = Collection.of(
                    map(version_from_json, documents), free=data.get("free", {})
                )
                return cls(release, collection, vocabularies, unsettled, layout)
            case _:
                raise ValueError("no manifest of a release")


@dataclass(frozen=True, slots=True)
class Release:
    """A release as a directory."""

    folder: Path

    @property
    def name(self) -> str:
        """Running number and content, such as ``000002-1f0c5a77b09d3e42``."""
        return self.folder.name

    @property
    def content(self) -> str:
        """The part of the name that is a function of the documents."""
        return self.name.partition("-")[2]

    @property
    def number(self) -> int:
        """The running number."""
        return int(self.name.partition("-")[0])

    @property
    def main(self) -> Path:
        """Database of the current facts."""
        return self.folder / "main"

    @property
    def history(self) -> Path:
        """Database of all versions."""
        return self.folder / "history"

    @property
    def lock(self) -> FileLock:
        """A new lock that readers share."""
        return FileLock(self.folder / "in-use")

    def manifest(self) -> Manifest:
        """Return what the release is made of.

        Raises:
            DamagedStoreError: the manifest cannot be read.
        """
        try:
            return Manifest.from_bytes((self.folder / _MANIFEST).read_bytes())
        except (OSError, EOFError, zlib.error, ValueError) as error:
            raise DamagedStoreError(
                Text(
                    zh=f"无法读取发布版本的清单：{self.folder / _MANIFEST}",
                    en=f"the manifest of a release cannot be read: {self.folder / _MANIFEST}",
                ),
                advice=Text(
                    zh="目录可能不是 perfgraph 库，或已损坏；请从备份恢复",
                    en="the directory may be no perfgraph store, or damaged: restore a backup",
                ),
            ) from error


class Releases:
    """The releases in a store's directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._releases = folder / "releases"
        self._pointer = folder / "current"

    @property
    def scratch(self) -> Path:
        """Directory for a database that is thrown away; on the file system of the releases."""
        return self._releases / _SCRATCH

    @property
    def documents(self) -> Path:
        """Directory of the documents as converted."""
        return self.folder / "documents"

    def current(self) -> Release | None:
        """Return the release that answers; ``None`` before the first load.

        Raises:
            DamagedStoreError: the pointer names no release, or the directory is no store.
        """
        try:
            name = self._pointer.read_text("ascii").strip()
        except FileNotFoundError:
            if self.folder.is_dir() and not self._is_ours():
                raise _not_a_store(self.folder) from None
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise _not_a_store(self.folder) from error
        release = Release(self._releases / name)
        if not release.main.is_dir():
            raise _not_a_store(self.folder)
        return release

    def _is_ours(self) -> bool:
        """Return whether the directory is empty, or holds what an unfinished load leaves."""
        names = {path.name for path in self.folder.iterdir()}
        return names <= {"lock", "documents", "releases", f"current{PARTIAL}", JOURNAL}

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer.

        Raises:
            StoreBusyError: another one is at work.
        """
        self.current()  # refuses a foreign directory before anything is written
        self._releases.mkdir(parents=True, exist_ok=True)
        self.documents.mkdir(exist_ok=True)
        lock = FileLock(self.folder / "lock")
        if not lock.acquire():
            raise StoreBusyError(
                Text(
                    zh=f"另一进程正在写入 {self.folder}",
                    en=f"another process is writing to {self.folder}",
                ),
                advice=Text(zh="请稍后再试", en="try again when it is done"),
            )
        try:
            yield
        finally:
            lock.release()

    def clear_leftovers(self) -> None:
        """Remove what a crashed writer left; only a writer may call this."""
        for name in (_BUILDING, _SCRATCH):
            shutil.rmtree(self._releases / name, ignore_errors=True)
        current = self.current()
        for release in self._all():
            if current is None or release.number > current.number:
                shutil.rmtree(release.folder)

    def start(self) -> Release:
        """Return an empty directory to build a release in."""
        building = Release(self._releases / _BUILDING)
        building.folder.mkdir()
        return building

    def finish(self, building: Release, manifest: Manifest) -> Release:
        """Make a built release complete and durable under its own name; it is not current yet."""
        (building.folder / _MANIFEST).write_bytes(manifest.to_bytes())
        (building.folder / "in-use").touch()
        sync_tree(building.folder)
        current = self.current()
        number = 1 if current is None else current.number + 1
        release = Release(self._releases / f"{number:06d}-{manifest.release}")
        building.folder.rename(release.folder)
        sync_folder(self._releases)
        return release

    def publish(self, release: Release) -> None:
        """Make a release the current one: from now on readers open it."""
        write_whole(self._pointer, f"{release.name}\n".encode("ascii"))

    def prune(self, keep: int) -> list[Release]:
        """Remove old releases beyond ``keep`` that no reader has open; return what is left."""
        kept = []
        for age, release in enumerate(sorted(self._all(), key=lambda one: -one.number)):
            lock = release.lock
            if age < keep or not lock.acquire():
                kept.append(release)
                continue
            shutil.rmtree(release.folder, ignore_errors=True)
            lock.release()
        return kept

    def _all(self) -> list[Release]:
        found = [Release(path) for path in self._releases.glob("[0-9]*-*")]
        return [release for release in found if release.folder.is_dir()]


def _not_a_store(folder: Path) -> DamagedStoreError:
    return DamagedStoreError(
        Text(
            zh=f"{folder} 不是 perfgraph 库，或已损坏",
            en=f"{folder} is no perfgraph store, or damaged",
        ),
        advice=Text(
            zh="请指定空目录、不存在的目录或已有的库",
            en="name an empty or absent directory, or a store",
        ),
    )
