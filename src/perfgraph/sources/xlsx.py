"""The bytes of an .xlsx or .xlsm workbook → its tables, sheet by sheet, as they are printed.

Values are the stored ones: formulas are not computed, macros not run, links not followed. Hidden
sheets, rows and columns are not printed and so not in the tables; ``read`` hands them over apart.
Rows that only a filter or a folded outline hides are kept. Comments, text boxes and the headers of
printed pages are not read.

openpyxl is not used: it refuses workbooks for faults in fonts, colours and page setups that other
office programs write, and it holds a sheet of any size in memory.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

from perfgraph.model import Place, Table
from perfgraph.sources.sheets.errors import UnreadWorkbookFormatError
from perfgraph.sources.sheets.limits import MAX_SHEETS, CellBudget, too_large
from perfgraph.sources.sheets.package import Package, Relationships, broken
from perfgraph.sources.sheets.reading import Reading
from perfgraph.sources.sheets.sheets_reading import SheetsReading
from perfgraph.sources.sheets.workbook_parts import SharedTexts, SheetEntry, Styles, Workbook
from perfgraph.sources.sheets.worksheet import Worksheet
from perfgraph.text import Text

_ARCHIVE = b"PK\x03\x04"
_WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin")
_BINARY = Text(zh=" Excel 二进制工作簿（.xlsb）", en="a binary Excel workbook (.xlsb)")


def looks_like(content: bytes) -> bool:
    """Whether ``content`` is an Office package with a workbook, whole or cut off."""
    if not content.startswith(_ARCHIVE):
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return b"xl/workbook." in content and b"word/document.xml" not in content
    return any(name in names for name in _WORKBOOKS)


def tables(content: bytes, file: str) -> tuple[Table, ...]:
    """Return the tables of the workbook, numbered over its visible sheets.

    Raises:
        SourceError: the workbook is damaged, unsafe, too large, or binary (.xlsb).
    """
    return read(content, file).tables


def read(content: bytes, file: str) -> Reading:
    """Return the tables of the workbook, and what stands in it unprinted or uncomputed.

    Raises:
        SourceError: the workbook is damaged, unsafe, too large, or binary (.xlsb).
    """
    package = Package(content, file)
    part = Relationships.of("", package).of_kind("officeDocument") or _WORKBOOKS[0]
    if part.lower().endswith(".bin") or (part not in package and _WORKBOOKS[1] in package):
        raise UnreadWorkbookFormatError(Place(file), _BINARY)
    workbook = Workbook()
    package.parse(part, workbook)
    links = Relationships.of(part, package)
    sheets = [sheet for sheet in workbook.sheets if _part(sheet, links) is not None]
    if not sheets:
        raise broken(file, zh="没有工作表", en="it has no worksheet")
    if len(sheets) > MAX_SHEETS:
        raise too_large(file, zh=f"工作表超过 {MAX_SHEETS} 张", en=f"over {MAX_SHEETS} sheets")
    texts, styles = SharedTexts(file), Styles(file)
    for kind, events in (("sharedStrings", texts), ("styles", styles)):
        target = links.of_kind(kind)
        if target is not None and target in package:
            package.parse(target, events)
    reading = SheetsReading(file)
    budget = CellBudget(file)
    for sheet in sheets:
        worksheet = Worksheet(file, styles, texts.texts, budget, since_1904=workbook.since_1904)
        package.parse(_part(sheet, links) or "", worksheet)
        worksheet.stored.name = sheet.name
        worksheet.stored.is_hidden = sheet.is_hidden
        reading.add(worksheet.stored, worksheet.unprinted, worksheet.uncomputed)
    return reading.done()


def _part(sheet: SheetEntry, links: Relationships) -> str | None:
    """Return the part of a worksheet; None for charts, dialogues and macro sheets."""
    kind, part = links.targets.get(sheet.relationship, ("", ""))
    return part if kind == "worksheet" else None
