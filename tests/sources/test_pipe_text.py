from __future__ import annotations

import random
from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perfgraph.errors import SourceError
from perfgraph.model import Table
from perfgraph.sources import pipe_text
from perfgraph.sources.text_errors import TooManyCellsError

# Texts of public tables, as a web reader prints them: each row has as many pipes as the table has
# columns, and a cell that ends its line in the page also ends its line here (贵池, 金寨, 忠县).
FILLED = """部门整体支出绩效自评表 | |||||||
(2023年度) | |||||||
预算资金 (万元) |
年初预算数 | 全年执行数 | 分值 | 得分 | |||
年度资金总额 | 329.77 | 338.31 | 10 | ||||
绩 效 指 标 |
一级指标 | 二级指标 | 年度 指标值 |
实际 完成值 |
分值 | 得分 | |
产出指标 | 数量指标 | ≤4 | 4 | 10 | 10 | ||
≥200 | 202 | 10 | 10 | ||||
"""

# A page of 永德: the rows are lost, a line end stands for an empty cell.
STREAM = """2022年度项目支出绩效自评表 | 公开14表 |
| 年度资金总额 |
| 387664.62 | 387664.62 | 10 | 100% | 10 | 其中:当年财政 拨款 |
| 387664.62 | 387664.62 | — |
| — | 上年结转 资金 |
|
|
|
| — |
"""


def read(text: str) -> tuple[Table, ...]:
    return pipe_text.tables(text.encode(), "a.md")


def only(text: str) -> Table:
    (table,) = read(text)
    return table


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


# --- Markdown --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "| 三级指标 | 指标值 |\n| --- | ---: |\n| 甲 | 1个 |",
        "三级指标 | 指标值\n:-: | -\n甲 | 1个",
        "|三级指标|指标值|\n|---|---|\n|甲|1个|",
        "  | 三级指标 | 指标值 |\r\n  |:--|:--|\r\n  | 甲 | 1个 |\r\n",
    ],
)
def test_the_delimiter_row_and_the_border_are_no_cells(text: str) -> None:
    assert texts(only(text)) == [["三级指标", "指标值"], ["甲", "1个"]]


def test_merged_cells_that_are_printed_empty_are_empty_cells() -> None:
    table = only(
        "| 一级 | 二级 | 值 |\n|-|-|-|\n| 产出 | 数量 | 1 |\n| | 质量 | 2 |\n||| 3 |\n| 满意度 |||"
    )
    assert texts(table)[2:] == [["", "质量", "2"], ["", "", "3"], ["满意度", "", ""]]
    assert table.rows[2].cells[1].place.fragment == "t1.r3.c2"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (r"甲\|乙", "甲|乙"),
        ("**产出指标**", "产出指标"),
        ("建设长度(≥**公里)", "建设长度(≥**公里)"),
        ("**", "**"),
        ("第一段<br>第二段<br />第三段", "第一段\n第二段\n第三段"),
        ("&gt;=5&nbsp;个", ">=5 个"),
        (r"\*\*%", "**%"),
        ("-", "-"),
        ("---", "---"),
    ],
)
def test_a_markdown_cell_reads_as_it_prints(cell: str, text: str) -> None:
    assert texts(only(f"| 指标 | 值 |\n|---|---|\n| {cell} | 1 |"))[1] == [text, "1"]


def test_a_row_longer_than_the_header_keeps_its_text() -> None:
    assert texts(only("| 甲 |\n|---|\n| 乙 | 丙 |"))[1] == ["乙", "丙"]


def test_each_table_has_the_paragraphs_above_it_as_heading() -> None:
    text = """首页 | 新闻 | 公开
# 一、甲项目绩效目标表

单位：万元

| 甲 | 1 |
|----|---|
| 乙 | 2 |

## 二、乙项目绩效目标表
| 丙 | 3 |
|----|---|

| 丁 | 4 | 5 |
|----|---|---|
| 戊 | 5 | 6 |
| 己 | 5 | 6 |
| 庚 | 6 | 7 |
|----|---|---|
| 辛 | 8 | 9 |
"""
    found = read(text)
    assert [table.heading for table in found] == [
        "首页 | 新闻 | 公开\n一、甲项目绩效目标表\n单位：万元",
        "二、乙项目绩效目标表",
        None,
        None,
    ]
    assert [len(table.rows) for table in found] == [2, 1, 3, 2]
    assert [table.index for table in found] == [1, 2, 3, 4]


_CELLS = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters="&<\\*_`"),
    min_size=1,
    max_size=6,
).filter(lambda text: not set(text) <= set("|-:"))


