"""What was read → findings of reading: cells that were not used, a region that is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perfgraph.model import BudgetUnit, Cell, Finding, Place, Severity, Table
from perfgraph.records.cells import CellSet
from perfgraph.text import Text

_CHECK = Text(
    zh="请核对该单元格；如果是表头或标签的另一种写法，请用 --labels 指定标签文件",
    en="Check the cell; if it is another spelling of a label, name it in a label file",
)
_CHECK_TABLE = Text(
    zh="如果它应当被读入，请核对表头，或用 --labels 指定标签文件",
    en="If it should have been read, check its labels, or name them in a label file",
)
NO_TARGET_TABLE = Text(zh="不是绩效目标表", en="it is no target table")
OTHER_ROLE = Text(
    zh="同一文件中既有绩效目标表又有自评表，此表与第一张表的性质不同",
    en="the document holds targets and self-evaluations; this table differs from the first",
)


def cells(printed: Iterable[Cell], used: CellSet) -> list[Cell]:
    """Return the printed cells that are not among ``used``."""
    return used.missing(printed)


def cell_finding(cell: Cell) -> Finding:
    """Return the finding of one cell that was not used."""
    return Finding(
        rule="R01",
        severity=Severity.WARNING,
        message=Text(
            zh=f"单元格“{cell.text}”没有被使用", en=f"the cell '{cell.text}' was not used"
        ),
        fix=_CHECK,
        place=cell.place,
        place_text=cell.text,
        found=cell.text,
    )


def table_cells(table: Table) -> list[Cell]:
    """Return the printed cells of a table that was left unread."""
    return [cell for row in table.rows for cell in row if not cell.is_blank]


def table_finding(table: Table, reason: Text, left: Sequence[Cell]) -> Finding:
    """Return the one finding of a table, or form, that was left unread."""
    count = len(left)
    return Finding(
        rule="R02",
        severity=Severity.WARNING,
        message=Text(
            zh=f"第 {table.index} 张表没有读入：{reason.zh}（{count} 个单元格）",
            en=f"table {table.index} was not read: {reason.en} ({count} cells)",
        ),
        fix=_CHECK_TABLE,
        place=left[0].place if left else table.place,
        place_text=table.heading,
    )


def unknown_region(unit: BudgetUnit, place: Place) -> Finding:
    """Return the finding of a unit whose region was neither given nor found."""
    name = unit.name or unit.code
    return Finding(
        rule="R04",
        severity=Severity.WARNING,
        message=Text(
            zh=f"没有找到“{name}”所属的行政区划，记为 000000",
            en=f"the region of '{name}' was not found; it is written as 000000",
        ),
        fix=Text(
            zh="请用 --region 指定行政区划代码（GB/T 2260）",
            en="Give its GB/T 2260 code with --region",
        ),
        place=place,
        found=name,
    )


def unknown_level(cell: Cell) -> Finding:
    """Return the finding of a first-level label that no category scheme has."""
    label = cell.text.strip()
    return Finding(
        rule="R05",
        severity=Severity.WARNING,
        message=Text(
            zh=f"不认识一级指标“{label}”，没有写入其类别；若各级标签都不认识，只按通用规则校验",
            en=f"the first-level label '{label}' is not known, so its category is not written; "
            "where no label is known, only the core rules judge the table",
        ),
        fix=Text(
            zh="请核对该标签；如果是另一种写法，请在标签文件的 [[level1]] 中列出，用 --labels 指定",
            en="Check the label; if it is another spelling, list it under [[level1]] "
            "in a file for --labels",
        ),
        place=cell.place,
        place_text=cell.text,
        found=label,
    )
