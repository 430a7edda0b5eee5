"""The bytes of a Word file → the parts that print: body block by block, styles, lists.

The archive and its XML are read within limits and without entities or network. Headers, footers,
comments and notes are not read, and nothing is looked up outside the file.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lxml import etree

from perfgraph.model import Place
from perfgraph.sources.docx import limits
from perfgraph.sources.docx.errors import (
    DamagedWordFileError,
    NotWordFileError,
    OversizedWordFileError,
    ProtectedWordFileError,
)
from perfgraph.sources.docx.markup import Element, is_strict, to_transitional
from perfgraph.text import Text

_ZIP = b"PK\x03\x04"
_ZIP_ENTRY = b"PK\x01\x02"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CONTENT_TYPES = "[content_types].xml"
_CHUNK = 1 << 16
_BLOCKS = (
    *map("{*}".__add__, ("p", "tbl", "sdt", "customXml", "ins", "moveTo", "altChunk")),
    "{*}AlternateContent",
)
_UNPACKING_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    UnicodeError,
    ValueError,
)
"""What zipfile raises for bytes that were cut off, flipped or compressed in a rare way."""


@dataclass(frozen=True, slots=True)
class Package:
    """An opened Word file."""

    place: Place
    archive: zipfile.ZipFile
    names: dict[str, str]
    """Name of each part as stored, by its name in lower case: programs differ in case."""
    document: str
    styles: Element | None
    numbering: Element | None

    def blocks(self) -> Iterator[Element]:
        """Yield the paragraphs and tables of the body, each gone when the next is asked for.

        Raises:
            SourceError: the main part is damaged, oversized or no Word document.
        """
        parser = etree.XMLPullParser(
            ("end",),
            tag=_BLOCKS,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        total = weight = 0
        checked = False
        for chunk in self._chunks():
            added = _weight(chunk)
            total += added
            weight += added
            if weight > limits.MAX_BLOCK_WEIGHT:
                raise OversizedWordFileError(self.place, _OVERSIZED_BLOCK)
            if total > limits.MAX_WEIGHT:
                raise OversizedWordFileError(self.place, _OVERSIZED_PART)
            with _parsing(self.place):
                parser.feed(chunk)
            for _, element in parser.read_events():
                parent = element.getparent()
                if parent is None or not _is_body(parent):
                    continue
                if not checked:
                    _check_root(parent.getroottree().getroot(), self.place)
                    checked = True
                if is_strict(parent):
                    to_transitional(element)
                yield element
                weight = 0
                # What follows the element is still being parsed, so that it stays itself.
                element.clear(keep_tail=True)
                while element.getprevious() is not None:
                    del parent[0]
        with _parsing(self.place):
            root = parser.close()
        _check_root(root, self.place)

    def _chunks(self) -> Iterator[bytes]:
        total = 0
        with _unpacking(self.place), self.archive.open(self.document) as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > limits.MAX_DOCUMENT_BYTES:
                    raise OversizedWordFileError(self.place, _OVERSIZED_PART)
                yield chunk


def looks_like(content: bytes) -> bool:
    """Whether ``content`` is an archive with the parts of a Word document."""
    if not content.startswith(_ZIP):
        return False
    if content.count(_ZIP_ENTRY) > limits.MAX_ENTRIES:
        return b"word/" in content  # not opened: its list of files alone would fill the memory
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [_plain(name) for name in archive.namelist()]
    except _UNPACKING_ERRORS:
        return b"word/document" in content  # cut off; the names stand before the parts, too
    return _CONTENT_TYPES in names and any(name.startswith("word/") for name in names)


@contextmanager
def opened(content: bytes, place: Place) -> Iterator[Package]:
    """Open the Word file in ``content``.

    Raises:
        SourceError: it is no Word file, or damaged, protected or oversized.
    """
    if content.startswith(_OLD_OFFICE) and _ENCRYPTED in content:
        raise ProtectedWordFileError(place)
    if not content.startswith(_ZIP):
        raise NotWordFileError(place)
    if content.count(_ZIP_ENTRY) > limits.MAX_ENTRIES:
        raise OversizedWordFileError(place, _TOO_MANY_ENTRIES)
    with _unpacking(place):
        archive = zipfile.ZipFile(io.BytesIO(content))
    with archive:
        names = {_plain(name): name for name in archive.namelist()}
        relations = _relations(archive, names, "", place)
        document = _plain(relations.get("officeDocument", "word/document.xml"))
        if document not in names:
            raise NotWordFileError(place)
        relations = _relations(archive, names, document, place)
        yield Package(
            place,
            archive,
            names,
            names[document],
            styles=_part(archive, names.get(_plain(relations.get("styles", ""))), place),
            numbering=_part(archive, names.get(_plain(relations.get("numbering", ""))), place),
        )


def _relations(
    archive: zipfile.ZipFile, names: dict[str, str], source: str, place: Place
) -> dict[str, str]:
    """Return the parts that ``source`` refers to, by the last word of the relation's type."""
    folder, name = posixpath.split(source)
    root = _part(archive, names.get(_plain(posixpath.join(folder, "_rels", name + ".rels"))), place)
    return {
        element.get("Type", "").rpartition("/")[2]: posixpath.normpath(
            posixpath.join("/", folder, element.get("Target", ""))
        )
        for element in ([] if root is None else root.iterchildren("{*}Relationship"))
        if element.get("TargetMode") != "External"
    }


