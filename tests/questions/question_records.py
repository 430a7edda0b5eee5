"""Projects as plain records, for tests: what a document says, without text to parse.

The records know nothing of RDF (see ``question_graphs``) and of the queries (see
``question_answers``), so that answers computed from them are independent of both.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

Phase = Literal["approved", "executed"]
Source = Literal["total", "fiscal", "other", "general-budget"]

# token: symbol, base unit, factor to it, factor of its money part
MEASURES: dict[str, tuple[str, str, Decimal, Decimal | None]] = {
    "PERSON": ("人", "PERSON", Decimal(1), None),
    "PERSON-TIME": ("人次", "PERSON-TIME", Decimal(1), None),
    "ITEM": ("个", "ITEM", Decimal(1), None),
    "COPY": ("份", "COPY", Decimal(1), None),
    "TIMES": ("次", "TIMES", Decimal(1), None),
    "TIMES10K": ("万次", "TIMES", Decimal(10_000), None),
    "TIMES-PER-MO": ("次/月", "TIMES-PER-YR", Decimal(12), None),
    "TIMES-PER-YR": ("次/年", "TIMES-PER-YR", Decimal(1), None),
    "PERCENT": ("%", "PERCENT", Decimal(1), None),
    "CNY": ("元", "CNY", Decimal(1), None),
    "CNY10K": ("万元", "CNY", Decimal(10_000), None),
    "CNY10K-PER-MO": ("万元/月", "CNY-PER-YR", Decimal(120_000), Decimal(10_000)),
    "CNY-PER-PERSON": ("元/人", "CNY-PER-PERSON", Decimal(1), Decimal(1)),
    "CNY-PER-PERSON-MO": ("元/人/月", "CNY-PER-PERSON-YR", Decimal(12), Decimal(1)),
    "CNY10K-PER-PERSON-YR": ("万元/人/年", "CNY-PER-PERSON-YR", Decimal(10_000), Decimal(10_000)),
    "盏": ("盏", "盏", Decimal(1), None),
}

# short name of a level-2 category: level-1 and level-2 code and text, dimension
Category = tuple[str, str, str, str, str]
CATEGORIES: dict[str, dict[str, Category]] = {
    "2015": {
        "数量": ("output", "产出指标", "output-quantity", "数量指标", "quantity"),
        "质量": ("output", "产出指标", "output-quality", "质量指标", "quality"),
        "时效": ("output", "产出指标", "output-timeliness", "时效指标", "timeliness"),
        "成本": ("output", "产出指标", "output-cost", "成本指标", "cost"),
        "社会": ("benefit", "效益指标", "benefit-social", "社会效益指标", "benefit-social"),
        "满意": (
            "satisfaction",
            "满意度指标",
            "satisfaction-beneficiary",
            "服务对象满意度指标",
            "satisfaction",
        ),
    },
    "2021": {
        "数量": ("output", "产出指标", "output-quantity", "数量指标", "quantity"),
        "质量": ("output", "产出指标", "output-quality", "质量指标", "quality"),
        "时效": ("output", "产出指标", "output-timeliness", "时效指标", "timeliness"),
        "成本": ("cost", "成本指标", "cost-economic", "经济成本指标", "cost-economic"),
        "社会": ("benefit", "效益指标", "benefit-social", "社会效益指标", "benefit-social"),
        "满意": (
            "satisfaction",
            "满意度指标",
            "satisfaction-beneficiary",
            "服务对象满意度指标",
            "satisfaction",
        ),
    },
}


@dataclass(frozen=True)
class Value:
    """One target or actual value; ``number``, ``low`` and ``high`` are in ``measure``."""

    text: str
    kind: str = "number"
    comparator: str | None = None
    explicit: bool = False
    number: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    measure: str | None = None
    start: str | None = None
    end: str | None = None
    grade: str | None = None
    notes: tuple[str, ...] = ()
    period: str | None = None

    @property
    def base(self) -> str | None:
        return None if self.measure is None else MEASURES[self.measure][1]

    @property
    def factor(self) -> Decimal:
        assert self.measure is not None
        return MEASURES[self.measure][2]

    @property
    def lower(self) -> Decimal | None:
        if self.measure is None or self.kind == "relative":
            return None
        if self.low is not None:
            return self.low * self.factor
        if self.number is None or self.comparator not in {"ge", "gt", "eq"}:
            return None
        return self.number * self.factor

    @property
    def upper(self) -> Decimal | None:
        if self.measure is None or self.kind == "relative":
            return None
        if self.high is not None:
            return self.high * self.factor
        if self.number is None or self.comparator not in {"le", "lt", "eq"}:
            return None
        return self.number * self.factor

    @property
    def least(self) -> Decimal | None:
        return self.upper if self.lower is None else self.lower

    @property
    def most(self) -> Decimal | None:
        return self.lower if self.upper is None else self.upper


@dataclass(frozen=True)
class Indicator:
    """One indicator row; ``category`` is a short name of ``CATEGORIES``."""

    name: str | None
    category: str
    targets: tuple[Value, ...]
    actuals: tuple[Value, ...] = ()
    description: str | None = None
    has_levels: bool = True


@dataclass(frozen=True)
class Amount:
    """One amount of the fund block, in yuan; ``None`` where no number could be read."""

    source: Source
    yuan: Decimal | None
    text: str
    phase: Phase = "approved"


@dataclass(frozen=True)
class Unit:
    """A budget unit; a unit that was renamed has several names."""

    key: str
    code: str | None
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        """What queries show: the first name in code point order, or else the IRI."""
        return min(self.names, default=f"https://w3id.org/perfgraph/id/unit/{self.key}")


@dataclass(frozen=True)
class Project:
    """One project in one year."""

    key: str
    name: str | None
    order: int
    scheme: str | None
    indicators: tuple[Indicator, ...]
    amounts: tuple[Amount, ...] = ()
    use: str | None = None
    goals: tuple[str, ...] = ()
    series: str | None = None

    def amount(self, source: Source) -> Decimal | None:
        for amount in self.amounts:
            if amount.source == source and amount.phase == "approved":
                return amount.yuan
        return None

    def category(self, indicator: Indicator) -> Category:
        return CATEGORIES[self.scheme or "2015"][indicator.category]


@dataclass(frozen=True)
class Document:
    """One file of one unit and year; ``supersedes`` names the file that it corrects."""

    file: str
    unit: Unit
    year: int | None
    projects: tuple[Project, ...]
    supersedes: str | None = None
    plans: tuple[Project, ...] = ()
    """Department-overall plans in the same file: like projects in all but type, never counted."""


@dataclass(frozen=True)
class Dataset:
    """Documents, current and superseded, and the labels of project series."""

    documents: tuple[Document, ...]
    series: dict[str, str] = field(default_factory=dict)

    @property
    def current(self) -> tuple[Document, ...]:
        old = {document.supersedes for document in self.documents}
        return tuple(document for document in self.documents if document.file not in old)


def wan(source: Source, text: str, phase: Phase = "approved") -> Amount:
    """An amount printed in 万元."""
    return Amount(source, Decimal(text) * 10_000, text, phase)


SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": ""}


def number(comparator: str, digits: str, measure: str, *, text: str | None = None) -> Value:
    """A value such as ≥37人; without a sign it is an assumed "="."""
    printed = text or f"{SIGNS[comparator]}{digits}{MEASURES[measure][0]}"
    return Value(
        printed,
        comparator=comparator,
        explicit=comparator != "eq",
        number=Decimal(digits),
        measure=measure,
    )


def percent(comparator: str, digits: str) -> Value:
    return number(comparator, digits, "PERCENT")


def span(low: str, high: str, measure: str) -> Value:
    return Value(
        f"{low}-{high}{MEASURES[measure][0]}",
        kind="range",
        comparator="between",
        explicit=True,
        low=Decimal(low),
        high=Decimal(high),
        measure=measure,
    )


def deadline(text: str, end: str) -> Value:
    return Value(text, kind="deadline", comparator="by", end=end)


def period(text: str, start: str, end: str) -> Value:
    return Value(text, kind="period", comparator="during", start=start, end=end)


def graded(text: str, grade: str) -> Value:
    return Value(text, kind="grade", comparator="eq", grade=grade)


def words(text: str, kind: str = "text") -> Value:
    return Value(text, kind=kind)


def for_period(value: Value, token: str) -> Value:
    return replace(value, period=token)


def row(
    category: str, name: str | None, *targets: Value, description: str | None = None
) -> Indicator:
    """An indicator whose description is its name, as in the real document, unless one is given."""
    return Indicator(name, category, targets, description=description or name)
