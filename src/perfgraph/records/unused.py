"""What was read → findings of reading: cells that were not used, a region that is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perfgraph.model import Amount, BudgetUnit, Cell, Finding, Place, Severity, Table
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


def other_period(amount: Amount) -> Finding:
    """Return the finding of an amount for another period than the year.

    It is in the record; the graph has no term for its period and leaves it out.
    """
    return Finding(
        rule="R03",
        severity=Severity.INFO,
        message=Text(
            zh=f"“{amount.label}”不是本年度的金额，未写入图谱",
            en=f"'{amount.label}' is no amount of this year; the graph does not have it",
        ),
        fix=Text(zh="无须处理", en="Nothing needs to be done"),
        place=amount.cell.place,
        place_text=amount.cell.text,
        found=amount.cell.text,
    )
