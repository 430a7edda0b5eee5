"""Text → lines of at most so many terminal cells, broken as Chinese is set; prints nothing.

A line may break between any two Chinese characters and at spaces, but no line begins with a closing
mark (，。”) or ends with an opening one (“（).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

_OPENING = "“‘（《〈【「"
_CLOSING = "”’）》〉】」，。、；：！？…％"
_PIECE = re.compile(rf"\s+|[{_OPENING}]*(?:[!-~]+|[^\s{_OPENING}{_CLOSING}])?[{_CLOSING}]*")


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of ``text``; a piece that is wider than a line is cut.

    >>> wrap("描述与名称相同，没有说明。", 14)
    ['描述与名称相', '同，没有说明。']
    >>> wrap("a goal of 90 %", 6)
    ['a goal', 'of 90', '%']
    """
    lines, line = [], ""
    for piece in _pieces(text, width):
        if cell_len(line) + cell_len(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


class Wrapped:
    """A table cell whose text is set by ``wrap`` at whatever width the column gets."""

    def __init__(self, text: str, style: str = "") -> None:
        self.text = text
        self.style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = (line for part in self.text.split("\n") for line in wrap(part, options.max_width))
        yield Text("\n".join(lines), self.style, no_wrap=True)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(min(8, options.max_width), max(8, *map(cell_len, self.text.split("\n"))))


def _pieces(text: str, width: int) -> Iterator[str]:
    for match in _PIECE.finditer(text):
        piece = match[0]
        if cell_len(piece.strip()) <= width:
            yield piece
        else:
            yield from piece
