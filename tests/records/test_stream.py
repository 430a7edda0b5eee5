"""Text that has lost its rows: what is certain is read, the rest is told."""

from __future__ import annotations

from perfgraph.model import Cell, Document, FundingSource, Place, Row, Table
from perfgraph.records import Given, load, read
from perfgraph.records.stream import with_rows

HEAD = [
    "项目名称",
    "甲项目",
    "实施单位",
    "[042001]某局",
    "年度资金总额:",
    "10万元",
    "年度目标",
    "目标一",
]
LABELS = ["一级指标", "二级指标", "三级指标", "指标值"]
MORE = ["产出指标", "时效指标", "完成时间", "2025年年底前", "成本指标", "项目总成本", "≤10万元"]
MORE += ["满意度指标", "满意度指标", "群众满意度", "≥90%"]


def column(*texts: str) -> Table:
    """A table with one cell in each row."""
    place = Place("a.txt", 1)
    return Table(
        place, tuple(Row((Cell(t, Place("a.txt", 1, n, 1)),)) for n, t in enumerate(texts, 1))
    )


def line(*texts: str) -> Table:
    """A table with all cells in one row."""
    cells = (Cell(text, Place("a.txt", 1, 1, number)) for number, text in enumerate(texts, 1))
    return Table(Place("a.txt", 1), (Row(tuple(cells)),))


def document(table: Table) -> Document:
    return read(Place("a.txt"), "0" * 64, [table], Given(), load())


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in with_rows(table, load()).rows]


def told(found: Document) -> list[tuple[str | None, list[str]]]:
    (project,) = found.projects
    return [(one.name, [value.text for value in one.targets]) for one in project.indicators]


def test_cells_in_lines_become_rows_by_their_labels() -> None:
    found = document(column(*HEAD, *LABELS, *MORE))
    (project,) = found.projects
    assert (project.name, project.unit.code) == ("甲项目", "042001")
    assert project.amount(FundingSource.TOTAL) == 100_000
    assert [goal.text for goal in project.goals] == ["目标一"]
    assert told(found) == [
        ("完成时间", ["2025年年底前"]),
        ("项目总成本", ["≤10万元"]),
        ("群众满意度", ["≥90%"]),
    ]
    assert found.unused == ()


def test_places_are_those_of_the_table_that_was_made() -> None:
    found = document(line(*HEAD, *LABELS, *MORE))
    cells = {cell.place: cell for row in found.tables[0].rows for cell in row}
    for one in found.indicators():
        assert one.value_cell is not None
        assert cells[one.value_cell.place] is one.value_cell


def test_a_table_with_rows_is_not_touched() -> None:
    table = Table(Place("a.txt", 1), (*line(*HEAD).rows, *line(*LABELS).rows))
    assert with_rows(table, load()) is table


def test_a_name_without_a_value_leaves_its_neighbours_unread() -> None:
    body = ["产出指标", "数量指标", "甲", "1个", "乙", "丙", "3个", "质量指标", "丁", "100%"]
    found = document(column(*HEAD, *LABELS, *body))
    assert told(found) == [("丁", ["100%"])]
    assert [cell.text for cell in found.unused] == ["甲", "1个", "乙", "丙", "3个"]


def test_the_half_of_a_twin_form_is_told_by_its_level_or_not_at_all() -> None:
    labels = ["一级指标", *["二级指标", "三级指标", "指标值"] * 2]
    body = ["产出指标", "数量指标", "数量指标", "甲", "1个", "乙", "2个", "质量指标", "丙", "3个"]
    found = document(column(*HEAD, *labels, *body))
    (project,) = found.projects
    assert told(found)[0] == ("甲", ["1个"])  # the first of two levels stands for an empty half
    assert [one.name for one in project.indicators] == ["甲", "丙"]
    assert [cell.text for cell in found.unused] == ["乙", "2个"]


def test_amounts_are_put_under_columns_only_where_their_number_fits() -> None:
    funds = ["项目资金(万元)", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]
    amounts = ["年度资金总额:", "1", "2", "3", "10", "90%", "9", "其他资金", "4", "5"]
    labels = [*LABELS, "实际完成值", "分值", "得分"]
    body = ["产出指标", "数量指标", "甲", "1个", "1个", "5", "5"]
    found = rows(line("项目名称", "甲项目", "实施单位", "某局", *funds, *amounts, *labels, *body))
    assert ["", "年度资金总额:", "1", "2", "3", "10", "90%", "9"] in found
    assert ["", "其他资金"] in found
    assert found[found.index(["", "其他资金"]) + 1 :][:2] == [["4"], ["5"]]


def test_rows_torn_by_line_breaks_in_labels_are_put_together() -> None:
    texts = [["项目名称", "甲"], ["实施单位", "某局"], ["绩效指标", *LABELS]]
    texts += [
        ["项目效益"],
        ["指标"],
        ["社会效益"],
        ["指标"],
        ["知晓率", "100%"],
        ["满意率", "≥90%"],
    ]
    table = Table(
        Place("a.txt", 1),
        tuple(
            Row(tuple(Cell(t, Place("a.txt", 1, row, at)) for at, t in enumerate(cells, 1)))
            for row, cells in enumerate(texts, 1)
        ),
    )
    assert rows(table)[3:] == [
        ["项目效益\n指标", "社会效益\n指标", "知晓率", "100%"],
        ["满意率", "≥90%"],
    ]
    (first, second) = document(table).projects[0].indicators
    assert first.level2_text == second.level2_text == "社会效益\n指标"
