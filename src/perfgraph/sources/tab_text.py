"""Text extracted from a Word file → tables: one TAB before each cell, a blank line between rows.

A row is a block of cells between blank lines. A line with one TAB is an empty cell; a line that is
only white space, without a TAB, ends the row. A table begins at the block with the unit line
(单位：万元), because its heading may be missing. The reader does not judge what a table is about.

Where text stands before the first TAB of a line, the text was pasted: a line is a row then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from perfgraph.model import Place, Row, Table, cells_in_row

_UNIT_LINE = re.compile(r"^[(（]?(?:金额)?单位[:：](?:人民币)?(?:亿|万|千|百)?元[)）]?$")
_UNIT_CODE = re.compile(r"^[\[【(（]?\d{3,9}[\]】)）]?[-—]?\D")
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_HEADING = re.compile(r"绩效(?:目标|自评|监控).{0,12}表|\[bookmark:")
_PASTED = re.compile(r"^[^\S\t\n]*[^\s][^\t\n]*\t", re.MULTILINE)
"""A line with text before its first TAB."""
_PROJECT_NAME = "项目名称"
_TITLE_CELL = re.compile(
    r"绩效(?:目标|自评|监控).{0,12}表|项目自评表|^[(（]?20\d\d年度?[)）]?$|^公开\d+表$"
    r"|^(?!备?注|说明|填表|联系|单位负责)[^:：]{2,12}[:：].{0,40}$"
)
"""A cell in the rows above 项目名称: the title, the year, a line such as 单位（盖章）：."""
_TITLE_ROWS, _TITLE_CELLS = 5, 3


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
    return "\t" in text


def tables(text: str, file: str) -> tuple[Table, ...]:
    r"""Return the tables of ``text``, every cell with its place in ``file``.

    >>> text = "1.甲表\n\t353215某中心\n\t单位：万元\n\n\t项目名称\n\t甲"
    >>> [(cell.text, str(cell.place)) for cell in tables(text, "a.txt")[0].rows[1]]
    [('项目名称', 'a.txt#t1.r2.c1'), ('甲', 'a.txt#t1.r2.c2')]
    """
    groups = _grouped([part for block in _blocks(text) for part in _split_inner_start(block)])
    return tuple(_table(group, Place(file, table=number)) for number, group in enumerate(groups, 1))


def _blocks(text: str) -> list[_Block]:
    lines = text.split("\n")
    return _pasted_rows(lines) if _PASTED.search(text) else _cells_in_lines(lines)


def _pasted_rows(lines: list[str]) -> list[_Block]:
    """Read one line as one row with TABs between its cells, as pasted from a word processor."""
    blocks: list[_Block] = []
    heading: list[str] = []
    unit: list[str] = []
    for line in lines:
        if _UNIT_CODE.match(line.strip()) and "\t" not in line:
            unit.append(line)  # a merged row is pasted without a TAB
        elif "\t" in line or _is_unit_line(line):
            blocks.append(_Block([*unit, *line.split("\t")], heading))
            heading, unit = [], []
        elif line.strip():
            heading.append(line)
    heading += unit
    if heading:
        blocks.append(_Block([], heading))
    return blocks


def _cells_in_lines(lines: list[str]) -> list[_Block]:
    blocks: list[_Block] = []
    block = _Block()
    for line in lines:
        before, tab, cells = line.partition("\t")
        if tab:
            if before and block.cells:
                # Text before the first TAB, even one space, is a paragraph of its own: the row
                # above has ended, and a heading was here or was lost.
                blocks.append(block)
                block = _Block()
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
    if block.cells or block.heading:
        blocks.append(block)
    return blocks


def _split_inner_start(block: _Block) -> list[_Block]:
    """Part a block where a unit line stands in the middle: a table begins inside it."""
    for index, text in enumerate(block.cells):
        if index and "单位" in text and _is_unit_line(text):
            has_name = index == 1 or _UNIT_CODE.match(block.cells[index - 1].strip())
            start = index - 1 if has_name else index  # a unit may be printed without a code
            if start:
                head = _Block(block.cells[:start], block.heading)
                return [head, *_split_inner_start(_Block(block.cells[start:]))]
    return [block]


def _grouped(blocks: list[_Block]) -> list[list[_Block]]:
    """Group blocks to tables; without any unit line one begins at the unit or at 项目名称.

    A paragraph that stands above no table is a row of one cell, so that its text is kept. Title
    rows go with the table below them.
    """
    has_unit_lines = any(
        [_is_unit_line(text) for block in blocks for text in block.cells if "单位" in text]
    )
    groups: list[list[_Block]] = []
    after_unit = False
    for block in blocks:
        is_unit = len(block.cells) == 1 and _UNIT_CODE.match(block.cells[0].strip()) is not None
        if has_unit_lines:
            starts = any([_is_unit_line(text) for text in block.cells if "单位" in text])
        else:
            is_name = bool(block.cells) and _squeezed(block.cells[0]) == _PROJECT_NAME
            starts = is_unit or (is_name and not after_unit)
        after_unit = is_unit
        if starts or not groups:
            groups.append(_title_rows(groups[-1]) if groups and not block.heading else [])
        elif block.heading:
            groups[-1].append(_Block(["\n".join(block.heading)]))
        if block.cells or not groups[-1]:
            groups[-1].append(block)
    return [group for group in groups if any(block.cells for block in group)]


def _title_rows(group: list[_Block]) -> list[_Block]:
    """Take the title rows at the end of ``group`` out of it, and return them."""
    start = len(group)
    while start and len(group) - start < _TITLE_ROWS and _is_title(group[start - 1]):
        start -= 1
    titles = group[start:]
    del group[start:]
    return titles


def _is_title(block: _Block) -> bool:
    texts = [squeezed for text in block.cells if (squeezed := _squeezed(text))]
    if not 0 < len(texts) <= _TITLE_CELLS or texts[0] == _PROJECT_NAME:
        return False
    return all(_TITLE_CELL.search(text) for text in texts)


def _table(blocks: list[_Block], place: Place) -> Table:
    file, table = place.file, place.table
    rows = [Row(cells_in_row(file, table, row, block.cells)) for row, block in enumerate(blocks, 1)]
    heading = "\n".join(_BOOKMARK.sub("", line).strip() for line in blocks[0].heading)
    return Table(place, tuple(rows), heading or None)


def _is_unit_line(text: str) -> bool:
    return _UNIT_LINE.match(_squeezed(text)) is not None


def _squeezed(text: str) -> str:
    return "".join(text.split())
