from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfgraph.cli import main

SUM = """PREFIX pg: <https://w3id.org/perfgraph/ontology#>
SELECT (SUM(?b) AS ?t) { ?p a pg:Project ; pg:budgetTotal ?b }"""


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    words = ["--lang", "en", *map(str, arguments)]
    return CliRunner().invoke(main, words, input=stdin)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, seed: Path) -> Path:
    folder = tmp_path_factory.mktemp("stores") / "store"
    result = run("load", seed, "--store", folder)
    assert result.exit_code == 0, result.output
    return folder


def test_loading_twice_changes_nothing(store: Path, seed: Path) -> None:
    before = run("info", "--store", store).stdout
    result = run("load", seed, "--store", store)
    assert result.exit_code == 0
    assert "1 unchanged" in result.stderr
    assert run("info", "--store", store).stdout == before


def test_a_loaded_document_may_come_as_rdf(tmp_path: Path, store: Path, seed: Path) -> None:
    for suffix in ("nq", "trig", "jsonld"):
        converted = tmp_path / f"out.{suffix}"
        run("convert", seed, "-o", converted)
        result = run("load", converted, "--store", store)
        assert (result.exit_code, "1 unchanged" in result.stderr) == (0, True), result.output


def test_a_batch_with_a_bad_file_loads_the_others(tmp_path: Path, seed: Path) -> None:
    bad = tmp_path / "bad.nq"
    bad.write_text("no quads\n")
    folder = tmp_path / "store"
    result = run("load", seed, bad, tmp_path / "none.txt", "--store", folder)
    assert result.exit_code == 1
    assert "bad.nq" in result.stderr
    assert "[PG105]" in result.stderr
    assert "[PG101]" in result.stderr
    assert "1 loaded" in result.stderr
    assert run("query", "-", "--store", folder, "--to", "csv", stdin=SUM).stdout == "t\n3640000\n"


def test_only_files_without_violations_are_loaded_where_that_is_required(
    tmp_path: Path, seed: Path
) -> None:
    faulty = tmp_path / "faulty-2025.txt"
    other = seed.read_text("utf-8").replace("353215", "353216").replace("120.00", "12.00", 1)
    faulty.write_text(other, "utf-8")
    result = run("load", seed, faulty, "--store", tmp_path / "store", "--require", "cn-2015")
    assert result.exit_code == 1
    assert "C14" in result.stderr
    assert "1 loaded" in result.stderr
    assert run("load", seed, "--store", tmp_path / "s", "--require", "nope").exit_code == 2


def test_nothing_loadable_ends_with_2_and_makes_no_store(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    assert run("load", tmp_path / "none.txt", "--store", folder).exit_code == 2
    assert not folder.exists()


def test_the_three_checks_come_out_of_shipped_questions(store: Path) -> None:
    def rows(name: str) -> list[dict[str, str]]:
        result = run("query", name, "--store", store, "--to", "csv")
        assert result.exit_code == 0
        return list(csv.DictReader(io.StringIO(result.stdout)))

    (allowance,) = rows("rate_times_headcount")
    assert (allowance["people"], allowance["rate"], allowance["periods"]) == ("37", "5000", "12")
    assert (allowance["implied"], allowance["agrees"]) == ("2220000", "true")
    ceilings = {row["project"][:4]: row["ceilings"] for row in rows("cost_ceilings_vs_budget")}
    assert ceilings["人才专项"] == "1200000"
    (honour,) = rows("flat_rate_check")
    assert (honour["rate"], honour["periods"], honour["annual"]) == ("1", "12", "120000")


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "table"])
def test_an_answer_comes_in_every_form(store: Path, form: str) -> None:
    result = run("query", "-", "--store", store, "--to", form, stdin=SUM)
    assert result.exit_code == 0
    assert "3640000" in result.stdout


def test_a_graph_comes_as_turtle(store: Path) -> None:
    result = run("query", "construct_qb", "--store", store, "--to", "turtle")
    assert result.exit_code == 0
    assert "Observation" in result.stdout


def test_a_query_file_and_an_output_file_work(tmp_path: Path, store: Path) -> None:
    question = tmp_path / "sum.rq"
    question.write_text(SUM, "utf-8")
    target = tmp_path / "sum.csv"
    result = run("query", question, "--store", store, "--to", "csv", "--bom", "-o", target)
    assert result.exit_code == 0
    assert target.read_bytes() == b"\xef\xbb\xbft\r\n3640000\r\n"


