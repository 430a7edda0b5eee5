"""Glyphs → lines of text, and lines → the paragraphs that were wrapped into them.

What the glyphs do not say is decided by geometry: where a line ends although the next word would
have fitted, a paragraph ends. Characters are never dropped, except the second of a double strike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from perfgraph.sources.pdf.marks import Glyph

_NO_START = "，。、；：？！,.;:?!）)》〉」』】〕”’％%"
_NO_END = "（(《〈「『【〔“‘"
_RUN = re.compile(r"[!-~≥≤≧≦＝℃㎡°±～—]+")
_ITEM = re.compile(
    r"\s*(?:\d{1,2}[.、．)）](?!\d)|[(（]?[一二三四五六七八九十]{1,3}[)）、]|[①-⑳●■◆])"
)
_BLANKS = " \xa0"
"""Word sets one at the end of each paragraph; no reader of the paper can see it."""
_STOPS = "。；;！!：:"
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff（）()、/%％≥≤]+")

_GAP = 0.8
_SPACED_GAP = 2.5
"""Pieces of text on one line, with more type sizes between them, are not one paragraph."""

_FULL = 0.85
"""The widest of several lines shows where the text wraps, if it takes this share of the width."""


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs on one line, in reading order; positions follow the reading direction."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    start_width: float
    """How much room the part before the first break takes."""

    @property
    def middle(self) -> float:
        """The height of the line's centre."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Block:
    """The text of one cell and how it fills the cell; what joins cells over pages reads it."""

    text: str
    lines: int = 0
    last_is_full: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed."""
        return not self.text


def lines(glyphs: Sequence[Glyph], *, in_pieces: bool = False) -> list[Line]:
    """Return upright glyphs as lines from top to bottom.

    Args:
        glyphs: characters in any order.
        in_pieces: part a line where it has a gap that is no space between words.
    """
    found: list[Line] = []
    for row in _rows(glyphs):
        found.extend(_line(piece) for piece in (_pieces(row) if in_pieces else [row]))
    return [line for line in found if line.text.strip()]


def _pieces(row: Sequence[Glyph]) -> list[list[Glyph]]:
    """Part the glyphs of a line at its gaps: a narrower one will do where no space was set."""
    pieces: list[list[Glyph]] = []
    previous: Glyph | None = None
    spaces: list[Glyph] = []
    for glyph in row:
        if not glyph.text.strip():
            spaces.append(glyph)
            continue
        gap = glyph.x0 - previous.x1 if previous is not None else 0.0
        if previous is None or gap > (_SPACED_GAP if spaces else _GAP) * glyph.size:
            pieces.append([glyph])
        else:
            pieces[-1] += [*spaces, glyph]
        previous = glyph
        spaces = []
    return pieces


def block(glyphs: Sequence[Glyph], width: float, height: float, padding: float) -> Block:
    """Return the text of the glyphs of one cell of that size, wrapped lines joined again."""
    upright = [glyph for glyph in glyphs if glyph.turn % 2 == 0]
    parts: list[Block] = []
    for turn in (0, 1, 3):
        of_turn = upright if not turn else [glyph for glyph in glyphs if glyph.turn == turn]
        if not any(glyph.text.strip() for glyph in of_turn):
            continue
        if turn:
            parts.append(unwrapped(lines([_laid(glyph) for glyph in of_turn]), height, padding))
        elif (columns := _columns(of_turn)) is not None:
            parts.append(Block("".join(columns), len(columns[0])))
        else:
            parts.append(unwrapped(lines(of_turn), width, padding))
    if not parts:
        return Block("")
    text = "\n".join(part.text for part in parts)
    return Block(text, parts[0].lines, parts[0].last_is_full)


def unwrapped(found: Sequence[Line], width: float, padding: float) -> Block:
    """Join lines to paragraphs; paragraphs are parted by a line feed."""
    if not found:
        return Block("")
    if len(found) > 1 and all(len(line.text.strip()) == 1 for line in found):
        joined = "".join(line.text.strip() for line in found)
        if _CJK.fullmatch(joined):
            return Block(joined, len(found))  # a label set one character to a line
    room = _room(found, width, padding)
    leading = _leading(found)
    left = min(line.x0 for line in found)
    text = found[0].text
    for before, line in pairwise(found):
        if _goes_on(before, line, room=room, left=left, leading=leading):
            text = _glued(text, before, line, room)
        else:
            text = text.rstrip(_BLANKS) + "\n" + line.text
    last = found[-1]
    full = room - (last.x1 - last.x0) < 1.5 * last.size
    return Block(text.strip(_BLANKS), len(found), full)


def _goes_on(before: Line, line: Line, *, room: float, left: float, leading: float) -> bool:
    """Whether ``line`` carries on the paragraph of the line before it."""
    size = line.size
    slack = room - (before.x1 - before.x0)
    if line.start_width + 0.5 * size <= slack:
        return False
    if before.text.rstrip()[-1:] in _STOPS and _ITEM.match(line.text):
        return False
    if line.middle - before.middle > leading + 0.6 * size:
        return False
    indent = line.x0 - left
    is_centred = abs((line.x0 - left) - (left + room - line.x1)) < size
    return not (1.5 * size < indent < 2.5 * size and before.x0 - left < size and not is_centred)


def _glued(text: str, before: Line, line: Line, room: float) -> str:
    """Join two pieces of one paragraph; a space stood at the break between two words."""
    last, first = text[-1], line.text[0]
    if not (last.isascii() and first.isascii() and last.isalnum() and first.isalnum()):
        return text + line.text
    run = _trailing_run(text)
    is_cut_inside = len(run) * 0.5 * before.size + line.start_width > room or not last.isalpha()
    return text + ("" if is_cut_inside else " ") + line.text


def _trailing_run(text: str) -> str:
    match = re.search(r"[!-~]+$", text)
    return match[0] if match else ""


def _room(found: Sequence[Line], width: float, padding: float) -> float:
    room = width - 2 * padding
    widest = max(line.x1 - line.x0 for line in found)
    return widest if len(found) > 1 and _FULL * room <= widest else max(room, widest)


def _leading(found: Sequence[Line]) -> float:
    gaps = [after.middle - before.middle for before, after in pairwise(found)]
    return min(gaps, default=0.0)


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Group glyphs by height: one joins the line whose centre is within half its size."""
    rows: list[list[Glyph]] = []
    centre = 0.0
    size = 0.0
    # A blank glyph may have any size; it must not open a line of its own between two others.
    printed = sorted(
        (glyph for glyph in glyphs if glyph.text.strip()),
        key=lambda glyph: glyph.top + glyph.bottom,
    )
    for glyph in printed:
        middle = (glyph.top + glyph.bottom) / 2
        if rows and middle - centre <= 0.5 * max(size, glyph.bottom - glyph.top):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
        height = glyph.bottom - glyph.top
        if len(rows[-1]) == 1 or height >= size:
            centre, size = middle, height
    spaces = [glyph for glyph in glyphs if not glyph.text.strip()]
    for row in rows:
        top = min(glyph.top for glyph in row)
        bottom = max(glyph.bottom for glyph in row)
        row += [space for space in spaces if top <= (space.top + space.bottom) / 2 < bottom]
        row.sort(key=lambda glyph: (glyph.x0, glyph.x1))
    return rows


