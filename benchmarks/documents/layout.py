"""Projects of one document → the text that is extracted from such a Word file.

One TAB before each cell, a blank line between rows, empty or repeated cells where the table has
merged ones, and sometimes a heading that got lost together with the blank line before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from benchmarks.documents.drafts import Draft, Row


class MoneyUnit(Enum):
    """The money unit of the header; the value is its factor to yuan."""

    YUAN = Decimal(1)
    TEN_THOUSAND = Decimal(10000)

    @property
    def label(self) -> str:
        """The unit as printed."""
        return "元" if self is MoneyUnit.YUAN else "万元"


@dataclass(frozen=True, slots=True)
class Style:
    """How one document is printed."""

    money_unit: MoneyUnit
    repeats_level1: bool
    """Whether a merged first level is repeated in each row of its group, or left empty."""
    merges_level2: bool
    """Whether the second level is left empty below its first row, too."""
    copies_descriptions: bool


def text(drafts: Sequence[Draft], unit_text: str, style: Style) -> str:
    """Return the text of the document with the tables of ``drafts``."""
    printed: list[str] = []
    for number, draft in enumerate(drafts, 1):
        if draft.lost_heading and printed:
            printed.append(" ")  # all that is left of the heading
        else:
            lead = " " if number == 1 else "\n\n\n\n"
            bookmark = f"[bookmark: _Toc_4_4_{number:010}]"
            printed.append(f"{lead}{bookmark}{number}.{draft.name}绩效目标表\n")
        printed.append(_table(draft, draft.unit_text or unit_text, style))
    return "".join(printed) + "\n\n\n"


def _table(draft: Draft, unit_text: str, style: Style) -> str:
    goals = "\n".join(
        goal if goal == "XXXX" else f"{n}.{goal}" for n, goal in enumerate(draft.goals, 1)
    )
    blocks = [
        (unit_text, f"单位：{style.money_unit.label}"),
        ("项目名称", draft.name),
        (
            "预算规模及资金用途",
            "预算数",
            _money(draft.budget, style),
            "其中：财政    资金",
            _money(draft.fiscal, style),
            "其他资金",
            _money(draft.other, style),
        ),
        ("", draft.use),
        ("绩效目标", goals),
    ]
    header = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值")
    above = "\n".join(map(_block, blocks))
    rows = "\n".join(map(_block, [header, *_cells(draft.rows, style)]))
    return f"{above}\n\n\n{rows}"


def _block(cells: Sequence[str]) -> str:
    return "".join(f"\t{cell}\n" for cell in cells)


def _cells(rows: Sequence[Row], style: Style) -> list[tuple[str, ...]]:
    printed: list[tuple[str, ...]] = []
    above: Row | None = None
    for row in rows:
        same1 = above is not None and row.level1 == above.level1
        same2 = same1 and above is not None and row.level2 == above.level2
        level1 = "" if same1 and not style.repeats_level1 else row.level1
        level2 = "" if same2 and style.merges_level2 and not level1 else row.level2
        description = row.name if style.copies_descriptions else row.description
        printed.append((level1, level2, row.name, description, row.value))
        above = row
    return printed


def _money(yuan: Decimal | None, style: Style) -> str:
    return "" if yuan is None else f"{yuan / style.money_unit.value:.2f}"
