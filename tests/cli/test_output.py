from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfgraph.cli import main


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", *map(str, arguments)])


def test_a_link_is_followed(tmp_path: Path, seed: Path) -> None:
    target = tmp_path / "real.ttl"
    target.write_text("old")
    link = tmp_path / "link.ttl"
    link.symlink_to(target)
    assert run("convert", seed, "-o", link).exit_code == 0
    assert link.is_symlink()
    assert target.read_text("utf-8").startswith("@prefix")


def test_what_is_no_regular_file_is_written_through(tmp_path: Path, seed: Path) -> None:
    pipe = tmp_path / "pipe.ttl"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        result = run("convert", seed, "--to", "turtle", "--without", "prov", "-o", os.devnull)
        assert result.exit_code == 0
        assert Path(os.devnull).is_char_device()
        assert pipe.is_fifo()
    finally:
        os.close(reader)


def test_an_input_is_never_overwritten(tmp_path: Path, seed: Path) -> None:
    source = tmp_path / "targets-2025.txt"
    source.write_bytes(seed.read_bytes())
    result = run("convert", source, "--to", "turtle", "-o", source)
    assert (result.exit_code, "[PG606]" in result.stderr) == (2, True)
    assert source.read_bytes() == seed.read_bytes()


def test_the_mode_of_a_file_is_kept(tmp_path: Path, seed: Path) -> None:
    target = tmp_path / "out.ttl"
    target.write_text("")
    target.chmod(0o640)
    run("convert", seed, "-o", target)
    assert target.stat().st_mode & 0o777 == 0o640


def test_an_unwritable_output_is_named_with_advice(tmp_path: Path, seed: Path) -> None:
    result = run("convert", seed, "-o", tmp_path / "none" / "out.ttl")
    assert result.exit_code == 2
    assert "out.ttl: cannot be written" in result.stderr
    assert "[PG606]" in result.stderr


@pytest.mark.parametrize("command", ["convert", "validate", "load"])
def test_cells_that_were_not_used_are_told(tmp_path: Path, seed: Path, command: str) -> None:
    source = tmp_path / "targets-2025.txt"
    source.write_text(seed.read_text("utf-8") + "\n\n备注：见附件\n", "utf-8")
    more: list[str] = ["--store", str(tmp_path / "store")] if command == "load" else []
    result = run(command, source, *more)
    assert "1 cells were not used" in result.stderr
    assert "备注：见附件" in result.stderr
    if command == "validate":
        assert "R01" in result.stdout


def test_a_name_that_is_no_utf_8_stops_nothing(tmp_path: Path, seed: Path) -> None:
    name = os.fsdecode("目标2025".encode("gb18030") + b".txt")
    source = tmp_path / name
    source.write_bytes(seed.read_bytes())
    result = run("validate", source)
    assert result.exit_code == 0
    assert "目标2025.txt" in result.stdout
