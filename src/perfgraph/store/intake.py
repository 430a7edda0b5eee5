"""Submissions + the documents of a store → outcomes, changes and the collection after them.

What the two stores do before they write anything; it writes nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from perfgraph.errors import StoreError
from perfgraph.store import outcomes
from perfgraph.store.collection import Collection, Version
from perfgraph.store.errors import BaseMismatchError, UnknownDocumentError
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
    readings = _read_all(collection.base, submissions, keep, now)
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
    base: str | None,
    submissions: Iterable[Submission],
    keep: Callable[[bytes], object],
    now: datetime,
) -> list[Arrival | Outcome]:
    """Return each submission as understood, or the outcome that refuses it."""
    found: list[Arrival | Outcome] = []
    for submission in submissions:
        try:
            reading = read_submission(submission, loaded_at=now)
            base = base or reading.version.name.base
            _check_base(reading, base)
        except StoreError as error:
            found.append(outcomes.refused(submission.file, error))
            continue
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
