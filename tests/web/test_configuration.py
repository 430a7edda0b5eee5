"""Settings by file, environment and option; the list of them in the documents is complete."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from perfgraph.web.configuration import (
    BadConfigError,
    BadSettingError,
    Value,
    configure,
    defaults,
    variable_of,
)

LIST = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
ROW = re.compile(r"^\| `([\w.]+)` \| `(\w+)` \| (?:`([^`]*)`)? ?\|", re.MULTILINE)


def shown(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value or "0" if value == 0 else value)


def other(value: Value) -> Value:
    """Return another value of the same kind."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case "auto":
            return "disk"
        case str():
            return f"{value}x"
        case _:
            return ("http://e/1", "http://e/2")


def text(value: Value) -> str:
    return " ".join(value) if isinstance(value, tuple) else shown(value)


def toml(name: str, value: Value) -> str:
    table, _, key = name.rpartition(".")
    plain = list(value) if isinstance(value, tuple) else value
    return f"[serve{'.' if table else ''}{table}]\n{key} = {json.dumps(plain)}\n"


def get(
    name: str, file: Path | None, environment: dict[str, str], options: dict[str, str]
) -> object:
    configured = configure(file, environment, options)
    if name in ("host", "port"):
        return getattr(configured, name)
    holder = configured.settings.limits if "." in name else configured.settings
    return getattr(holder, name.removeprefix("limits."))


def test_the_list_of_settings_is_complete_and_right() -> None:
    listed = {
        name: (variable, value or "")
        for name, variable, value in ROW.findall(LIST.read_text("utf-8"))
    }
    there = {
        name: (variable_of(name), "" if value in ("", ()) else shown(value))
        for name, value in defaults().items()
    }
    assert listed == there


@pytest.mark.parametrize("name", defaults())
def test_every_setting_comes_by_every_way_and_the_nearer_one_wins(
    tmp_path: Path, name: str
) -> None:
    default = defaults()[name]
    changed = other(default)
    file = tmp_path / "perfgraph.toml"
    file.write_text(toml(name, changed))
    unset = default or (None if name == "tokens" else default)
    assert get(name, None, {}, {}) == unset
    assert get(name, file, {}, {}) == changed
    assert get(name, None, {variable_of(name): text(changed)}, {}) == changed
    assert get(name, None, {}, {name: text(changed)}) == changed
    if default:
        assert get(name, file, {variable_of(name): text(default)}, {}) == default
        assert get(name, None, {variable_of(name): text(changed)}, {name: text(default)}) == default


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("[serve", "Expected"),
        ("[serve]\nport = 'x'", "serve.port"),
        ("[serve]\nprivate = 1", "serve.private"),
        ("[serve]\nunknown = 1", "serve.unknown"),
        ("[serve]\nservices = [1]", "serve.services"),
        ("[serve.limits]\nseconds = true", "serve.limits.seconds"),
        ("[serve.limits]\nrows = 1.5", "serve.limits.rows"),
        ("serve = 1", "[serve]"),
    ],
)
def test_a_wrong_file_is_told_with_the_setting(tmp_path: Path, content: str, named: str) -> None:
    file = tmp_path / "perfgraph.toml"
    file.write_text(content)
    with pytest.raises(BadConfigError) as caught:
        configure(file, {}, {})
    assert named in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "x"),
        ("private", "perhaps"),
        ("engine", "fast"),
        ("limits.rows", "1.5"),
        ("no", "1"),
    ],
)
def test_a_wrong_option_is_told_with_its_name(name: str, value: str) -> None:
    with pytest.raises(BadSettingError) as caught:
        configure(None, {}, {name: value})
    assert name in caught.value.message.en
    assert name in caught.value.message.zh