def test_parameters_are_bound(store: Path) -> None:
    def answer(keyword: str) -> str:
        parameter = f"keyword={keyword}"
        return run("query", "keyword", "--store", store, "--to", "csv", "--param", parameter).stdout

    assert "津贴" in answer("津贴")
    assert len(answer("没有这个词").splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nope",), "[PG411]"),
        (("none.rq",), "[PG417]"),
        (("keyword", "--param", "keyword"), "[PG418]"),
        (("keyword", "--param", "nope=1"), "[PG412]"),
        (("projects_of_unit", "--param", "year=abc"), "[PG413]"),
    ],
)
def test_a_wrong_question_is_told(store: Path, arguments: tuple[str, ...], code: str) -> None:
    result = run("query", *arguments, "--store", store)
    assert result.exit_code == 2
    assert code in result.stderr


def test_the_questions_are_listed_in_both_languages() -> None:
    english, chinese = (
        CliRunner().invoke(main, ["--lang", language, "query", "--list"]).stdout
        for language in ("en", "zh")
    )
    assert english.count("\n") == chinese.count("\n") == 66
    assert english != chinese


def test_validate_ends_with_0_on_the_seed_and_1_where_warnings_count(seed: Path) -> None:
    assert run("validate", seed).exit_code == 0
    assert run("validate", seed, "--fail-on", "warning").exit_code == 1
    assert run("validate", seed, "--fail-on", "never").exit_code == 0


def test_validate_gives_json_with_39_findings(seed: Path, store: Path) -> None:
    for where in ((seed,), ("--store", store)):
        report = json.loads(run("validate", *where, "--to", "json").stdout)
        assert report["conforms"] is True
        assert report["summary"] == {"files": 1, "Violation": 0, "Warning": 1, "Info": 38}
        assert len(report["files"][0]["findings"]) == 39


def test_validate_tells_a_bad_file_and_checks_the_others(tmp_path: Path, seed: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    result = run("validate", bad, seed, "--to", "json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert [file["error"] is None for file in report["files"]] == [False, True]
    assert run("validate", bad).exit_code == 2


def test_validate_refuses_an_unknown_profile_before_reading(tmp_path: Path) -> None:
    result = run("validate", tmp_path / "none.txt", "--profile", "nope")
    assert result.exit_code == 2
    assert "[PG501]" in result.stderr


def test_info_shows_versions_and_the_documents(store: Path) -> None:
    result = run("info", "--store", store)
    assert result.exit_code == 0
    assert "cn-2015" in result.stdout
    assert "353215" in result.stdout


@pytest.mark.parametrize("command", [("query", "goals"), ("validate",), ("info",)])
def test_a_store_that_is_not_there_is_no_empty_store(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    result = run(*command, "--store", tmp_path / "mistyped")
    assert result.exit_code == 2
    assert "[PG314]" in result.stderr


def test_rdf_without_graphs_is_refused_with_advice(tmp_path: Path, seed: Path) -> None:
    converted = tmp_path / "out.ttl"
    run("convert", seed, "-o", converted)
    result = run("load", converted, "--store", tmp_path / "store")
    assert result.exit_code == 2
    assert ".nq, .trig or .jsonld" in result.stderr


def test_a_copy_of_a_file_is_loaded_once(tmp_path: Path, seed: Path) -> None:
    copy = tmp_path / "copy-2025.txt"
    copy.write_bytes(seed.read_bytes())
    result = run("load", seed, copy, "--store", tmp_path / "store")
    assert (result.exit_code, "same content" in result.stderr) == (0, True)


def test_an_endpoint_on_the_command_line_wins_over_the_environment(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERFGRAPH_STORE", str(store))
    result = run("query", "goals", "--endpoint", "http://127.0.0.1:9/sparql")
    assert result.exit_code == 2
    assert "one of the two" not in result.stderr


def test_the_suffix_of_the_output_is_the_form_of_the_answer(tmp_path: Path, store: Path) -> None:
    target = tmp_path / "goals.csv"
    assert run("query", "goals", "--store", store, "-o", target).exit_code == 0
    assert target.read_bytes().startswith(b"year,")


def test_the_parameters_in_force_are_told(store: Path) -> None:
    result = run("query", "projects_of_unit", "--store", store, "--param", "year=2024")
    assert "unit=353215 year=2024" in result.stderr


def test_the_version_is_told() -> None:
    assert run("--version").stdout.startswith("perfgraph ")
