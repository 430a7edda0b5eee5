"""The generator of benchmark documents: same bytes again, the form of the seed, a true fault list.

Faults are looked for in the records, not with the shapes: the list must be true by itself.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from perfgraph.conversion import convert
from perfgraph.model import Dimension, Document, FundingSource, Indicator, Kind, Project

REPOSITORY = Path(__file__).resolve().parents[2]
GENERATOR = REPOSITORY / "benchmarks" / "generate.py"
SEED_DOCUMENT = REPOSITORY / "data" / "tianjin-353215-2025-targets.txt"
PROJECTS = 300
FAULTS = 0.25
COST = {Dimension.COST, Dimension.COST_ECONOMIC}


@dataclass(frozen=True)
class Corpus:
    """Generated documents as read, by path below the folder, and the manifest."""

    folder: Path
    documents: dict[str, Document]
    manifest: dict[str, object]

    @property
    def faults(self) -> list[dict[str, str]]:
        faults = self.manifest["faults"]
        assert isinstance(faults, list)
        return faults

    def project(self, fault: dict[str, str]) -> Project:
        return self.documents[fault["file"]].projects[int(fault["table"]) - 1]


def generate(out: Path, *arguments: str, hash_seed: str = "0") -> None:
    command = [sys.executable, str(GENERATOR), *arguments, str(out)]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    subprocess.run(command, check=True, env=environment)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("corpus")
    generate(folder, str(PROJECTS), "--faults", str(FAULTS))
    documents = {
        path.relative_to(folder).as_posix(): convert(path).document
        for path in folder.glob("documents/*/*.txt")
    }
    return Corpus(folder, documents, json.loads((folder / "manifest.json").read_text("utf-8")))


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    generate(tmp_path / "a", "40", "--seed", "7", hash_seed="1")
    generate(tmp_path / "b", "40", "--seed", "7", hash_seed="2")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_another_seed_gives_other_documents(tmp_path: Path) -> None:
    generate(tmp_path / "a", "40", "--seed", "7")
    generate(tmp_path / "b", "40", "--seed", "8")
    assert not contents(tmp_path / "a").keys() & contents(tmp_path / "b").keys() - {"manifest.json"}


def test_a_larger_set_begins_with_the_smaller_one(corpus: Corpus, tmp_path: Path) -> None:
    generate(tmp_path, "100", "--faults", str(FAULTS))
    small, large = contents(tmp_path), contents(corpus.folder)
    documents = [name for name in small if name.startswith("documents/")]
    assert sum(small[name] != large[name] for name in documents) <= 1  # the last one is cut


def test_numbers_of_the_manifest_are_those_of_the_documents(corpus: Corpus) -> None:
    projects = [p for document in corpus.documents.values() for p in document.projects]
    assert corpus.manifest["projects"] == len(projects) == PROJECTS
    assert corpus.manifest["documents"] == len(corpus.documents)
    assert corpus.manifest["indicators"] == sum(len(p.indicators) for p in projects)
    injected = [fault for fault in corpus.faults if fault["kind"] == "injected"]
    assert len(injected) == int(PROJECTS * FAULTS)


def test_documents_are_read_whole_and_belong_where_their_name_says(corpus: Corpus) -> None:
    wrong_units = {fault["file"] for fault in corpus.faults if fault["rule"] == "C23"}
    for name, document in corpus.documents.items():
        region, unit, year, _ = Path(name).name.split("-")
        assert document.findings == ()
        assert document.year == int(year)
        for project in document.projects:
            assert project.unit.region.code == region
        codes = {project.unit.code for project in document.projects}
        assert codes == {unit} or name in wrong_units
        assert 1 <= len(document.projects) <= 6


def test_tables_have_the_rows_and_labels_of_the_seed(corpus: Corpus) -> None:
    def header(project: Project) -> list[list[str]]:
        rows = [[cell.text for cell in row] for row in project.table.rows]
        labels = re.compile("项目名称|预算|其中|其他资金|绩效|指标|单位：")
        return [[text if labels.match(text) else "" for text in row] for row in rows[:6]]

    def shape(project: Project) -> list[list[str]]:
        # A project's name or goal may begin with a label's word: only the labels' cells count.
        found = header(project)
        return [found[0][1:], found[1][:1], found[2][:1], found[2][1::2], found[4][:1], found[5]]

    wanted = shape(convert(SEED_DOCUMENT).document.projects[0])
    for document in corpus.documents.values():
        for project in document.projects:
            found = shape(project)
            assert found[0][0] in ("单位：万元", "单位：元")
            assert found[1:] == wanted[1:]


def test_all_the_irregular_forms_of_the_seed_occur(corpus: Corpus) -> None:
    texts = [(corpus.folder / name).read_text("utf-8") for name in corpus.documents]
    projects = [p for document in corpus.documents.values() for p in document.projects]
    assert any(re.search(r"\n \t\d{6}", text) for text in texts)  # a heading got lost
    assert any("\t\n\t质量指标\n" in text for text in texts)  # an empty first level
    assert any("\t产出指标\n\t质量指标\n" in text for text in texts)  # a repeated one
    assert any(len(project.goals) > 1 for project in projects)
    assert any(project.amount(FundingSource.OTHER) is not None for project in projects)
    assert any(project.amount(FundingSource.OTHER) is None for project in projects)
    kinds = Counter(target.kind for p in projects for i in p.indicators for target in i.targets)
    common = {Kind.NUMBER, Kind.PERIOD, Kind.DEADLINE, Kind.DURATION, Kind.LEVEL, Kind.TREND}
    assert common <= kinds.keys()
    assert max(len(project.indicators) for project in projects) > 12


# What each rule means for a record, said once more and apart from the shapes.


def has(project: Project, *dimensions: Dimension) -> bool:
    return any(indicator.dimension in dimensions for indicator in project.indicators)


def has_benefit(project: Project) -> bool:
    return any((i.level1_text or "") == "效益指标" for i in project.indicators)


def texts(project: Project) -> list[str]:
    return [i.value_cell.text for i in project.indicators if i.value_cell is not None]


def lowest(indicator: Indicator) -> Decimal:
    return min((t.number for t in indicator.targets if t.number is not None), default=Decimal(100))


def satisfactions(project: Project) -> list[Indicator]:
    return [i for i in project.indicators if i.dimension is Dimension.SATISFACTION]


def money(project: Project) -> Decimal:
    return sum(
        (
            target.normalized or Decimal(0)
            for indicator in project.indicators
            if indicator.dimension in COST
            for target in indicator.targets
            if target.unit is not None and target.unit.base == "元"
        ),
        Decimal(0),
    )


def funds_gap(project: Project) -> Decimal:
    total = project.amount(FundingSource.TOTAL)
    parts = (project.amount(FundingSource.FISCAL), project.amount(FundingSource.OTHER))
    return Decimal(0) if total is None else abs(total - sum(part or 0 for part in parts))


def price_times_count(project: Project) -> bool:
    """Whether a price per head, if there is one, makes up the budget."""
    prices = [t for i in project.indicators if i.dimension in COST for t in i.targets]
    total = project.amount(FundingSource.TOTAL)
    for price in prices:
        if price.unit is None or price.unit.per_unit is None or total is None:
            continue
        months = 12 if price.unit.per_period == "月" else 1
        count = next(
            t.number
            for i in project.indicators
            if i.dimension is Dimension.QUANTITY
            for t in i.targets
            if t.unit is not None and t.unit.symbol == price.unit.per_unit
        )
        assert price.number is not None
        assert count is not None
        return price.number * count * months == total
    return True


def outside_year(project: Project) -> bool:
    dates = [d for i in project.indicators for t in i.targets for d in (t.start, t.end) if d]
    return any(date.year != project.year for date in dates)


def wrong_direction(project: Project) -> bool:
    costs = [i for i in project.indicators if i.dimension in COST]
    return any(text.startswith("≥") for text in texts_of(costs)) or any(
        text.startswith("≤") for text in texts_of(satisfactions(project))
    )


def texts_of(indicators: list[Indicator]) -> list[str]:
    return [i.value_cell.text for i in indicators if i.value_cell is not None]


def unit_is_wrong(project: Project) -> bool:
    return len(project.unit.code) != 6 or (project.unit.name or "").endswith("本级")


PROSE = re.compile("相关工作$|^保障各项|^为全区|^有效提升$|^明显增强$|^持续改善$|^不断提高$")
TEMPLATE = re.compile(r"\*\*|^≥ %$|^XX|__|填写")
OUTPUT = {Dimension.QUANTITY, Dimension.QUALITY, Dimension.TIMELINESS, *COST}

IS_BROKEN: dict[str, Callable[[Project], bool]] = {
    "C01": lambda p: p.amount(FundingSource.TOTAL) is None,
    "C02": lambda p: not p.goals or p.goals[0].text == "XXXX",
    "C03": lambda p: not has_benefit(p),
    "C04": lambda p: not satisfactions(p),
    "C05a": lambda p: not (has(p, Dimension.QUANTITY) and has(p, Dimension.QUALITY)),
    "C05b": lambda p: not has(p, Dimension.TIMELINESS),
    "C05c": lambda p: not has(p, *COST),
    "C06": lambda p: any(
        i.level1_text == "效益指标" and i.dimension is Dimension.SATISFACTION for i in p.indicators
    ),
    "C07": lambda p: "" in texts(p),
    "C08": lambda p: any(PROSE.search(text) for text in texts(p)),
    "C08b": lambda p: (
        not any(t.number or t.end for i in p.indicators if i.dimension in OUTPUT for t in i.targets)
    ),
    "C09": lambda p: any(re.fullmatch(r"≥\d+", text) for text in texts(p)),
    "C10": lambda p: any(TEMPLATE.search(text) for text in [*texts(p), *(g.raw for g in p.goals)]),
    "C11": wrong_direction,
    "C12": lambda p: any(lowest(indicator) > 100 for indicator in satisfactions(p)),
    "C13": lambda p: any(lowest(indicator) < 80 for indicator in satisfactions(p)),
    "C14": lambda p: funds_gap(p) > 100,
    "C15a": lambda p: money(p) > (p.amount(FundingSource.TOTAL) or money(p)),
    "C15b": lambda p: not price_times_count(p),
    "C16": outside_year,
    "C19": lambda p: len({(i.level2_text, i.name) for i in p.indicators}) < len(p.indicators),
    "C20": lambda p: len(p.indicators) < 3,
    "C23": unit_is_wrong,
    "C26": lambda p: p.funds_use in [goal.text for goal in p.goals],
    "C28": lambda p: any(text in ("无", "不适用", "否") for text in texts(p)),
}


def test_every_rule_is_broken_somewhere(corpus: Corpus) -> None:
    assert {fault["rule"] for fault in corpus.faults} == set(IS_BROKEN)


@pytest.mark.parametrize("rule", IS_BROKEN)
def test_projects_on_the_list_have_their_fault(corpus: Corpus, rule: str) -> None:
    for fault in corpus.faults:
        if fault["rule"] == rule:
            assert corpus.project(fault).name == fault["project"]
            assert IS_BROKEN[rule](corpus.project(fault)), fault


@pytest.mark.parametrize("rule", IS_BROKEN)
def test_no_other_project_has_the_fault(corpus: Corpus, rule: str) -> None:
    known = {
        (fault["file"], int(fault["table"]))
        for fault in corpus.faults
        if rule in (fault["rule"], *fault["entails"])
    }
    broken = {
        (name, project.order)
        for name, document in corpus.documents.items()
        for project in document.projects
        if IS_BROKEN[rule](project)
    }
    assert broken <= known


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(subprocess.CalledProcessError):
        generate(tmp_path, "5")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
