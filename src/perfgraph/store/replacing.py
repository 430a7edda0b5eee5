"""Names given to ``--replaces`` → the current documents that they mean, and which file takes over.

A pure function over the collection; whether the file can be taken in at all is decided in
``planning``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from perfgraph.store.collection import Collection, Version
from perfgraph.store.errors import ReplacesError
from perfgraph.text import Text

_SHORTEST_HASH = 12


def resolve_replacements(
    collection: Collection, arrivals: Sequence[Version], names: Sequence[str]
) -> Mapping[str, frozenset[str]]:
    """Return, by the IRI of an arrival, the current documents it is to replace.

    A name is a document IRI, a graph IRI, a SHA-256 (or its first 12 digits or more) or a file
    name. Of several arrivals, those take over that describe a project of the named document; else
    the one of the same region, unit, year and role.

    Raises:
        ReplacesError: a name fits no current document or several, or no single arrival can be
            meant. A document that an arrival replaced earlier is no error: nothing is left to do.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for name in names:
        old = _find(collection, arrivals, name)
        if old is not None:
            for arrival in _successors(arrivals, old, name):
                wanted[arrival.iri].add(old.iri)
    return {iri: frozenset(old) for iri, old in wanted.items()}


def _find(collection: Collection, arrivals: Sequence[Version], name: str) -> Version | None:
    here = {arrival.iri for arrival in arrivals}
    fitting = [one for one in collection.versions.values() if _fits(one, name)]
    others = [one for one in fitting if one.iri not in here]
    current = [one for one in others if one.iri in collection.current]
    if len(current) == 1:
        return current[0]
    if current:
        listed = ", ".join(one.iri for one in current)
        raise ReplacesError(
            Text(
                zh=f"--replaces {name} 对应多个现行文件：{listed}",
                en=f"--replaces {name} fits several current documents: {listed}",
            ),
            advice=Text(zh="请改用 SHA-256 或 IRI 指明", en="name one by its SHA-256 or IRI"),
        )
    if any(here & set(collection.superseded_by.get(one.iri, ())) for one in others):
        return None
    if len(arrivals) > 1:
        current = [one for one in fitting if one.iri in collection.current]
        if len(current) == 1:
            return current[0]
    if others:
        successors = ", ".join(collection.superseded_by[others[0].iri])
        raise ReplacesError(
            Text(
                zh=f"--replaces {name}：该文件已被 {successors} 替代",
                en=f"--replaces {name}: this document was already replaced by {successors}",
            ),
            advice=Text(zh="请指明现行的文件", en="name the current document"),
        )
    raise ReplacesError(
        Text(
            zh=f"--replaces {name}：库中没有这样的文件",
            en=f"--replaces {name}: the store has no such document",
        ),
        advice=Text(zh="用 perfgraph info 查看库中的文件", en="perfgraph info lists the documents"),
    )


def _fits(version: Version, name: str) -> bool:
    if name in (version.iri, version.name.facts, version.file, version.sha256):
        return True
    if len(name) >= _SHORTEST_HASH and version.sha256.startswith(name.lower()):
        return True
    return PurePath(name).name == version.file


def _successors(arrivals: Sequence[Version], old: Version, name: str) -> Sequence[Version]:
    """Return the arrivals that take over from ``old``."""
    others = [arrival for arrival in arrivals if arrival.iri != old.iri]
    overlapping = [one for one in others if not old.projects.keys().isdisjoint(one.projects)]
    if overlapping:
        return overlapping
    same_filing = [one for one in others if one.filing == old.filing]
    for candidates in (same_filing, others):
        if len(candidates) == 1:
            return candidates
    if not others:
        return ()
    raise ReplacesError(
        Text(
            zh=f"--replaces {name}：无法确定由本次载入的哪个文件替代它",
            en=f"--replaces {name}: it is not clear which of the files replaces it",
        ),
        advice=Text(zh="请单独载入替代它的文件", en="load the file that replaces it alone"),
    )
