"""A TOML file, the environment and options → settings; every setting by every way, one list.

The names are the fields of ``Settings`` and ``Limits`` (``limits.seconds``), and host and port. The
environment has them as ``PERFGRAPH_LIMITS_SECONDS``. An option wins over the environment, and that
over the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import get_args

from perfgraph.errors import SettingsError
from perfgraph.model import Place
from perfgraph.text import Text
from perfgraph.web.settings import Engine, Limits, Settings

DEFAULT_STORE = "store"
HOST, PORT = "127.0.0.1", 8000
PREFIX = "PERFGRAPH_"
_LIMITS = "limits."
_NOT_HERE = frozenset(["language", "limits", "token"])
"""Fields of ``Settings`` that come by other ways: ``--lang``, each limit alone, a secret."""

Value = str | int | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Configured:
    """Everything that a server is told."""

    settings: Settings
    host: str = HOST
    port: int = PORT
    names_store: bool = False
    """Whether a store was named, or is the default."""


class BadConfigError(SettingsError):
    """The file for ``--config`` cannot be used."""

    code = "PG605"

    def __init__(self, place: Place, reason: str) -> None:
        super().__init__(
            Text(zh=f"配置文件无效：{reason}", en=f"the configuration is not valid: {reason}"),
            advice=Text(
                zh="格式是 TOML，含 [serve] 和 [serve.limits]；全部设置见 docs/settings.md",
                en="It is TOML with [serve] and [serve.limits]; docs/settings.md has all settings",
            ),
            place=place,
        )


class BadSettingError(SettingsError):
    """A setting has no such name, or cannot have such a value."""

    code = "PG482"

    def __init__(self, name: str, expected: Text) -> None:
        super().__init__(
            Text(zh=f"设置 {name} 无效：{expected.zh}", en=f"setting {name}: {expected.en}"),
            advice=Text(zh="全部设置见 docs/settings.md", en="docs/settings.md has all settings"),
        )


def defaults() -> dict[str, Value]:
    """Return all settings by name, each with what it is when nothing is said.

    >>> defaults()["limits.seconds"], defaults()["port"]
    (20.0, 8000)
    """
    settings = Settings(store=DEFAULT_STORE)
    values: dict[str, Value] = {"host": HOST, "port": PORT}
    for field in fields(Settings):
        if field.name not in _NOT_HERE:
            value = getattr(settings, field.name)
            values[field.name] = "" if value is None else value
    for field in fields(Limits):
        values[_LIMITS + field.name] = getattr(settings.limits, field.name)
    return values


def variable_of(name: str) -> str:
    """Return the variable of the environment for a setting.

    >>> variable_of("limits.seconds")
    'PERFGRAPH_LIMITS_SECONDS'
    """
    return PREFIX + name.replace(".", "_").upper()


def configure(
    file: Path | None, environment: Mapping[str, str], options: Mapping[str, str]
) -> Configured:
    """Return the settings.

    Raises:
        BadConfigError: the file cannot be used.
        BadSettingError: a variable or an option cannot.
    """
    known = defaults()
    said: dict[str, Value] = {} if file is None else _from_file(file, known)
    for name in known:
        text = environment.get(variable_of(name))
        if text:
            said[name] = _parsed(variable_of(name), text, known[name])
    for name, text in options.items():
        if name not in known:
            raise BadSettingError(name, Text(zh="没有这个设置", en="there is no such setting"))
        said[name] = _parsed(name, text, known[name])
    engine = said.get("engine", "auto")
    if engine not in get_args(Engine):
        one_of = ", ".join(get_args(Engine))
        raise BadSettingError(
            "engine", Text(zh=f"应为 {one_of} 之一", en=f"one of {one_of} is expected")
        )
    return _configured({**known, **said}, names_store="store" in said)


def _configured(values: dict[str, Value], *, names_store: bool) -> Configured:
    limits = {
        name.removeprefix(_LIMITS): value
        for name, value in values.items()
        if name.startswith(_LIMITS)
    }
    others = {
        name: value
        for name, value in values.items()
        if not name.startswith(_LIMITS) and name not in ("host", "port")
    }
    others["tokens"] = others["tokens"] or None  # type: ignore[assignment]  # an optional file
    host, port = values["host"], values["port"]
    assert isinstance(host, str)
    assert isinstance(port, int)
    settings = Settings(
        limits=Limits(**limits),  # type: ignore[arg-type]  # checked by _fitting
        **others,  # type: ignore[arg-type]
    )
    return Configured(settings, host, port, names_store)


def _from_file(file: Path, known: Mapping[str, Value]) -> dict[str, Value]:
    place = Place(file.name)
    try:
        content = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadConfigError(place, str(error)) from error
    section = _table(content, "serve", place)
    limits = _table(section, "limits", place)
    named = {name: value for name, value in section.items() if name != "limits"}
    named |= {_LIMITS + name: value for name, value in limits.items()}
    found: dict[str, Value] = {}
    for name, value in named.items():
        fitting = _fitting(value, known[name]) if name in known else None
        if fitting is None:
            raise BadConfigError(place, f"serve.{name}")
        found[name] = fitting
    return found


def _table(content: dict[str, object], name: str, place: Place) -> dict[str, object]:
    table = content.get(name, {})
    if not isinstance(table, dict):
        raise BadConfigError(place, f"[{name}]")
    return table


def _fitting(value: object, default: Value) -> Value | None:
    """Return ``value`` as the kind that the default is of; ``None`` when it is of another."""
    match default:
        case bool():
            return value if isinstance(value, bool) else None
        case float() if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        case int() if isinstance(value, int) and not isinstance(value, bool):
            return value
        case int() | float():
            return None
        case str():
            return value if isinstance(value, str) else None
        case _:
            texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
            return tuple(value) if texts else None  # type: ignore[arg-type]  # a list of texts


def _parsed(name: str, text: str, default: Value) -> Value:
    """Return a text of the environment or of an option as the kind that the default is of."""
    try:
        match default:
            case bool():
                return {"true": True, "1": True, "false": False, "0": False}[text.lower()]
            case int() | float():
                return type(default)(text)
            case str():
                return text
            case _:
                return tuple(text.split())
    except (KeyError, ValueError) as error:
        kind = Text(zh="数字", en="a number")
        if isinstance(default, bool):
            kind = Text(zh="true 或 false", en="true or false")
        raise BadSettingError(
            name,
            Text(zh=f"“{text}”不是{kind.zh}", en=f"'{text}' is not {kind.en}"),
        ) from error
