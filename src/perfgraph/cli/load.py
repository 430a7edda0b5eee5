"""``perfgraph load``: source files or converted RDF → a store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path, PurePath

import click
from pyoxigraph import RdfFormat, parse

from perfgraph import serialisation
from perfgraph.cli.batch import Effort, Run, effort_options
from perfgraph.cli.bilingual import command, option
from perfgraph.cli.language import language_of
from perfgraph.cli.sources import (
    ALL_FAILED,
    PARTLY_FAILED,
    Given,
    Unused,
    reading_options,
    tell,
    tell_unused,
)
from perfgraph.errors import PerfgraphError, SourceError
from perfgraph.model import Place, Severity
from perfgraph.reports import to_text
from perfgraph.sources import SourceFile
from perfgraph.store import LoadReport, Submission, open_store
from perfgraph.text import Language, Text
from perfgraph.validation import (
    FileReport,
    Report,
    data_graph,
    load_shapes,
    validate_by_scheme,
)

_RDF = {".nq": RdfFormat.N_QUADS, ".trig": RdfFormat.TRIG, ".jsonld": RdfFormat.JSON_LD}
_SAME = Text(
    zh="{file}: 与 {other} 内容相同，只载入一次",
    en="{file}: same content as {other}; it is loaded once",
)
_WITHOUT_GRAPHS = {".ttl", ".nt", ".rdf", ".owl", ".n3"}
_NO_GRAPHS = Text(
    zh="这种格式没有命名图；请用 .nq、.trig 或 .jsonld",
    en="this format has no named graphs; use .nq, .trig or .jsonld",
)


class BadRdfError(SourceError):
    """A file with an RDF suffix does not parse, or has no named graphs."""

    code = "PG105"

    def __init__(self, place: Place, reason: Text) -> None:
        super().__init__(
            Text(zh=f"RDF 不能载入：{reason.zh}", en=f"the RDF cannot be loaded: {reason.en}"),
            advice=Text(
                zh="请用 perfgraph convert 重新生成该文件", en="Make it anew with perfgraph convert"
            ),
            place=place,
        )


@command(
    summary=Text(
        zh="把绩效目标表（或已转换的 RDF）载入存储库；一次载入成为一个新发布版。",
        en="Load target tables (or converted RDF) into a store, as one new release.",
    ),
    example="perfgraph load 2025/*.txt --store store",
)
@click.argument("sources", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path))
@option(
    "--store",
    "location",
    required=True,
    envvar="PERFGRAPH_STORE",
    text=Text(zh="存储库文件夹，或 sparql+http://… 地址", en="folder, or sparql+http://… URL"),
)
@option(
    "--replaces",
    multiple=True,
    text=Text(
        zh="允许被替代的文件（文件名、SHA-256 或 IRI）",
        en="a document that may be superseded, by file name, SHA-256 or IRI",
    ),
)
@option(
    "--require",
    metavar="PROFILE",
    text=Text(
        zh="只载入按该规则集没有“必填”问题的文件（规则集名称或 SHACL 文件）",
        en="load only files without a violation of this profile (name or SHACL file)",
    ),
)
@reading_options
@effort_options
@click.pass_context
def load(
    context: click.Context,
    sources: tuple[Path, ...],
    location: str,
    replaces: tuple[str, ...],
    require: str | None,
    given: Given,
    effort: Effort,
) -> None:
    """Load SOURCES; a file in conflict is left out and named, the others go on."""
    language = language_of(context)
    if require is not None:
        load_shapes(require)  # a wrong profile is told before anything is read
    intake = _Intake(sources, _Preparation(given, require), effort, language)
    submissions = intake.submissions()
    first = next(submissions, None)
    if first is None:
        context.exit(ALL_FAILED)
    with open_store(location) as store:
        report = store.load(chain([first], submissions), replaces=replaces)
    _tell(report, language)
    context.exit(PARTLY_FAILED if intake.failed or report.has_failures else 0)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """One file, ready to be loaded unless it has a violation of the required profile."""

    nquads: bytes
    grid: bytes | None = None
    sha256: str | None = None
    """Of a source file; RDF files may say the same with other bytes."""
    unused: Unused | None = None
    refusal: FileReport | None = None


@dataclass(frozen=True, slots=True)
class _Preparation:
    """Source file → what is loaded of it."""

    given: Given
    require: str | None

    def __call__(self, source: SourceFile) -> _Prepared:
        suffix = PurePath(source.name).suffix.lower()
        if suffix in _WITHOUT_GRAPHS:
            raise BadRdfError(source.place, _NO_GRAPHS)
        if suffix in _RDF:
            nquads = _rdf(source, _RDF[suffix])
            return _Prepared(nquads, refusal=self._refusal(nquads, source.name))
        conversion = self.given.convert(source)
        nquads = conversion.nquads()
        return _Prepared(
            nquads,
            conversion.grid(),
            source.sha256,
            Unused.of(conversion.document),
            self._refusal(nquads, source.name),
        )

    def _refusal(self, nquads: bytes, name: str) -> FileReport | None:
        """Return the violations of the required profile."""
        if self.require is None:
            return None
        quads = parse(nquads, format=RdfFormat.N_QUADS)
        used, findings = validate_by_scheme(data_graph(quads), self.require)
        violations = tuple(f for f in findings if f.severity is Severity.VIOLATION)
        return FileReport(name, profile=used, findings=violations) if violations else None


class _Intake:
    """Makes submissions one at a time, so that a large batch is never held in memory."""

    def __init__(
        self, sources: tuple[Path, ...], work: _Preparation, effort: Effort, language: Language
    ) -> None:
        self._run = Run(sources, work, effort, language, with_rdf=True)
        self._language = language
        self._seen: dict[str, str] = {}
        self._refused = 0

    @property
    def failed(self) -> int:
        """How many files could not be read, or were refused."""
        return self._run.tally.failed + self._refused

    def submissions(self) -> Iterator[Submission]:
        """Yield what can be loaded; tell on stderr what cannot, and why."""
        for item, found in self._run.results():
            if isinstance(found, PerfgraphError) or self._is_copy(item.shown, found.sha256):
                continue
            tell_unused(item.shown, found.unused, self._language)
            if found.refusal is not None:
                self._refused += 1
                report = Report((replace(found.refusal, file=item.shown),))
                click.echo(to_text(report, self._language), err=True, nl=False)
                continue
            yield Submission(item.shown, found.nquads, found.grid)

    def _is_copy(self, file: str, digest: str | None) -> bool:
        """Whether a file with the same bytes came before; tell it."""
        if digest is None:
            return False
        other = self._seen.setdefault(digest, file)
        if other == file:
            return False
        tell([_SAME.format(file=file, other=other)], self._language)
        return True


def _rdf(source: SourceFile, format: RdfFormat) -> bytes:
    """Return a converted document as N-Quads, whichever quad format it was written in."""
    try:
        return serialisation.nquads(parse(source.content, format=format))
    except (SyntaxError, ValueError) as error:
        raise BadRdfError(source.place, Text(zh=str(error), en=str(error))) from error


def _tell(report: LoadReport, language: Language) -> None:
    for outcome in report.outcomes:
        click.echo(f"{outcome.file}: {outcome.message.pick(language)}", err=True)
    tell([report.summary], language)
    if report.changed:
        click.echo(report.release)
