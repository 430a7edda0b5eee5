"""A project or plan → how sure its reading is: a number from 0 to 1, and why it is not 1.

Six factors, each a share from 0 to 1 with a fixed weight; the confidence is the sum of weight ×
share, rounded down to hundredths. It weighs evidence; it is no probability. ``docs/reading.md``
explains the factors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from perfgraph.inspection import understanding
from perfgraph.inspection.cell_roles import Understanding
from perfgraph.inspection.parts import Parts
from perfgraph.model import (
    DepartmentPlan,
    Document,
    Evidence,
    FundingSource,
    Indicator,
    Scheme,
    Subject,
    Value,
)
from perfgraph.text import Text


class Factor(StrEnum):
    """What the confidence is made of."""

    CELLS = "cells"
    HEADER = "header"
    VALUES = "values"
    LEVELS = "levels"
    YEAR = "year"
    REGION = "region"


WEIGHTS: Mapping[Factor, Fraction] = {
    Factor.CELLS: Fraction(30, 100),
    Factor.HEADER: Fraction(20, 100),
    Factor.VALUES: Fraction(20, 100),
    Factor.LEVELS: Fraction(15, 100),
    Factor.YEAR: Fraction(10, 100),
    Factor.REGION: Fraction(5, 100),
}
_UNDERSTOOD = {
    Understanding.UNDERSTOOD: Fraction(1),
    Understanding.REPAIRED: Fraction(1, 2),
    Understanding.UNCLEAR: Fraction(0),
}
_YEAR = {
    "option": Fraction(1),
    "title": Fraction(1),
    "file name": Fraction(3, 4),
    "values": Fraction(1, 2),
}
_REGION = {
    "option": Fraction(1),
    "unit name": Fraction(1),
    "department name": Fraction(1),
    "document name": Fraction(1, 2),
}

_CELLS = Text(
    zh="{total} 个印有文字的单元格中有 {left} 个没有使用",
    en="{left} of {total} printed cells were not used",
)
_MISSING = Text(zh="没有读出：{names}", en="not read: {names}")
_NEEDED = {
    "name": Text(zh="名称", en="the name"),
    "unit": Text(zh="印出的预算单位编码", en="a printed code of the budget unit"),
    "budget": Text(zh="预算金额", en="the budget"),
}
_VALUES = Text(
    zh="{total} 个值中修复 {repaired} 个，没有读懂 {unclear} 个",
    en="of {total} values {repaired} were repaired and {unclear} not understood",
)
_NO_INDICATORS = Text(zh="没有读出指标", en="no indicators were read")
_LEVELS = Text(
    zh="{total} 个指标中一级指标推断 {derived} 个，不在指标体系内 {unknown} 个",
    en="of {total} indicators {derived} have a first level that was inferred, "
    "{unknown} one that is of no scheme",
)
_YEAR_FROM = {
    "file name": Text(zh="年度取自文件名", en="the year is from the file name"),
    "values": Text(
        zh="年度没有印出，由指标值中的日期推断",
        en="the year is not printed; it was inferred from dates in the values",
    ),
}
_NO_YEAR = Text(zh="没有找到年度", en="no year was found")
_REGION_FROM = {
    "document name": Text(
        zh="行政区划取自文件名或标题", en="the region is from the title or the file name"
    )
}
_NO_REGION = Text(zh="没有找到行政区划", en="no region was found")


@dataclass(frozen=True, slots=True)
class Part:
    """One factor of a confidence; ``reason`` says why its share is below 1."""

    factor: Factor
    share: Fraction
    reason: Text | None = None

    @property
    def weight(self) -> Fraction:
        """The part of the whole that the factor has."""
        return WEIGHTS[self.factor]

    @property
    def lost(self) -> Fraction:
        """What the factor takes from 1."""
        return self.weight * (1 - self.share)


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure the reading of one project is."""

    parts: tuple[Part, ...]

    @property
    def value(self) -> Decimal:
        """The sum of weight × share, rounded down to hundredths: only a full one is 1."""
        total = sum((part.weight * part.share for part in self.parts), Fraction(0))
        return Decimal(int(total * 100)).scaleb(-2)

    @property
    def reasons(self) -> tuple[Part, ...]:
        """The factors that take something away, the heaviest first."""
        return tuple(sorted((p for p in self.parts if p.lost), key=lambda part: -part.lost))


def of(document: Document) -> tuple[Confidence, ...]:
    """Return the confidence of the reading of each subject of ``document``."""
    return tuple(
        Confidence((cells, _header(one), _values(one), _levels(one), _year(one), _region(one)))
        for one, cells in zip(document.subjects, _cells(document), strict=True)
    )


