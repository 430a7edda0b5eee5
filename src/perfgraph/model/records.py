"""What a document says, as records: unit, projects and plans, funds, goals, indicators, targets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from perfgraph.model.codes import (
    Category,
    Dimension,
    DocumentRole,
    Evidence,
    Expenditure,
    GovernmentLevel,
    Grade,
    Period,
    Polarity,
    Scheme,
)
from perfgraph.model.findings import Finding
from perfgraph.model.making import quickly_made
from perfgraph.model.places import Cell, Place, Table
from perfgraph.model.values import Unit, Value
from perfgraph.text import Text


class FundingSource(StrEnum):
    """Which money an amount is (资金来源)."""

    TOTAL = "total"
    FISCAL = "fiscal"
    GENERAL_BUDGET = "general-budget"
    GOVERNMENT_FUND = "government-fund"
    STATE_CAPITAL = "state-capital"
    CENTRAL_SUBSIDY = "central-subsidy"
    LOCAL_FUNDS = "local-funds"
    SPECIAL_ACCOUNT = "special-account"
    OTHER = "other"
    UNIT_FUNDS = "unit-funds"
    UNIT_BUSINESS_INCOME = "unit-business-income"
    SUPERIOR_SUBSIDY = "superior-subsidy"


class Phase(StrEnum):
    """Budget phase of an amount (预算阶段)."""

    APPROVED = "approved"
    REVISED = "revised"
    EXECUTED = "executed"
    INTERIM = "interim"
    """What was spent when the form was filed, within the year."""
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True)
class Region:
    """Fiscal jurisdiction (财政区划), GB/T 2260; ``000000`` when it was not found."""

    code: str
    name: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class BudgetUnit:
    """Budget unit (预算单位); ``code`` is the key of its IRI, printed or minted from the name."""

    code: str
    name: str | None
    region: Region
    code_evidence: str
    is_printed_code: bool


@quickly_made
@dataclass(frozen=True, slots=True)
class Amount:
    """One amount of the fund block; ``yuan`` is exact, and ``None`` where no number was read.

    ``source`` is ``None`` where the label does not say where the money came from: money carried
    over, and the parts of a department's money by kind of expenditure.
    """

    source: FundingSource | None
    yuan: Decimal | None
    unit: Unit | None
    cell: Cell
    label: str
    phase: Phase = Phase.APPROVED
    note: Text | None = None
    """Why no number was read."""
    period: Period | None = None
    """``None`` is the fiscal year."""
    level: GovernmentLevel | None = None
    """The level of government that its label names."""
    carried_over: bool = False
    """Whether the label says 上年结转."""
    expenditure: Expenditure | None = None
    exhaustive: bool | None = None
    """Of a total: ``False`` where the parts that are printed need not add up to it."""
    execution_rate: Decimal | None = None
    execution_weight: Decimal | None = None
    execution_score: Decimal | None = None
    deviation_reason: str | None = None

    @property
    def is_annual(self) -> bool:
        """Whether the amount is for the fiscal year."""
        return self.period in (None, Period.ANNUAL)


@dataclass(frozen=True, slots=True)
class Goal:
    """One performance goal (绩效目标); ``text`` is without the list number, ``raw`` with it."""

    order: int
    text: str
    raw: str
    cell: Cell
    period: Period | None = None
    """``None`` where the form does not tell."""


@dataclass(frozen=True, slots=True)
class FurtherTarget:
    """The target values of an indicator for another period than the fiscal year, or for one place.

    ``period`` is ``None`` for the fiscal year, ``place`` where the values are for the whole.
    """

    values: tuple[Value, ...]
    cell: Cell
    period: Period | None = None
    place: Cell | None = None
    """The cell that names the place (region, town, village) of the values."""


class ValueRole(StrEnum):
    """What a value is that is neither the target set at first nor the result at the end."""

    REVISED = "revised"
    """The target after it was adjusted within the year (调整指标值)."""
    INTERIM = "interim"
    """What was reached when the form was filed, within the year (1-7月执行情况)."""
    FORECAST = "forecast"
    """What is expected to be reached in the whole year (全年预计完成情况)."""


@dataclass(frozen=True, slots=True)
class OtherValue:
    """The values of an indicator in one role; an interim one may name its first and last day."""

    role: ValueRole
    values: tuple[Value, ...]
    cell: Cell
    start: date | None = None
    end: date | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Indicator:
    """One level-3 indicator row (绩效指标) with its target values, and its results if printed.

    ``targets`` are those of the fiscal year and of all places, from ``value_cell``.
    """

    order: int
    name: str | None
    targets: tuple[Value, ...]
    name_cell: Cell
    value_cell: Cell | None
    level1_text: str | None = None
    level2_text: str | None = None
    level1: Category | None = None
    level2: Category | None = None
    dimension: Dimension | None = None
    level_evidence: Evidence = Evidence.PRINTED
    description: str | None = None
    further_targets: tuple[FurtherTarget, ...] = ()
    ladder_cells: tuple[Cell, ...] = ()
    """The cells of the steps of a grade ladder that has a column for each grade."""
    actuals: tuple[Value, ...] = ()
    actual_cell: Cell | None = None
    weight: Decimal | None = None
    level1_weight: Decimal | None = None
    level2_weight: Decimal | None = None
    score: Decimal | None = None
    deviation_reason: str | None = None
    nature: str | None = None
    """The column 指标性质 as printed, where it is no comparator."""
    polarity: Polarity | None = None
    standard: str | None = None
    remark: str | None = None
    other_values: tuple[OtherValue, ...] = ()
    score_coefficient: Decimal | None = None
    is_core: bool | None = None
    """``None`` where the form does not tell."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One self-evaluation (绩效自评) of a project: what it says beside funds and indicators."""

    total_score: Decimal | None = None
    total_score_cell: Cell | None = None
    grade: Grade | None = None
    achievement: str | None = None
    achievement_cell: Cell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What one form is about in one fiscal year: its money, its goals and its indicators."""

    order: int
    name: str | None
    unit: BudgetUnit
    table: Table
    further_tables: tuple[Table, ...] = ()
    """The tables that its form goes on in, where a page break cut it."""
    role: DocumentRole = DocumentRole.TARGET
    year: int | None
    year_evidence: str
    scheme: Scheme | None
    name_cell: Cell
    funds_use: str | None = None
    funds_use_cell: Cell | None = None
    money_unit: Unit | None = None
    amounts: tuple[Amount, ...] = ()
    goals: tuple[Goal, ...] = ()
    revised_goals: tuple[Goal, ...] = ()
    """The goals after they were adjusted within the year (全年调整绩效目标)."""
    indicators: tuple[Indicator, ...] = ()
    columns: tuple[tuple[int, str], ...] = ()
    """Column index and the ontology property (local name) that its cells feed."""
    department: BudgetUnit | None = None
    period_start: date | None = None
    period_end: date | None = None
    period_text: str | None = None
    """The term as printed: it need not hold dates."""
    period_cell: Cell | None = None
    evaluation: Evaluation | None = None

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that its form stands in."""
        return (self.table, *self.further_tables)

    def amount(self, source: FundingSource) -> Decimal | None:
        """Return the approved amount of ``source`` in yuan; ``None`` when it is not printed."""
        for amount in self.amounts:
            is_approved = amount.phase is Phase.APPROVED and amount.is_annual
            if amount.source is source and is_approved:
                return amount.yuan
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Subject):
    """One project in one fiscal year (项目): the subject of one target table."""

    code: str | None = None
    pinned_key: str | None = None
    """The key that a reviewed list gives its IRI, in place of code or name."""
    attribute: str | None = None
    programme: str | None = None
    """Name of the first-level project (一级项目) that it is part of."""


