"""N-Quads of one converted document → its version record and canonical lines.

Everything that decision-making needs is read from the three graphs, and their form is checked:
facts name no document, provenance always names its own, nothing stands in two graphs. So graphs of
documents without a common project cannot overlap. Nothing is stored here.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, parse

from perfgraph.store.collection import Version
from perfgraph.store.errors import (
    DocumentMetadataError,
    GraphNameError,
    MisplacedTripleError,
    NotNQuadsError,
)
from perfgraph.store.lines import Statement, bracket, canonical, encode, in_graph
from perfgraph.store.names import DocumentName, shared_graph
from perfgraph.text import Text
from perfgraph.vocab import PG, RDF, RDFS

_SUBJECTS = frozenset(str(term) for term in (PG.Project, PG.DepartmentPlan, PG.RegionalPlan))
_CONVERT = Text(
    zh="请用 perfgraph convert 重新转换源文件",
    en="convert the source file again with perfgraph convert",
)


@dataclass(frozen=True, slots=True)
class Submission:
    """One converted document, as ``convert`` wrote it."""

    file: str
    """The source file as the user named it; messages use it."""
    nquads: bytes
    grid: bytes | None = None
    """The tables as read, as JSON; kept beside the release for pages."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A submission that was understood."""

    file: str
    version: Version
    nquads: bytes
    """Canonical: sorted, one line a statement."""
    grid: bytes | None = None


def read_submission(submission: Submission, *, loaded_at: datetime) -> Reading:
    """Return what a submission says of itself.

    Raises:
        NotNQuadsError: it cannot be parsed.
        GraphNameError: its graphs are not those of one document.
        DocumentMetadataError: the description of the document is missing or contradicts its name.
        MisplacedTripleError: a triple stands where it may not.
    """
    lines = _parse(submission)
    name = _name(submission.file, lines)
    graphs = {
        graph: [Statement.of(triple) for triple in in_graph(lines, graph)]
        for graph in (name.facts, name.provenance, shared_graph(name.base))
    }
    facts, provenance, shared = graphs.values()
    projects = _projects(submission.file, facts)
    _check_places(submission.file, name, projects, graphs)
    description = _describe(submission.file, name, provenance)
    nquads = encode(lines)
    return Reading(
        file=submission.file,
        version=Version(
            name=name,
            file=description[PG.fileName],
            sha256=description[PG.sha256],
            role=description[PG.documentRole],
            projects=projects,
            shared=tuple(str(statement) for statement in shared),
            nquads=hashlib.sha256(nquads).hexdigest(),
            grid=None if submission.grid is None else hashlib.sha256(submission.grid).hexdigest(),
            loaded_at=loaded_at,
        ),
        nquads=nquads,
        grid=submission.grid,
    )


