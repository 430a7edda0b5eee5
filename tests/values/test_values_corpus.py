"""The score of the grammar on the corpus of real values, by class.

``corpus.tsv`` holds real and constructed values with a reading made by hand. A row is right when
comparator, number and unit are those of the row, and the normal form is the row's normal form
converted to the base unit. ``known_wrong.tsv`` lists each wrong row with its reason.
"""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from perfgraph.model import Base, Comparator, Context, Grade, Kind, Trend, Value
from perfgraph.values import parse, unit

FOLDER = Path(__file__).parent
BUDGET_YEAR = 2025
TEXTUAL = {"PLACEHOLDER", "NA", "PROSE_NUM"}
REQUIRED = Decimal("0.97")
COMPARATORS = {member.value: member for member in Comparator}
TEXTUAL_KINDS = {
    "QUAL_TREND": {Kind.TREND},
    "QUAL_COMPLY": {Kind.COMPLIANCE},
    "QUAL_LEVEL": {Kind.LEVEL, Kind.GRADE},
    "QUAL_BOOL": {Kind.BOOLEAN},
    "QUAL_PROSE": {Kind.TEXT},
    "PROSE_NUM": {Kind.TEXT},
    "PLACEHOLDER": {Kind.PLACEHOLDER},
    "NA": {Kind.NOT_APPLICABLE},
}


@dataclass(frozen=True)
class Row:
    """One row of the corpus."""

    raw: str
    group: str
    comparator: str
    number: str
    unit: str
    normalised: str
    note: str

    @property
    def is_textual(self) -> bool:
        return self.group.startswith("QUAL_") or self.group in TEXTUAL

    @property
    def context(self) -> Context:
        """The budget year, where the row says that it is needed; nothing else."""
        needs_year = "YYYY" in self.normalised + self.note
        return Context(year=BUDGET_YEAR) if needs_year else Context()


def _read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = [
    Row(r["raw"], r["class"], r["comparator"], r["number"], r["unit"], r["normalised"], r["note"])
    for r in _read("corpus.tsv")
]
COMPUTABLE = [row for row in ROWS if not row.is_textual]


def faults(row: Row, values: tuple[Value, ...]) -> Iterator[str]:
    """Yield what is wrong with the reading of a computable row."""
    if row.group == "COMPOUND":
        yield from _compound_faults(row, values)
        return
    if len(values) != 1:
        yield f"{len(values)} values"
        return
    (value,) = values
    match row.group:
        case "DATE_PERIOD" | "DATE_DEADLINE" | "DATE_POINT":
            yield from _date_faults(row, value)
        case "RANGE":
            yield from _range_faults(row, value)
        case "GRADE_SCALE":
            yield from _ladder_faults(row, value)
        case "RELATIVE":
            yield from _relative_faults(row, value)
        case "FRACTION" | "RATIO":
            yield from _share_faults(row, value)
        case "OCR_DAMAGED":
            yield from _damage_faults(row, value)
        case _:
            kind = Kind.DURATION if row.group == "DURATION" else Kind.NUMBER
            if value.kind is not kind:
                yield f"kind {value.kind}"
            yield from _number_faults(row, value)


def _number_faults(row: Row, value: Value) -> Iterator[str]:
    sign, number, symbol = _normal_form(row)
    approximate = sign == "approx"
    expected = Comparator.EQ if approximate else COMPARATORS[sign]
    if value.comparator is not expected or value.approximate is not approximate:
        yield f"comparator {value.comparator}"
    if value.comparator_explicit is not (bool(row.comparator) and not approximate):
        yield "whether the comparator is explicit"
    if row.unit and symbol:
        if (value.number, value.unit) != (Decimal(row.number), unit(row.unit)):
            yield f"number {value.number} {value.unit}"
    elif value.unit is not None:
        yield f"unit {value.unit}, but none is printed"
    yield from _normal_form_faults(value, number, symbol)


def _normal_form_faults(value: Value, number: Decimal, symbol: str) -> Iterator[str]:
    if not symbol:
        if value.number != number:
            yield f"number {value.number}"
        return
    base = unit(symbol)
    found = value.unit.base if value.unit else None
    if (value.normalized, found) != (number * base.factor, base.base):
        yield f"normal form {value.normalized} {found}"


def _normal_form(row: Row) -> tuple[str, Decimal, str]:
    sign, number, *rest = row.normalised.split(" ")
    symbol = rest[0].replace("CNY", "元") if rest else ""
    return sign, Decimal(number), symbol


def _date_faults(row: Row, value: Value) -> Iterator[str]:
    word, printed = row.normalised.split(" ", 1)
    kind = {"period": Kind.PERIOD, "date_le": Kind.DEADLINE, "date": Kind.DATE}[word]
    if value.kind is not kind:
        yield f"kind {value.kind}"
    first, _, last = printed.partition("/")
    start = None if kind is Kind.DEADLINE else _days(first)[0]
    end = _days(last or first)[1]
    if (value.start, value.end) != (start, end):
        yield f"dates {value.start} to {value.end}"


def _days(printed: str) -> tuple[date, date]:
    """Return the first and the last day of 2025, 2025-12 or 2025-12-31."""
    year, *rest = (int(part) for part in printed.replace("YYYY", str(BUDGET_YEAR)).split("-"))
    month = rest[0] if rest else None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if len(rest) == 2:
        return date(year, month, rest[1]), date(year, month, rest[1])
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _range_faults(row: Row, value: Value) -> Iterator[str]:
    _, low, high, symbol = row.normalised.split(" ")
    if value.kind is not Kind.RANGE or value.comparator is not Comparator.BETWEEN:
        yield f"kind {value.kind}"
    if (value.low, value.high) != (Decimal(low), Decimal(high)):
        yield f"bounds {value.low} to {value.high}"
    if value.unit != unit(symbol):
        yield f"unit {value.unit}"


