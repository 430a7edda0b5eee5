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
from perfgraph.sources import shown
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

    def convert(self, path: Path) -> Conversion:
        """Return the conversion of ``path`` under these options."""
        return convert(
            path,
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
    """What a run over several files gave: results and failures, in the order of the files."""

    results: tuple[tuple[Path, Conversion], ...]
    failures: tuple[tuple[Path, PerfgraphError], ...]

    @property
    def exit_code(self) -> int:
        """0 without failures, 1 with some, 2 where nothing could be read."""
        if not self.failures:
            return 0
        return PARTLY_FAILED if self.results else ALL_FAILED


def convert_batch(sources: Sequence[Path], given: Given, language: Language) -> Batch:
    """Convert every file, telling each failure and, for several files, a summary on stderr.

    Raises:
        SettingsError: an option is wrong, which no other file would change.
    """
    results: list[tuple[Path, Conversion]] = []
    failures: list[tuple[Path, PerfgraphError]] = []
    for path in tracked(sources, Text(zh="读取", en="reading"), language):
        try:
            conversion = given.convert(path)
            results.append((path, conversion))
            tell_unused(shown(path), conversion, language)
        except SettingsError:
            raise
        except PerfgraphError as error:
            failures.append((path, error))
            click.echo(error.render(language), err=True)
    if len(sources) > 1:
        counts = _SUMMARY.format(files=len(sources), good=len(results), bad=len(failures))
        click.echo(counts.pick(language), err=True)
    return Batch(tuple(results), tuple(failures))


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


def tell(lines: Iterable[Text], language: Language) -> None:
    """Print lines for people to stderr."""
    for line in lines:
        click.echo(line.pick(language), err=True)
