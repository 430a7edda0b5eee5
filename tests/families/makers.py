"""Drawn tables → files as offices publish them, one maker a format; the same bytes every time.

Each maker does what its program does to a form: Word stores a merged cell in every row and marks
header rows to be repeated; Excel stores numbers with a format that prints their unit; a site puts
the form into an article with navigation; a PDF breaks over pages; Markdown, CSV and TAB text have
no merged cells and leave empty what one covers.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from perfgraph.model import Cell, Row, Table
from tests.families.typed import entered
from tests.sources import builders_docx, builders_sheets
from tests.sources.builders_pdf import Break, Line, Printed, Ruled, pdf, running

Tables = Sequence[Table]


def as_docx(tables: Tables) -> bytes:
    """A Word file: merged cells in every row, the title rows repeated on each page."""
    body = ""
    for index, table in enumerate(tables):
        for line in heading_lines(table):
            body += builders_docx.p(builders_docx.typed(line), '<w:jc w:val="center"/>')
        boxes = [builders_docx.Box(*place_of(cell)) for cell in cells(table)]
        body += builders_docx.merged(boxes, header_rows=1)
        body += builders_docx.p(
            "<w:r><w:br w:type='page'/></w:r>" if index + 1 < len(tables) else ""
        )
    return builders_docx.docx(body)


def as_xlsx(tables: Tables) -> bytes:
    """A workbook with a form on each sheet: numbers are numbers, their format prints the rest."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type] # a new workbook has a sheet
    for number, table in enumerate(tables, 1):
        sheet: Worksheet = book.create_sheet(f"表{number}")
        first = len(heading_lines(table))
        for row, line in enumerate(heading_lines(table), 1):
            sheet.cell(row, 1).value = line
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width(table))
        for cell in cells(table):
            row, column, text, down, across = place_of(cell)
            box = builders_sheets.Box(row + first, column, text, down, across)
            builders_sheets.draw(sheet, box)
            if (number_ := entered(text)) is not None:
                stored = sheet.cell(box.row, box.column)
                stored.value, stored.number_format = number_.value, number_.format
    return builders_sheets.saved(book)


def as_xls(tables: Tables) -> bytes:
    """An Excel 97 workbook with the forms of one document on its sheets."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    frame = "borders: left thin, right thin, top thin, bottom thin"
    styles: dict[str, xlwt.XFStyle] = {}
    for number, table in enumerate(tables, 1):
        sheet = book.add_sheet(f"表{number}")
        lines = heading_lines(table)
        for row, line in enumerate(lines):
            sheet.write_merge(row, row, 0, width(table) - 1, line)
        for cell in cells(table):
            row, column, text, down, across = place_of(cell)
            top, left = row + len(lines) - 1, column - 1
            number_ = entered(text)
            code = number_.format if number_ is not None else "General"
            style = styles.setdefault(code, xlwt.easyxf(frame, num_format_str=code))
            value = number_.value if number_ is not None else text
            if (down, across) == (1, 1):
                sheet.write(top, left, value, style)
            else:
                sheet.write_merge(top, top + down - 1, left, left + across - 1, value, style)
    return builders_sheets.xls_saved(book)


def as_html(tables: Tables) -> bytes:
    """An article of a government site in GB18030, whose declaration says something else."""
    parts: list[str] = []
    for table in tables:
        parts += [f"<p align='center'>{html.escape(line)}</p>" for line in heading_lines(table)]
        parts.append("<table border='1' cellspacing='0'><tbody>")
        parts += [f"<tr>{''.join(map(_td, row))}</tr>" for row in table.rows]
        parts.append("</tbody></table><p>&nbsp;</p>")
    article = "\n".join(parts)
    page = f"""<html><head><meta charset="iso-8859-1"><title>预决算公开</title>
