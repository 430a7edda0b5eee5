"""Text extracted from a Word file → tables: one TAB before each cell, a blank line between rows.

A row is a block of cells between blank lines. A line with one TAB is an empty cell; a line that is
only white space, without a TAB, ends the row. A table begins at the block with the unit line
(单位：万元), because its heading may be missing. The reader does not judge what a table is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from perfgraph.model import Cell, Place, Row, Table

_UNIT_LINE = re.compile(r"^[(（]?(?:金额)?单位[:：](?:人民币)?(?:亿|万|千|百)?元[)）]?$")
_UNIT_CODE = re.compile(r"^[\[【(（]?\d{3,9}[\]】)）]?[-—]?\D")
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_HEADING = re.compile(r"绩效(?:目标|自评|监控).{0,12}表|\[bookmark:")
_PROJECT_NAME = "项目名称"


@dataclass
class _Block:
    """Cells between two blank lines, and the heading printed directly above them."""

    cells: list[str] = field(default_factory=list)
    heading: list[str] = field(default_factory=list)


def is_tab_text(text: str) -> bool:
    r"""Whether the text has cells in this form at all.

    >>> is_tab_text("a heading\n\tcell\n"), is_tab_text("only prose")
    (True, False)
    """
    return any(line.lstrip(" \u3000").startswith("\t") for line in text.split("\n"))


def tables(text: str, file: str) -> tuple[Table, ...]:
    r"""Return the tables of ``text``, every cell with its place in ``file``.

    >>> text = "1.甲表\n\t353215某中心\n\t单位：万元\n\n\t项目名称\n\t甲"
    >>> [(cell.text, str(cell.place)) for cell in tables(text, "a.txt")[0].rows[1]]
    [('项目名称', 'a.txt#t1.r2.c1'), ('甲', 'a.txt#t1.r2.c2')]
    """
    groups = _grouped([part for block in _blocks(text) for part in _split_inner_start(block)])
    return tuple(_table(group, Place(file, table=number)) for number, group in enumerate(groups, 1))


def _blocks(text: str) -> list[_Block]:
    blocks: list[_Block] = []
    block = _Block()
    for line in text.split("\n"):
        before, tab, cells = line.partition("\t")
        if tab:
            if before and block.cells:
                # Text before the first TAB, even one space, is a paragraph of its own: the row
                # above has ended, and a heading was here or was lost.
                blocks.append(block)
                block = _Block()
            if before.strip():
                block.heading.append(before)
            block.cells.extend(cells.split("\t"))
        elif not line.strip():
            if block.cells:
                blocks.append(block)
                block = _Block()
        elif block.cells and not _HEADING.search(line):
            block.cells[-1] += "\n" + line  # a second paragraph of the same cell
        else:
            if block.cells:
                blocks.append(block)
                block = _Block()
            block.heading.append(line)
    if block.cells:
        blocks.append(block)
    return blocks


def _split_inner_start(block: _Block) -> list[_Block]:
    """Part a block where a unit line stands in the middle: a table begins inside it."""
    for index, text in enumerate(block.cells):
        if index and _is_unit_line(text):
            start = index - 1 if _UNIT_CODE.match(block.cells[index - 1].strip()) else index
            if start:
                head = _Block(block.cells[:start], block.heading)
                return [head, *_split_inner_start(_Block(block.cells[start:]))]
    return [block]


def _grouped(blocks: list[_Block]) -> list[list[_Block]]:
    """Group blocks to tables; without any unit line a table begins at 项目名称."""
    has_unit_lines = any(_is_unit_line(text) for block in blocks for text in block.cells)
    groups: list[list[_Block]] = []
    for block in blocks:
        if has_unit_lines:
            starts = any(_is_unit_line(text) for text in block.cells)
        else:
            starts = _squeezed(block.cells[0]) == _PROJECT_NAME
        if starts or not groups:
            groups.append([])
        groups[-1].append(block)
    return groups


def _table(blocks: list[_Block], place: Place) -> Table:
    rows = tuple(
        Row(
            tuple(
                Cell(text, Place(place.file, place.table, row, column))
                for column, text in enumerate(block.cells, 1)
            )
        )
        for row, block in enumerate(blocks, 1)
    )
    heading = "\n".join(_BOOKMARK.sub("", line).strip() for line in blocks[0].heading)
    return Table(place, rows, heading or None)


def _is_unit_line(text: str) -> bool:
    return "单位" in text and _UNIT_LINE.match(_squeezed(text)) is not None


def _squeezed(text: str) -> str:
    return "".join(text.split())
