"""Pieces of text between tags → the lines that a browser prints. It knows no tables."""

from __future__ import annotations

import re
import unicodedata

_NO_BREAK_SPACE = "\u00a0"
_WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")
_SUPERSCRIPT = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPT = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


class Printed:
    """The lines of one cell, one caption, or the page around the tables.

    White space collapses as in a browser: a run of it is one space, nothing at the ends of a line,
    and a line break of the source between two Chinese characters prints nothing (CSS Text 3,
    section 4.1.2). A no-break space is a space that does not collapse.
    """

    __slots__ = ("_lines", "_mark", "_pieces", "has_inner_table")

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._pieces: list[str] = []
        self._mark = 0
        self.has_inner_table = False

    def add(self, text: str, *, preformatted: bool = False) -> None:
        """Append ``text`` to the current line."""
        if not preformatted:
            self._pieces.append(text)
            return
        first, *others = re.sub(r"[ \t]", _NO_BREAK_SPACE, text).split("\n")
        self._pieces.append(first)
        for line in others:
            self.break_line()
            self._pieces.append(line)

    def break_line(self) -> None:
        """End the current line, even an empty one: ``<br>``."""
        self._lines.append(_collapsed("".join(self._pieces)))
        self._pieces.clear()

    def end_block(self) -> None:
        """End the current line unless nothing is on it: ``</p>``."""
        line = _collapsed("".join(self._pieces))
        self._pieces.clear()
        if line:
            self._lines.append(line)

    @property
    def text(self) -> str:
        """The lines, without the blank ones above and below all text."""
        self.end_block()
        lines = self._lines
        start, end = 0, len(lines)
        while start < end and not lines[start].strip():
            start += 1
        while end > start and not lines[end - 1].strip():
            end -= 1
        return "\n".join(lines[start:end])

    def set_mark(self) -> None:
        """Remember that an inner table ended here."""
        self.end_block()
        self._mark = len(self._lines)
        self.has_inner_table = True

    @property
    def since_mark(self) -> list[str]:
        """The lines that hold text after the last inner table."""
        self.end_block()
        return [line for line in self._lines[self._mark :] if line.strip()]


def raised(text: str, *, above: bool) -> str:
    """Return digits as superscript or subscript characters; other text unchanged.

    >>> raised("4", above=True), raised("2", above=False), raised("注1", above=True)
    ('⁴', '₂', '注1')
    """
    table = _SUPERSCRIPT if above else _SUBSCRIPT
    return text.translate(table) if all(ord(character) in table for character in text) else text


def _collapsed(text: str) -> str:
    text = _WHITE_SPACE.sub(_space, text).strip(" ")
    return text.replace(_NO_BREAK_SPACE, " ")


def _space(run: re.Match[str]) -> str:
    text, start, end = run.string, run.start(), run.end()
    is_source_break = "\n" in run.group() or "\r" in run.group()
    if is_source_break and start > 0 and end < len(text):
        before, after = text[start - 1], text[end]
        if _is_wide(before) and _is_wide(after):
            return ""
    return " "


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
