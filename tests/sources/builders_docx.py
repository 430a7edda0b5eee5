"""Texts and layouts → the bytes of a Word file, element by element as Word and WPS write them.

Runs are cut where Chinese and Latin script meet, cells carry widths and alignment, merged cells are
stored in every row, and each piece can be had alone for files that no program would write.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from perfgraph.model import Table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_NAMESPACES = (
    f'xmlns:r="{RELATIONS}"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex"'
    ' xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' mc:Ignorable="w14 w16se"'
)
_SCRIPTS = re.compile(r"[\x20-\x7e]+|[^\x20-\x7e]+")
_FONT = (
    '<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:cs="宋体"{hint}/><w:kern w:val="0"/>'
    '<w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>'
)


@dataclass(frozen=True)
class Box:
    """A cell of a layout at its place in the grid, from 1; ``content`` replaces its text."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    content: str | None = None


def r(inner: str, properties: str = "") -> str:
    """A run with any content."""
    return f"<w:r>{properties and f'<w:rPr>{properties}</w:rPr>'}{inner}</w:r>"


def t(text: str) -> str:
    """The text element of a run."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def typed(text: str) -> str:
    """Runs of a typed text: Word begins a new one where the script changes, or spelling is off."""
    runs = []
    for index, line in enumerate(text.split("\n")):
        if index:
            runs.append("<w:r><w:br/></w:r>")
        for position, part in enumerate(re.split(r"(\t)", line)):
            if position % 2:
                runs.append("<w:r><w:tab/></w:r>")
                continue
            for piece in _SCRIPTS.findall(part):
                hint = "" if piece.isascii() else ' w:hint="eastAsia"'
                runs.append(f"<w:r>{_FONT.format(hint=hint)}{t(piece)}</w:r>")
                runs.append('<w:proofErr w:type="spellStart"/>')
    return "".join(runs)


def p(content: str = "", properties: str = "") -> str:
    """A paragraph; ``content`` is markup, see ``typed``."""
    return (
        '<w:p w:rsidR="00A77B3E" w:rsidRDefault="00A77B3E">'
        f"{properties and f'<w:pPr>{properties}</w:pPr>'}{content}</w:p>"
    )


def typed_paragraphs(text: str) -> str:
    """A paragraph for every line of ``text``."""
    centred = '<w:widowControl/><w:jc w:val="center"/>'
    return "".join(p(typed(line), centred) for line in text.split("\n"))


def tc(content: str, properties: str = "", width: int = 1400) -> str:
    """A cell; ``content`` is its paragraphs."""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}'
        f'<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
    )


def cell(text: str, properties: str = "") -> str:
    """A cell with typed text."""
    return tc(typed_paragraphs(text), properties)


def tr(*cells: str, properties: str = "") -> str:
    """A row."""
    height = '<w:trHeight w:val="454" w:hRule="atLeast"/><w:jc w:val="center"/>'
    return f"<w:tr><w:trPr>{properties}{height}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, widths: Sequence[int] = ()) -> str:
    """A table."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def merged(boxes: Iterable[Box], *, header_rows: int = 0) -> str:
    """A table of ``boxes``; what no box covers is left to gridBefore and gridAfter, or empty.

    A gap inside a row cannot be stored: it becomes an empty cell.
    """
    boxes = sorted(boxes, key=lambda box: (box.row, box.column))
    height = max(box.row + box.rows - 1 for box in boxes)
    width = max(box.column + box.columns - 1 for box in boxes)
    rows = []
    for row in range(1, height + 1):
        present = sorted(
            (box for box in boxes if box.row <= row < box.row + box.rows),
            key=lambda box: box.column,
        )
        edge, properties = 1, ""
        cells: list[str] = []
        for box in present:
            if box.column > edge and not cells:
                properties += f'<w:gridBefore w:val="{box.column - edge}"/>'
            elif box.column > edge:
                cells.append(_stored(Box(row, edge, "", columns=box.column - edge), row))
            cells.append(_stored(box, row))
            edge = box.column + box.columns
        if edge <= width and cells:
            properties += f'<w:gridAfter w:val="{width + 1 - edge}"/>'
        if row <= header_rows:
            properties += "<w:tblHeader/>"
        rows.append(tr(*cells, properties="<w:cantSplit/>" + properties))
    return tbl(*rows, widths=[1400] * width)


def _stored(box: Box, row: int) -> str:
    properties = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
    if box.row < row:
        return tc(p(), properties + "<w:vMerge/>", 1400 * box.columns)
    if box.rows > 1:
        properties += '<w:vMerge w:val="restart"/>'
    content = typed_paragraphs(box.text) if box.content is None else box.content
    return tc(content, properties, 1400 * box.columns)


def text_box(content: str) -> str:
    """A run with a text box as Word writes it: once for new versions, once for old ones."""
    return r(
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape>"
        "</w:pict></mc:Fallback></mc:AlternateContent>"
    )


def field(code: str, result: str | None = None) -> str:
    """The runs of a complex field; without ``result`` Word draws it from its code."""
    stored = "" if result is None else r('<w:fldChar w:fldCharType="separate"/>') + result
    return (
        r('<w:fldChar w:fldCharType="begin"/>')
        + r(f'<w:instrText xml:space="preserve">{escape(code)}</w:instrText>')
        + stored
        + r('<w:fldChar w:fldCharType="end"/>')
    )


