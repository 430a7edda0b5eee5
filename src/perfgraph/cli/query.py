"""``perfgraph query``: a shipped question, a file or standard input → an answer."""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

import click

from perfgraph.cli import output
from perfgraph.cli.bilingual import command, option
from perfgraph.cli.language import language_of
from perfgraph.cli.sources import tell
from perfgraph.errors import QueryError
from perfgraph.questions import (
    Question,
    ResultFormat,
    catalogue,
    print_result,
    question,
    read_question,
    write_result,
)
from perfgraph.store import open_existing
from perfgraph.text import Language, Text

_BOM = "\ufeff".encode()
_FORMAT_OF_SUFFIX = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".srj": "json",
    ".xml": "xml",
    ".srx": "xml",
    ".ttl": "turtle",
}
_IN_FORCE = Text(
    zh="参数：{values}（用 --param 更改）", en="Parameters: {values} (change them with --param)"
)
_STDIN = "-"


class UnreadableQueryError(QueryError):
    """A query file cannot be read."""

    code = "PG417"

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            Text(zh=f"查询文件 {name} 无法读取：{reason}", en=f"cannot read {name}: {reason}"),
            advice=Text(
                zh="请给出问题名称、UTF-8 文件，或用 - 表示标准输入",
                en="Give the name of a question, a UTF-8 file, or - for standard input",
            ),
        )


class BadParameterFormError(QueryError):
    """A ``--param`` is not written ``NAME=VALUE``."""

    code = "PG418"

    def __init__(self, written: str) -> None:
        super().__init__(
            Text(zh=f"--param {written} 写法有误", en=f"--param {written} is not well written"),
            advice=Text(zh="请写成 名称=值", en="Write it as NAME=VALUE"),
        )


@command(
    summary=Text(
        zh="回答问题：随附问题的名称、SPARQL 文件，或 -（标准输入）；用 --list 列出问题。",
        en="Answer a shipped question by name, a SPARQL file, or - for standard input.",
    ),
    example="perfgraph query projects_of_unit --store store --param unit=353215",
)
@click.argument("what", metavar="NAME|FILE|-", required=False)
@option("--list", "listing", is_flag=True, text=Text(zh="列出随附的问题", en="list the questions"))
@option(
    "--store",
    "location",
    envvar="PERFGRAPH_STORE",
    text=Text(zh="存储库文件夹，或 sparql+http://… 地址", en="folder, or sparql+http://… URL"),
)
@option(
    "--endpoint",
    text=Text(zh="远程 SPARQL 服务地址", en="URL of a remote SPARQL endpoint"),
)
@option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    text=Text(zh="问题的参数", en="parameter of a question"),
)
@option(
    "--history",
    is_flag=True,
    text=Text(zh="查询所有版本（历史数据集）", en="ask all versions (the history dataset)"),
)
@option(
    "--to",
    "form",
    type=click.Choice([form.value for form in ResultFormat]),
    text=Text(
        zh="输出格式（默认：终端表格；图用 turtle）",
        en="output format (default: a table for the terminal)",
    ),
)
@option(
    "--bom", is_flag=True, text=Text(zh="CSV 前加 BOM，便于 Excel", en="CSV with a BOM for Excel")
)
@option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    text=Text(zh="输出文件", en="output file"),
)
@click.pass_context
def query(
    context: click.Context,
    what: str | None,
    listing: bool,
    location: str | None,
    endpoint: str | None,
    parameters: tuple[str, ...],
    history: bool,
    form: str | None,
    bom: bool,
    target: Path | None,
) -> None:
    """Answer one question, or list them."""
    language = language_of(context)
    if listing:
        _list(language)
        return
    if what is None:
        raise click.UsageError(_NO_QUESTION.pick(language), context)
    source = context.get_parameter_source("location")
    if endpoint is not None and source is click.core.ParameterSource.ENVIRONMENT:
        location = None
    if (location is None) == (endpoint is None):
        raise click.UsageError(_ONE_STORE.pick(language), context)
    asked = _question(what)
    given = dict(_pair(written) for written in parameters)
    text = asked.bind(given)
    if asked.parameters:
        in_force = {one.name: one.default or "" for one in asked.parameters} | given
        values = " ".join(f"{name}={value}" for name, value in in_force.items())
        tell([_IN_FORCE.format(values=values)], language)
    where = location if location is not None else f"sparql+{endpoint}"
    with open_existing(where) as store:
        try:
            result = store.query(text, history=history or asked.dataset == "history")
        except QueryError as error:
            raise _explained(text, what, language) or error from error
        if form is None and target is not None:
            form = _FORMAT_OF_SUFFIX.get(target.suffix.lower())
        if form is None or form == ResultFormat.TABLE:
            printed = io.StringIO()
            is_terminal = target is None and sys.stdout.isatty()
            width = shutil.get_terminal_size().columns if is_terminal else None
            print_result(result, printed, width=width)
            content = printed.getvalue().encode()
        else:
            buffer = io.BytesIO()
            write_result(result, ResultFormat(form), buffer)
            content = buffer.getvalue()
    if bom and form == ResultFormat.CSV:
        content = _BOM + content
    output.write(content, target)


_NO_QUESTION = Text(
    zh="请给出问题名称、文件或 -；用 --list 列出问题",
    en="give the name of a question, a file, or -; --list shows the questions",
)
_ONE_STORE = Text(
    zh="请用 --store 或 --endpoint 指定查询哪里（二者选一）",
    en="say where to ask: --store or --endpoint (one of the two)",
)


def _question(what: str) -> Question:
    path = Path(what)
    if what != _STDIN and not path.suffix and path.parent == Path():
        return question(what)
    try:
        content = sys.stdin.buffer.read() if what == _STDIN else path.read_bytes()
        return read_question(content.decode("utf-8-sig"), name=path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableQueryError(what, str(error)) from error


def _explained(text: str, name: str, language: Language) -> QueryError | None:
    """Show the place where a text is no SPARQL and return the error; ``None`` when it is SPARQL."""
    # here: a query that is right has no need of the web's modules
    from perfgraph.web.errors import QuerySyntaxError
    from perfgraph.web.faults import syntax_error

    found = syntax_error(text)
    if found is None or found.spot is None:
        return found
    tell([Text(zh=found.spot.excerpt, en=found.spot.excerpt)], language)
    line, column = found.spot.line, found.spot.column
    return QuerySyntaxError(
        Text(
            zh=f"{name} 第 {line} 行第 {column} 列：{found.message.zh}",
            en=f"{name}, line {line}, column {column}: {found.message.en}",
        ),
        advice=found.advice,
    )


def _pair(written: str) -> tuple[str, str]:
    name, equals, value = written.partition("=")
    if not equals or not name:
        raise BadParameterFormError(written)
    return name, value


def _list(language: Language) -> None:
    for asked in catalogue():
        names = " ".join(
            f"{parameter.name}={parameter.default or ''}" for parameter in asked.parameters
        )
        click.echo(f"{asked.number:>2}  {asked.name}  {names}".rstrip())
        click.echo(f"    {asked.title.pick(language)}")
