from __future__ import annotations

import re

import pytest
from click.testing import CliRunner, Result

from perfgraph.cli import main
from perfgraph.text import LANGUAGES

COMMANDS = (
    "convert",
    "inspect",
    "load",
    "validate",
    "query",
    "serve",
    "token",
    "info",
    "completion",
)
HAN = re.compile("[\u4e00-\u9fff]")


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, arguments, env=environment)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_in_both_languages(
    command: str, language: str
) -> None:
    result = run("--lang", language, command, "--help")
    assert result.exit_code == 0
    assert f"perfgraph {command}" in result.stdout
    assert ("示例" if language == "zh" else "Example") in result.stdout
    without_lang = result.stdout.replace("语言 / language", "")
    if language == "en":
        assert HAN.search(without_lang) is None
    else:
        options = [line for line in without_lang.splitlines() if line.startswith("  -")]
        described = [line for line in options if len(line.split("  ")) > 2]
        assert all(HAN.search(line) for line in described if "--lang" not in line)


def test_the_group_lists_its_commands() -> None:
    result = run("--lang", "en", "--help")
    assert all(f"  {command} " in result.stdout for command in COMMANDS)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "用法"),
        ({"LANG": "en_US.UTF-8"}, "Usage"),
        ({"LANG": "zh_CN.UTF-8", "PERFGRAPH_LANG": "en"}, "Usage"),
    ],
)
def test_the_locale_chooses_the_language(environment: dict[str, str], expected: str) -> None:
    clean = {"LC_ALL": "", "LC_MESSAGES": "", "PERFGRAPH_LANG": ""}
    assert run("--help", **(clean | environment)).stdout.startswith(expected)


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (("convert",), "缺少参数 SOURCES", "missing argument SOURCES"),
        (("convert", "x", "--nope"), "没有选项 --nope", "no such option --nope"),
        (("convert", "x", "--to", "xml"), "只能是", "must be one of"),
        (("convert", "x", "--year", "abc"), "--year 须为整数", "--year must be a whole number"),
        (("nope",), "没有命令 nope", "no such command nope"),
        (("validate",), "请给出文件", "give files"),
    ],
)
def test_usage_errors_are_told_in_both_languages(
    arguments: tuple[str, ...], zh: str, en: str
) -> None:
    for language, expected in (("zh", zh), ("en", en)):
        result = run("--lang", language, *arguments)
        assert result.exit_code == 2
        assert expected in result.stderr
        assert "--help" in result.stderr


def test_completion_prints_a_script_for_each_shell() -> None:
    for shell in ("bash", "zsh", "fish"):
        result = run("completion", shell)
        assert result.exit_code == 0
        assert "_PERFGRAPH_COMPLETE" in result.stdout
