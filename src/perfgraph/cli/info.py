"""``perfgraph info``: versions, shipped files, and what a store holds."""

from __future__ import annotations

from importlib.metadata import version

import click
from rich.console import Console
from rich.table import Table

from perfgraph import resources
from perfgraph.cli.bilingual import command, option
from perfgraph.cli.language import language_of
from perfgraph.questions import catalogue
from perfgraph.store import open_existing
from perfgraph.store.names import is_plan
from perfgraph.text import Language, Text
from perfgraph.validation import profiles
from perfgraph.version import __version__

_LIBRARIES = ("pyoxigraph", "rdflib", "pyshacl", "flask")
_STORE = Text(zh="存储库", en="store")
_RELEASE = Text(zh="发布版", en="release")
_DOCUMENTS = Text(zh="文件", en="documents")
_COLUMNS = (
    Text(zh="文件", en="file"),
    Text(zh="性质", en="role"),
    Text(zh="区划", en="region"),
    Text(zh="单位", en="unit"),
    Text(zh="年度", en="year"),
    Text(zh="项目数", en="projects"),
    Text(zh="当前", en="current"),
)


@command(
    summary=Text(
        zh="显示版本、随附的本体与规则，以及存储库的内容。",
        en="Show versions, the shipped ontology and shapes, and what a store holds.",
    ),
    example="perfgraph info --store store",
)
@option(
    "--store",
    "location",
    text=Text(zh="存储库文件夹，或 sparql+http://… 地址", en="folder, or sparql+http://… URL"),
)
@click.pass_context
def info(context: click.Context, location: str | None) -> None:
    """Print what is here."""
    language = language_of(context)
    click.echo(f"perfgraph {__version__}")
    for library in _LIBRARIES:
        click.echo(f"  {library} {version(library)}")
    click.echo(f"ontology  {resources.folder('ontology')}")
    click.echo(f"shapes    {resources.folder('shapes')} ({', '.join(profiles())})")
    click.echo(f"questions {len(catalogue())}")
    if location is not None:
        _show_store(location, language)


def _show_store(location: str, language: Language) -> None:
    with open_existing(location) as store:
        documents = store.documents()
        click.echo(f"\n{_STORE.pick(language)}: {store.location}")
        click.echo(f"{_RELEASE.pick(language)}: {store.release or '-'}")
    current = sum(document.is_current for document in documents)
    click.echo(f"{_DOCUMENTS.pick(language)}: {current} / {len(documents)}")
    table = Table(*(column.pick(language) for column in _COLUMNS))
    for document in documents:
        table.add_row(
            document.file,
            document.role.rpartition("#")[2],
            document.region,
            document.unit,
            document.year,
            str(sum(not is_plan(iri) for iri in document.projects)),
            "✓" if document.is_current else "",
        )
    Console().print(table)
