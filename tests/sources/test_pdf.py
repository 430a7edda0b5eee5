from __future__ import annotations

import os
import random
import shutil
import subprocess
import zlib
from html import escape
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from perfgraph.errors import PerfgraphError, SourceError
from perfgraph.model import Row, Table
from perfgraph.sources import pdf as reader
from perfgraph.sources import tab_text
from perfgraph.sources.pdf.errors import (
    DamagedPdfError,
    EncryptedPdfError,
    ImageOnlyPdfError,
    PdfTooLargeError,
    UnmappedTextPdfError,
)
from tests.sources.builders_pdf import (
    FONT,
    Break,
    Line,
    Printed,
    Ruled,
    Style,
    drawn,
    joined,
    pdf,
    running,
    table,
    watermark,
)

HEADER: list[str | None] = ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值"]
HEAD = "天津市引进人才综合服务中心2025年部门预算"
TITLE = "1.“天津人才工作”微信公众号信息发布系统运维经费绩效目标表"


def read(content: bytes) -> tuple[Table, ...]:
    return reader.tables(content, "a.pdf")


def texts(source: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in source.rows]


def spans(source: Table) -> list[tuple[str, int, int, int, int]]:
    return [
        (cell.text, row.index, cell.place.column or 0, cell.row_span, cell.column_span)
        for row in source.rows
        for cell in row
    ]


def indicators(count: int) -> list[list[str | None]]:
    numbers = range(1, count + 1)
    return [["产出指标", "数量指标", f"名称{n}", f"描述{n}", f"≥{n}次"] for n in numbers]


# Ruled tables on one page


@pytest.mark.parametrize("style", ["word", "excel", "boxes"])
def test_merged_cells_come_from_the_lines_that_are_drawn(style: Style) -> None:
    (found,) = read(
        pdf(
            table(
                ["项目名称", "甲", None, None],
                ["产出指标", "数量指标", "人数", "≥10人"],
                ["^", "质量指标", "", "100%"],
            ),
            style=style,
        )
    )
    assert spans(found) == [
        ("项目名称", 1, 1, 1, 1),
        ("甲", 1, 2, 1, 3),
        ("产出指标", 2, 1, 2, 1),
        ("数量指标", 2, 2, 1, 1),
        ("人数", 2, 3, 1, 1),
        ("≥10人", 2, 4, 1, 1),
        ("质量指标", 3, 2, 1, 1),
        ("", 3, 3, 1, 1),
        ("100%", 3, 4, 1, 1),
    ]


def test_wrapped_text_is_one_paragraph_again_and_paragraphs_stay_apart() -> None:
    goal = (
        "1.通过聘请第三方提供公众号信息发布系统运维服务，确保公众号发布系统正常运转。\n"
        "2.做好来访人员业务咨询，在2025年1月至2025年12月期间发布信息800篇以上，"
        "其中：财政    资金占100%。"
    )
    (found,) = read(pdf(table(["绩效目标", goal], widths=(80, 150))))
    assert texts(found) == [["绩效目标", goal]]


def test_words_keep_the_space_at_which_they_were_wrapped() -> None:
    name = "Linked Open Data publication and maintenance of the knowledge graph"
    found = ("Linked Open Data publication", "and maintenance of the", "knowledge graph")

    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 250], [600, 700])
        for index, line in enumerate(found):
            canvas.drawString(106, 680 - 14 * index, line)

    assert texts(read(drawn(draw))[0]) == [[name]]


@pytest.mark.parametrize("set_as", ["stacked", "rotated", "down"])
def test_a_label_set_downwards_reads_as_one_word(set_as: str) -> None:
    label = Printed("服务对象满意度指标", 0, 0, 5, 1, set_as)  # type: ignore[arg-type]
    rest = [
        Printed(text, row, column)
        for row in range(5)
        for column, text in enumerate((f"名称{row}", "≥90%"), 1)
    ]
    (found,) = read(pdf(Ruled((34, 200, 100), (label, *rest))))
    assert spans(found)[0] == ("服务对象满意度指标", 1, 1, 5, 1)
    assert len(found.rows) == 5


def test_two_lines_of_a_horizontal_label_are_not_taken_for_columns() -> None:
    (found,) = read(pdf(table(["产出指标完成", "甲"], ["乙", "丙"], widths=(43, 200))))
    assert texts(found)[0] == ["产出指标完成", "甲"]


