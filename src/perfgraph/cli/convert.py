"""``perfgraph convert``: source files → RDF, in one output or in a folder with one for each."""

from __future__ import annotations

import os
from itertools import chain
from pathlib import Path

import click
from pyoxigraph import RdfFormat, parse

from perfgraph import serialisation
from perfgraph.cli import output
from perfgraph.cli.batch import Effort, Run, effort_options
from perfgraph.cli.bilingual import command, option
from perfgraph.cli.converting import Converted, Converting
from perfgraph.cli.language import language_of
from perfgraph.cli.output_folder import OutputFolder
from perfgraph.cli.sources import Given, listed, reading_options, tell, tell_unused
from perfgraph.errors import PerfgraphError
from perfgraph.serialisation import Format, UnknownSuffixError
from perfgraph.sources import shown
from perfgraph.text import Language, Text

_INTERRUPTED = Text(
    zh="已中断；再运行同一命令就会接着做，做完的不再做",
    en="interrupted; the same command goes on where it stopped",
)
_REMOVED = Text(
    zh="已删除以前的输出 {output}：源文件现在不能转换",
    en="removed the earlier output {output}: its source cannot be converted now",
)
_GONE = Text(
    zh="{n} 个输出的源文件已不在（输出没有删除）：{names}",
    en="the sources of {n} outputs are no longer there (the outputs stay): {names}",
)
_BEFORE = Text(zh="{n} 个以前已转换，没有变化", en="{n} were converted before and are unchanged")


@command(
    summary=Text(
        zh="把绩效目标表转换为 RDF（Turtle、TriG、N-Quads、JSON-LD）。"
        "输出为文件夹时每个源文件一个输出，中断后可以接着做。",
        en="Convert target tables to RDF (Turtle, TriG, N-Quads, JSON-LD). Into a folder, each"
        " source has an output of its own, and an interrupted run goes on where it stopped.",
    ),
    example="perfgraph convert targets.txt --year 2025 -o targets.trig",
)
@click.argument("sources", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path))
@option(
    "-o",
    "--output",
    "target",
    type=click.Path(),
    text=Text(
        zh="输出文件，后缀决定格式；或文件夹（以 / 结尾，格式为 --to，默认 trig）",
        en="output file, its suffix is the format; or a folder, with / at the end (format --to,"
        " else trig)",
    ),
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
@effort_options
@click.pass_context
def convert(
    context: click.Context,
    sources: tuple[Path, ...],
    target: str | None,
    form: str | None,
    without: str | None,
    given: Given,
    effort: Effort,
) -> None:
    """Convert SOURCES; with several, the output holds all that could be read."""
    language = language_of(context)
    with_provenance = without is None
    if target is not None and _is_folder(target):
        work = Converting(given, Format(form or Format.TRIG), with_provenance)
        code = _into_folder(Path(target), sources, work, effort, language)
    else:
        file = None if target is None else Path(target)
        chosen = _format(form, file, sources)
        work = Converting(given, Format.NQUADS, with_provenance)
        code = _into_one(file, chosen, sources, work, effort, language)
    context.exit(code)


def _into_one(
    target: Path | None,
    form: Format,
    sources: tuple[Path, ...],
    work: Converting,
    effort: Effort,
    language: Language,
) -> int:
    run = Run(sources, work, effort, language)
    found: list[bytes] = []
    for item, result in run.results():
        if not isinstance(result, PerfgraphError):
            found.append(result.content)
            tell_unused(item.shown, result.unused, language)
    run.tally.tell(language)
    if found:
        quads = (parse(content, format=RdfFormat.N_QUADS) for content in found)
        content = serialisation.write(chain.from_iterable(quads), form)
        output.write(content, target, sources=[item.path for item in run.inputs.files])
    return run.tally.exit_code


def _into_folder(
    folder: Path, sources: tuple[Path, ...], work: Converting, effort: Effort, language: Language
) -> int:
    run = Run(sources, work, effort, language)
    with OutputFolder(folder, run.inputs.files, work) as outputs:
        try:
            for item, result in run.results(outputs.write, outputs.has):
                if isinstance(result, Converted):
                    tell_unused(item.shown, result.unused, language)
                else:
                    removed = outputs.remove(item)
                    tell((_REMOVED.format(output=path) for path in removed), language)
        except KeyboardInterrupt as error:
            tell([_INTERRUPTED], language)
            raise click.Abort from error
        failed = [item for item, _ in run.inputs.failures]
        gone = outputs.of_gone([shown(Path(path.resolve().name)) for path in sources], failed)
    if gone:
        tell([_GONE.format(n=len(gone), names=listed(gone, language))], language)
    if outputs.unchanged:
        tell([_BEFORE.format(n=outputs.unchanged)], language)
    run.tally.good += outputs.unchanged
    run.tally.tell(language)
    return run.tally.exit_code


def _is_folder(target: str) -> bool:
    return target.endswith(("/", os.sep)) or Path(target).is_dir()


def _format(form: str | None, target: Path | None, sources: tuple[Path, ...]) -> Format:
    if form is not None:
        return Format(form)
    if target is None or target == output.STDOUT:
        return Format.TURTLE
    try:
        return serialisation.format_of(target.name)
    except UnknownSuffixError as error:
        are_many = len(sources) > 1 or any(
            source.is_dir() or source.suffix.lower() == ".zip" for source in sources
        )
        if are_many:
            raise UnknownSuffixError(target.name, may_be_folder=True) from error
        raise
