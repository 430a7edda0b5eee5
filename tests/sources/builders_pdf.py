"""Tables → the bytes of a PDF as Word, WPS or Excel would export them.

A small layout engine: it wraps text in cells, breaks pages inside tables, repeats header rows, cuts
rows, and draws every border piece by piece, as those programs do. Merged cells have no inner lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
_SONG = UnicodeCIDFont(FONT)
_SONG.encodingName = "UniGB-UTF16-H"  # the older map that reportlab names lacks the middle dot
pdfmetrics.registerFont(_SONG)

Style = Literal["word", "excel", "boxes", "none"]
_UNIT = re.compile(r"[!-~≥≤]+|.", re.DOTALL)
_NO_START = "，。、；：？！）"


@dataclass(frozen=True)
class Printed:
    """A cell by its grid position from 0."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    set_as: Literal["across", "stacked", "rotated", "down"] = "across"


@dataclass(frozen=True)
class Ruled:
    """A table to print."""

    widths: tuple[float, ...]
    cells: tuple[Printed, ...]
    header_rows: int = 0
    cut_rows: bool = False
    row_height: float = 0.0


@dataclass
class Break:
    """A page break that was asked for."""


@dataclass(frozen=True)
class Line:
    """A paragraph outside tables; ``right`` stands on the same line at the right margin."""

    text: str
    right: str = ""
    size: float = 10.5


def table(*rows: Sequence[str | None], widths: Sequence[float] = (), **options: object) -> Ruled:
    """Return a table from rows of texts; ``None`` is covered by the cell to its left.

    A text "^" is covered by the cell above.
    """
    grid = [list(row) for row in rows]
    columns = max(len(row) for row in grid)
    cells = []
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            if text is None or text == "^":
                continue
            across = 1
            while c + across < len(row) and row[c + across] is None:
                across += 1
            down = 1
            while r + down < len(grid) and grid[r + down][c] == "^":
                down += 1
            cells.append(Printed(text, r, c, down, across))
    given = tuple(widths) or (450.0 / columns,) * columns
    return Ruled(given, tuple(cells), **options)  # type: ignore[arg-type]