@dataclass(frozen=True, slots=True)
class Task:
    """One main task of a year (年度主要任务) that a department-overall table lists."""

    order: int
    name: Cell | None = None
    content: Cell | None = None
    duty: Cell | None = None
    """The duty of the department (部门职能) that the task serves."""
    amounts: tuple[Amount, ...] = ()

    @property
    def cell(self) -> Cell:
        """The cell that stands for the task: that of its name, else of its content or duty."""
        cell = self.name or self.content or self.duty
        assert cell is not None  # a row without a text is no task
        return cell


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentPlan(Subject):
    """The targets of a department for all it spends in a year (部门整体支出绩效目标).

    Its money contains that of the projects, so it is no project. It has a name only where the
    form prints one beside the name of the department.
    """

    code: str | None = None
    duty: str | None = None
    """What the department is for (部门职能职责概述)."""
    duty_cell: Cell | None = None
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class Authority:
    """A department that a regional table names (中央主管部门, 省级财政部门 …)."""

    role: str
    """Which one it is: government level and office, such as ``county-finance``."""
    level: GovernmentLevel | None
    label: str
    name: str
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionalPlan(Subject):
    """The targets of a region for a transfer payment (区域绩效目标); it is no project either."""

    authorities: tuple[Authority, ...] = ()


Plan = DepartmentPlan | RegionalPlan
"""What is about no single project: its money must not be added to that of projects."""


@dataclass(frozen=True, slots=True)
class Document:
    """One source document, read: who filed what for which year, and how well it was read."""

    file: str
    sha256: str
    unit: BudgetUnit
    year: int | None
    projects: tuple[Project, ...]
    tables: tuple[Table, ...]
    role: DocumentRole = DocumentRole.TARGET
    plans: tuple[Plan, ...] = ()
    layout: str = ""
    unused: tuple[Cell, ...] = ()
    findings: tuple[Finding, ...] = field(default=())

    @property
    def place(self) -> Place:
        """The document as a place."""
        return Place(self.file)

    @property
    def subjects(self) -> tuple[Project | Plan, ...]:
        """What the document describes: its projects, then its plans."""
        return (*self.projects, *self.plans)

    def indicators(self) -> Iterator[Indicator]:
        """Yield every indicator: those of the projects, then those of the plans."""
        for subject in self.subjects:
            yield from subject.indicators