@given(st.lists(st.lists(_CELLS | st.just(""), min_size=2, max_size=5), min_size=1, max_size=6))
def test_no_markdown_cell_is_lost_or_moved(rows: list[list[str]]) -> None:
    assume(any(text for row in rows for text in row))
    lines = ["| " + " | ".join(text.replace("|", "\\|") for text in row) + " |" for row in rows]
    table = only("\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]]))
    assert texts(table) == rows
    assert [cell.place.column for cell in table.rows[0]] == list(range(1, len(rows[0]) + 1))


# --- filled rows -----------------------------------------------------------------------------


def test_pipes_that_fill_up_a_row_are_no_cells_and_join_its_lines() -> None:
    assert texts(only(FILLED)) == [
        ["部门整体支出绩效自评表"],
        ["(2023年度)"],
        ["预算资金 (万元)", "年初预算数", "全年执行数", "分值", "得分"],
        ["年度资金总额", "329.77", "338.31", "10"],
        ["绩 效 指 标", "一级指标", "二级指标", "年度 指标值", "实际 完成值", "分值", "得分", ""],
        ["产出指标", "数量指标", "≤4", "4", "10", "10"],
        ["≥200", "202", "10", "10"],
    ]


def test_a_line_without_pipes_between_full_rows_is_a_row_of_one_cell() -> None:
    text = "甲表 | |||\n目标 | 完成 | ||\n(略)\n指标 | 值 | ||\n产出 | 1 | ||\n"
    assert texts(only(text))[2] == ["(略)"]


def test_a_border_before_every_row_is_no_cell() -> None:
    assert texts(only("| 甲 | |||\n| 乙 | 1 | ||\n")) == [["甲"], ["乙", "1"]]


_WORDS = st.text("项目名称产出指标10%≥(年)", min_size=1, max_size=5)


@given(
    rows=st.lists(st.lists(_WORDS, min_size=1, max_size=5), min_size=2, max_size=8),
    breaks=st.randoms(use_true_random=False),
)
def test_a_filled_row_is_found_however_it_is_broken_over_lines(
    rows: list[list[str]], breaks: random.Random
) -> None:
    width = 8
    lines: list[str] = []
    for number, row in enumerate(rows):
        cells = [text + " |" + breaks.choice([" ", "\n"] if number else [" "]) for text in row]
        lines.append("".join(cells) + "|" * (width - len(row)))
    assert texts(only("\n".join(lines))) == rows


# --- rows that are not printed ---------------------------------------------------------------


def test_a_stream_of_cells_is_one_row_and_a_line_end_is_an_empty_cell() -> None:
    (row,) = texts(only(STREAM))
    assert row[2:9] == ["", "年度资金总额", "", "387664.62", "387664.62", "10", "100%"]
    assert row[-6:] == ["上年结转 资金", "", "", "", "", "—"]


def test_a_cell_a_line_is_a_table_of_one_column() -> None:
    text = (
        "项目支出绩效目标表 |\n项目责任人: |\n|\n项目资金\n(万元) |\n年度资金总额: |\n1000.00 |\n"
    )
    assert texts(only(text)) == [
        ["项目支出绩效目标表"],
        ["项目责任人:"],
        [""],
        ["项目资金\n(万元)"],
        ["年度资金总额:"],
        ["1000.00"],
    ]


def test_without_filling_or_delimiter_a_line_is_a_row() -> None:
    text = "表 |\n主管部门 | 局 | 实施单位 | 馆 |\n合计 | | 236 |\n面积 | =230亩 |\n"
    assert texts(only(text)) == [
        ["表"],
        ["主管部门", "局", "实施单位", "馆"],
        ["合计", "", "236"],
        ["面积", "=230亩"],
    ]


# --- what is not read ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FILLED, True),
        (STREAM, True),
        ("正文。\n" * 50 + "| 甲 | 乙 |\n|---|---|\n", True),
        ("\t项目名称\n\t甲|乙\n\t丙|丁\n", False),
        ("首页 | 新闻\n" + "正文。\n" * 50 + "关于 | 联系\n", False),
        ("一级指标 二级指标\n", False),
        ("", False),
    ],
)
def test_pipe_text_is_known_by_its_lines(text: str, expected: bool) -> None:
    assert pipe_text.looks_like(text.encode("gb18030")) is expected


def test_text_without_pipes_and_tables_without_text_give_no_table() -> None:
    assert read("只有文字。\n首页 | 新闻\n") == ()
    assert read("| |\n|-|\n| |\n") == ()


def test_a_text_with_too_many_cells_is_refused() -> None:
    with pytest.raises(TooManyCellsError, match=r"\[PG124\]"):
        read("|" * (pipe_text.MAX_CELLS + 1))


_PARTS = st.lists(st.sampled_from(["|", "||", "甲", "乙 ", " ", "-", "---", "\\", "#", "<br>"]))


@given(st.lists(_PARTS.map("".join), min_size=1, max_size=8), st.sampled_from(["\n|", "\n\n|"]))
def test_no_word_of_any_line_that_begins_with_a_pipe_is_lost(
    lines: list[str], between: str
) -> None:
    text = "|" + between.join(lines)
    found = read(text)
    cells = "".join(cell.text for table in found for row in table.rows for cell in row)
    assert [cells.count(word) for word in "甲乙"] == [text.count(word) for word in "甲乙"]
    assert all(row.cells for table in found for row in table.rows)


@given(st.binary(max_size=200))
def test_broken_bytes_give_tables_or_a_source_error(noise: bytes) -> None:
    found: tuple[Table, ...] = ()
    with suppress(SourceError):
        found = pipe_text.tables(FILLED.encode()[: len(noise) * 3] + noise, "a.md")
    assert [table.index for table in found] == list(range(1, len(found) + 1))
