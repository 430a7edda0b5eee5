"""Bytes of an answer as they are written → where rows end, so that a cut leaves a whole document.

No term is read: what stands in quotes is masked, then the end of a row is plain bytes.
Formats in which a statement has no such end (Turtle, JSON-LD, RDF/XML, workbooks) are not cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Shape:
    """How a format shows where one row ends and the next begins."""

    end: bytes
    """What follows a row, outside of quotes."""
    kept: int = 0
    """How much of ``end`` still belongs to the row."""
    head: int = 0
    """How often ``end`` occurs before the first row has ended."""
    closing: bytes = b""
    """What makes a document of rows that were cut off."""
    quoted: bool = False
    escaped: bool = False
    """Whether a backslash protects a quotation mark."""


SHAPES = {
    "json": Shape(b",{", closing=b"]}}", quoted=True, escaped=True),
    "xml": Shape(b"</result><result>", kept=9, closing=b"</results></sparql>"),
    "csv": Shape(b"\r\n", kept=2, head=1, quoted=True),
    "csv-bom": Shape(b"\r\n", kept=2, head=1, quoted=True),
    "tsv": Shape(b"\n", kept=1, head=1),
    "ntriples": Shape(b"\n", kept=1),
    "nquads": Shape(b"\n", kept=1),
}
"""The formats that can be cut, by short name."""

_LINKS = {"json": (b"]}", 1, b',"link":["%s"]'), "xml": (b"</head>", 0, b'<link href="%s"/>')}


class Mask:
    """Blanks what stands in quotes, piece by piece; the length of a piece stays."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._quoting = False
        self._escaping = False

    def over(self, data: bytes) -> bytes:
        """Return ``data`` with blanks for what stands in quotes.

        >>> Mask(SHAPES["json"]).over(b'{"a":"},{"},{')
        b'{" ":"   "},{'
        """
        if not self._shape.quoted or not data:
            return data
        plain = data
        if self._shape.escaped:
            if self._escaping:
                plain = b" " + plain[1:]
            plain = plain.replace(b"\\\\", b"  ").replace(b'\\"', b"  ")
            self._escaping = plain.endswith(b"\\")
        parts = plain.split(b'"')
        for index in range(0 if self._quoting else 1, len(parts), 2):
            parts[index] = b" " * len(parts[index])
        if len(parts) % 2 == 0:
            self._quoting = not self._quoting
        return b'"'.join(parts)


def mark(start: bytes, form: str, rows: int) -> bytes:
    """Return the start of a cut answer with a link in its head that tells the cut.

    >>> mark(b'{"head":{"vars":["s"]},"results":', "json", 10)
    b'{"head":{"vars":["s"],"link":["urn:perfgraph:truncated?rows=10"]},"results":'
    """
    if form not in _LINKS:
        return start
    anchor, offset, link = _LINKS[form]
    place = start.index(anchor) + offset
    told = f"urn:perfgraph:truncated?{urlencode({'rows': rows})}".encode()
    return start[:place] + link % told + start[place:]
