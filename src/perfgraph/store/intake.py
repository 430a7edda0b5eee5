"""Submissions + the documents of a store → outcomes, changes and the collection after them.

What the two stores do before they write anything; it writes nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from perfgraph.errors import StoreError
from perfgraph.records import minted, same_name
from perfgraph.store import outcomes
from perfgraph.store.collection import Collection, Version
from perfgraph.store.errors import (
    BaseMismatchError,
    ClashingNamesError,
    UnknownDocumentError,
)
from perfgraph.store.planning import Arrival, plan_load
from perfgraph.store.report import Outcome
from perfgraph.store.submission import Reading, Submission, read_submission
from perfgraph.text import Text


@dataclass(frozen=True, slots=True)
class Intake:
    """A load that is decided and not yet carried out."""

    outcomes: tuple[Outcome, ...]
    changes: tuple[tuple[Version, ...], ...]
    """One group of documents for each file that is taken in; see ``planning.Plan``."""
    collection: Collection
    """All documents after the load."""

    @property
    def is_known(self) -> bool:
        """Whether some file of the command is in the store."""
        return any(not outcome.is_failure for outcome in self.outcomes)


def take_in(
    collection: Collection,
    submissions: Iterable[Submission],
    keep: Callable[[bytes], object],
    *,
    replaces: Sequence[str],
    now: datetime,
) -> Intake:
    """Return what a load will do.

    Args:
        collection: the documents of the store.
        submissions: read one after the other, so that a generator never has two in memory.
        keep: is given the N-Quads and the grid of each document that was understood.
        replaces: names of documents that may be superseded.
        now: time of loading.

    Raises:
        ReplacesError: a name in ``replaces`` is not clear.
    """
    readings = _read_all(collection, submissions, keep, now)
    arrivals = [reading for reading in readings if isinstance(reading, Arrival)]
    plan = plan_load(collection, arrivals, replaces)
    decided = iter(plan.outcomes)
    results = tuple(
        next(decided) if isinstance(reading, Arrival) else reading for reading in readings
    )
    return Intake(
        outcomes=results,
        changes=plan.changes,
        collection=collection.with_versions(version for group in plan.changes for version in group),
    )


def _read_all(
    collection: Collection,
    submissions: Iterable[Submission],
    keep: Callable[[bytes], object],
    now: datetime,
) -> list[Arrival | Outcome]:
    """Return each submission as understood, or the outcome that refuses it."""
    found: list[Arrival | Outcome] = []
    base = collection.base
    names = {
        project: (name, version.file)
        for version in collection.versions.values()
        for project, name in version.projects.items()
    }
    for submission in submissions:
        try:
            reading = read_submission(submission, loaded_at=now)
            base = base or reading.version.name.base
            _check_base(reading, base)
            _check_names(reading, names)
        except StoreError as error:
            found.append(outcomes.refused(submission.file, error))
            continue
        names |= {p: (name, reading.file) for p, name in reading.version.projects.items()}
        found.append(Arrival(reading.file, reading.version))
        keep(reading.nquads)
        if reading.grid is not None:
            keep(reading.grid)
    return found


def _check_base(reading: Reading, base: str) -> None:
    found = reading.version.name.base
    if found != base:
        raise BaseMismatchError(
            Text(
                zh=f"{reading.file}：以 {found} 为基准 IRI 转换，而库使用 {base}",
                en=f"{reading.file}: converted with the base {found}, but the store has {base}",
            ),
            advice=Text(
                zh=f"请用 perfgraph convert --base {base} 重新转换",
                en=f"convert it again with perfgraph convert --base {base}",
            ),
        )


def _check_names(reading: Reading, known: Mapping[str, tuple[str, str]]) -> None:
    """Refuse a document with a project whose key another name has already: never merge them."""
    for project, name in reading.version.projects.items():
        other, file = known.get(project, (name, ""))
        key = minted(name)
        if same_name(other) != same_name(name) and key == minted(other) and project.endswith(key):
            raise ClashingNamesError(
                Text(
                    zh=f"{reading.file}：项目“{name}”与 {file} 中的“{other}”标识键同为 {key}",
                    en=f"{reading.file}: project '{name}' has the key {key} of '{other}' in {file}",
                ),
                advice=Text(
                    zh="请在 keys.csv 中给其中一个项目另定一个键，并用 --keys 重新转换",
                    en="give one of them another key in keys.csv and convert again with --keys",
                ),
            )


def find_version(collection: Collection, iri: str) -> Version:
    """Return the version with this document IRI.

    Raises:
        UnknownDocumentError: there is none.
    """
    try:
        return collection.versions[iri]
    except KeyError:
        raise UnknownDocumentError(
            Text(zh=f"库中没有文件 <{iri}>", en=f"the store has no document <{iri}>")
        ) from None