<style>td {{ width: 72pt }}</style><script>var t = "<table><tr><td>假</td></tr></table>";</script>
</head><body><table class="layout"><tr><td class="nav">
<table><tr><td><a href="/">首页</a></td><td><a href="/zwgk">政务公开</a></td></tr></table></td></tr>
<tr><td class="article"><div class="crumbs">当前位置：首页 &gt; 财政信息</div>
{article}<p>【打印】【关闭】</p></td></tr></table>
<div class="foot">主办：人民政府办公室 <a href="/map">网站地图</a></div></body></html>"""
    return page.encode("gb18030")


def as_pdf(tables: Tables) -> bytes:
    """A printed document: small pages, so that forms break over them, and page numbers."""
    items: list[Ruled | Line | Break | str] = []
    for table in tables:
        items += [Line(line) for line in heading_lines(table)]
        items.append(ruled(table))
    return pdf(*items, style="word", size=9, page=(842, 460), margin=60, on_page=running())


def as_markdown(tables: Tables) -> bytes:
    """Markdown as converters write it: a merged cell is printed once, what it covers is empty."""
    parts: list[str] = []
    for table in tables:
        parts += [f"{line}\n" for line in heading_lines(table)]
        rows = grid(table)
        head, *body = rows
        lines = [head, ["---"] * len(head), *body]
        parts += ["| " + " | ".join(_piped(text) for text in line) + " |" for line in lines]
        parts.append("")
    return "\n".join(parts).encode()


def as_csv(tables: Tables) -> bytes:
    """What a spreadsheet program saves as CSV: UTF-8 with a mark, empty cells under merges."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    for table in tables:
        columns = width(table)
        for line in heading_lines(table):
            writer.writerow([line, *[""] * (columns - 1)])
        writer.writerows(grid(table))
    return buffer.getvalue().encode("utf-8-sig")


def as_text(tables: Tables) -> bytes:
    """TAB text as extracted from Word: merged cells of a row once, those from above empty."""
    blocks: list[str] = []
    for table in tables:
        rows = [_lines(table, row) for row in table.rows]
        rows[0] = "\n".join([*heading_lines(table), rows[0]])
        blocks += rows
    return ("\n\n".join(blocks) + "\n").encode()


MAKERS: Mapping[str, Callable[[Tables], bytes]] = {
    "docx": as_docx,
    "xlsx": as_xlsx,
    "xls": as_xls,
    "html": as_html,
    "pdf": as_pdf,
    "md": as_markdown,
    "csv": as_csv,
    "txt": as_text,
}


def heading_lines(table: Table) -> list[str]:
    """The lines printed above a table."""
    return table.heading.split("\n") if table.heading else []


def cells(table: Table) -> list[Cell]:
    """The cells of a table in printed order."""
    return [cell for row in table.rows for cell in row]


def width(table: Table) -> int:
    """The number of columns of a table's grid."""
    return max(column + across - 1 for _, column, _, _, across in map(place_of, cells(table)))


def grid(table: Table) -> list[list[str]]:
    """The texts of a table at each position of its grid, empty under a merged cell."""
    columns = width(table)
    rows = [[""] * columns for _ in table.rows]
    for cell in cells(table):
        row, column, text, _, _ = place_of(cell)
        rows[row - 1][column - 1] = text
    return rows


def ruled(table: Table, total: float = 720.0) -> Ruled:
    """The table as a layout program sets it: columns as wide as their texts need."""
    columns = width(table)
    needs = [4.0] * columns
    for cell in cells(table):
        _, column, text, _, across = place_of(cell)
        longest = max(len(line) for line in text.split("\n"))
        for covered in range(column - 1, column - 1 + across):
            needs[covered] = max(needs[covered], min(longest / across, 16.0))
    scale = total / sum(needs)
    printed = [
        Printed(text, row - 1, column - 1, down, across)
        for row, column, text, down, across in map(place_of, cells(table))
    ]
    return Ruled(tuple(need * scale for need in needs), tuple(printed))


def _lines(table: Table, row: Row) -> str:
    """A row of TAB text; a cell that a merge from above covers is printed empty."""
    by_column = {place_of(cell)[1]: cell for cell in row}
    covered = {
        column
        for cell in cells(table)
        for column in range(place_of(cell)[1], place_of(cell)[1] + 1)
        if place_of(cell)[0] < row.index < place_of(cell)[0] + cell.row_span
    }
    texts = [
        by_column[column].text if column in by_column else ""
        for column in sorted(covered | by_column.keys())
    ]
    return "\n".join(f"\t{text}" for text in texts)


def _td(cell: Cell) -> str:
    spans = f" rowspan='{cell.row_span}'" if cell.row_span > 1 else ""
    spans += f" colspan='{cell.column_span}'" if cell.column_span > 1 else ""
    return f"<td{spans}>{'<br>'.join(map(shown, cell.text.split(chr(10))))}</td>"


def shown(text: str) -> str:
    """Text in HTML; a browser shows only one of several spaces, so editors keep them apart."""
    return html.escape(text).replace("  ", "&nbsp; ").replace("  ", "&nbsp; ")


def _piped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("*", "\\*").replace("\n", "<br>")


def place_of(cell: Cell) -> tuple[int, int, str, int, int]:
    """Row, column, text and spans of a cell."""
    assert cell.place.row is not None
    assert cell.place.column is not None
    return cell.place.row, cell.place.column, cell.text, cell.row_span, cell.column_span
