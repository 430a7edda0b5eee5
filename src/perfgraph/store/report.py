"""What a store says about its documents and about a load; frozen data, no I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from perfgraph.errors import StoreError
from perfgraph.text import Text


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One version of a document in the store."""

    iri: str
    graph: str
    file: str
    sha256: str
    role: str
    """IRI of the document role, such as ``…/code/document-role#target``."""
    region: str
    unit: str
    year: str
    projects: tuple[str, ...]
    """IRIs of the projects and plans that the document describes, sorted."""
    loaded_at: datetime
    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()

    @property
    def is_current(self) -> bool:
        """Whether the facts of this version are in the main dataset."""
        return not self.superseded_by


class OutcomeKind(StrEnum):
    """What became of one file of a load."""

    LOADED = "loaded"
    UPDATED = "updated"
    """The same source file was there, converted differently: its graphs were replaced."""
    UNCHANGED = "unchanged"
    SUPERSEDING = "superseding"
    CONFLICT = "conflict"
    REFUSED = "refused"
    """The file is no converted document of this store; ``error`` says why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, and what a person should know about it."""

    file: str
    kind: OutcomeKind
    message: Text
    document: str | None = None
    supersedes: tuple[str, ...] = ()
    """IRIs of the documents that this file replaced."""
    conflicts_with: tuple[str, ...] = ()
    """Names of the other files in a conflict."""
    projects: tuple[str, ...] = ()
    """IRIs of the projects in conflict."""
    error: StoreError | None = None

    @property
    def is_failure(self) -> bool:
        """Whether the file was not taken in and is not in the store."""
        return self.kind in (OutcomeKind.CONFLICT, OutcomeKind.REFUSED)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """The outcomes of one load, in the order of the files, and the release after it."""

    outcomes: tuple[Outcome, ...]
    release: str

    @property
    def changed(self) -> bool:
        """Whether the load made a new release."""
        quiet = (OutcomeKind.UNCHANGED, OutcomeKind.CONFLICT, OutcomeKind.REFUSED)
        return any(outcome.kind not in quiet for outcome in self.outcomes)

    @property
    def has_failures(self) -> bool:
        """Whether some file of the batch was not taken in (exit code 1)."""
        return any(outcome.is_failure for outcome in self.outcomes)

    @property
    def summary(self) -> Text:
        """One sentence: how many files were loaded, unchanged, in conflict, refused."""
        count = Counter(outcome.kind for outcome in self.outcomes)
        fields = {kind.value: count[kind] for kind in OutcomeKind}
        return Text(
            zh=(
                "新载入 {loaded} 个文件，替代旧版 {superseding} 个，更新 {updated} 个，"
                "无变化 {unchanged} 个，冲突 {conflict} 个，拒收 {refused} 个"
            ),
            en=(
                "{loaded} loaded, {superseding} superseding, {updated} updated, "
                "{unchanged} unchanged, {conflict} in conflict, {refused} refused"
            ),
        ).format(**fields)


@dataclass(frozen=True, slots=True)
class Written:
    """What a write has done; the default graph has no name."""

    graphs: Mapping[str, tuple[int, int]]
    """Triples added and removed, by graph."""
    created: tuple[str, ...]
    """Graphs that were not there before."""
    states: Mapping[str, str]
    """The state of each graph that was written and is still there."""
    release: str

    @property
    def added(self) -> int:
        """Triples added."""
        return sum(added for added, _ in self.graphs.values())

    @property
    def removed(self) -> int:
        """Triples removed."""
        return sum(removed for _, removed in self.graphs.values())
