"""The bytes of a file → which office format it is, of those that LibreOffice opens for us.

The content decides: a .wps or .et file of WPS Office is the .doc or .xls that it is inside.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

import olefile

from perfgraph.sources.sheets.biff import COMPOUND_FILE, streams
from perfgraph.text import Text

_ARCHIVE = b"PK\x03\x04"
_HEAD = 4096
_MIMETYPE = b"mimetype"
_MIMETYPE_AT = 30
_MAX_MANIFEST = 4_000_000
_WORD_STREAM = "WordDocument"
_WORD_NAME = _WORD_STREAM.encode("utf-16-le")
_ENCRYPTED_PACKAGE = "EncryptedPackage"
_ENCRYPTED_NAME = _ENCRYPTED_PACKAGE.encode("utf-16-le")
_WORD_FLAGS_AT, _WORD_ENCRYPTED = 10, 0x0100
_FLAT_ODF = re.compile(rb'office:mimetype="application/vnd\.oasis\.opendocument\.(text|spread)')


@dataclass(frozen=True, slots=True)
class Kind:
    """An office format: its name in a sentence, its suffix, and LibreOffice's filter for it."""

    name: Text
    suffix: str
    filter: str
    is_workbook: bool = False


WORD = Kind(
    Text(
        zh="旧版 Word 或 WPS 文字文件（.doc、.wps）", en="an old Word or WPS document (.doc, .wps)"
    ),
    "doc",
    "MS Word 97",
)
_WORD_XML = Kind(
    Text(zh=" Word 2003 XML 文件", en="a Word 2003 XML document"), "xml", "MS Word 2003 XML"
)
_WORKBOOK_XML = Kind(
    Text(zh=" Excel 2003 XML 工作簿", en="an Excel 2003 XML workbook"),
    "xml",
    "MS Excel 2003 XML",
    is_workbook=True,
)
RTF = Kind(Text(zh=" RTF 文件", en="an RTF file"), "rtf", "Rich Text Format")
_ODT_NAME = Text(zh=" OpenDocument 文本（.odt）", en="an OpenDocument text (.odt)")
_ODS_NAME = Text(zh=" OpenDocument 表格（.ods）", en="an OpenDocument spreadsheet (.ods)")
ODT = Kind(_ODT_NAME, "odt", "writer8")
ODS = Kind(_ODS_NAME, "ods", "calc8", is_workbook=True)
_FLAT_ODT = Kind(_ODT_NAME, "fodt", "OpenDocument Text Flat XML")
_FLAT_ODS = Kind(_ODS_NAME, "fods", "OpenDocument Spreadsheet Flat XML", is_workbook=True)

_OPEN_DOCUMENTS = (
    (b"application/vnd.oasis.opendocument.text", ODT),
    (b"application/vnd.oasis.opendocument.spreadsheet", ODS),
)


def kind_of(content: bytes) -> Kind | None:
    r"""Return the office format of ``content``; ``None`` for all others.

    >>> kind_of(b"{\\rtf1\\ansi ...") is RTF, kind_of(b"%PDF-1.7")
    (True, None)
    """
    if content.startswith(COMPOUND_FILE):
        return WORD if _has_stream(content, _WORD_STREAM, _WORD_NAME) else None
    if content.startswith(_ARCHIVE):
        return _open_document(content)
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{\\rtf"):
        return RTF
    return _xml_kind(head) if head.startswith(b"<?xml") else None


def needs_password(content: bytes) -> bool:
    """Whether ``content`` is an office file that opens with a password only.

    An encrypted .docx or .xlsx is a compound file with one encrypted stream, so that nobody can
    say which of them it is.
    """
    if content.startswith(COMPOUND_FILE):
        if _has_stream(content, _ENCRYPTED_PACKAGE, _ENCRYPTED_NAME):
            return True
        return _has_stream(content, _WORD_STREAM, _WORD_NAME) and _is_locked_word(content)
    return _open_document(content) is not None and _is_locked_open_document(content)


def _has_stream(content: bytes, stream: str, stored: bytes) -> bool:
    """Whether the stream stands at the root; where the directory is damaged, anywhere."""
    try:
        return stream in streams(content)
    except ValueError:
        return stored in content


def _is_locked_word(content: bytes) -> bool:
    try:
        with olefile.OleFileIO(BytesIO(content)) as compound:
            head = compound.openstream(_WORD_STREAM).read(_WORD_FLAGS_AT + 2)
        return bool(struct.unpack_from("<H", head, _WORD_FLAGS_AT)[0] & _WORD_ENCRYPTED)
    except (OSError, IndexError, struct.error, RecursionError, TypeError, AttributeError):
        return False  # damaged: LibreOffice tells


def _open_document(content: bytes) -> Kind | None:
    """Return the kind that the first entry of the archive states; the standard puts it there."""
    name = content[_MIMETYPE_AT : _MIMETYPE_AT + len(_MIMETYPE)]
    if not content.startswith(_ARCHIVE) or name != _MIMETYPE:
        return None
    stated = content[_MIMETYPE_AT + len(_MIMETYPE) :][:256]
    return next((kind for mimetype, kind in _OPEN_DOCUMENTS if mimetype in stated), None)


def _is_locked_open_document(content: bytes) -> bool:
    try:
        with (
            zipfile.ZipFile(BytesIO(content)) as archive,
            archive.open("META-INF/manifest.xml") as stream,
        ):
            return b"encryption-data" in stream.read(_MAX_MANIFEST)
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, ValueError, RuntimeError):
        return False  # damaged: LibreOffice tells


def _xml_kind(head: bytes) -> Kind | None:
    flat = _FLAT_ODF.search(head)
    if flat is not None:
        return _FLAT_ODT if flat[1] == b"text" else _FLAT_ODS
    if b"schemas.microsoft.com/office/word/2003/wordml" in head:
        return _WORD_XML
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head and b"<html" not in head.lower():
        return _WORKBOOK_XML
    return None
