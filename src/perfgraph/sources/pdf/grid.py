"""Ruling lines → frames: grids of cells with their spans. Text is not looked at.

A cell is what the drawn lines enclose, so a merged cell is found as such, whatever stands in it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from perfgraph.model import Place
from perfgraph.sources.pdf.errors import PdfTooLargeError
from perfgraph.sources.pdf.limits import Limits
from perfgraph.sources.pdf.marks import Page, Ruling
from perfgraph.text import Text

NEAR = 3.0
"""Lines closer than this, in points, are one: a double border, or two cells' common border."""

_CHECKBOX = 16.0
"""A single box up to this size is a printed check box, not a table."""

_COVER = 0.6
"""Share of a cell's side that a line must cover to close it."""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell by grid positions from 0."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Frame:
    """A ruled grid: the positions of its lines, and the cells they enclose."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]
    open_boxes: frozenset[Box]
    """Boxes at the rim that no line closes: real only where they hold text."""

    @property
    def area(self) -> float:
        """The area in square points."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, x: float, y: float) -> bool:
        """Whether the point is inside the outline."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def inside(self, other: Frame) -> bool:
        """Whether this frame lies within ``other``."""
        return (
            other.holds(self.xs[0], self.ys[0])
            and other.holds(self.xs[-1], self.ys[-1])
            and self.area < other.area
        )

    def positions(self) -> dict[tuple[int, int], Box]:
        """The box that covers each grid position."""
        return {
            (row, column): box
            for box in self.boxes
            for row in range(box.row, box.row + box.row_span)
            for column in range(box.column, box.column + box.column_span)
        }


def frames(page: Page, limits: Limits, place: Place) -> list[Frame]:
    """Return the ruled grids of ``page`` from top to bottom, without check boxes and rims.

    Raises:
        PdfTooLargeError: the lines cross more often than the limits allow.
    """
    horizontal = _joined(page.horizontal)
    vertical = _joined(page.vertical)
    crossings = _Crossings(limits, place)
    groups = crossings.groups(horizontal, vertical)
    found = [frame for across, down in groups if (frame := _frame(across, down, limits, place))]
    # A single box around other tables is the outline of the page or of a text box.
    found = [
        frame
        for frame in found
        if len(frame.boxes) > 1
        or not any(other.inside(frame) or frame.inside(other) for other in found)
    ]
    return sorted(found, key=lambda frame: (frame.ys[0], frame.xs[0]))


def _joined(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Snap lines that are almost on one position, then join their pieces end to end."""
    joined: list[Ruling] = []
    group: list[Ruling] = []
    for ruling in sorted(rulings):
        if group and ruling.at - group[0].at > NEAR:
            joined.extend(_end_to_end(group))
            group = []
        group.append(ruling)
    return joined + _end_to_end(group)


def _end_to_end(group: Sequence[Ruling]) -> list[Ruling]:
    if not group:
        return []
    length = sum(ruling.end - ruling.start for ruling in group)
    at = (
        sum(ruling.at * (ruling.end - ruling.start) for ruling in group) / length
        if length
        else group[0].at
    )
    pieces: list[Ruling] = []
    for ruling in sorted(group, key=lambda ruling: ruling.start):
        if pieces and ruling.start <= pieces[-1].end + NEAR:
            pieces[-1] = Ruling(at, pieces[-1].start, max(pieces[-1].end, ruling.end))
        else:
            pieces.append(Ruling(at, ruling.start, ruling.end))
    return pieces


class _Crossings:
    """Groups lines that touch each other, directly or through others."""

    def __init__(self, limits: Limits, place: Place) -> None:
        self._limits = limits
        self._place = place

    def groups(
        self, horizontal: Sequence[Ruling], vertical: Sequence[Ruling]
    ) -> list[tuple[list[Ruling], list[Ruling]]]:
        parent = list(range(len(horizontal) + len(vertical)))

        def root(index: int) -> int:
            while parent[index] != index:
                parent[index] = parent[parent[index]]
                index = parent[index]
            return index

        positions = [ruling.at for ruling in vertical]
        tried = 0
        for index, across in enumerate(horizontal):
            first = bisect_left(positions, across.start - NEAR)
            last = bisect_right(positions, across.end + NEAR)
            tried += last - first
            _check_crossings(tried, self._limits, self._place)
            for other in range(first, last):
                down = vertical[other]
                if down.start - NEAR <= across.at <= down.end + NEAR:
                    parent[root(index)] = root(len(horizontal) + other)
        groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
        for index, ruling in enumerate((*horizontal, *vertical)):
            pair = groups.setdefault(root(index), ([], []))
            pair[index >= len(horizontal)].append(ruling)
        return [(across, down) for across, down in groups.values() if across and down]


