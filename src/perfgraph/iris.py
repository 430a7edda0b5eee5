"""Natural keys → data IRIs, ASCII only, below one base. Row order is never part of an IRI.

Patterns: ``id/region/120000``, ``id/unit/120000-353215``, ``id/project/120000-353215-2025-n8a0c…``,
``id/department-plan/120000-353215-2025``, ``id/regional-plan/…``, ``id/doc/…``, ``graph/…``;
children of a project, of a plan and of a document are fragments of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from perfgraph.errors import SettingsError
from perfgraph.model import (
    BudgetUnit,
    Cell,
    DepartmentPlan,
    Dimension,
    Document,
    Indicator,
    Place,
    Plan,
    Project,
    Region,
    Task,
    Unit,
)
from perfgraph.records import key_of, minted, name_key
from perfgraph.text import Text
from perfgraph.vocab import DEFAULT_BASE, code

UNKNOWN_YEAR = "0000"
_INDICATOR_DIGITS = 8
_DOCUMENT_DIGITS = 12

_DIMENSION_KEYS = {
    Dimension.QUANTITY: "qty",
    Dimension.QUALITY: "qly",
    Dimension.TIMELINESS: "tim",
    Dimension.COST: "cst",
    Dimension.COST_ECONOMIC: "cec",
    Dimension.COST_SOCIAL: "cso",
    Dimension.COST_ECOLOGICAL: "cel",
    Dimension.BENEFIT: "ben",
    Dimension.BENEFIT_ECONOMIC: "bec",
    Dimension.BENEFIT_SOCIAL: "bso",
    Dimension.BENEFIT_ECOLOGICAL: "bel",
    Dimension.SUSTAINABILITY: "sus",
    Dimension.SATISFACTION: "sat",
    Dimension.OUTPUT_GENERAL: "out",
    Dimension.BENEFIT_GENERAL: "beg",
    Dimension.PROCESS: "prc",
    Dimension.INPUT: "inp",
    None: "ind",
}


class BadBaseError(SettingsError):
    """The base of the data IRIs is no absolute IRI that ends in ``/`` or ``#``."""

    code = "PG603"

    def __init__(self, base: str) -> None:
        super().__init__(
            Text(zh=f"“{base}”不能作为数据 IRI 的前缀", en=f"'{base}' is no base for data IRIs"),
            advice=Text(
                zh="请给出以 / 结尾的绝对地址，如 https://data.example.cn/perf/",
                en="Give an absolute IRI that ends in /, such as https://data.example.cn/perf/",
            ),
        )


