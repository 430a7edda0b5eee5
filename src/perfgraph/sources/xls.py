"""The bytes of an .xls workbook (Excel 5 to 2003, .et of WPS) → its tables, as they are printed.

What is read and what is not is the same as for .xlsx; formulas show their stored result. The
records are unpacked by xlrd, after ``sheets.biff`` has counted them.
"""

from __future__ import annotations

import struct
import zlib
from decimal import Decimal
from io import StringIO

import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.formatting import XF
from xlrd.formula import FormulaError
from xlrd.sheet import Cell as StoredCell
from xlrd.sheet import Sheet

from perfgraph.model import Table
from perfgraph.sources.sheets.biff import COMPOUND_FILE, streams, workbook_stream
from perfgraph.sources.sheets.builtin_formats import BUILTIN_FORMATS
from perfgraph.sources.sheets.grid import Area, Ranges, StoredSheet
from perfgraph.sources.sheets.limits import MAX_MERGES, CellBudget, too_large
from perfgraph.sources.sheets.number_format import shown_number, shown_text
from perfgraph.sources.sheets.package import broken
from perfgraph.sources.sheets.reading import Reading
from perfgraph.sources.sheets.sheets_reading import SheetsReading

_WORKBOOK_NAME = "Workbook".encode("utf-16-le")
_WORD_NAME = "WordDocument".encode("utf-16-le")
_FIRST_SECTOR = 512
_SHEET_RECORDS = b"\x09\x08"
"""How a workbook stream begins; most programs put it first in the file."""
_OWN_FORMATS = frozenset({*range(5, 9), *range(37, 45)})
"""Number formats that an .xls file writes out although they have a fixed number."""
_DAMAGE = (
    XLRDError,
    FormulaError,
    struct.error,
    zlib.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What xlrd raises for damaged records: it trusts them, so the damage shows up anywhere."""


class _Silence(StringIO):
    """Takes what xlrd prints and keeps nothing."""

    def write(self, text: str) -> int:
        return len(text)


def looks_like(content: bytes) -> bool:
    """Whether ``content`` is a compound file with a workbook, whole, cut off, or encrypted."""
    if not content.startswith(COMPOUND_FILE):
        return False
    try:
        names = {name.lower() for name in streams(content)}
    except ValueError:
        begins = content[_FIRST_SECTOR : _FIRST_SECTOR + 2] == _SHEET_RECORDS
        return begins or (_WORKBOOK_NAME in content and _WORD_NAME not in content)
    return not names.isdisjoint({"workbook", "book"})


def tables(content: bytes, file: str) -> tuple[Table, ...]:
    """Return the tables of the workbook, numbered over its visible sheets.

    Raises:
        SourceError: the workbook is damaged, encrypted, or too large.
    """
    return read(content, file).tables


def read(content: bytes, file: str) -> Reading:
    """Return the tables of the workbook, and what stands in it unprinted.

    Raises:
        SourceError: the workbook is damaged, encrypted, or too large.
    """
    stream = workbook_stream(content, file)
    reading = SheetsReading(file)
    budget = CellBudget(file)
    try:
        book = xlrd.open_workbook(
            file_contents=stream.content,
            logfile=_Silence(),
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
        )
        for index in range(book.nsheets):
            sheet = book.sheet_by_index(index)
            cells = _Cells(book, budget)
            stored = cells.stored(sheet, is_filtered=index in stream.filtered)
            if len(stored.merges) > MAX_MERGES:
                raise too_large(
                    file,
                    zh=f"一张工作表的合并单元格超过 {MAX_MERGES} 处",
                    en=f"a sheet has more than {MAX_MERGES} merged ranges",
                )
            reading.add(stored, cells.unprinted, [])
            book.unload_sheet(index)
    except _DAMAGE as error:
        raise broken(file, zh="记录无法读取", en="its records cannot be read") from error
    return reading.done()


class _Cells:
    """Turns the cells of one unpacked sheet to texts as they are shown."""

    def __init__(self, book: Book, budget: CellBudget) -> None:
        self.unprinted: list[tuple[int, int, str]] = []
        self._book = book
        self._budget = budget

    def stored(self, sheet: Sheet, *, is_filtered: bool) -> StoredSheet:
        """Return ``sheet`` with rows and columns counted from 1."""
        texts: dict[tuple[int, int], str] = {}
        boxed: list[tuple[int, int]] = []
        for row in range(sheet.nrows):
            is_boxed = False
            for column, cell in enumerate(sheet.row(row)):
                is_boxed = is_boxed or self._is_boxed(cell)
                if cell.ctype in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
                    continue
                shown = self._budget.spend_text(self._shown(cell))
                if shown:
                    texts[row + 1, column + 1] = shown
                elif cell.value != "":
                    self.unprinted.append((row + 1, column + 1, str(cell.value)))
            if is_boxed:
                boxed.append((row + 1, row + 1))
        return StoredSheet(
            name=sheet.name,
            texts=texts,
            merges=[
                Area(row + 1, column + 1, last_row, last_column)
                for row, last_row, column, last_column in sheet.merged_cells
                if row < last_row and column < last_column
            ],
            boxed_rows=Ranges(boxed),
            hidden_rows=Ranges(
                (row + 1, row + 1)
                for row, info in sheet.rowinfo_map.items()
                # Out of sight by a filter or an outline only: the reader has folded them.
                if info.hidden and not is_filtered and not info.outline_level
            ),
            hidden_columns=Ranges(
                (column + 1, column + 1)
                for column, info in sheet.colinfo_map.items()
                if info.hidden and not info.outline_level
            ),
            is_hidden=sheet.visibility != 0,
        )

    def _shown(self, cell: StoredCell) -> str:
        value = cell.value
        match cell.ctype:
            case xlrd.XL_CELL_TEXT:
                text = str(value).replace("\r\n", "\n").replace("\r", "\n")
                return shown_text(text, self._code(cell))
            case xlrd.XL_CELL_BOOLEAN:
                return "TRUE" if value else "FALSE"
            case xlrd.XL_CELL_ERROR:
                return str(xlrd.error_text_from_code.get(int(value), f"#ERR{value}"))
            case _:
                number = Decimal(repr(value))
                if not number.is_finite():
                    return str(value)
                since_1904 = self._book.datemode == 1
                return shown_number(number, self._code(cell), since_1904=since_1904)

    def _code(self, cell: StoredCell) -> str:
        style = self._style(cell)
        key = style.format_key if style is not None else 0
        if key in BUILTIN_FORMATS and key not in _OWN_FORMATS:
            return BUILTIN_FORMATS[key]
        found = self._book.format_map.get(key)
        return found.format_str if found is not None else BUILTIN_FORMATS.get(key, "General")

    def _is_boxed(self, cell: StoredCell) -> bool:
        style = self._style(cell)
        border = style.border if style is not None else None
        return border is not None and bool(
            border.left_line_style
            or border.right_line_style
            or border.top_line_style
            or border.bottom_line_style
        )

    def _style(self, cell: StoredCell) -> XF | None:
        return None if cell.xf_index is None else self._book.xf_list[cell.xf_index]
