"""A self-evaluation beside its target document → the statements that are its own.

Both describe the same project, so every subject of the target's graph is dropped from the
self-evaluation's, which keeps what only it says: actual results, scores, reasons for deviation,
executed amounts and the evaluation itself. Pure; which document stands beside which is also
decided here, where both are read is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from perfgraph.store.collection import Collection, Version
from perfgraph.store.lines import Statement
from perfgraph.store.names import EVALUATION, ROLE
from perfgraph.vocab import PG, PROV, RDF

_RANKS = {
    "target": 0,
    "department-target": 0,
    "regional-target": 0,
    "self-evaluation": 1,
    "department-evaluation": 1,
    "regional-evaluation": 1,
    "monitoring": 2,
}
_LAST = 3

_EVALUATION = frozenset(
    str(term)
    for term in (
        EVALUATION.actual,
        EVALUATION.score,
        EVALUATION.scoreCoefficient,
        EVALUATION.deviationReason,
        EVALUATION.executionRate,
        EVALUATION.executionWeight,
        EVALUATION.executionScore,
    )
)
_UNLESS_SAID = frozenset(
    str(term)
    for term in (
        EVALUATION.weight,
        EVALUATION.level1Weight,
        EVALUATION.level2Weight,
        EVALUATION.isCore,
    )
)
"""Kept where the target document does not print them: a score cannot be judged without its weight,
and which indicators are core ones is often told in evaluations only."""

_PARTS_OF_TARGETS = frozenset(str(term) for term in (PG.target, PG.threshold))
_DERIVED = str(PROV.wasDerivedFrom)
_TYPE = str(RDF.type)


def rank(role: str) -> tuple[int, str]:
    """Return the place of a document role: targets first, then evaluations, then monitoring.

    >>> rank(ROLE + "target") < rank(ROLE + "self-evaluation") < rank(ROLE + "monitoring")
    True
    """
    return (_RANKS.get(role.removeprefix(ROLE), _LAST), role)


def stands_beside(collection: Collection, version: Version) -> tuple[Version, ...]:
    """Return the current documents that state the same projects before ``version`` does."""
    return tuple(
        other for other in collection.overlapping(version) if rank(other.role) < rank(version.role)
    )


@dataclass(frozen=True, slots=True)
class OwnStatements:
    """What remains of a document beside others."""

    facts: list[Statement]
    provenance: list[Statement]


def own_statements(
    facts: Sequence[Statement],
    provenance: Iterable[Statement],
    beside: Iterable[Statement],
) -> OwnStatements:
    """Return the statements that a document makes beyond the facts it stands ``beside``.

    Of a subject that is described there, its links to nodes of its own and its evaluation stay. A
    target value printed once more is dropped also where it was cut into values differently. Cells
    and tables stay described; a dropped node is derived from the target document only.
    """
    stated = set(beside)
    described = {statement.subject for statement in stated}
    restated = described | _restated_targets(facts, described)
    said = {(one.subject, one.predicate) for one in stated if one.predicate in _UNLESS_SAID}
    own_nodes = {statement.subject for statement in facts} - restated

    def is_own(statement: Statement) -> bool:
        if statement.subject not in restated:
            return True
        if statement.subject not in described or statement in stated:
            return False
        if statement.predicate in _UNLESS_SAID:
            return (statement.subject, statement.predicate) not in said
        return statement.predicate in _EVALUATION or (
            statement.predicate != _TYPE and statement.object in own_nodes
        )

    return OwnStatements(
        facts=[statement for statement in facts if is_own(statement)],
        provenance=[
            statement
            for statement in provenance
            if statement.predicate != _DERIVED or statement.subject not in restated
        ],
    )


def _restated_targets(facts: Sequence[Statement], described: set[str]) -> set[str]:
    """Return the target values, and their steps, that hang on a described subject."""
    links: dict[str, list[str]] = {}
    for statement in facts:
        if statement.predicate in _PARTS_OF_TARGETS:
            links.setdefault(statement.subject, []).append(statement.object)
    found: set[str] = set()
    open_ends = [node for subject in described for node in links.get(subject, ())]
    while open_ends:
        node = open_ends.pop()
        if node not in found:
            found.add(node)
            open_ends += links.get(node, ())
    return found
