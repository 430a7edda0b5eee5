"""The name of a ZIP entry as it is stored → the path as it was meant, which leads nowhere else."""

from __future__ import annotations

import re
from zipfile import ZipInfo

_UTF8_FLAG = 0x800
_DRIVE = re.compile(r"^[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""They would move the cursor of a terminal, or turn the reading direction."""


def parts_of(entry: ZipInfo) -> tuple[str, ...]:
    r"""Return the folders and the name of an entry.

    Windows writes names in its own encoding and does not say so: bytes that are no UTF-8 are read
    as GB18030. Steps up (``..``), drives and roots are left out.

    >>> parts_of(ZipInfo("绩效/目标.docx".encode("gb18030").decode("cp437")))
    ('绩效', '目标.docx')
    >>> parts_of(ZipInfo("../../C:\\etc\\a.docx"))
    ('etc', 'a.docx')
    """
    parts = _decoded(entry).replace("\\", "/").split("/")
    cleaned = (_DRIVE.sub("", part) for part in parts)
    return tuple(visible(part) for part in cleaned if part not in {"", ".", ".."})


def visible(text: str) -> str:
    """Return ``text`` with control characters replaced, so that printing it is harmless."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def _decoded(entry: ZipInfo) -> str:
    name = entry.orig_filename
    if entry.flag_bits & _UTF8_FLAG:
        return name
    try:
        stored = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return stored.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
