from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfgraph import Limits as ReadingLimits
from perfgraph import convert
from perfgraph.cli import main
from perfgraph.cli.limits import Limits, changed, named, parsed
from perfgraph.records import BadOptionError
from perfgraph.sources.errors import LargeFileError

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "limits.md"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", *(str(argument) for argument in arguments)])


def test_every_limit_is_in_the_document_with_its_default() -> None:
    rows = re.findall(r"^\| `([\w.]+)` \| ([\d.]+) \|", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    assert rows == [(name, str(value)) for name, value in named(Limits())]


def test_every_limit_can_be_set() -> None:
    settings = [f"{name}={value + 1}" for name, value in named(Limits())]
    assert changed(parsed(settings)) == settings


@pytest.mark.parametrize("setting", ["", "x=1", "pdf=1", "pdf.pages", "pdf.pages=0", "pdf.pages=x"])
def test_a_wrong_limit_is_told(setting: str) -> None:
    with pytest.raises(BadOptionError, match="--limit"):
        parsed([setting])


def test_a_limit_holds_on_the_command_line_and_in_the_environment(
    seed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "[PG138]" in run("convert", seed, "--limit", "file_bytes=1000").stderr
    assert "[PG702]" in run("validate", seed, "--limit", "work.seconds=0.001").stdout
    assert "[PG138]" in run("inspect", seed, "--limit", "file_bytes=1000").stderr
    monkeypatch.setenv("PERFGRAPH_LIMITS", "file_bytes=1000 pdf.pages=3")
    assert "[PG138]" in run("convert", seed).stderr


def test_a_limit_holds_in_python(seed: Path) -> None:
    with pytest.raises(LargeFileError):
        convert(seed, limits=ReadingLimits(file_bytes=1000))
