"""``perfgraph inspect``: a file, folder or archive → how each file was read, cell by cell."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from perfgraph.cli import output
from perfgraph.cli.batch import Effort, Run, Tally, effort_options
from perfgraph.cli.bilingual import command, option
from perfgraph.cli.language import language_of
from perfgraph.cli.sources import Given, reading_options
from perfgraph.errors import PerfgraphError
from perfgraph.inspection import Inspection
from perfgraph.inspection import inspect as inspect_file
from perfgraph.inspection.inspection_html import to_html
from perfgraph.inspection.inspection_json import to_json
from perfgraph.inspection.inspection_text import to_text
from perfgraph.sources import SourceFile
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
@effort_options
@click.pass_context
def inspect(
    context: click.Context,
    source: Path,
    form: str,
    target: Path | None,
    given: Given,
    effort: Effort,
) -> None:
    """Show SOURCE as it was read; a file that is refused as far as it could be read."""
    language = language_of(context)
    found, tally = _inspections(source, given, effort, language)
    if form != "text" or any(one.tables for one in found):
        output.write(_written(found, form, target, language).encode(), target, sources=[source])
    tally.tell(language)
    context.exit(tally.exit_code)


@dataclass(frozen=True, slots=True)
class _Inspect:
    """Source file → its inspection."""

    given: Given

    def __call__(self, source: SourceFile) -> Inspection:
        given = self.given
        return inspect_file(
            source,
            year=given.year,
            region=given.region,
            unit=given.unit,
            labels=given.labels,
            keys=given.keys,
            limits=given.limits.reading,
        )


def _inspections(
    source: Path, given: Given, effort: Effort, language: Language
) -> tuple[list[Inspection], Tally]:
    """Return the inspection of each file, and how many gave a record; what failed is told."""
    inspections: list[Inspection] = []
    tally = Tally()
    for item, outcome in Run([source], _Inspect(given), effort, language).results():
        if isinstance(outcome, PerfgraphError):
            found = Inspection(item.shown, error=outcome)
        else:
            found = replace(outcome, file=item.shown)
            if found.error is not None:
                click.echo(item.folder + found.error.render(language), err=True)
        inspections.append(found)
        tally.good += found.error is None
        tally.failed += found.error is not None
    return inspections, tally


def _written(
    found: Sequence[Inspection], form: str, target: Path | None, language: Language
) -> str:
    if form == "json":
        return to_json(found)
    if form == "html":
        return to_html(found, language)
    colour = target is None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if colour else _TEXT_WIDTH
    return to_text(found, language, width=width, colour=colour)