@dataclass
class _Sheet:
    """The state of one export: where on which page the next thing stands."""

    canvas: Canvas
    width: float
    height: float
    size: float
    style: Style
    margin: float
    on_page: Callable[[Canvas, int], None] | None
    y: float = 0.0
    number: int = 0
    padding: float = 5.4

    @property
    def leading(self) -> float:
        return 1.3 * self.size

    @property
    def floor(self) -> float:
        return self.height - self.margin

    def next_page(self) -> None:
        if self.number:
            self.canvas.showPage()
        self.number += 1
        self.y = self.margin
        self.canvas.setFont(FONT, self.size)
        if self.on_page is not None:
            self.canvas.saveState()
            self.on_page(self.canvas, self.number)
            self.canvas.restoreState()

    def text(self, x: float, top: float, text: str, size: float | None = None) -> None:
        size = size or self.size
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - top - 0.88 * size, text)

    def border(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """Draw one straight border piece."""
        canvas, height = self.canvas, self.height
        if self.style == "word":  # thin filled rectangles, and a square at each end
            canvas.setFillGray(0)
            half = 0.24
            canvas.rect(
                x0 - half,
                height - bottom - half,
                x1 - x0 + 2 * half,
                bottom - top + 2 * half,
                stroke=0,
                fill=1,
            )
            canvas.rect(x0 - half, height - top - half, 2 * half, 2 * half, stroke=0, fill=1)
        elif self.style == "excel":
            canvas.setLineWidth(0.7)
            canvas.line(x0, height - top, x1, height - bottom)

    def box(self, x0: float, top: float, x1: float, bottom: float) -> None:
        if self.style == "boxes":
            self.canvas.rect(x0, self.height - bottom, x1 - x0, bottom - top, stroke=1, fill=0)
            return
        for piece in (
            (x0, top, x1, top),
            (x0, bottom, x1, bottom),
            (x0, top, x0, bottom),
            (x1, top, x1, bottom),
        ):
            self.border(*piece)


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Break text into lines as a word processor does; a line feed ends a paragraph."""
    found = []
    for paragraph in text.split("\n"):
        line = ""
        for unit in _UNIT.findall(paragraph):
            while pdfmetrics.stringWidth(unit, FONT, size) > width and len(unit) > 1:
                fits = next(
                    n
                    for n in range(len(unit), 0, -1)
                    if n == 1 or pdfmetrics.stringWidth(line + unit[:n], FONT, size) <= width
                )
                found.append(line + unit[:fits])
                line, unit = "", unit[fits:]
            over = pdfmetrics.stringWidth(line + unit, FONT, size) - width
            if over <= 0 or not line:
                line += unit
            elif unit in _NO_START and len(line) > 1:  # it takes the last character with it
                found.append(line[:-1])
                line = line[-1] + unit
            else:
                found.append(line)
                line = unit
        found.append(line)
    return found


def pdf(
    *items: Ruled | Line | Break | str,
    style: Style = "word",
    size: float = 10.5,
    page: tuple[float, float] = A4,
    margin: float = 72.0,
    on_page: Callable[[Canvas, int], None] | None = None,
    encrypt: str | None = None,
) -> bytes:
    """Return a PDF with ``items`` one below the other."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=page, invariant=1)
    if encrypt is not None:
        canvas.setEncrypt(StandardEncryption(encrypt))
    sheet = _Sheet(canvas, page[0], page[1], size, style, margin, on_page)
    sheet.next_page()
    for item in items:
        if isinstance(item, Break):
            sheet.next_page()
        elif isinstance(item, Ruled):
            _print_table(sheet, item)
            sheet.y += sheet.leading
        else:
            _print_line(sheet, Line(item) if isinstance(item, str) else item)
    canvas.save()
    return out.getvalue()


def _print_line(sheet: _Sheet, line: Line) -> None:
    room = sheet.width - 2 * sheet.margin
    for text in wrapped(line.text, line.size, room):
        if sheet.y + 1.5 * line.size > sheet.floor:
            sheet.next_page()
        sheet.text(sheet.margin, sheet.y, text, line.size)
        if line.right:
            width = pdfmetrics.stringWidth(line.right, FONT, line.size)
            sheet.text(sheet.width - sheet.margin - width, sheet.y, line.right, line.size)
        sheet.y += 1.5 * line.size


@dataclass
class _Piece:
    """What of a cell is still to be printed."""

    cell: Printed
    lines: list[str]


def _print_table(sheet: _Sheet, ruled: Ruled) -> None:
    _Printing(sheet, ruled).run()


class _Printing:
    """The printing of one table: which cells are open, and what of them is still to come."""

    def __init__(self, sheet: _Sheet, ruled: Ruled) -> None:
        self.sheet = sheet
        self.ruled = ruled
        self.xs = [sheet.margin + sum(ruled.widths[:n]) for n in range(len(ruled.widths) + 1)]
        self.pieces = [_Piece(cell, _lines(sheet, cell, self.xs)) for cell in ruled.cells]
        self.header = [
            _Piece(piece.cell, list(piece.lines))
            for piece in self.pieces
            if piece.cell.row < ruled.header_rows
        ]
        self.heights = _heights(sheet, ruled, self.pieces)
        self.open: list[tuple[_Piece, float]] = []

    def run(self) -> None:
        for row, height in enumerate(self.heights):
            room = self.sheet.floor - self.sheet.y
            if height > room:
                if self.ruled.cut_rows and self._cut(row, room):
                    continue
                self._close(row - 1, at_break=True)
                self._begin_page()
            self._begin(self.pieces, row)
            self.sheet.y += height
            self._close(row)

    def _cut(self, row: int, room: float) -> bool:
        """Print the row partly on this page, the rest on the next, if at least a line fits."""
        sheet = self.sheet
        fits = int((room - 6) / sheet.leading)
        own = [p for p in self.pieces if p.cell.row == row and p.cell.row_span == 1]
        if not 0 < fits < max((len(piece.lines) for piece in own), default=0):
            return False
        self._begin(self.pieces, row)
        ending = [
            piece
            for piece, _ in self.open
            if piece.cell.row < row == piece.cell.row + piece.cell.row_span - 1
        ]
        rests = [piece.lines[fits:] for piece in own]
        for piece in own:
            piece.lines = piece.lines[:fits]
        self._close(row, at_break=True)
        self._begin_page()
        for piece, rest in zip(own, rests, strict=True):
            piece.lines = rest
        self.open += [(piece, sheet.y) for piece in (*ending, *own)]
        sheet.y += max(len(rest) for rest in rests) * sheet.leading + 6
        self._close(row)
        return True

    def _begin_page(self) -> None:
        sheet = self.sheet
        sheet.next_page()
        going_on, self.open = self.open, []
        for row in range(self.ruled.header_rows):
            self._begin([_Piece(piece.cell, list(piece.lines)) for piece in self.header], row)
            sheet.y += self.heights[row]
            self._close(row)
        self.open += [(piece, sheet.y) for piece, _ in going_on]

    def _begin(self, pieces: Sequence[_Piece], row: int) -> None:
        self.open += [(piece, self.sheet.y) for piece in pieces if piece.cell.row == row]

    def _close(self, row: int, *, at_break: bool = False) -> None:
        """Print the cells that end with ``row``; at a page break also those that go on."""
        bottom = self.sheet.floor if at_break and self.ruled.cut_rows else self.sheet.y
        still_open: list[tuple[_Piece, float]] = []
        for piece, top in self.open:
            ends = piece.cell.row + piece.cell.row_span - 1 <= row
            if ends:
                _print_cell(self.sheet, piece, self.xs, top, bottom)
            elif at_break:  # what has no room goes on below the break
                room = max(1, int((bottom - top - 3) / self.sheet.leading))
                rest, piece.lines = piece.lines[room:], piece.lines[:room]
                _print_cell(self.sheet, piece, self.xs, top, bottom)
                piece.lines = rest
            if not ends:
                still_open.append((piece, top))
        self.open = still_open


def _lines(sheet: _Sheet, cell: Printed, xs: Sequence[float]) -> list[str]:
    width = xs[cell.column + cell.column_span] - xs[cell.column] - 2 * sheet.padding
    if cell.set_as == "stacked":
        return list(cell.text)
    return wrapped(cell.text, sheet.size, width)


def _heights(sheet: _Sheet, ruled: Ruled, pieces: Sequence[_Piece]) -> list[float]:
    rows = max(cell.row + cell.row_span for cell in ruled.cells)
    heights = [max(sheet.leading + 6, ruled.row_height)] * rows
    for piece in sorted(pieces, key=lambda piece: piece.cell.row_span):
        cell = piece.cell
        need = len(piece.lines) * sheet.leading + 6
        if cell.set_as == "rotated":
            need = len(cell.text) * sheet.size + 8
        elif cell.set_as == "down":
            need = 0.0
        last = cell.row + cell.row_span - 1
        heights[last] += max(0.0, need - sum(heights[cell.row : last + 1]))
    return heights


def _print_cell(
    sheet: _Sheet, piece: _Piece, xs: Sequence[float], top: float, bottom: float
) -> None:
    cell = piece.cell
    x0, x1 = xs[cell.column], xs[cell.column + cell.column_span]
    sheet.box(x0, top, x1, bottom)
    lines, piece.lines = piece.lines, []
    if not any(lines):
        return
    if cell.set_as == "rotated":
        sheet.canvas.saveState()
        sheet.canvas.translate((x0 + x1) / 2 + 0.4 * sheet.size, sheet.height - bottom + 4)
        sheet.canvas.rotate(90)
        sheet.canvas.setFont(FONT, sheet.size)
        sheet.canvas.drawString(0, 0, cell.text)
        sheet.canvas.restoreState()
        return
    if cell.set_as == "down":
        _print_down(sheet, cell.text, x0, top, x1, bottom)
        return
    is_label = cell.set_as == "stacked" or cell.row_span > 1
    y = top + 3
    if is_label:
        y = max(y, (top + bottom - len(lines) * sheet.leading) / 2)
    for line in lines:
        width = pdfmetrics.stringWidth(line, FONT, sheet.size)
        x = (x0 + x1 - width) / 2 if is_label else x0 + sheet.padding
        sheet.text(x, y, line)
        y += sheet.leading


def _print_down(sheet: _Sheet, text: str, x0: float, top: float, x1: float, bottom: float) -> None:
    """Print text in columns from right to left, as Word sets it in a cell of vertical direction."""
    room = int((bottom - top - 8) / sheet.size)
    columns = [text[start : start + room] for start in range(0, len(text), room)]
    x = (x0 + x1) / 2 + 0.65 * sheet.size * (len(columns) - 1) - sheet.size / 2
    for column in columns:
        for index, character in enumerate(column):
            sheet.text(x, top + 4 + index * sheet.size, character)
        x -= 1.3 * sheet.size


def running(head: str = "", foot: str = "- {n} -") -> Callable[[Canvas, int], None]:
    """Return a page decorator that prints a running head and a page number."""

    def decorate(canvas: Canvas, number: int) -> None:
        canvas.setFont(FONT, 9)
        if head:
            canvas.drawString(200, A4[1] - 50, head)
        if foot:
            canvas.drawString(285, 40, foot.format(n=number))

    return decorate


def watermark(text: str) -> Callable[[Canvas, int], None]:
    """Return a page decorator that prints large grey text askew over the page."""

    def decorate(canvas: Canvas, number: int) -> None:
        canvas.setFont(FONT, 60)
        canvas.setFillGray(0.85)
        canvas.translate(150, 250)
        canvas.rotate(45)
        canvas.drawString(0, 0, text)

    return decorate


def drawn(draw: Callable[[Canvas], None], page: tuple[float, float] = A4, pages: int = 1) -> bytes:
    """Return a PDF with free drawing on every page."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=page, invariant=1)
    for _ in range(pages):
        canvas.setFont(FONT, 10.5)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def joined(parts: Iterable[str]) -> str:
    """Return the parts as one text without white space, to compare what was printed."""
    return "".join("".join(part.split()) for part in parts)