def test_double_struck_text_is_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 200, 300], [600, 640])
        for shift in (0, 0.3):
            canvas.drawString(110 + shift, 615, "一级指标")
        canvas.drawString(210, 615, "100% 11")

    assert texts(read(drawn(draw))[0]) == [["一级指标", "100% 11"]]


def test_a_watermark_is_in_no_cell() -> None:
    rows = indicators(20)
    (found,) = read(pdf(table(HEADER, *rows), on_page=watermark("内部资料 严禁外传")))
    assert texts(found) == [HEADER, *rows]


def test_a_horizontal_watermark_over_borders_is_in_no_cell() -> None:
    def stamp(canvas: Canvas, number: int) -> None:
        canvas.setFont(FONT, 64)
        canvas.setFillGray(0.9)
        canvas.drawString(95, 560, "财政局专用")

    rows = indicators(20)
    (found,) = read(pdf(table(HEADER, *rows), on_page=stamp))
    assert texts(found) == [HEADER, *rows]


def test_shading_and_check_boxes_draw_no_cells() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        canvas.rect(110, 610, 50, 20, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.grid([100, 200, 300], [600, 640])
        canvas.drawString(110, 615, "项目属性")
        canvas.rect(210, 612, 9, 9)
        canvas.drawString(222, 613, "新增")
        canvas.rect(250, 612, 9, 9)
        canvas.drawString(250.5, 613, "√")
        canvas.drawString(262, 613, "延续")

    (found,) = read(drawn(draw))
    assert [joined([text]) for text in texts(found)[0]] == ["项目属性", "新增√延续"]


def test_a_double_border_is_one_line() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 200, 300], [600, 640])
        canvas.grid([101.5, 298.5], [601.5, 638.5])
        canvas.drawString(110, 615, "甲")
        canvas.drawString(210, 615, "乙")

    assert texts(read(drawn(draw))[0]) == [["甲", "乙"]]


def test_a_table_without_side_borders_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.lines([(100, y, 400, y) for y in (700, 670, 640)])
        canvas.lines([(x, 700, x, 640) for x in (200, 300)])
        for y in (680, 650):
            for x, text in ((110, "甲"), (210, "乙"), (310, "丙")):
                canvas.drawString(x, y, f"{text}{y}")

    assert texts(read(drawn(draw))[0]) == [["甲680", "乙680", "丙680"], ["甲650", "乙650", "丙650"]]


def test_a_nested_table_follows_the_outer_one_and_leaves_its_text_to_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 200, 500], [500, 700])
        canvas.drawString(110, 600, "项目资金")
        canvas.drawString(210, 680, "单位：万元")
        canvas.grid([220, 300, 400], [560, 600, 640])
        for x, y, text in (
            (230, 615, "总额"),
            (310, 615, "10"),
            (230, 575, "财政"),
            (310, 575, "9"),
        ):
            canvas.drawString(x, y, text)

    outer, inner = read(drawn(draw))
    assert texts(outer) == [["项目资金", "单位：万元"]]
    assert texts(inner) == [["总额", "10"], ["财政", "9"]]
    assert (inner.index, inner.heading) == (2, None)


def test_an_outline_around_the_page_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(40, 40, A4[0] - 80, A4[1] - 80)
        canvas.drawString(100, 720, "甲项目绩效目标表")
        canvas.grid([100, 200, 300], [600, 640])
        canvas.drawString(110, 615, "甲")

    (found,) = read(drawn(draw))
    assert (found.heading, texts(found)) == ("甲项目绩效目标表", [["甲", ""]])


def test_a_wide_table_set_sideways_on_an_upright_sheet_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
        canvas.setFont(FONT, 10.5)
        canvas.drawString(100, 500, "乙表")
        canvas.grid([100, 300, 600], [400, 440, 480])
        for x, y, text in ((110, 450, "甲"), (310, 450, "乙"), (110, 410, "丙"), (310, 410, "丁")):
            canvas.drawString(x, y, text)

    (found,) = read(drawn(draw))
    assert (found.heading, texts(found)) == ("乙表", [["甲", "乙"], ["丙", "丁"]])


# Around the tables


