"""``perfgraph validate``: source files or a store → a report, and an exit code."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click

from perfgraph import api
from perfgraph.cli import output
from perfgraph.cli.batch import Effort, Run, effort_options
from perfgraph.cli.bilingual import command, option
from perfgraph.cli.language import language_of
from perfgraph.cli.sources import Given, Unused, counted, reading_options, tell, tell_unused
from perfgraph.errors import PerfgraphError
from perfgraph.reports import SUFFIXES, ReportForm, render
from perfgraph.sources import SourceFile
from perfgraph.store import open_existing
from perfgraph.text import Language, Text
from perfgraph.validation import (
    Engine,
    FailOn,
    FileReport,
    Report,
    Waiver,
    load_shapes,
    load_waivers,
    validate_store,
    with_waivers,
)

_TEXT_WIDTH = 120
_EXPIRED = Text(
    zh="豁免已于 {day} 到期，不再有效：{rule} {project}",
    en="a waiver expired on {day} and counts no more: {rule} {project}",
)


@command(
    summary=Text(
        zh="按规则校验绩效目标表；退出码 0 表示没有达到 --fail-on 的问题。",
        en="Check target tables by the rules; exit code 0 if nothing reaches --fail-on.",
    ),
    example="perfgraph validate targets.txt --fail-on warning --to json -o report.json",
)
@click.argument("sources", nargs=-1, type=click.Path(readable=False, path_type=Path))
@option(
    "--store",
    "location",
    text=Text(zh="校验存储库中的当前文件", en="check the current documents of a store"),
)
@option(
    "--profile",
    text=Text(
        zh="规则集名称，或自己的 SHACL 文件（默认按指标体系选择）",
        en="profile name, or your own SHACL file (default: by the indicator scheme)",
    ),
)
@option(
    "--fail-on",
    type=click.Choice([level.value for level in FailOn]),
    default=FailOn.VIOLATION.value,
    show_default=True,
    text=Text(zh="达到哪个级别时退出码为 1", en="severity from which the exit code is 1"),
)
@option(
    "--engine",
    type=click.Choice([engine.value for engine in Engine]),
    default=Engine.COMPILED.value,
    show_default=True,
    text=Text(
        zh="SHACL 引擎：编译为 SPARQL，或 pySHACL（慢得多，用于对照）",
        en="SHACL engine: compiled to SPARQL, or pySHACL (far slower, to compare with)",
    ),
)
@option(
    "--waivers",
    "waivers_file",
    type=click.Path(path_type=Path),
    text=Text(
        zh="豁免文件：CSV，列为 rule,project,reason,expires",
        en="file of waivers: CSV with rule,project,reason,expires",
    ),
)
@option(
    "--to",
    "form",
    type=click.Choice([form.value for form in ReportForm]),
    text=Text(
        zh="报告格式（默认按输出文件的后缀，否则为终端表格）",
        en="form of the report (default: by the suffix of the output, else a terminal table)",
    ),
)
@option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    text=Text(zh="报告文件", en="file for the report"),
)
@reading_options
@effort_options
@click.pass_context
def validate(
    context: click.Context,
    sources: tuple[Path, ...],
    location: str | None,
    profile: str | None,
    fail_on: str,
    engine: str,
    waivers_file: Path | None,
    form: str | None,
    target: Path | None,
    given: Given,
    effort: Effort,
) -> None:
    """Check SOURCES, or the current documents of a store."""
    language = language_of(context)
    if bool(sources) == (location is not None):
        raise click.UsageError(
            Text(
                zh="请给出文件，或用 --store 指定存储库（二者选一）",
                en="give files, or a store with --store (one of the two)",
            ).pick(language),
            context,
        )
    load_shapes(profile)  # a wrong profile or list is told before anything is read
    waivers = () if waivers_file is None else load_waivers(waivers_file)
    if location is not None:
        report = _store_report(location, profile, Engine(engine), language)
    else:
        check = _Check(given, profile, Engine(engine))
        report = _report(sources, check, effort, language)
    today = date.today()
    tell(_expired(waivers, today), language)
    report = with_waivers(report, waivers, today)
    colour = target is None and sys.stdout.isatty()
    content = render(
        report,
        _form(form, target),
        language,
        fail_on=FailOn(fail_on),
        width=shutil.get_terminal_size().columns if colour else _TEXT_WIDTH,
        colour=colour,
    )
    output.write(content, target)
    context.exit(report.exit_code(FailOn(fail_on)))


def _form(named: str | None, target: Path | None) -> ReportForm:
    if named is not None:
        return ReportForm(named)
    suffix = "" if target is None else target.suffix.lower()
    return SUFFIXES.get(suffix, ReportForm.TEXT)


def _expired(waivers: Sequence[Waiver], today: date) -> list[Text]:
    return [
        _EXPIRED.format(day=one.expires, rule=one.rule, project=one.project)
        for one in waivers
        if one.expires < today
    ]


@dataclass(frozen=True, slots=True)
class _Check:
    """Source file → its report, and the cells that were not used."""

    given: Given
    profile: str | None
    engine: Engine

    def __call__(self, source: SourceFile) -> tuple[FileReport, Unused | None]:
        conversion = self.given.convert(source)
        report = api.report_on(conversion, profile=self.profile, engine=self.engine)
        return report, Unused.of(conversion.document)


def _report(sources: tuple[Path, ...], check: _Check, effort: Effort, language: Language) -> Report:
    reports: list[FileReport] = []
    run = Run(sources, check, effort, language)
    for item, found in run.results():
        if isinstance(found, PerfgraphError):
            reports.append(api.failed(item.shown, found))
            continue
        report, unused = found
        reports.append(replace(report, file=item.shown))
        tell_unused(item.shown, unused, language)
    run.tally.tell(language)
    return Report(tuple(reports))


def _store_report(location: str, profile: str | None, engine: Engine, language: Language) -> Report:
    with open_existing(location) as store:
        total = sum(document.is_current for document in store.documents())
        reports = validate_store(store, profile, engine)
        return Report(tuple(counted(reports, total, Text(zh="校验", en="checking"), language)))
