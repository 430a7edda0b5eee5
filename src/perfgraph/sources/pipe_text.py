"""Text with ``|`` between cells → tables: Markdown, and what web readers make of a page's table.

Five dialects, told apart by counting pipes and never by what the cells say:

    Markdown     a delimiter row (``|---|``) under the header: every piece is a cell
    filled up    each row has as many pipes as the table has columns (``甲 | 乙 | |||``), so that
                 rows are certain even where a row is broken over lines
    row a line   no delimiter and no filling: a line is a row
    cell a line  one pipe at the end of each line: cells are certain, rows are not printed, so the
                 table has one column
    one stream   a line end stands for an empty cell: cells are certain, rows are not printed, so
                 the table has one row

Cells that a merged cell covers are mostly not printed, so a column number counts printed cells.
Outside Markdown two or more pipes that touch at the end of a row only fill it up.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from perfgraph.model import Cell, Place, Row, Table
from perfgraph.sources.encoding import decode
from perfgraph.sources.paragraphs_above import MAX_PARAGRAPHS, heading
from perfgraph.sources.text_errors import TooManyCellsError
from perfgraph.sources.text_head import head

MAX_CELLS = 200_000
"""A printed table has some hundred cells; this many take about 100 MB."""
_CERTAIN_SHARE = 0.9
"""Share of lines that must add up to full rows for the rows to be certain; a cut document ends in
the middle of a row, and a filled row may be one pipe too long."""
_LINES_OF_A_ROW = 20
"""A row that is broken at every cell has about as many lines as the table has columns."""
_LEAST_SHARE = 0.2
"""Share of lines with a pipe in a document that is a table with text around it."""
_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r":?-+:?")
_LONG_DELIMITER = re.compile(r":?-{3,}:?")
_ENDS_IN_FILLING = re.compile(r"\|\|\s*$")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_EMPHASISED = re.compile(r"(\*\*|__)(?!\s)((?:(?!\1).)+?)(?<!\s)\1", re.DOTALL)
_HEADING_MARK = re.compile(r"^\s{0,3}#{1,6}\s+|\s+#+\s*$")


@dataclass
class _Region:
    """Lines that belong to one table, and the paragraphs above it."""

    above: list[str]
    lines: list[str] = field(default_factory=list)


def looks_like(content: bytes) -> bool:
    r"""Whether the text holds tables in this form.

    >>> looks_like("| 一级指标 | 指标值 |\n|---|---|\n".encode())
    True
    >>> looks_like("首页 | 新闻 | 公开\n没有表格的正文。\n".encode())
    False
    """
    if b"|" not in content:  # the byte of a pipe is the same in every encoding that is read
        return False
    lines = [line for line in head(content).split("\n") if line.strip()]
    with_pipe = sum("|" in line for line in lines)
    if with_pipe < 2 or with_pipe <= sum(line.startswith("\t") for line in lines):
        return False
    pairs = pairwise(lines)
    return with_pipe >= _LEAST_SHARE * len(lines) or any(
        "|" in first and _is_delimiter(second) for first, second in pairs
    )


def tables(content: bytes, file: str) -> tuple[Table, ...]:
    r"""Return the tables of the text, every cell with its place in ``file``.

    >>> (table,) = tables("表\n\n| 甲 | 乙\\|丙 |\n|---|:-:|\n| | 1 |\n".encode(), "a.md")
    >>> table.heading, [[cell.text for cell in row] for row in table.rows]
    ('表', [['甲', '乙|丙'], ['', '1']])

    Raises:
        SourceError: the bytes are no text, or hold more cells than any published table.
    """
    place = Place(file)
    text = decode(content, place)
    if len(_PIPE.findall(text)) > MAX_CELLS:
        raise TooManyCellsError(place, MAX_CELLS)
    result: list[Table] = []
    for region in _regions(text.split("\n")):
        rows = [row for row in _rows(region.lines) if row]
        if any(cell for row in rows for cell in row):
            table_place = Place(file, table=len(result) + 1)
            above = [_HEADING_MARK.sub("", line) for line in region.above]
            result.append(Table(table_place, _placed(rows, table_place), heading(above)))
    return tuple(result)


def _placed(rows: Sequence[Sequence[str]], place: Place) -> tuple[Row, ...]:
    return tuple(
        Row(
            tuple(
                Cell(text, Place(place.file, place.table, number, column))
                for column, text in enumerate(row, 1)
            )
        )
        for number, row in enumerate(rows, 1)
    )


# --- which lines belong to one table ---------------------------------------------------------


def _regions(lines: Sequence[str]) -> Iterator[_Region]:
    for region in _connected(lines):
        if _is_bar(region):
            continue
        starts = [0, *_inner_starts(region.lines), len(region.lines)]
        for start, end in pairwise(starts):
            yield _Region([] if start else region.above, region.lines[start:end])


def _connected(lines: Sequence[str]) -> list[_Region]:
    """Group lines with pipes; a line without one stays between two of them if no line is blank."""
    regions: list[_Region] = []
    region: _Region | None = None
    between: list[str] = []
    for line in lines:
        if not _PIPE.search(line):
            between.append(line)
            continue
        if region is not None and _continues(region.lines[-1], between, line):
            region.lines.extend(text for text in between if text.strip())
        else:
            if region is not None and _is_bar(region):
                between = [*region.above, *region.lines, *between]
            region = _Region([text for text in between if text.strip()][-MAX_PARAGRAPHS - 1 :])
            regions.append(region)
        region.lines.append(line)
        between = []
    return regions


def _is_bar(region: _Region) -> bool:
    """Whether this is one line such as a navigation bar: a paragraph, not a table."""
    return len(region.lines) == 1 and not region.lines[0].lstrip().startswith("|")


def _continues(last: str, between: Sequence[str], line: str) -> bool:
    has_blank = any(not text.strip() for text in between)
    if not has_blank:
        return True
    is_same_width = len(_PIPE.findall(last)) == len(_PIPE.findall(line))
    return is_same_width and not any(text.strip() for text in between)


def _inner_starts(lines: Sequence[str]) -> list[int]:
    """Return where a table begins below another one without a blank line: above its delimiter."""
    return [
        index - 1
        for index, line in enumerate(lines)
        if index > 2 and _is_delimiter(line, _LONG_DELIMITER) and "|" in lines[index - 1]
    ]


# --- the rows of one table -------------------------------------------------------------------


def _rows(lines: Sequence[str]) -> list[list[str]]:
    for index in (0, 1):
        if index < len(lines) and _is_delimiter(lines[index]):
            rows = [line for other, line in enumerate(lines) if other != index]
            return _without_border([_markdown_cells(line) for line in rows])
    filled = _filled_rows(lines)
    if filled is not None:
        return _without_border([_cells(row) for row in filled])
    if _is_cell_a_line(lines):
        return [[text] for text in _sequence(lines)]
    if _is_stream(lines):
        return [_sequence(lines)]
    return _without_border([_cells(line) for line in lines])


def _filled_rows(lines: Sequence[str]) -> list[str] | None:
    """Return the rows, each of one or more lines, where the pipes of each add up to one number."""
    counts = [len(_PIPE.findall(line)) for line in lines]
    with_pipe = [count for count in counts if count]
    first = next((i for i, line in enumerate(lines) if _ENDS_IN_FILLING.search(line)), None)
    candidates = {count for count, _ in Counter(with_pipe).most_common(3)}
    if first is not None:
        # The first filled line ends the first row that can be measured.
        candidates.update(
            sum(counts[start : first + 1])
            for start in range(max(0, first - _LINES_OF_A_ROW), first + 1)
        )
    best: list[str] | None = None
    best_certain = _CERTAIN_SHARE * len(with_pipe)
    for width in sorted(candidates):
        if width < 2 or (first is None and width != max(with_pipe)):
            continue
        rows, certain = _partitioned(lines, counts, width)
        if certain >= best_certain and (best is None or certain > best_certain):
            best, best_certain = rows, certain
    return best


def _partitioned(lines: Sequence[str], counts: Sequence[int], width: int) -> tuple[list[str], int]:
    """Join lines to rows of ``width`` pipes; also return how many lines are in a full row."""
    rows: list[str] = []
    certain = 0
    open_lines: list[str] = []
    pipes = 0
    for line, count in zip(lines, counts, strict=True):
        if pipes + count > width:
            rows.extend(open_lines)
            open_lines, pipes = [], 0
        if (pipes == 0 and count in (0, width)) or count > width:
            rows.append(line)
            certain += count == width
            continue
        open_lines.append(line)
        pipes += count
        if pipes == width:
            rows.append("\n".join(open_lines))
            certain += sum("|" in text for text in open_lines)
            open_lines, pipes = [], 0
    rows.extend(open_lines)
    return rows, certain


def _sequence(lines: Sequence[str]) -> list[str]:
    """Return the cells of all lines in printed order."""
    pieces = _PIPE.split("\n".join(lines))
    if not pieces[-1].strip():
        pieces.pop()
    return [_cleaned(piece) for piece in pieces]


def _is_cell_a_line(lines: Sequence[str]) -> bool:
    with_pipe = [line for line in lines if "|" in line]
    single = sum(len(_PIPE.findall(line)) == 1 and line.rstrip()[-1] == "|" for line in with_pipe)
    return len(with_pipe) > 2 and single >= _CERTAIN_SHARE * len(with_pipe)


def _is_stream(lines: Sequence[str]) -> bool:
    alone = sum(line.strip() == "|" for line in lines)
    framed = sum(line.lstrip()[:1] == "|" and line.rstrip()[-1:] == "|" for line in lines)
    return alone >= 2 and framed >= _CERTAIN_SHARE * (len(lines) - 1)


# --- the cells of one row --------------------------------------------------------------------


def _cells(row: str) -> list[str]:
    pieces = _PIPE.split(row)
    if len(pieces) > 1 and not pieces[-1].strip():
        pieces.pop()
        if not pieces[-1]:
            while pieces and not pieces[-1]:
                pieces.pop()
            if pieces and not pieces[-1].strip():
                pieces.pop()
    return [_cleaned(piece) for piece in pieces]


def _markdown_cells(line: str) -> list[str]:
    pieces = _PIPE.split(line)
    if len(pieces) > 1 and not pieces[-1].strip():
        pieces.pop()
    return [_rendered(_cleaned(piece)) for piece in pieces]


def _without_border(rows: list[list[str]]) -> list[list[str]]:
    """Take away the empty piece before a leading pipe where all rows of several begin with one."""
    rows = [row for row in rows if row]
    has_border = all(not row[0] for row in rows if len(row) > 1)
    return [row[1:] if has_border and len(row) > 1 else row for row in rows]


def _cleaned(piece: str) -> str:
    lines = _LINE_BREAK.sub("\n", piece.replace("\\|", "|")).split("\n")
    return "\n".join(line.strip() for line in lines).strip("\n")


def _rendered(text: str) -> str:
    """Return what Markdown prints: no backslash escapes, entities, or bold around a whole cell."""
    emphasised = _EMPHASISED.fullmatch(text)
    if emphasised is not None:
        text = emphasised.group(2)
    return html.unescape(_ESCAPED.sub(r"\1", text)).replace("\u00a0", " ")


def _is_delimiter(line: str, dashes: re.Pattern[str] = _DELIMITER) -> bool:
    pieces = line.strip().removeprefix("|").removesuffix("|").split("|")
    return "|" in line and all(dashes.fullmatch(piece.strip()) for piece in pieces)
