"""The documents of a store + the documents of one command → what becomes of each.

Superseding, conflicts and document roles are decided here and nowhere else, as a pure function: a
store carries the plan out. The order of the arrivals never matters.

A file supersedes a current one when both have the same region, unit, year and role and the new one
describes every project of the old one, or when the user names the old one. Any other overlap with a
current document of the same role, and any overlap inside one command, is a conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from perfgraph.store import outcomes
from perfgraph.store.collection import Collection, Version
from perfgraph.store.replacing import resolve_replacements
from perfgraph.store.report import Outcome


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document as it stands in the command: its file as named there, and what it says."""

    file: str
    version: Version


@dataclass(frozen=True, slots=True)
class Plan:
    """What a load does: an outcome for each arrival, and the documents that change.

    ``changes`` has one group for each file that is taken in. The groups may be carried out one
    after the other: after each, the store is a collection that may be published.
    """

    outcomes: tuple[Outcome, ...]
    changes: tuple[tuple[Version, ...], ...]


def plan_load(
    collection: Collection, arrivals: Sequence[Arrival], replaces: Sequence[str] = ()
) -> Plan:
    """Return what becomes of some arrivals.

    Raises:
        ReplacesError: a name in ``replaces`` is not clear.
    """
    named = resolve_replacements(collection, [one.version for one in arrivals], replaces)
    planner = _Planner(collection, named, _rivals(collection, arrivals, named))
    results = tuple(planner.decide(arrival) for arrival in arrivals)
    return Plan(results, tuple(planner.changes))


class _Planner:
    """One command: decides file by file and collects the changes."""

    def __init__(
        self,
        collection: Collection,
        named: Mapping[str, frozenset[str]],
        rivals: Mapping[int, Sequence[Arrival]],
    ) -> None:
        self._collection = collection
        self._named = named
        self._rivals = rivals
        self._versions = dict(collection.versions)
        self._seen: dict[str, str] = {}
        self.changes: list[tuple[Version, ...]] = []

    def decide(self, arrival: Arrival) -> Outcome:
        """Return the outcome of one file; its changes are noted."""
        version, file = arrival.version, arrival.file
        if rivals := self._rivals.get(id(arrival)):
            return outcomes.conflict_in_command(arrival.file, version, _named_files(rivals))
        if version.iri in self._seen:
            return outcomes.repeated(file, version, self._seen[version.iri])
        self._seen[version.iri] = file
        known = self._collection.versions.get(version.iri)
        if not _is_active(self._collection, version, self._named):
            return self._keep(file, version, self._collection.versions[version.iri])
        allowed = self._named.get(version.iri, frozenset())
        overlaps = [
            other for other in self._collection.overlapping(version) if other.role == version.role
        ]
        blocking = [other for other in overlaps if not _replaces(version, other, allowed)]
        if blocking:
            return outcomes.conflict_with_current(file, version, blocking)
        replaced = frozenset(other.iri for other in overlaps) | allowed
        self._accept(version, known, replaced)
        if replaced:
            names = [self._collection.versions[iri] for iri in sorted(replaced)]
            return outcomes.superseding(file, version, names)
        return outcomes.updated(file, version) if known else outcomes.loaded(file, version)

    def _keep(self, file: str, version: Version, known: Version) -> Outcome:
        """Take note of a file that the store has; only a superseded one may differ."""
        if _says_the_same(known, version):
            return outcomes.unchanged(
                file, version, self._collection.superseded_by.get(version.iri, ())
            )
        self._change(replace(version, supersedes=known.supersedes))
        return outcomes.updated(file, version)

    def _accept(self, version: Version, known: Version | None, replaced: frozenset[str]) -> None:
        """Make ``version`` current in place of ``replaced``."""
        if known is None:
            self._change(replace(version, supersedes=replaced))
            return
        content = known if _says_the_same(known, version) else version
        successors = self._collection.superseded_by.get(version.iri, ())
        self._change(
            replace(content, supersedes=known.supersedes | replaced),
            *(self._versions[iri].without_claim_to(version.iri) for iri in successors),
        )

    def _change(self, *versions: Version) -> None:
        self.changes.append(versions)
        self._versions.update((version.iri, version) for version in versions)


def _is_active(
    collection: Collection, version: Version, named: Mapping[str, frozenset[str]]
) -> bool:
    """Return whether the arrival wants to become current with something new."""
    known = collection.versions.get(version.iri)
    if known is None or version.iri in named:
        return True
    return version.iri in collection.current and not _says_the_same(known, version)


def _says_the_same(known: Version, version: Version) -> bool:
    """Return whether a document is in the store as it comes now."""
    return known.nquads == version.nquads and version.grid in (None, known.grid)


def _replaces(new: Version, old: Version, allowed: frozenset[str]) -> bool:
    """Return whether ``new`` may supersede ``old``, which it overlaps."""
    if old.iri in allowed:
        return True
    return new.filing == old.filing and old.projects.keys() <= new.projects.keys()


def _rivals(
    collection: Collection,
    arrivals: Sequence[Arrival],
    named: Mapping[str, frozenset[str]],
) -> Mapping[int, Sequence[Arrival]]:
    """Return, by ``id`` of an arrival, the others of the command that it cannot stand beside.

    Files that change nothing take no part: loading a folder again with a corrected file added
    supersedes, because the store knows which was first.
    """
    groups: dict[tuple[str, ...], list[Arrival]] = defaultdict(list)
    for arrival in arrivals:
        groups[(arrival.version.iri,)].append(arrival)
        if _is_active(collection, arrival.version, named):
            for project in arrival.version.projects:
                groups[(project, arrival.version.role)].append(arrival)
    rivals: dict[int, list[Arrival]] = defaultdict(list)
    for group in groups.values():
        if len({one.version.nquads for one in group}) > 1:
            for one in group:
                rivals[id(one)] += [
                    other for other in group if other.version.nquads != one.version.nquads
                ]
    return rivals


def _named_files(arrivals: Iterable[Arrival]) -> list[tuple[str, Version]]:
    """Return files with their versions, each file once, by name."""
    found = {arrival.file: arrival.version for arrival in arrivals}
    return sorted(found.items(), key=lambda item: item[0])