def _ladder_faults(row: Row, value: Value) -> Iterator[str]:
    grades = dict(zip("优良中差", Grade, strict=True))
    expected = []
    for step in row.normalised.split("; "):
        grade, sign, number = step.split(" ")
        expected.append((grades[grade], COMPARATORS[sign], Decimal(number.rstrip("%"))))
    if [(step.grade, step.comparator, step.number) for step in value.steps] != expected:
        yield f"steps {value.steps}"


def _relative_faults(row: Row, value: Value) -> Iterator[str]:
    if value.kind is not Kind.RELATIVE or value.trend is not Trend.UP:
        yield f"{value.kind} {value.trend}"
    if value.number != (Decimal(row.number) if row.number else None):
        yield f"number {value.number}"
    if (value.unit.symbol if value.unit else "") != row.unit:
        yield f"unit {value.unit}"
    if "vs previous year" in row.normalised and value.relative_to is not Base.PREVIOUS_YEAR:
        yield f"base {value.relative_to}"


def _share_faults(row: Row, value: Value) -> Iterator[str]:
    word, share = row.normalised.split(" ")
    part, _, whole = share.partition("/")
    expected = Decimal(part) / Decimal(whole or 1)
    if value.normalized is None or value.unit is None or value.unit.base != "%":
        yield f"normal form {value.normalized}"
    elif round(value.normalized / 100, 4) != expected:
        yield f"share {value.normalized}"
    if value.comparator is not (Comparator.EQ if word == "ratio" else COMPARATORS[word]):
        yield f"comparator {value.comparator}"


def _damage_faults(row: Row, value: Value) -> Iterator[str]:
    """A repair, or the printed reading with a flag where the damage cannot be seen."""
    if "not detectable" in row.note or "needs the actual value" in row.note:
        printed = re.match(r"[0-9]+", row.raw)
        assert printed is not None
        if value.repair is not None or value.number != Decimal(printed[0]):
            yield f"number {value.number}"
        if not value.notes:
            yield "not flagged"
        return
    if value.repair is None:
        yield "not marked as repaired"
    yield from _number_faults(row, value)


def _compound_faults(row: Row, values: tuple[Value, ...]) -> Iterator[str]:
    match = re.fullmatch("split into ([0-9]+) values", row.normalised)
    assert match is not None
    if len(values) != int(match[1]):
        yield f"{len(values)} values"
    numbers = [value.number for value in values if value.number is not None]
    expected = [Decimal(number) for number in row.number.split(" ; ") if number]
    if numbers != expected:
        yield f"numbers {numbers}"
    dates = re.findall("YYYY-[0-9]{2}", row.note + row.normalised)
    ends = [value.end for value in values if value.kind is Kind.DEADLINE]
    if ends != [_days(printed)[1] for printed in dates]:
        yield f"deadlines {ends}"


def _has_number(value: Value) -> bool:
    return (value.number, value.low, value.high, value.start, value.end) != (None,) * 5 or bool(
        value.steps
    )


def _wrong() -> dict[Row, list[str]]:
    found = {row: list(faults(row, parse(row.raw, row.context))) for row in COMPUTABLE}
    return {row: reasons for row, reasons in found.items() if reasons}


WRONG = _wrong()


def test_at_least_97_percent_of_the_computable_values_are_right(
    capsys: pytest.CaptureFixture[str],
) -> None:
    total = Counter(row.group for row in COMPUTABLE)
    wrong = Counter(row.group for row in WRONG)
    textual = Counter(row.group for row in ROWS if row.is_textual)
    as_kind = Counter(
        row.group
        for row in ROWS
        if row.is_textual and parse(row.raw)[0].kind in TEXTUAL_KINDS[row.group]
    )
    right = len(COMPUTABLE) - len(WRONG)
    with capsys.disabled():
        print("\n\nValue grammar, computable values (right of all):")
        for group, count in sorted(total.items()):
            print(f"  {group:<14}{count - wrong[group]:>4} of {count}")
        print(f"  {'all':<14}{right:>4} of {len(COMPUTABLE)} = {right / len(COMPUTABLE):.1%}")
        print("Textual values (kind as in the corpus, of all; none has a number):")
        for group, count in sorted(textual.items()):
            print(f"  {group:<14}{as_kind[group]:>4} of {count}")
    assert right >= REQUIRED * len(COMPUTABLE)


def test_every_wrong_row_is_listed_with_its_reason() -> None:
    listed = {row["raw"]: row["reason"] for row in _read("known_wrong.tsv")}
    assert {row.raw: reasons for row, reasons in WRONG.items()}.keys() == listed.keys()
    assert all(listed.values())


@pytest.mark.parametrize("row", [row for row in ROWS if row.is_textual], ids=lambda row: row.raw)
def test_no_number_is_invented_for_a_textual_value(row: Row) -> None:
    for value in parse(row.raw, Context(year=BUDGET_YEAR)):
        assert not _has_number(value)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.raw)
def test_each_value_keeps_the_text_as_printed(row: Row) -> None:
    assert {value.text for value in parse(row.raw, row.context)} == {row.raw}
