"""An offset in a text → line, column and the line itself. Pure."""

from __future__ import annotations

from perfgraph.web.errors import Spot


def spot(text: str, start: int) -> Spot:
    r"""Return the place of the character at offset ``start``.

    >>> spot("ASK {\n  SERVICE", 8)
    Spot(line=2, column=3, text='  SERVICE')
    """
    lines = text[:start].split("\n")
    line = len(lines)
    return Spot(line, len(lines[-1]) + 1, text.split("\n")[line - 1].rstrip("\r"))


def offset(text: str, line: int, column: int) -> int:
    r"""Return the offset of a line and a column, both from 1; at most the length of the text.

    >>> offset("ASK {\n  SERVICE", 2, 3)
    8
    """
    lines = text.split("\n")
    before = sum(len(one) + 1 for one in lines[: line - 1])
    return min(before + column - 1, len(text))
