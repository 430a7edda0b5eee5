from __future__ import annotations

import json
import re
from pathlib import Path

from click.testing import CliRunner, Result

from perfgraph.cli import main

REFUSED = Path(__file__).parents[1] / "inspection" / "cases" / "refused" / "source.html"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_text_goes_to_stdout_without_colour_when_piped(seed: Path) -> None:
    result = run("--lang", "zh", "inspect", seed)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "\x1b[" not in result.stdout
    assert "预算单位  353215 天津市引进人才综合服务中心 · 印在表上" in result.stdout


def test_the_other_forms_are_written_to_a_file(tmp_path: Path, seed: Path) -> None:
    page, data = tmp_path / "a.html", tmp_path / "a.json"
    assert run("inspect", seed, "--to", "html", "-o", page).exit_code == 0
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert run("inspect", seed, "--to", "json", "-o", data).exit_code == 0
    assert json.loads(data.read_text("utf-8"))["files"][0]["file"] == str(seed)


def test_a_refused_file_is_shown_and_the_exit_code_says_so(tmp_path: Path) -> None:
    target = tmp_path / "a.html"
    result = run("--lang", "en", "inspect", REFUSED, "--to", "html", "-o", target)
    assert result.exit_code == 2
    assert "[PG202]" in result.stderr
    assert "目标完成标准" in target.read_text("utf-8")


def test_a_file_that_cannot_be_read_gives_one_line_and_no_output(tmp_path: Path) -> None:
    result = run("inspect", tmp_path / "none.docx")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "[PG101]" in result.stderr


def test_in_json_an_unreadable_file_is_an_error(tmp_path: Path) -> None:
    result = run("inspect", tmp_path / "none.docx", "--to", "json")
    assert result.exit_code == 2
    (file,) = json.loads(result.stdout)["files"]
    assert (file["error"]["code"], file["reading"], file["tables"]) == ("PG101", None, [])


def test_every_file_of_a_folder_is_shown(tmp_path: Path, seed: Path) -> None:
    folder = tmp_path / "batch"
    folder.mkdir()
    (folder / "a.txt").write_bytes(seed.read_bytes())
    (folder / "b.html").write_bytes(REFUSED.read_bytes())
    (folder / "c.txt").write_bytes(b"")
    result = run("--lang", "en", "inspect", folder, "--to", "json")
    assert result.exit_code == 1
    found = {
        one["file"]: one["error"] and one["error"]["code"]
        for one in json.loads(result.stdout)["files"]
    }
    assert found == {"batch/a.txt": None, "batch/b.html": "PG202", "batch/c.txt": "PG102"}
    assert "3 files: 1 good, 2 failed" in result.stderr
    text = run("--lang", "en", "inspect", folder)
    assert text.stdout.count("File: ") == 3
    page = run("--lang", "en", "inspect", folder, "--to", "html").stdout
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_the_output_never_overwrites_the_source(tmp_path: Path, seed: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(seed.read_bytes())
    result = run("inspect", source, "-o", source)
    assert result.exit_code == 2
    assert source.read_bytes() == seed.read_bytes()


def test_options_of_reading_are_used(seed: Path) -> None:
    result = run("inspect", seed, "--to", "json", "--year", "2024")
    project = json.loads(result.stdout)["files"][0]["reading"]["subjects"][0]
    assert project["year"] == {"value": "2024", "name": None, "evidence": "option"}
    assert project["confidence"]["value"] == 1.0
