from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from perfgraph.errors import SourceError
from perfgraph.sources import xlsx
from perfgraph.sources.sheets.errors import (
    BrokenWorkbookError,
    UnreadWorkbookFormatError,
    UnsafeWorkbookError,
    WorkbookTooLargeError,
)
from perfgraph.sources.sheets.limits import MAX_CELLS, MAX_STYLES, MAX_TEXT, MAX_XML_BYTES
from perfgraph.sources.sheets.reading import Reading
from tests.sources import builders_sheets as build
from tests.sources.builders_sheets import DISTRICT, Box, altered, boxes_of, texts_of
from tests.sources.grids import grids

SHEET = "xl/worksheets/sheet1.xml"


def read(content: bytes) -> Reading:
    return xlsx.read(content, "a.xlsx")


def row_of(content: bytes) -> list[str]:
    """Return the texts of the first row of the first table."""
    return texts_of(read(content).tables[0])[0]


def with_cells(xml: str) -> bytes:
    """Return a workbook whose sheet has these rows, written as XML."""
    return altered(
        build.xlsx_of(Box(1, 1, "甲")),
        SHEET,
        lambda _: f'<worksheet xmlns="urn:x"><sheetData>{xml}</sheetData></worksheet>'.encode(),
    )


def test_a_published_table_keeps_every_cell_with_its_span() -> None:
    (table,) = read(build.xlsx_of(*DISTRICT)).tables
    assert table.heading == "抗疫特别国债项目绩效目标表（打捆项目）\n（2020年度）"
    assert boxes_of(table) == [box for box in DISTRICT if box.row > 2]
    assert {cell.place.sheet for row in table.rows for cell in row} == {"绩效目标表"}


@settings(deadline=None)
@given(grids())
def test_a_grid_is_read_as_it_was_written(boxes: list[Box]) -> None:
    (table,) = read(build.xlsx_of(*boxes, frame=False)).tables
    assert boxes_of(table) == boxes


def test_a_number_keeps_the_unit_of_its_format() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["预算数", 222, 0.95, 1030700, 37, "12"])
        for column, code in zip("BCDEF", ['0.00"万元"', "0%", "#,##0.00", '"≥"0"人"', '@"元"'],
                                strict=True):  # fmt: skip
            sheet[f"{column}1"].number_format = code

    assert row_of(build.xlsx(fill)) == [
        "预算数",
        "222.00万元",
        "95%",
        "1,030,700.00",
        "≥37人",
        "12元",
    ]


def test_a_date_is_read_as_shown() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["完成时间", date(2025, 12, 31), date(2025, 12, 31), 46022])
        for column, code in zip("BCD", ["mm-dd-yy", 'yyyy"年"m"月"', "General"], strict=True):
            sheet[f"{column}1"].number_format = code

    # The format that is stored as number 14 is the short date of the reader's country.
    assert row_of(build.xlsx(fill)) == ["完成时间", "2025/12/31", "2025年12月", "46022"]


def test_the_calendar_of_1904_is_respected() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["完成时间", date(2025, 12, 31)])
    assert row_of(build.saved(book)) == ["完成时间", "2025-12-31"]


def test_a_formula_shows_its_stored_result_and_is_named_without_one() -> None:
    content = with_cells(
        '<row r="1"><c r="A1" t="str"><f>B1&amp;"元"</f><v>12元</v></c>'
        '<c r="B1"><f>SUM(C1:D1)</f><v>12</v></c><c r="C1"><f>D1*2</f></c>'
        '<c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1" t="b"><v>1</v></c></row>'
    )
    found = read(content)
    assert texts_of(found.tables[0]) == [["12元", "12", "#DIV/0!", "TRUE"]]
    assert [(cell.text, str(cell.place)) for cell in found.uncomputed] == [
        ("=D1*2", "a.xlsx#r1.c3")
    ]


def test_rich_inline_and_escaped_texts_are_whole() -> None:
    def fill(sheet: Worksheet) -> None:
        rich = CellRichText("项目", TextBlock(InlineFont(b=True), "名称"))
        sheet.append([rich, "第一段\r\n第二段", "  前后有空格  "])

    assert row_of(build.xlsx(fill)) == ["项目名称", "第一段\n第二段", "  前后有空格  "]
    inline = (
        '<row><c t="inlineStr"><is><r><t>绩效</t></r><r><t>目标</t></r>'
        '<rPh sb="0" eb="1"><t>ji</t></rPh></is></c>'
        '<c t="inlineStr"><is><t>甲_x000D_\n乙</t></is></c></row>'
    )
    assert row_of(with_cells(inline)) == ["绩效目标", "甲\n乙"]


