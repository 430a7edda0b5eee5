"""Bytes → text, by byte order mark and by trial. It does not guess beyond three encodings."""

from __future__ import annotations

import codecs

from perfgraph.model import Place
from perfgraph.sources.errors import EmptyFileError, UnknownEncodingError, UnsupportedFormatError
from perfgraph.text import Text

# How a file of another format begins; the longest match wins.
_SIGNATURES: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text(zh=" PDF 文件", en="a PDF file")),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Text(
            zh="既非文字也非表格的旧版 Office 文件", en="an old Office file without text or sheets"
        ),
    ),
    (b"\x89PNG", Text(zh=" PNG 图片", en="a PNG image")),
    (b"\xff\xd8\xff", Text(zh=" JPEG 图片", en="a JPEG image")),
    (b"\x1f\x8b", Text(zh=" gzip 压缩文件", en="a gzip file")),
    (b"Rar!", Text(zh=" RAR 压缩包", en="a RAR archive")),
    (b"7z\xbc\xaf", Text(zh=" 7z 压缩包", en="a 7z archive")),
)
_BINARY = Text(zh="未知的二进制文件", en="a binary file of unknown format")
_COMMON_SHARE = 0.95
"""Share of characters outside ASCII that must be in GB 2312 for a GB18030 reading to hold: that
encoding decodes almost any bytes, but wrong bytes give rare characters."""
_GB2312_BYTES = 2
"""Bytes of a character outside ASCII."""


def decode(content: bytes, place: Place) -> str:
    r"""Return the text of ``content`` with line ends as ``\n``.

    Raises:
        UnsupportedFormatError: the bytes are a known or unknown binary format.
        UnknownEncodingError: the bytes are text in none of UTF-8, UTF-16, GB18030.
        EmptyFileError: there is nothing but a byte order mark and white space.

    >>> decode("单位：万元\r\n".encode("gb18030"), Place("a.txt"))
    '单位：万元\n'
    """
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            raise UnsupportedFormatError(place, name)
    text = _text(content, place).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise EmptyFileError(place)
    return text


def _text(content: bytes, place: Place) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(content, "utf-16", place)
    if b"\x00" in content:
        raise UnsupportedFormatError(place, _BINARY)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _decoded(content, "gb18030", place)
    if not _reads_as_chinese(text):
        raise UnknownEncodingError(place)
    return text


def _decoded(content: bytes, encoding: str, place: Place) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncodingError(place) from error


def _reads_as_chinese(text: str) -> bool:
    foreign = [character for character in text if ord(character) > 0x7F]
    common = len("".join(foreign).encode("gb2312", "ignore")) // _GB2312_BYTES
    return common >= _COMMON_SHARE * len(foreign)
