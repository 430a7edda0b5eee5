"""The bytes of a damaged ZIP archive → the error in the words of what it is: Word, Excel or ZIP."""

from __future__ import annotations

import struct
from pathlib import PurePath

from perfgraph.errors import SourceError
from perfgraph.model import Place
from perfgraph.sources.docx.errors import DamagedWordFileError
from perfgraph.sources.inputs.errors import DamagedArchiveError
from perfgraph.sources.sheets.errors import BrokenWorkbookError
from perfgraph.text import Text

INCOMPLETE = Text(zh="不完整或有误", en="it is incomplete or wrong")
_INSIDE = Text(zh="压缩包不完整或有误", en="the archive in it is incomplete or wrong")
_NAME_LENGTH_AT, _NAME_AT = 26, 30
_PARTS = (b"[content_types].xml", b"_rels/", b"docprops/", b"customxml/", b"word/", b"xl/")
"""What an Office file begins with; an archive of files begins with the name of a file."""
_WORD = {".docx", ".docm", ".dotx", ".doc", ".wps"}
_WORKBOOK = {".xlsx", ".xlsm", ".xlsb", ".xltx", ".xls", ".et"}


def damaged(content: bytes, place: Place) -> SourceError:
    """Return the error for an archive that is cut off or garbled.

    >>> damaged(b"PK", Place("a.xlsx")).code, damaged(b"PK", Place("a.zip")).code
    ('PG115', 'PG133')
    """
    suffix = PurePath(place.file).suffix.lower()
    is_office = _first_name(content).lower().startswith(_PARTS)
    if is_office and b"word/document" in content:
        return DamagedWordFileError(place, _INSIDE)
    if is_office and b"xl/workbook." in content:
        return BrokenWorkbookError(place, _INSIDE)
    if suffix in _WORD:
        return DamagedWordFileError(place, _INSIDE)
    if suffix in _WORKBOOK:
        return BrokenWorkbookError(place, _INSIDE)
    return DamagedArchiveError(place, INCOMPLETE)


def _first_name(content: bytes) -> bytes:
    if len(content) < _NAME_AT:
        return b""
    (length,) = struct.unpack_from("<H", content, _NAME_LENGTH_AT)
    return content[_NAME_AT : _NAME_AT + length]
