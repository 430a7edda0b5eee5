"""A store is validated in parts, with the answers that the whole would give."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.generate import generate
from perfgraph.conversion import convert
from perfgraph.errors import QueryError
from perfgraph.store import Store, Submission, open_store
from perfgraph.store.embedded import EmbeddedStore
from perfgraph.store.protocol import Result
from perfgraph.text import Text
from perfgraph.validation import (
    Engine,
    FileReport,
    data_graph,
    validate_by_scheme,
    validate_store,
)
from tests.store.filings import Filing, Indicator, Project

ROWS = (Indicator("准确率"), Indicator("人数", ("≥37人",)), Indicator("满意度"))


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("generated")
    generate(40, folder, seed=3, fault_share=0.6)
    return sorted(folder.glob("documents/*/*.txt"))


@pytest.fixture(scope="module")
def location(documents: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stores") / "store"
    with open_store(folder) as store:
        store.load([Submission(path.name, convert(path).nquads()) for path in documents])
    return folder


def filed(folder: Path, *filings: Filing) -> Store:
    store = open_store(folder / "store")
    report = store.load([filing.submission for filing in filings])
    assert not report.has_failures
    return store


def said(reports: Sequence[FileReport], rule: str) -> list[tuple[str, str]]:
    return [
        (report.file, finding.message.zh)
        for report in reports
        for finding in report.findings
        if finding.rule == rule
    ]


@pytest.mark.parametrize("shard", [1, 7, 1000])
def test_documents_of_a_store_get_the_reports_that_they_get_alone(
    documents: list[Path], location: Path, shard: int
) -> None:
    alone = {}
    for path in documents:
        conversion = convert(path)
        profile, findings = validate_by_scheme(data_graph(conversion.quads()))
        report = FileReport(path.name, conversion.document.sha256, profile, findings)
        alone[path.name] = report
    with open_store(location) as store:
        reports = list(validate_store(store, shard=shard))
    assert {report.file: report for report in reports} == alone
    assert sum(len(report.findings) for report in reports) > 200


def test_store_is_judged_by_a_profile_that_is_named(location: Path) -> None:
    with open_store(location) as store:
        reports = list(validate_store(store, "cn-2021"))
    assert {report.profile for report in reports} == {"cn-2021"}


def test_unit_with_two_names_in_two_documents_is_told_once(tmp_path: Path) -> None:
    names = ("示例中心", "示例服务中心", "示例中心")
    filings = [
        Filing([Project("甲", indicators=ROWS)], file=f"{year}.txt", year=year, unit_name=name)
        for year, name in zip((2023, 2024, 2025), names, strict=True)
    ]
    for shard in (1, 1000):
        with filed(tmp_path / str(shard), *filings) as store:
            found = said(list(validate_store(store, shard=shard)), "C23")
        ((file, message),) = found
        assert file == "2023.txt"
        assert "2个不同的单位名称" in message
        assert not said_alone(filings, "C23")


def said_alone(filings: list[Filing], rule: str) -> list[str]:
    return [
        finding.message.zh
        for filing in filings
        for finding in validate_by_scheme(data_graph(filing.quads))[1]
        if finding.rule == rule
    ]


def test_two_units_with_one_name_are_compared_where_the_engine_cannot_answer_too(
    tmp_path: Path,
) -> None:
    filings = [
        Filing([Project("甲", indicators=ROWS)], file=f"{unit}.txt", unit=unit, unit_name="中心")
        for unit in ("353001", "353002")
    ]
    with filed(tmp_path, *filings) as store:
        expected = said(list(validate_store(store, shard=1)), "C23")
    with _Plain(tmp_path / "store", read_only=True) as plain:
        assert said(list(validate_store(plain, shard=1)), "C23") == expected
    ((_, message),) = expected
    assert "353001" in message
    assert "353002" in message


class _Plain(EmbeddedStore):
    """A store whose engine refuses the queries of compiled shapes, as a server may."""

    def query(
        self,
        text: str,
        *,
        history: bool = False,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Result:
        if "SELECT" in text:
            raise QueryError(Text(zh="SELECT", en="SELECT"))
        return super().query(
            text, history=history, default_graphs=default_graphs, named_graphs=named_graphs
        )


def test_self_evaluation_is_judged_beside_its_targets(tmp_path: Path) -> None:
    """Alone it states a budget of its own, which would be a second one of the project."""
    target = Filing([Project("甲", 100, ROWS)], file="target.txt")
    evaluated = Project("甲", 110, (Indicator("准确率", ("≥90%",), actual="93%"),))
    evaluation = Filing([evaluated], file="evaluation.txt", role="self-evaluation")
    with filed(tmp_path, target, evaluation) as store:
        reports = list(validate_store(store, shard=1))
    assert {report.file for report in reports} == {"target.txt", "evaluation.txt"}
    assert not [m for _, m in said(reports, "C01") if "预算数" in m]
    assert not said(reports, "C20")


def test_pyshacl_gives_the_same_reports_of_a_store(tmp_path: Path, documents: list[Path]) -> None:
    with open_store(tmp_path / "store") as store:
        chosen = documents[:3]
        store.load([Submission(path.name, convert(path).nquads()) for path in chosen])
        compiled, reference = (
            list(validate_store(store, engine=engine, shard=2)) for engine in Engine
        )
    assert compiled == reference


def test_empty_store_has_no_reports(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        assert list(validate_store(store)) == []