def test_title_unit_code_and_money_unit_above_the_table_are_its_heading() -> None:
    content = pdf(
        Line(TITLE, size=14),
        Line("353215天津市引进人才综合服务中心", "单位：万元"),
        table(["项目名称", "甲"], ["预算数", "10.00"]),
        Line("2.乙项目绩效目标表", size=14),
        table(["项目名称", "乙"], ["预算数", "12.00"]),
        table(["项目名称", "丙"], ["预算数", "1.00"]),
    )
    assert [found.heading for found in read(content)] == [
        f"{TITLE}\n353215天津市引进人才综合服务中心\n单位：万元",
        "2.乙项目绩效目标表",
        None,
    ]


def test_a_title_at_the_foot_of_the_page_before_is_the_heading() -> None:
    filler = [Line("一、部门职责说明。")] * 43
    content = pdf(*filler, Line("甲项目绩效目标表"), table(["项目名称", "甲"], row_height=30))
    (found,) = read(content)
    assert found.rows[0].cells[0].place.page == 2
    assert (found.heading or "").endswith("甲项目绩效目标表")


def test_running_heads_and_page_numbers_are_in_no_cell_and_no_heading() -> None:
    content = pdf(
        *(
            item
            for name in "甲乙丙"
            for item in (f"{name}项目绩效目标表", table(["项目名称", name]), Break())
        ),
        on_page=running(HEAD, "第{n}页"),
    )
    assert [found.heading for found in read(content)] == [
        f"{name}项目绩效目标表" for name in "甲乙丙"
    ]


def test_tables_side_by_side_are_two() -> None:
    def draw(canvas: Canvas) -> None:
        for left, text in ((100, "甲"), (320, "乙")):
            canvas.grid([left, left + 80, left + 160], [600, 640])
            canvas.drawString(left + 5, 615, text)

    assert [texts(found) for found in read(drawn(draw))] == [[["甲", ""]], [["乙", ""]]]


# Over several pages


def test_a_repeated_header_row_is_dropped_and_the_rows_go_on() -> None:
    rows = indicators(90)
    (found,) = read(pdf("甲表", table(HEADER, *rows, header_rows=1), on_page=running(HEAD)))
    assert texts(found) == [HEADER, *rows]
    assert [row.index for row in found.rows] == list(range(1, 92))
    pages = [row.cells[0].place.page or 0 for row in found.rows]
    assert (pages[0], max(pages), pages) == (1, 3, sorted(pages))


def test_a_header_that_differs_is_kept() -> None:
    other: list[str | None] = [*HEADER[:4], "完成值"]
    content = pdf(table(HEADER, *indicators(34), other, *indicators(3)))
    assert [texts(found) for found in read(content)] == [
        [HEADER, *indicators(34)],
        [other, *indicators(3)],
    ]


def test_a_merged_label_goes_on_over_the_page_break() -> None:
    rows: list[list[str | None]] = [
        ["产出指标" if n == 1 else "^", *rest[1:]] for n, rest in enumerate(indicators(60), 1)
    ]
    (found,) = read(pdf("甲表", table(HEADER, *rows)))
    assert spans(found)[5] == ("产出指标", 2, 1, 60, 1)
    assert [len(row.cells) for row in found.rows] == [5, 5, *[4] * 59]


def test_a_row_cut_by_the_page_break_is_one_row() -> None:
    long = "按月做好来访人员业务咨询和政策解答工作，" * 8
    cut: list[str | None] = ["效益指标", "社会效益指标", "咨询", long, "≥95%"]
    rows = [*indicators(30), cut, *indicators(2)]
    (found,) = read(pdf(table(HEADER, *rows, cut_rows=True)))
    assert texts(found) == [HEADER, *rows]
    assert [cell.place.page for cell in found.rows[31]] == [1] * 5
    assert found.rows[32].cells[0].place.page == 2


@pytest.mark.parametrize(
    ("level1", "level2"),
    [
        ("产出指标", "社会效益\n指标"),  # the end of a label shows that the row is cut
        ("产出指标\n(50分)", "社会效益指标"),
    ],
)
@pytest.mark.parametrize("height", [470, 480, 490, 500])
def test_a_label_cut_by_the_page_break_is_one_label(
    level1: str, level2: str, height: float
) -> None:
    rows: list[list[str | None]] = [[level1, level2, *row[2:]] for row in indicators(30)]
    content = pdf(table(HEADER, *rows, cut_rows=True), page=(595, height))
    (found,) = read(content)
    assert [[joined([text]) for text in row] for row in texts(found)] == [
        [joined([text or ""]) for text in row] for row in [HEADER, *rows]
    ]


