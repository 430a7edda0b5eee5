from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from perfgraph.cli import main
from perfgraph.cli.output_folder import LIST
from tests.sources.builders_zip import packed

UNIT = "353215天津市引进人才综合服务中心"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", *(str(argument) for argument in arguments)])


def outputs(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.fixture
def batch(tmp_path: Path, seed: Path) -> Path:
    """Files of four units, one of them in an archive, and one that cannot be read."""
    found = tmp_path / "batch"
    (found / "sub").mkdir(parents=True)
    text = seed.read_text("utf-8")
    for number, name in enumerate(("2025-a.txt", "2025-b.txt", "sub/2025-a.txt")):
        (found / name).write_text(text.replace(UNIT, f"35321{number}天津市某{number}中心"), "utf-8")
    content = text.replace(UNIT, "353219天津市某九中心").encode()
    (found / "z.zip").write_bytes(packed(("2025/绩效.txt", content)))
    (found / "bad.txt").write_bytes(b"")
    return found


EXPECTED = [
    "batch/2025-a.txt.trig",
    "batch/2025-b.txt.trig",
    "batch/sub/2025-a.txt.trig",
    "batch/z.zip/2025/绩效.txt.trig",
    LIST,
]


@pytest.mark.parametrize("jobs", ["1", "2", "5"])
def test_a_folder_gives_an_output_for_each_source_whatever_the_jobs(
    batch: Path, tmp_path: Path, jobs: str
) -> None:
    result = run("convert", batch, "-o", f"{tmp_path}/out/", "--jobs", jobs)
    assert result.exit_code == 1
    assert result.stderr == (
        "batch/bad.txt: the file is empty. Download it or export it once more [PG102]\n"
        "5 files: 4 good, 1 failed\n"
    )
    found = outputs(tmp_path / "out")
    assert list(found) == EXPECTED
    run("convert", batch, "-o", f"{tmp_path}/one/", "--jobs", "1")
    assert found == outputs(tmp_path / "one")
    assert all(len(list(parse(found[name], format=RdfFormat.TRIG))) > 900 for name in EXPECTED[:4])


def test_what_is_done_is_not_done_again(batch: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    run("convert", batch, "-o", target)
    first = outputs(target)
    times = {name: (target / name).stat().st_mtime_ns for name in EXPECTED[:4]}
    (batch / "2025-b.txt").write_text("changed", "utf-8")
    (target / EXPECTED[2]).write_bytes(b"half")
    result = run("convert", batch, "-o", target)
    assert "2 were converted before and are unchanged\n" in result.stderr
    assert "5 files: 3 good, 2 failed\n" in result.stderr
    del first[EXPECTED[1]], times[EXPECTED[1]]  # what was made of the old file would mislead
    assert {**outputs(target), LIST: b""} == {**first, LIST: b""}
    written = [n for n, then in times.items() if (target / n).stat().st_mtime_ns != then]
    assert written == [EXPECTED[2]]


@pytest.mark.parametrize("options", [["--without", "prov"], ["--year", "2024"]])
def test_other_options_do_it_anew(batch: Path, tmp_path: Path, options: list[str]) -> None:
    target = tmp_path / "out"
    target.mkdir()
    run("convert", batch, "-o", target)
    before = outputs(target)
    result = run("convert", batch, "-o", target, *options)
    assert "unchanged" not in result.stderr
    assert all(before[name] != outputs(target)[name] for name in EXPECTED[:4])


def test_a_list_that_was_cut_off_costs_only_its_last_entry(batch: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    run("convert", batch, "-o", target)
    content = (target / LIST).read_bytes()
    assert [json.loads(line)["output"] for line in content.splitlines()] == EXPECTED[:4]
    (target / LIST).write_bytes(content[:-30] + b"\n[]\nnull\n{}\n")
    assert "3 were converted before" in run("convert", batch, "-o", target).stderr
    assert (target / LIST).read_bytes() == content


def test_files_of_one_name_do_not_overwrite_each_other(batch: Path, tmp_path: Path) -> None:
    sources = [batch / "2025-a.txt", batch / "sub" / "2025-a.txt"]
    run("convert", *sources, "-o", f"{tmp_path}/out/", "--to", "nquads")
    assert list(outputs(tmp_path / "out"))[:2] == ["2025-a.txt (2).nq", "2025-a.txt.nq"]


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path, seed: Path) -> None:
    batch, target = tmp_path / "batch", tmp_path / "out"
    batch.mkdir()
    text = seed.read_text("utf-8")
    for number in range(600):
        unit = f"{353000 + number}天津市第{number}中心"
        (batch / f"2025-{number:04}.txt").write_text(text.replace(UNIT, unit), "utf-8")
    words = [sys.executable, "-m", "perfgraph", "--lang", "en", "convert", str(batch)]
    words += ["-o", f"{target}/", "--jobs", "2"]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, start_new_session=True)
    deadline = time.monotonic() + 60
    while not list(target.glob("batch/*.trig")) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C does: the workers get it, too
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stderr == "interrupted; the same command goes on where it stopped\nAborted\n"
    done = len(list(target.glob("batch/*.trig")))
    assert 0 < done < 600
    assert len((target / LIST).read_text("utf-8").splitlines()) == done
    result = run("convert", batch, "-o", f"{target}/")
    assert result.exit_code == 0
    assert f"{done} were converted before and are unchanged\n" in result.stderr
    assert len(list(target.glob("batch/*.trig"))) == 600


def test_an_output_folder_that_cannot_be_made_is_told(batch: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = run("convert", batch, "-o", f"{tmp_path}/file/out/")
    assert (result.exit_code, "[PG606]" in result.stderr) == (2, True)


@pytest.mark.parametrize("form", ["trig", "nquads"])
def test_an_output_whose_source_fails_now_is_removed_and_told(
    batch: Path, tmp_path: Path, form: str
) -> None:
    target = tmp_path / "out"
    run("convert", batch, "-o", f"{target}/", "--to", form)
    (batch / "2025-b.txt").write_bytes(b"")
    result = run("convert", batch, "-o", f"{target}/", "--to", form)
    assert result.exit_code == 1
    told = "removed the earlier output batch/2025-b.txt."
    assert told in result.stderr
    assert not list(target.glob("batch/2025-b.txt*"))
    assert "2025-b" not in (target / LIST).read_text("utf-8")
    assert told not in run("convert", batch, "-o", f"{target}/", "--to", form).stderr


def test_an_output_whose_source_is_gone_stays_and_is_told(batch: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    run("convert", batch, "-o", f"{target}/")
    before = outputs(target)
    (batch / "2025-b.txt").unlink()
    result = run("convert", batch, "-o", f"{target}/")
    assert (
        "the sources of 1 outputs are no longer there (the outputs stay): batch/2025-b.txt.trig\n"
        in result.stderr
    )
    assert outputs(target) == before


def test_other_sources_and_formats_in_a_folder_are_not_called_gone(
    batch: Path, tmp_path: Path, seed: Path
) -> None:
    target = tmp_path / "out"
    for arguments in ([batch], [batch, "--to", "nquads"], [seed], [batch / "sub"]):
        assert "no longer" not in run("convert", *arguments, "-o", f"{target}/").stderr


@pytest.mark.parametrize("place", ["out", "a/b/out"])
def test_where_nothing_is_converted_no_folder_is_left(tmp_path: Path, place: str) -> None:
    (tmp_path / "bad.txt").touch()
    for source in ("missing", "bad.txt"):
        result = run("convert", tmp_path / source, "-o", f"{tmp_path}/{place}/")
        assert result.exit_code == 2
        assert [file.name for file in tmp_path.iterdir()] == ["bad.txt"]


def test_a_folder_that_was_there_before_stays(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    run("convert", tmp_path / "missing", "-o", tmp_path / "out")
    assert outputs(tmp_path) == {}
    assert (tmp_path / "out").is_dir()


def test_an_output_without_suffix_may_be_meant_as_a_folder(
    batch: Path, tmp_path: Path, seed: Path
) -> None:
    advice = "give the folder 'out/'"
    for sources in ([batch], [batch / "z.zip"], [seed, batch / "2025-a.txt"]):
        result = run("convert", *sources, "-o", tmp_path / "out")
        assert (result.exit_code, "[PG604]" in result.stderr) == (2, True)
        assert advice in result.stderr
    assert advice not in run("convert", seed, "-o", tmp_path / "out").stderr
