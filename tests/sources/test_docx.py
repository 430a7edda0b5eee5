from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgraph import sources
from perfgraph.sources import docx as reader
from tests.sources.builders_docx import (
    Box,
    cell,
    docx,
    merged,
    p,
    r,
    style,
    tbl,
    tc,
    text_box,
    tr,
    typed,
    unit_document,
)
from tests.sources.docx_as_read import boxes, in_cell, read, texts

# The seed as a Word document


def test_the_seed_in_word_has_the_cells_of_the_seed(seed: Path) -> None:
    as_text = sources.read(sources.load(seed))
    as_word = reader.tables(unit_document(as_text), "seed.docx")
    for word, plain in zip(as_word, as_text, strict=True):
        assert word.heading == plain.heading
        # The text has an empty first cell where the Word table goes on with the cell above.
        unmerged = [
            row[1:] if index and not row[0] else row for index, row in enumerate(texts(plain))
        ]
        assert texts(word) == unmerged


def test_the_seed_in_word_keeps_merged_cells_and_the_missing_heading(seed: Path) -> None:
    tables = reader.tables(unit_document(sources.read(sources.load(seed))), "seed.docx")
    assert [table.heading is None for table in tables] == [False, False, False, True]
    merged_down = {
        (str(one.place), one.text): one.row_span
        for table in tables
        for row in table.rows
        for one in row
        if one.row_span > 1
    }
    assert merged_down == {
        ("seed.docx#t1.r3.c1", "预算规模及资金用途"): 2,
        ("seed.docx#t1.r7.c1", "产出指标"): 4,
        ("seed.docx#t2.r3.c1", "预算规模及资金用途"): 2,
        ("seed.docx#t2.r7.c1", "产出指标"): 4,
        ("seed.docx#t3.r3.c1", "预算规模及资金用途"): 2,
        ("seed.docx#t3.r7.c1", "产出指标"): 14,
        ("seed.docx#t4.r3.c1", "预算规模及资金用途"): 2,
        ("seed.docx#t4.r7.c1", "产出指标"): 4,
    }


def test_the_seed_saved_by_another_program_has_the_same_cells(seed: Path) -> None:
    # LibreOffice 7.4 saved the Word document as .doc and that as .docx again. Its grid has a column
    # more, 1/20 point wide, in some tables.
    saved = Path(__file__).parent / "fixtures" / "tianjin-353215-2025.libreoffice.docx"
    built = unit_document(sources.read(sources.load(seed)))
    assert reader.tables(saved.read_bytes(), "a") == reader.tables(built, "a")


# The grid


