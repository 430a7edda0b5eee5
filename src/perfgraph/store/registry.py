"""What a remote store keeps about its documents: records as literals in a graph of their own.

A server has no files, so each document version has a record, its N-Quads and its grid in
``{base}graph/archive``: superseded documents are known there, and a reduced self-evaluation can be
given back whole. Literals say nothing about projects, so they do not disturb questions.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple

from perfgraph.store.collection import Collection, Version, version_from_json, version_to_json
from perfgraph.store.endpoint import Endpoint
from perfgraph.store.errors import DamagedStoreError
from perfgraph.text import Text
from perfgraph.vocab import DCTERMS, PROV

RECORD, NQUADS, GRID = "#record", "#nquads", "#grid"
"""What the archive has of a document: fragments of its graph's IRI."""
_LEVEL = 6

_RECORDS = f"""
SELECT ?graph ?node ?value {{
  GRAPH ?graph {{ ?node {PROV.value} ?value }}
  FILTER(STRENDS(STR(?graph), "graph/archive"))
  FILTER(STRENDS(STR(?node), "{RECORD}"))
}}"""


@dataclass(frozen=True, slots=True)
class Registry:
    """The state of a remote store."""

    release: str = ""
    collection: Collection = field(default_factory=Collection)
    vocabularies: Mapping[str, str] = field(default_factory=dict)


def archive_graph(base: str) -> str:
    """Return the IRI of the graph of the records."""
    return f"{base}graph/archive"


def read_registry(endpoint: Endpoint) -> Registry:
    """Return what a server has.

    Raises:
        DamagedStoreError: the records cannot be understood.
        ServerError: the server does not answer.
    """
    versions: list[Version] = []
    registry = Registry()
    for graph, node, value in _select(endpoint, _RECORDS):
        try:
            data = json.loads(value)
            if node == graph + RECORD:
                registry = Registry(data["release"], Collection(), data["vocabularies"])
            else:
                versions.append(version_from_json(data))
        except (ValueError, KeyError, TypeError) as error:
            raise DamagedStoreError(
                Text(
                    zh=f"服务器 {endpoint.url} 上的记录 <{node}> 无法识别",
                    en=f"the record <{node}> on {endpoint.url} cannot be understood",
                ),
                advice=Text(zh="请清空该数据集后重新载入", en="clear the dataset and load again"),
            ) from error
    return Registry(registry.release, Collection.of(versions), registry.vocabularies)


def fetch(endpoint: Endpoint, version: Version, *, is_grid: bool = False) -> bytes | None:
    """Return the N-Quads or the grid of a document; ``None`` when they are not there."""
    node = NamedNode(version.name.facts + (GRID if is_grid else NQUADS))
    archive = NamedNode(archive_graph(version.name.base))
    query = f"SELECT ?value {{ GRAPH {archive} {{ {node} {PROV.value} ?value }} }}"
    for (value,) in _select(endpoint, query):
        return gzip.decompress(base64.b64decode(value))
    return None


def release_name(endpoint: Endpoint) -> str:
    """Return the name of the release that a dataset is at; empty when it has none."""
    query = f"SELECT ?name {{ GRAPH ?graph {{ ?graph {DCTERMS.identifier} ?name }} }}"
    return "".join(name for (name,) in _select(endpoint, query))


def record(version: Version) -> Triple:
    """Return the record of a document version."""
    text = json.dumps(version_to_json(version), ensure_ascii=False, separators=(",", ":"))
    return Triple(NamedNode(version.name.facts + RECORD), PROV.value, Literal(text))


def record_of_release(registry: Registry) -> Triple:
    """Return the record of the store itself."""
    content = {
        "release": registry.release,
        "vocabularies": dict(sorted(registry.vocabularies.items())),
    }
    node = archive_graph(registry.collection.base or "") + RECORD
    return Triple(NamedNode(node), PROV.value, Literal(json.dumps(content)))


def payload(version: Version, suffix: str, content: bytes) -> Triple:
    """Return the N-Quads or the grid of a document as a literal."""
    packed = base64.b64encode(gzip.compress(content, _LEVEL, mtime=0)).decode()
    return Triple(NamedNode(version.name.facts + suffix), PROV.value, Literal(packed))


def _select(endpoint: Endpoint, query: str) -> Iterator[tuple[str, ...]]:
    answer = endpoint.query(query, {})
    assert isinstance(answer, QuerySolutions)  # a server answers SELECT with rows
    for row in answer:
        yield tuple(str(term.value) for term in row if not isinstance(term, Triple | None))