def test_a_hidden_sheet_is_left_out_and_handed_over() -> None:
    book = Workbook()
    book.remove(book["Sheet"])
    for name, state in (("表1", "visible"), ("字典", "hidden"), ("表2", "visible")):
        sheet = book.create_sheet(name)
        sheet.append(["项目名称", name])
        sheet.sheet_state = state
    found = read(build.saved(book))
    assert [(table.index, texts_of(table)) for table in found.tables] == [
        (1, [["项目名称", "表1"]]),
        (2, [["项目名称", "表2"]]),
    ]
    assert [(cell.text, cell.place.sheet) for cell in found.hidden] == [
        ("项目名称", "字典"),
        ("字典", "字典"),
    ]


def test_a_hidden_row_is_left_out_but_not_one_that_a_filter_or_an_outline_folds() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["项目名称", "甲"])
        sheet.append(["XMMC", "KEY"])
        sheet.append(["数量指标", "485条"])
        sheet.row_dimensions[2].hidden = True
        sheet.row_dimensions[3].hidden = True
        sheet.row_dimensions[3].outlineLevel = 1

    content = build.xlsx(fill)
    found = read(content)
    assert texts_of(found.tables[0]) == [["项目名称", "甲"], ["数量指标", "485条"]]
    assert [cell.text for cell in found.hidden] == ["XMMC", "KEY"]
    filtered = altered(
        content, SHEET, lambda xml: xml.replace(b"<sheetPr>", b'<sheetPr filterMode="1">')
    )
    assert len(read(filtered).tables[0].rows) == 3


def test_a_hidden_column_and_a_value_that_its_format_hides_are_handed_over() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["项目名称", "ID-1", "甲", 0])
        sheet.column_dimensions["B"].hidden = True
        sheet["D1"].number_format = "0;-0;;@"

    found = read(build.xlsx(fill))
    assert texts_of(found.tables[0]) == [["项目名称", "甲"]]
    assert [cell.text for cell in found.hidden] == ["ID-1", "0"]


def test_two_forms_on_one_sheet_are_two_tables() -> None:
    second = [Box(b.row + 12, b.column, b.text, b.rows, b.columns) for b in DISTRICT]
    first_table, second_table = read(build.xlsx_of(*DISTRICT, *second)).tables
    assert second_table.heading == first_table.heading
    assert boxes_of(second_table) == [box for box in second if box.row > 14]
    adjoining = [Box(b.row - 1, b.column, b.text, b.rows, b.columns) for b in second]
    assert [len(t.rows) for t in read(build.xlsx_of(*DISTRICT, *adjoining)).tables] == [9, 9]


@pytest.mark.parametrize(
    "alter",
    [
        lambda xml: xml.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
        lambda xml: xml.replace(b'<family val="2"', b'<family val="49"'),
        lambda xml: xml.replace(b'<sz val="11"', b'<color rgb="#FF0000"/><sz val="11"'),
        lambda xml: xml.replace(b"</sheetData>", b'</sheetData><pageSetup orientation=""/>'),
    ],
    ids=["strict", "font-family", "colour", "orientation"],
)
def test_what_other_office_programs_write_is_read(alter: Callable[[bytes], bytes]) -> None:
    content = build.xlsx_of(*DISTRICT)
    assert read(altered(content, "*", alter)).tables == read(content).tables


