"""The events of a worksheet part → its stored cells, with each value as the cell shows it."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal

from perfgraph.sources.sheets.grid import Area, Ranges, StoredSheet
from perfgraph.sources.sheets.limits import (
    MAX_COLUMNS,
    MAX_MERGES,
    MAX_ROWS,
    CellBudget,
    too_large,
)
from perfgraph.sources.sheets.number_format import shown_number, shown_text
from perfgraph.sources.sheets.serial_dates import serial_of
from perfgraph.sources.sheets.workbook_parts import Styles, is_true, number, stored_text

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_NUMBER = re.compile(
    r"[-+]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][-+]?\d{1,4})?", re.ASCII
)
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d(?:\.\d{1,6})?)Z?)?", re.ASCII)


class Worksheet:
    """Takes the events of one worksheet part; ``stored`` is complete when the part has ended."""

    def __init__(
        self, file: str, styles: Styles, texts: list[str], budget: CellBudget, *, since_1904: bool
    ) -> None:
        self.stored = StoredSheet()
        self.uncomputed: list[tuple[int, int, str]] = []
        self.unprinted: list[tuple[int, int, str]] = []
        self._file = file
        self._styles = styles
        self._texts = texts
        self._budget = budget
        self._since_1904 = since_1904
        self._hidden_rows: list[tuple[int, int]] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._boxed_rows: list[tuple[int, int]] = []
        self._is_filtered = False
        self._row = 0
        self._column = 0
        self._in_cell = False
        self._type = "n"
        self._style = 0
        self._pieces: dict[str, list[str]] = {"v": [], "f": [], "t": []}
        self._open: list[str] | None = None
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take what an element's attributes say."""
        match name:
            case "c":
                self._begin_cell(attributes)
            case "v" | "f" | "t" if self._in_cell and not self._phonetic:
                self._open = self._pieces[name]
            case "rPh":
                self._phonetic = True
            case "row":
                self._begin_row(attributes)
            case "col" if is_true(attributes.get("hidden")):
                first, last = number(attributes.get("min")), number(attributes.get("max"))
                if 0 < first <= last and not _is_folded(attributes):
                    self._hidden_columns.append((first, last))
            case "sheetPr":
                self._is_filtered = is_true(attributes.get("filterMode"))
            case "mergeCell":
                self._merge(attributes.get("ref", ""))
            case _:
                pass

    def end(self, name: str) -> None:
        """Close a text, a cell, or the sheet."""
        match name:
            case "v" | "f" | "t":
                self._open = None
            case "c":
                self._end_cell()
            case "rPh":
                self._phonetic = False
            case "worksheet":
                self.stored.hidden_rows = Ranges(self._hidden_rows)
                self.stored.hidden_columns = Ranges(self._hidden_columns)
                self.stored.boxed_rows = Ranges(self._boxed_rows)
            case _:
                pass

    def text(self, text: str) -> None:
        """Add characters to the value or formula that is open."""
        if self._open is not None:
            self._open.append(text)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        given = number(attributes.get("r"))
        self._row = given if 0 < given <= MAX_ROWS else self._row + 1
        self._column = 0
        # Rows out of sight by a filter or an outline are there; the reader has only folded them.
        if (
            is_true(attributes.get("hidden"))
            and not self._is_filtered
            and not _is_folded(attributes)
        ):
            _extend(self._hidden_rows, self._row)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        column = _column(found.group(1)) if found else self._column + 1
        self._column = column if column <= MAX_COLUMNS else self._column + 1
        self._in_cell = True
        self._type = attributes.get("t", "n")
        self._style = number(attributes.get("s", "0"))
        if self._styles.is_boxed(self._style):
            _extend(self._boxed_rows, self._row)

    def _end_cell(self) -> None:
        self._in_cell = False
        self._open = None
        formula = "".join(self._pieces["f"])
        stored = "".join(self._pieces["t" if self._type == "inlineStr" else "v"])
        for pieces in self._pieces.values():
            pieces.clear()
        if not stored:
            if formula:
                text = self._budget.spend_text("=" + formula)
                self.uncomputed.append((self._row, self._column, text))
            return
        shown = self._budget.spend_text(self._shown(stored))
        if shown:
            self.stored.texts[self._row, self._column] = shown
        else:
            self.unprinted.append((self._row, self._column, stored))

    def _shown(self, stored: str) -> str:
        code = self._styles.code(self._style)
        match self._type:
            case "s":
                index = number(stored.strip())
                text = self._texts[index] if 0 <= index < len(self._texts) else stored
                return shown_text(text, code)
            case "str" | "inlineStr":
                return shown_text(stored_text(stored), code)
            case "b":
                return "TRUE" if stored.strip() == "1" else "FALSE"
            case "e":
                return stored
            case "d":
                return self._shown_date(stored, code)
            case _:
                if not _NUMBER.fullmatch(stored.strip()):
                    return stored
                return shown_number(Decimal(stored.strip()), code, since_1904=self._since_1904)

    def _shown_date(self, stored: str, code: str) -> str:
        found = _DATE.fullmatch(stored.strip())
        try:
            day = date.fromisoformat(found.group(1)) if found else None
            at = time.fromisoformat((found.group(2) if found else None) or "00:00:00")
        except ValueError:
            return stored
        if day is None or code == "General":
            return stored
        seconds = Decimal(at.hour * 3600 + at.minute * 60 + at.second)
        serial = serial_of(day, seconds, since_1904=self._since_1904)
        return shown_number(serial, code, since_1904=self._since_1904)

    def _merge(self, reference: str) -> None:
        begin, _, end = reference.partition(":")
        first, last = _REFERENCE.fullmatch(begin), _REFERENCE.fullmatch(end)
        if first is None or last is None:
            return
        if len(self.stored.merges) >= MAX_MERGES:
            raise too_large(
                self._file,
                zh=f"一张工作表的合并单元格超过 {MAX_MERGES} 处",
                en=f"a sheet has more than {MAX_MERGES} merged ranges",
            )
        area = Area(
            int(first.group(2)),
            _column(first.group(1)),
            min(int(last.group(2)), MAX_ROWS),
            min(_column(last.group(1)), MAX_COLUMNS),
        )
        if 0 < area.row <= area.last_row and area.column <= area.last_column:
            self.stored.merges.append(area)


def _is_folded(attributes: dict[str, str]) -> bool:
    return number(attributes.get("outlineLevel")) > 0


def _extend(ranges: list[tuple[int, int]], row: int) -> None:
    """Add ``row`` to ``ranges``: rows come in order, so a full column of boxes is one range."""
    if ranges and ranges[-1][0] <= row <= ranges[-1][1] + 1:
        ranges[-1] = (ranges[-1][0], max(row, ranges[-1][1]))
    else:
        ranges.append((row, row))


def _column(letters: str) -> int:
    """Return the number of a column.

    >>> _column("A"), _column("AB")
    (1, 28)
    """
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index
