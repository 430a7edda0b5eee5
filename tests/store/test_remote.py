"""What only a server has: addresses, default graphs, a history elsewhere, failures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import QueryBoolean

from perfgraph.errors import QueryError
from perfgraph.store import OutcomeKind, Submission, duplicated_triples, open_store
from perfgraph.store.endpoint import Endpoint, Location
from perfgraph.store.errors import (
    LocationError,
    NoHistoryError,
    NoUnionError,
    ReadOnlyError,
    ServerError,
    StoreBusyError,
)
from perfgraph.store.remote import RemoteStore
from perfgraph.store.updates import insert
from tests.store.answers import budgets, rows
from tests.store.conftest import free_port, running_server
from tests.store.filings import Filing, Project

FIRST = Filing([Project("甲", 1)])
CORRECTED = Filing([Project("甲", 2)], file="corrected.txt")
OTHER = Filing([Project("乙", 3)], unit="999")


@pytest.fixture
def server() -> Iterator[str]:
    """An empty server of its own."""
    with running_server() as address:
        yield address


@pytest.mark.parametrize(
    ("url", "query", "update"),
    [
        ("http://h:7878", "http://h:7878/query", "http://h:7878/update"),
        ("http://h/", "http://h/query", "http://h/update"),
        ("http://h/query", "http://h/query", "http://h/update"),
        ("http://h/ds/query", "http://h/ds/query", "http://h/ds/update"),
        ("https://h/ds/sparql", "https://h/ds/sparql", "https://h/ds/update"),
        ("http://h/sparql", "http://h/sparql", "http://h/sparql"),
        ("http://h/ds", "http://h/ds", "http://h/ds"),
        (
            "http://h/repositories/x",
            "http://h/repositories/x",
            "http://h/repositories/x/statements",
        ),
        ("http://h/sparql?update=/sparql-auth", "http://h/sparql", "http://h/sparql-auth"),
        ("http://h/q?update=https://w/u", "http://h/q", "https://w/u"),
    ],
)
def test_an_address_names_query_and_update(url: str, query: str, update: str) -> None:
    main = Location.parse(f"sparql+{url}").main
    assert (main.query, main.update) == (query, update)


def test_an_address_may_name_a_history_and_an_account() -> None:
    location = Location.parse(
        "sparql+http://ann:p%40ss@h/ds/query?history=/old/query&history-update=/old/write"
    )
    assert location.history is not None
    assert location.history.query == "http://h/old/query"
    assert location.history.update == "http://h/old/write"
    assert (location.main.user, location.main.password) == ("ann", "p@ss")
    assert "p%40ss" not in location.main.query


@pytest.mark.parametrize("url", ["sparql+ftp://h/", "sparql+http:///q", "sparql+http://h/?x=1"])
def test_a_wrong_address_is_an_error(url: str) -> None:
    with pytest.raises(LocationError, match="no address"):
        open_store(url)


def test_the_union_is_asked_for_where_the_server_does_not_give_it(server: str) -> None:
    store = RemoteStore(f"sparql+{server}")
    store.load([FIRST.submission])
    assert budgets(store) == {"甲": "1"}


def test_a_server_that_gives_the_union_by_itself_works_too() -> None:
    with running_server("--union-default-graph") as address:
        store = RemoteStore(f"sparql+{address}")
        store.load([FIRST.submission])
        assert budgets(store) == {"甲": "1"}


def test_a_server_that_ignores_from_is_not_believed() -> None:
    with running_server("--union-default-graph") as address:
        store = RemoteStore(f"sparql+{address}")
        store.load([FIRST.submission])
        with pytest.raises(NoUnionError, match="ignores FROM"):
            store.query("SELECT * FROM <urn:x-absent> { ?s ?p ?o }")
        answer = store.query("ASK { ?s ?p ?o }", default_graphs=["urn:x-absent"])
        assert isinstance(answer, QueryBoolean)
        assert not answer


def test_history_without_a_second_dataset_is_refused_clearly(server: str) -> None:
    store = RemoteStore(f"sparql+{server}")
    store.load([FIRST.submission])
    with pytest.raises(NoHistoryError, match="no history dataset"):
        store.query("ASK {}", history=True)


def test_superseded_documents_are_kept_without_a_history_dataset(server: str) -> None:
    store = RemoteStore(f"sparql+{server}")
    store.load([FIRST.submission])
    store.load([CORRECTED.submission])
    again = RemoteStore(f"sparql+{server}", read_only=True)
    assert again.nquads(FIRST.iri) == FIRST.nquads
    assert [document.is_current for document in again.documents()].count(True) == 1


def test_a_history_dataset_may_be_added_later(server: str) -> None:
    store = RemoteStore(f"sparql+{server}")
    store.load([FIRST.submission])
    store.load([CORRECTED.submission])
    with running_server() as history:
        with_history = RemoteStore(f"sparql+{server}?history={history}/query")
        with_history.load([OTHER.submission])
        found = rows(with_history, "SELECT ?b { ?p pg:budgetTotal ?b }", history=True)
        assert found == [("1",), ("2",), ("3",)]


def test_a_history_that_a_crash_left_ahead_is_mended(server: str) -> None:
    with running_server() as history, running_server() as elsewhere:
        url = f"sparql+{server}?history={history}/query"
        RemoteStore(url).load([FIRST.submission])
        # after a crash between the two datasets, the history is at another release than the main
        RemoteStore(f"sparql+{elsewhere}?history={history}/query").load([OTHER.submission])
        store = RemoteStore(url)
        store.load([CORRECTED.submission])
        graphs = rows(store, "SELECT ?g { GRAPH ?g { ?s a pg:Project } }", history=True)
        assert graphs == sorted([(FIRST.graph,), (CORRECTED.graph,)])


def test_another_writer_is_noticed(server: str) -> None:
    first, second = RemoteStore(f"sparql+{server}"), RemoteStore(f"sparql+{server}")
    first.load([FIRST.submission])

    def meanwhile() -> Iterator[Submission]:
        first.load([OTHER.submission])
        yield CORRECTED.submission

    with pytest.raises(StoreBusyError, match="another process"):
        second.load(meanwhile())
    assert budgets(first) == {"甲": "1", "乙": "3"}
    assert second.load([CORRECTED.submission]).changed


def test_a_triple_in_two_graphs_is_found(server: str) -> None:
    store = RemoteStore(f"sparql+{server}")
    store.load([FIRST.submission])
    assert duplicated_triples(store) == []
    triple = f'<{FIRST.project("甲")}> <http://www.w3.org/2000/01/rdf-schema#label> "甲"@zh'
    Endpoint(Location.parse(f"sparql+{server}").main).update(insert([triple], "https://e.org/g"))
    assert duplicated_triples(store) == [triple]


def test_a_server_that_is_not_there_is_named() -> None:
    store = RemoteStore(f"sparql+http://127.0.0.1:{free_port()}/query")
    with pytest.raises(ServerError, match="failed") as caught:
        store.query("ASK {}")
    assert caught.value.advice is not None


def test_an_address_without_the_service_is_an_error(server: str) -> None:
    store = RemoteStore(f"sparql+{server}/nowhere/query")
    with pytest.raises(ServerError):
        store.query("ASK {}")


def test_a_server_that_refuses_to_be_changed_is_an_error(server: str) -> None:
    store = RemoteStore(f"sparql+{server}?update=/query")
    with pytest.raises(ServerError):
        store.load([FIRST.submission])
    assert budgets(store) == {}


def test_a_remote_store_can_be_read_only(server: str) -> None:
    with open_store(f"sparql+{server}", read_only=True) as store, pytest.raises(ReadOnlyError):
        store.load([FIRST.submission])


def test_what_the_server_calls_no_query_is_a_query_error(server: str) -> None:
    store = RemoteStore(f"sparql+{server}")
    with pytest.raises(QueryError, match="expected"):
        store.query("SELEC")


def test_both_stores_give_a_release_the_same_name(server: str, folder: object) -> None:
    remote = RemoteStore(f"sparql+{server}")
    with open_store(str(folder)) as embedded:
        for store in (embedded, remote):
            store.load([FIRST.submission, OTHER.submission])
            kinds = [one.kind for one in store.load([CORRECTED.submission]).outcomes]
            assert kinds == [OutcomeKind.SUPERSEDING]
        assert embedded.release == remote.release
