"""The first bytes of a file → text, to see which textual form it has. It refuses nothing."""

from __future__ import annotations

import codecs

SIZE = 64 * 1024
"""Enough for the headings and the first table of any document met."""


def head(content: bytes) -> str:
    r"""Return the beginning of ``content`` as text with ``\n`` line ends; empty for binary bytes.

    >>> head("单位：万元\r\n甲".encode("gb18030"))
    '单位：万元\n甲'
    >>> head(b"PK\x03\x04\x00")
    ''
    """
    cut = content[:SIZE]
    if cut.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = cut.decode("utf-16", "ignore")
    elif b"\x00" in cut:
        return ""
    else:
        try:
            text = codecs.getincrementaldecoder("utf-8-sig")().decode(cut)
        except UnicodeDecodeError:
            text = cut.decode("gb18030", "ignore")
    return text.replace("\r\n", "\n").replace("\r", "\n")