@st.composite
def layouts(draw: st.DrawFn) -> list[Box]:
    """Rectangles that fill a grid, row by row."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    printable = st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters="\n\t")
    free = {(row, column) for row in range(1, height + 1) for column in range(1, width + 1)}
    layout = []
    for row, column in sorted(free):
        if (row, column) not in free:
            continue
        columns = 1
        while (row, column + columns) in free and draw(st.booleans()):
            columns += 1
        rows = 1
        while draw(st.booleans()) and free.issuperset(
            (row + rows, column + offset) for offset in range(columns)
        ):
            rows += 1
        free.difference_update(
            (row + down, column + right) for down in range(rows) for right in range(columns)
        )
        layout.append(Box(row, column, draw(st.text(printable, max_size=8)), rows, columns))
    return layout


@given(layouts())
def test_what_was_laid_out_is_read(layout: list[Box]) -> None:
    tables = read(merged([*layout, Box(99, 1, "底")]))
    assert [boxes(table) for table in tables] == [[*layout, Box(99, 1, "底")]]


@given(layouts())
def test_no_position_of_the_grid_is_taken_twice(layout: list[Box]) -> None:
    (table,) = read(merged([*layout, Box(99, 1, "底")]))
    positions = [
        (row, column)
        for box in boxes(table)
        for row in range(box.row, box.row + box.rows)
        for column in range(box.column, box.column + box.columns)
    ]
    assert len(positions) == len(set(positions))


@given(st.lists(st.lists(st.text("甲乙 ≥9%", max_size=5), min_size=2, max_size=2), min_size=1))
def test_a_plain_table_reads_as_python_docx_reads_it(rows: list[list[str]]) -> None:
    body = tbl(*(tr(*map(cell, row)) for row in [*rows, ["甲", "乙"]]))
    other = python_docx.Document(BytesIO(docx(body))).tables[0]
    assert texts(read(body)[0]) == [[one.text for one in row.cells] for row in other.rows]


def test_a_table_made_by_python_docx_is_read() -> None:
    document = python_docx.Document()
    document.add_paragraph("项目支出绩效目标表")
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).text = "产出指标"
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(2, 0).merge(table.cell(2, 2))
    table.cell(2, 0).text = "第一段\n第二段"
    table.cell(0, 2).text = "≥37人"
    buffer = BytesIO()
    document.save(buffer)
    (found,) = reader.tables(buffer.getvalue(), "a.docx")
    assert found.heading == "项目支出绩效目标表"
    assert [box for box in boxes(found) if box.text] == [
        Box(1, 1, "产出指标", rows=2),
        Box(1, 3, "≥37人"),
        Box(3, 1, "第一段\n第二段", columns=3),
    ]


def test_a_row_that_begins_late_keeps_its_columns() -> None:
    (table,) = read(merged([Box(1, 1, "甲"), Box(1, 2, "乙"), Box(2, 2, "丙"), Box(3, 1, "丁")]))
    assert boxes(table) == [Box(1, 1, "甲"), Box(1, 2, "乙"), Box(2, 2, "丙"), Box(3, 1, "丁")]


def test_a_merged_cell_without_its_beginning_is_a_cell() -> None:
    go_on = '<w:vMerge w:val="continue"/>'
    (table,) = read(tbl(tr(cell("", go_on), cell("甲")), tr(cell("", go_on), cell("乙"))))
    assert boxes(table) == [Box(1, 1, "", rows=2), Box(1, 2, "甲"), Box(2, 2, "乙")]


def test_a_cell_goes_on_only_below_one_of_its_width() -> None:
    begin, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    wide = '<w:gridSpan w:val="2"/>'
    (table,) = read(tbl(tr(cell("甲", wide + begin)), tr(cell("", go_on), cell("乙"))))
    assert boxes(table) == [Box(1, 1, "甲", columns=2), Box(2, 1, ""), Box(2, 2, "乙")]


def test_two_merged_cells_below_each_other_stay_two() -> None:
    begin, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    column = (("甲", begin), ("", go_on), ("乙", begin), ("", go_on))
    (table,) = read(tbl(*(tr(cell(text, merge), cell("丙")) for text, merge in column)))
    assert [box for box in boxes(table) if box.column == 1] == [
        Box(1, 1, "甲", rows=2),
        Box(3, 1, "乙", rows=2),
    ]


def test_cells_merged_in_the_old_way_are_one() -> None:
    begin, go_on = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'
    down = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    (table,) = read(
        tbl(
            tr(cell("甲", begin + down[0]), cell("", go_on + down[0]), cell("乙")),
            tr(cell("", begin + down[1]), cell("", go_on + down[1]), cell("丙")),
        )
    )
    assert boxes(table) == [Box(1, 1, "甲", 2, 2), Box(1, 3, "乙"), Box(2, 3, "丙")]


def test_text_in_cells_merged_in_the_old_way_is_kept() -> None:
    begin, go_on = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    (table,) = read(tbl(tr(cell("甲", begin), cell("乙", go_on), cell("", go_on))))
    assert boxes(table) == [Box(1, 1, "甲\n乙", columns=3)]


def test_text_below_a_merged_cell_that_word_does_not_print_is_left_out() -> None:
    begin, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    (table,) = read(
        tbl(tr(cell("产出指标", begin), cell("甲")), tr(cell("产出指标", go_on), cell("乙")))
    )
    assert boxes(table) == [Box(1, 1, "产出指标", rows=2), Box(1, 2, "甲"), Box(2, 2, "乙")]


def test_a_row_below_merged_cells_only_is_counted_but_not_there() -> None:
    (table,) = read(merged([Box(1, 1, "甲", rows=2), Box(1, 2, "乙", rows=2), Box(3, 1, "丙")]))
    assert [row.index for row in table.rows] == [1, 3]


def test_borders_that_look_aligned_are_aligned() -> None:
    # What Word writes after a border was dragged by half a millimetre in one row.
    (table,) = read(
        tbl(
            tr(cell("一级指标", '<w:gridSpan w:val="2"/>'), cell("指标值")),
            tr(cell("产出指标"), cell("1个", '<w:gridSpan w:val="2"/>')),
            widths=[2000, 28, 2000],
        )
    )
    assert boxes(table) == [
        Box(1, 1, "一级指标"),
        Box(1, 2, "指标值"),
        Box(2, 1, "产出指标"),
        Box(2, 2, "1个"),
    ]


def test_made_up_widths_do_not_change_the_grid() -> None:
    row = tr(cell("甲", '<w:gridSpan w:val="2"/>'), cell("乙"))
    for widths in ([1, 1, 1], [0, 0, 9000], [3000, 10, 3000]):
        (table,) = read(tbl(row, tr(cell("丙"), cell("丁"), cell("戊")), widths=widths))
        assert [box.column for box in boxes(table)] == [1, 3, 1, 2, 3]


@pytest.mark.parametrize("span", ["", "0", "-1", "zwei", "1.5", "²"])
def test_a_span_that_is_no_number_is_one(span: str) -> None:
    (table,) = read(tbl(tr(cell("甲", f'<w:gridSpan w:val="{span}"/>'), cell("乙"))))
    assert boxes(table) == [Box(1, 1, "甲"), Box(1, 2, "乙")]


def test_repeated_header_rows_are_read_once() -> None:
    layout = [Box(1, 1, "三级指标"), Box(1, 2, "指标值"), Box(2, 1, "人数"), Box(2, 2, "≥37人")]
    (table,) = read(merged(layout, header_rows=1))
    assert boxes(table) == layout


def test_rows_and_cells_in_content_controls_are_read() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    row = control(tr(control(cell("甲")), tc(control(p(control(typed("乙")))))))
    tables = read(control(control(tbl(row))))
    assert [texts(table) for table in tables] == [[["甲", "乙"]]]


# Tables in tables and boxes


def test_an_inner_table_follows_the_one_around_it() -> None:
    inner = tbl(tr(cell("内甲"), cell("内乙")))
    outer = tbl(tr(tc(p(typed("前")) + inner + p(typed("后")) + p()), cell("旁")))
    tables = read(p(typed("外表")) + outer + p(typed("下表")) + tbl(tr(cell("下"))))
    assert [(table.index, table.heading, texts(table)) for table in tables] == [
        (1, "外表", [["前\n后\n", "旁"]]),
        (2, "外表\n前", [["内甲", "内乙"]]),
        (3, "下表", [["下"]]),
    ]


def test_the_empty_paragraph_that_must_follow_an_inner_table_is_no_text() -> None:
    outer = tbl(tr(tc(p(typed("前")) + tbl(tr(cell("内"))) + p()), cell("旁")))
    assert texts(read(outer)[0]) == [["前", "旁"]]


def test_a_frame_around_a_table_is_not_a_table_but_its_heading_counts() -> None:
    frame = tbl(tr(tc(tbl(tr(cell("内"))) + p())))
    tables = read(p(typed("绩效目标表")) + frame)
    assert [(table.index, table.heading) for table in tables] == [(1, "绩效目标表")]


def test_text_beside_an_inner_table_is_not_its_heading() -> None:
    outer = tbl(tr(cell("左"), tc(tbl(tr(cell("内"))) + p())))
    tables = read(p(typed("绩效目标表")) + outer)
    assert [table.heading for table in tables] == ["绩效目标表", None]


def test_a_table_in_a_text_box_is_read_once_under_its_heading() -> None:
    box = text_box(p(typed("单位：万元")) + tbl(tr(cell("甲"), cell("乙"))) + p())
    tables = read(p(typed("绩效目标表") + box))
    assert [(table.heading, texts(table)) for table in tables] == [
        ("绩效目标表\n单位：万元", [["甲", "乙"]])
    ]


def test_text_in_a_box_is_read_once() -> None:
    assert in_cell(p(typed("甲") + text_box(p(typed("乙")) + p(typed("丙"))))) == "甲\n乙\n丙"
    assert in_cell(p(text_box(p(typed("乙"))))) == "乙"


def test_grouped_boxes_and_word_art_are_read() -> None:
    def shape(text: str) -> str:
        content = f"<w:txbxContent>{p(typed(text))}</w:txbxContent>"
        return f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>"

    group = f"<w:drawing><wpg:wgp>{shape('甲')}{shape('乙')}</wpg:wgp></w:drawing>"
    assert in_cell(p(r(group))) == "甲\n乙"
    assert (
        in_cell(p(r('<w:pict><v:shape><v:textpath string="目标表"/></v:shape></w:pict>')))
        == "目标表"
    )


def test_a_table_without_text_is_not_counted() -> None:
    rule = tbl(tr(cell(" ")))
    tables = read(p(typed("绩效目标表")) + rule + p() + tbl(tr(cell("甲"))))
    assert [(table.index, table.heading) for table in tables] == [(1, "绩效目标表")]


def test_tables_with_a_paragraph_between_stay_apart() -> None:
    tables = read(tbl(tr(cell("甲"))) + p() + tbl(tr(cell("乙"))))
    assert [(texts(table), table.heading) for table in tables] == [
        ([["甲"]], None),
        ([["乙"]], None),
    ]


# Headings


def test_the_lines_above_a_table_are_its_heading() -> None:
    lines = (
        "附件2",
        "",
        "项目支出绩效目标表",
        "（2025年度）",
        "353215天津市引进人才综合服务中心",
        "单位：万元",
    )
    (table,) = read("".join(p(typed(line)) for line in lines) + tbl(tr(cell("甲"))))
    assert table.heading == "\n".join(line for line in lines if line)


@pytest.mark.parametrize(
    "before",
    [
        p(typed("封面")) + p(r('<w:br w:type="page"/>')),
        p(typed("封面"), "<w:sectPr/>"),
        p(typed("封面") + r('<w:br w:type="page"/>')),
        p(typed("长" * 201)),
        p(typed("目录行\t3"), '<w:pStyle w:val="TOC1"/>'),
        tbl(tr(cell("上表"))),
    ],
)
def test_a_heading_ends_at_a_page_at_prose_at_the_contents_and_at_a_table(before: str) -> None:
    body = p(typed("更早")) + before + p(typed("绩效目标表")) + tbl(tr(cell("甲")))
    assert read(body, styles=style("TOC1", "toc 1"))[-1].heading == "绩效目标表"


def test_a_title_alone_on_the_page_before_is_a_heading() -> None:
    body = p(typed("绩效目标表")) + p("", "<w:sectPr/>") + tbl(tr(cell("甲")))
    assert read(body)[0].heading == "绩效目标表"
