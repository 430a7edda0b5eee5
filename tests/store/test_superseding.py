"""Supersede or conflict: one test for each sentence of the rule, over both stores."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfgraph.store import OutcomeKind, Store, Submission, duplicated_triples
from perfgraph.store.errors import ReplacesError
from tests.store.answers import budgets, is_true, rows
from tests.store.filings import Filing, Project

A, B, C = Project("甲", 1), Project("乙", 2), Project("丙", 3)
ORIGINAL = Filing([A, B], file="original.txt")
CORRECTED = Filing([replace(A, budget=10), B, C], file="corrected.txt")


def test_a_file_of_the_same_filing_that_describes_every_project_supersedes(store: Store) -> None:
    store.load([ORIGINAL.submission])
    (outcome,) = store.load([CORRECTED.submission]).outcomes
    assert outcome.kind is OutcomeKind.SUPERSEDING
    assert outcome.supersedes == (ORIGINAL.iri,)
    assert budgets(store) == {"甲": "10", "乙": "2", "丙": "3"}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(CORRECTED, region="310000"), id="region"),
        pytest.param(replace(CORRECTED, unit="999"), id="unit"),
        pytest.param(replace(CORRECTED, year=2026), id="year"),
        pytest.param(replace(CORRECTED, role="monitoring"), id="role"),
    ],
)
def test_a_file_of_another_filing_does_not_supersede(store: Store, other: Filing) -> None:
    store.load([ORIGINAL.submission])
    assert store.load([other.submission]).outcomes[0].kind is OutcomeKind.LOADED
    assert all(document.is_current for document in store.documents())


def test_the_loader_writes_supersedes_into_the_provenance_of_the_new_version(store: Store) -> None:
    assert b"supersedes" not in ORIGINAL.nquads + CORRECTED.nquads
    store.load([ORIGINAL.submission])
    store.load([CORRECTED.submission])
    found = rows(store, "SELECT ?g ?new ?old { GRAPH ?g { ?new pg:supersedes ?old } }")
    assert found == [(f"{CORRECTED.graph}/prov", CORRECTED.iri, ORIGINAL.iri)]
    assert store.nquads(CORRECTED.iri) == CORRECTED.nquads


def test_only_current_facts_are_in_the_main_dataset(store: Store) -> None:
    store.load([ORIGINAL.submission])
    store.load([CORRECTED.submission])
    for graph in (ORIGINAL.graph, f"{ORIGINAL.graph}/prov"):
        assert not is_true(store, f"GRAPH <{graph}> {{ ?s ?p ?o }}")
    states = {document.file: document.is_current for document in store.documents()}
    assert states == {"original.txt": False, "corrected.txt": True}


def test_a_file_that_lacks_a_project_of_the_old_one_is_a_conflict(store: Store) -> None:
    store.load([ORIGINAL.submission])
    before = store.release
    partial = replace(CORRECTED, projects=[replace(A, budget=99), C])
    report = store.load([partial.submission])
    (outcome,) = report.outcomes
    assert outcome.kind is OutcomeKind.CONFLICT
    assert report.has_failures
    assert store.release == before
    assert budgets(store) == {"甲": "1", "乙": "2"}


def test_a_conflict_names_both_files_and_the_projects(store: Store) -> None:
    store.load([ORIGINAL.submission])
    partial = replace(CORRECTED, projects=[A, C])
    (outcome,) = store.load([partial.submission]).outcomes
    assert outcome.file == "corrected.txt"
    assert outcome.projects == (ORIGINAL.project("甲"),)
    for text in (outcome.message.zh, outcome.message.en):
        assert "original.txt" in text
        assert "甲" in text
        assert "丙" not in text
        assert "--replaces" in text


def test_an_overlap_with_another_units_document_is_a_conflict(store: Store) -> None:
    store.load([ORIGINAL.submission])
    stranger = _same_projects_filed_by_another_unit()
    assert store.load([stranger]).outcomes[0].kind is OutcomeKind.CONFLICT
    assert budgets(store) == {"甲": "1", "乙": "2"}


def _same_projects_filed_by_another_unit() -> Submission:
    """Return a document of unit 999 whose projects have the IRIs of unit 353215."""
    other = replace(ORIGINAL, unit="999", file="stranger.txt")
    text = other.nquads.decode().replace("/id/project/120000-999-", "/id/project/120000-353215-")
    return Submission("stranger.txt", text.encode())


def test_an_overlap_inside_one_command_is_a_conflict_and_the_batch_goes_on(store: Store) -> None:
    third = Filing([C], unit="777", file="third.txt")
    report = store.load([ORIGINAL.submission, CORRECTED.submission, third.submission])
    assert [outcome.kind for outcome in report.outcomes] == [
        OutcomeKind.CONFLICT,
        OutcomeKind.CONFLICT,
        OutcomeKind.LOADED,
    ]
    assert report.outcomes[0].conflicts_with == ("corrected.txt",)
    assert report.outcomes[1].conflicts_with == ("original.txt",)
    assert budgets(store) == {"丙": "3"}
    assert report.has_failures


def test_a_known_file_beside_its_correction_is_no_conflict(store: Store) -> None:
    store.load([ORIGINAL.submission])
    report = store.load([CORRECTED.submission, ORIGINAL.submission])
    assert [outcome.kind for outcome in report.outcomes] == [
        OutcomeKind.SUPERSEDING,
        OutcomeKind.UNCHANGED,
    ]


def test_two_conversions_of_one_source_in_one_command_are_a_conflict(store: Store) -> None:
    other = replace(ORIGINAL, measures=("枚纪念币",))
    report = store.load([ORIGINAL.submission, other.submission])
    assert {outcome.kind for outcome in report.outcomes} == {OutcomeKind.CONFLICT}
    assert store.documents() == ()


@pytest.mark.parametrize("by", ["file", "path", "sha256", "short sha256", "document", "graph"])
def test_a_file_supersedes_what_replaces_names(store: Store, by: str) -> None:
    name = {
        "file": "original.txt",
        "path": "2025/original.txt",
        "sha256": ORIGINAL.sha256,
        "short sha256": ORIGINAL.sha256[:12],
        "document": ORIGINAL.iri,
        "graph": ORIGINAL.graph,
    }[by]
    store.load([ORIGINAL.submission])
    partial = replace(CORRECTED, projects=[replace(A, budget=10)])
    (outcome,) = store.load([partial.submission], replaces=[name]).outcomes
    assert outcome.kind is OutcomeKind.SUPERSEDING
    assert budgets(store) == {"甲": "10"}
    again = store.load([partial.submission], replaces=[name])
    assert not again.changed
    assert not again.has_failures


def test_replaces_works_without_a_common_project(store: Store) -> None:
    store.load([ORIGINAL.submission])
    renamed = replace(CORRECTED, projects=[C], unit="888")
    assert store.load([renamed.submission], replaces=["original.txt"]).outcomes[0].supersedes
    assert budgets(store) == {"丙": "3"}


def test_a_document_may_be_split_by_replaces(store: Store) -> None:
    store.load([ORIGINAL.submission])
    halves = [replace(ORIGINAL, projects=[one], file=f"{one.name}.txt") for one in (A, B)]
    report = store.load([half.submission for half in halves], replaces=["original.txt"])
    assert {outcome.kind for outcome in report.outcomes} == {OutcomeKind.SUPERSEDING}
    assert budgets(store) == {"甲": "1", "乙": "2"}


@pytest.mark.parametrize("name", ["absent.txt", "f" * 64, "https://e.org/id/doc/x"])
def test_replacing_what_is_not_there_is_an_error_and_changes_nothing(
    store: Store, name: str
) -> None:
    store.load([ORIGINAL.submission])
    with pytest.raises(ReplacesError, match="no such document"):
        store.load([CORRECTED.submission], replaces=[name])
    assert budgets(store) == {"甲": "1", "乙": "2"}


def test_a_name_that_fits_two_current_documents_is_an_error(store: Store) -> None:
    twins = [replace(ORIGINAL, unit=unit) for unit in ("1", "2")]
    store.load([twin.submission for twin in twins])
    with pytest.raises(ReplacesError, match="several current documents") as caught:
        store.load([replace(CORRECTED, unit="1").submission], replaces=["original.txt"])
    assert all(twin.iri in caught.value.message.en for twin in twins)


def test_replacing_what_was_replaced_already_is_an_error(store: Store) -> None:
    store.load([ORIGINAL.submission])
    store.load([CORRECTED.submission])
    late = replace(CORRECTED, source="late")
    with pytest.raises(ReplacesError, match="already replaced"):
        store.load([late.submission], replaces=["original.txt"])


def test_it_must_be_clear_which_file_replaces(store: Store) -> None:
    store.load([ORIGINAL.submission])
    others = [replace(ORIGINAL, projects=[C], unit=unit) for unit in ("1", "2")]
    with pytest.raises(ReplacesError, match="not clear which"):
        store.load([other.submission for other in others], replaces=["original.txt"])


def test_loading_a_superseded_file_again_changes_nothing(store: Store) -> None:
    store.load([ORIGINAL.submission])
    store.load([CORRECTED.submission])
    release = store.release
    (outcome,) = store.load([ORIGINAL.submission]).outcomes
    assert outcome.kind is OutcomeKind.UNCHANGED
    assert CORRECTED.iri in outcome.message.en
    assert store.release == release


def test_a_superseded_file_becomes_current_again_by_replaces(store: Store) -> None:
    store.load([ORIGINAL.submission])
    store.load([CORRECTED.submission])
    (outcome,) = store.load([ORIGINAL.submission], replaces=["corrected.txt"]).outcomes
    assert outcome.kind is OutcomeKind.SUPERSEDING
    assert budgets(store) == {"甲": "1", "乙": "2"}
    edges = rows(store, "SELECT ?new ?old { ?new pg:supersedes ?old }", history=True)
    assert edges == [(ORIGINAL.iri, CORRECTED.iri)]


def test_history_has_all_versions_and_the_current_ones_too(store: Store) -> None:
    latest = replace(CORRECTED, source="latest", projects=[replace(A, budget=100), B, C])
    for filing in (ORIGINAL, CORRECTED, latest):
        store.load([filing.submission])
    budget = "SELECT ?g ?b { GRAPH ?g { ?p pg:projectName '甲' ; pg:budgetTotal ?b } }"
    assert rows(store, budget, history=True) == sorted(
        [(ORIGINAL.graph, "1"), (CORRECTED.graph, "10"), (latest.graph, "100")]
    )
    edges = rows(store, "SELECT ?new ?old { ?new pg:supersedes ?old }", history=True)
    assert set(edges) == {(CORRECTED.iri, ORIGINAL.iri), (latest.iri, CORRECTED.iri)}
    assert duplicated_triples(store) == []


def test_versions_can_be_compared_in_the_history(store: Store) -> None:
    store.load([ORIGINAL.submission])
    store.load([CORRECTED.submission])
    difference = """SELECT ?name ?before ?after {
      ?new pg:supersedes ?old . ?gOld prov:wasDerivedFrom ?old . ?gNew prov:wasDerivedFrom ?new .
      GRAPH ?gOld { ?p pg:projectName ?name ; pg:budgetTotal ?before }
      GRAPH ?gNew { ?p pg:budgetTotal ?after } FILTER(?before != ?after) }"""
    assert rows(store, difference, history=True) == [("甲", "1", "10")]
    assert rows(store, difference) == []
