"""Source files → what a command makes of each, on all cores, with progress on stderr.

One bad file does not stop the others: it costs its own result, and why is told on stderr.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from perfgraph import workers
from perfgraph.cli.bilingual import option
from perfgraph.cli.limits import Limits
from perfgraph.cli.sources import ALL_FAILED, PARTLY_FAILED, Given, tell_skipped
from perfgraph.errors import PerfgraphError, SettingsError
from perfgraph.model import Place
from perfgraph.sources import SourceFile
from perfgraph.sources.inputs import Gathered, Input, Reader, gathered
from perfgraph.text import Language, Text

_T = TypeVar("_T")
_R = TypeVar("_R")
_AHEAD = 16
"""Files for each process that may be done before one that takes long; their results are held."""

_SUMMARY = Text(
    zh="共 {files} 个文件：成功 {good} 个，失败 {bad} 个",
    en="{files} files: {good} good, {bad} failed",
)
_READING = Text(zh="读取", en="reading")

_JOBS = option(
    "--jobs",
    type=click.IntRange(min=1),
    text=Text(zh="同时处理的文件数（默认：处理器核数）", en="files at a time (default: all cores)"),
)


@dataclass(frozen=True, slots=True)
class Effort:
    """How many processes work on the files, and how much one file may cost."""

    jobs: int
    limits: Limits


def effort_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add ``--jobs``; it comes as the argument ``effort``, with the limits of ``given``.

    It stands below ``reading_options``, which make ``given``.
    """

    @functools.wraps(function)
    def with_effort(*args: object, jobs: int | None, given: Given, **others: object) -> None:
        effort = Effort(jobs or workers.usable_cores(), given.limits)
        function(*args, given=given, effort=effort, **others)

    return _JOBS(with_effort)


@dataclass(slots=True)
class Tally:
    """How many files of a run were good, and how many failed."""

    good: int = 0
    failed: int = 0

    @property
    def exit_code(self) -> int:
        """0 without failures, 1 with some, 2 where nothing could be read."""
        if not self.failed:
            return 0
        return PARTLY_FAILED if self.good else ALL_FAILED

    def tell(self, language: Language) -> None:
        """Print the summary, where there were several files."""
        files = self.good + self.failed
        if files > 1:
            counts = _SUMMARY.format(files=files, good=self.good, bad=self.failed)
            click.echo(counts.pick(language), err=True)


@dataclass(frozen=True, slots=True)
class Task(Generic[_R]):
    """What is done with a file, as it is sent to a process; a file that cannot be read comes back.

    ``work`` must be a function of a module, or an object of a class of one.
    """

    work: Callable[[SourceFile], _R]

    def __call__(self, source: SourceFile | PerfgraphError) -> _R | PerfgraphError:
        """Return the result of one file."""
        return source if isinstance(source, PerfgraphError) else self.work(source)


class Run(Generic[_R]):
    """A run over the files under some paths."""

    def __init__(
        self,
        paths: Sequence[Path],
        work: Callable[[SourceFile], _R],
        effort: Effort,
        language: Language,
        *,
        with_rdf: bool = False,
    ) -> None:
        reading = effort.limits.reading
        self.inputs: Gathered = gathered(paths, reading.archive, with_rdf=with_rdf)
        self.tally = Tally()
        self._work = work
        self._effort = effort
        self._language = language

    def results(
        self,
        finish: Callable[[Input, _R], _R] | None = None,
        is_done: Callable[[Input, SourceFile], bool] | None = None,
    ) -> Iterator[tuple[Input, _R | PerfgraphError]]:
        """Yield every file in order with its result; tell what failed, and at the end how many.

        Args:
            finish: is called as soon as a result is there, whatever its order; what it returns is
                kept instead.
            is_done: whether nothing has to be done with a file; it is not yielded then.

        Raises:
            SettingsError: an option is wrong, which no other file would change.
        """
        tell_skipped(self.inputs.skipped, self._language)
        for item, error in self.inputs.failures:
            self._count(item, error)
            yield item, error
        for item, outcome in workers.in_order(self._outcomes(finish, is_done)):
            if isinstance(outcome, SettingsError):
                raise outcome
            self._count(item, outcome)
            yield item, outcome

    def _outcomes(
        self,
        finish: Callable[[Input, _R], _R] | None,
        is_done: Callable[[Input, SourceFile], bool] | None,
    ) -> Iterator[tuple[int, tuple[Input, _R | PerfgraphError]]]:
        files = self.inputs.files
        sent: list[Input] = []
        limits = self._effort.limits
        reader = Reader(limits.reading.archive, limits.reading.file_bytes)
        with reader, _progress(len(files), self._language) as advance:

            def items() -> Iterator[tuple[SourceFile | PerfgraphError, Place]]:
                for item in files:
                    source = _loaded(reader, item)
                    if (
                        is_done is not None
                        and isinstance(source, SourceFile)
                        and is_done(item, source)
                    ):
                        advance()
                        continue
                    sent.append(item)
                    yield source, Place(item.name)

            for number, outcome in workers.run(
                Task(self._work),
                items(),
                jobs=min(self._effort.jobs, max(1, len(files))),
                limits=limits.work,
                ahead=None if finish is not None else _AHEAD * self._effort.jobs,
                quick_start=len(files) == 1,
            ):
                item = sent[number]
                if finish is not None and not isinstance(outcome, PerfgraphError):
                    outcome = finish(item, outcome)
                advance()
                yield number, (item, outcome)

    def _count(self, item: Input, outcome: object) -> None:
        if isinstance(outcome, PerfgraphError):
            self.tally.failed += 1
            # In a folder the place is only the name of the file: say the way to it, too.
            click.echo(item.folder + outcome.render(self._language), err=True)
        else:
            self.tally.good += 1


def _loaded(reader: Reader, item: Input) -> SourceFile | PerfgraphError:
    try:
        return reader.load(item)
    except PerfgraphError as error:
        return error


@contextmanager
def _progress(files: int, language: Language) -> Iterator[Callable[[], None]]:
    """Show a progress bar on stderr; none where it is piped, or for one file."""
    console = Console(stderr=True)
    if not console.is_terminal or files < 2:
        yield lambda: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as progress:
        task = progress.add_task(_READING.pick(language), total=files)
        yield lambda: progress.advance(task)