def _check_crossings(count: int, limits: Limits, place: Place) -> None:
    if count > limits.crossings:
        raise PdfTooLargeError(
            place,
            Text(
                zh=f"一页上的表格线交叉超过 {limits.crossings} 处",
                en=f"the lines of one page cross more than {limits.crossings} times",
            ),
        )


def _frame(
    across: Sequence[Ruling], down: Sequence[Ruling], limits: Limits, place: Place
) -> Frame | None:
    xs = _positions(down, across)
    ys = _positions(across, down)
    if len(xs) < 2 or len(ys) < 2:
        return None
    if len(xs) == len(ys) == 2 and max(xs[1] - xs[0], ys[1] - ys[0]) <= _CHECKBOX:
        return None
    _check_crossings(len(xs) * len(ys), limits, place)
    walls = _Walls(xs, ys, across, down)
    boxes: list[Box] = []
    open_boxes: set[Box] = set()
    seen: set[tuple[int, int]] = set()
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) not in seen:
                region = walls.region(row, column)
                seen |= region
                parts = _rectangles(region)
                boxes.extend(parts)
                if not walls.closes(region):
                    open_boxes.update(parts)
    return Frame(xs, ys, tuple(sorted(boxes, key=_reading_order)), frozenset(open_boxes))


def _reading_order(box: Box) -> tuple[int, int]:
    return box.row, box.column


def _positions(lines: Sequence[Ruling], crossing: Sequence[Ruling]) -> tuple[float, ...]:
    """The grid positions of ``lines``, and the rims to which ``crossing`` lines reach out."""
    found = sorted({line.at for line in lines})
    first = min(line.start for line in crossing)
    last = max(line.end for line in crossing)
    if first < found[0] - NEAR:
        found.insert(0, first)
    if last > found[-1] + NEAR:
        found.append(last)
    return tuple(found)


class _Walls:
    """Which sides of the elementary boxes of a grid are drawn."""

    def __init__(
        self,
        xs: tuple[float, ...],
        ys: tuple[float, ...],
        across: Sequence[Ruling],
        down: Sequence[Ruling],
    ) -> None:
        self._rows, self._columns = len(ys) - 1, len(xs) - 1
        # (row, line) for vertical lines, (line, column) for horizontal ones
        self._vertical = {
            (row, line) for ruling, line in _on(xs, down) for row in _covered(ys, ruling)
        }
        self._horizontal = {
            (line, column) for ruling, line in _on(ys, across) for column in _covered(xs, ruling)
        }

    def region(self, row: int, column: int) -> set[tuple[int, int]]:
        """All elementary boxes that can be reached without crossing a wall."""
        region = {(row, column)}
        stack = [(row, column)]
        while stack:
            r, c = stack.pop()
            for step, is_open in (
                ((r, c + 1), c + 1 < self._columns and (r, c + 1) not in self._vertical),
                ((r, c - 1), c > 0 and (r, c) not in self._vertical),
                ((r + 1, c), r + 1 < self._rows and (r + 1, c) not in self._horizontal),
                ((r - 1, c), r > 0 and (r, c) not in self._horizontal),
            ):
                if is_open and step not in region:
                    region.add(step)
                    stack.append(step)
        return region

    def closes(self, region: set[tuple[int, int]]) -> bool:
        """Whether lines close the region where it lies at the rim of the grid."""
        return all(
            (c > 0 or (r, 0) in self._vertical)
            and (c + 1 < self._columns or (r, self._columns) in self._vertical)
            and (r > 0 or (0, c) in self._horizontal)
            and (r + 1 < self._rows or (self._rows, c) in self._horizontal)
            for r, c in region
        )


def _on(positions: tuple[float, ...], lines: Sequence[Ruling]) -> list[tuple[Ruling, int]]:
    index = {position: number for number, position in enumerate(positions)}
    return [(line, index[line.at]) for line in lines]


def _covered(positions: tuple[float, ...], line: Ruling) -> range:
    """The intervals between ``positions`` of which ``line`` covers the larger part."""
    first = max(0, bisect_right(positions, line.start) - 1)
    last = min(len(positions) - 1, bisect_left(positions, line.end))

    def covers(number: int) -> bool:
        start, end = positions[number], positions[number + 1]
        return min(end, line.end) - max(start, line.start) >= _COVER * (end - start)

    while first < last and not covers(first):
        first += 1
    while last > first and not covers(last - 1):
        last -= 1
    return range(first, last)


def _rectangles(region: set[tuple[int, int]]) -> list[Box]:
    """Part a region into rectangles; a region that lines enclose properly is one already."""
    boxes: list[Box] = []
    rest = set(region)
    while rest:
        row, column = min(rest)
        width = 1
        while (row, column + width) in rest:
            width += 1
        height = 1
        while all((row + height, column + step) in rest for step in range(width)):
            height += 1
        boxes.append(Box(row, column, height, width))
        rest -= {(row + i, column + j) for i in range(height) for j in range(width)}
    return boxes
