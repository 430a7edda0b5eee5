"""What commands that read source files share: their options, and what they tell on stderr."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from perfgraph.cli.bilingual import option
from perfgraph.cli.limits import Limits, parsed
from perfgraph.conversion import Conversion, convert
from perfgraph.model import Document, Place
from perfgraph.sources import SourceFile
from perfgraph.sources.inputs import Skipped
from perfgraph.text import Language, Text
from perfgraph.vocab import DEFAULT_BASE

_T = TypeVar("_T")
PARTLY_FAILED, ALL_FAILED = 1, 2

_UNUSED = Text(
    zh="{file}: {n} 个单元格没有被使用，第一个是 {place}“{text}”（perfgraph inspect 说明原因）",
    en="{file}: {n} cells were not used, first {place} '{text}' (perfgraph inspect says why)",
)

_SKIPPED = Text(zh="跳过 {n} 个（{reason}）：{names}", en="skipped {n} ({reason}): {names}")
_COMMA = Text(zh="、", en=", ")
_MORE = Text(zh=" 等", en=", …")
_MOST_NAMES = 5

_OPTIONS = (
    option("--year", type=int, text=Text(zh="预算年度（文件中没有时）", en="fiscal year")),
    option("--region", text=Text(zh="行政区划代码（GB/T 2260）", en="GB/T 2260 region code")),
    option("--unit", text=Text(zh="预算单位编码", en="code of the budget unit")),
    option(
        "--base",
        default=DEFAULT_BASE,
        show_default=True,
        text=Text(zh="数据 IRI 的前缀", en="base of the data IRIs"),
    ),
    option(
        "--labels",
        type=click.Path(path_type=Path),
        text=Text(zh="扩充标签表的 TOML 文件", en="TOML file that extends the label table"),
    ),
    option(
        "--keys",
        type=click.Path(path_type=Path),
        text=Text(
            zh="固定项目标识键的 CSV 文件（unit,year,name,key）",
            en="CSV file that pins keys of projects (unit,year,name,key)",
        ),
    ),
    option(
        "--limit",
        metavar="NAME=NUMBER",
        multiple=True,
        envvar="PERFGRAPH_LIMITS",
        text=Text(
            zh="读取的限制，如 work.seconds=600（见 docs/limits.md）",
            en="limit of reading, such as work.seconds=600 (see docs/limits.md)",
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Given:
    """The values of the reading options."""

    year: int | None
    region: str | None
    unit: str | None
    base: str
    labels: Path | None
    keys: Path | None
    limits: Limits = field(default_factory=Limits)

    def convert(self, source: SourceFile) -> Conversion:
        """Return the conversion of ``source`` under these options."""
        return convert(
            source,
            year=self.year,
            region=self.region,
            unit=self.unit,
            base=self.base,
            labels=self.labels,
            keys=self.keys,
            limits=self.limits.reading,
        )


def reading_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say what a document does not; they come as one argument ``given``."""

    @functools.wraps(function)
    def with_given(
        *args: object,
        year: int | None,
        region: str | None,
        unit: str | None,
        base: str,
        labels: Path | None,
        keys: Path | None,
        limit: tuple[str, ...],
        **others: object,
    ) -> None:
        given = Given(year, region, unit, base, labels, keys, parsed(limit))
        function(*args, given=given, **others)

    decorated: Callable[..., None] = with_given
    for decorate in reversed(_OPTIONS):
        decorated = decorate(decorated)
    return decorated


def tracked(items: Sequence[_T], title: Text, language: Language) -> Iterator[_T]:
    """Yield ``items`` under a progress bar on stderr; none where it is piped or one item."""
    return counted(items, len(items), title, language)


def counted(items: Iterable[_T], total: int, title: Text, language: Language) -> Iterator[_T]:
    """Yield ``items``, of which there will be ``total``, likewise."""
    console = Console(stderr=True)
    if not console.is_terminal or total < 2:
        yield from items
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as progress:
        yield from progress.track(items, total, description=title.pick(language))


@dataclass(frozen=True, slots=True)
class Unused:
    """How many cells of a document were not used, and the first of them."""

    number: int
    place: Place
    text: str

    @classmethod
    def of(cls, document: Document) -> Unused | None:
        """Return those of ``document``; ``None`` where all were used."""
        cells = document.unused
        return cls(len(cells), cells[0].place, cells[0].text) if cells else None


def tell_unused(file: str, unused: Unused | None, language: Language) -> None:
    """Say on stderr how many cells of ``file`` were not used, and which comes first."""
    if unused is not None:
        n, place, text = unused.number, unused.place, unused.text
        tell([_UNUSED.format(file=file, n=n, place=place, text=text)], language)


def tell_skipped(skipped: Sequence[Skipped], language: Language) -> None:
    """Say on stderr what was passed over, a line for each reason."""
    by_reason: dict[Text, list[str]] = {}
    for one in skipped:
        by_reason.setdefault(one.reason, []).append(one.shown)
    for reason, names in by_reason.items():
        reason_words, some = reason.pick(language), listed(names, language)
        line = _SKIPPED.format(n=len(names), reason=reason_words, names=some)
        click.echo(line.pick(language), err=True)


def listed(names: Sequence[str], language: Language) -> str:
    """Return the first of ``names``, and whether there are more."""
    more = "" if len(names) <= _MOST_NAMES else _MORE.pick(language)
    return _COMMA.pick(language).join(names[:_MOST_NAMES]) + more


def tell(lines: Iterable[Text], language: Language) -> None:
    """Print lines for people to stderr."""
    for line in lines:
        click.echo(line.pick(language), err=True)
