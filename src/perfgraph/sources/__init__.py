"""A file → its tables. One module a format; what a table means is not decided here."""

from __future__ import annotations

from perfgraph.model import Table
from perfgraph.sources import tab_text
from perfgraph.sources.encoding import decode
from perfgraph.sources.files import SourceFile, load

__all__ = ["SourceFile", "load", "read"]


def read(source: SourceFile) -> tuple[Table, ...]:
    """Return the tables of ``source``; none where it is text without cells.

    Raises:
        SourceError: the bytes are of no format or encoding that is read here.
    """
    text = decode(source.content, source.place)
    return tab_text.tables(text, source.name) if tab_text.is_tab_text(text) else ()
