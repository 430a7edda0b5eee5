from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgraph import sources
from perfgraph.model import Place, Table
from perfgraph.sources import tab_text
from perfgraph.sources.encoding import decode
from perfgraph.sources.errors import (
    EmptyFileError,
    UnknownEncodingError,
    UnreadableFileError,
    UnsupportedFormatError,
)
from perfgraph.sources.pdf.errors import DamagedPdfError

UNIT_LINE = "\t353215某中心\n\t单位：万元\n"


def read(text: str) -> tuple[Table, ...]:
    return tab_text.tables(text, "a.txt")


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_the_seed_has_four_tables_and_the_fourth_has_no_heading(seed: Path) -> None:
    tables = sources.read(sources.load(seed))
    assert [table.heading is None for table in tables] == [False, False, False, True]
    assert [len(table.rows) for table in tables] == [12, 12, 24, 12]


def test_every_cell_knows_its_place(seed: Path) -> None:
    fourth = sources.read(sources.load(seed))[3]
    found = {cell.place.fragment: cell.text for row in fourth.rows for cell in row}
    assert found["t4.r3.c3"] == "222.00"
    assert found["t4.r5.c2"].startswith("1.通过做好院士特别津贴发放工作")
    assert found["t4.r7.c5"] == "≥37人"


def test_a_bookmark_is_no_part_of_the_heading(seed: Path) -> None:
    heading = sources.read(sources.load(seed))[0].heading
    assert heading == "1.“天津人才工作”微信公众号信息发布系统运维经费绩效目标表"


def test_a_line_with_one_tab_is_an_empty_cell_not_a_blank_line() -> None:
    (table,) = read(UNIT_LINE + "\n\t预算数\n\t10.00\n\t其他资金\n\t\n\n\t\n\t用途\n")
    assert texts(table)[1:] == [["预算数", "10.00", "其他资金", ""], ["", "用途"]]


def test_white_space_without_a_tab_ends_the_row() -> None:
    (table,) = read(UNIT_LINE + "\n\t甲\n   \n\t乙\n")
    assert texts(table)[1:] == [["甲"], ["乙"]]


def test_a_table_begins_inside_a_block_without_blank_line_or_heading() -> None:
    text = UNIT_LINE + "\n\t甲\n\t乙\n" + UNIT_LINE + "\n\t丙\n"
    first, second = read(text)
    assert texts(first)[1:] == [["甲", "乙"]]
    assert texts(second) == [["353215某中心", "单位：万元"], ["丙"]]


def test_several_cells_on_one_line_are_several_cells() -> None:
    (table,) = read("\t单位：元\n\n\t甲\t乙\n\t丙\n")
    assert texts(table)[1] == ["甲", "乙", "丙"]


def test_a_second_paragraph_stays_in_its_cell() -> None:
    (table,) = read(UNIT_LINE + "\n\t绩效目标\n\t1.甲。\n2.乙。\n\n\t丙\n")
    assert texts(table)[1] == ["绩效目标", "1.甲。\n2.乙。"]


def test_a_heading_may_follow_a_row_without_a_blank_line() -> None:
    first, second = read(UNIT_LINE + "\n\t甲\n2.乙项目绩效目标表\n" + UNIT_LINE + "\n\t乙\n")
    assert texts(first)[1:] == [["甲"]]
    assert second.heading == "2.乙项目绩效目标表"


def test_without_unit_lines_a_table_begins_at_the_project_name() -> None:
    tables = read("\t项目名称\n\t甲\n\n\t预算数\n\t1\n\n\t项目名称\n\t乙\n")
    assert [texts(table)[0][1] for table in tables] == ["甲", "乙"]


@given(
    st.lists(
        st.lists(
            st.text(
                st.characters(exclude_categories=["C", "Z"], exclude_characters="\t"), max_size=8
            ),
            min_size=1,
            max_size=4,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_no_cell_is_lost(rows: list[list[str]]) -> None:
    text = "\n\n".join("\n".join("\t" + cell for cell in row) for row in rows)
    read_cells = [cell.text for table in read(text) for row in table.rows for cell in row]
    assert read_cells == [cell for row in rows for cell in row]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encoding_does_not_change_the_cells(seed: Path, encoding: str) -> None:
    text = seed.read_text("utf-8")
    assert decode(text.encode(encoding), Place("a.txt")) == text


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFileError),
        (b" \n\t\n", EmptyFileError),
        ("\ufeff \n".encode(), EmptyFileError),
        (b"%PDF-1.7 ...", DamagedPdfError),
        (b"Rar!\x1a\x07 ...", UnsupportedFormatError),
        (b"\x00\x01\x02\x03", UnsupportedFormatError),
        (bytes(range(128, 255)), UnknownEncodingError),
        ("績效目標表".encode("big5"), UnknownEncodingError),
        (b"\xff\xfe\x00", UnknownEncodingError),
    ],
)
def test_a_file_that_is_no_text_is_refused(
    tmp_path: Path, content: bytes, error: type[Exception]
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    with pytest.raises(error, match=r"a\.txt: "):
        sources.read(sources.load(file))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="no such file"):
        sources.load(tmp_path / "none.txt")
    with pytest.raises(UnreadableFileError, match="folder"):
        sources.load(tmp_path)


def test_text_without_cells_has_no_tables(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("只有文字，没有单元格。\n", "utf-8")
    assert sources.read(sources.load(file)) == ()


def test_a_paragraph_between_or_after_the_rows_is_a_row_of_its_own() -> None:
    (table,) = read(UNIT_LINE + "\n\t甲\n\n注：中间的说明\n\n\t乙\n\n注：最后的说明\n")
    assert texts(table)[1:] == [["甲"], ["注：中间的说明"], ["乙"], ["注：最后的说明"]]


def test_pasted_rows_stand_on_one_line_each() -> None:
    head = "1.甲绩效目标表\n353215某中心\n单位：万元\n项目名称\t甲\n"
    text = head + "预算数\t1\t其他资金\t\n\t质量指标\t乙\n"
    (table,) = read(text)
    assert table.heading == "1.甲绩效目标表"
    assert texts(table) == [
        ["353215某中心", "单位：万元"],
        ["项目名称", "甲"],
        ["预算数", "1", "其他资金", ""],
        ["", "质量指标", "乙"],
    ]


def test_a_name_that_is_no_utf_8_is_read_as_gb18030(tmp_path: Path) -> None:
    file = tmp_path / Path(os.fsdecode("目标".encode("gb18030") + b".txt"))
    file.write_text("x")
    assert sources.load(file).name == "目标.txt"
