"""Report → the table that ``validate`` prints for a reviewer, in Chinese or English.

One table per project, headed by the project's name: severity, rule, indicator, place, message;
after the tables of a file, the advice on each rule, once. Chinese characters are two cells wide
and are counted so. Nothing is printed here.
"""

from __future__ import annotations

from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text as Cell

from perfgraph.model import Finding, Severity
from perfgraph.model.place_words import place_text
from perfgraph.reports import wording
from perfgraph.terminal import printed
from perfgraph.text import Language, Text
from perfgraph.validation.findings import rule_order
from perfgraph.validation.report import FileReport, Report
from perfgraph.wrapping import Wrapped

_STYLE = {Severity.VIOLATION: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_HEADINGS = (
    Text(zh="级别", en="Severity"),
    Text(zh="规则", en="Rule"),
    Text(zh="指标", en="Indicator"),
    Text(zh="位置", en="Place"),
    Text(zh="问题", en="Problem"),
)
_RATIOS = (None, None, 2, None, 5)
"""Shares of the width that wraps; severity, rule and place never wrap."""
_ADVICE = Text(zh="如何改进：", en="What to do:")
_PROJECT = Text(zh="项目：{project}", en="Project: {project}")
_FILE = Text(zh="文件：{file}（规则集 {profile}）", en="File: {file} (profile {profile})")
_UNREAD = Text(zh="文件：{file}，无法校验", en="File: {file}, not validated")


def to_text(report: Report, language: Language, *, width: int = 100, colour: bool = False) -> str:
    """Return ``report`` as text of at most ``width`` cells, with ANSI colours if ``colour``."""
    return printed(
        lambda console: _print_report(console, report, language), width=width, colour=colour
    )


def _print_report(console: Console, report: Report, language: Language) -> None:
    for file in report.files:
        _print_file(console, file, language)
    console.print(wording.SUMMARY.format(**report.summary).pick(language))
    if report.waived:
        console.print(wording.WAIVED_COUNT.format(n=report.waived).pick(language))
    unread = sum(file.error is not None for file in report.files)
    if unread:
        console.print(wording.NOT_CHECKED.format(n=unread).pick(language))


def _print_file(console: Console, file: FileReport, language: Language) -> None:
    if file.error is not None:
        console.print(_UNREAD.format(file=file.file).pick(language))
        console.print(file.error.render(language))
        console.print()
        return
    title = _FILE.format(file=file.file, profile=file.profile or "core")
    console.print(title.pick(language))
    if not file.findings:
        console.print(wording.CLEAN.pick(language))
    for project, findings in groupby(file.findings, key=_group):
        console.print()
        heading = wording.NO_PROJECT if project is None else _PROJECT.format(project=project)
        console.print(heading.pick(language))
        console.print(_table(list(findings), language))
    if file.findings:
        console.print()
        console.print(_ADVICE.pick(language))
        console.print(_advice(file.findings, language))
    console.print()


def _group(finding: Finding) -> str | None:
    return finding.project


def _table(findings: list[Finding], language: Language) -> Table:
    table = Table(box=box.SQUARE, show_lines=False, expand=True, pad_edge=False)
    for heading, ratio in zip(_HEADINGS, _RATIOS, strict=True):
        table.add_column(
            heading.pick(language), ratio=ratio, no_wrap=ratio is None, overflow="fold"
        )
    for finding in findings:
        table.add_row(
            _severity(finding, language),
            Cell(finding.rule),
            Wrapped(finding.indicator or "—"),
            Cell("—" if finding.place is None else place_text(finding.place, language)),
            Wrapped(wording.message(finding).pick(language)),
        )
    return table


def _severity(finding: Finding, language: Language) -> Cell:
    style = "dim" if finding.waived is not None else _STYLE[finding.severity]
    return Cell(wording.severity(finding).pick(language), style=style)


def _advice(findings: tuple[Finding, ...], language: Language) -> Table:
    """Return the advice on each rule that was broken, once, as a table without lines."""
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    said = dict.fromkeys(
        (finding.rule, finding.fix.pick(language)) for finding in findings if not finding.waived
    )
    for rule, advice in sorted(said, key=lambda pair: rule_order(pair[0])):
        table.add_row(Cell(rule), Wrapped(advice))
    return table
