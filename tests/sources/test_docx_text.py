from __future__ import annotations

from tests.sources.builders_docx import (
    Box,
    cell,
    field,
    p,
    r,
    style,
    t,
    tbl,
    text_box,
    tr,
    typed,
)
from tests.sources.docx_as_read import boxes, in_cell, read


def test_breaks_and_tabs_are_kept() -> None:
    assert in_cell(p(typed("1.甲\n\t2.乙"))) == "1.甲\n\t2.乙"
    assert in_cell(p(typed("甲")) + p() + p(typed("乙"))) == "甲\n\n乙"
    assert in_cell(p(r("<w:t>2</w:t><w:noBreakHyphen/><w:t>3</w:t><w:cr/>"))) == "2-3\n"


def test_space_counts_where_word_keeps_it() -> None:
    assert in_cell(p(typed("其中：财政    资金"))) == "其中：财政    资金"
    assert in_cell(p(r("<w:t>\n  财政  资金 \n</w:t>"))) == "财政  资金"


def test_tracked_changes_count_as_accepted() -> None:
    content = p(
        typed("≥")
        + f"<w:del>{r('<w:delText>80</w:delText>')}</w:del><w:ins>{r(t('90'))}</w:ins>"
        + f"<w:moveFrom>{r(t('旧'))}</w:moveFrom><w:moveTo>{r(t('新'))}</w:moveTo>"
        + typed("%")
    )
    assert in_cell(content) == "≥90新%"


def test_a_deleted_paragraph_end_joins_two_lines() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    assert in_cell(p(typed("甲"), deleted) + p(typed("乙"))) == "甲乙"
    assert in_cell(p("", deleted) + p(typed("乙"))) == "乙"


def test_lines_that_join_nothing_are_kept() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    assert in_cell(p(typed("甲")) + p(typed("乙"), deleted)) == "甲\n乙"
    assert in_cell(p(text_box(p(typed("丙"), deleted)))) == "丙"
    (table,) = read(p(typed("绩效目标表"), deleted) + tbl(tr(cell("丁"))))
    assert table.heading == "绩效目标表"


def test_deleted_rows_and_cells_are_gone() -> None:
    (table,) = read(
        tbl(
            tr(cell("甲"), cell("旧", "<w:cellDel/>"), cell("乙")),
            tr(cell("旧"), properties="<w:del/>"),
            tr(cell("丙", "<w:cellIns/>"), properties="<w:ins/>"),
        )
    )
    assert boxes(table) == [Box(1, 1, "甲"), Box(1, 2, "乙"), Box(2, 1, "丙")]


def test_hidden_text_is_not_printed() -> None:
    styles = style("Normal", "Normal", is_default=True) + (
        '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="h2"><w:basedOn w:val="h"/></w:style>'
        '<w:style w:type="character" w:styleId="s"><w:basedOn w:val="h2"/>'
        '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="hp"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    content = p(
        r(t("甲"))
        + r(t("1"), "<w:vanish/>")
        + r(t("2"), '<w:rStyle w:val="h2"/>')
        + r(t("乙"), '<w:vanish w:val="false"/>')
        + r(t("丙"), '<w:rStyle w:val="s"/>')
        + r(t("丁"), "<w:webHidden/>")
    )
    hidden = p(r(t("3")), '<w:pStyle w:val="hp"/><w:rPr><w:vanish/></w:rPr>')
    assert in_cell(hidden + content, styles=styles) == "甲乙丙丁"


def test_signs_of_symbol_fonts_are_the_printed_signs() -> None:
    assert in_cell(p(r('<w:sym w:font="Symbol" w:char="F0B3"/>') + typed("90%"))) == "≥90%"
    assert in_cell(p(r(t("\uf0a3"), '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'))) == "≤"
    boxes_ticked = r('<w:sym w:font="Wingdings 2" w:char="F052"/>') + typed("新增")
    boxes_empty = r('<w:sym w:font="Wingdings" w:char="00A8"/>') + typed("延续")
    assert in_cell(p(boxes_ticked + boxes_empty)) == "☑新增□延续"
    assert in_cell(p(r('<w:sym w:font="仿宋" w:char="2264"/>'))) == "≤"
    assert in_cell(p(r('<w:sym w:font="Symbol" w:char="zz"/><w:sym/>') + typed("甲"))) == "甲"
    lone = r('<w:sym w:font="宋体" w:char="D800"/><w:sym w:font="宋体" w:char="FFFFFFFF"/>')
    assert in_cell(p(lone + typed("甲"))) == "甲"
    emoji = (
        '<mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:char="2611"/>'
        "</mc:Choice><mc:Fallback><w:t>☑</w:t></mc:Fallback></mc:AlternateContent>"
    )
    assert in_cell(p(r(emoji))) == "☑"


def test_fields_print_their_result_not_their_code() -> None:
    assert in_cell(p(field(" DATE ", typed("2025年")) + typed("底前"))) == "2025年底前"
    assert in_cell(p(r('<w:fldChar w:fldCharType="end"/>') + field("IF ", typed("否")))) == "否"
    assert in_cell(p('<w:fldSimple w:instr="PAGE">' + typed("3") + "</w:fldSimple>")) == "3"
    outer = (
        r('<w:fldChar w:fldCharType="begin"/>')
        + r("<w:instrText>IF </w:instrText>")
        + field("PAGE", typed("7"))
        + r('<w:fldChar w:fldCharType="separate"/>')
        + typed("奇数页")
        + r('<w:fldChar w:fldCharType="end"/>')
    )
    assert in_cell(p(outer)) == "奇数页"


def test_circled_numbers_and_form_fields_are_printed() -> None:
    assert in_cell(p(field(r" eq \o\ac(○,2)") + typed("甲"))) == "②甲"
    assert in_cell(p(field(r"EQ \f(2,3)"))) == "2/3"
    assert in_cell(p(field(r"eq \o(二,0)"))) == "二0"

    def form(data: str) -> str:
        return r(f'<w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar>') + r(
            '<w:fldChar w:fldCharType="end"/>'
        )

    ticked = form('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>')
    empty = form('<w:checkBox><w:default w:val="0"/></w:checkBox>')
    chosen = form(
        '<w:ddList><w:result w:val="1"/><w:listEntry w:val="正向"/><w:listEntry w:val="反向"/>'
        "</w:ddList>"
    )
    assert in_cell(p(ticked + typed("新增") + empty + typed("延续") + chosen)) == "☒新增☐延续反向"


def test_links_smart_tags_reading_aids_and_formulas_are_read() -> None:
    link = f'<w:hyperlink w:anchor="a">{typed("附件")}</w:hyperlink>'
    tag = f'<w:smartTag w:element="date">{typed("2025年")}</w:smartTag>'
    ruby = r(f"<w:ruby><w:rt>{r(t('rén'))}</w:rt><w:rubyBase>{r(t('人'))}</w:rubyBase></w:ruby>")
    assert in_cell(p(link + tag + ruby)) == "附件2025年人"
    formula = (
        "<m:oMathPara><m:oMath><m:r><m:t>≥</m:t></m:r><m:f><m:num><m:r><m:t>2</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>3</m:t></m:r></m:den></m:f><m:d><m:e><m:r><m:t>x</m:t></m:r></m:e></m:d>"
        "</m:oMath></m:oMathPara>"
    )
    assert in_cell(p(formula)) == "≥2/3(x)"


def test_the_mark_of_a_note_does_not_change_a_number() -> None:
    note = r('<w:footnoteReference w:id="2"/>', '<w:vertAlign w:val="superscript"/>')
    assert in_cell(p(typed("100%") + note)) == "100%"
