from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgraph.sources import csv_text
from perfgraph.sources.errors import EmptyFileError, UnknownEncodingError
from perfgraph.sources.sheets.errors import WorkbookTooLargeError
from perfgraph.sources.sheets.limits import MAX_CELLS
from tests.sources.builders_sheets import texts_of

FLAT = [
    ["项目名称", "项目单位", "预算数", "三级指标", "指标方向", "目标值", "单位"],
    ["业务装备经费", "776001-扎赉特旗人民检察院", "1,030,700.00", "购置成本", "反向", "12", "万元"],
    ["", "", "", "政府采购率", "正向", "30", "%"],
]


def written(rows: list[list[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    buffer = StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator=end).writerows(rows)
    return buffer.getvalue()


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_delimiter_and_encoding_are_found(delimiter: str, encoding: str) -> None:
    content = written(FLAT, delimiter).encode(encoding)
    assert csv_text.looks_like(content)
    (table,) = csv_text.tables(content, "a.csv")
    assert texts_of(table) == FLAT
    assert str(table.rows[1].cells[3].place) == "a.csv#t1.r2.c4"


def test_a_title_line_is_the_heading_and_the_rows_keep_their_numbers() -> None:
    content = written([["表11", *[""] * 6], ["单位:元", *[""] * 6], *FLAT]).encode()
    (table,) = csv_text.tables(content, "a.csv")
    assert table.heading == "表11\n单位:元"
    assert table.rows[0].index == 3


def test_a_quoted_field_may_hold_line_breaks_and_delimiters() -> None:
    rows = [["项目名称", "绩效目标"], ["甲", '1.完成"甲"，\n2.完成,乙。']]
    (table,) = csv_text.tables(written(rows).encode(), "a.csv")
    assert texts_of(table) == rows


def test_quotes_that_do_not_fit_are_text() -> None:
    (table,) = csv_text.tables('项目名称,"甲" 项目\n预算数,1\n目标,"未完\n'.encode(), "a.csv")
    assert texts_of(table) == [["项目名称", '"甲" 项目'], ["预算数", "1"], ["目标", '"未完']]


def test_an_announced_delimiter_is_believed() -> None:
    content = "sep=;\n项目名称;甲,乙\n预算数;1,5\n".encode()
    assert csv_text.looks_like(content)
    (table,) = csv_text.tables(content, "a.csv")
    assert texts_of(table) == [["项目名称", "甲,乙"], ["预算数", "1,5"]]


@pytest.mark.parametrize(
    "text",
    [
        "一、项目概况\n本项目由区城市管理委员会实施,预算5652万元。\n二、绩效目标\n按期完成。\n",
        "\t项目名称\n\t甲\n\n\t预算数\n\t1\n",
        "只有一行,没有表\n",
        "项目名称\n甲\n",
    ],
    ids=["prose", "tab-text", "one-line", "one-column"],
)
def test_other_text_is_not_taken_for_a_table(text: str) -> None:
    assert not csv_text.looks_like(text.encode())


def test_rows_of_two_widths_are_a_table_where_they_have_the_labels_of_indicators() -> None:
    top = "项目名称,甲项目,,,\n预算数,10,,,\n"
    rows = "产出指标,数量指标,甲,1个\n产出指标,质量指标,乙,2个\n"
    assert csv_text.looks_like(f"{top}一级指标,二级指标,三级指标,备注\n{rows}".encode())
    assert not csv_text.looks_like(f"{top}一,二,三,四\n{rows}".encode())


def test_bytes_that_are_no_text_are_refused() -> None:
    assert not csv_text.looks_like(b"PK\x03\x04")
    with pytest.raises(UnknownEncodingError):
        csv_text.tables(bytes(range(128, 255)), "a.csv")
    with pytest.raises(EmptyFileError):
        csv_text.tables(b"\n", "a.csv")


def test_a_text_with_too_many_fields_is_refused() -> None:
    with pytest.raises(WorkbookTooLargeError, match="PG117"):
        csv_text.tables(b"1,2\n" * (MAX_CELLS // 2 + 1), "a.csv")
    with pytest.raises(WorkbookTooLargeError, match="PG117"):
        csv_text.tables(b"," * (MAX_CELLS + 1) + b"1", "a.csv")


FIELDS = st.text('项目预算,;"\t\n 01', max_size=6)


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(
            st.lists(FIELDS, min_size=width, max_size=width), min_size=2, max_size=6
        )
    )
)
def test_no_field_is_lost(rows: list[list[str]]) -> None:
    content = "sep=,\n" + written(rows, end="\n")
    found = csv_text.tables(content.encode(), "a.csv")
    texts = [
        cell.text for table in found for row in table.rows for cell in row if cell.text.strip()
    ]
    headings = "".join(table.heading or "" for table in found)
    for field in (field for row in rows for field in row if field.strip()):
        assert field in texts or field in headings
