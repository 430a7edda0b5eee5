"""What a self-evaluation says beside funds and indicators: goal achievement and total score."""

from __future__ import annotations

from collections.abc import Iterable

from perfgraph.model import Cell, Evaluation, Grade, Row
from perfgraph.records.cells import CellSet
from perfgraph.records.columns import Columns
from perfgraph.records.funds import number
from perfgraph.records.grid import Grid
from perfgraph.records.header import Header
from perfgraph.records.labels import Labels

_GRADES = {"优": Grade.EXCELLENT, "良": Grade.GOOD, "中": Grade.FAIR, "差": Grade.POOR}


def read(
    header: Header, trailers: Iterable[Row], columns: Columns, grid: Grid, labels: Labels
) -> tuple[Evaluation, CellSet]:
    """Return the evaluation of a form, and the cells below the indicators that it used."""
    trailers = tuple(trailers)
    score, used = _total(trailers, columns, grid, labels)
    score = score or header.texts.get("total_score")
    graded = _grade(trailers, labels)
    if graded is not None:
        used.add(graded)
    total = number(score.text) if score is not None else None
    if total is None and (printed := header.title.pairs.get("total_score")):
        total = number(printed)
    achievement = header.texts.get("achievement")
    return (
        Evaluation(
            total_score=total,
            grade=_GRADES[graded.text.strip()] if graded is not None else None,
            total_score_cell=score,
            achievement=header.text("achievement"),
            achievement_cell=achievement,
        ),
        used,
    )


def _grade(trailers: Iterable[Row], labels: Labels) -> Cell | None:
    """Return the cell of the grade that stands beside the total score."""
    for row in trailers:
        if any(labels.header_role(cell.text) == "total_score" for cell in row):
            return next((cell for cell in row if cell.text.strip() in _GRADES), None)
    return None


def _total(
    trailers: Iterable[Row], columns: Columns, grid: Grid, labels: Labels
) -> tuple[Cell | None, CellSet]:
    """Return the cell of the total score: under 得分, else right of its label."""
    for row in trailers:
        for label in row:
            if labels.header_role(label.text) != "total_score":
                continue
            column = columns.index.get("score")
            lost = max(0, columns.extent - grid.extent(row.index))
            below = grid.at(row.index, column - lost) if column else None
            for cell in (below, grid.right_of(label)):
                if cell is not None and number(cell.text) is not None:
                    return cell, CellSet((label, cell))
    return None, CellSet()
