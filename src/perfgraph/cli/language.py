"""Which language the command line speaks: ``--lang``, else ``PERFGRAPH_LANG``, else the locale."""

from __future__ import annotations

import os
from collections.abc import Mapping

import click

from perfgraph.text import LANGUAGES, Language, choose_language

_KEY = "perfgraph.language"


def from_environment(environment: Mapping[str, str]) -> Language:
    """Return the language that the environment asks for.

    >>> from_environment({"LANG": "zh_CN.UTF-8"}), from_environment({"PERFGRAPH_LANG": "en"})
    ('zh', 'en')
    """
    for variable in ("PERFGRAPH_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(variable):
            return choose_language(environment[variable])
    return "en"


def language_of(context: click.Context | None) -> Language:
    """Return the language of a command that runs, or of the environment where none does."""
    chosen = context.find_root().meta.get(_KEY) if context is not None else None
    return "zh" if chosen == "zh" else "en" if chosen == "en" else from_environment(os.environ)


def language_option() -> click.Option:
    """Return ``--lang``; it is eager, so that ``--lang zh --help`` is in Chinese."""
    return click.Option(
        ["--lang"],
        type=click.Choice(list(LANGUAGES)),
        is_eager=True,
        expose_value=False,
        callback=_remember,
        help="语言 / language",
    )


def _remember(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.find_root().meta[_KEY] = value