def numbered(list_id: int, level: int = 0) -> str:
    """Paragraph properties of an item in an automatic list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def level(index: int, style: str, pattern: str, extra: str = "", start: int = 1) -> str:
    """One level of a list definition."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{extra}'
        f'<w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def definition(identifier: int, *levels: str, extra: str = "") -> str:
    """A list definition."""
    return (
        f'<w:abstractNum w:abstractNumId="{identifier}"><w:multiLevelType w:val="multilevel"/>'
        f"{extra}{''.join(levels)}</w:abstractNum>"
    )


def num(list_id: int, definition_id: int, overrides: str = "") -> str:
    """A list with its definition."""
    return (
        f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{definition_id}"/>{overrides}</w:num>'
    )


def style(identifier: str, name: str, inner: str = "", *, is_default: bool = False) -> str:
    """A paragraph style."""
    default = ' w:default="1"' if is_default else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{identifier}">'
        f'<w:name w:val="{name}"/>{inner}</w:style>'
    )


def docx(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    strict: bool = False,
    macros: bool = False,
    main: str = "word/document.xml",
    declaration: str = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    compression: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A Word file with ``body`` and, where they are given, the parts for styles and lists."""
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    section = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800"'
        ' w:bottom="1440" w:left="1800" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
    )
    folder = main.rpartition("/")[0]
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/{main}"'
            f' ContentType="{kind if macros else _CONTENT + "document.main+xml"}"/>'
            f'<Override PartName="/{folder}/styles.xml" ContentType="{_CONTENT}styles+xml"/>'
            f'<Override PartName="/{folder}/numbering.xml" ContentType="{_CONTENT}numbering+xml"/>'
            "</Types>"
        ),
        "_rels/.rels": _relations({"officeDocument": main}),
        f"{folder}/_rels/{main.rpartition('/')[2]}.rels": _relations(
            {"styles": "styles.xml"} | ({"numbering": "numbering.xml"} if numbering else {})
        ),
        main: (
            f'{declaration}<w:document xmlns:w="{W}" {_NAMESPACES}>'
            f"<w:body>{body}{section}</w:body></w:document>"
        ),
        f"{folder}/styles.xml": (
            f'<w:styles xmlns:w="{W}"><w:docDefaults/>{styles or style("a", "Normal")}</w:styles>'
        ),
    }
    if numbering:
        parts[f"{folder}/numbering.xml"] = f'<w:numbering xmlns:w="{W}">{numbering}</w:numbering>'
    if strict:
        parts = {
            name: text.replace(W, STRICT_W)
            .replace(RELATIONS, STRICT_RELATIONS)
            .replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/math",
                "http://purl.oclc.org/ooxml/officeDocument/math",
            )
            for name, text in parts.items()
        }
    if macros:
        parts[f"{folder}/vbaProject.bin"] = "macro"
    return archive({name: text.encode() for name, text in parts.items()}, compression)


def archive(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of any parts."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return buffer.getvalue()


def _relations(targets: dict[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{index}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for index, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


# A Tianjin budget unit's form: the grid lines of its six funds cells and of the five indicator
# columns do not coincide, so that cells of both reach over several of seven grid columns.
_TITLE_COLUMNS = ((1, 4), (5, 3))
_ENTRY_COLUMNS = ((1, 1), (2, 6))
_FUNDS_COLUMNS = ((1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 1))
_INDICATOR_COLUMNS = ((1, 1), (2, 1), (3, 2), (5, 2), (7, 1))


def target_form(table: Table) -> list[Box]:
    """Lay a table read from the unit's text out as in its Word form, cells merged downwards."""
    boxes: list[Box] = []
    for row in table.rows:
        texts = [one.text for one in row]
        columns = {2: _ENTRY_COLUMNS, 7: _FUNDS_COLUMNS, 5: _INDICATOR_COLUMNS}[len(texts)]
        if row.index == 1:
            columns = _TITLE_COLUMNS
        for text, (column, span) in zip(texts, columns, strict=True):
            above = next((one for one in reversed(boxes) if one.column == 1), None)
            if not text and column == 1 and above is not None:
                boxes[boxes.index(above)] = Box(
                    above.row, 1, above.text, above.rows + 1, above.columns
                )
            else:
                boxes.append(Box(row.index, column, text, columns=span))
    return boxes


def unit_document(tables: Sequence[Table]) -> bytes:
    """The Word file of a budget unit: a titled form on each page, as the text came from."""
    body = p(typed("2025年部门预算项目支出绩效目标表"), '<w:jc w:val="center"/>')
    for index, table in enumerate(tables):
        mark = (
            f'<w:bookmarkStart w:id="{index}" w:name="_Toc_4_4_000000010{index + 1}"/>'
            f'<w:bookmarkEnd w:id="{index}"/>'
        )
        body += p(mark + typed(table.heading or ""), "<w:pageBreakBefore/>")
        body += merged(target_form(table), header_rows=1)
    return docx(body + p())
