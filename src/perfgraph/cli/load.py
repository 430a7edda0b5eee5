"""``perfgraph load``: source files or converted RDF → a store."""

from __future__ import annotations

from pathlib import Path

import click
from pyoxigraph import RdfFormat, parse

from perfgraph import serialisation
from perfgraph.cli.bilingual import command, option
from perfgraph.cli.language import language_of
from perfgraph.cli.sources import PARTLY_FAILED, Given, convert_batch, reading_options, tell
from perfgraph.errors import PerfgraphError, SourceError
from perfgraph.model import Place, Severity
from perfgraph.store import LoadReport, Submission, open_store
from perfgraph.text import Language, Text
from perfgraph.validation import (
    FileReport,
    Report,
    data_graph,
    load_shapes,
    to_text,
    validate_by_scheme,
)

_RDF = {".nq": RdfFormat.N_QUADS, ".trig": RdfFormat.TRIG, ".jsonld": RdfFormat.JSON_LD}


class BadRdfError(SourceError):
    """A file with an RDF suffix does not parse."""

    code = "PG105"

    def __init__(self, place: Place, reason: str) -> None:
        super().__init__(
            Text(zh=f"RDF 语法有误：{reason}", en=f"the RDF does not parse: {reason}"),
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
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
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
@click.pass_context
def load(
    context: click.Context,
    sources: tuple[Path, ...],
    location: str,
    replaces: tuple[str, ...],
    require: str | None,
    given: Given,
) -> None:
    """Load SOURCES; a file in conflict is left out and named, the others go on."""
    language = language_of(context)
    if require is not None:
        load_shapes(require)  # a wrong profile is told before anything is read
    converted = [path for path in sources if path.suffix.lower() in _RDF]
    batch = convert_batch([p for p in sources if p not in converted], given, language)
    submissions = {
        path: Submission(str(path), conversion.nquads(), conversion.grid())
        for path, conversion in batch.results
    }
    failed = len(batch.failures)
    for path in converted:
        try:
            submissions[path] = Submission(str(path), _rdf(path))
        except PerfgraphError as error:
            failed += 1
            click.echo(error.render(language), err=True)
    if require is not None:
        for path in _refused(submissions, require, language):
            failed += 1
            del submissions[path]
    if not submissions:
        context.exit(2)
    in_order = [submissions[path] for path in dict.fromkeys(sources) if path in submissions]
    with open_store(location) as store:
        report = store.load(in_order, replaces=replaces)
    _tell(report, context)
    context.exit(PARTLY_FAILED if failed or report.has_failures else 0)


def _refused(submissions: dict[Path, Submission], profile: str, language: Language) -> list[Path]:
    """Return the files with a violation of ``profile``, and print the findings on stderr."""
    refused: list[Path] = []
    for path, submission in submissions.items():
        quads = parse(submission.nquads, format=RdfFormat.N_QUADS)
        used, findings = validate_by_scheme(data_graph(quads), profile)
        violations = tuple(f for f in findings if f.severity is Severity.VIOLATION)
        if violations:
            refused.append(path)
            report = Report((FileReport(str(path), profile=used, findings=violations),))
            click.echo(to_text(report, language), err=True, nl=False)
    return refused


def _rdf(path: Path) -> bytes:
    """Return a converted document as N-Quads, whichever quad format it was written in."""
    place = Place(path.name)
    try:
        content = path.read_bytes()
        return serialisation.nquads(parse(content, format=_RDF[path.suffix.lower()]))
    except OSError as error:
        raise BadRdfError(place, error.strerror or str(error)) from error
    except (SyntaxError, ValueError) as error:
        raise BadRdfError(place, str(error)) from error


def _tell(report: LoadReport, context: click.Context) -> None:
    language = language_of(context)
    for outcome in report.outcomes:
        click.echo(f"{outcome.file}: {outcome.message.pick(language)}", err=True)
    tell([report.summary], language)
    click.echo(report.release)
