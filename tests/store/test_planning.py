"""The decision about superseding and conflict as a pure function, over generated histories."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from perfgraph.store.collection import Collection, Version
from perfgraph.store.names import ROLE, DocumentName
from perfgraph.store.planning import Arrival, Plan, plan_load
from perfgraph.store.report import OutcomeKind

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
PROJECTS = [f"https://e.org/id/project/{letter}" for letter in "abcd"]


def _version(unit: str, role: str, projects: frozenset[str], salt: int) -> Version:
    sha256 = hashlib.sha256(f"{unit}{role}{sorted(projects)}{salt}".encode()).hexdigest()
    return Version(
        name=DocumentName("https://e.org/", "120000", unit, "2025", sha256[:12]),
        file=f"{unit}-{salt}.txt",
        sha256=sha256,
        role=ROLE + role,
        projects={project: project[-1] for project in projects},
        shared=(),
        nquads=sha256,
        loaded_at=NOON,
    )


versions = st.builds(
    _version,
    unit=st.sampled_from(["1", "2"]),
    role=st.sampled_from(["target", "self-evaluation"]),
    projects=st.frozensets(st.sampled_from(PROJECTS), min_size=1),
    salt=st.integers(0, 2),
)
batches = st.lists(st.lists(versions, min_size=1, max_size=4), min_size=1, max_size=4)


def _plan(collection: Collection, batch: Sequence[Version]) -> Plan:
    return plan_load(collection, [Arrival(version.file, version) for version in batch])


def _after(collection: Collection, plan: Plan) -> Collection:
    return collection.with_versions(version for group in plan.changes for version in group)


def _history(loads: Sequence[Sequence[Version]]) -> Collection:
    collection = Collection()
    for batch in loads:
        collection = _after(collection, _plan(collection, batch))
    return collection


def _assert_one_current_for_each_project_and_role(collection: Collection) -> None:
    count = Counter(
        (project, version.role)
        for version in collection.current.values()
        for project in version.projects
    )
    assert set(count.values()) <= {1}


@given(batches)
def test_a_project_has_at_most_one_current_document_of_a_role(
    loads: Sequence[Sequence[Version]],
) -> None:
    _assert_one_current_for_each_project_and_role(_history(loads))


@given(batches, st.data())
def test_the_order_of_files_in_a_command_never_matters(
    loads: Sequence[Sequence[Version]], data: st.DataObject
) -> None:
    *before, last = loads
    collection = _history(before)
    shuffled = data.draw(st.permutations(last))
    assert _after(collection, _plan(collection, last)) == _after(
        collection, _plan(collection, shuffled)
    )


@given(batches)
def test_every_group_of_changes_may_be_carried_out_by_itself(
    loads: Sequence[Sequence[Version]],
) -> None:
    *before, last = loads
    collection = _history(before)
    for group in _plan(collection, last).changes:
        collection = collection.with_versions(group)
        _assert_one_current_for_each_project_and_role(collection)


def _assert_no_circle(collection: Collection) -> None:
    for start in collection.versions:
        seen: set[str] = set()
        open_ends = list(collection.versions[start].supersedes)
        while open_ends:
            iri = open_ends.pop()
            assert iri != start
            if iri not in seen:
                seen.add(iri)
                open_ends += collection.versions[iri].supersedes


@given(batches)
def test_no_document_supersedes_itself_in_a_circle(loads: Sequence[Sequence[Version]]) -> None:
    _assert_no_circle(_history(loads))


@given(st.lists(st.tuples(versions, st.integers(0, 4)), max_size=8))
def test_replacing_by_name_keeps_one_current_document_and_makes_no_circle(
    loads: Sequence[tuple[Version, int]],
) -> None:
    collection = Collection()
    for version, choice in loads:
        named = [iri for iri in collection.current if iri != version.iri][choice : choice + 1]
        plan = plan_load(collection, [Arrival(version.file, version)], named)
        collection = _after(collection, plan)
        if plan.outcomes[0].kind is OutcomeKind.SUPERSEDING:
            assert version.iri in collection.current
            assert not set(named) & set(collection.current)
        _assert_one_current_for_each_project_and_role(collection)
        _assert_no_circle(collection)


@given(batches)
def test_a_project_never_loses_its_last_document(loads: Sequence[Sequence[Version]]) -> None:
    collection = _history(loads)
    described = {
        (project, version.role)
        for version in collection.versions.values()
        for project in version.projects
    }
    current = {
        (project, version.role)
        for version in collection.current.values()
        for project in version.projects
    }
    assert current == described


@given(batches)
def test_loading_everything_again_file_by_file_changes_nothing(
    loads: Sequence[Sequence[Version]],
) -> None:
    collection = _history(loads)
    for version in collection.versions.values():
        plan = _plan(collection, [version])
        assert plan.changes == ()
        assert plan.outcomes[0].kind is OutcomeKind.UNCHANGED


@given(batches)
def test_every_conflict_names_files_and_projects(loads: Sequence[Sequence[Version]]) -> None:
    *before, last = loads
    for outcome in _plan(_history(before), last).outcomes:
        is_conflict = outcome.kind is OutcomeKind.CONFLICT
        assert bool(outcome.conflicts_with) == bool(outcome.projects) == is_conflict


@given(batches)
def test_a_digest_says_nothing_of_order_and_time(loads: Sequence[Sequence[Version]]) -> None:
    collection = _history(loads)
    backwards = Collection.of(reversed(list(collection.versions.values())))
    assert backwards.digest({"a": "1"}) == collection.digest({"a": "1"})
    assert collection.digest({"a": "1"}) != collection.digest({"a": "2"})