@dataclass(frozen=True, slots=True)
class Minter:
    """Makes every data IRI below ``base``.

    Raises:
        BadBaseError: ``base`` is no ASCII http(s) IRI that ends in ``/``.
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        has_scheme = self.base.startswith(("http://", "https://"))
        is_plain = self.base.isascii() and not set(self.base) & set(' <>"{}|\\^`?#%')
        if not (has_scheme and is_plain and self.base.endswith("/")):
            raise BadBaseError(self.base)

    @property
    def shared_graph(self) -> NamedNode:
        """The graph of what documents share: units, regions, minted units of measure."""
        return NamedNode(f"{self.base}graph/shared")

    def region(self, region: Region) -> NamedNode:
        """Return the IRI of a region."""
        return NamedNode(f"{self.base}id/region/{region.code}")

    def unit(self, unit: BudgetUnit) -> NamedNode:
        """Return the IRI of a budget unit; its code is unique only inside its region."""
        return NamedNode(f"{self.base}id/unit/{unit.region.code}-{unit.code}")

    def measure(self, unit: Unit) -> NamedNode:
        """Return the IRI of a unit of measure; one outside the code list gets its own."""
        if unit.token is not None:
            return code("unit", unit.token)
        return NamedNode(f"{self.base}id/measure/{name_key(unit.symbol, 10)}")

    def agent(self, version: str) -> NamedNode:
        """Return the IRI of the software that read a document."""
        return NamedNode(f"{self.base}id/agent/perfgraph-{version}")

    def project(self, project: Project) -> NamedNode:
        """Return the IRI of a project in its year."""
        filing = _filing(project.unit, project.year)
        return NamedNode(f"{self.base}id/project/{filing}-{key_of(project)}")

    def plan(self, plan: Plan) -> NamedNode:
        """Return the IRI of a plan: a department has one a year, a region one for each transfer."""
        filing = _filing(plan.unit, plan.year)
        if isinstance(plan, DepartmentPlan):
            return NamedNode(f"{self.base}id/department-plan/{filing}")
        return NamedNode(f"{self.base}id/regional-plan/{filing}-{minted(plan.name or '')}")

    def subject(self, subject: Project | Plan) -> NamedNode:
        """Return the IRI of what a form is about."""
        return self.project(subject) if isinstance(subject, Project) else self.plan(subject)

    def document(self, document: Document) -> DocumentIris:
        """Return the IRIs of a document version and of its graphs."""
        filing = _filing(document.unit, document.year)
        key = f"{filing}-{document.sha256[:_DOCUMENT_DIGITS]}"
        return DocumentIris(self.base, key)


@dataclass(frozen=True, slots=True)
class DocumentIris:
    """The IRIs of one document version; ``key`` is region, unit, year and digest."""

    base: str
    key: str

    @property
    def node(self) -> NamedNode:
        """The document version itself."""
        return NamedNode(f"{self.base}id/doc/{self.key}")

    @property
    def graph(self) -> NamedNode:
        """The named graph of its facts."""
        return NamedNode(f"{self.base}graph/{self.key}")

    @property
    def prov_graph(self) -> NamedNode:
        """The named graph of its provenance."""
        return NamedNode(f"{self.base}graph/{self.key}/prov")

    @property
    def run(self) -> NamedNode:
        """The activity that made its graphs."""
        return NamedNode(f"{self.base}graph/{self.key}#run")

    def table(self, place: Place) -> NamedNode:
        """Return the IRI of a table: ``…#t4``."""
        return NamedNode(f"{self.base}id/doc/{self.key}#t{place.table}")

    def column(self, place: Place, column: int) -> NamedNode:
        """Return the IRI of a column of a table: ``…#t4.c5``."""
        return NamedNode(f"{self.base}id/doc/{self.key}#t{place.table}.c{column}")

    def cell(self, cell: Cell) -> NamedNode:
        """Return the IRI of a cell: ``…#t4.r10.c5``."""
        return NamedNode(f"{self.base}id/doc/{self.key}#{cell.place.fragment}")


def child(parent: NamedNode, fragment: str) -> NamedNode:
    """Return the IRI of a part: of a project by ``#``, of a part by a longer fragment.

    >>> child(child(NamedNode("http://e/p"), "i-cst-c3f435d1"), "t").value
    'http://e/p#i-cst-c3f435d1-t'
    """
    mark = "-" if "#" in parent.value else "#"
    return NamedNode(f"{parent.value}{mark}{fragment}")


def tasks(plan: NamedNode, rows: Iterable[Task]) -> Iterator[tuple[Task, NamedNode]]:
    """Yield each task with its IRI, a hash of its name; the same name again gets ``-2``, ``-3``."""
    seen: Counter[str] = Counter()
    for task in rows:
        key = f"k-{name_key(task.cell.text, _INDICATOR_DIGITS)}"
        seen[key] += 1
        yield task, child(plan, key if seen[key] == 1 else f"{key}-{seen[key]}")


def indicators(
    project: NamedNode, rows: Iterable[Indicator]
) -> Iterator[tuple[Indicator, NamedNode]]:
    """Yield each indicator of a project or plan with its IRI: dimension and hash of its name.

    The same name in the same dimension of one project gets ``-2``, ``-3`` and so on.
    """
    seen: Counter[str] = Counter()
    for indicator in rows:
        name = indicator.name or indicator.level2_text or ""
        key = f"i-{_DIMENSION_KEYS[indicator.dimension]}-{name_key(name, _INDICATOR_DIGITS)}"
        seen[key] += 1
        repeat = f"-{seen[key]}" if seen[key] > 1 else ""
        yield indicator, child(project, key + repeat)


def _filing(unit: BudgetUnit, year: int | None) -> str:
    return f"{unit.region.code}-{unit.code}-{year or UNKNOWN_YEAR}"
