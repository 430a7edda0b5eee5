"""What only a server has: addresses, default graphs, a history elsewhere, failures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

import pytest
from pyoxigraph import QueryBoolean, QuerySolutions

from perfgraph.errors import QueryError
from perfgraph.store import OutcomeKind, Submission, duplicated_triples, open_store
from perfgraph.store.endpoint import Location
from perfgraph.store.errors import (
    LocationError,
    NoHistoryError,
    NoUnionError,
    ReadOnlyError,
    ServerError,
    StoreBusyError,
)
from perfgraph.store.remote import RemoteStore
from perfgraph.store.updates import inserts, together
from tests.store.answers import budgets, rows
from tests.store.filings import Filing, Project
from tests.store.servers import Addresses, endpoint, free_port, graphs, one_virtuoso, running_server

FIRST = Filing([Project("甲", 1)])
CORRECTED = Filing([Project("甲", 2)], file="corrected.txt")
OTHER = Filing([Project("乙", 3)], unit="999")


@pytest.fixture
def server(datasets: Addresses) -> str:
    """The query address of an empty dataset."""
    return datasets[0]


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


def test_a_history_dataset_may_be_added_later(datasets: Addresses) -> None:
    server, history, _ = datasets
    store = RemoteStore(f"sparql+{server}")
    store.load([FIRST.submission])
    store.load([CORRECTED.submission])
    with_history = RemoteStore(f"sparql+{server}?history={history}")
    with_history.load([OTHER.submission])
    found = rows(with_history, "SELECT ?b { ?p pg:budgetTotal ?b }", history=True)
    assert found == [("1",), ("2",), ("3",)]


def test_a_history_that_a_crash_left_ahead_is_mended(datasets: Addresses) -> None:
    server, history, elsewhere = datasets
    url = f"sparql+{server}?history={history}"
    RemoteStore(url).load([FIRST.submission])
    # after a crash between the two datasets, the history is at another release than the main
    RemoteStore(f"sparql+{elsewhere}?history={history}").load([OTHER.submission])
    store = RemoteStore(url)
    store.load([CORRECTED.submission])
    found = rows(store, "SELECT ?g { GRAPH ?g { ?s a pg:Project } }", history=True)
    assert found == sorted([(FIRST.graph,), (CORRECTED.graph,)])


def add(address: str, triples: Iterable[str]) -> None:
    """Write triples to a graph that is not ours."""
    endpoint(address).update(together(inserts(triples, "https://e.org/g")))


def test_graphs_of_others_in_the_history_dataset_stay(datasets: Addresses) -> None:
    server, history, _ = datasets
    add(history, ["<https://e.org/s> <https://e.org/p> <https://e.org/o>"])
    before = graphs(history)
    RemoteStore(f"sparql+{server}?history={history}").load([FIRST.submission])
    assert before < graphs(history)


def test_more_triples_than_an_engine_takes_in_one_operation_are_inserted(server: str) -> None:
    triples = [f'<https://e.org/s{number}> <https://e.org/p> "{number}"' for number in range(6000)]
    add(server, triples)
    count = "SELECT (COUNT(*) AS ?n) { GRAPH <https://e.org/g> { ?s ?p ?o } }"
    assert rows(RemoteStore(f"sparql+{server}"), count) == [("6000",)]


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
    add(server, [triple])
    assert duplicated_triples(store) == [triple]


@pytest.mark.engine
def test_an_answer_that_virtuoso_cuts_is_an_error() -> None:
    with one_virtuoso(most_rows=50) as server:
        add(
            server, [f"<https://e.org/s{n}> <https://e.org/p> <https://e.org/o>" for n in range(60)]
        )
        store = RemoteStore(f"sparql+{server}")
        question = "SELECT ?s { ?s <https://e.org/p> ?o }"
        with pytest.raises(ServerError, match="cuts answers at 50 rows"):
            store.query(question)
        answer = store.query(f"{question} LIMIT 40")
        assert isinstance(answer, QuerySolutions)
        assert len(list(answer)) == 40


def test_a_server_that_is_not_there_is_named() -> None:
    store = RemoteStore(f"sparql+http://127.0.0.1:{free_port()}/query")
    with pytest.raises(ServerError, match="failed") as caught:
        store.query("ASK {}")
    assert caught.value.advice is not None


def test_an_address_without_the_service_is_an_error(server: str) -> None:
    store = RemoteStore(f"sparql+{urljoin(server, '/nowhere/query')}")
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
    with pytest.raises(QueryError, match="refused"):
        store.query("SELECT * {")


def test_both_stores_give_a_release_the_same_name(server: str, folder: object) -> None:
    remote = RemoteStore(f"sparql+{server}")
    with open_store(str(folder)) as embedded:
        for store in (embedded, remote):
            store.load([FIRST.submission, OTHER.submission])
            kinds = [one.kind for one in store.load([CORRECTED.submission]).outcomes]
            assert kinds == [OutcomeKind.SUPERSEDING]
        assert embedded.release == remote.release
