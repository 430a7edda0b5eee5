"""Files that are broken, or made to harm a reader, by a name that says how."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from tests.sources.builders_docx import W, archive, cell, docx, p, tbl, tr, typed
from tests.sources.builders_office import compound
from tests.sources.builders_sheets import DISTRICT, altered, xls_of, xlsx_of
from tests.sources.builders_zip import locked, packed

_SHEET = "xl/worksheets/sheet1.xml"
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "哈" * 10}">' for n in range(10))
_OUTSIDE = '<!DOCTYPE d [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
_LAUGHING = f"<!DOCTYPE d [{_LAUGHS}]>"


def _word(body: str, declaration: str = "") -> bytes:
    main = f'{declaration}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": main.encode()})


def _workbook(sheet: str) -> bytes:
    return altered(xlsx_of(*DISTRICT), _SHEET, lambda _: sheet.encode())


def _row(cells: int) -> str:
    return f"<worksheet><sheetData><row>{'<c><v>1</v></c>' * cells}</row></sheetData></worksheet>"


def _pdf(pages: int) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for number in range(pages):
        canvas.drawString(100, 500, f"page {number}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


_WIDE = tbl(tr("<w:tc/>" * 10_000))
_ENTITY = "<w:tc><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:tc>"

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb.docx": (
        lambda: _word(("<w:p/>" + " " * 10_000) * 20_000),
        "PG112",
    ),
    "zip bomb.xlsx": (lambda: _workbook("<worksheet>" + " " * 200_000_000), "PG117"),
    "zip bomb.zip": (lambda: packed(("a.txt", bytes(300_000_000))), "PG135"),
    "entity.docx": (lambda: _word(tbl(tr(_ENTITY)), _OUTSIDE), "PG110"),
    "entity.xlsx": (lambda: _workbook(_OUTSIDE + _row(2)), "PG118"),
    "billion laughs.docx": (
        lambda: _word(tbl(tr(_ENTITY.replace("&j;", "&l9;"))), _LAUGHING),
        "PG110",
    ),
    "billion laughs.xlsx": (lambda: _workbook(_LAUGHING + "<worksheet>&l9;</worksheet>"), "PG118"),
    "billion laughs.html": (
        lambda: f"<!DOCTYPE html [{_LAUGHS}]><table><tr><td>&l9;</td></tr></table>".encode(),
        "PG201",
    ),
    "deep nesting.docx": (
        lambda: _word("<w:tbl><w:tr><w:tc>" * 80 + "</w:tc></w:tr></w:tbl>" * 80),
        "PG11",
    ),
    "deep nesting.html": (lambda: b"<div>" * 100_000 + b"<table><tr><td>x", "PG120"),
    "10000 columns.docx": (lambda: docx(_WIDE), "PG112"),
    "10000 columns.xlsx": (lambda: _workbook(_row(10_000)), "PG201"),
    "10000 columns.html": (lambda: b"<table><tr>" + b"<td>1" * 10_000, "PG201"),
    "10000 columns.csv": (lambda: b"1," * 10_000 + b"\n" + b"1," * 10_000, "PG201"),
    "10000 columns.txt": (lambda: b"\t1" * 10_000, "PG201"),
    "cut off.docx": (lambda: docx(p(typed("甲")) + tbl(tr(cell("乙"))))[:-40], "PG110"),
    "cut off.xlsx": (lambda: xlsx_of(*DISTRICT)[:-40], "PG115"),
    "cut off.xls": (lambda: xls_of(*DISTRICT)[:3000], "PG115"),
    "cut off.zip": (lambda: packed(("a.docx", docx(p())))[:-40], "PG133"),
    "cut off.pdf": (lambda: _pdf(3)[:300], "PG127"),
    "encrypted.docx": (lambda: compound("EncryptedPackage", bytes(5000)), "PG111"),
    "encrypted.zip": (lambda: locked(packed(("a.txt", b"x" * 50))), "PG134"),
    "picture.docx": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "PG103"),
    "program.pdf": (lambda: b"MZ\x90\x00" + bytes(100), "PG103"),
    "2001 pages.pdf": (lambda: _pdf(2001), "PG128"),
    "empty.xlsx": (lambda: b"", "PG102"),
}
