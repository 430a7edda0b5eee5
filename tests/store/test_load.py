"""Loading: outcomes of files, what stands in which graph, what is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from perfgraph.store import OutcomeKind, Store, Submission, duplicated_triples
from perfgraph.store.errors import UnknownDocumentError
from perfgraph.text import LANGUAGES
from perfgraph.vocab import DEFAULT_BASE
from tests.store.answers import budgets, is_true, rows, statements_about
from tests.store.filings import Filing, Indicator, Project

FIRST = Filing([Project("院士津贴", 2220000), Project("微信运维", 100000)], grid=b'{"tables":[]}')
OTHER = Filing([Project("积分落户", 1200000)], unit="353216", file="other.txt")
NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


def test_an_empty_store_answers_with_nothing(store: Store) -> None:
    assert rows(store, "SELECT ?s { ?s ?p ?o }") == []
    assert (store.release, store.base, store.documents()) == ("", None, ())


def test_a_loaded_document_can_be_asked(store: Store) -> None:
    report = store.load([FIRST.submission])
    assert [outcome.kind for outcome in report.outcomes] == [OutcomeKind.LOADED]
    assert report.changed
    assert not report.has_failures
    assert budgets(store) == {"院士津贴": "2220000", "微信运维": "100000"}
    assert report.release == store.release != ""


def test_loading_the_same_file_twice_changes_nothing(store: Store) -> None:
    store.load([FIRST.submission], now=NOON)
    before = rows(store, "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }")
    release = store.release
    report = store.load([FIRST.submission])
    assert [outcome.kind for outcome in report.outcomes] == [OutcomeKind.UNCHANGED]
    assert not report.changed
    assert store.release == release
    assert rows(store, "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }") == before


def test_the_same_content_twice_in_one_command_is_loaded_once(store: Store) -> None:
    again = Submission("copy/targets.txt", FIRST.nquads, FIRST.grid)
    report = store.load([FIRST.submission, again])
    assert [outcome.kind for outcome in report.outcomes] == [
        OutcomeKind.LOADED,
        OutcomeKind.UNCHANGED,
    ]
    assert FIRST.file in report.outcomes[1].message.en


def test_a_file_that_is_converted_differently_is_updated(store: Store) -> None:
    store.load([FIRST.submission])
    newer = replace(FIRST, measures=("颗粒物件",))
    assert newer.iri == FIRST.iri
    report = store.load([newer.submission])
    assert [outcome.kind for outcome in report.outcomes] == [OutcomeKind.UPDATED]
    assert store.nquads(FIRST.iri) == newer.nquads
    assert len(store.documents()) == 1
    assert is_true(store, '?unit pg:symbol "颗粒物件"')


def test_a_file_without_grid_keeps_the_grid_that_is_there(store: Store) -> None:
    store.load([FIRST.submission])
    report = store.load([replace(FIRST, grid=None).submission])
    assert report.outcomes[0].kind is OutcomeKind.UNCHANGED
    assert store.grid(FIRST.iri) == FIRST.grid


def test_documents_are_kept_whole_beside_the_release(
    store: Store, reopen: Callable[[], Store]
) -> None:
    store.load([FIRST.submission, OTHER.submission])
    with reopen() as again:
        assert again.nquads(FIRST.iri) == FIRST.nquads
        assert again.grid(FIRST.iri) == b'{"tables":[]}'
        assert again.grid(OTHER.iri) is None
        with pytest.raises(UnknownDocumentError, match="no document"):
            again.nquads(f"{DEFAULT_BASE}id/doc/none")


def test_a_store_lists_its_documents(store: Store) -> None:
    store.load([FIRST.submission], now=NOON)
    (document,) = store.documents()
    assert (document.iri, document.graph) == (FIRST.iri, FIRST.graph)
    assert (document.region, document.unit, document.year) == ("120000", "353215", "2025")
    assert (document.file, document.sha256) == ("targets.txt", FIRST.sha256)
    assert document.role.endswith("#target")
    assert document.projects == tuple(sorted(map(FIRST.project, ("院士津贴", "微信运维"))))
    assert document.loaded_at == NOON
    assert document.is_current


def test_every_triple_stands_in_the_graph_of_its_kind(store: Store) -> None:
    store.load([FIRST.submission, OTHER.submission])
    graphs = {graph for (graph,) in rows(store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}
    documents = {FIRST.graph, f"{FIRST.graph}/prov", OTHER.graph, f"{OTHER.graph}/prov"}
    assert documents | {f"{DEFAULT_BASE}graph/shared", f"{DEFAULT_BASE}graph/release"} <= graphs
    project = FIRST.project("院士津贴")
    assert statements_about(store, project, f"{FIRST.graph}/prov") == {
        ("https://w3id.org/perfgraph/ontology#describedBy", f"{FIRST.iri}#t1")
    }
    sources = 'FILTER(CONTAINS(STR(?s), "id/doc/") || CONTAINS(STR(?o), "id/doc/"))'
    assert not is_true(store, f"GRAPH <{FIRST.graph}> {{ ?s ?p ?o }} {sources}")


def test_shared_facts_stand_once_however_many_documents_say_them(store: Store) -> None:
    same_unit = replace(FIRST, projects=[Project("新项目")], file="more.txt")
    store.load([FIRST.submission, same_unit.submission])
    assert (
        len(rows(store, f"SELECT ?g {{ GRAPH ?g {{ <{FIRST.unit_iri}> a pg:BudgetUnit }} }}")) == 1
    )
    assert duplicated_triples(store) == []


def test_shared_facts_go_when_no_current_document_says_them(store: Store) -> None:
    first = replace(FIRST, measures=("枚纪念币",))
    store.load([first.submission])
    assert is_true(store, '?unit pg:symbol "枚纪念币"')
    store.load([replace(FIRST, source="corrected").submission])
    assert not is_true(store, '?unit pg:symbol "枚纪念币"')
    assert is_true(store, '?unit pg:symbol "枚纪念币"', history=True)


def test_plans_are_documents_too_and_no_projects(store: Store) -> None:
    plan = Filing([Project("部门整体", kind="DepartmentPlan")], role="department-target")
    report = store.load([plan.submission])
    assert report.outcomes[0].kind is OutcomeKind.LOADED
    assert is_true(store, "?p a pg:DepartmentPlan")
    assert not is_true(store, "?p a pg:Project")


def test_times_of_loading_stand_in_the_release_graph_only(store: Store) -> None:
    store.load([FIRST.submission], now=NOON)
    assert rows(store, "SELECT ?g ?d ?t { GRAPH ?g { ?d dcterms:dateAccepted ?t } }") == [
        (f"{DEFAULT_BASE}graph/release", FIRST.graph, "2026-01-02T12:00:00Z")
    ]
    times = "FILTER(isLiteral(?o) && DATATYPE(?o) = <http://www.w3.org/2001/XMLSchema#dateTime>)"
    assert {
        graph for (graph,) in rows(store, f"SELECT ?g {{ GRAPH ?g {{ ?s ?p ?o }} {times} }}")
    } == {f"{DEFAULT_BASE}graph/release"}


def test_the_release_is_named_by_its_content_not_by_time(store: Store) -> None:
    store.load([FIRST.submission], now=NOON)
    assert rows(
        store, f"SELECT ?id {{ <{DEFAULT_BASE}graph/release> dcterms:identifier ?id }}"
    ) == [(store.release,)]


def test_ontology_codes_and_shapes_are_in_the_store(whole_store: Store) -> None:
    whole_store.load([FIRST.submission])
    for graph, pattern in (
        ("ontology", "pg:Project a ?class"),
        ("codes", "?code a ?concept"),
        ("shapes", "?shape a <http://www.w3.org/ns/shacl#PropertyShape>"),
    ):
        assert is_true(whole_store, f"GRAPH <{DEFAULT_BASE}graph/{graph}> {{ {pattern} }}"), graph
    assert not is_true(whole_store, "?s ?p ?o FILTER(isBlank(?s) || isBlank(?o))")
    assert duplicated_triples(whole_store) == []


def test_a_second_reader_sees_a_new_release_when_it_refreshes(
    store: Store, reopen: Callable[[], Store]
) -> None:
    store.load([FIRST.submission])
    with reopen() as reader:
        assert reader.release == store.release
        store.load([OTHER.submission])
        assert reader.refresh()
        assert reader.release == store.release
        assert not reader.refresh()
        assert len(budgets(reader)) == 3


def test_a_report_sums_up_in_both_languages(store: Store) -> None:
    report = store.load([FIRST.submission, Submission("bad.txt", b"nonsense")])
    for language in LANGUAGES:
        assert all(outcome.message.pick(language) for outcome in report.outcomes)
        assert "1" in report.summary.pick(language)


def test_a_large_batch_is_loaded_whole(store: Store) -> None:
    rows_of_table = tuple(Indicator(f"指标{number}", (f"≥{number}人",)) for number in range(150))
    filings = [
        Filing([Project(f"项目{number}", indicators=rows_of_table)], unit=f"35{number:04d}")
        for number in range(20)
    ]
    report = store.load(filing.submission for filing in filings)
    assert {outcome.kind for outcome in report.outcomes} == {OutcomeKind.LOADED}
    assert rows(store, "SELECT (COUNT(?i) AS ?n) { ?p pg:indicator ?i }") == [("3000",)]
