"""What commands that read source files share: their options, and the run over a batch.

One bad file does not stop the others; what happened to each is told on stderr.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from perfgraph.cli.bilingual import option
from perfgraph.conversion import Conversion, convert
from perfgraph.errors import PerfgraphError, SettingsError
from perfgraph.sources import SourceFile
from perfgraph.sources.inputs import Input, Reader, Skipped, gathered
from perfgraph.text import Language, Text
from perfgraph.vocab import DEFAULT_BASE

_T = TypeVar("_T")
PARTLY_FAILED, ALL_FAILED = 1, 2

_SUMMARY = Text(
    zh="共 {files} 个文件：成功 {good} 个，失败 {bad} 个",
    en="{files} files: {good} good, {bad} failed",
)

_UNUSED = Text(
    zh="{file}: {n} 个单元格没有被使用，第一个是 {place}“{text}”（perfgraph validate 逐个列出）",
    en="{file}: {n} cells were not used, first {place} '{text}' (perfgraph validate lists them)",
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
        **others: object,
    ) -> None:
        function(*args, given=Given(year, region, unit, base, labels, keys), **others)

    decorated: Callable[..., None] = with_given
    for decorate in reversed(_OPTIONS):
        decorated = decorate(decorated)
    return decorated


@dataclass(frozen=True, slots=True)
class Batch:
    """What each of several files gave, in their order, named as messages and reports name them."""

    outcomes: tuple[tuple[str, Conversion | PerfgraphError], ...]

    @property
    def results(self) -> tuple[Conversion, ...]:
        """The conversions of the files that could be read."""
        return tuple(found for _, found in self.outcomes if isinstance(found, Conversion))

    @property
    def exit_code(self) -> int:
        """0 without failures, 1 with some, 2 where nothing could be read."""
        good = len(self.results)
        if good == len(self.outcomes):
            return 0
        return PARTLY_FAILED if good else ALL_FAILED


def convert_batch(paths: Sequence[Path], given: Given, language: Language) -> Batch:
    """Convert every file, telling each failure and, for several files, a summary on stderr.

    Raises:
        SettingsError: an option is wrong, which no other file would change.
    """
    outcomes: list[tuple[str, Conversion | PerfgraphError]] = []
    for item, source in loaded(paths, language):
        outcomes.append((item.shown, _converted(item, source, given, language)))
    batch = Batch(tuple(outcomes))
    if len(outcomes) > 1:
        good = len(batch.results)
        counts = _SUMMARY.format(files=len(outcomes), good=good, bad=len(outcomes) - good)
        click.echo(counts.pick(language), err=True)
    return batch


def _converted(
    item: Input, source: SourceFile | PerfgraphError, given: Given, language: Language
) -> Conversion | PerfgraphError:
    try:
        if isinstance(source, PerfgraphError):
            raise source
        conversion = given.convert(source)
    except SettingsError:
        raise
    except PerfgraphError as error:
        tell_failure(item, error, language)
        return error
    tell_unused(item.shown, conversion, language)
    return conversion


def loaded(
    paths: Sequence[Path], language: Language, *, with_rdf: bool = False
) -> Iterator[tuple[Input, SourceFile | PerfgraphError]]:
    """Yield every file under ``paths`` with its bytes, or with why it cannot be read.

    What is passed over is told on stderr first, and progress is shown there.
    """
    found = gathered(paths, with_rdf=with_rdf)
    tell_skipped(found.skipped, language)
    for item, error in found.failures:
        yield item, error
    with Reader() as reader:
        for item in tracked(found.files, Text(zh="读取", en="reading"), language):
            try:
                source = reader.load(item)
            except PerfgraphError as error:
                yield item, error
            else:
                yield item, source


def tracked(items: Sequence[_T], title: Text, language: Language) -> Iterator[_T]:
    """Yield ``items`` under a progress bar on stderr; none where it is piped or one item."""
    console = Console(stderr=True)
    if not console.is_terminal or len(items) < 2:
        yield from items
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as progress:
        yield from progress.track(items, description=title.pick(language))


def tell_unused(file: str, conversion: Conversion, language: Language) -> None:
    """Say on stderr how many cells of ``file`` were not used, and which comes first."""
    unused = conversion.document.unused
    if unused:
        first = unused[0]
        line = _UNUSED.format(file=file, n=len(unused), place=first.place, text=first.text)
        tell([line], language)


def tell_failure(item: Input, error: PerfgraphError, language: Language) -> None:
    """Say on stderr why a file could not be read; in a folder, with the way to it."""
    click.echo(item.folder + error.render(language), err=True)


def tell_skipped(skipped: Sequence[Skipped], language: Language) -> None:
    """Say on stderr what was passed over, a line for each reason."""
    by_reason: dict[Text, list[str]] = {}
    for one in skipped:
        by_reason.setdefault(one.reason, []).append(one.shown)
    for reason, names in by_reason.items():
        listed = _COMMA.pick(language).join(names[:_MOST_NAMES])
        more = "" if len(names) <= _MOST_NAMES else _MORE.pick(language)
        line = _SKIPPED.format(n=len(names), reason=reason.pick(language), names=listed + more)
        click.echo(line.pick(language), err=True)


def tell(lines: Iterable[Text], language: Language) -> None:
    """Print lines for people to stderr."""
    for line in lines:
        click.echo(line.pick(language), err=True)
