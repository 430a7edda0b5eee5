"""A file → its tables. One module a format; what a table means is not decided here."""

from __future__ import annotations

from typing import Protocol

from perfgraph.model import Table
from perfgraph.sources import (
    csv_text,
    docx,
    flat_text,
    html,
    office,
    pdf,
    pipe_text,
    tab_text,
    xls,
    xlsx,
)
from perfgraph.sources.encoding import decode
from perfgraph.sources.errors import LargeFileError
from perfgraph.sources.files import SourceFile, load, shown
from perfgraph.sources.inputs import archive
from perfgraph.sources.limits import DEFAULT_LIMITS, Limits

__all__ = ["DEFAULT_LIMITS", "Limits", "SourceFile", "load", "read", "shown"]


class _Reader(Protocol):
    """What the module of a format offers."""

    def looks_like(self, content: bytes) -> bool:
        """Whether the bytes are of the format, whole or damaged."""

    def tables(self, content: bytes, file: str) -> tuple[Table, ...]:
        """Return the tables of a file."""


# In this order: a web archive has folded headers that look like TAB text.
_BY_CONTENT: tuple[_Reader, ...] = (docx, xlsx, xls, office, pdf, html, pipe_text)


def read(source: SourceFile, limits: Limits = DEFAULT_LIMITS) -> tuple[Table, ...]:
    """Return the tables of ``source``; none where it is text without cells.

    The content decides which reader takes a file, not its name.

    Raises:
        SourceError: the bytes are of no format or encoding that is read here, or are damaged.
    """
    content, name = source.content, source.name
    if len(content) > limits.file_bytes:
        raise LargeFileError(source.place, limits.file_bytes)
    archive.check_whole(content, source.place)
    for reader in _BY_CONTENT:
        if not reader.looks_like(content):
            continue
        if reader is office:
            return office.tables(content, name, limits.office)
        if reader is pdf:
            return pdf.tables(content, name, limits.pdf)
        return reader.tables(content, name)
    if content.startswith(archive.MAGIC):
        archive.refuse(content, source.place)
    text = decode(content, source.place)
    if tab_text.is_tab_text(text):
        return tab_text.tables(text, name)
    if csv_text.looks_like(content):  # steady columns tell more than the words of the text
        return csv_text.tables(content, name)
    if flat_text.looks_like(content):
        return flat_text.tables(content, name)
    return ()