def _cells(document: Document) -> list[Part]:
    """Return for each subject the share of the printed cells in its rows that were used."""
    parts = Parts(document)
    printed, left = Counter[int](), Counter[int]()
    tables = {table.index: table for one in document.subjects for table in one.tables}
    for table in tables.values():
        for row in table.rows:
            number = parts.owner(table.index, row.index)
            printed[number] += sum(not cell.is_blank for cell in row)
    for cell in document.unused:
        if cell.place.table is not None and cell.place.row is not None:
            left[parts.owner(cell.place.table, cell.place.row)] += 1
    return [
        _cells_part(printed[number], left[number])
        for number in range(1, len(document.subjects) + 1)
    ]


def _cells_part(printed: int, left: int) -> Part:
    share = 1 - Fraction(left, printed) if printed else Fraction(0)
    reason = _CELLS.format(total=printed, left=left) if left else None
    return Part(Factor.CELLS, share, reason)


def _header(subject: Subject) -> Part:
    """The share of name, unit code and budget that the form prints."""
    is_department = isinstance(subject, DepartmentPlan)  # it is named after its department
    found = {
        "name": (subject.unit.name if is_department else subject.name) is not None,
        "unit": subject.unit.is_printed_code,
        "budget": any(
            amount.source in (FundingSource.TOTAL, FundingSource.FISCAL) and amount.yuan is not None
            for amount in subject.amounts
        ),
    }
    missing = [name for name, is_found in found.items() if not is_found]
    share = 1 - Fraction(len(missing), len(found))
    return Part(Factor.HEADER, share, _listed(missing) if missing else None)


def _listed(missing: Sequence[str]) -> Text:
    names = [_NEEDED[name] for name in missing]
    return Text(
        zh=_MISSING.zh.format(names="、".join(name.zh for name in names)),
        en=_MISSING.en.format(names=", ".join(name.en for name in names)),
    )


def _values(subject: Subject) -> Part:
    """The share of the values that were understood; a repaired one counts half."""
    found = [understanding.of_values(values)[0] for values in _cells_of(subject.indicators)]
    if not found:
        return Part(Factor.VALUES, Fraction(0), _NO_INDICATORS)
    reason = None
    if any(one is not Understanding.UNDERSTOOD for one in found):
        reason = _VALUES.format(
            total=len(found),
            repaired=found.count(Understanding.REPAIRED),
            unclear=found.count(Understanding.UNCLEAR),
        )
    return Part(Factor.VALUES, _mean(_UNDERSTOOD[one] for one in found), reason)


def _cells_of(indicators: Iterable[Indicator]) -> Iterator[tuple[Value, ...]]:
    for indicator in indicators:
        found = (indicator.targets, indicator.actuals)
        further = [target.values for target in indicator.further_targets]
        further += [other.values for other in indicator.other_values]
        yield from (values for values in (*found, *further) if values)


def _levels(subject: Subject) -> Part:
    """The share of the indicators whose first level is known; an inferred one counts half."""
    indicators = subject.indicators
    if not indicators:
        return Part(Factor.LEVELS, Fraction(0), _NO_INDICATORS)
    if subject.scheme is Scheme.FLAT:
        return Part(Factor.LEVELS, Fraction(1))  # the form has no levels that could be misread
    unknown = sum(one.level1 is None and one.level2 is None for one in indicators)
    derived = sum(
        one.level_evidence is Evidence.DERIVED
        for one in indicators
        if one.level1 is not None or one.level2 is not None
    )
    share = 1 - (unknown + Fraction(derived, 2)) / len(indicators)
    reason = _LEVELS.format(total=len(indicators), derived=derived, unknown=unknown)
    return Part(Factor.LEVELS, share, reason if share < 1 else None)


def _year(subject: Subject) -> Part:
    share = _YEAR.get(subject.year_evidence, Fraction(0))
    reason = _YEAR_FROM.get(subject.year_evidence, _NO_YEAR)
    return Part(Factor.YEAR, share, reason if share < 1 else None)


def _region(subject: Subject) -> Part:
    evidence = subject.unit.region.evidence
    share = _REGION.get(evidence, Fraction(0))
    reason = _REGION_FROM.get(evidence, _NO_REGION)
    return Part(Factor.REGION, share, reason if share < 1 else None)


def _mean(shares: Iterable[Fraction]) -> Fraction:
    found = list(shares)
    return sum(found, Fraction(0)) / len(found)