def test_a_row_with_nothing_but_a_label_is_not_the_rest_of_the_row_above() -> None:
    blank: list[str | None] = ["", "生态效益指标", "", "", ""]
    for count in (19, 20, 21):
        rows = [["", "社会效益\n指标", *row[2:]] for row in indicators(count)]
        (found,) = read(pdf(table(HEADER, *rows, blank, *indicators(2))))
        assert [row[1] for row in texts(found)][-3] == "生态效益指标", count


def test_a_goal_cut_between_paragraphs_is_one_cell() -> None:
    goal = "\n".join(f"{n}.做好第{n}项工作，确保政策得到落实。" for n in range(1, 13))
    rows = [[f"字段{n}", f"内容{n}"] for n in range(29)] + [["绩效目标", goal], ["备注", "无"]]
    (found,) = read(pdf(table(*rows, widths=(90, 360), cut_rows=True)))
    assert texts(found) == rows


def test_a_new_row_below_empty_labels_is_not_taken_for_the_rest_of_a_cut_row() -> None:
    rows = [HEADER, *indicators(1), *(["", "", *row[2:]] for row in indicators(60))]
    (found,) = read(pdf(table(*rows)))
    assert texts(found) == rows


def test_a_table_that_begins_anew_on_the_next_page_is_another_table() -> None:
    def project(name: str, count: int) -> Ruled:
        return table(
            ["项目名称", name, None, None, None], HEADER, *indicators(count), widths=(90,) * 5
        )

    content = pdf(project("甲", 33), project("乙", 3), on_page=running("项目支出绩效目标表"))
    first, second = read(content)
    assert (texts(first)[0], texts(second)[0]) == (["项目名称", "甲"], ["项目名称", "乙"])
    assert second.rows[0].cells[0].place.page == 2
    assert (first.heading, second.heading) == ("项目支出绩效目标表", "项目支出绩效目标表")


def test_a_break_that_leaves_room_for_the_next_row_parts_tables() -> None:
    content = pdf(
        *(Line("说明文字。") for _ in range(40)),
        Break(),
        table(["甲", "1"]),
        Break(),
        table(["乙", "2"]),
    )
    assert [texts(found) for found in read(content)] == [[["甲", "1"]], [["乙", "2"]]]


def test_text_between_parts_them_too() -> None:
    rows = indicators(34)
    content = pdf(table(HEADER, *rows), "二、乙表", table(["合计", *["1"] * 4]))
    first, second = read(content)
    assert (len(first.rows), second.heading) == (35, "二、乙表")


def test_columns_of_all_pages_make_one_grid() -> None:
    content = pdf(
        table(
            *([f"字段{n}", None, f"内容{n}", None] for n in range(33)),
            *(["甲", "乙", "丙", f"{n}"] for n in range(6)),
        )
    )
    (found,) = read(content)
    assert [len(row.cells) for row in found.rows] == [*[2] * 33, *[4] * 6]
    assert spans(found)[1] == ("内容0", 1, 3, 1, 2)


# Tables without lines


def test_words_that_align_clearly_are_a_table() -> None:
    rows = indicators(5)
    content = pdf("甲表", table(HEADER, *rows, widths=(80, 80, 100, 100, 60)), style="none")
    (found,) = read(content)
    assert (found.heading, texts(found)) == ("甲表", [HEADER, *rows])


def test_wrapped_cells_without_lines_stay_in_their_row() -> None:
    name = "运维公众号信息发布系统数量和质量情况"
    rows = [[*row[:2], name, *row[3:]] for row in indicators(4)]
    content = pdf(table(HEADER, *rows, widths=(80, 80, 110, 100, 60), row_height=40), style="none")
    assert texts(read(content)[0]) == [HEADER, *rows]


def test_prose_is_no_table() -> None:
    assert read(pdf("一、项目概况。本项目用于公众号日常维护，共2项。" * 30)) == ()


def test_a_list_of_labels_and_values_is_no_table() -> None:
    content = pdf(*(Line(f"项目{n}", f"{n}.00") for n in range(20)))
    assert read(content) == ()


# What cannot be read


def test_a_password_is_asked_for_by_name() -> None:
    with pytest.raises(EncryptedPdfError, match=r"PG125"):
        read(pdf(table(["甲", "乙"]), encrypt="secret"))


