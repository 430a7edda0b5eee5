"""The bytes of an Office package (ZIP) → its XML parts as streams of events, within limits.

Nothing is unpacked to disk, no part is held as a whole, a document type declaration is refused.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Protocol
from urllib.parse import unquote
from xml.parsers import expat

from perfgraph.model import Place
from perfgraph.sources.sheets.errors import BrokenWorkbookError, UnsafeWorkbookError
from perfgraph.sources.sheets.limits import MAX_PARTS, MAX_XML_BYTES, too_large
from perfgraph.text import Text

_CHUNK = 64 * 1024
_MAX_TOKEN = 512 * 1024
"""Bytes of one tag or comment; expat before 2.6 reads an unfinished one again with each chunk."""


class Events(Protocol):
    """What takes the events of one XML part; names are local, without prefix or namespace.

    Transitional and strict workbooks differ in their namespaces only, and some programs write a
    prefix before every name.
    """

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Characters stand here; one text may come in several pieces."""


class Package:
    """An open Office package."""

    def __init__(self, content: bytes, file: str) -> None:
        self._file = file
        self._left = MAX_XML_BYTES
        try:
            self._archive = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise broken(file, zh="压缩包不完整", en="the archive is incomplete") from error
        names = self._archive.namelist()
        if len(names) > MAX_PARTS:
            raise too_large(file, zh=f"部件超过 {MAX_PARTS} 个", en=f"over {MAX_PARTS} parts")
        # Some programs write backslashes or other letter cases than the relationships name.
        self._names = {name.replace("\\", "/").lower().lstrip("/"): name for name in names}

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._names

    def parse(self, part: str, events: Events) -> None:
        """Send the events of ``part`` to ``events``.

        Raises:
            BrokenWorkbookError: the part is missing, cannot be unpacked, or is no XML.
            UnsafeWorkbookError: the part declares a document type.
            WorkbookTooLargeError: the XML parts together are over the limit.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True

        def start(name: str, attributes: dict[str, str]) -> None:
            events.start(_local(name), attributes)

        def end(name: str) -> None:
            events.end(_local(name))

        def refuse(*_: object) -> None:
            raise UnsafeWorkbookError(Place(self._file), part)

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = events.text
        parser.StartDoctypeDeclHandler = refuse
        try:
            taken = 0
            for chunk in self._chunks(part):
                parser.Parse(chunk, False)
                taken += len(chunk)
                if taken - parser.CurrentByteIndex > _MAX_TOKEN:
                    raise broken(
                        self._file, zh=f"{part} 有过长的标记", en=f"{part} has an endless tag"
                    )
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise broken(
                self._file, zh=f"{part} 不是完整的 XML", en=f"{part} is no complete XML"
            ) from error

    def _chunks(self, part: str) -> Iterator[bytes]:
        name = self._names.get(part.lower())
        if name is None:
            raise broken(self._file, zh=f"缺少 {part}", en=f"{part} is missing")
        try:
            with self._archive.open(name) as stream:
                while chunk := stream.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        megabytes = MAX_XML_BYTES // 1024**2
                        raise too_large(
                            self._file,
                            zh=f"解压后超过 {megabytes} MB",
                            en=f"over {megabytes} MB when unpacked",
                        )
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,  # what zipfile raises for an entry with a password
        ) as error:
            raise broken(
                self._file, zh=f"{part} 无法解压", en=f"{part} cannot be unpacked"
            ) from error


class Relationships:
    """The relationships of a part, by id: type (its last word) and target part."""

    def __init__(self, part: str) -> None:
        self._folder = posixpath.dirname(part)
        self.targets: dict[str, tuple[str, str]] = {}

    @classmethod
    def of(cls, part: str, package: Package) -> Relationships:
        """Return the relationships of ``part``, the whole package being the empty name."""
        folder, name = posixpath.split(part)
        found = cls(part)
        rels = posixpath.join(folder, "_rels", name + ".rels")
        if rels in package:
            package.parse(rels, found)
        return found

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keep one relationship inside the package."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = unquote(attributes.get("Target", "")).replace("\\", "/")
            part = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.targets[attributes.get("Id", "")] = (kind, part)

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, text: str) -> None:
        """Nothing to do."""

    def of_kind(self, kind: str) -> str | None:
        """Return the first target of ``kind``."""
        return next((part for found, part in self.targets.values() if found == kind), None)


def broken(file: str, *, zh: str, en: str) -> BrokenWorkbookError:
    """Return the error for a damaged workbook."""
    return BrokenWorkbookError(Place(file), Text(zh=zh, en=en))


def _local(name: str) -> str:
    return name.rpartition(":")[2] if ":" in name else name
