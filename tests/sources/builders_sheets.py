"""Target tables as layouts, and the workbooks that office programs make of them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import xlwt
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from perfgraph.model import Cell, Table


@dataclass(frozen=True)
class Box:
    """A cell or merged range of a layout, from 1."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


# A district's table for 抗疫特别国债 (Tianjin, 2020), shortened: the page that shows it names the
# 区城市管理委员会 as its department.
DISTRICT = (
    Box(1, 1, "抗疫特别国债项目绩效目标表（打捆项目）", columns=6),
    Box(2, 1, "（2020年度）", columns=6),
    Box(3, 1, "项目名称", columns=2),
    Box(3, 3, "疫情期间区域病媒防治环境卫生清洁等费用", columns=4),
    Box(4, 1, "主管预算部门", columns=2),
    Box(4, 3, "（区）城市管理委员会", columns=2),
    Box(4, 5, "项目预算金额\n（万元）"),
    Box(4, 6, "5652"),
    Box(5, 1, "绩效目标"),
    Box(5, 2, "1.开展我区环境卫生治理工作。\n2.工作由服务外包公司承担。", columns=5),
    Box(6, 1, "绩效指标", rows=6),
    Box(6, 2, "一级指标"),
    Box(6, 3, "二级指标"),
    Box(6, 4, "三级指标", columns=2),
    Box(6, 6, "指标值"),
    Box(7, 2, "产出指标", rows=4),
    Box(7, 3, "数量指标", rows=2),
    Box(7, 4, "清扫保洁道路面积", columns=2),
    Box(7, 6, "1346.0088万平方米"),
    Box(8, 4, "清扫保洁道路条数", columns=2),
    Box(8, 6, "485条"),
    Box(9, 3, "质量指标"),
    Box(9, 4, "垃圾无害化处理率", columns=2),
    Box(9, 6, "100%"),
    Box(10, 3, "成本指标"),
    Box(10, 4, "人工成本", columns=2),
    Box(10, 6, "≤620万/月"),
    Box(11, 2, "满意度指标"),
    Box(11, 3, "服务对象满意度指标"),
    Box(11, 4, "周围群众满意度", columns=2),
    Box(11, 6, "≥90%"),
)

_INLINE = re.compile(rb'(<c [^>]*?)t="inlineStr"><is>(.*?)</is></c>', re.DOTALL)
_THIN = Side(style="thin")
FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def xlsx_of(*boxes: Box, frame: bool = True) -> bytes:
    """Return a workbook with ``boxes`` on its only sheet, as Excel would save it."""
    return xlsx(lambda sheet: draw(sheet, *boxes, frame=frame))


def xlsx(build: Callable[[Worksheet], None]) -> bytes:
    """Return a workbook whose only sheet ``build`` has filled."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "绩效目标表"
    build(sheet)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return the bytes of ``book``."""
    buffer = BytesIO()
    book.save(buffer)
    return _with_shared_texts(buffer.getvalue())


def altered(content: bytes, part: str, alter: Callable[[bytes], bytes]) -> bytes:
    """Return the workbook ``content`` with one part (or all, for ``*``) altered."""
    result = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, alter(data) if part in {name, "*"} else data)
    return result.getvalue()


def _with_shared_texts(content: bytes) -> bytes:
    """Return the workbook as Excel saves it: texts in a part of their own, each once.

    openpyxl writes every text into its cell.
    """
    texts: dict[bytes, int] = {}

    def share(match: re.Match[bytes]) -> bytes:
        number = texts.setdefault(match.group(2), len(texts))
        return match.group(1) + b't="s"><v>%d</v></c>' % number

    def link(xml: bytes) -> bytes:
        kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
        shared = b'<Relationship Id="rIdTexts" Type="%s" Target="sharedStrings.xml"/>' % kind
        return xml.replace(b"</Relationships>", shared + b"</Relationships>")

    with zipfile.ZipFile(BytesIO(content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    for sheet in sheets:
        content = altered(content, sheet, lambda xml: _INLINE.sub(share, xml))

    def declare(xml: bytes) -> bytes:
        kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        shared = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/>' % kind
        return xml.replace(b"</Types>", shared + b"</Types>")

    content = altered(content, "[Content_Types].xml", declare)
    buffer = BytesIO(altered(content, "xl/_rels/workbook.xml.rels", link))
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        items = b"".join(b"<si>%s</si>" % text for text in texts)
        space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        archive.writestr("xl/sharedStrings.xml", b'<sst xmlns="%s">%s</sst>' % (space, items))
    return buffer.getvalue()


def draw(sheet: Worksheet, *boxes: Box, frame: bool = True) -> None:
    """Write ``boxes`` to ``sheet``, each with a border all around."""
    for box in boxes:
        if frame:
            for row in range(box.row, box.row + box.rows):
                for column in range(box.column, box.column + box.columns):
                    sheet.cell(row, column).border = FRAME
        cell = sheet.cell(box.row, box.column)
        cell.value = box.text or None
        cell.data_type = "s" if box.text else "n"
        if (box.rows, box.columns) != (1, 1):
            sheet.merge_cells(
                start_row=box.row,
                start_column=box.column,
                end_row=box.row + box.rows - 1,
                end_column=box.column + box.columns - 1,
            )


def xls_of(*boxes: Box) -> bytes:
    """Return an Excel 97 workbook with ``boxes`` on its only sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("绩效目标表")
    style = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin")
    for box in boxes:
        row, column = box.row - 1, box.column - 1
        last = (row + box.rows - 1, column + box.columns - 1)
        if last == (row, column):
            sheet.write(row, column, box.text, style)
        else:
            sheet.write_merge(row, last[0], column, last[1], box.text, style)
    return xls_saved(book)


def xls_saved(book: xlwt.Workbook) -> bytes:
    """Return the bytes of ``book``."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def boxes_of(table: Table) -> list[Box]:
    """Return the cells of ``table`` as boxes, in printed order."""
    return [box_of(cell) for row in table.rows for cell in row]


def box_of(cell: Cell) -> Box:
    """Return ``cell`` as a box."""
    assert cell.place.row is not None
    assert cell.place.column is not None
    return Box(cell.place.row, cell.place.column, cell.text, cell.row_span, cell.column_span)


def texts_of(table: Table) -> list[list[str]]:
    """Return the texts of ``table``, row by row."""
    return [[cell.text for cell in row] for row in table.rows]
