"""``perfgraph serve``: a store, or source files, behind a SPARQL endpoint."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import click

from perfgraph.cli.bilingual import command, option
from perfgraph.cli.language import language_of
from perfgraph.cli.limits import changed
from perfgraph.cli.sources import Given, reading_options, tell
from perfgraph.text import Language, Text
from perfgraph.web import run
from perfgraph.web.access import read_tokens
from perfgraph.web.configuration import BadSettingError, configure

_ALL_FAILED = 2
_LISTENING = Text(zh="服务地址：{url}（按 Ctrl-C 结束）", en="Serving at {url} (Ctrl-C to stop)")


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
    "--set",
    "assignments",
    multiple=True,
    metavar="NAME=VALUE",
    text=Text(
        zh="任一设置，如 limits.seconds=60（见 docs/settings.md），可重复",
        en="any setting, such as limits.seconds=60 (docs/settings.md); repeatable",
    ),
)
@option(
    "--tokens",
    type=click.Path(path_type=Path),
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
    assignments: tuple[str, ...],
    given: Given,
) -> None:
    """Serve a store; an empty or absent folder is an empty dataset."""
    language = language_of(context)
    given_here = {
        **dict(_assignment(one) for one in assignments),
        **{
            name: str(value)
            for name, value in (
                ("store", location),
                ("host", host),
                ("port", port),
                ("tokens", tokens),
            )
            if value is not None
        },
    }
    configured = configure(config, os.environ, given_here)
    where = configured.settings.store
    with ExitStack() as stack:
        if sources and not configured.names_store and config is None:
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
        )
        if settings.tokens is not None:
            read_tokens(Path(settings.tokens))  # a wrong file is told before serving
        run(
            settings,
            configured.host,
            configured.port,
            announce=lambda url: tell([_LISTENING.format(url=url)], language),
        )


def _assignment(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise BadSettingError(f"--set {text}", Text(zh="应为 名称=值", en="NAME=VALUE is expected"))
    return name.strip(), value


@contextmanager
def _temporary_folder() -> Iterator[str]:
    """Yield a folder that is removed at the end, by this process and not by those it forks."""
    folder, owner = tempfile.mkdtemp(prefix="perfgraph-"), os.getpid()
    try:
        yield folder
    finally:
        if os.getpid() == owner:
            shutil.rmtree(folder, ignore_errors=True)


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
