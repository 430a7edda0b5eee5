from __future__ import annotations

import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgraph.errors import SourceError
from perfgraph.model import Place, Table
from perfgraph.sources import html
from perfgraph.sources.errors import EmptyFileError, UnknownEncodingError
from perfgraph.sources.html.collector import MAX_CELLS, MAX_DEPTH, MAX_TABLES
from perfgraph.sources.html.encoding import page_text
from perfgraph.sources.html.errors import BrokenPageError, PageTooLargeError
from perfgraph.sources.html.grid import MAX_COLUMNS
from tests.sources.builders_html import (
    SITE_CELLS,
    SITE_TABLE,
    WORD_PAGE,
    Spot,
    grid_page,
    site_page,
    web_archive,
)


def read(page: str) -> tuple[Table, ...]:
    return html.tables(page.encode(), "a.html")


def only(page: str) -> Table:
    (table,) = read(page)
    return table


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def spots(table: Table) -> list[tuple[str, int | None, int | None, int, int]]:
    return [
        (cell.text, cell.place.row, cell.place.column, cell.row_span, cell.column_span)
        for row in table.rows
        for cell in row
    ]


def test_a_site_article_gives_its_table_and_the_lines_above_it() -> None:
    table = only(site_page())
    assert texts(table) == SITE_CELLS
    assert table.heading is not None
    assert table.heading.split("\n")[-2:] == ["2023年项目支出绩效目标申报表", "单位：万元"]
    assert spots(table)[3] == ("绩\n效\n指\n标", 3, 1, 3, 1)
    assert [cell.place.fragment for cell in table.rows[4]] == ["t1.r5.c3", "t1.r5.c4"]


def test_scripts_styles_and_tables_without_text_are_left_out() -> None:
    assert "假" not in str(read(site_page()))


def test_a_page_saved_by_word_reads_as_it_prints() -> None:
    (table,) = html.tables(WORD_PAGE.encode("gb18030"), "a.htm")
    assert table.heading == "项目支出绩效目标表\n353215某中心   单位：万元"
    assert texts(table) == [
        ["预算数", "10.00", "其中：财政    资金"],
        ["绩效目标", "1.  全年发布信息485条，保障系统稳定运行。\n2.面积10⁴平方米。"],
    ]


# --- spans -----------------------------------------------------------------------------------


