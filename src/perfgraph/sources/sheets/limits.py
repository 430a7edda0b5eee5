"""How much one workbook may hold. Whatever a file claims, reading it stays within these."""

from __future__ import annotations

from perfgraph.model import Place
from perfgraph.sources.sheets.errors import WorkbookTooLargeError
from perfgraph.text import Text

MAX_CELLS = 200_000
"""Cells with text in one file, and again positions of its tables, empty or merged: about 0.5 kB
each while they are read and returned, so some 100 MB; a flat list of 13 columns has 15,000 rows."""
MAX_MERGES = 20_000
"""Merged ranges of one sheet; a target table has a few hundred."""
MAX_STYLES = 70_000
"""Cell styles of one file; Excel itself stops at 65,490."""
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
"""The size of a sheet in Excel; a longer text is no table."""
MAX_SHEETS = 500
"""Worksheets of one file; a department files one for each project."""
MAX_TEXT = 32_767
"""Characters of one cell: the limit of Excel itself. Longer text is no cell."""
MAX_CHARACTERS = 32 * 1024 * 1024
"""Characters of all cells of one file: some 64 MB in memory; a format can multiply a short text."""
MAX_XML_BYTES = 64 * 1024 * 1024
"""Bytes of all XML parts that are read, unpacked; a cell takes 30 to 60 bytes, so this is more than
``MAX_CELLS`` need and is parsed within seconds. Pictures do not count: they are not unpacked."""
MAX_PARTS = 20_000
"""Entries of the ZIP archive; its directory is read before anything else."""


class CellBudget:
    """Counts the cells and characters of one file and refuses the one too many."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._cells = MAX_CELLS
        self._characters = MAX_CHARACTERS

    def spend(self, cells: int, characters: int = 0) -> None:
        """Count ``cells`` more, and ``characters`` in them.

        Raises:
            WorkbookTooLargeError: there are more than ``MAX_CELLS`` or ``MAX_CHARACTERS`` now.
        """
        self._cells -= cells
        self._characters -= characters
        if self._cells < 0:
            raise too_large(
                self._file,
                zh=f"单元格超过 {MAX_CELLS} 个",
                en=f"it has more than {MAX_CELLS} cells",
            )
        if self._characters < 0:
            raise too_large(
                self._file,
                zh=f"文字超过 {MAX_CHARACTERS} 字",
                en=f"it has more than {MAX_CHARACTERS} characters",
            )

    def spend_text(self, text: str) -> str:
        """Count one cell with ``text`` and return the text.

        Raises:
            WorkbookTooLargeError: the text is longer than a cell's may be, or one of the limits
                of ``spend`` is reached.
        """
        if len(text) > MAX_TEXT:
            raise too_large(
                self._file,
                zh=f"有一个单元格超过 {MAX_TEXT} 字",
                en=f"a cell has more than {MAX_TEXT} characters",
            )
        self.spend(1, len(text))
        return text


def too_large(file: str, *, zh: str, en: str) -> WorkbookTooLargeError:
    """Return the error for a file that is over a limit."""
    return WorkbookTooLargeError(Place(file), Text(zh=zh, en=en))
