"""The bytes of a PDF → its tables, with the grid that the ruling lines draw.

Tables cut by page breaks are joined. What a table means is not decided here, and pictures are not
read: a PDF without text is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from perfgraph.model import Cell, Place, Row, Table
from perfgraph.sources.pdf.errors import ImageOnlyPdfError, UnmappedTextPdfError
from perfgraph.sources.pdf.grid import NEAR
from perfgraph.sources.pdf.joining import JoinedTable, joined
from perfgraph.sources.pdf.layout import PageLayout, layout
from perfgraph.sources.pdf.limits import DEFAULT_LIMITS, Limits
from perfgraph.sources.pdf.pages import UNMAPPED, pages

__all__ = ["DEFAULT_LIMITS", "Limits", "PdfReading", "looks_like", "read", "tables"]

_HEADER_WITHIN = 1024
"""A PDF may begin with other bytes; readers accept the header within the first kilobyte."""

_UNMAPPED_SHARE = 0.2


def looks_like(content: bytes) -> bool:
    """Whether the bytes begin like a PDF.

    >>> looks_like(b"%PDF-1.7"), looks_like(b"PK")
    (True, False)
    """
    return b"%PDF-" in content[:_HEADER_WITHIN]


@dataclass(frozen=True, slots=True)
class PdfReading:
    """The tables of a PDF, and the pages that are pictures and so were not read, from 1."""

    tables: tuple[Table, ...]
    picture_pages: tuple[int, ...]


def tables(content: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> tuple[Table, ...]:
    """Return the tables of a PDF, every cell with its place and page in ``file``.

    Raises:
        EncryptedPdfError: a password is needed.
        ImageOnlyPdfError: the pages are pictures.
        DamagedPdfError: the bytes cannot be followed.
        PdfTooLargeError: a limit is exceeded.
        UnmappedTextPdfError: the text cannot be told from the glyphs.
    """
    return read(content, file, limits).tables


def read(content: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> PdfReading:
    """Return the tables as ``tables`` does, and which pages could not be read.

    Raises:
        SourceError: as ``tables`` does.
    """
    place = Place(file)
    layouts: list[PageLayout] = []
    pictures: list[int] = []
    characters = unmapped = unread = 0
    for page in pages(content, place, limits):
        characters += sum(bool(glyph.text.strip()) for glyph in page.glyphs)
        unmapped += sum(glyph.text == UNMAPPED for glyph in page.glyphs)
        unread += page.has_unread_text
        if page.has_picture and page.is_blank and not page.has_unread_text:
            pictures.append(page.number)
        layouts.append(layout(page, limits, Place(file, page=page.number)))
    if pictures and not characters and not unread:
        raise ImageOnlyPdfError(place, len(layouts))
    if unread > _UNMAPPED_SHARE * len(layouts) or unmapped > _UNMAPPED_SHARE * characters:
        raise UnmappedTextPdfError(place)
    found = (
        _table(table, Place(file, table=number)) for number, table in enumerate(joined(layouts), 1)
    )
    return PdfReading(tuple(found), tuple(pictures))


def _table(source: JoinedTable, place: Place) -> Table:
    edges = _distinct([x for cell in source.cells for x in (cell.x0, cell.x1)])
    rows: dict[int, list[Cell]] = {}
    for cell in sorted(source.cells, key=lambda cell: (cell.row, cell.x0)):
        first, last = _nearest(edges, cell.x0), _nearest(edges, cell.x1)
        rows.setdefault(cell.row, []).append(
            Cell(
                cell.text,
                Place(place.file, place.table, cell.row + 1, first + 1, page=cell.page),
                cell.row_span,
                max(1, last - first),
            )
        )
    return Table(place, tuple(Row(tuple(cells)) for cells in rows.values()), source.heading)


def _distinct(values: list[float]) -> list[float]:
    """Return sorted positions, those that are almost the same as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))
