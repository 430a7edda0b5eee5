"""The Turtle files that ship with perfgraph → one graph each, without blank nodes.

``ontology/*.ttl`` give one graph a file, ``shapes/**/*.ttl`` one together, and the questions one
with an outline of the ontology. Blank nodes become IRIs that are the same in every run. A triple
that stands in two files is kept in the first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, RdfFormat, parse

from perfgraph import resources
from perfgraph.store.errors import DamagedStoreError
from perfgraph.store.examples import example_triples
from perfgraph.store.outline import outline_triples
from perfgraph.text import Text
from perfgraph.vocab import DEFAULT_BASE

_ONTOLOGY = "perfgraph"
_SHAPES = "shapes"
_EDITORS = "endpoint"
"""Name of the graph of what editors ask an endpoint for."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One vocabulary: the name of its graph, and its triples."""

    name: str
    triples: tuple[str, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the sorted triples."""
        return hashlib.sha256("\n".join(self.triples).encode()).hexdigest()


@lru_cache(maxsize=1)
def shipped_vocabularies() -> tuple[Vocabulary, ...]:
    """Return ontology, code lists, units, shapes and what editors ask for, of this installation."""
    ontology, shapes = resources.folder("ontology"), resources.folder(_SHAPES)
    files = [
        ("ontology" if path.stem == _ONTOLOGY else path.stem, [path])
        for path in _turtle_files(ontology)
    ]
    read = read_vocabularies([*files, (_SHAPES, _turtle_files(shapes))])
    return (*read, _for_editors(ontology / f"{_ONTOLOGY}.ttl"))


def _for_editors(ontology: Path) -> Vocabulary:
    """Return the questions, the prefixes and an outline of the ontology, as editors read them."""
    base = f"{DEFAULT_BASE}{_EDITORS}#"
    triples = {*example_triples(base), *outline_triples(base, ontology)}
    return Vocabulary(_EDITORS, tuple(sorted(map(str, triples))))


def read_vocabularies(files: Iterable[tuple[str, Iterable[Path]]]) -> list[Vocabulary]:
    """Return the vocabularies in some named groups of files, leaving out empty ones."""
    seen: set[str] = set()
    found = []
    for name, paths in files:
        triples = {triple for path in paths for triple in _read(path)} - seen
        if triples:
            seen |= triples
            found.append(Vocabulary(name, tuple(sorted(triples))))
    return found


def _turtle_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.ttl"), key=lambda path: (path.stem != _ONTOLOGY, path.as_posix()))


def _read(path: Path) -> set[str]:
    """Return the triples of a Turtle file; blank nodes become IRIs."""
    try:
        dataset = Dataset(parse(path=path, format=RdfFormat.TURTLE))
    except SyntaxError as error:
        raise DamagedStoreError(
            Text(
                zh=f"{path.name} 不是有效的 Turtle（第 {error.lineno} 行）",
                en=f"{path.name} is no valid Turtle (line {error.lineno})",
            ),
            advice=Text(zh="请重新安装 perfgraph", en="install perfgraph again"),
        ) from error
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    stem = f"{DEFAULT_BASE}.well-known/genid/{path.stem}-"
    return {
        f"{_named(quad.subject, stem)} {quad.predicate} {_named(quad.object, stem)}"
        for quad in dataset
    }


def _named(term: object, stem: str) -> object:
    return NamedNode(stem + term.value) if isinstance(term, BlankNode) else term
