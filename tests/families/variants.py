"""The habits of offices that make a plain form hard to read, one maker a habit.

Each makes the file that ``makers.py`` makes, and adds what must not be read, or stores the same
form another way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from perfgraph.model import Cell
from tests.families.makers import Tables, cells, heading_lines, place_of, ruled, shown, width
from tests.families.typed import entered
from tests.sources import builders_docx, builders_sheets
from tests.sources.builders_pdf import Line, Ruled, pdf, running

_CENTRED = '<w:jc w:val="center"/>'
_STORED = re.compile(rb'(<c r="[A-Z]+\d+" s="\d+")(?: t="n")?><v>([\d.]+)</v></c>')


def corrected_docx(tables: Tables) -> bytes:
    """A Word file with tracked changes, the form within the cell of a table for the page."""
    inner = ""
    for table in tables:
        for line in heading_lines(table):
            inner += builders_docx.p(builders_docx.typed(line), _CENTRED)
        boxes = [replace(box, content=_corrected(box.text)) for box in map(_box, cells(table))]
        inner += builders_docx.merged(boxes) + builders_docx.p()
    page = builders_docx.tbl(builders_docx.tr(builders_docx.tc(inner, width=9000)), widths=[9000])
    return builders_docx.docx(page)


def indented_docx(tables: Tables) -> bytes:
    """A Word file as converters write it: rows below a merged first cell begin further right."""
    body = ""
    for table in tables:
        for line in heading_lines(table):
            body += builders_docx.p(builders_docx.typed(line), _CENTRED)
        boxes = [
            replace(box, rows=1) if box.column == 1 else box for box in map(_box, cells(table))
        ]
        body += builders_docx.merged(boxes) + builders_docx.p()
    return builders_docx.docx(body)


def worn_xlsx(tables: Tables) -> bytes:
    """A workbook in use: an old sheet, a row and a column are hidden, numbers are calculated."""
    book = Workbook()
    old = book.active
    assert isinstance(old, Worksheet)
    old.title, old.sheet_state = "旧", "hidden"
    builders_sheets.draw(
        old,
        *[
            builders_sheets.Box(row, column, text)
            for row, texts in enumerate((["项目名称", "旧项目"], ["三级指标", "指标值"]), 1)
            for column, text in enumerate(texts, 1)
        ],
    )
    for number, table in enumerate(tables, 1):
        sheet = book.create_sheet(f"表{number}")
        lines = heading_lines(table)
        for row, line in enumerate(lines, 1):
            sheet.cell(row, 2).value = line
            sheet.merge_cells(
                start_row=row, start_column=2, end_row=row, end_column=width(table) + 1
            )
        hidden = len(lines) + len(table.rows)  # the last row goes below it
        for cell in cells(table):
            row, column, text, down, across = place_of(cell)
            row, column = row + len(lines), column + 1
            if row >= hidden:
                row += 1
            elif row + down > hidden:
                down += 1
            builders_sheets.draw(sheet, builders_sheets.Box(row, column, text, down, across))
            if (number_ := entered(text)) is not None:
                stored = sheet.cell(row, column)
                stored.value, stored.number_format = number_.value, number_.format
        sheet.cell(hidden, width(table) + 1).value = "作废"
        sheet.row_dimensions[hidden].hidden = True
        sheet.cell(len(lines) + 1, 1).value = "KPI001"
        sheet.column_dimensions["A"].hidden = True
    content = builders_sheets.saved(book)
    for number in range(len(tables)):
        part = f"xl/worksheets/sheet{number + 2}.xml"
        content = builders_sheets.altered(content, part, _calculated)
    return content


def word_page(tables: Tables) -> bytes:
    """A page saved by Word: each cell has paragraphs, texts are cut into spans, in GBK."""
    parts: list[str] = []
    for table in tables:
        parts += [f"<p class=MsoNormal>{_spans(line)}</p>" for line in heading_lines(table)]
        parts.append("<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0>")
        for row in table.rows:
            parts.append(" <tr style='height:22.7pt'>")
            parts += [_word_cell(cell) for cell in row]
            parts.append(" </tr>")
        parts.append("</table>\n<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>")
    page = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office">\n<head>\n'
        "<meta http-equiv=Content-Type content='text/html; charset=gb2312'>\n"
        "<meta name=Generator content='Microsoft Word 15'>\n"
        "<style><!-- p.MsoNormal {margin:0cm;} --></style></head>\n"
        "<body lang=ZH-CN><div class=WordSection1>\n" + "\n".join(parts) + "</div></body></html>"
    )
    return page.encode("gbk", "xmlcharrefreplace")


def thin_pdf(tables: Tables) -> bytes:
    """A PDF with hair lines on pages that cut rows, a running head above."""
    items: list[Ruled | Line] = []
    for table in tables:
        items += [Line(line) for line in heading_lines(table)]
        items.append(replace(ruled(table), cut_rows=True))
    head = running("部门预算公开", "第 {n} 页")
    return pdf(*items, style="excel", size=9, page=(842, 490), margin=64, on_page=head)


VARIANTS: Mapping[str, Callable[[Tables], bytes]] = {
    "docx, tracked changes, nested": corrected_docx,
    "docx, gridBefore": indented_docx,
    "xlsx, hidden parts, formulas": worn_xlsx,
    "html, saved by Word": word_page,
    "pdf, hair lines, cut rows": thin_pdf,
}


def _corrected(text: str) -> str:
    """Paragraphs in which a reviewer struck something out and wrote the text."""
    mark = 'w:id="1" w:author="审核" w:date="2025-01-01T00:00:00Z"'
    struck = f"<w:del {mark}><w:r><w:delText>原</w:delText></w:r></w:del>"
    lines = text.split("\n")
    runs = [f"{struck}<w:ins {mark}>{builders_docx.typed(line)}</w:ins>" for line in lines]
    return "".join(builders_docx.p(run) for run in runs)


def _calculated(xml: bytes) -> bytes:
    """Make every number the result of a formula that Excel has calculated when saving."""
    return _STORED.sub(rb"\1><f>ROUND(\2,8)</f><v>\2</v></c>", xml)


def _word_cell(cell: Cell) -> str:
    _, _, text, down, across = place_of(cell)
    spans = f" rowspan={down}" if down > 1 else ""
    spans += f" colspan={across}" if across > 1 else ""
    lines = "\n".join(
        f"  <p class=MsoNormal align=center>{_spans(line)}</p>" for line in text.split("\n")
    )
    return f"  <td width=104{spans} style='width:77.75pt'>\n{lines}\n  </td>"


def _spans(text: str) -> str:
    """Text as Word cuts it: what is not Chinese stands in a span of its own."""
    return "".join(_pieces(text)) or "<span lang=EN-US><o:p>&nbsp;</o:p></span>"


def _pieces(text: str) -> Iterator[str]:
    for piece in re.findall(r"[\x21-\x7e]+|[^\x21-\x7e]+", text):
        text = shown(piece)
        yield f"<span lang=EN-US>{text}</span>" if piece.isascii() and piece.strip() else text


def _box(cell: Cell) -> builders_docx.Box:
    return builders_docx.Box(*place_of(cell))
