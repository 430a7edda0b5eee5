"""How a sheet is parted into tables: the same for .xlsx, .xls and delimited text."""

from __future__ import annotations

import pytest

from perfgraph.model import Place, Table
from perfgraph.sources.sheets.errors import WorkbookTooLargeError
from perfgraph.sources.sheets.grid import Area, Ranges, StoredSheet, grid
from perfgraph.sources.sheets.limits import MAX_CELLS, CellBudget
from perfgraph.sources.sheets.splitting import tables
from tests.sources.builders_sheets import Box, boxes_of, texts_of


def stored(text: str) -> StoredSheet:
    """Return a sheet drawn with one line a row and ``|`` between the cells."""
    return StoredSheet(
        name="表",
        texts={
            (row, column): cell.strip()
            for row, line in enumerate(text.split("\n"), 1)
            for column, cell in enumerate(line.split("|"), 1)
            if cell.strip()
        },
    )


def read(sheet: StoredSheet) -> tuple[Table, ...]:
    return tables(grid(sheet), Place("a.xlsx", sheet="表"), first=1, budget=CellBudget("a.xlsx"))


def test_title_rows_become_the_heading_and_the_unit_line_with_a_code_stays() -> None:
    (table,) = read(
        stored("项目绩效目标表\n（2025年度）\n353215某中心||单位：万元\n项目名称|甲|乙")
    )
    assert table.heading == "项目绩效目标表\n（2025年度）"
    assert texts_of(table) == [["353215某中心", "", "单位：万元"], ["项目名称", "甲", "乙"]]


def test_rows_and_columns_are_those_of_the_sheet() -> None:
    (table,) = read(stored("表11\n\n|项目名称|甲\n|预算数|1"))
    assert boxes_of(table) == [
        Box(3, 2, "项目名称"),
        Box(3, 3, "甲"),
        Box(4, 2, "预算数"),
        Box(4, 3, "1"),
    ]


def test_a_title_may_stand_above_a_blank_row() -> None:
    (table,) = read(stored("表11\n项目绩效目标表\n\n单位:元\n项目名称|预算数\n甲|1"))
    assert table.heading == "表11\n项目绩效目标表\n单位:元"
    assert texts_of(table) == [["项目名称", "预算数"], ["甲", "1"]]


def test_a_blank_row_ends_a_table() -> None:
    first, second = read(stored("项目名称|甲\n预算数|1\n\n乙表\n项目名称|乙"))
    assert texts_of(first) == [["项目名称", "甲"], ["预算数", "1"]]
    assert (second.index, second.heading) == (2, "乙表")
    assert texts_of(second) == [["项目名称", "乙"]]


def test_a_row_of_empty_boxes_does_not_end_a_table() -> None:
    sheet = stored("项目名称|甲\n\n预算数|1")
    sheet.boxed_rows = Ranges([(1, 3)])
    (table,) = read(sheet)
    assert texts_of(table) == [["项目名称", "甲"], ["", ""], ["预算数", "1"]]


def test_a_merged_range_reaches_over_blank_rows() -> None:
    sheet = stored("绩效指标|产出\n\n|效益")
    sheet.merges = [Area(1, 1, 3, 1)]
    (table,) = read(sheet)
    assert boxes_of(table) == [
        Box(1, 1, "绩效指标", rows=3),
        Box(1, 2, "产出"),
        Box(2, 2, ""),
        Box(3, 2, "效益"),
    ]


def test_merged_cells_without_text_between_two_tables_are_a_gap() -> None:
    sheet = stored("项目名称|甲\n\n项目类别|乙")
    sheet.merges = [Area(2, 1, 2, 2)]
    assert len(read(sheet)) == 2


def test_a_second_project_name_begins_a_table_with_its_title_and_unit_line() -> None:
    text = "甲表\n项目名称|甲\n满意度|90%\n2.乙表\n353215某中心|单位：万元\n项目名称|乙"
    first, second = read(stored(text))
    assert (first.heading, second.heading) == ("甲表", "2.乙表")
    assert texts_of(first) == [["项目名称", "甲"], ["满意度", "90%"]]
    assert texts_of(second) == [["353215某中心", "单位：万元"], ["项目名称", "乙"]]


def test_a_note_stays_with_the_table_above_it() -> None:
    first, second = read(stored("项目名称|甲\n备注：无\n项目名称|乙"))
    assert texts_of(first) == [["项目名称", "甲"], ["备注：无", ""]]
    assert texts_of(second) == [["项目名称", "乙"]]