def test_cells_without_references_follow_each_other() -> None:
    content = with_cells("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    assert texts_of(read(content).tables[0]) == [["1", "2"], ["3", ""]]


def test_the_texts_are_those_that_openpyxl_finds() -> None:
    content = build.xlsx_of(*DISTRICT)
    sheet = load_workbook(BytesIO(content))["绩效目标表"]
    expected = [str(cell.value) for row in sheet.iter_rows(min_row=3) for cell in row if cell.value]
    (table,) = read(content).tables
    assert [cell.text for row in table.rows for cell in row] == expected


def test_a_workbook_is_told_from_other_archives() -> None:
    content = build.xlsx_of(*DISTRICT)
    assert xlsx.looks_like(content)
    assert xlsx.looks_like(content[: len(content) // 2]) is (b"xl/workbook." in content[:3000])
    word = BytesIO()
    with zipfile.ZipFile(word, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
        archive.writestr("word/embeddings/a.xlsx", content)
    assert not xlsx.looks_like(word.getvalue())
    assert not xlsx.looks_like(b"%PDF-1.7")


def test_a_binary_workbook_is_refused_by_name() -> None:
    binary = BytesIO()
    with zipfile.ZipFile(binary, "w") as archive:
        archive.writestr("xl/workbook.bin", b"\x83\x01\x00")
    assert xlsx.looks_like(binary.getvalue())
    with pytest.raises(UnreadWorkbookFormatError, match=r"xlsb.*PG119"):
        read(binary.getvalue())


def test_a_document_type_is_refused() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        b"<worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>"
    )
    with pytest.raises(UnsafeWorkbookError, match="PG118"):
        read(altered(build.xlsx_of(*DISTRICT), SHEET, lambda _: bomb))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = altered(build.xlsx_of(*DISTRICT), SHEET, lambda xml: xml + b" " * MAX_XML_BYTES)
    assert len(bomb) < 200_000
    with pytest.raises(WorkbookTooLargeError, match="PG117"):
        read(bomb)


@pytest.mark.parametrize("token", [b"<!--%s-->", b'<x y="%s"/>'])
def test_a_tag_without_end_is_refused_at_once(token: bytes) -> None:
    endless = token % (b"a" * 8_000_000)
    content = altered(build.xlsx_of(*DISTRICT), SHEET, lambda xml: endless)
    with pytest.raises(BrokenWorkbookError, match="endless tag"):
        read(content)


@pytest.mark.parametrize(
    ("part", "xml"),
    [
        ("xl/sharedStrings.xml", "<sst>" + "<si><t>a</t></si>" * (MAX_CELLS + 1) + "</sst>"),
        ("xl/styles.xml", "<s><cellXfs>" + "<xf/>" * (MAX_STYLES + 1) + "</cellXfs></s>"),
    ],
    ids=["texts", "styles"],
)
def test_a_workbook_with_too_many_texts_or_styles_is_refused(part: str, xml: str) -> None:
    with pytest.raises(WorkbookTooLargeError, match="PG117"):
        read(altered(build.xlsx_of(*DISTRICT), part, lambda _: xml.encode()))


def test_a_sheet_with_too_many_cells_is_refused() -> None:
    row = "<row>" + "<c><v>1</v></c>" * 1000 + "</row>"
    with pytest.raises(WorkbookTooLargeError, match="cells"):
        read(with_cells(row * (MAX_CELLS // 1000 + 1)))


def test_a_cell_that_is_no_cell_is_refused() -> None:
    with pytest.raises(WorkbookTooLargeError, match="characters"):
        read(with_cells(f'<row><c t="str"><v>{"甲" * (MAX_TEXT + 1)}</v></c></row>'))


def test_deep_nesting_does_no_harm() -> None:
    deep = "<x>" * 100_000 + "</x>" * 100_000
    assert row_of(with_cells(f"{deep}<row><c><v>1</v></c><c><v>2</v></c></row>")) == ["1", "2"]


def test_a_number_of_absurd_size_stays_as_it_is() -> None:
    assert row_of(with_cells("<row><c><v>1E+9999</v></c><c><v>x</v></c></row>")) == ["1E+9999", "x"]


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET])
def test_a_workbook_without_a_part_is_broken(part: str) -> None:
    content = altered(build.xlsx_of(*DISTRICT), part, lambda _: b"")
    with pytest.raises(BrokenWorkbookError, match="PG115"):
        read(content)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32))
def test_a_damaged_workbook_gives_tables_or_a_source_error(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(build.xlsx_of(*DISTRICT[:10]))
    for _ in range(chance.randrange(1, 6)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if chance.random() < 0.3:
        del content[chance.randrange(len(content)) :]
    _reads_or_refuses(bytes(content))


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 2**32))
def test_damaged_xml_gives_tables_or_a_source_error(seed: int) -> None:
    chance = random.Random(seed)
    part = chance.choice(
        ["xl/workbook.xml", "xl/styles.xml", SHEET, "xl/sharedStrings.xml", "_rels/.rels"]
    )

    def damage(xml: bytes) -> bytes:
        found = bytearray(xml)
        for _ in range(chance.randrange(1, 4)):
            found[chance.randrange(len(found))] = chance.choice(b'0123456789"<>&;:ABZ-. ')
        return bytes(found)

    _reads_or_refuses(altered(build.xlsx_of(*DISTRICT[:10]), part, damage))


def _reads_or_refuses(content: bytes) -> None:
    try:
        found = read(content)
    except SourceError as error:
        assert error.code in {"PG115", "PG117", "PG118", "PG119"}  # noqa: PT017  # any may come
    else:
        assert all(row.cells for table in found.tables for row in table.rows)
