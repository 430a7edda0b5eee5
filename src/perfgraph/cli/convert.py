"""``perfgraph convert``: source files → RDF."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import click

from perfgraph import serialisation
from perfgraph.cli import output
from perfgraph.cli.bilingual import command, option
from perfgraph.cli.language import language_of
from perfgraph.cli.sources import Given, convert_batch, reading_options
from perfgraph.serialisation import Format
from perfgraph.text import Text


@command(
    summary=Text(
        zh="把绩效目标表转换为 RDF（Turtle、TriG、N-Quads、JSON-LD）。",
        en="Convert target tables to RDF (Turtle, TriG, N-Quads, JSON-LD).",
    ),
    example="perfgraph convert targets.txt --year 2025 -o targets.trig",
)
@click.argument("sources", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path))
@option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    text=Text(zh="输出文件，后缀决定格式", en="output file; its suffix is the format"),
)
@option(
    "--to",
    "form",
    type=click.Choice([form.value for form in Format]),
    text=Text(zh="输出格式", en="output format"),
)
@option(
    "--without",
    type=click.Choice(["prov"]),
    text=Text(zh="不写出溯源信息", en="leave the provenance out"),
)
@reading_options
@click.pass_context
def convert(
    context: click.Context,
    sources: tuple[Path, ...],
    target: Path | None,
    form: str | None,
    without: str | None,
    given: Given,
) -> None:
    """Convert SOURCES; with several, the output holds all that could be read."""
    language = language_of(context)
    chosen = _format(form, target)
    batch = convert_batch(sources, given, language)
    if batch.results:
        quads = chain.from_iterable(
            conversion.quads(with_provenance=without is None) for conversion in batch.results
        )
        output.write(serialisation.write(quads, chosen), target, sources=sources)
    context.exit(batch.exit_code)


def _format(form: str | None, target: Path | None) -> Format:
    if form is not None:
        return Format(form)
    if target is None or target == output.STDOUT:
        return Format.TURTLE
    return serialisation.format_of(target.name)