def _line(row: Sequence[Glyph]) -> Line:
    size = median(glyph.bottom - glyph.top for glyph in row if glyph.text.strip() or len(row) == 1)
    text: list[str] = []
    kept: list[Glyph] = []
    for glyph in row:
        if kept and _is_double_strike(kept[-1], glyph):
            continue
        if kept and _has_gap(kept[-1], glyph):
            text.append(" ")
        text.append(glyph.text)
        kept.append(glyph)
    printed = [glyph for glyph in kept if glyph.text.strip()] or kept
    return Line(
        "".join(text),
        printed[0].x0,
        min(glyph.top for glyph in printed),
        max(glyph.x1 for glyph in printed),
        max(glyph.bottom for glyph in printed),
        size,
        _start_width(kept),
    )


def _is_double_strike(before: Glyph, glyph: Glyph) -> bool:
    """Whether it is the same character set twice, slightly moved, to look bold."""
    if not glyph.text.strip():
        return False
    return glyph.text == before.text and glyph.x0 - before.x0 < 0.15 * glyph.size


def _has_gap(before: Glyph, glyph: Glyph) -> bool:
    """Whether there is room as for a space, but no space was set."""
    if not before.text.strip() or not glyph.text.strip():
        return False
    is_word = before.text[-1].isascii() and glyph.text[0].isascii()
    return glyph.x0 - before.x1 > (0.22 if is_word else 1.0) * glyph.size


def _start_width(row: Sequence[Glyph]) -> float:
    """The width of what cannot be parted at the start of a line."""
    while row[0].text.isspace() and len(row) > 1:
        row = row[1:]
    text = "".join(glyph.text[:1] for glyph in row)
    end = 1
    while end < len(row) and text[end - 1] in _NO_END:
        end += 1
    if run := _RUN.match(text, end - 1):
        end = run.end()
    while end < len(text) and text[end] in _NO_START:
        end += 1
    return row[end - 1].x1 - row[0].x0


def _laid(glyph: Glyph) -> Glyph:
    """A glyph of text that runs down or up the page, moved to where it would stand upright."""
    text, x0, top, x1, bottom, turn = glyph
    if turn == 1:
        return Glyph(text, top, -x1, bottom, -x0)
    return Glyph(text, -bottom, x0, -top, x1)


def _columns(glyphs: Sequence[Glyph]) -> list[str] | None:
    """Return upright text that is set in columns from right to left, ``None`` when it is not.

    In text set downwards the characters of a column touch, and the columns stand apart.
    """
    printed = [glyph for glyph in glyphs if glyph.text.strip()]
    size = median(glyph.size for glyph in printed)
    columns: list[list[Glyph]] = []
    for glyph in sorted(printed, key=lambda glyph: -(glyph.x0 + glyph.x1)):
        middle = (glyph.x0 + glyph.x1) / 2
        if columns and abs((columns[-1][0].x0 + columns[-1][0].x1) / 2 - middle) < 0.4 * size:
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    if len(columns) < 2 or not _CJK.fullmatch("".join(glyph.text for glyph in printed)):
        return None
    for column in columns:
        column.sort(key=lambda glyph: glyph.top)
    down = [b.top - a.top for column in columns for a, b in pairwise(column)]
    apart = min(a[0].x0 - b[0].x0 for a, b in pairwise(columns))
    if not down or max(down) > 1.1 * size or apart < 1.15 * size:
        return None
    return ["".join(glyph.text for glyph in column) for column in columns]