@st.composite
def tilings(draw: st.DrawFn) -> tuple[list[Spot], int]:
    """A grid that is wholly covered by cells that do not overlap."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    letters = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=5)
    taken: set[tuple[int, int]] = set()
    found: list[Spot] = []
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            if (row, column) in taken:
                continue
            widest = 1
            while column + widest <= columns and (row, column + widest) not in taken:
                widest += 1
            width, height = draw(st.integers(1, widest)), draw(st.integers(1, rows - row + 1))
            while any(
                (row + down, column + right) in taken
                for down in range(height)
                for right in range(width)
            ):
                height -= 1
            taken.update(
                (row + down, column + right) for down in range(height) for right in range(width)
            )
            found.append(Spot(draw(letters), row, column, height, width))
    return found, rows


@given(tilings())
def test_a_grid_with_spans_is_read_as_it_was_written(grid: tuple[list[Spot], int]) -> None:
    written, rows = grid
    found = html.tables(grid_page(written, rows), "a.html")
    if any(spot.text.strip() for spot in written):
        (table,) = found
        assert spots(table) == [
            (spot.text, spot.row, spot.column, spot.row_span, spot.column_span)
            for spot in sorted(written, key=lambda spot: (spot.row, spot.column))
        ]
        assert all(row.cells and row.index == row.cells[0].place.row for row in table.rows)
    else:
        assert found == ()


def test_a_row_span_of_zero_or_beyond_the_table_ends_with_its_row_group() -> None:
    for span in ("0", "9", "65535", "999999999999"):
        table = only(
            f"<table><tbody><tr><td rowspan={span}>甲<td>乙<tr><td>丙<tbody><tr><td>丁</table>"
        )
        assert spots(table) == [
            ("甲", 1, 1, 2, 1),
            ("乙", 1, 2, 1, 1),
            ("丙", 2, 2, 1, 1),
            ("丁", 3, 1, 1, 1),
        ]


@pytest.mark.parametrize(
    ("written", "span"), [("0", 1), ("-2", 1), ("2px", 2), (" +3", 3), ("x", 1), ("5000", 1000)]
)
def test_a_column_span_is_read_as_browsers_read_it(written: str, span: int) -> None:
    assert (
        only(f'<table><tr><td colspan="{written}">甲</table>').rows[0].cells[0].column_span == span
    )


def test_a_span_that_runs_into_a_cell_from_above_is_cut_there() -> None:
    page = "<table><tr><td>a<td rowspan=2>b<td>c<tr><td colspan=2>d<td>e</table>"
    assert spots(only(page))[3:] == [("d", 2, 1, 1, 1), ("e", 2, 3, 1, 1)]


def test_a_foot_stands_last_and_a_head_first_wherever_they_are_written() -> None:
    page = "<table><tfoot><tr><td>合计<tbody><tr><td>甲<thead><tr><th>名称</table>"
    assert texts(only(page)) == [["名称"], ["甲"], ["合计"]]


def test_tags_that_html_lets_out_are_implied() -> None:
    assert texts(only("<table><td>a<td>b</table>")) == [["a", "b"]]
    assert texts(only("<table><tr><td>a<td>b<tr><td>c")) == [["a", "b"], ["c"]]


# --- text ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("甲<br>乙", "甲\n乙"),
        ("甲<br></p>", "甲"),
        ("<p>甲</p>\n <p>乙</p>", "甲\n乙"),
        ("<p>甲</p><p>&nbsp;</p><p>乙</p><p><br></p>", "甲\n \n乙"),
        ("<div><div>甲</div></div>乙", "甲\n乙"),
        ("  其中：  财政\n\t资金 ", "其中： 财政资金"),
        ("GDP\ngrowth", "GDP growth"),
        ("财政&nbsp;&nbsp;&nbsp;&nbsp;资金", "财政    资金"),
        ("<span>10</span><span>.00</span>", "10.00"),
        ("&ge;90%", "≥90%"),
        ("≥<5人", "≥<5人"),
        ("x&lt;=5", "x<=5"),
        ("CO<sub>2</sub>，m<sup>2</sup>，注<sup>注1</sup>", "CO₂，m²，注注1"),
        ("<pre>a  b\nc</pre>", "a  b\nc"),
        ('<input type="text" value="100">元<input type=hidden value=9>', "100元"),
        ("<input type=checkbox checked>新增<input type=checkbox>延续", "☑新增□延续"),
        ("<del>旧</del>新", "旧新"),
        ("甲<!-- 乙 -->丙<script>丁</script>", "甲丙"),
        ("甲<span style='display:none'>乙</span><b hidden>丙</b>丁", "甲丁"),
    ],
)
def test_a_cell_reads_as_it_prints(cell: str, text: str) -> None:
    assert texts(only(f"<table><tr><td>{cell}</td><td>.</td></tr></table>")) == [[text, "."]]


def test_hidden_rows_and_cells_are_not_printed_but_hidden_tabs_are_read() -> None:
    page = """<table><tr style="DISPLAY: none"><td>旧</td></tr><tr><td>甲</td>
      <td style="display : none">乙</td><td>丙</td></tr></table>
      <div style="display:none">第二页<table><tr><td>丁</td></tr></table></div>"""
    first, second = read(page)
    assert spots(first) == [("甲", 1, 1, 1, 1), ("丙", 1, 2, 1, 1)]
    assert texts(second) == [["丁"]]
    assert second.heading is None


def test_text_in_a_table_but_in_no_cell_is_kept_in_the_heading() -> None:
    assert only("<p>表</p><table>单位：万元<tr><td>甲</table>").heading == "表\n单位：万元"


# --- nested tables and headings --------------------------------------------------------------


def test_a_nested_table_is_its_own_table_after_the_one_around_it() -> None:
    outer, inner, last = read(
        "<table><tr><td>前<table><tr><td>内</table>后<td>右</table><table><tr><td>末</table>"
    )
    assert texts(outer) == [["前\n后", "右"]]
    assert (texts(inner), inner.heading, inner.index) == ([["内"]], "前", 2)
    assert (texts(last), last.index) == ([["末"]], 3)


def test_a_page_laid_out_with_tables_keeps_its_titles_as_headings() -> None:
    table = "<table><tr><td>项目名称<td>甲</table>"
    found = read(
        f"<table><tr><td>一、甲表<tr><td>{table}<tr><td>二、乙表<tr><td>{table}<tr><td>{table}</table>"
    )
    assert [each.heading for each in found[1:]] == ["一、甲表", "二、乙表", None]


def test_a_frame_around_the_table_does_not_hide_the_heading() -> None:
    outer = f"<h2>甲表</h2><table><tr><td>{SITE_TABLE}</td></tr></table>"
    assert only(outer).heading == "甲表"


def test_a_heading_is_bounded_and_ends_at_the_table_before() -> None:
    page = "<p>远</p>" + "<p>近</p>" * 6 + "<table><caption>题</caption><tr><td>甲</table>"
    page += f"<p>{'长' * 201}</p><p>乙表</p><table><tr><td>乙</table><table><tr><td>丙</table>"
    assert [table.heading for table in read(page)] == ["近\n近\n近\n近\n近\n题", "乙表", None]


# --- encodings -------------------------------------------------------------------------------

_META = '<meta http-equiv="Content-Type" content="text/html; charset={}">'


@pytest.mark.parametrize("real", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "declaration",
    [
        "",
        _META.format("gb2312"),
        _META.format("utf-8"),
        _META.format("gb2312") + '<meta charset="utf-8">',
        _META.format("iso-8859-1"),
        _META.format("x-unknown"),
    ],
)
def test_the_bytes_decide_whatever_the_page_declares(real: str, declaration: str) -> None:
    content = site_page(declaration=declaration).encode(real)
    assert html.looks_like(content)
    (table,) = html.tables(content, "a.html")
    assert texts(table) == SITE_CELLS


def test_traditional_characters_need_a_declaration() -> None:
    page = "<table><tr><td>項目支出績效目標表</table>"
    for declared, encoding in (("big5", "big5"), ("gbk", "gb18030")):
        content = (f"<meta charset={declared}>" + page).encode(encoding)
        assert texts(html.tables(content, "a.html")[0]) == [["項目支出績效目標表"]]
    with pytest.raises(UnknownEncodingError):
        html.tables(page.encode("big5"), "a.html")


def test_a_short_page_in_gb2312_is_not_taken_for_greek() -> None:
    content = b"<meta charset=gb2312>\xd0\xa1"
    assert content.decode("utf-8").endswith("\u0421")  # a Cyrillic letter
    assert page_text(content, Place("a.html")).endswith("小")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_cut_inside_a_character_is_still_read(encoding: str) -> None:
    content = site_page().encode(encoding)
    end = content.index("射程".encode(encoding)) + 1
    (table,) = html.tables(content[:end], "a.html")
    assert texts(table)[:4] == SITE_CELLS[:4]
    assert texts(table)[4][0].startswith("雾炮车风炮")


# --- archives --------------------------------------------------------------------------------


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64"])
@pytest.mark.parametrize(("encoding", "charset"), [("utf-8", "utf-8"), ("gb18030", "gb2312")])
def test_an_archive_gives_the_tables_of_its_page(
    transfer: str, encoding: str, charset: str
) -> None:
    content = web_archive(site_page(declaration="").encode(encoding), charset, transfer)
    assert html.looks_like(content)
    (table,) = html.tables(content, "a.mht")
    assert texts(table) == SITE_CELLS


def test_an_archive_without_a_page_is_refused() -> None:
    content = web_archive(b"", "utf-8").replace(b"text/html; charset", b"text/plain; charset")
    with pytest.raises(BrokenPageError, match=r"a\.mht: .*damaged.*\[PG121\]"):
        html.tables(content, "a.mht")


def test_an_archive_of_many_nested_parts_is_refused() -> None:
    content = web_archive(b"<p>x", "utf-8") + b"Content-Type: multipart/mixed; boundary=y\n" * 30
    with pytest.raises(PageTooLargeError):
        html.tables(content, "a.mht")


# --- what is not read ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"<!doctype HTML><p>", True),
        (b"\xef\xbb\xbf\r\n<!-- saved from url -->\n<html>", True),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", True),
        ("<html>".encode("utf-16"), True),
        ("前面的文字\n<table border=1><tr><td>甲</td></tr></table>".encode(), True),
        (b"<?xml version='1.0'?><Workbook><Table/></Workbook>", False),
        ("| 一级指标 | 指标值 |\n|---|---|\n| 产出指标 | <5 |".encode(), False),
        ("\t项目名称\n\t甲\n".encode(), False),
        (b"PK\x03\x04 <html>", False),
        (b"%PDF-1.7", False),
        (b"Subject: a letter\n\n<html>", False),
        (b"", False),
    ],
)
def test_a_page_is_known_by_its_beginning(content: bytes, expected: bool) -> None:
    assert html.looks_like(content) is expected


@pytest.mark.parametrize("content", [b"", b" \n", b"\xef\xbb\xbf", b"\x00"])
def test_a_page_without_text_is_refused(content: bytes) -> None:
    with pytest.raises(EmptyFileError):
        html.tables(content, "a.html")


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * (MAX_DEPTH + 1),
        "<table><tr>" + "<td>" * (MAX_COLUMNS + 1),
        "<table>" + "<tr><td>" * (MAX_CELLS + 1),
        "<table>" + "<tr><td rowspan=65534 colspan=1000>" * 100,
        "<table><tr>" + "<td rowspan=65534>" * 16_000 + "<tr><td>" * 10_000,
        "<table><tr><td>甲</table>" * (MAX_TABLES + 1),
        "x" * (html.MAX_BYTES + 1),
    ],
    ids=["deep", "wide", "long", "spans", "passing over", "many", "large"],
)
def test_a_hostile_page_ends_in_an_error(page: str) -> None:
    with pytest.raises(PageTooLargeError, match=r"\[PG120\]"):
        read(page)


def test_many_attributes_do_not_cost_quadratic_time() -> None:
    attributes = " ".join(f"x{number}=1" for number in range(100_000))
    assert texts(only(f"<table><tr><td {attributes}>甲</table>")) == [["甲"]]


@given(st.integers(0, 2**32), st.sampled_from(["cut", "flip", "swap"]))
def test_a_broken_page_gives_tables_or_a_source_error(seed: int, damage: str) -> None:
    chance = random.Random(seed)
    content = bytearray(
        chance.choice(
            [
                WORD_PAGE.encode("gb18030"),
                site_page().encode(),
                web_archive(site_page().encode(), "utf-8"),
            ]
        )
    )
    if damage == "cut":
        del content[chance.randrange(len(content)) :]
    for _ in range(chance.randrange(60)):
        place = chance.randrange(max(1, len(content)))
        if damage == "flip":
            content[place] = chance.randrange(256)
        elif damage == "swap":
            content[place : place + 9] = chance.choice([b"</table>", b"<table>", b"<td", b"</td>"])
    found: tuple[Table, ...] = ()
    with suppress(SourceError):
        found = html.tables(bytes(content), "a.html")
    assert [table.index for table in found] == list(range(1, len(found) + 1))
    assert all(row.cells for table in found for row in table.rows)
