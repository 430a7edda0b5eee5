"""The bytes of a ZIP archive → its entries, each read within limits; nothing is written to disk.

An office document is such an archive, too: it is told apart and not opened here.
"""

from __future__ import annotations

import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, NoReturn

from perfgraph.errors import SourceError
from perfgraph.model import Place
from perfgraph.sources.errors import UnsupportedFormatError
from perfgraph.sources.inputs.damage import INCOMPLETE, damaged
from perfgraph.sources.inputs.end_record import EndRecord
from perfgraph.sources.inputs.errors import (
    ArchiveAsFileError,
    ArchiveLimitError,
    DamagedArchiveError,
    ProtectedEntryError,
)
from perfgraph.sources.inputs.limits import Limits
from perfgraph.sources.inputs.names import parts_of
from perfgraph.text import Text

MAGIC = b"PK\x03\x04"
_ENCRYPTED = 0x1
_FIRST_NAME_AT = 30
_HELD = 8 * 2**20
_CHUNK = 1 << 20
_DOCUMENT_PARTS = {"[content_types].xml", "mimetype", "ofd.xml", "meta-inf/manifest.mf"}
"""One of these stands in every Office, OpenDocument, OFD, EPUB or Java file."""
_UNREAD_DOCUMENTS = (
    ("ofd.xml", Text(zh=" OFD 文件", en="an OFD file")),
    ("ppt/presentation.xml", Text(zh="幻灯片（.pptx）", en="slides (.pptx)")),
    ("meta-inf/manifest.mf", Text(zh=" Java 程序", en="a Java program")),
    (
        "[content_types].xml",
        Text(zh="没有文字和表格的 Office 文件", en="an Office file of another kind"),
    ),
    ("mimetype", Text(zh="没有文字和表格的文档", en="a document of another kind")),
)
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError),
    NotImplementedError,  # for a version that no archive has
)


class Budget:
    """What is left of the limits of one archive and of those inside it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._entries = limits.entries
        self._bytes = limits.unpacked_bytes

    def spend_entries(self, number: int, place: Place) -> None:
        """Count entries.

        Raises:
            ArchiveLimitError: there are too many now.
        """
        self._entries -= number
        if self._entries < 0:
            most = self._limits.entries
            raise ArchiveLimitError(
                place, Text(zh=f"文件超过 {most} 个", en=f"over {most} files are in it")
            )

    def spend_bytes(self, number: int, place: Place) -> None:
        """Count unpacked bytes.

        Raises:
            ArchiveLimitError: there are too many now.
        """
        self._bytes -= number
        if self._bytes < 0:
            most = f"{self._limits.unpacked_bytes:,}"
            raise ArchiveLimitError(
                place, Text(zh=f"解开后超过 {most} 字节", en=f"it unfolds to over {most} bytes")
            )


class Archive:
    """An open archive."""

    def __init__(self, opened: zipfile.ZipFile, stream: IO[bytes], budget: Budget) -> None:
        self._opened = opened
        self._stream = stream
        self._budget = budget
        listed = opened.infolist()  # a garbled name may be empty, which is_dir() does not expect
        self.entries = tuple(entry for entry in listed if not entry.filename.endswith("/"))
        self.parts = tuple(parts_of(entry) for entry in self.entries)

    def head(self, index: int, place: Place) -> bytes:
        """Return the first bytes of an entry.

        Raises:
            SourceError: it is encrypted or damaged.
        """
        with self._reading(index, place) as stream:
            return stream.read(len(MAGIC))

    def chunks(self, index: int, place: Place, most: int) -> Iterator[bytes]:
        """Yield the bytes of an entry.

        Raises:
            SourceError: it is encrypted or damaged, has over ``most`` bytes, or the archive
                unfolds to more than it may.
        """
        size = 0
        with self._reading(index, place) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    limit = Text(zh=f"解开后超过 {most:,} 字节", en=f"it has over {most:,} bytes")
                    raise ArchiveLimitError(place, limit)
                self._budget.spend_bytes(len(chunk), place)
                yield chunk

    def inner(self, index: int, place: Place, limits: Limits) -> Archive | None:
        """Return an archive that is an entry of this one; ``None`` where it is a document.

        Raises:
            SourceError: it cannot be opened within the limits.
        """
        stream = tempfile.SpooledTemporaryFile(max_size=_HELD)  # noqa: SIM115 # the archive has it
        try:
            for chunk in self.chunks(index, place, limits.unpacked_bytes):
                stream.write(chunk)
            found = archive_in(stream, place, limits, self._budget)
        except SourceError:
            stream.close()
            raise
        if found is None:
            stream.close()
        return found

    def close(self) -> None:
        """Close the archive and the file it is read from."""
        self._opened.close()
        self._stream.close()

    @contextmanager
    def _reading(self, index: int, place: Place) -> Iterator[IO[bytes]]:
        entry = self.entries[index]
        if entry.flag_bits & _ENCRYPTED:
            raise ProtectedEntryError(place)
        try:
            with self._opened.open(entry) as stream:
                yield stream
        except NotImplementedError as error:
            reason = Text(zh="压缩方式少见", en="it is compressed in a rare way")
            raise DamagedArchiveError(place, reason) from error
        except _DAMAGE as error:
            raise DamagedArchiveError(place, INCOMPLETE) from error


def archive_in(stream: IO[bytes], place: Place, limits: Limits, budget: Budget) -> Archive | None:
    """Return the archive in ``stream``; ``None`` where it is a document, or no archive at all.

    Raises:
        ArchiveLimitError: its list of files is too long.
    """
    try:
        stream.seek(0)
        if stream.read(len(MAGIC)) != MAGIC:
            return None
        end = EndRecord.of(stream)
        if end is not None and min(end.directory_bytes, end.found_at) > limits.directory_bytes:
            long = Text(zh="文件列表过长", en="its list of files is too long")
            raise ArchiveLimitError(place, long)
        if end is None or not end.is_of_whole:
            return None  # cut off: whoever reads it as a document says so
        opened = zipfile.ZipFile(stream)
    except _DAMAGE:
        return None  # likewise
    if any(name.replace("\\", "/").lower() in _DOCUMENT_PARTS for name in opened.namelist()):
        return None
    found = Archive(opened, stream, budget)
    budget.spend_entries(len(found.entries), place)
    return found


def check_whole(content: bytes, place: Place) -> None:
    """Refuse an archive that is cut off, or not only one; LibreOffice checks an OpenDocument.

    Raises:
        SourceError: it is, in the words of the document or archive that it seems to be.
    """
    if content.startswith(MAGIC) and not content.startswith(b"mimetype", _FIRST_NAME_AT):
        end = EndRecord.of(BytesIO(content))
        if end is None or not end.is_of_whole:
            raise damaged(content, place)


def refuse(content: bytes, place: Place) -> NoReturn:
    """Raise the error for an archive that no reader of documents takes.

    Raises:
        SourceError: it is damaged.
        ArchiveAsFileError: it holds files.
        UnsupportedFormatError: it is a document of a format that is not read.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as opened:
            names = {name.replace("\\", "/").lower() for name in opened.namelist()}
    except _DAMAGE as error:
        raise damaged(content, place) from error
    for part, name in _UNREAD_DOCUMENTS:
        if part in names:
            raise UnsupportedFormatError(place, name)
    raise ArchiveAsFileError(place)
