"""Delimited text (CSV, TSV, Excel's “Unicode text”) → its tables.

The delimiter is found by trial: comma, TAB or semicolon, whichever gives the steadiest columns.
Quoted fields may hold line breaks; where the quotes do not fit, they are read as text. Values are
as they stand: no number is formatted and nothing is trimmed.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice

from perfgraph.errors import SourceError
from perfgraph.model import Place, Table
from perfgraph.sources.encoding import decode
from perfgraph.sources.sheets.grid import StoredSheet
from perfgraph.sources.sheets.limits import (
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_ROWS,
    CellBudget,
    too_large,
)
from perfgraph.sources.sheets.sheets_reading import SheetsReading

_DELIMITERS = (",", "\t", ";")
_SAMPLE_RECORDS = 200
_SAMPLE_LENGTH = 256 * 1024
_DELIMITERS_A_CELL = 5
"""Delimiters that a text may have for each cell that it may have: some stand inside quotes."""
_LEVELS = frozenset({"一级指标", "二级指标", "三级指标"})
_STEADY = 0.8
"""Share of the lines that have the same number of fields in a text that is a table."""


def looks_like(content: bytes) -> bool:
    r"""Whether ``content`` is delimited text: most records have the same number of fields.

    Where they have not, the labels of the indicators show that it is a table.

    Text with one TAB before each cell is another format, and prose is none.

    >>> looks_like("项目名称,预算数\n甲,1\n".encode()), looks_like("一、概况,说明。\n完\n".encode())
    (True, False)
    >>> looks_like("\t项目名称\n\t甲\n".encode())
    False
    """
    try:
        text = decode(content, Place(""))
    except SourceError:
        return False
    text, delimiter = _announced(text)
    if delimiter is not None:
        return True
    share, width, delimiter = _best(text)
    if width < 2 or (share < _STEADY and not _has_header(text, delimiter)):
        return False
    records = [record for record in _sample(text, delimiter) if any(record)]
    return len(records) > 1 and any(record[0] for record in records)


def tables(content: bytes, file: str) -> tuple[Table, ...]:
    """Return the tables of ``content``; a place counts records and fields from 1.

    Raises:
        SourceError: the bytes are no text, or there are too many cells.
    """
    text, delimiter = _announced(decode(content, Place(file)))
    if len(text) > MAX_CHARACTERS:
        raise too_large(
            file,
            zh=f"超过 {MAX_CHARACTERS} 字",
            en=f"it has more than {MAX_CHARACTERS} characters",
        )
    if text.count("\n") > MAX_ROWS:
        raise too_large(file, zh=f"超过 {MAX_ROWS} 行", en=f"it has more than {MAX_ROWS} lines")
    delimiter = delimiter or _best(text)[2]
    if text.count(delimiter) > _DELIMITERS_A_CELL * MAX_CELLS:
        raise too_large(file, zh=f"单元格超过 {MAX_CELLS} 个", en=f"over {MAX_CELLS} cells")
    try:
        sheet = _sheet(_records(text, delimiter), file)
    except csv.Error:  # the quotes do not fit: they are text
        sheet = _sheet(_lines(text, delimiter), file)
    reading = SheetsReading(file)
    reading.add(sheet, [], [])
    return reading.done().tables


def _sheet(records: Iterable[list[str]], file: str) -> StoredSheet:
    budget = CellBudget(file)
    sheet = StoredSheet()
    for row, record in enumerate(records, 1):
        for column, field in enumerate(record, 1):
            text = budget.spend_text(field)
            if text:
                sheet.texts[row, column] = text
    return sheet


def _announced(text: str) -> tuple[str, str | None]:
    """Return the text after a first line such as ``sep=;``, and the delimiter it announces."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == 5:
        return "\n" + rest, first[4]  # the line still counts
    return text, None


def _best(text: str) -> tuple[float, int, str]:
    """Return share, width and delimiter of the reading with the steadiest columns."""
    found = []
    for delimiter in _DELIMITERS:
        widths = Counter(len(record) for record in _sample(text, delimiter) if any(record))
        several = {width: count for width, count in widths.items() if width > 1}
        width = max(several, key=lambda width: (several[width], width), default=1)
        share = several.get(width, 0) / max(1, widths.total())
        found.append((share, width, delimiter))
    return max(found, key=lambda reading: reading[:2])


def _has_header(text: str, delimiter: str) -> bool:
    """Whether a record names two levels of indicators: then rows may differ in width.

    TAB and blanks part the cells of other texts as well.
    """
    if delimiter == "\t":
        return False
    return any(
        sum("".join(field.split()) in _LEVELS for field in record) > 1
        for record in _sample(text, delimiter)
    )


def _sample(text: str, delimiter: str) -> list[list[str]]:
    text = text[:_SAMPLE_LENGTH]
    try:
        return list(islice(_records(text, delimiter), _SAMPLE_RECORDS))
    except csv.Error:
        return list(islice(_lines(text, delimiter), _SAMPLE_RECORDS))


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the records of ``text`` by its quotes; ``csv.Error`` where they do not fit."""
    return csv.reader(StringIO(text, newline="\n"), delimiter=delimiter, strict=True)


def _lines(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield each line of ``text`` as a record, quotes and all."""
    return (line.removesuffix("\n").split(delimiter) for line in StringIO(text, newline="\n"))