def _parse(submission: Submission) -> list[str]:
    try:
        quads = list(parse(submission.nquads, RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise NotNQuadsError(
            Text(
                zh=f"{submission.file}：不是有效的 N-Quads（第 {error.lineno} 行）",
                en=f"{submission.file}: no valid N-Quads (line {error.lineno})",
            ),
            advice=_CONVERT,
        ) from error
    if any(isinstance(quad.graph_name, DefaultGraph) for quad in quads):
        raise _wrong_graphs(submission.file, ["DEFAULT"])
    lines = canonical(quads)
    for line in lines:
        if line.startswith("_:") or " _:" in line:
            _refuse_blank_nodes(submission.file, line)
    return lines


def _refuse_blank_nodes(file: str, line: str) -> None:
    """Raise when a term of the line is a blank node; ``_:`` inside a literal is none."""
    (quad,) = parse(line.encode(), RdfFormat.N_QUADS)
    for term in (quad.subject, quad.object, quad.graph_name):
        if not isinstance(term, NamedNode | Literal):
            raise MisplacedTripleError(
                Text(
                    zh=f"{file}：数据中不允许有空白节点：{line}",
                    en=f"{file}: no blank node may be in the data: {line}",
                ),
                advice=_CONVERT,
            )


def _name(file: str, lines: Sequence[str]) -> DocumentName:
    found = {line.rsplit(" ", 2)[1] for line in lines}
    names = {
        name
        for graph in found
        if (name := DocumentName.of_graph(graph.strip("<>").removesuffix("/prov"))) is not None
    }
    if len(names) == 1:
        (name,) = names
        needed = {bracket(name.facts), bracket(name.provenance)}
        if needed <= found <= needed | {bracket(shared_graph(name.base))}:
            return name
    raise _wrong_graphs(file, sorted(found))


def _wrong_graphs(file: str, found: Sequence[str]) -> GraphNameError:
    listed = ", ".join(found) or "—"
    return GraphNameError(
        Text(
            zh=f"{file}：应为一份文件的事实图、来源图和共享图，实际的图为：{listed}",
            en=(
                f"{file}: the graphs should be the facts, the provenance and the shared graph of "
                f"one document, but are: {listed}"
            ),
        ),
        advice=_CONVERT,
    )


def _projects(file: str, facts: Sequence[Statement]) -> dict[str, str]:
    """Return the IRIs of projects and plans, with their names."""
    of_type, labelled = str(RDF.type), (str(RDFS.label), str(PG.projectName))
    found = {
        statement.subject: ""
        for statement in facts
        if statement.predicate == of_type and statement.object in _SUBJECTS
    }
    for statement in facts:
        if statement.subject in found and statement.predicate in labelled:
            (quad,) = parse(f"{statement} .".encode(), RdfFormat.N_TRIPLES)
            if isinstance(quad.object, Literal):
                found[statement.subject] = quad.object.value
    if not found:
        raise DocumentMetadataError(
            Text(
                zh=f"{file}：没有描述任何项目或整体绩效目标",
                en=f"{file}: it describes no project and no plan",
            ),
            advice=_CONVERT,
        )
    return {subject.strip("<>"): name or subject.strip("<>") for subject, name in found.items()}


def _describe(
    file: str, name: DocumentName, provenance: Sequence[Statement]
) -> Mapping[NamedNode, str]:
    """Return file name, hash and role of the document."""
    wanted = {str(term): term for term in (PG.fileName, PG.sha256, PG.documentRole)}
    found: dict[NamedNode, set[str]] = defaultdict(set)
    for statement in provenance:
        if statement.subject == bracket(name.document) and statement.predicate in wanted:
            (quad,) = parse(f"{statement} .".encode(), RdfFormat.N_TRIPLES)
            if isinstance(quad.object, Literal | NamedNode):
                found[wanted[statement.predicate]].add(quad.object.value)
    for term in wanted.values():
        if len(found[term]) != 1:
            raise DocumentMetadataError(
                Text(
                    zh=f"{file}：来源图中 <{name.document}> 应恰有一个 {term}",
                    en=f"{file}: <{name.document}> must have exactly one {term}",
                ),
                advice=_CONVERT,
            )
    description = {term: values.pop() for term, values in found.items()}
    if not description[PG.sha256].startswith(name.sha256):
        raise DocumentMetadataError(
            Text(
                zh=f"{file}：SHA-256 {description[PG.sha256]} 与文件标识 {name.key} 不符",
                en=f"{file}: SHA-256 {description[PG.sha256]} does not fit the key {name.key}",
            ),
            advice=_CONVERT,
        )
    return description


def _check_places(
    file: str,
    name: DocumentName,
    projects: Mapping[str, str],
    graphs: Mapping[str, Sequence[Statement]],
) -> None:
    """Refuse a triple in a graph where it may not stand, or in two."""
    facts, provenance, shared = graphs.values()
    about_sources = (f"<{name.base}id/doc/", f"<{name.base}graph/")
    own = tuple(
        f"<{iri}{end}" for iri in (name.document, name.facts, name.provenance) for end in ">#"
    )
    subjects = {bracket(iri)[:-1] for iri in projects}

    def of_project(statement: Statement) -> bool:
        return statement.subject.removesuffix(">").partition("#")[0] in subjects

    def names(statement: Statement, prefixes: tuple[str, ...]) -> bool:
        return statement.subject.startswith(prefixes) or statement.object.startswith(prefixes)

    wrong = [
        (statement, name.facts)
        for statement in facts
        if not of_project(statement) or names(statement, about_sources)
    ]
    wrong += [(one, name.provenance) for one in provenance if not names(one, own)]
    wrong += [
        (one, shared_graph(name.base))
        for one in shared
        if of_project(one) or names(one, about_sources)
    ]
    for statement, graph in wrong:
        raise MisplacedTripleError(
            Text(
                zh=(
                    f"{file}：三元组不应在图 <{graph}> 中（事实图只写本文件的项目，"
                    f"来源图的每条都涉及本文件，共享图两者都不写）：{statement}"
                ),
                en=(
                    f"{file}: a triple may not stand in <{graph}> (facts are about the document's "
                    "projects only, provenance always names the document, shared does neither): "
                    f"{statement}"
                ),
            ),
            advice=_CONVERT,
        )
