"""``perfgraph serve``: a store, or source files, behind a SPARQL endpoint."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields, replace
from pathlib import Path

import click

from perfgraph.cli.bilingual import command, option
from perfgraph.cli.language import language_of
from perfgraph.cli.limits import changed
from perfgraph.cli.sources import Given, reading_options, tell
from perfgraph.errors import SettingsError
from perfgraph.model import Place
from perfgraph.text import Language, Text
from perfgraph.web import Limits, Settings, run
from perfgraph.web.access import read_tokens

_ALL_FAILED = 2
_LISTENING = Text(zh="服务地址：{url}（按 Ctrl-C 结束）", en="Serving at {url} (Ctrl-C to stop)")
_DEFAULT_STORE = "store"
_KEYS: dict[str, type] = {
    "store": str,
    "host": str,
    "port": int,
    "tokens": str,
    "private": bool,
    "proxies": int,
    "prefix": str,
    "services": list,
}
"""What may stand in [serve], beside the limits."""


class BadConfigError(SettingsError):
    """The file for ``--config`` cannot be used."""

    code = "PG605"

    def __init__(self, place: Place, reason: str) -> None:
        super().__init__(
            Text(zh=f"配置文件无效：{reason}", en=f"the configuration is not valid: {reason}"),
            advice=Text(
                zh=f"格式是 TOML；[serve] 中可写 {'、'.join(_KEYS)}，[serve.limits] 中可写各项限制",
                en=f"It is TOML: {', '.join(_KEYS)} in [serve], and limits in [serve.limits]",
            ),
            place=place,
        )


@command(
    summary=Text(
        zh="启动 SPARQL 服务与起始页；给出文件时先载入（不给 --store 则用临时存储库）。",
        en="Start the SPARQL endpoint and start page; files given are loaded first.",
    ),
    example="perfgraph serve --store store --port 8000",
)
@click.argument("sources", nargs=-1, type=click.Path(readable=False, path_type=Path))
@option(
    "--store",
    "location",
    envvar="PERFGRAPH_STORE",
    text=Text(
        zh="存储库文件夹，或 sparql+http://… 地址（默认 store）",
        en="folder, or sparql+http://… URL (default: store)",
    ),
)
@option("--host", text=Text(zh="监听地址（默认 127.0.0.1）", en="address (default: 127.0.0.1)"))
@option("--port", type=int, text=Text(zh="端口（默认 8000）", en="port (default: 8000)"))
@option(
    "--config",
    type=click.Path(path_type=Path),
    text=Text(zh="TOML 配置文件", en="TOML file with the configuration"),
)
@option(
    "--tokens",
    type=click.Path(path_type=Path),
    envvar="PERFGRAPH_TOKENS",
    text=Text(
        zh="令牌文件（perfgraph token）；没有令牌则服务只读",
        en="file of tokens (perfgraph token); without any the service is read-only",
    ),
)
@reading_options
@click.pass_context
def serve(
    context: click.Context,
    sources: tuple[Path, ...],
    location: str | None,
    host: str | None,
    port: int | None,
    config: Path | None,
    tokens: Path | None,
    given: Given,
) -> None:
    """Serve a store; an empty or absent folder is an empty dataset."""
    language = language_of(context)
    configured = _configured(config)
    where = location or configured.store
    with ExitStack() as stack:
        if sources and location is None and config is None:
            where = stack.enter_context(_temporary_folder())
        if sources:
            _load(sources, where, given, language, context)
        if Path(where).exists() and not _is_empty_folder(Path(where)):
            _check(where, language, context)
        settings = replace(
            configured.settings,
            store=where,
            language=language,
            token=os.environ.get("PERFGRAPH_TOKEN") or None,
            tokens=configured.settings.tokens if tokens is None else str(tokens),
        )
        if settings.tokens is not None:
            read_tokens(Path(settings.tokens))  # a wrong file is told before serving
        run(
            settings,
            host or configured.host,
            configured.port if port is None else port,
            announce=lambda url: tell([_LISTENING.format(url=url)], language),
        )


@contextmanager
def _temporary_folder() -> Iterator[str]:
    """Yield a folder that is removed at the end, by this process and not by those it forks."""
    folder, owner = tempfile.mkdtemp(prefix="perfgraph-"), os.getpid()
    try:
        yield folder
    finally:
        if os.getpid() == owner:
            shutil.rmtree(folder, ignore_errors=True)


class _Configured:
    """What a configuration file says, over the defaults."""

    def __init__(self, host: str, port: int, settings: Settings) -> None:
        self.host = host
        self.port = port
        self.settings = settings
        self.store = settings.store


def _configured(file: Path | None) -> _Configured:
    content: dict[str, object] = {}
    if file is not None:
        try:
            content = tomllib.loads(file.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise BadConfigError(Place(file.name), str(error)) from error
    place = Place(file.name if file is not None else "")
    section = _table(content, "serve", place)
    limits = _table(section, "limits", place)
    known = {field.name for field in fields(Limits)}
    for name, value in limits.items():
        if name not in known or isinstance(value, bool) or not isinstance(value, int | float):
            raise BadConfigError(place, f"serve.limits.{name}")
    values: dict[str, object] = {}
    for name, value in section.items():
        if name != "limits":
            kind = _KEYS.get(name)
            if kind is None or type(value) is not kind:
                raise BadConfigError(place, f"serve.{name}")
            values[name] = value
    services = values.pop("services", [])
    assert isinstance(services, list)  # checked above
    if not all(isinstance(one, str) for one in services):
        raise BadConfigError(place, "serve.services")
    host, port = values.pop("host", "127.0.0.1"), values.pop("port", 8000)
    values.setdefault("store", _DEFAULT_STORE)
    settings = Settings(
        limits=Limits(**limits),  # type: ignore[arg-type] # checked
        services=tuple(services),
        **values,  # type: ignore[arg-type] # checked
    )
    assert isinstance(host, str)
    assert isinstance(port, int)
    return _Configured(host, port, settings)


def _table(content: dict[str, object], name: str, place: Place) -> dict[str, object]:
    table = content.get(name, {})
    if not isinstance(table, dict):
        raise BadConfigError(place, f"[{name}]")
    return table


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())


def _check(location: str, language: Language, context: click.Context) -> None:
    """Open the store once in a process of its own, so that a wrong one is told before serving."""
    words = [sys.executable, "-m", "perfgraph", "--lang", language, "info", "--store", location]
    if subprocess.run(words, stdout=subprocess.DEVNULL).returncode:
        context.exit(_ALL_FAILED)


def _load(
    sources: tuple[Path, ...],
    location: str,
    given: Given,
    language: Language,
    context: click.Context,
) -> None:
    """Load in a process of its own: the engine starts threads, and the server forks later."""
    options: tuple[tuple[str, object], ...] = (
        ("--year", given.year),
        ("--region", given.region),
        ("--unit", given.unit),
        ("--base", given.base),
        ("--labels", given.labels),
        ("--keys", given.keys),
    )
    words = [word for name, value in options if value is not None for word in (name, str(value))]
    words += [word for setting in changed(given.limits) for word in ("--limit", setting)]
    command_line = [sys.executable, "-m", "perfgraph", "--lang", language, "load"]
    command_line += [*map(str, sources), "--store", location, *words]
    if subprocess.run(command_line, stdout=subprocess.DEVNULL).returncode == _ALL_FAILED:
        context.exit(_ALL_FAILED)