def test_a_pdf_that_only_forbids_copying_is_read() -> None:
    out = BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("", "secret", canCopy=0))
    canvas.grid([100, 200, 300], [600, 640])
    canvas.drawString(110, 615, "A")
    canvas.drawString(210, 615, "B")
    canvas.save()
    assert texts(read(out.getvalue())[0]) == [["A", "B"]]


def picture() -> bytes:
    scan = ImageReader(Image.new("L", (40, 60), 200))
    return drawn(lambda canvas: canvas.drawImage(scan, 0, 0, *A4), pages=3)


def test_pictures_of_pages_are_refused_with_the_advice_to_recognise_the_text() -> None:
    with pytest.raises(ImageOnlyPdfError, match=r"all 3 pages.*OCR.*PG126"):
        read(picture())


def test_text_that_was_turned_into_outlines_is_refused_like_a_picture() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 200, 300], [600, 640])
        canvas.ellipse(110, 610, 130, 630)
        outline = canvas.beginPath()
        outline.moveTo(210, 610)
        for step in range(8):
            outline.lineTo(212 + step, 612 + step % 3)
        canvas.drawPath(outline, fill=1)

    with pytest.raises(ImageOnlyPdfError):
        read(drawn(draw))


def test_pages_that_are_pictures_are_named_beside_the_tables_of_the_others() -> None:
    scan = ImageReader(Image.new("L", (40, 60), 200))

    def draw(canvas: Canvas) -> None:
        canvas.grid([100, 200, 300], [600, 640])
        canvas.drawString(110, 615, "甲")
        canvas.showPage()
        canvas.drawImage(scan, 0, 0, *A4)

    reading = reader.read(drawn(draw), "a.pdf")
    assert (len(reading.tables), reading.picture_pages) == (1, (2,))


def test_blank_pages_have_no_tables() -> None:
    assert read(drawn(lambda canvas: None)) == ()


def test_fonts_that_name_no_characters_are_refused() -> None:
    content = pdf(table(["项目名称", "甲乙丙"]))
    assert b"/UniGB-UTF16-H" in content
    # The same length keeps the cross-reference table right.
    with pytest.raises(UnmappedTextPdfError, match="PG129"):
        read(content.replace(b"/UniGB-UTF16-H", b"/NoSuch-CMap-H"))


def test_glyphs_that_stand_for_no_character_are_refused() -> None:
    content = pdf(table(["项目名称", "甲乙丙"]))
    assert b"(GB1)" in content
    with pytest.raises(UnmappedTextPdfError, match="PG129"):
        read(content.replace(b"(GB1)", b"(XX1)"))


READ_OR_REFUSED = {None, "PG125", "PG126", "PG127", "PG128", "PG129"}


def code_of(content: bytes) -> str | None:
    """The code of the error with which reading ends; any other exception goes through."""
    try:
        read(content)
    except SourceError as error:
        return error.code
    return None


