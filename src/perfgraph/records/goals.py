"""A goal cell → its goals, one for each list number. It does not judge the text."""

from __future__ import annotations

import re

from perfgraph.model import Cell, Goal

# A list number begins the cell, a line, or follows the end of a sentence; "1.5万元" is none.
_NUMBER = re.compile(
    r"(?:^|(?<=[\n。；;]))\s*"
    r"(?:[(（]?(\d{1,2})(?:[.．、)）](?!\d)|(?<=\))\s*)|目标\s*(\d{1,2})\s*[:：])\s*"
)


def goals(cell: Cell) -> tuple[Goal, ...]:
    r"""Return the goals of ``cell``; several where the list numbers run 1, 2, 3.

    >>> from perfgraph.model import Place
    >>> [goal.text for goal in goals(Cell("1.甲。2.乙。", Place("a.txt")))]
    ['甲。', '乙。']
    >>> [goal.text for goal in goals(Cell("支出1.5万元。", Place("a.txt")))]
    ['支出1.5万元。']
    >>> [goal.text for goal in goals(Cell("目标1:甲。\n目标2：乙。", Place("a.txt")))]
    ['甲。', '乙。']
    """
    text = cell.text
    if cell.is_blank:
        return ()
    starts: list[re.Match[str]] = []
    for match in _NUMBER.finditer(text):
        if int(match[1] or match[2]) == len(starts) + 1:
            starts.append(match)
    if not starts or text[: starts[0].start()].strip():
        return (Goal(1, text.strip(), text, cell),)
    ends = [*(match.start() for match in starts[1:]), len(text)]
    return tuple(
        Goal(order, text[match.end() : end].strip(), text[match.start() : end].strip("\n"), cell)
        for order, (match, end) in enumerate(zip(starts, ends, strict=True), 1)
    )
