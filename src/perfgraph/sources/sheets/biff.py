"""The bytes of an .xls file → its workbook stream, counted before any library unpacks it.

Only the headers of the records are read: how many there are, and what must not be there.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import olefile

from perfgraph.model import Place
from perfgraph.sources.sheets.errors import EncryptedWorkbookError
from perfgraph.sources.sheets.limits import MAX_CELLS, MAX_SHEETS, too_large
from perfgraph.sources.sheets.package import broken

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = ("Workbook", "Book")
_ENCRYPTED_PACKAGE = "EncryptedPackage"
_MAX_STREAM = 32 * 1024 * 1024
"""Bytes of the workbook stream; pictures stand in it, the tables take a hundredth of this."""
_MAX_TEXT_BYTES = 8 * 1024 * 1024
"""Bytes of the shared texts; a format run of 4 bytes takes 130 when unpacked."""
_MAX_RECORDS = 1_000_000
_MAX_STYLES = 70_000
"""Fonts, formats, styles, names and links: each takes about 1 kB when unpacked."""
_MAX_BLANKS = 3_000_000
"""Cells with a style and no text: 45 columns formatted over all 65,536 rows."""

_BOF = (0x0009, 0x0209, 0x0409, 0x0809)
_BOUND_SHEET, _FILE_PASS, _FILTER_MODE = 0x0085, 0x002F, 0x009B
_SHARED_TEXTS, _CONTINUE = 0x00FC, 0x003C
_MULTIPLE_NUMBERS, _MULTIPLE_BLANKS, _BLANK = 0x00BD, 0x00BE, (0x0001, 0x0201)
_CELLS = (
    0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x00D6, 0x00FD,
    0x0203, 0x0204, 0x0205, 0x0206, 0x027E, 0x0406,
)  # fmt: skip
_NAMES = (0x0018, 0x0218)
_PASSED_OVER = 0x0862
_STYLES = (*_NAMES, 0x0031, 0x0231, 0x001E, 0x041E, 0x00E0, 0x0243, 0x0443, 0x0293, 0x01B8)


@dataclass(frozen=True, slots=True)
class WorkbookStream:
    """The records of a workbook, and the numbers (from 0) of its sheets with an active filter."""

    content: bytes
    filtered: frozenset[int]


def streams(content: bytes) -> frozenset[str]:
    """Return the names of the streams and storages at the root of a compound file.

    Raises:
        ValueError: it is no compound file, or its directory is damaged.
    """
    with _opened(content) as compound:
        return frozenset(entry[0] for entry in compound.listdir(streams=True, storages=True))


def workbook_stream(content: bytes, file: str) -> WorkbookStream:
    """Return the workbook stream of ``content``.

    Raises:
        BrokenWorkbookError: there is none, or the compound file is damaged.
        EncryptedWorkbookError: it needs a password.
        WorkbookTooLargeError: it has more records than may be unpacked.
    """
    try:
        found = _stream(content, file)
    except ValueError as error:
        raise broken(file, zh="文件结构不完整", en="its structure is incomplete") from error
    if len(found) > _MAX_STREAM:
        megabytes = _MAX_STREAM // 1024**2
        raise too_large(file, zh=f"超过 {megabytes} MB", en=f"over {megabytes} MB")
    return WorkbookStream(_without_names(found), _examined(found, file))


def _stream(content: bytes, file: str) -> bytes:
    with _opened(content) as compound:
        if compound.exists(_ENCRYPTED_PACKAGE):
            raise EncryptedWorkbookError(Place(file))
        for name in _STREAMS:
            if compound.exists(name):
                try:
                    return bytes(compound.openstream(name).read())
                except (OSError, IndexError, struct.error) as error:
                    raise ValueError("the stream is damaged") from error
    raise broken(file, zh="里面没有工作簿", en="there is no workbook in it")


def _opened(content: bytes) -> olefile.OleFileIO[str]:
    try:
        return olefile.OleFileIO(BytesIO(content))
    except (OSError, IndexError, struct.error, RecursionError, TypeError, AttributeError) as error:
        raise ValueError("no compound file") from error


def _examined(content: bytes, file: str) -> frozenset[int]:
    counted: Counter[str] = Counter()
    sheet_starts: list[int] = []
    filtered_starts: set[int] = set()
    start = 0
    previous = 0
    for kind, at, length in _records(content):
        counted["records"] += kind != 0  # zeros fill the end of the stream
        if kind in _BOF:
            start = at
        elif kind == _FILE_PASS:
            raise EncryptedWorkbookError(Place(file))
        elif kind == _FILTER_MODE:
            filtered_starts.add(start)
        elif kind == _BOUND_SHEET and length >= 6 and content[at + 9] == 0:
            sheet_starts.append(int.from_bytes(content[at + 4 : at + 8], "little"))
        elif kind == _SHARED_TEXTS and length >= 8:
            counted["cells"] += int.from_bytes(content[at + 8 : at + 12], "little")
        _count(counted, kind, length)
        if kind == _SHARED_TEXTS or (kind == _CONTINUE and previous == _SHARED_TEXTS):
            counted["text"] += length
            kind = _SHARED_TEXTS
        previous = kind
    _limit(counted, len(sheet_starts), file)
    return frozenset(i for i, begin in enumerate(sheet_starts) if begin in filtered_starts)


def _without_names(content: bytes) -> bytes:
    """Return ``content`` with its defined names disguised as a record that xlrd passes over.

    No table needs them, and xlrd evaluates them all: it refuses what it does not know.
    """
    names = [at for kind, at, _ in _records(content) if kind in _NAMES]
    disguised = bytearray(content)
    for at in names:
        struct.pack_into("<H", disguised, at, _PASSED_OVER)
    return bytes(disguised) if names else content


def _records(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield kind, position and length of each record."""
    at = 0
    while at + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, at)
        yield kind, at, length
        at += 4 + length


def _count(counted: Counter[str], kind: int, length: int) -> None:
    if kind in _CELLS:
        counted["cells"] += 1
    elif kind == _MULTIPLE_NUMBERS:
        counted["cells"] += length // 6
    elif kind == _MULTIPLE_BLANKS:
        counted["blanks"] += length // 2
    elif kind in _BLANK:
        counted["blanks"] += 1
    elif kind in _STYLES:
        counted["styles"] += 1


def _limit(counted: Counter[str], sheets: int, file: str) -> None:
    # Shared texts count beside the cells that show them.
    if counted["cells"] > 2 * MAX_CELLS or counted["blanks"] > _MAX_BLANKS:
        raise too_large(file, zh=f"单元格超过 {MAX_CELLS} 个", en=f"over {MAX_CELLS} cells")
    if sheets > MAX_SHEETS:
        raise too_large(file, zh=f"工作表超过 {MAX_SHEETS} 张", en=f"over {MAX_SHEETS} sheets")
    if (
        counted["records"] > _MAX_RECORDS
        or counted["styles"] > _MAX_STYLES
        or counted["text"] > _MAX_TEXT_BYTES
    ):
        raise too_large(file, zh="记录过多", en="it has too many records")
