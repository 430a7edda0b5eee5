"""An old or open office file (.doc, .odt, .ods, .rtf and their kin) → its tables.

LibreOffice saves it as .docx or .xlsx in a folder that is removed again, and that is read as any
other. The tables keep the name of the original; what LibreOffice cannot open is not read.
"""

from __future__ import annotations

from perfgraph.model import Place, Table
from perfgraph.sources import docx, xlsx
from perfgraph.sources.docx.errors import ProtectedWordFileError
from perfgraph.sources.office.kinds import kind_of, needs_password
from perfgraph.sources.office.libreoffice import converted
from perfgraph.sources.office.limits import DEFAULT_LIMITS, Limits

__all__ = ["DEFAULT_LIMITS", "Limits", "looks_like", "tables"]


def looks_like(content: bytes) -> bool:
    """Whether ``content`` is an office file that is read through LibreOffice, or a locked one."""
    return kind_of(content) is not None or needs_password(content)


def tables(content: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> tuple[Table, ...]:
    """Return the tables of an office file; places count as in the document.

    Raises:
        ProtectedWordFileError: it is encrypted.
        LibreOfficeMissingError: LibreOffice is not installed.
        SourceError: LibreOffice cannot open it within the limits, or what it saves is refused.
    """
    place = Place(file)
    kind = kind_of(content)
    if kind is None or needs_password(content):
        raise ProtectedWordFileError(place)
    saved = converted(content, kind, place, limits)
    return xlsx.tables(saved, file) if kind.is_workbook else docx.tables(saved, file)
