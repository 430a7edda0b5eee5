"""What pdfminer found on a page → glyphs and ruling lines, in points from the top left corner.

A page whose text runs sideways is turned, text set askew is left out as a watermark. Nothing is
arranged into lines or cells here.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pdfminer.layout import LTChar, LTCurve, LTImage, LTLine, LTPage, LTRect

THIN = 3.0
"""A filled rectangle up to this many points thick is a line: Word draws its borders so."""

_OUTLINE_POINTS = 6
"""A path with more points than this is a drawing, not a box or a line."""

_RADICALS = dict(
    zip(
        "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⻁⺰",
        "母民西见角贝车长门青页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟虎纟",
        strict=True,
    )
)
"""Some exports map the glyph of a character to the radical of the same shape."""


class Glyph(NamedTuple):
    """A printed character; ``turn`` counts quarter turns clockwise (3 reads upwards)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    turn: int = 0

    @property
    def size(self) -> float:
        """The type size as printed, in points."""
        return self.x1 - self.x0 if self.turn % 2 else self.bottom - self.top


class Ruling(NamedTuple):
    """A straight line at ``at``, from ``start`` to ``end`` along the other axis."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """What is printed on one page; ``number`` counts from 1."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    horizontal: tuple[Ruling, ...]
    vertical: tuple[Ruling, ...]
    has_picture: bool
    """An image, or drawing beyond straight lines, as of text that was turned into outlines."""
    has_unread_text: bool = False
    """Text is shown, but by fonts from which no character at all can be told."""

    @property
    def is_blank(self) -> bool:
        """Whether no text is printed on the page."""
        return not any(glyph.text.strip() for glyph in self.glyphs)


def page_of(layout: LTPage, number: int) -> Page:
    """Return what is printed on a page, upright."""
    return _turned(_page(layout, number))


def _page(layout: LTPage, number: int) -> Page:
    width, height = layout.width, layout.height
    glyphs: list[Glyph] = []
    horizontal: list[Ruling] = []
    vertical: list[Ruling] = []
    has_picture = False
    stack: list[object] = []
    stack.extend(reversed([*layout]))
    while stack:
        item = stack.pop()
        if isinstance(item, LTChar):
            glyph = _glyph(item, height)
            if glyph is not None and _is_on_sheet(glyph, width, height):
                glyphs.append(glyph)
        elif isinstance(item, LTCurve):
            has_picture |= len(item.pts) > _OUTLINE_POINTS
            for x0, y0, x1, y1 in _segments(item):
                if y0 == y1:
                    horizontal.append(Ruling(height - y0, x0, x1))
                else:
                    vertical.append(Ruling(x0, height - y1, height - y0))
        elif isinstance(item, LTImage):
            has_picture = True
        elif hasattr(item, "__iter__"):
            stack.extend(reversed([*item]))
    return Page(
        number,
        width,
        height,
        tuple(glyphs),
        tuple(horizontal),
        tuple(vertical),
        has_picture,
    )


def _is_on_sheet(glyph: Glyph, width: float, height: float) -> bool:
    return glyph.x1 > 0 and glyph.x0 < width and glyph.bottom > 0 and glyph.top < height


def _glyph(item: LTChar, height: float) -> Glyph | None:
    """Return the glyph, ``None`` where it is set askew: that is a watermark."""
    along, across = item.matrix[0], item.matrix[1]
    if abs(across) <= 0.05 * abs(along):
        turn = 0
    elif abs(along) <= 0.05 * abs(across):
        turn = 3 if across > 0 else 1
    else:
        return None
    return Glyph(
        character(item.get_text()), item.x0, height - item.y1, item.x1, height - item.y0, turn
    )


def character(text: str) -> str:
    """Return the character that a glyph prints, where the file names the radical of its shape.

    >>> character("\u2f00"), character("⺠"), character("民")
    ('一', '民', '民')
    """
    if "\u2e80" <= text[:1] <= "\u2fd5":
        return _RADICALS.get(text, unicodedata.normalize("NFKC", text))
    return text


def _segments(item: LTCurve) -> Iterator[tuple[float, float, float, float]]:
    """Yield the straight lines of a drawn path, horizontal or vertical, from low to high."""
    x0, y0, x1, y1 = item.bbox
    wide, high = x1 - x0, y1 - y0
    if not isinstance(item, LTLine) and wide <= THIN and high <= THIN:
        return  # the small square that Word sets where borders meet
    if high <= THIN < wide:
        middle = (y0 + y1) / 2
        yield x0, middle, x1, middle
    elif wide <= THIN < high:
        middle = (x0 + x1) / 2
        yield middle, y0, middle, y1
    elif isinstance(item, LTRect):
        if item.stroke:  # a filled area without an outline is shading
            yield from ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))
    elif item.stroke:
        for (ax, ay), (bx, by) in zip(item.pts, item.pts[1:], strict=False):
            if abs(ay - by) < 0.5 < abs(ax - bx):
                yield min(ax, bx), ay, max(ax, bx), ay
            elif abs(ax - bx) < 0.5 < abs(ay - by):
                yield ax, min(ay, by), ax, max(ay, by)


def _turned(page: Page) -> Page:
    """Turn a page whose text mostly runs up or down, as a wide table on an upright sheet."""
    turns = Counter(glyph.turn for glyph in page.glyphs if glyph.text.strip())
    turn, count = turns.most_common(1)[0] if turns else (0, 0)
    if not turn or 2 * count <= turns.total():
        return page
    width, height = page.width, page.height
    if turn == 3:
        glyphs = (
            Glyph(g.text, height - g.bottom, g.x0, height - g.top, g.x1, (g.turn + 1) % 4)
            for g in page.glyphs
        )
        horizontal = (Ruling(v.at, height - v.end, height - v.start) for v in page.vertical)
        vertical = (Ruling(height - h.at, h.start, h.end) for h in page.horizontal)
    else:
        glyphs = (
            Glyph(g.text, g.top, width - g.x1, g.bottom, width - g.x0, (g.turn + 3) % 4)
            for g in page.glyphs
        )
        horizontal = (Ruling(width - v.at, v.start, v.end) for v in page.vertical)
        vertical = (Ruling(h.at, width - h.end, width - h.start) for h in page.horizontal)
    return Page(
        page.number,
        height,
        width,
        tuple(glyphs),
        tuple(horizontal),
        tuple(vertical),
        page.has_picture,
    )