def test_a_cut_file_is_a_clear_error_or_what_is_left_of_it() -> None:
    content = pdf(TITLE, table(HEADER, *indicators(20)), on_page=running(HEAD))
    for end in range(0, len(content), max(1, len(content) // 60)):
        assert code_of(content[:end]) in READ_OR_REFUSED


def test_flipped_bytes_never_raise_anything_else() -> None:
    content = pdf(TITLE, table(HEADER, *indicators(4)), on_page=running(HEAD))
    chance = random.Random(20250101)
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(chance.choice((1, 5, 40))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        assert code_of(bytes(damaged)) in READ_OR_REFUSED


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"no pdf at all", b"%PDF-1.4\n" + b"[" * 100_000]
)
def test_what_is_no_pdf_is_said_to_be_damaged(content: bytes) -> None:
    with pytest.raises(DamagedPdfError, match="PG127"):
        read(content)


def test_a_decompression_bomb_is_refused_before_it_unfolds() -> None:
    packer = zlib.compressobj(9)
    parts = [packer.compress(b"\0" * 1_000_000) for _ in range(80)]
    bomb = b"".join([*parts, packer.flush()])
    for data in (bomb, zlib.compress(bomb)):
        content = b"%PDF-1.4\n1 0 obj<</Length 9/Filter/FlateDecode>>stream\n" + data
        with pytest.raises(PdfTooLargeError, match="PG128"):
            read(content + b"\nendstream endobj")


@pytest.mark.parametrize(
    "limits",
    [
        reader.Limits(pages=1),
        reader.Limits(glyphs=50),
        reader.Limits(paths=20),
        reader.Limits(crossings=50),
        reader.Limits(file_bytes=1000),
        reader.Limits(seconds=-1.0),
    ],
)
def test_every_limit_ends_in_a_clear_error(limits: reader.Limits) -> None:
    content = pdf(table(HEADER, *indicators(40)))
    with pytest.raises(PdfTooLargeError, match="PG128"):
        reader.tables(content, "a.pdf", limits)


def test_forms_that_call_forms_are_bounded() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("f0")
        canvas.drawString(10, 10, "甲")
        canvas.endForm()
        for depth in range(1, 9):
            canvas.beginForm(f"f{depth}")
            for _ in range(10):
                canvas.doForm(f"f{depth - 1}")
            canvas.endForm()
        canvas.doForm("f8")

    with pytest.raises(PdfTooLargeError):
        reader.tables(drawn(draw), "a.pdf", reader.Limits(glyphs=5_000))


def test_every_error_says_what_to_do_in_both_languages() -> None:
    with pytest.raises(PerfgraphError) as caught:
        read(b"%PDF-1.7")
    assert caught.value.advice is not None
    assert "PDF 已损坏" in caught.value.render("zh")


def test_a_pdf_is_known_by_its_header() -> None:
    assert reader.looks_like(b"\xef\xbb\xbf%PDF-1.7")
    assert not reader.looks_like(b"PK\x03\x04")


# The real document


def seed_items(seed: Path) -> list[Line | Ruled]:
    """The four tables of the seed, as its office would print them."""
    items: list[Line | Ruled] = []
    for source in tab_text.tables(seed.read_text("utf-8"), "seed"):
        first, *rest = source.rows
        if source.heading is not None:
            items.append(Line(source.heading, size=14))
        items.append(Line(first.cells[0].text, first.cells[1].text))
        items.append(
            table(*(_seven(row) for row in texts_of(rest)), widths=(58, 58, 60, 70, 90, 50, 65))
        )
    return items


def texts_of(rows: list[Row]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows]


def _seven(row: list[str]) -> list[str | None]:
    """Spread the cells of a row over the seven grid columns of the form."""
    match row:
        case [label, text]:
            return [label, text, None, None, None, None, None]
        case [a, b, c, d, e]:
            return [a, b, c, None, d, None, e]
        case _:
            return [*row]


@pytest.mark.parametrize("style", ["word", "excel", "boxes"])
def test_the_seed_printed_to_pdf_reads_as_the_seed(seed: Path, style: Style) -> None:
    expected = tab_text.tables(seed.read_text("utf-8"), "seed")
    found = read(pdf(*seed_items(seed), style=style, on_page=running(HEAD)))
    assert [texts(table_) for table_ in found] == [
        texts_of(list(table_.rows[1:])) for table_ in expected
    ]
    unit_lines = "353215天津市引进人才综合服务中心\n单位：万元"
    assert [table_.heading for table_ in found] == [
        unit_lines if table_.heading is None else f"{table_.heading}\n{unit_lines}"
        for table_ in expected
    ]


needs_soffice = pytest.mark.skipif(
    shutil.which("soffice") is None and not os.environ.get("CI"),
    reason="LibreOffice Writer (soffice) is not installed",
)


@needs_soffice
def test_the_seed_exported_by_libreoffice_reads_as_the_seed(seed: Path, tmp_path: Path) -> None:
    expected = tab_text.tables(seed.read_text("utf-8"), "seed")
    (tmp_path / "seed.html").write_text(_html(expected), "utf-8")
    program = shutil.which("soffice")
    assert program is not None, "CI must have LibreOffice Writer installed"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for source, target in (("seed.html", "odt"), ("seed.odt", "pdf")):
        filters = ["--infilter=HTML (StarWriter)"] if source == "seed.html" else []
        subprocess.run(
            [program, "--headless", profile, *filters, "--convert-to", target, source],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            timeout=120,
        )
    found = read((tmp_path / "seed.pdf").read_bytes())
    assert [
        [[text.replace("\xa0", " ") for text in row] for row in texts(table_)] for table_ in found
    ] == [texts_of(list(table_.rows[1:])) for table_ in expected]
    assert [(table_.heading or "").split("\n")[0] for table_ in found] == [
        table_.heading or "353215天津市引进人才综合服务中心" for table_ in expected
    ]


def _html(tables: tuple[Table, ...]) -> str:
    parts = ["<html><head><meta charset='utf-8'></head><body>"]
    for source in tables:
        unit, money = (cell.text for cell in source.rows[0])
        if source.heading is not None:
            parts.append(f"<p><b>{escape(source.heading)}</b></p>")
        parts.append(f"<p>{escape(unit)}</p><p align='right'>{escape(money)}</p>")
        parts.append("<table border='1' cellspacing='0' width='100%'>")
        for row in source.rows[1:]:
            across = {2: (1, 6), 5: (1, 1, 2, 2, 1), 7: (1,) * 7}[len(row.cells)]
            parts.append("<tr>")
            for cell, span in zip(row.cells, across, strict=True):
                # HTML folds spaces; the form has four of them inside a label.
                text = escape(cell.text).replace("  ", "&nbsp; ").replace("\n", "<br>")
                parts.append(f"<td colspan='{span}'>{text}</td>")
            parts.append("</tr>")
        parts.append("</table>")
    return "\n".join([*parts, "</body></html>"])


# Properties

WORDS = st.text(alphabet="一二三甲乙丙产出指标满意度Ab12≥%，。", max_size=14)


@st.composite
def grids(draw: st.DrawFn) -> Ruled:
    """A table with every grid position covered once, at random by merged cells."""
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    cells: list[Printed] = []
    while free:
        row, column = min(free)
        across = draw(st.integers(1, 3))
        while any((row, column + step) not in free for step in range(across)):
            across -= 1
        down = draw(st.integers(1, 3))
        while any((row + step, column) not in free for step in range(down)):
            down -= 1
        while any((row + i, column + j) not in free for i in range(down) for j in range(across)):
            down -= 1
        free -= {(row + i, column + j) for i in range(down) for j in range(across)}
        cells.append(Printed(draw(WORDS), row, column, down, across))
    # Every line of the grid must be drawn somewhere, else there is no such line to be read.
    return Ruled((75.0,) * columns, _compact(cells))


def _compact(cells: list[Printed]) -> tuple[Printed, ...]:
    tops = sorted({cell.row for cell in cells} | {cell.row + cell.row_span for cell in cells})
    lefts = sorted(
        {cell.column for cell in cells} | {cell.column + cell.column_span for cell in cells}
    )
    row = {line: number for number, line in enumerate(tops)}
    column = {line: number for number, line in enumerate(lefts)}
    return tuple(
        Printed(
            cell.text,
            row[cell.row],
            column[cell.column],
            row[cell.row + cell.row_span] - row[cell.row],
            column[cell.column + cell.column_span] - column[cell.column],
        )
        for cell in cells
    )


@settings(max_examples=60, deadline=None)
@given(grid=grids(), style=st.sampled_from(("word", "excel", "boxes")))
def test_any_grid_that_is_printed_is_read_back(grid: Ruled, style: Style) -> None:
    printed = sorted(grid.cells, key=lambda cell: (cell.row, cell.column))
    found = read(pdf(grid, style=style, page=landscape(A4)))
    if not any(cell.text.strip() for cell in printed):
        assert found == ()
        return
    (read_back,) = found
    assert [(joined([text]), *rest) for text, *rest in spans(read_back)] == [
        (joined([cell.text]), cell.row + 1, cell.column + 1, cell.row_span, cell.column_span)
        for cell in printed
    ]


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=20, max_size=60),
    cut_rows=st.booleans(),
    header_rows=st.sampled_from((0, 1)),
)
def test_text_is_never_lost_over_page_breaks(
    rows: list[tuple[str, str, str]], cut_rows: bool, header_rows: int
) -> None:
    header = ["一级指标", "三级指标", "指标值"]
    content = pdf(
        table(header, *rows, widths=(60, 60, 120), cut_rows=cut_rows, header_rows=header_rows)
    )
    found = read(content)
    assert (
        joined(sorted(cell.text for table_ in found for row in table_.rows for cell in row)).count(
            "一级指标"
        )
        >= 1
    )
    assert sorted(
        joined(cell.text for table_ in found for row in table_.rows for cell in row)
    ) == sorted(joined([*header, *(text for row in rows for text in row)]))