def _part(archive: zipfile.ZipFile, name: str | None, place: Place) -> Element | None:
    """Return a small part whole; ``None`` where the document has none."""
    if name is None:
        return None
    with _unpacking(place), archive.open(name) as stream:
        content = stream.read(limits.MAX_PART_BYTES + 1)
    if len(content) > limits.MAX_PART_BYTES:
        raise OversizedWordFileError(place, _OVERSIZED_PART)
    if _weight(content) > limits.MAX_BLOCK_WEIGHT:
        raise OversizedWordFileError(place, _OVERSIZED_BLOCK)
    with _parsing(place):
        root = etree.fromstring(content, _safe_parser())
    _refuse_declarations(root, place)
    if is_strict(root):
        to_transitional(root)
    return root


def _safe_parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _weight(content: bytes) -> int:
    """Return about how many times 120 bytes the parsed XML takes: tags, and attributes twice."""
    return content.count(b"<") + 2 * content.count(b"=")


def _check_root(root: Element, place: Place) -> None:
    _refuse_declarations(root, place)
    if not str(root.tag).endswith("}document"):
        raise NotWordFileError(place)


def _refuse_declarations(root: Element, place: Place) -> None:
    """Refuse a document type declaration: the standard forbids it, and entities hide in it."""
    if root.getroottree().docinfo.doctype:
        raise DamagedWordFileError(place, _DECLARATIONS)


def _is_body(element: Element) -> bool:
    parent = element.getparent()
    return str(element.tag).endswith("}body") and parent is not None and parent.getparent() is None


def _plain(name: str) -> str:
    r"""Return a part name for comparing: some programs write ``word\document.xml``."""
    return name.replace("\\", "/").lstrip("/").casefold()


@contextmanager
def _unpacking(place: Place) -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        # NotImplementedError, for a rare compression, is a RuntimeError too.
        if isinstance(error, NotImplementedError):
            raise DamagedWordFileError(place, _BROKEN_ARCHIVE) from error
        raise ProtectedWordFileError(place) from error
    except _UNPACKING_ERRORS as error:
        raise DamagedWordFileError(place, _BROKEN_ARCHIVE) from error


@contextmanager
def _parsing(place: Place) -> Iterator[None]:
    try:
        yield
    except etree.LxmlError as error:
        raise DamagedWordFileError(place, _BROKEN_XML) from error


_BROKEN_ARCHIVE = Text(zh="压缩包不完整或有误", en="the archive in it is incomplete or wrong")
_BROKEN_XML = Text(zh="其中的 XML 不完整或有误", en="the XML in it is incomplete or wrong")
_DECLARATIONS = Text(
    zh="其中有文档类型声明，Word 文件不允许使用",
    en="it has a document type declaration, which a Word file must not have",
)
_OVERSIZED_PART = Text(zh="解压后的内容过大", en="its content is too large once unpacked")
_OVERSIZED_BLOCK = Text(zh="单个表格或段落过大", en="one table or paragraph is too large")
_TOO_MANY_ENTRIES = Text(zh="压缩包内的文件过多", en="the archive has too many files")
