"""Cells in their order, with the pieces of labels put together; and the rows that they become."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfgraph.model import Cell, Place, Row
from perfgraph.records.labels import Labels

_BRACKETED = re.compile(r"[(（][^()（）]{1,12}[)）]分?")


class Lines:
    """Rows in the making: a table's cells get new places, row by row."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._role: str | None = None
        self.rows: list[Row] = []

    def add(self, *texts: str) -> None:
        """Add a row, if any of its cells is printed; an empty text is an empty cell."""
        if any(text.strip() for text in texts):
            self.rows.append(Row(tuple(self._cells(texts, len(self.rows) + 1))))
            self._role = None

    def beside(self, role: str | None, *texts: str) -> None:
        """Add cells to the last row if it has the same role, for another period; else a row."""
        if role == self._role:
            last = self.rows.pop()
            self.add(*(cell.text for cell in last), *texts)
            return
        self.add(*texts)
        self._role = role

    def _cells(self, texts: Sequence[str], row: int) -> Iterator[Cell]:
        for column, text in enumerate(texts, 1):
            yield Cell(text, self._place._replace(row=row, column=column))


def joined(cells: Sequence[Cell], glue: str, labels: Labels) -> list[str]:
    """Return the texts of ``cells``; 经济效益 and 指标 are one, as are 项目资金 and (万元)."""
    texts: list[str] = []
    for cell in cells:
        text = cell.text
        whole = f"{texts[-1]}{glue}{text}" if texts and texts[-1].strip() else ""
        if whole and is_label(whole, text, labels):
            texts[-1] = whole
        else:
            texts.append(text)
    return texts


def is_label(whole: str, end: str, labels: Labels) -> bool:
    """Whether ``whole`` is a label and ``end`` no more than its last piece."""
    plain = "".join(end.split())
    if plain == "指标":
        is_level = labels.level1_of(whole) or labels.level2_of(whole)
        return bool(is_level or labels.heading(whole))
    if plain == "目标" or plain.startswith("及"):
        return labels.header_role(whole) is not None
    if _BRACKETED.fullmatch(plain):
        finders = (labels.header_role, labels.level1_of, labels.level2_of)
        return any(find(whole) is not None for find in finders)
    return False
