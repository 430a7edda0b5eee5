"""Quads → bytes, the same for the same quads: Turtle, TriG, N-Quads, JSON-LD.

Quads are sorted and each is written once. Turtle holds no graphs: all triples stand flat in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import PurePath
from typing import assert_never

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from perfgraph.errors import SettingsError
from perfgraph.text import Text
from perfgraph.vocab import CODE, DCTERMS, ONTOLOGY, ORG, PROV, RDF, RDFS, XSD

_CODE_PREFIXES = {
    "pgc": "comparator",
    "pgk": "kind",
    "pgd": "dimension",
    "pgu": "unit",
    "pgf": "funding",
    "pgp": "phase",
    "pge": "evidence",
    "pgr": "document-role",
    "c15": "category-2015",
    "c21": "category-2021",
}
PREFIXES: dict[str, str] = {
    "pg": ONTOLOGY,
    **{prefix: f"{CODE}{scheme}#" for prefix, scheme in _CODE_PREFIXES.items()},
    "dcterms": DCTERMS.prefix,
    "org": ORG.prefix,
    "prov": PROV.prefix,
    "rdfs": RDFS.prefix,
    "xsd": XSD.prefix,
}


class Format(StrEnum):
    """The RDF formats that are written."""

    TURTLE = "turtle"
    TRIG = "trig"
    NQUADS = "nquads"
    JSONLD = "jsonld"


_SUFFIXES = {
    ".ttl": Format.TURTLE,
    ".trig": Format.TRIG,
    ".nq": Format.NQUADS,
    ".jsonld": Format.JSONLD,
}


class UnknownSuffixError(SettingsError):
    """The output's suffix names no format."""

    code = "PG604"

    def __init__(self, name: str, *, may_be_folder: bool = False) -> None:
        known = " ".join(_SUFFIXES)
        folder_zh = f"；每个源文件一个输出时，请写成文件夹“{name}/”" if may_be_folder else ""
        folder_en = f"; for an output of each source, give the folder '{name}/'"
        super().__init__(
            Text(zh=f"无法由文件名“{name}”判断格式", en=f"the suffix of '{name}' names no format"),
            advice=Text(
                zh=f"请用 {known} 之一作后缀，或用 --to 指定格式{folder_zh}",
                en=f"Use one of {known}, or say --to{folder_en if may_be_folder else ''}",
            ),
        )


def format_of(name: str) -> Format:
    """Return the format that a file name's suffix stands for.

    Raises:
        UnknownSuffixError: it stands for none.

    >>> format_of("targets.nq").value
    'nquads'
    """
    try:
        return _SUFFIXES[PurePath(name).suffix.lower()]
    except KeyError as error:
        raise UnknownSuffixError(name) from error


def nquads(quads: Iterable[Quad]) -> bytes:
    """Return sorted N-Quads, one line a quad, without repeats."""
    lines = sorted({f"{quad} .\n" for quad in quads})
    return "".join(lines).encode()


def write(quads: Iterable[Quad], format: Format) -> bytes:
    """Return ``quads`` in ``format``, with the project's prefixes where it has any."""
    match format:
        case Format.NQUADS:
            return nquads(quads)
        case Format.TURTLE:
            triples = sorted({quad.triple for quad in quads}, key=_reading_order)
            return _serialized(triples, RdfFormat.TURTLE)
        case Format.TRIG:
            return _serialized(_by_graph(quads), RdfFormat.TRIG)
        case Format.JSONLD:
            return _serialized(_by_graph(quads), RdfFormat.JSON_LD)
        case _:
            assert_never(format)


def _by_graph(quads: Iterable[Quad]) -> list[Quad]:
    return sorted(set(quads), key=lambda quad: (str(quad.graph_name), _reading_order(quad)))


def _reading_order(statement: Quad | Triple) -> tuple[str, bool, str, str]:
    """Sort by subject; a subject's type comes first."""
    predicate = statement.predicate
    is_type = predicate == RDF.type
    return str(statement.subject), not is_type, predicate.value, str(statement.object)


def _serialized(statements: Iterable[Quad] | Iterable[Triple], format: RdfFormat) -> bytes:
    content = serialize(statements, format=format, prefixes=PREFIXES)
    assert content is not None  # it is, where no output file is given
    return content
