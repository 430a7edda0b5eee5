"""The right answer to each question, computed from records by plain Python: no RDF, no SPARQL.

Each function returns rows as the query should give them, in order. Numbers are ``Decimal``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import get_args

from tests.questions.question_graphs import amount_node, digest, project_node, unit_node
from tests.questions.question_records import (
    MEASURES,
    Dataset,
    Document,
    Indicator,
    Phase,
    Project,
    Source,
    Unit,
    Value,
)

Cell = str | Decimal | bool | None
Row = tuple[Cell, ...]
Answer = Callable[[Dataset], list[Row]]

DIMENSIONS = {
    "quantity": "数量",
    "quality": "质量",
    "timeliness": "时效",
    "cost": "成本",
    "satisfaction": "满意度",
    "benefit": "效益",
}
KINDS = {
    "text": "文字表述",
    "trend": "趋势表述",
    "placeholder": "模板残留",
    "grade": "等级",
    "deadline": "期限",
    "period": "期间",
}
MEASURABLE = {"number", "range", "period", "deadline", "relative"}
GRADES = ["excellent", "good", "fair", "poor"]


def top(dimension: str) -> str:
    """The dimension that a finer one belongs to."""
    for broad in ("cost", "benefit"):
        if dimension.startswith(broad):
            return broad
    return dimension


def up(*cells: Cell) -> tuple[tuple[bool, Cell], ...]:
    """Sort key: ascending, unknown first, as SPARQL orders."""
    return tuple((cell is not None, cell if cell is not None else "") for cell in cells)


def down(cell: Cell) -> tuple[bool, Decimal]:
    """Sort key: descending, unknown last."""
    assert cell is None or isinstance(cell, Decimal)
    return (cell is None, Decimal(0) if cell is None else -cell)


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def count(number: int) -> Decimal:
    return Decimal(number)


def projects(data: Dataset) -> Iterator[tuple[Document, Project]]:
    for document in data.current:
        for project in document.projects:
            yield document, project


def rows(data: Dataset) -> Iterator[tuple[Document, Project, Indicator]]:
    for document, project in projects(data):
        for indicator in project.indicators:
            yield document, project, indicator


def targets(data: Dataset) -> Iterator[tuple[Document, Project, Indicator, Value]]:
    for document, project, indicator in rows(data):
        for value in indicator.targets:
            yield document, project, indicator, value


def year(document: Document) -> Decimal | None:
    return None if document.year is None else Decimal(document.year)


def distinct(found: Iterable[Row]) -> list[Row]:
    return list(dict.fromkeys(found))


def projects_of_unit(data: Dataset) -> list[Row]:
    found = [
        (
            document.unit.name,
            count(project.order),
            project.name,
            None if (total := project.amount("total")) is None else total / 10_000,
        )
        for document, project in projects(data)
        if document.unit.code == "353215" and document.year == 2025
    ]
    return sorted(found, key=lambda row: (up(*row[:3]), up(*row)))


def project_sheet(data: Dataset) -> list[Row]:
    found: list[Row] = []
    for document, project in projects(data):
        if project.name != "院士特别津贴和授衔专家津贴" or document.year != 2025:
            continue
        for order, indicator in enumerate(project.indicators, 1):
            _, text1, _, text2, _ = project.category(indicator)
            levels = (text1, text2) if indicator.has_levels else (None, None)
            for text in [value.text for value in indicator.targets] or [""]:
                head = (document.unit.name, count(order), *levels)
                found.append((*head, indicator.name, text or None))
    return distinct(sorted(found, key=lambda row: (up(row[0], row[1], row[4], row[5]), up(*row))))


def goals(data: Dataset) -> list[Row]:
    found = [
        (year(document), document.unit.name, project.name, count(order), goal)
        for document, project in projects(data)
        for order, goal in enumerate(project.goals, 1)
    ]
    return sorted(found, key=lambda row: up(*row))


def keyword(data: Dataset) -> list[Row]:
    found = [
        (year(document), document.unit.name, project.name)
        for document, project in projects(data)
        if "津贴" in (project.name or "") or "津贴" in (project.use or "")
    ]
    return sorted(found, key=lambda row: up(*row))


def count_by_category(data: Dataset) -> list[Row]:
    counts: Counter[tuple[str | None, str | None]] = Counter()
    for document, project, indicator in rows(data):
        if document.year == 2025:
            _, text1, _, text2, _ = project.category(indicator)
            counts[(text1, text2) if indicator.has_levels else (None, None)] += 1
    found: list[Row] = [(*key, count(n)) for key, n in counts.items()]
    return sorted(found, key=lambda row: ((down(row[2]), up(row[0], row[1])), up(*row)))


def _units(data: Dataset) -> dict[tuple[str, Decimal | None], list[tuple[Document, Project]]]:
    groups: dict[tuple[str, Decimal | None], list[tuple[Document, Project]]] = defaultdict(list)
    for document, project in projects(data):
        groups[unit_node(document.unit).value, year(document)].append((document, project))
    return groups


def unit_totals(data: Dataset) -> list[Row]:
    found = []
    for (unit, filed), group in _units(data).items():
        sums: list[Decimal | None] = []
        for source in ("total", "fiscal", "other"):
            known = [
                amount for _, project in group if (amount := project.amount(source)) is not None
            ]
            sums.append(sum(known, Decimal(0)) if known else None)
        found.append((unit, (group[0][0].unit.name, filed, count(len(group)), *sums)))
    found.sort(key=lambda pair: up(pair[1][0], pair[1][1], pair[0]))
    return [row for _, row in found]


def funding_mix(data: Dataset) -> list[Row]:
    found: list[Row] = []
    for document, project in projects(data):
        total, fiscal = project.amount("total"), project.amount("fiscal")
        if total is None:
            continue
        other = project.amount("other") if fiscal is None else total - fiscal
        if other is not None and other <= 0:
            continue
        share = None if other is None else rounded(other * 100 / total, 2)
        found.append((year(document), document.unit.name, project.name, total, other, share))
    return sorted(found, key=lambda row: ((down(row[5]), up(*row[:3])), up(*row)))


def low_satisfaction(data: Dataset) -> list[Row]:
    found = [
        (year(document), document.unit.name, project.name, indicator.name, value.text, value.lower)
        for document, project, indicator, value in targets(data)
        if indicator.category == "满意"
        and value.base == "PERCENT"
        and (value.lower is None or value.lower < 95)
    ]
    return sorted(found, key=lambda row: (up(row[5], *row[:5]), up(*row)))


def largest_quantities(data: Dataset) -> list[Row]:
    found = [
        (
            MEASURES[value.base][0],
            value.least,
            value.text,
            indicator.name,
            project.name,
            document.unit.name,
            year(document),
        )
        for document, project, indicator, value in targets(data)
        if value.base in {"PERSON", "PERSON-TIME"} and value.least is not None
    ]
    return sorted(
        found, key=lambda row: ((up(row[0]), down(row[1]), up(*reversed(row[2:]))), up(*row))
    )


def money_targets(data: Dataset) -> list[Row]:
    found = [
        (value.most, value.text, indicator.name, project.name, document.unit.name, year(document))
        for document, project, indicator, value in targets(data)
        if value.base == "CNY" and value.most is not None
    ]
    return sorted(
        found,
        key=lambda row: ((down(row[0]), up(row[5], row[4], row[3], row[2], row[1])), up(*row)),
    )


def due_by(data: Dataset) -> list[Row]:
    found: list[Row] = [
        (value.end, KINDS[value.kind], value.text, indicator.name, project.name, document.unit.name)
        for document, project, indicator, value in targets(data)
        if document.year == 2025 and value.end is not None and value.end <= "2025-12-31"
    ]
    return distinct(
        sorted(found, key=lambda row: (up(row[0], row[5], row[4], row[3], row[2]), up(*row)))
    )


def frequency(data: Dataset) -> list[Row]:
    found = [
        (year(document), document.unit.name, project.name, indicator.name, value.text, value.least)
        for document, project, indicator, value in targets(data)
        if value.base == "TIMES-PER-YR"
    ]
    return sorted(found, key=lambda row: (up(*row[:5]), up(*row)))


def text_targets(data: Dataset) -> list[Row]:
    found: list[Row] = [
        (
            year(document),
            document.unit.name,
            project.name,
            indicator.name,
            KINDS[value.kind],
            value.text,
        )
        for document, project, indicator, value in targets(data)
        if value.kind not in MEASURABLE
    ]
    return distinct(sorted(found, key=lambda row: up(*row)))


def measurable_share(data: Dataset) -> list[Row]:
    found = []
    for (unit, filed), group in _units(data).items():
        kinds = [
            value.kind
            for _, project in group
            for indicator in project.indicators
            for value in indicator.targets
        ]
        if kinds:
            good = sum(kind in MEASURABLE for kind in kinds)
            share = rounded(Decimal(good) * 100 / len(kinds), 1)
            name = group[0][0].unit.name
            found.append((unit, (name, filed, count(len(kinds)), count(good), share)))
    found.sort(key=lambda pair: up(pair[1][0], pair[1][1], pair[0]))
    return [row for _, row in found]


def echo_description(data: Dataset) -> list[Row]:
    groups: dict[str, list[Indicator]] = defaultdict(list)
    units: dict[str, Unit] = {}
    for document, _, indicator in rows(data):
        key = unit_node(document.unit).value
        units[key] = document.unit
        groups[key].append(indicator)
    found: list[tuple[str, Row]] = []
    for key, group in groups.items():
        described = [one for one in group if one.description is not None]
        echoes = [one for one in described if one.description == one.name]
        row: Row = (units[key].name, *(count(len(some)) for some in (group, described, echoes)))
        found.append((key, row))
    found.sort(key=lambda pair: up(pair[1][0], pair[0]))
    return [row for _, row in found]


def missing_dimension(data: Dataset) -> list[Row]:
    found: list[Row] = []
    for document, project in projects(data):
        present = {top(project.category(one)[4]) for one in project.indicators}
        for dimension in ("quantity", "quality", "timeliness", "cost", "satisfaction"):
            if dimension not in present:
                name = DIMENSIONS[dimension]
                found.append((year(document), document.unit.name, project.name, name))
    return sorted(found, key=lambda row: up(*row))


def budget_sum_check(data: Dataset) -> list[Row]:
    found: list[Row] = []
    for document, project in projects(data):
        total, fiscal, other = (project.amount(one) for one in ("total", "fiscal", "other"))
        if total is None or (fiscal is None and other is None):
            continue
        gap = total - (fiscal or Decimal(0)) - (other or Decimal(0))
        if gap != 0:
            found.append(
                (year(document), document.unit.name, project.name, total, fiscal, other, gap)
            )
    return sorted(found, key=lambda row: (up(*row[:3]), up(*row)))


def _agrees(budget: Decimal | None, *sums: Decimal | None) -> bool | None:
    if budget is None:
        return None
    return any(one is not None and abs(budget - one) * 200 <= budget for one in sums)


def rate_times_headcount(data: Dataset) -> list[Row]:
    found: list[Row] = []
    for document, project in projects(data):
        counts = [
            value.least
            for indicator in project.indicators
            for value in indicator.targets
            if indicator.category == "数量" and value.base == "PERSON" and value.least is not None
        ]
        rates = [
            value
            for indicator in project.indicators
            for value in indicator.targets
            if indicator.category == "成本" and (value.base or "").startswith("CNY-PER-PERSON")
            if value.least is not None
        ]
        budget = project.amount("total")
        for people, rate in product(counts, rates):
            symbol, _, factor, money = MEASURES[rate.measure or ""]
            assert rate.number is not None
            assert money is not None
            periods = factor / money
            implied = people * rate.number * money * periods
            gap = None if budget is None else budget - implied
            head = (year(document), document.unit.name, project.name, people, rate.number, symbol)
            found.append((*head, periods, implied, budget, gap, _agrees(budget, implied)))
    return sorted(found, key=lambda row: (up(*row[:5]), up(*row)))


def cost_ceilings_vs_budget(data: Dataset) -> list[Row]:
    found: list[Row] = []
    for document, project in projects(data):
        ceilings = [
            value.upper
            for indicator in project.indicators
            for value in indicator.targets
            if indicator.category == "成本" and value.base == "CNY" and value.upper is not None
            if value.period in {None, "annual"}
        ]
        if not ceilings:
            continue
        whole, budget = sum(ceilings, Decimal(0)), project.amount("total")
        gap = None if budget is None else budget - whole
        head = (year(document), document.unit.name, project.name, count(len(ceilings)))
        found.append((*head, whole, budget, gap, _agrees(budget, whole)))
    return sorted(found, key=lambda row: (up(*row[:3]), up(*row)))


def wrong_direction(data: Dataset) -> list[Row]:
    found: list[Row] = [
        (year(document), document.unit.name, project.name, indicator.name, value.text)
        for document, project, indicator, value in targets(data)
        if indicator.category == "成本"
        and value.comparator in {"ge", "gt"}
        and "节约" not in (indicator.name or "")
    ]
    return distinct(sorted(found, key=lambda row: up(*row)))


def outside_year(data: Dataset) -> list[Row]:
    found: list[Row] = [
        (year(document), document.unit.name, project.name, indicator.name, value.text)
        for document, project, indicator, value in targets(data)
        for date in (value.start, value.end)
        if document.year is not None and date is not None and int(date[:4]) != document.year
    ]
    return distinct(sorted(found, key=lambda row: up(*row)))


def parse_gaps(data: Dataset) -> list[Row]:
    found: list[Row] = [
        (year(document), document.unit.name, project.name, indicator.name, value.text, note)
        for document, project, indicator, value in targets(data)
        if value.kind in {"number", "range"} and value.measure is None
        for note in value.notes or (None,)
    ]
    return sorted(found, key=lambda row: up(*row))


def implicit_equals(data: Dataset) -> list[Row]:
    counts = Counter(
        MEASURES[value.measure][0] if value.measure else None
        for _, _, _, value in targets(data)
        if value.comparator == "eq" and not value.explicit
    )
    found: list[Row] = [(symbol, count(n)) for symbol, n in counts.items()]
    return sorted(found, key=lambda row: ((down(row[1]), up(row[0])), up(*row)))


def series_budget_change(data: Dataset) -> list[Row]:
    sums: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for document, project in projects(data):
        total = project.amount("total")
        if project.series is not None and document.year is not None and total is not None:
            sums[project.series, document.year] += total
    found: list[Row] = [
        (
            data.series[series],
            count(before),
            sums[series, before],
            count(before + 1),
            after,
            rounded((after - sums[series, before]) * 100 / sums[series, before], 1),
        )
        for series, before in list(sums)
        if (after := sums.get((series, before + 1))) is not None
    ]
    return sorted(found, key=lambda row: (up(row[0], row[1]), up(*row)))


def series_target_change(data: Dataset) -> list[Row]:
    known = [
        (project.series, document.year, indicator.name, value)
        for document, project, indicator, value in targets(data)
        if project.series and document.year and indicator.name and value.base
    ]
    found: list[Row] = []
    for (s1, y1, name1, one), (s2, y2, name2, two) in product(known, known):
        if (s1, y1 + 1, name1, one.base) != (s2, y2, name2, two.base):
            continue
        changes = [
            None if old is None or new is None else new - old
            for old, new in ((one.lower, two.lower), (one.upper, two.upper))
        ]
        if any(changes):
            head = (data.series[s1], count(y1), count(y2), name1, one.text, two.text)
            found.append((*head, *changes))
    return sorted(found, key=lambda row: (up(row[0], row[1], row[3], row[4], row[5]), up(*row)))


def unit_cost_comparison(data: Dataset) -> list[Row]:
    found = [
        (value.least, value.text, document.unit.name, project.name, indicator.name, year(document))
        for document, project, indicator, value in targets(data)
        if value.base == "CNY-PER-PERSON-YR"
    ]
    return sorted(
        found, key=lambda row: ((down(row[0]), up(row[2], row[5], row[3], row[4])), up(*row))
    )


def cross_profile(data: Dataset) -> list[Row]:
    counts: Counter[tuple[str, str | None]] = Counter(
        (DIMENSIONS[top(project.category(indicator)[4])], project.scheme)
        for _, project, indicator in rows(data)
    )
    return [
        (name, *(count(counts[name, scheme]) for scheme in ("2015", "2021", None)))
        for name in sorted({name for name, _ in counts})
    ]


def satisfaction_by_unit(data: Dataset) -> list[Row]:
    found = []
    for (unit, filed), group in _units(data).items():
        floors = [
            value.lower
            for _, project in group
            for indicator in project.indicators
            for value in indicator.targets
            if indicator.category == "满意" and value.base == "PERCENT" and value.lower is not None
        ]
        if floors:
            mean = rounded(sum(floors, Decimal(0)) / len(floors), 2)
            name = group[0][0].unit.name
            found.append((unit, (name, filed, mean, min(floors), count(len(floors)))))
    found.sort(key=lambda pair: (down(pair[1][2]), up(pair[1][0], pair[1][1], pair[0])))
    return [row for _, row in found]


def provenance(data: Dataset) -> list[Row]:
    found: list[Row] = []
    for document, project in projects(data):
        for index, indicator in enumerate(project.indicators):
            if indicator.name != "院士特别津贴发放标准":
                continue
            for value in indicator.targets:
                place = (count(project.order), count(7 + index), count(5))
                source = (document.file, digest(document))
                found.append((value.text, *source, *place, value.text, "perfgraph 0.1.0"))
    return sorted(found, key=lambda row: (up(row[1], row[3], row[4], row[5], row[0]), up(*row)))


def _parts(project: Project) -> dict[tuple[str, ...], tuple[str, str | None]]:
    """Everything of a project that a correction can change: its key, what it is, its text."""
    names = {"total": "预算数", "fiscal": "财政资金", "other": "其他资金"}
    parts: dict[tuple[str, ...], tuple[str, str | None]] = {}
    for amount in project.amounts:
        parts["amount", amount.source, amount.phase] = (names[amount.source], amount.text)
    for index, goal in enumerate(project.goals, 1):
        parts["goal", str(index)] = ("绩效目标", f"{index}.{goal}")
    for indicator in project.indicators:
        name = indicator.name or ""
        for index, value in enumerate(indicator.targets):
            parts["indicator", indicator.category, name, str(index)] = (name, value.text)
    return parts


def version_diff(data: Dataset) -> list[Row]:
    found: list[Row] = []
    for new, old in product(data.documents, data.documents):
        if new.supersedes != old.file:
            continue
        befores = {project.key: project for project in old.projects}
        for project in new.projects:
            after, before = _parts(project), _parts(befores[project.key])
            for key in after.keys() | before.keys():
                item = (after.get(key) or before[key])[0]
                texts = (before.get(key, ("", None))[1], after.get(key, ("", None))[1])
                change = "新增" if key not in before else "删除" if key not in after else "修改"
                if texts[0] != texts[1]:
                    found.append((new.file, project.name, change, item, *texts))
    return distinct(sorted(found, key=lambda row: up(*row)))


def _met(target: Value, actual: Value) -> bool | None:
    if target.base is not None and target.base == actual.base and actual.number is not None:
        result = actual.number * actual.factor
        if target.lower is None and target.upper is None:
            return None
        above = target.lower is None or (
            result > target.lower if target.comparator == "gt" else result >= target.lower
        )
        below = target.upper is None or (
            result < target.upper if target.comparator == "lt" else result <= target.upper
        )
        return above and below
    if target.end is not None and actual.end is not None:
        return actual.end <= target.end
    if target.grade is not None and actual.grade is not None:
        return GRADES.index(actual.grade) <= GRADES.index(target.grade)
    return None


def attainment(data: Dataset) -> list[Row]:
    found = [
        (
            year(document),
            document.unit.name,
            project.name,
            indicator.name,
            value.text,
            actual.text,
            _met(value, actual),
        )
        for document, project, indicator, value in targets(data)
        for actual in indicator.actuals
    ]
    return sorted(found, key=lambda row: (up(*row[:6]), up(*row)))


BROADER = {"fiscal": {"total"}, "other": {"total"}, "general-budget": {"fiscal", "total"}}


def construct_qb(data: Dataset) -> list[Row]:
    """The observations of the cube: IRI, unit, year, amount; parts instead of their sums."""
    found: list[Row] = []
    for document, project in projects(data):
        for phase in get_args(Phase):
            known: dict[Source, Decimal] = {
                one.source: one.yuan
                for one in project.amounts
                if one.phase == phase and one.yuan is not None
            }
            sums = {whole for source in known for whole in BROADER.get(source, set())}
            for source, yuan in known.items():
                if source not in sums and document.year is not None:
                    node = amount_node(document, project, source, phase).value
                    unit = unit_node(document.unit).value
                    one = project_node(document, project).value
                    found.append((node, unit, one, source, phase, count(document.year), yuan))
    return sorted(found, key=lambda row: up(*row))


def flat_rate_check(data: Dataset) -> list[Row]:
    found: list[Row] = []
    for document, project, _, value in targets(data):
        if value.base != "CNY-PER-YR" or value.least is None:
            continue
        counts = [
            one.least
            for indicator in project.indicators
            for one in indicator.targets
            if indicator.category == "数量" and one.base == "PERSON" and one.least is not None
        ]
        people = counts[0] if len(counts) == 1 else None
        symbol, _, factor, money = MEASURES[value.measure or ""]
        assert money is not None
        budget, annual = project.amount("total"), value.least
        implied = None if people is None else people * annual
        head = (year(document), document.unit.name, project.name, value.text, people, value.number)
        sums = (symbol, factor / money, annual, implied, budget)
        found.append((*head, *sums, _agrees(budget, annual, implied)))
    return sorted(found, key=lambda row: (up(*row[:4]), up(*row)))
