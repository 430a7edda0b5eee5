"""Every name of the ontology that code, shapes or questions use is declared in it.

Three ways to name a term are followed: ``prefix:name`` in any text, a full IRI, and in Python the
namespaces (``PG.target``, ``Namespace(ONTOLOGY, "a b")``, ``ONTOLOGY + "a"``, ``code("kind", x)``).
A name that is put together from data at run time cannot be seen here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef

import perfgraph.vocab
from perfgraph.vocab import CODE, ONTOLOGY, SHAPE

HOME = ONTOLOGY.removesuffix("ontology#")
CONSTANTS = {"ONTOLOGY": ONTOLOGY, "CODE": CODE, "SHAPE": SHAPE}
OWN = re.compile(re.escape(HOME) + r"(?:ontology|code/[a-z0-9-]+)#[A-Za-z0-9][\w-]*")
PREFIX = re.compile(r"(?i)\bprefix\s+([a-z][\w-]*):\s*<([^>]+)>")
NAME = re.compile(r"(?<![\w:/{-])([a-z][a-z0-9]*):([A-Za-z0-9][\w-]*)")
# Vocabularies whose terms stand in the data; the ontology declares what is used of them.
EXTERNAL = ("http://www.w3.org/ns/prov#", "http://www.w3.org/ns/org#", "http://purl.org/dc/terms/")


def in_text(text: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield the IRIs of perfgraph that are named in RDF, SPARQL or prose."""
    known = {**prefixes, **dict(PREFIX.findall(text))}
    yield from OWN.findall(text)
    for prefix, name in NAME.findall(text):
        iri = known.get(prefix, "") + name
        if OWN.fullmatch(iri):
            yield iri


def in_python(
    module: ast.Module, namespaces: Mapping[str, str], prefixes: Mapping[str, str]
) -> Iterator[str]:
    """Yield the IRIs of perfgraph, and of the external vocabularies, that a module names."""
    for node in ast.walk(module):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in namespaces:
                if attribute not in ("prefix", "terms"):
                    yield namespaces[name] + attribute
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(key))) if (
                name in namespaces
            ):
                yield namespaces[name] + key
            case ast.Call(func=ast.Name(id="Namespace"), args=[first, ast.Constant(value=terms)]):
                yield from ((_text(first) or "") + term for term in str(terms).split())
            case ast.Call(func=ast.Name(id="code"), args=[ast.Constant(value=str(scheme)), token]):
                constant = _text(token)
                yield f"{CODE}{scheme}#{constant if constant is not None else 'scheme'}"
            case ast.BinOp() | ast.JoinedStr():
                whole = _text(node)
                if whole is not None and OWN.fullmatch(whole):
                    yield whole
            case ast.Constant(value=str(text)):
                yield from in_text(text, prefixes)


def namespaces_of(modules: Iterable[ast.Module]) -> dict[str, str]:
    """Return the names of namespace objects and the IRI that each stands for."""
    found = {}
    for module in modules:
        for node in ast.walk(module):
            match node:
                case ast.Assign(
                    targets=[ast.Name(id=name)],
                    value=ast.Call(func=ast.Name(id="Namespace"), args=[first, *_]),
                ):
                    iri = _text(first)
                    if iri is not None:
                        found[name] = iri
    return found


