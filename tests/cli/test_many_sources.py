from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, parse

from perfgraph.cli import main
from tests.sources.builders_zip import packed


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", *(str(argument) for argument in arguments)])


@pytest.fixture
def folder(tmp_path: Path, seed: Path) -> Path:
    """Two readable files, one that is empty, one picture."""
    text = seed.read_text("utf-8")
    other = text.replace("353215天津市引进人才综合服务中心", "353216天津市人才发展中心")
    found = tmp_path / "batch"
    (found / "sub").mkdir(parents=True)
    (found / seed.name).write_text(text, "utf-8")
    (found / "sub" / seed.name).write_text(other, "utf-8")
    (found / "sub" / "empty.txt").touch()
    (found / "scan.png").write_bytes(b"\x89PNG")
    return found


@pytest.fixture
def archive(folder: Path, tmp_path: Path) -> Path:
    """The same files in an archive whose names are in the encoding of Chinese Windows."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    entries = [(str(file.relative_to(folder)), file.read_bytes()) for file in files]
    found = tmp_path / "batch.zip"
    found.write_bytes(packed(*entries, encoding="gb18030"))
    return found


def facts(file: Path) -> set[str]:
    return {
        str(quad.triple)
        for quad in parse(path=file, format=RdfFormat.N_QUADS)
        if not str(quad.graph_name).endswith("/prov>")
    }


def test_a_folder_and_its_archive_state_the_same_facts(
    folder: Path, archive: Path, tmp_path: Path
) -> None:
    for source, target in ((folder, "folder.nq"), (archive, "archive.nq")):
        result = run("convert", source, "-o", tmp_path / target)
        assert result.exit_code == 1
        assert "3 files: 2 good, 1 failed" in result.stderr
        name = source.name
        assert f"skipped 1 (a picture): {name}/scan.png\n" in result.stderr
        assert f"{name}/sub/empty.txt: the file is empty" in result.stderr
    assert facts(tmp_path / "folder.nq") == facts(tmp_path / "archive.nq")
    assert '"batch.zip/sub/' in (tmp_path / "archive.nq").read_text("utf-8")


def test_a_report_names_files_with_their_way(folder: Path, archive: Path) -> None:
    result = run("validate", folder, archive, "--to", "json", "--fail-on", "never")
    files = [file["file"] for file in json.loads(result.stdout)["files"]]
    names = ["sub/empty.txt", "sub/tianjin-353215-2025-targets.txt"]
    assert files == [
        *(f"batch/{name}" for name in names),
        "batch/tianjin-353215-2025-targets.txt",
        *(f"batch.zip/{name}" for name in names),
        "batch.zip/tianjin-353215-2025-targets.txt",
    ]


def test_an_archive_is_loaded_file_by_file(archive: Path, tmp_path: Path) -> None:
    result = run("load", archive, "--store", tmp_path / "store")
    assert result.exit_code == 1
    assert "batch.zip/sub/tianjin-353215-2025-targets.txt: loaded" in result.stderr
    assert "2 loaded" in result.stderr


def test_converted_files_in_a_folder_are_loaded_but_not_converted(
    folder: Path, tmp_path: Path, seed: Path
) -> None:
    (folder / "sub" / "empty.txt").unlink()
    assert run("convert", seed, "-o", folder / "seed.nq").exit_code == 0
    (folder / seed.name).unlink()
    assert "(RDF, no source document): batch/seed.nq" in run("convert", folder).stderr
    result = run("load", folder, "--store", tmp_path / "store")
    assert (result.exit_code, "batch/seed.nq: loaded" in result.stderr) == (0, True)


def test_a_folder_without_a_source_is_told(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    result = run("convert", tmp_path / "x")
    assert (result.exit_code, "[PG137]" in result.stderr) == (2, True)
