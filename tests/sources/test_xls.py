from __future__ import annotations

import random
import struct
from datetime import date
from functools import cache
from io import BytesIO

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgraph.errors import SourceError
from perfgraph.sources import xls, xlsx
from perfgraph.sources.sheets.biff import workbook_stream
from perfgraph.sources.sheets.errors import (
    BrokenWorkbookError,
    EncryptedWorkbookError,
    WorkbookTooLargeError,
)
from perfgraph.sources.sheets.reading import Reading
from tests.sources import builders_sheets as build
from tests.sources.builders_sheets import DISTRICT, Box, boxes_of, texts_of
from tests.sources.grids import grids


def read(content: bytes) -> Reading:
    return xls.read(content, "a.xls")


@cache
def district() -> bytes:
    return build.xls_of(*DISTRICT)


def test_the_old_format_gives_the_same_tables_as_the_new_one() -> None:
    assert xls.tables(district(), "a") == xlsx.tables(build.xlsx_of(*DISTRICT), "a")


@settings(deadline=None)
@given(grids())
def test_a_grid_is_read_as_it_was_written(boxes: list[Box]) -> None:
    (table,) = read(build.xls_of(*boxes)).tables
    assert boxes_of(table) == boxes


def test_numbers_and_dates_are_read_as_shown() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    values: list[tuple[object, str]] = [
        ("预算数", "General"),
        (222, '0.00"万元"'),
        (0.95, "0%"),
        (1030700, "#,##0.00"),
        (date(2025, 12, 31), 'yyyy"年"m"月"d"日"'),
        (date(2025, 12, 31), "M/D/YY"),
        (0.29, "G/通用格式"),
        (True, "General"),
    ]
    for column, (value, code) in enumerate(values):
        sheet.write(0, column, value, xlwt.easyxf(num_format_str=code))
    (table,) = read(build.xls_saved(book)).tables
    assert texts_of(table) == [
        [
            "预算数",
            "222.00万元",
            "95%",
            "1,030,700.00",
            "2025年12月31日",
            "2025/12/31",
            "0.29",
            "TRUE",
        ]
    ]


def test_the_calendar_of_1904_is_respected() -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    sheet = book.add_sheet("表")
    sheet.write(0, 0, "完成时间")
    sheet.write(0, 1, 44560, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    (table,) = read(build.xls_saved(book)).tables
    assert texts_of(table) == [["完成时间", "2025-12-31"]]


def test_what_is_hidden_is_left_out_and_handed_over() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for row, texts in enumerate((["项目名称", "ID", "甲"], ["KEY", "", "KEY2"], ["数量", "", "1"])):
        for column, text in enumerate(texts):
            sheet.write(row, column, text)
    sheet.row(1).hidden = True
    sheet.row(2).hidden = True
    sheet.row(2).level = 1
    sheet.col(1).hidden = True
    lists = book.add_sheet("字典")
    lists.write(0, 0, "产出指标")
    lists.visibility = 1
    found = read(build.xls_saved(book))
    assert [texts_of(table) for table in found.tables] == [[["项目名称", "甲"], ["数量", "1"]]]
    assert [(cell.text, str(cell.place), cell.place.sheet) for cell in found.hidden] == [
        ("ID", "a.xls#r1.c2", "表"),
        ("KEY", "a.xls#r2.c1", "表"),
        ("KEY2", "a.xls#r2.c3", "表"),
        ("产出指标", "a.xls#r1.c1", "字典"),
    ]


def test_a_row_that_a_filter_hides_is_kept() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for row in range(3):
        sheet.write(row, 0, f"数量{row}")
        sheet.write(row, 1, "1")
    sheet.row(1).hidden = True
    content = workbook_stream(build.xls_saved(book), "a.xls").content
    assert len(xls.tables(_as_file(content), "a.xls")[0].rows) == 2
    filtered = _with_record(content, 0x009B, before=0x0200)  # FILTERMODE before DIMENSIONS
    assert len(xls.tables(_as_file(filtered), "a.xls")[0].rows) == 3


def test_a_workbook_is_told_from_other_compound_files() -> None:
    assert xls.looks_like(district())
    assert xls.looks_like(district()[: len(district()) * 2 // 3])
    assert not xls.looks_like(build.xlsx_of(*DISTRICT))
    word = district().replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))
    assert not xls.looks_like(word)
    with pytest.raises(BrokenWorkbookError, match="no workbook"):
        read(word)


def test_a_password_is_asked_for_in_plain_words() -> None:
    stream = workbook_stream(district(), "a.xls").content
    with pytest.raises(EncryptedWorkbookError, match="PG116"):
        read(_as_file(_with_record(stream, 0x002F, before=0x0042)))


def test_a_workbook_that_claims_millions_of_texts_is_refused() -> None:
    stream = bytearray(workbook_stream(district(), "a.xls").content)
    at = next(at for kind, at in _records(bytes(stream)) if kind == 0x00FC)
    struct.pack_into("<I", stream, at + 8, 50_000_000)
    with pytest.raises(WorkbookTooLargeError, match="PG117"):
        read(_as_file(bytes(stream)))


@settings(deadline=None, max_examples=150)
@given(st.integers(0, 2**32))
def test_a_damaged_workbook_gives_tables_or_a_source_error(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(district())
    for _ in range(chance.randrange(1, 8)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if chance.random() < 0.3:
        del content[chance.randrange(len(content)) :]
    xls.looks_like(bytes(content))
    try:
        found = read(bytes(content))
    except SourceError as error:
        assert error.code in {"PG115", "PG116", "PG117"}  # noqa: PT017  # any may come
    else:
        assert all(row.cells for table in found.tables for row in table.rows)


def _records(stream: bytes) -> list[tuple[int, int]]:
    found, at = [], 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        found.append((kind, at))
        at += 4 + length
    return found


def _with_record(stream: bytes, kind: int, *, before: int) -> bytes:
    """Return the stream with an empty record before the first of another kind.

    Sheets are found by their position: those behind the new record are moved on.
    """
    place = next(at for found, at in _records(stream) if found == before)
    result = bytearray(stream)
    for found, at in _records(stream):
        if found == 0x0085:
            (position,) = struct.unpack_from("<I", stream, at + 4)
            struct.pack_into("<I", result, at + 4, position + 4 * (position > place))
    return bytes(result[:place]) + struct.pack("<HH", kind, 0) + bytes(result[place:])


def _as_file(stream: bytes) -> bytes:
    """Return the stream in a compound file."""
    buffer = BytesIO()
    xlwt.CompoundDoc.XlsDoc().save(buffer, stream)
    return buffer.getvalue()
