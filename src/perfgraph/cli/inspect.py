"""``perfgraph inspect``: a source file → how it was read, cell by cell."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from perfgraph.cli import output
from perfgraph.cli.bilingual import command, option
from perfgraph.cli.language import language_of
from perfgraph.cli.sources import ALL_FAILED, Given, reading_options
from perfgraph.inspection import Inspection
from perfgraph.inspection import inspect as inspect_file
from perfgraph.inspection.inspection_html import to_html
from perfgraph.inspection.inspection_json import to_json
from perfgraph.inspection.inspection_text import to_text
from perfgraph.text import Language, Text

_TEXT_WIDTH = 120


@command(
    summary=Text(
        zh="显示一个文件是怎样读的：表格、每个单元格的作用、记录、没有使用的单元格。",
        en="Show how a file was read: its tables, the role of every cell, records, unused cells.",
    ),
    example="perfgraph inspect targets.docx --to html -o inspection.html",
)
@click.argument("source", type=click.Path(readable=False, path_type=Path))
@option(
    "--to",
    "form",
    type=click.Choice(["text", "html", "json"]),
    default="text",
    show_default=True,
    text=Text(zh="输出格式", en="form of the output"),
)
@option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    text=Text(zh="输出文件", en="file for the output"),
)
@reading_options
@click.pass_context
def inspect(
    context: click.Context, source: Path, form: str, target: Path | None, given: Given
) -> None:
    """Show SOURCE as it was read; a file that is refused as far as it could be read."""
    language = language_of(context)
    found = inspect_file(
        source,
        year=given.year,
        region=given.region,
        unit=given.unit,
        labels=given.labels,
        keys=given.keys,
    )
    if found.error is not None:
        click.echo(found.error.render(language), err=True)
    if found.error is None or found.tables:
        output.write(_written(found, form, target, language).encode(), target, sources=[source])
    context.exit(0 if found.error is None else ALL_FAILED)


def _written(found: Inspection, form: str, target: Path | None, language: Language) -> str:
    if form == "json":
        return to_json(found)
    if form == "html":
        return to_html(found, language)
    colour = target is None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if colour else _TEXT_WIDTH
    return to_text(found, language, width=width, colour=colour)