def _text(node: ast.expr) -> str | None:
    """Return the text that an expression of constants stands for."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name):
            return CONSTANTS.get(name)
        case ast.FormattedValue(value=value):
            return _text(value)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            parts = [_text(left), _text(right)]
        case ast.JoinedStr(values=values):
            parts = [_text(value) for value in values]
        case _:
            return None
    return None if None in parts else "".join(part for part in parts if part)


# ---------------------------------------------------------------------------------- fixtures


@pytest.fixture(scope="module")
def declared(ontology: Graph) -> set[str]:
    return {str(s) for s in set(ontology.subjects(RDF.type)) if isinstance(s, URIRef)}


@pytest.fixture(scope="module")
def prefixes(root: Path) -> dict[str, str]:
    """The prefixes of the ontology files, which prose in code and comments uses too.

    Without ``pgs``: outside ``codes.ttl`` it stands for the shapes.
    """
    found: dict[str, str] = {}
    for file in sorted((root / "ontology").glob("*.ttl")):
        found.update(PREFIX.findall(file.read_text(encoding="utf-8")))
    return {
        prefix: iri
        for prefix, iri in found.items()
        if iri.startswith((ONTOLOGY, CODE)) and prefix != "pgs"
    }


@pytest.fixture(scope="module")
def modules(root: Path) -> dict[Path, ast.Module]:
    files = [*(root / "src").rglob("*.py"), *(root / "scripts").glob("*.py")]
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(files)}


def undeclared(used: Iterable[str], declared: set[str]) -> list[str]:
    ours = (iri for iri in used if OWN.fullmatch(iri) or iri.startswith(EXTERNAL))
    return sorted(set(ours) - declared)


# ------------------------------------------------------------------------------------ claims


def test_every_name_in_code_is_declared(
    modules: dict[Path, ast.Module], declared: set[str], prefixes: dict[str, str]
) -> None:
    namespaces = namespaces_of(modules.values())
    assert namespaces["PG"] == ONTOLOGY
    faulty = {
        str(file): missing
        for file, module in modules.items()
        if (missing := undeclared(in_python(module, namespaces, prefixes), declared))
    }
    assert faulty == {}


@pytest.mark.parametrize(
    "pattern",
    ["ontology/*.ttl", "ontology/*.md", "shapes/**/*.ttl", "src/perfgraph/questions/**/*.rq"],
)
def test_every_name_in_files_is_declared(
    pattern: str, root: Path, declared: set[str], prefixes: dict[str, str]
) -> None:
    files = sorted(root.glob(pattern))
    assert files
    faulty = {
        str(file.relative_to(root)): missing
        for file in files
        if (missing := undeclared(in_text(file.read_text(encoding="utf-8"), prefixes), declared))
    }
    assert faulty == {}


def test_no_term_of_a_closed_namespace_is_misspelt(declared: set[str]) -> None:
    for namespace in vars(perfgraph.vocab).values():
        if isinstance(namespace, perfgraph.vocab.Namespace) and namespace.prefix == ONTOLOGY:
            assert {ONTOLOGY + term for term in namespace.terms} <= declared


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX pg: <https://w3id.org/perfgraph/ontology#> SELECT * { ?p a pg:Projekt }",
        "SELECT * { ?t pg:comparator pgc:gee }",
        "ASK { ?t ?p <https://w3id.org/perfgraph/code/unit#CNY20K> }",
        "PREFIX x: <https://w3id.org/perfgraph/code/kind#> ASK { ?t pg:valueKind x:numbr }",
    ],
)
def test_a_misspelt_name_in_text_is_found(
    text: str, declared: set[str], prefixes: dict[str, str]
) -> None:
    assert len(undeclared(in_text(text, prefixes), declared)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "PG.targt",
        "PG['targt']",
        "PG = Namespace(ONTOLOGY, 'target targt')",
        "x = ONTOLOGY + 'targt'",
        "x = f'{ONTOLOGY}targt'",
        "x = f'{CODE}kind#numbr'",
        "code('kind', 'numbr')",
        "code('kinds', x)",
        "x = 'see pg:targt'",
        "PROV.wasDerivedFroom",
    ],
)
def test_a_misspelt_name_in_code_is_found(
    source: str, declared: set[str], prefixes: dict[str, str]
) -> None:
    namespaces = {"PG": ONTOLOGY, "PROV": EXTERNAL[0]}
    used = in_python(ast.parse(source), namespaces, prefixes)
    assert len(undeclared(used, declared)) == 1


@pytest.mark.parametrize(
    "source", ["PG.target", "code('kind', 'number')", "code('kind', x)", "PG.prefix", "'a:b'"]
)
def test_right_names_in_code_are_not_reported(
    source: str, declared: set[str], prefixes: dict[str, str]
) -> None:
    used = in_python(ast.parse(source), {"PG": ONTOLOGY}, prefixes)
    assert undeclared(used, declared) == []
