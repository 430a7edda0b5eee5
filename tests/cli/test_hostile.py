"""Broken and hostile files end in a clear error, in bounded time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfgraph.cli import main
from perfgraph.conversion import convert
from perfgraph.sources import load
from perfgraph.sources.errors import ChangedFileError
from tests.sources.builders_hostile import HOSTILE
from tests.sources.builders_pdf import drawn
from tests.sources.builders_sheets import DISTRICT, xls_of

_MOST_MEGABYTES = 300
_ONE_AFTER_THE_OTHER = """
import json, pathlib, re, sys
from perfgraph.errors import PerfgraphError
from perfgraph.conversion import convert
peaks = {}
for file in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    try:
        convert(file)
    except PerfgraphError:
        status = pathlib.Path("/proc/self/status").read_text()
        peaks[file.name] = int(re.search(r"VmHWM:\\s*(\\d+) kB", status)[1]) // 1024
print(json.dumps(peaks))
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", *(str(argument) for argument in arguments)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("hostile")
    for name, (content, _) in HOSTILE.items():
        (found / name).write_bytes(content())
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_a_clear_error(folder: Path, name: str) -> None:
    result = run("convert", folder / name, "--limit", "work.seconds=60")
    assert result.exit_code == 2
    assert f"[{HOSTILE[name][1]}" in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_no_hostile_file_takes_300_megabytes(folder: Path) -> None:
    words = [sys.executable, "-c", _ONE_AFTER_THE_OTHER, str(folder)]
    process = subprocess.run(words, capture_output=True, text=True, check=True, timeout=300)
    peaks = json.loads(process.stdout)
    assert sorted(peaks) == sorted(HOSTILE)
    assert {name: peak for name, peak in peaks.items() if peak >= _MOST_MEGABYTES} == {}


def test_memory_does_not_grow_with_the_pages_of_a_pdf(tmp_path: Path) -> None:
    peaks = []
    for pages in (10, 150):
        file = tmp_path / f"{pages}.pdf"
        file.write_bytes(
            drawn(lambda canvas: canvas.grid([100, 200, 500], [500, 700]), pages=pages)
        )
        words = [sys.executable, "-c", _ONE_AFTER_THE_OTHER, str(tmp_path)]
        process = subprocess.run(words, capture_output=True, text=True, check=True, timeout=300)
        peaks.append(json.loads(process.stdout)[file.name])
    assert peaks[1] - peaks[0] < 20


def test_good_files_among_hostile_ones_are_read(folder: Path, tmp_path: Path, seed: Path) -> None:
    target = folder / f"good {seed.name}"
    target.write_bytes(seed.read_bytes())
    try:
        result = run("convert", folder, "-o", f"{tmp_path}/out/")
    finally:
        target.unlink()
    assert result.exit_code == 1
    assert f"{len(HOSTILE) + 1} files: 1 good, {len(HOSTILE)} failed" in result.stderr
    assert [file.name for file in tmp_path.rglob("*.trig")] == [f"{target.name}.trig"]


@pytest.mark.parametrize("name", ["表.docx", "表.pdf", "表.txt", "表"])
def test_a_wrong_extension_does_not_matter(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(xls_of(*DISTRICT))
    assert len(convert(file, unit="001", region="120000").document.projects) == 1


def test_a_file_that_is_written_to_while_it_is_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"x")
    os.truncate(file, 80_000_000)
    is_over = threading.Event()

    def write() -> None:
        with file.open("ab") as stream:
            while not is_over.is_set():
                stream.write(b"x")
                stream.flush()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with pytest.raises(ChangedFileError):
            load(file)
    finally:
        is_over.set()
        writer.join()
