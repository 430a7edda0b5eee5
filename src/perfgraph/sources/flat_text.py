"""Text of a table without marks between its cells → what is certain of its cells, or a refusal.

Copying a table as text leaves one of these forms, told apart by what stands between two labels of
the indicator header (一级指标, 二级指标, …), because no label ends there by chance:

    lines         a line end: each line, or block between blank lines, is a cell; rows are not
                  printed and empty cells vanish, so the table has one column
    spaced        white space: each printed line is a row, all on one line are one row; a row is
                  split at white space, so a cell with a space inside comes as several cells
    run together  nothing: refused, the borders of cells are lost
    prose         no header, but sentences with indicator labels: refused, there is no table

A space between brackets or after a comma is taken as part of a cell, no other: 年度资金总额: 0 is
two cells and 项目资金 (万元) is one, which only who knows the labels can tell. The text of pieces
is never changed and pieces of one cell are neighbours, so they can be put together again; a cell
with a line end inside comes as several rows. A title is not told from a row either.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from perfgraph.model import Cell, Place, Row, Table
from perfgraph.sources import pipe_text
from perfgraph.sources.encoding import decode
from perfgraph.sources.text_errors import ProseError, RunTogetherError, TooManyCellsError
from perfgraph.sources.text_head import head

MAX_CELLS = 200_000
"""A printed table has some hundred cells; this many take about 100 MB."""
_LABEL = (
    r"(?:[一二三]\s?级\s?指\s?标|[指目]标内容|绩效指标(?:分类|描述)?"
    r"|指标(?:名称|说明|解释|性质|方向)|计算符号|[计度]量单位|(?:绩效|评价)标准"
    r"|(?:年度|年初|全年|实施周期|指标)?(?:指标|目标)值"
    r"|(?:实际|全年)?(?:实际)?完成值|分值|得分|权重|备注)"
    r"(?:[(（](?:长期|年度|分|[AB])[)）])?"
)
_NEIGHBOURS = re.compile(
    rf"(?P<left>{_LABEL})(?=(?P<between>[ \u00a0\u3000\n]*+)(?P<right>{_LABEL}))"
)
_SENTENCE_LABEL = re.compile(r"(?:数量|质量|时效|成本|效益|影响|满意度)(?:指标|目标)[：:][^\s\d]")
_LEAST_SENTENCE_LABELS = 2
_SPACE = re.compile(r"[ \t\u00a0\u3000]+")
_BRACKETED = re.compile(r"[（(〔\[【][^（(〔\[【）)〕\]】]{0,60}[）)〕\]】]")
_GOES_ON = "，,、"


class Form(StrEnum):
    """How the cells of a table stand in plain text."""

    LINES = "lines"
    BLOCKS = "blocks"
    """Lines that are set apart by blank lines."""
    SPACED = "spaced"
    RUN_TOGETHER = "run together"
    PROSE = "prose"


def form(text: str) -> Form | None:
    r"""Return the form of a target table in ``text``; ``None`` when there is no sign of one.

    >>> form("一级指标 二级指标 指标值\n产出指标 数量指标 5篇"), form("一级指标二级指标指标值")
    (<Form.SPACED: 'spaced'>, <Form.RUN_TOGETHER: 'run together'>)
    >>> form("一级指标\n\n二级指标\n\n指标值\n"), form("没有指标的文章。")
    (<Form.BLOCKS: 'blocks'>, None)
    """
    seen = Counter(_form_between(match["between"]) for match in _NEIGHBOURS.finditer(text))
    if seen:
        return seen.most_common(1)[0][0]
    labels = len(_SENTENCE_LABEL.findall(text))
    return Form.PROSE if labels >= _LEAST_SENTENCE_LABELS else None


def looks_like(content: bytes) -> bool:
    """Whether this is a target table as plain text, or prose in its place.

    True also for what ``tables`` refuses, so that the refusal can say why.
    """
    text = head(content)
    return not (pipe_text.looks_like(content) or _has_tabbed_line(text)) and form(text) is not None


def tables(content: bytes, file: str) -> tuple[Table, ...]:
    """Return the one table that can be told apart, every piece with its place in ``file``.

    Raises:
        RunTogetherError: nothing stands between the cells.
        ProseError: the targets are told in sentences.
        TooManyCellsError: the text holds more cells than any published table.
        SourceError: the bytes are no text.
    """
    place = Place(file)
    text = decode(content, place)
    match form(text):
        case Form.LINES:
            rows = [[line.strip()] for line in text.split("\n") if line.strip()]
        case Form.BLOCKS:
            rows = [[_stripped(block)] for block in re.split(r"\n\s*\n", text) if block.strip()]
        case Form.SPACED:
            rows = [_pieces(line) for line in text.split("\n") if line.strip()]
        case Form.RUN_TOGETHER:
            raise RunTogetherError(place, _example(text))
        case Form.PROSE:
            raise ProseError(place)
        case None:
            return ()
    if sum(len(row) for row in rows) > MAX_CELLS:
        raise TooManyCellsError(place, MAX_CELLS)
    return (_table(rows, Place(file, table=1)),)


def _table(rows: Sequence[Sequence[str]], place: Place) -> Table:
    return Table(
        place,
        tuple(
            Row(
                tuple(
                    Cell(text, Place(place.file, place.table, number, column))
                    for column, text in enumerate(row, 1)
                )
            )
            for number, row in enumerate(rows, 1)
        ),
    )


def _form_between(space: str) -> Form:
    if not space:
        return Form.RUN_TOGETHER
    line_ends = space.count("\n")
    if not line_ends:
        return Form.SPACED
    return Form.LINES if line_ends == 1 else Form.BLOCKS


def _pieces(line: str) -> list[str]:
    """Split a line at white space, but not inside brackets and not after a comma.

    >>> _pieces(" 旅游景点数量( ≥**个 ) >=4个")
    ['旅游景点数量( ≥**个 )', '>=4个']
    """
    line = line.strip()
    bracketed = {
        position for match in _BRACKETED.finditer(line) for position in range(*match.span())
    }
    pieces: list[str] = []
    start = 0
    for space in _SPACE.finditer(line):
        if space.start() not in bracketed and line[space.start() - 1] not in _GOES_ON:
            pieces.append(line[start : space.start()])
            start = space.end()
    return [*pieces, line[start:]]


def _example(text: str) -> str:
    for match in _NEIGHBOURS.finditer(text):
        if not match["between"]:
            return match["left"] + match["right"]
    raise AssertionError("the form was found by such a pair")


def _has_tabbed_line(text: str) -> bool:
    return any(line.lstrip(" \u3000").startswith("\t") for line in text.split("\n"))


def _stripped(block: str) -> str:
    return "\n".join(line.strip() for line in block.split("\n") if line.strip())
