"""Names and contents → the bytes of a ZIP archive, as various programs pack them."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable
from io import BytesIO

Entry = tuple[str, bytes]


def packed(*entries: Entry, encoding: str | None = None, stored: bool = False) -> bytes:
    """An archive; with ``encoding``, names are in it and nothing says so, as Windows does."""
    buffer = BytesIO()
    with zipfile.ZipFile(
        buffer, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    ) as archive:
        for number, (name, content) in enumerate(entries):
            archive.writestr(f"{number:>05}" if encoding else name, content)
    content = buffer.getvalue()
    return _renamed(content, entries, encoding) if encoding else content


def _renamed(content: bytes, entries: Iterable[Entry], encoding: str) -> bytes:
    """Write the archive anew with names of any bytes, which zipfile cannot."""
    body, directory, count = bytearray(), bytearray(), 0
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for info, (name, _) in zip(archive.infolist(), entries, strict=True):
            stored = name.encode(encoding)
            start = info.header_offset + 30 + len(info.filename)
            data = content[start : start + info.compress_size]
            sizes = struct.pack("<III", info.CRC, info.compress_size, info.file_size)
            common = struct.pack("<HHHI", 20, 0, info.compress_type, 0x5A210000) + sizes
            lengths = struct.pack("<HH", len(stored), 0)
            directory += b"PK\x01\x02" + struct.pack("<H", 20) + common + lengths
            directory += struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + stored
            body += b"PK\x03\x04" + common + lengths + stored + data
            count += 1
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + b"PK\x05\x06" + end)


def locked(content: bytes) -> bytes:
    """The archive with every entry marked as encrypted."""
    marked = bytearray(content)
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = marked.find(header)
        while position >= 0:
            marked[position + flags] |= 1
            position = marked.find(header, position + 4)
    return bytes(marked)