def test_a_merged_range_is_never_cut_in_two() -> None:
    sheet = stored("项目名称|甲|注\n项目名称|乙")
    sheet.merges = [Area(1, 3, 2, 3)]
    assert len(read(sheet)) == 1


def test_an_unfilled_form_keeps_its_first_label() -> None:
    (table,) = read(stored("项目名称\n预算数|1"))
    assert table.heading is None
    assert texts_of(table) == [["项目名称", ""], ["预算数", "1"]]


def test_a_sheet_of_prose_is_a_table_of_its_own() -> None:
    (table,) = read(stored("说明\n一、概况"))
    assert (table.heading, texts_of(table)) == (None, [["说明"], ["一、概况"]])


def test_text_below_the_last_table_is_not_lost() -> None:
    first, second = read(stored("项目名称|甲\n\n填表人：（略）"))
    assert (texts_of(first), texts_of(second)) == ([["项目名称", "甲"]], [["填表人：（略）"]])


def test_a_heading_has_the_nearest_lines_and_the_others_are_a_table() -> None:
    lines = [f"第{number}行" for number in range(1, 12)]
    first, second = read(stored("\n".join([*lines, "项目名称|甲"])))
    assert texts_of(first) == [["第1行"], ["第2行"], ["第3行"]]
    assert second.heading == "\n".join(lines[3:])


def test_hidden_rows_and_columns_are_not_in_the_table_but_handed_over() -> None:
    sheet = stored("项目名称|XMMC|甲\nKEY|KEY2|KEY3\n预算数|YSS|1")
    sheet.hidden_rows, sheet.hidden_columns = Ranges([(2, 2)]), Ranges([(2, 2)])
    (table,) = read(sheet)
    assert texts_of(table) == [["项目名称", "甲"], ["预算数", "1"]]
    assert grid(sheet).unprinted == (
        (1, 2, "XMMC"),
        (2, 1, "KEY"),
        (2, 2, "KEY2"),
        (2, 3, "KEY3"),
        (3, 2, "YSS"),
    )


def test_merged_text_shows_where_its_first_row_is_hidden() -> None:
    sheet = stored("绩效指标|KEY\n|产出\n|效益")
    sheet.merges, sheet.hidden_rows = [Area(1, 1, 3, 1)], Ranges([(1, 1)])
    (table,) = read(sheet)
    assert boxes_of(table) == [
        Box(2, 1, "绩效指标", rows=2),
        Box(2, 2, "产出"),
        Box(3, 2, "效益"),
    ]


def test_overlapping_merged_ranges_lose_no_text() -> None:
    sheet = stored("甲|乙|丙\n丁|戊|己")
    sheet.merges = [Area(1, 1, 2, 2), Area(2, 2, 2, 3)]
    found = grid(sheet)
    printed = [cell.text for cells in found.rows.values() for cell in cells]
    assert sorted(printed + [text for _, _, text in found.unprinted]) == sorted("甲乙丙丁戊己")


def test_a_merged_whole_column_makes_no_million_rows() -> None:
    sheet = stored("项目名称|甲\n预算数|1")
    sheet.merges = [Area(1, 3, 1_048_576, 3), Area(2, 1, 1_048_576, 1)]
    (table,) = read(sheet)
    assert len(table.rows) == 2


def test_a_merged_whole_row_is_as_wide_as_its_table() -> None:
    sheet = stored("项目名称|甲\n绩效目标")
    sheet.merges = [Area(2, 1, 2, 16_384)]
    (table,) = read(sheet)
    assert boxes_of(table)[-1] == Box(2, 1, "绩效目标", columns=2)


def test_merged_positions_count_as_much_as_cells() -> None:
    sheet = StoredSheet(texts={(1, 1): "项目名称", (1, 9_999): "甲", (2, 1): "目标"})
    sheet.merges = [Area(2, 1, 900, 9_998)]
    with pytest.raises(WorkbookTooLargeError, match="PG117"):
        read(sheet)


def test_a_sheet_with_too_many_positions_is_refused() -> None:
    side = int(MAX_CELLS**0.5) + 1
    sheet = StoredSheet(texts={(number, number): "甲" for number in range(1, side + 1)})
    with pytest.raises(WorkbookTooLargeError, match="PG117"):
        read(sheet)
