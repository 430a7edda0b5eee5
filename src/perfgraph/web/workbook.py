"""An answer → an Excel workbook: numbers and dates as such, nothing that Excel would calculate.

Excel keeps 15 digits of a number and no date before 1900. What it could not keep exactly is written
as text.
"""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import IO

import xlsxwriter
from pyoxigraph import Literal, QueryBoolean, QuerySolutions, Triple
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from perfgraph.text import Text
from perfgraph.vocab import XSD
from perfgraph.web.errors import TooLargeError

ROWS = 1_048_576
LONGEST_TEXT = 32_767
_DIGITS = 15
_FIRST_YEAR = 1901
_WIDEST = 60
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = frozenset(
    _XSD + name for name in ["integer", "decimal", "int", "long", "short", "nonNegativeInteger"]
)


def write_workbook(result: QuerySolutions | QueryBoolean, output: IO[bytes]) -> None:
    """Write a workbook with one sheet.

    Raises:
        TooLargeError: there are more rows, or longer texts, than Excel takes.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_urls": False})
    sheet = book.add_worksheet("perfgraph")
    head = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    if isinstance(result, QueryBoolean):
        sheet.write_boolean(0, 0, bool(result))
    else:
        names = [variable.value for variable in result.variables]
        for column, name in enumerate(names):
            sheet.set_column(column, column, min(max(len(name) + 2, 12), _WIDEST))
            sheet.write_string(0, column, name, head)
        sheet.freeze_panes(1, 0)
        row = 0
        for row, solution in enumerate(result, 1):
            if row >= ROWS:
                raise _too_large(Text(zh=f"Excel 最多 {ROWS} 行", en=f"Excel takes {ROWS} rows"))
            for column, term in enumerate(solution):
                if term is not None:
                    _write(sheet, row, column, term, day)
        if names and row:
            sheet.autofilter(0, 0, row, len(names) - 1)
    book.close()
    output.write(file.getvalue())


def _write(sheet: Worksheet, row: int, column: int, term: object, day: Format) -> None:
    if isinstance(term, Literal):
        datatype = term.datatype
        if datatype.value in _NUMBERS:
            number = _number(term.value)
            if number is not None:
                sheet.write_number(row, column, number)
                return
        elif datatype == XSD.boolean and term.value in ("true", "false"):
            sheet.write_boolean(row, column, term.value == "true")
            return
        elif datatype == XSD.date and (found := _date(term.value)) is not None:
            sheet.write_datetime(row, column, datetime(found.year, found.month, found.day), day)
            return
    text = str(term) if isinstance(term, Triple) else getattr(term, "value", str(term))
    if len(text) > LONGEST_TEXT:
        raise _too_large(
            Text(
                zh=f"Excel 的单元格最多 {LONGEST_TEXT} 个字符",
                en=f"a cell of Excel takes {LONGEST_TEXT} characters",
            )
        )
    sheet.write_string(row, column, text)


def _number(text: str) -> float | int | None:
    """Return what Excel can keep of a number exactly; ``None`` otherwise.

    >>> _number("2220000.50"), _number("12345678901234567890")
    (2220000.5, None)
    """
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite() or len(value.normalize().as_tuple().digits) > _DIGITS:
        return None
    return float(value)


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:  # a time zone, or a year that is none of ours
        return None
    return found if found.year >= _FIRST_YEAR else None


def _too_large(message: Text) -> TooLargeError:
    return TooLargeError(
        message,
        advice=Text(zh="请用 CSV，或分批取", en="take CSV, or fetch parts with LIMIT and OFFSET"),
    )
