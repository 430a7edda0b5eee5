"""Report → Markdown for an issue tracker or a mail: a table a project, advice once a rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from perfgraph.model import Finding
from perfgraph.model.place_words import place_text
from perfgraph.reports import wording
from perfgraph.text import Language, Text
from perfgraph.validation.findings import rule_order
from perfgraph.validation.report import FileReport, Report

_TITLE = Text(zh="绩效目标表校验报告", en="Validation of performance target tables")
_HEADINGS = Text(zh="级别|规则|指标|位置|问题", en="Severity|Rule|Indicator|Place|Problem")
_PROFILE = Text(zh="规则集：{profile}", en="Profile: {profile}")
_ADVICE = Text(zh="如何改进", en="What to do")
_MARKS = str.maketrans({mark: "\\" + mark for mark in "\\`*_[]<>|~#"})


def to_markdown(report: Report, language: Language) -> str:
    """Return ``report`` as Markdown with a final line end."""
    return "\n".join(_lines(report, language)) + "\n"


def _lines(report: Report, language: Language) -> Iterator[str]:
    yield f"# {_TITLE.pick(language)}"
    yield ""
    yield wording.SUMMARY.format(**report.summary).pick(language)
    if report.waived:
        yield wording.WAIVED_COUNT.format(n=report.waived).pick(language)
    unread = sum(file.error is not None for file in report.files)
    if unread:
        yield wording.NOT_CHECKED.format(n=unread).pick(language)
    for file in report.files:
        yield ""
        yield f"## {_plain(file.file)}"
        yield ""
        yield from _file(file, language)


def _file(file: FileReport, language: Language) -> Iterator[str]:
    if file.error is not None:
        yield _plain(file.error.render(language))
        return
    yield _PROFILE.format(profile=_plain(file.profile or "core")).pick(language)
    if not file.findings:
        yield ""
        yield wording.CLEAN.pick(language)
        return
    for project, findings in groupby(file.findings, key=lambda finding: finding.project):
        yield ""
        yield f"### {_plain(project or wording.NO_PROJECT.pick(language))}"
        yield ""
        yield from _table(list(findings), language)
    yield ""
    yield f"### {_ADVICE.pick(language)}"
    yield ""
    said = {(one.rule, one.fix.pick(language)) for one in file.findings if one.waived is None}
    for rule, advice in sorted(said, key=lambda pair: (rule_order(pair[0]), pair[1])):
        yield f"- **{rule}** {_plain(advice)}"


def _table(findings: Sequence[Finding], language: Language) -> Iterator[str]:
    headings = _HEADINGS.pick(language).split("|")
    yield f"| {' | '.join(headings)} |"
    yield "|---" * len(headings) + "|"
    for finding in findings:
        place = "—" if finding.place is None else place_text(finding.place, language)
        cells = (
            wording.severity(finding).pick(language),
            finding.rule,
            finding.indicator or "—",
            place,
            wording.message(finding).pick(language),
        )
        yield f"| {' | '.join(map(_plain, cells))} |"


def _plain(text: str) -> str:
    r"""Return ``text`` so that Markdown shows it as it is, on one line.

    >>> print(_plain("≥**%\n| <b>"))
    ≥\*\*% \| \<b\>
    """
    return " ".join(text.split()).translate(_MARKS)
