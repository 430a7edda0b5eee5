"""The documents of a store as frozen data: every version, and which one replaced which.

A release is a function of its collection. Nothing is read or written here.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from perfgraph.store.names import DocumentName
from perfgraph.store.report import StoredDocument


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document: what planning and building need to know of it."""

    name: DocumentName
    file: str
    sha256: str
    """SHA-256 of the source file."""
    role: str
    projects: Mapping[str, str]
    """IRI of every project and plan that is described, with its name."""
    shared: tuple[str, ...]
    """The triples that go into the shared graph."""
    nquads: str
    """SHA-256 of the canonical N-Quads."""
    loaded_at: datetime
    grid: str | None = None
    """SHA-256 of the tables as read."""
    supersedes: frozenset[str] = frozenset()

    @property
    def iri(self) -> str:
        """IRI of the document."""
        return self.name.document

    @property
    def filing(self) -> tuple[str, str, str, str]:
        """Region, unit, year and role: what a corrected file has in common with its original."""
        return (self.name.region, self.name.unit, self.name.year, self.role)

    def without_claim_to(self, old: str) -> Version:
        """Return the version as if it had not replaced ``old``."""
        return replace(self, supersedes=self.supersedes - {old})


@dataclass(frozen=True)
class Collection:
    """All versions in a store, by document IRI, and the graphs that no document made."""

    versions: Mapping[str, Version] = field(default_factory=dict)
    free: Mapping[str, str] = field(default_factory=dict)
    """Graphs that users wrote themselves, with the SHA-256 of their lines; the default graph is
    the one without a name."""

    @classmethod
    def of(
        cls, versions: Iterable[Version], *, free: Mapping[str, str] | None = None
    ) -> Collection:
        """Return the collection of some versions; their order means nothing."""
        return cls(
            {one.iri: one for one in sorted(versions, key=lambda one: one.iri)},
            dict(sorted((free or {}).items())),
        )

    @property
    def base(self) -> str | None:
        """The base of all IRIs; ``None`` for an empty collection."""
        for version in self.versions.values():
            return version.name.base
        return None

    @cached_property
    def superseded_by(self) -> Mapping[str, tuple[str, ...]]:
        """The documents that replaced a document, by its IRI."""
        successors: dict[str, list[str]] = defaultdict(list)
        for version in self.versions.values():
            for old in version.supersedes:
                successors[old].append(version.iri)
        return {old: tuple(sorted(new)) for old, new in successors.items()}

    @cached_property
    def current(self) -> Mapping[str, Version]:
        """The versions that nothing replaced."""
        return {
            iri: version for iri, version in self.versions.items() if iri not in self.superseded_by
        }

    @cached_property
    def describing(self) -> Mapping[str, tuple[Version, ...]]:
        """The current versions that describe a project, by its IRI."""
        found: dict[str, list[Version]] = defaultdict(list)
        for version in self.current.values():
            for project in version.projects:
                found[project].append(version)
        return {project: tuple(versions) for project, versions in found.items()}

    def overlapping(self, version: Version) -> tuple[Version, ...]:
        """Return the other current versions that share a project with ``version``."""
        found = {
            other.iri: other
            for project in version.projects
            for other in self.describing.get(project, ())
            if other.iri != version.iri
        }
        return tuple(found[iri] for iri in sorted(found))

    def with_versions(self, changed: Iterable[Version]) -> Collection:
        """Return the collection with some versions added or put in place of their former selves."""
        versions = {**self.versions, **{one.iri: one for one in changed}}
        return Collection.of(versions.values(), free=self.free)

    def with_free(self, changed: Mapping[str, str | None]) -> Collection:
        """Return the collection with some graphs of users written, or (``None``) removed."""
        free = {**self.free, **changed}
        kept = {graph: digest for graph, digest in free.items() if digest is not None}
        return Collection.of(self.versions.values(), free=kept)

    def documents(self) -> tuple[StoredDocument, ...]:
        """Return the versions as a store shows them, by IRI."""
        return tuple(
            StoredDocument(
                iri=version.iri,
                graph=version.name.facts,
                file=version.file,
                sha256=version.sha256,
                role=version.role,
                region=version.name.region,
                unit=version.name.unit,
                year=version.name.year,
                projects=tuple(sorted(version.projects)),
                loaded_at=version.loaded_at,
                supersedes=tuple(sorted(version.supersedes)),
                superseded_by=self.superseded_by.get(version.iri, ()),
            )
            for version in self.versions.values()
        )

    def digest(self, vocabularies: Mapping[str, str]) -> str:
        """Return the name of the release that these documents and vocabularies make.

        Times of loading are not in it: the same documents make the same release.
        """
        content: list[object] = [
            sorted(vocabularies.items()),
            [
                [one.iri, one.nquads, one.grid, sorted(one.supersedes)]
                for one in self.versions.values()
            ],
        ]
        if self.free:
            content.append(sorted(self.free.items()))
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def version_to_json(version: Version) -> dict[str, object]:
    """Return a version as JSON; ``version_from_json`` gives it back."""
    return {
        "graph": version.name.facts,
        "file": version.file,
        "sha256": version.sha256,
        "role": version.role,
        "projects": dict(sorted(version.projects.items())),
        "shared": list(version.shared),
        "nquads": version.nquads,
        "grid": version.grid,
        "loaded_at": version.loaded_at.isoformat(),
        "supersedes": sorted(version.supersedes),
    }


def version_from_json(data: Mapping[str, object]) -> Version:
    """Return the version that ``version_to_json`` wrote.

    Raises:
        ValueError: the data is not of this form.
    """
    match data:
        case {
            "graph": str(graph),
            "file": str(file),
            "sha256": str(sha256),
            "role": str(role),
            "projects": dict(projects),
            "shared": list(shared),
            "nquads": str(nquads),
            "grid": str() | None as grid,
            "loaded_at": str(loaded_at),
            "supersedes": list(supersedes),
        } if (name := DocumentName.of_graph(graph)) is not None:
            return Version(
                name=name,
                file=file,
                sha256=sha256,
                role=role,
                projects={str(iri): str(label) for iri, label in projects.items()},
                shared=tuple(str(triple) for triple in shared),
                nquads=nquads,
                grid=grid,
                loaded_at=datetime.fromisoformat(loaded_at),
                supersedes=frozenset(str(iri) for iri in supersedes),
            )
        case _:
            raise ValueError("no record of a document version")
