from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from perfgraph.cli import main


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


@pytest.mark.parametrize(
    ("suffix", "form"),
    [
        (".ttl", RdfFormat.TURTLE),
        (".trig", RdfFormat.TRIG),
        (".nq", RdfFormat.N_QUADS),
        (".jsonld", RdfFormat.JSON_LD),
    ],
)
def test_the_suffix_of_the_output_is_the_format(
    tmp_path: Path, seed: Path, suffix: str, form: RdfFormat
) -> None:
    target = tmp_path / f"out{suffix}"
    result = run("convert", seed, "-o", target)
    assert (result.exit_code, result.stdout) == (0, "")
    assert len(list(parse(path=target, format=form))) > 1000


def test_turtle_goes_to_stdout_without_an_output(seed: Path) -> None:
    result = run("convert", seed)
    assert result.exit_code == 0
    assert result.stdout.startswith("@prefix ")
    assert result.stderr == ""


def test_an_unknown_suffix_is_told_and_nothing_is_written(tmp_path: Path, seed: Path) -> None:
    result = run("convert", seed, "-o", tmp_path / "out.xyz")
    assert result.exit_code == 2
    assert "PG604" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "PG102"),
        (b"\x89PNG\r\n", "PG103"),
        (b"%PDF-1.7", "PG127"),
        (bytes(range(1, 255)), "PG104"),
        ("没有表\n".encode(), "PG212"),
        ("\t单位：万元\n\n\t项目名称\n\t甲\n".encode(), "PG202"),
    ],
)
def test_a_bad_file_gives_one_line_with_its_code_and_no_output(
    tmp_path: Path, content: bytes, code: str
) -> None:
    source = tmp_path / "bad.txt"
    source.write_bytes(content)
    target = tmp_path / "out.ttl"
    result = run("convert", source, "-o", target)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("bad.txt")
    assert f"[{code}]" in result.stderr
    assert not target.exists()


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    result = run("convert", tmp_path / "none.txt")
    assert result.exit_code == 2
    assert "[PG101]" in result.stderr


def test_a_batch_goes_on_and_ends_with_a_summary(tmp_path: Path, seed: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    target = tmp_path / "out.nq"
    result = run("convert", bad, seed, "-o", target)
    assert result.exit_code == 1
    assert "2 files: 1 good, 1 failed" in result.stderr
    assert len(target.read_text("utf-8").splitlines()) > 1000


def test_a_failure_keeps_the_old_output(tmp_path: Path) -> None:
    target = tmp_path / "out.nq"
    target.write_text("old")
    assert run("convert", tmp_path / "none.txt", "-o", target).exit_code == 2
    assert target.read_text() == "old"


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path, seed: Path) -> None:
    result = run("convert", seed, "-o", tmp_path / "none" / "out.nq")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")


def test_provenance_can_be_left_out(seed: Path) -> None:
    result = run("convert", seed, "--to", "nquads", "--without", "prov")
    assert "wasDerivedFrom" not in result.stdout


def test_options_are_used_and_wrong_ones_told(seed: Path) -> None:
    options = ["--year", "2024", "--region", "420100", "--unit", "999888"]
    result = run("convert", seed, "--to", "nquads", *options)
    assert "/id/unit/420100-999888>" in result.stdout
    wrong = run("convert", seed, "--region", "42")
    assert (wrong.exit_code, "PG602" in wrong.stderr) == (2, True)


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=200))
def test_no_bytes_give_a_traceback(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "any.txt"
    source.write_bytes(content)
    result = run("convert", source)
    assert result.exit_code == 2
    assert "[PG" in result.stderr
