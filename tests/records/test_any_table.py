"""Whatever a table looks like, reading it ends in a record or in an error for people."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from perfgraph.errors import RecordError
from perfgraph.model import Cell, Place, Project
from perfgraph.records import Given, document, load
from perfgraph.records.identity import name_key
from tests.records.tables import tables

TEXTS = st.sampled_from(
    """
    项目名称 甲项目 主管部门 [042]某局 实施单位 预算数 年度资金总额: 其中:财政拨款 其他资金 10
    10万元 年初预算数 全年执行数(B) 执行率 分值 得分 绩效目标 年度目标 中期目标 目标一。
    一级指标 二级指标 三级指标 指标值 年度指标值 实际完成值 指标性质 计量单位 产出指标(50分)
    数量指标 效益指标 满意度指标 ≥90% 1个 — 总分 100 合计 绩效指标 单位:万元 (2023年度) 自评表
    备注 项目属性 项目期 1年 2023年1月-2024年2月 上年结转 优 质量指标
    """.split()  # noqa: SIM905 # a list of so many words is no better
) | st.just("")
CELLS = st.tuples(TEXTS, st.integers(1, 3), st.sampled_from([1, 1, 1, 2]))
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=8), min_size=1, max_size=12)
FORM = [
    [("项目名称", 1, 1), ("甲项目", 3, 1)],
    [("实施单位", 1, 1), ("[042]某局", 3, 1)],
    [("一级指标", 1, 1), ("二级指标", 1, 1), ("三级指标", 1, 1), ("指标值", 1, 1)],
]


def drawn(rows: list[list[tuple[str, int, int]]]) -> str:
    return "\n".join(
        " | ".join(f"{text} >{across} ^{down}" for text, across, down in row) for row in rows
    )


@settings(deadline=None, max_examples=200)
@given(ROWS, ROWS, st.booleans())
def test_any_table_is_read_or_refused_and_no_cell_is_listed_twice(
    above: list[list[tuple[str, int, int]]],
    below: list[list[tuple[str, int, int]]],
    has_form: bool,
) -> None:
    rows = [*above, *(FORM if has_form else []), *below]
    read_tables = tables(drawn(rows))
    try:
        found = document.read(Place("a.docx"), "0" * 64, read_tables, Given(), load())
    except RecordError:
        return
    cells = {cell.place: cell for row in read_tables[0].rows for cell in row}
    printed = {place for place, cell in cells.items() if not cell.is_blank}
    listed = [cell.place for cell in found.unused]
    assert len(listed) == len(set(listed))
    assert set(listed) <= printed
    for value_cell in _value_cells(found.projects):
        assert cells[value_cell.place] is value_cell


def _value_cells(projects: tuple[Project, ...]) -> list[Cell]:
    cells: list[Cell] = []
    for project in projects:
        assert project.name is None or len(name_key(project.name, 10)) == 10
        cells += [amount.cell for amount in project.amounts]
        cells += [goal.cell for goal in project.goals]
        cells += [one.value_cell for one in project.indicators if one.value_cell is not None]
        cells += [one.actual_cell for one in project.indicators if one.actual_cell is not None]
    return cells
