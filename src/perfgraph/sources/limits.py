"""How much one source may cost to read: the settings of all readers together.

What no real document reaches, such as cells of a table or nested elements of a page, is a constant
of the reader (``docx.limits``, ``sheets.limits``, ``html.collector`` and so on).
"""

from __future__ import annotations

from dataclasses import dataclass

from perfgraph.sources import inputs, office, pdf
from perfgraph.sources.files import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of reading; each is above what real documents need.

    Attributes:
        file_bytes: of one file, on disk or unpacked from an archive.
        archive: of a ZIP archive with documents.
        office: of LibreOffice, for the formats that it opens.
        pdf: of a PDF.
    """

    file_bytes: int = MAX_BYTES
    archive: inputs.Limits = inputs.DEFAULT_LIMITS
    office: office.Limits = office.DEFAULT_LIMITS
    pdf: pdf.Limits = pdf.DEFAULT_LIMITS


DEFAULT_LIMITS = Limits()
