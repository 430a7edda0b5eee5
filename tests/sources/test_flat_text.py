from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgraph.errors import SourceError
from perfgraph.model import Table
from perfgraph.sources import flat_text
from perfgraph.sources.errors import EmptyFileError
from perfgraph.sources.flat_text import Form
from perfgraph.sources.text_errors import ProseError, RunTogetherError, TooManyCellsError

HEADER = ["一级指标", "二级指标", "三级指标", "指标值"]

# 池州市贵池区, 2022: a whole sheet on one line.
ONE_LINE = (
    "附件: 项目支出绩效自评表 (2022年度) 项目名称 委托业务项目 主管部门"
    " 219-池州市贵池区棠溪镇人民政府 项目资金 (万元) 年初预算数 全年预算数 年度资金总额: 0 0"
    " 绩效指标 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分"
    " 产出指标(50分) 数量指标 基建工程委托业务项目数量 ≥50个 50 8 8"
)
# 南岳区, 2018.
ROWS = """            绩效目标申报表
项目名称 2018年市级专项扶贫资金基础设施 项目负责人及电话 (略)
绩效指标 一级指标 二级指标 三级指标 指标值 备注
产出指标 数量指标 贫困地区旅游基础设施建设工程 >=20平方米\u00a0\u00a0
贫困地区旅游景点开发数量( ≥**个 ) >=4个
"""
# 莆田市秀屿区, 2025.
RUN_TOGETHER = "绩效指标一级指标二级指标三级指标指标值产出指标数量指标开展修复工程(个)≥11"
# 同心县, 2023.
PROSE = """现将绩效目标设定如下:
一、 产出指标
数量指标:补助各类瓜果蔬菜种植数量,黄金蜜种植数量>=17600株。时效指标:完成及时率>=100%。
"""


def read(text: str) -> list[list[str]]:
    (table,) = flat_text.tables(text.encode(), "a.txt")
    return texts(table)


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\n".join(["项目名称", "甲", *HEADER, "产出指标"]), Form.LINES),
        ("\n\n".join(["项目名称", "甲", *HEADER, "产出指标"]), Form.BLOCKS),
        (ONE_LINE, Form.SPACED),
        (ROWS, Form.SPACED),
        (RUN_TOGETHER, Form.RUN_TOGETHER),
        ("评价内容指标名称指标说明目标值分值备注\n产出", Form.RUN_TOGETHER),
        (PROSE, Form.PROSE),
        ("关于召开会议的通知\n\n各单位：\n", None),
    ],
)
def test_the_form_is_told_by_what_stands_between_header_labels(
    text: str, expected: Form | None
) -> None:
    assert flat_text.form(text) is expected
    assert flat_text.looks_like(text.encode("gb18030")) is (expected is not None)


def test_a_sheet_on_one_line_is_one_row_of_pieces() -> None:
    (row,) = read(ONE_LINE)
    assert row[5:9] == ["主管部门", "219-池州市贵池区棠溪镇人民政府", "项目资金", "(万元)"]
    assert row[-4:] == ["≥50个", "50", "8", "8"]


def test_printed_lines_are_rows_and_a_space_in_brackets_is_kept() -> None:
    assert read(ROWS) == [
        ["绩效目标申报表"],
        ["项目名称", "2018年市级专项扶贫资金基础设施", "项目负责人及电话", "(略)"],
        ["绩效指标", *HEADER, "备注"],
        ["产出指标", "数量指标", "贫困地区旅游基础设施建设工程", ">=20平方米"],
        ["贫困地区旅游景点开发数量( ≥**个 )", ">=4个"],
    ]


def test_a_bracket_that_is_not_closed_does_not_swallow_the_line() -> None:
    assert read("一级指标 二级指标\n面积(亩 80000 30\n")[1] == ["面积(亩", "80000", "30"]


def test_blocks_between_blank_lines_are_cells_with_their_inner_spaces() -> None:
    text = "  绩效目标表\n  (2023年度)\n\n资金情况 (万元)\n \n" + "\n\n".join(HEADER)
    assert read(text)[:3] == [["绩效目标表\n(2023年度)"], ["资金情况 (万元)"], ["一级指标"]]


@given(
    st.lists(st.text("项目名称产出指标0123 %≥(万元)", min_size=1, max_size=9).map(str.strip)),
    st.sampled_from(["\n", "\n\n"]),
)
def test_no_line_is_lost_and_each_is_one_cell(cells: list[str], between: str) -> None:
    printed = [*[cell for cell in cells if cell], *HEADER]
    (table,) = flat_text.tables(between.join(printed).encode(), "a.txt")
    if flat_text.form(between.join(printed)) is not Form.SPACED:
        assert texts(table) == [[cell] for cell in printed]
    assert [row.index for row in table.rows] == list(range(1, len(table.rows) + 1))


@given(st.lists(st.lists(st.text("产出10%≥(,)", min_size=1, max_size=6), min_size=1), min_size=1))
def test_no_piece_of_a_spaced_row_is_lost_or_changed(rows: list[list[str]]) -> None:
    text = "\n".join("  ".join(row) for row in [HEADER, *rows])
    assert ["".join("".join(row).split()) for row in read(text)[1:]] == [
        "".join(row) for row in rows
    ]


def test_text_that_has_lost_its_borders_is_refused_with_an_example() -> None:
    with pytest.raises(RunTogetherError, match=r"'绩效指标一级指标'.*original Word") as caught:
        read(RUN_TOGETHER)
    assert caught.value.render("zh").endswith("[PG122]")
    assert "原始的 Word" in caught.value.render("zh")


def test_prose_is_refused() -> None:
    with pytest.raises(ProseError, match=r"paragraphs.*\[PG123\]"):
        read(PROSE)


def test_text_without_any_sign_of_a_target_table_has_no_tables() -> None:
    assert flat_text.tables("关于召开会议的通知".encode(), "a.txt") == ()


def test_a_text_with_too_many_pieces_is_refused() -> None:
    with pytest.raises(TooManyCellsError):
        read("一级指标 二级指标 " + "1 " * flat_text.MAX_CELLS)


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(EmptyFileError):
        read("\ufeff")


@pytest.mark.parametrize(
    "text",
    [
        "\t一级指标\n\t二级指标\n",
        "| 一级指标 | 二级指标 |\n|---|---|\n",
        "<html><p>",
        "一级指标,二级指标\n产出指标,数量指标,甲\n效益指标,经济效益指标,乙\n",
        "一级指标\t二级指标\n产出指标\t数量指标\n",
    ],
)
def test_other_forms_of_text_are_left_to_their_readers(text: str) -> None:
    assert not flat_text.looks_like(text.encode())


@given(st.binary(max_size=200), st.sampled_from([ONE_LINE, ROWS, RUN_TOGETHER, PROSE]))
def test_broken_bytes_give_tables_or_a_source_error(noise: bytes, text: str) -> None:
    found: tuple[Table, ...] = ()
    with suppress(SourceError):
        found = flat_text.tables(text.encode()[: len(noise) * 3] + noise, "a.txt")
    assert all(row.cells for table in found for row in table.rows)
