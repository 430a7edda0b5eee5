"""Random grids with merged cells that are one table: no blank row, no title row, no second form."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.sources.builders_sheets import Box

_TEXTS = st.text("项目名称预算数量指标万元abc 0123.%≥\n（）", max_size=8)


@st.composite
def grids(draw: st.DrawFn) -> list[Box]:
    """Return boxes that fill a rectangle, in printed order."""
    rows, columns = draw(st.integers(2, 7)), draw(st.integers(2, 6))
    boxes: list[Box] = []
    taken: set[tuple[int, int]] = set()
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            if (row, column) in taken:
                continue
            free = _free_columns(row, column, columns, taken)
            # The first row has no merged cells, so that every column has text somewhere.
            wide = draw(st.integers(1, free)) if row > 1 else 1
            high = draw(st.integers(1, rows - row + 1)) if row > 1 else 1
            # The first column always has text, so that no row is blank.
            text = draw(_TEXTS)
            if row == 1 or column == 1:
                text = "甲" + text
            elif not text.strip():
                text = ""
            boxes.append(Box(row, column, text, high, wide))
            taken |= {(r, c) for r in range(row, row + high) for c in range(column, column + wide)}
    return boxes


def _free_columns(row: int, column: int, columns: int, taken: set[tuple[int, int]]) -> int:
    free = 1
    while column + free <= columns and (row, column + free) not in taken:
        free += 1
    return free
