"""A store → the reports on its current documents, in parts so that memory stays flat.

Documents that share a project (targets and self-evaluation) are judged together, about a thousand
projects at once, in memory. Rules that compare documents are asked over the whole store before;
their failures are told in the document of the node that they are about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, RdfFormat, Triple
from pyoxigraph import Store as Data

from perfgraph import shacl
from perfgraph.errors import QueryError
from perfgraph.shacl import Graph, Result, Term
from perfgraph.store import Store, StoredDocument
from perfgraph.store.names import shared_graph
from perfgraph.validation.engines import Engine
from perfgraph.validation.findings import Found, in_order
from perfgraph.validation.graphs import with_codes
from perfgraph.validation.judges import Judge, Names
from perfgraph.validation.report import FileReport

SHARD = 1000
"""Projects that are judged at once. A part for pySHACL, whose time is quadratic, is one group."""

Group = list[StoredDocument]


def validate_store(
    store: Store,
    profile: str | Path | None = None,
    engine: Engine = Engine.COMPILED,
    *,
    shard: int = SHARD,
) -> Iterator[FileReport]:
    """Yield the report on each current document of ``store``.

    Raises:
        ShapesError: the profile does not exist or cannot be used.
        StoreError: the store cannot be read.
    """
    alone, across = (Judge(profile, engine, across=across) for across in (False, True))
    groups = _groups([document for document in store.documents() if document.is_current])
    compared = _Compared(store, across, groups)
    size = 1 if alone.leaves_some_to_reference else shard
    for part in _parts(groups, size):
        documents = [document for group in part for document in group]
        data = _data(store, part)
        found = [*alone.found(data), *compared.found(data)]
        yield from _reports(alone, documents, found, Graph(data))


class _Compared:
    """The failures of rules that compare documents, each to be told once."""

    def __init__(self, store: Store, judge: Judge, groups: Sequence[Group]) -> None:
        self._store = store
        self._judge = judge
        self._left = list(_compared(store, judge, groups))

    def found(self, data: Data) -> Iterator[Found]:
        """Yield the findings on nodes that ``data`` describe and no part before did."""
        graph = Graph(data)
        here = [entry for entry in self._left if graph.has(entry[1].focus)]
        if not here:
            return
        self._left = [entry for entry in self._left if not graph.has(entry[1].focus)]
        for _, result in here:
            data.extend(_said_of(self._store, result.focus))
        chosen = self._judge.profiles_of(graph)
        for names, result in here:
            yield from self._judge.findings([result], names, graph, chosen)


def _compared(
    store: Store, judge: Judge, groups: Sequence[Group]
) -> Iterator[tuple[Names, Result]]:
    """Yield the failures in the whole store; where it cannot be asked, in all of it in memory."""
    queries = judge.queries(judge.names)
    if not judge.leaves_some_to_reference:
        try:
            yield from [
                (names, result)
                for query, names in queries.items()
                for result in shacl.results(query, _rows(store, query.text))
            ]
        except QueryError:  # not every engine has what the queries use, such as LATERAL
            pass
        else:
            return
    for names, results in judge.results(_data(store, groups), judge.names):
        for result in results:
            yield names, result


def _rows(store: Store, text: str) -> QuerySolutions:
    rows = store.query(text)
    assert isinstance(rows, QuerySolutions)
    return rows


def _said_of(store: Store, focus: Term) -> Iterator[Quad]:
    """Yield what the whole store says of a node, which one part may know only half."""
    assert isinstance(focus, NamedNode)
    for triple in _triples(store, f"CONSTRUCT {{ {focus} ?p ?o }} WHERE {{ {focus} ?p ?o }}"):
        yield Quad(triple.subject, triple.predicate, triple.object)


def _groups(documents: Iterable[StoredDocument]) -> list[Group]:
    """Return the documents in their order, those together that share a project."""
    groups: dict[int, Group] = {}
    home: dict[str, int] = {}
    for number, document in enumerate(documents):
        beside = sorted({home[project] for project in document.projects if project in home})
        groups[number] = [one for key in beside for one in groups.pop(key)] + [document]
        home |= {project: number for one in groups[number] for project in one.projects}
    return list(groups.values())


def _parts(groups: Iterable[Group], size: int) -> Iterator[list[Group]]:
    """Yield groups together until they have ``size`` projects."""
    part: list[Group] = []
    count = 0
    for group in groups:
        part.append(group)
        count += sum(len(document.projects) for document in group)
        if count >= size:
            yield part
            part, count = [], 0
    if part:
        yield part


def _data(store: Store, groups: Iterable[Group]) -> Data:
    """Return the current facts, provenance and shared nodes of documents, and the codes."""
    data = Data()
    for group in groups:
        for document in group:
            nquads = store.nquads(document.iri)
            if len(group) > 1:  # beside another document the store keeps only a part of this one
                data.load(_kept(store, document), format=RdfFormat.N_TRIPLES)
                nquads = _of_graph(nquads, shared_graph(_base(document)))
            data.load(nquads, format=RdfFormat.N_QUADS, lenient=True)
    return with_codes(data)


def _kept(store: Store, document: StoredDocument) -> bytes:
    graphs = (document.graph, f"{document.graph}/prov")
    triples = _triples(store, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", graphs)
    return "".join(f"{triple} .\n" for triple in triples).encode()


def _triples(store: Store, text: str, graphs: Sequence[str] = ()) -> Iterator[Triple]:
    answer = store.query(text, default_graphs=graphs)
    assert not isinstance(answer, QuerySolutions | QueryBoolean)
    return answer


def _of_graph(nquads: bytes, graph: str) -> bytes:
    end = f" <{graph}> .".encode()
    return b"".join(
        line for line in nquads.splitlines(keepends=True) if line.rstrip().endswith(end)
    )


def _base(document: StoredDocument) -> str:
    return document.graph.rpartition("graph/")[0]


def _reports(
    judge: Judge, documents: Sequence[StoredDocument], found: Iterable[Found], graph: Graph
) -> Iterator[FileReport]:
    """Yield the report on each document; a finding stands where its place or its project is."""
    names = {document.iri for document in documents}
    homes: dict[str, str] = {}
    for document in documents:
        for project in document.projects:
            homes.setdefault(project, document.iri)
    by_document: defaultdict[str, list[Found]] = defaultdict(list)
    for one in found:
        at = None if one.document is None else one.document.value
        if at not in names:
            at = None if one.project is None else homes.get(one.project.value)
        by_document[at or documents[0].iri].append(one)
    chosen = judge.profiles_of(graph)
    for document in documents:
        used = (chosen.get(NamedNode(project)) for project in document.projects)
        yield FileReport(
            document.file,
            document.sha256,
            judge.title(name for name in used if name is not None),
            in_order(by_document[document.iri]),
        )
