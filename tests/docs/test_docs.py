"""The documents say what is there: their commands are run, their lists are complete."""

from __future__ import annotations

import importlib
import pkgutil
import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import perfgraph
from perfgraph.cli import main
from perfgraph.errors import PerfgraphError

REPOSITORY = Path(__file__).resolve().parents[2]
README = REPOSITORY / "README.md"
ERRORS = REPOSITORY / "docs" / "errors.md"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """One command of a document with the output printed below it; ``...`` stands for any lines."""

    command: str
    output: list[str]


def examples(document: Path) -> list[Example]:
    found: list[Example] = []
    for block in _BLOCK.findall(document.read_text("utf-8")):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(Example(line[2:], []))
            else:
                found[-1].output.append(line)
    return found


def matches(expected: list[str], actual: list[str]) -> bool:
    if not expected:
        return not actual
    if expected[0] == "...":
        return any(matches(expected[1:], actual[index:]) for index in range(len(actual) + 1))
    return bool(actual) and expected[0] == actual[0] and matches(expected[1:], actual[1:])


def test_the_examples_of_the_readme_give_what_it_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(REPOSITORY / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PERFGRAPH_LANG", "en")
    run = 0
    for example in examples(README):
        program, *arguments = shlex.split(example.command)
        if program != "perfgraph":
            continue
        result = CliRunner().invoke(main, arguments)
        output = [line.rstrip() for line in result.output.splitlines()]
        assert result.exit_code in (0, 1), result.output
        assert matches(example.output, output), "\n".join([example.command, *output])
        run += 1
    assert run >= 5


def test_the_readme_begins_with_the_two_commands() -> None:
    commands = [example.command for example in examples(README)]
    assert commands[:2] == ["scripts/demo", "scripts/test"]


def test_every_command_is_in_the_readme() -> None:
    text = README.read_text("utf-8")
    context = click.Context(main)
    for name in main.list_commands(context):
        assert f"`perfgraph {name}" in text, name


def error_classes() -> set[type[PerfgraphError]]:
    for module in pkgutil.walk_packages(perfgraph.__path__, "perfgraph."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: set[type[PerfgraphError]] = set()
    queue: list[type[PerfgraphError]] = [PerfgraphError]
    while queue:
        cls = queue.pop()
        if cls not in found and cls.__module__.startswith("perfgraph"):
            found.add(cls)
            queue.extend(cls.__subclasses__())
    return found


def test_error_codes_are_unique_and_all_of_them_are_explained() -> None:
    codes = [cls.code for cls in error_classes()]
    assert len(codes) == len(set(codes))
    rows = re.findall(r"^\| (PG\d{3}) \|", ERRORS.read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(codes)


def test_every_row_of_the_errors_has_a_cell_for_each_column() -> None:
    rows = [line for line in ERRORS.read_text("utf-8").splitlines() if line.startswith("| PG")]
    assert [row for row in rows if row.count(" | ") != 2] == []


def test_links_between_documents_lead_somewhere() -> None:
    for document in [README, *(REPOSITORY / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
