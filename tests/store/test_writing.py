"""Graphs that users write: what is allowed, what is refused, and that nothing is half done."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, RdfFormat, parse
from pyoxigraph import Store as Engine

from perfgraph.errors import StoreError
from perfgraph.store import duplicated_triples
from perfgraph.store.embedded import EmbeddedStore
from perfgraph.store.vocabularies import Vocabulary
from perfgraph.store.writing import Condition, Edit, Part, Put, Remove, Update
from perfgraph.store.writing.errors import (
    ChangedMeanwhileError,
    ManagedGraphError,
    NoSuchGraphError,
    NotRdfError,
    RepeatedTripleError,
    UpdateError,
    UpdateSyntaxError,
)
from perfgraph.store.writing.text import touched
from tests.store.filings import Filing, Project

OWN = "https://w3id.org/perfgraph/graph/"
G, H = "http://example.org/g", "http://example.org/h"
TURTLE = RdfFormat.TURTLE
FILING = Filing([Project("津贴")])
BUDGET = "SELECT (SUM(?b) AS ?n) { ?p <https://w3id.org/perfgraph/ontology#budgetTotal> ?b }"

Open = Callable[[], EmbeddedStore]


@pytest.fixture
def open_it(folder: Path, small_vocabularies: tuple[Vocabulary, ...]) -> Open:
    return lambda: EmbeddedStore(folder, vocabularies=lambda: small_vocabularies)


@pytest.fixture
def store(open_it: Open) -> Iterator[EmbeddedStore]:
    with open_it() as opened:
        yield opened
        assert duplicated_triples(opened) == []


@pytest.fixture
def filled(store: EmbeddedStore) -> EmbeddedStore:
    store.load([FILING.submission])
    return store


def put(graph: str, turtle: str, **options: object) -> Put:
    return Put(graph, (Part(turtle.encode(), TURTLE),), **options)  # type: ignore[arg-type]


def do(store: EmbeddedStore, edit: Edit) -> dict[str, tuple[int, int]]:
    return dict(store.write(edit, who="test").graphs)


def count(store: EmbeddedStore, pattern: str = "{ ?s ?p ?o }") -> int:
    answer = store.query(f"SELECT (COUNT(*) AS ?n) {pattern}")
    assert isinstance(answer, QuerySolutions)
    (row,) = answer
    return int(row["n"].value)


def test_a_graph_is_put_added_to_and_removed(store: EmbeddedStore) -> None:
    assert do(store, put(G, "<a> <b> 1, 2 .")) == {G: (2, 0)}
    assert do(store, put(G, "<a> <b> 2, 3 .", is_merge=True)) == {G: (1, 0)}
    assert count(store, f"{{ GRAPH <{G}> {{ ?s ?p ?o }} }}") == 3
    assert do(store, put(G, "<a> <b> 4 .")) == {G: (1, 3)}
    assert do(store, Remove(G)) == {G: (0, 1)}
    assert store.graph_state(G) is None
    with pytest.raises(NoSuchGraphError):
        do(store, Remove(G))


def test_the_default_graph_is_the_real_one(store: EmbeddedStore) -> None:
    written = store.write(put("", "<http://e/a> <http://e/b> 1 .", base="http://e/"), who="test")
    assert written.created == ("",)
    assert count(store) == 1
    assert count(store, "{ GRAPH ?g { ?s ?p ?o } }") == 0
    do(store, Remove(""))
    assert count(store) == 0


def test_an_empty_graph_is_there(store: EmbeddedStore, open_it: Open) -> None:
    do(store, put(G, ""))
    assert store.query(f"ASK {{ GRAPH <{G}> {{}} }}")
    store.rebuild()
    assert store.query(f"ASK {{ GRAPH <{G}> {{}} }}")
    with open_it() as again:
        assert again.graph_state(G) is not None


def test_blank_nodes_are_kept_and_shared_by_no_two_graphs(store: EmbeddedStore) -> None:
    tree = "[] <http://e/a> [ <http://e/b> 1 ] ."
    do(store, put(G, tree))
    do(store, put(H, tree))
    store.rebuild()
    assert count(store) == 4
    assert count(store, "{ GRAPH ?g { ?s <http://e/a> ?m . ?m <http://e/b> 1 } }") == 2
    assert count(store, f"{{ GRAPH <{G}> {{ ?s ?p ?o }} GRAPH <{H}> {{ ?s ?q ?v }} }}") == 0
    same = store.release
    do(store, put(G, tree))
    assert store.release == same


def test_a_release_is_a_function_of_documents_and_graphs(
    filled: EmbeddedStore, tmp_path: Path, small_vocabularies: tuple[Vocabulary, ...]
) -> None:
    do(filled, put(G, "<a> <b> 1 ."))
    do(filled, put(H, "<a> <b> 2 ."))
    do(filled, Remove(H))
    with EmbeddedStore(tmp_path / "s", vocabularies=lambda: small_vocabularies) as other:
        do(other, put(G, "<a> <b> 1 ."))
        other.load([FILING.submission])
        assert other.release == filled.release
        assert other.lines() == filled.lines()
        assert other.lines(history=True) == filled.lines(history=True)
    lines = filled.lines()
    filled.rebuild()
    assert filled.lines() == lines


def test_an_update_writes_what_it_says(filled: EmbeddedStore) -> None:
    update = Update(
        "PREFIX pg: <https://w3id.org/perfgraph/ontology#> "
        f"INSERT {{ GRAPH <{G}> {{ ?p <http://e/seen> true }} }} "
        "WHERE { GRAPH ?g { ?p a pg:Project } }"
    )
    assert do(filled, update) == {G: (1, 0)}
    assert do(filled, Update(f"CREATE GRAPH <{H}>")) == {H: (0, 0)}
    assert do(filled, Update(f"DELETE WHERE {{ GRAPH <{G}> {{ ?s ?p ?o }} }}")) == {G: (0, 1)}
    assert do(filled, Update(f"DROP GRAPH <{G}> ; DROP GRAPH <{H}>")) == {G: (0, 0), H: (0, 0)}


@pytest.mark.parametrize(
    ("using", "named", "numbers"),
    [((), (), {9}), ((G,), (), {1}), ((G, H), (), {1, 2}), ((), (H,), set())],
)
def test_the_dataset_of_the_request_is_what_patterns_see(
    store: EmbeddedStore, using: tuple[str, ...], named: tuple[str, ...], numbers: set[int]
) -> None:
    for graph, number in ((G, 1), (H, 2), ("", 9)):
        do(store, put(graph, f"<http://e/a> <http://e/n> {number} .", base="http://e/"))
    text = "INSERT { GRAPH <http://e/t> { ?s <http://e/m> ?o } } WHERE { ?s <http://e/n> ?o }"
    do(store, Update(text, using, named))
    found = store.query("SELECT ?o { GRAPH <http://e/t> { ?s ?p ?o } }")
    assert isinstance(found, QuerySolutions)
    assert {int(row["o"].value) for row in found} == numbers


REFUSED = [
    (put(FILING.graph, "<a> <b> 1 ."), ManagedGraphError),
    (put(FILING.graph + "/prov", "<a> <b> 1 .", is_merge=True), ManagedGraphError),
    (put("https://w3id.org/perfgraph/graph/mine", "<a> <b> 1 ."), ManagedGraphError),
    (Remove("https://w3id.org/perfgraph/graph/shared"), ManagedGraphError),
    (Update("CLEAR ALL"), ManagedGraphError),
    (Update("DROP NAMED"), ManagedGraphError),
    (Update(f"CLEAR GRAPH <{FILING.graph}>"), ManagedGraphError),
    (Update(f"INSERT DATA {{ GRAPH <{FILING.graph}> {{ <a:a> <a:b> 1 }} }}"), ManagedGraphError),
    (Update(f"MOVE <{FILING.graph}> TO <{G}>"), ManagedGraphError),
    (
        Update("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s a ?o ; ?p ?o } }"),
        ManagedGraphError,
    ),
    (Update(f"PREFIX g: <{FILING.graph}> CLEAR SILENT GRAPH g:"), ManagedGraphError),
    (Update(f"CREATE GRAPH <{OWN}x>"), ManagedGraphError),
    (Update(f"COPY <{FILING.graph}> TO <{G}>"), RepeatedTripleError),
    (Update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"), RepeatedTripleError),
    (Update(f"INSERT DATA {{ <a:a> a 1 GRAPH <{G}> {{ <a:a> a 1 }} }}"), RepeatedTripleError),
    (put(G, "<a> <b> "), NotRdfError),
    (Put(G, (Part(b"<a:a> <a:b> 1 <a:g> .", RdfFormat.N_QUADS),)), NotRdfError),
    (Put(G, (Part(b"\xff\xfe", TURTLE),)), NotRdfError),
    (Update("INSERT DATA { <a:a> <a:b> }"), UpdateSyntaxError),
    (Update("INSERT DATA { GRAPH x:y { <a:a> <a:b> 1 } }"), UpdateSyntaxError),
    (Update("DROP GRAPH <a:absent>"), UpdateError),
    (Update("WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", (G,)), UpdateError),
    (Update("DELETE { ?s ?p ?o } USING <a:g> WHERE { ?s ?p ?o }", (), (G,)), UpdateError),
    (Update("CLEAR DEFAULT", ("not an iri",)), UpdateError),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "kind"), REFUSED)
def test_what_may_not_be_is_refused_and_changes_nothing(
    filled: EmbeddedStore, edit: Edit, kind: type[StoreError]
) -> None:
    release, lines = filled.release, filled.lines()
    with pytest.raises(kind) as caught:
        do(filled, edit)
    assert caught.value.message.zh != caught.value.message.en
    filled.refresh()
    assert (filled.release, filled.lines()) == (release, lines)
    assert not (Path(filled.location) / "writes.jsonl").exists()


def test_updates_of_the_users_graphs_pass_over_those_of_documents(filled: EmbeddedStore) -> None:
    do(filled, put(G, "<a> <b> 1 ."))
    pattern = "{ GRAPH ?g { ?s <http://example.org/b> ?o } }"
    everywhere = f"DELETE {pattern} WHERE {pattern}"
    assert do(filled, Update(everywhere)) == {G: (0, 1)}


def test_a_document_that_says_what_a_user_wrote_is_refused_whole(store: EmbeddedStore) -> None:
    project = FILING.project("津贴")
    fact = f"<{project}> <https://w3id.org/perfgraph/ontology#projectName> '津贴' ."
    do(store, put(G, fact))
    with pytest.raises(RepeatedTripleError) as caught:
        store.load([FILING.submission])
    assert G in caught.value.message.zh
    store.refresh()
    assert count(store) == 1
    do(store, Remove(G))
    store.load([FILING.submission])
    assert count(store) > 1


def test_conditions_are_checked_against_the_state_of_the_graph(store: EmbeddedStore) -> None:
    written = store.write(put(G, "<a> <b> 1 .", condition=Condition(is_absent=True)), who="a")
    state = written.states[G]
    with pytest.raises(ChangedMeanwhileError):
        do(store, put(G, "<a> <b> 2 .", condition=Condition(is_absent=True)))
    with pytest.raises(ChangedMeanwhileError):
        do(store, put(G, "<a> <b> 2 .", condition=Condition(("other",))))
    with pytest.raises(ChangedMeanwhileError):
        do(store, put(H, "<a> <b> 2 .", condition=Condition(())))
    do(store, put(H, "<a> <b> 3 ."))
    do(store, put(G, "<a> <b> 2 .", condition=Condition((state,))))
    with pytest.raises(ChangedMeanwhileError):
        do(store, Remove(G, Condition((state,))))
    do(store, Remove(G, Condition(())))


def test_writes_are_in_the_journal(store: EmbeddedStore) -> None:
    do(store, put(G, "<a> <b> 1 ."))
    store.write(Update(f"CLEAR GRAPH <{G}>"), who="张三")
    lines = (Path(store.location) / "writes.jsonl").read_text("utf-8").splitlines()
    first, second = map(json.loads, lines)
    assert (first["who"], first["what"], first["graphs"]) == ("test", f"PUT {G}", {G: [1, 0]})
    assert (second["who"], second["what"]) == ("张三", f"CLEAR GRAPH <{G}>")
    assert second["when"].endswith("Z")
    assert second["release"] == store.release


def test_sums_over_documents_stay_right(filled: EmbeddedStore) -> None:
    def total() -> str:
        answer = filled.query(BUDGET)
        assert isinstance(answer, QuerySolutions)
        return str(next(answer)["n"])

    before = total()
    do(filled, put(G, f"<{FILING.project('津贴')}> <http://e/note> '核对' ."))
    assert total() == before


PIECES = [
    "GRAPH", "graph ", "GRAPHe:g", "<http://e/g>", "e:g", "e:h", "?g", "{", "}", "{ ?s ?p ?o }",
    "{ <a:a> <a:b> 1 }", "INSERT", "DELETE", "DATA", "WHERE", "INSERT DATA", "DELETE WHERE", ";",
    "INSERTDATA", "WITH", "WITHe:g", "USING", "CLEAR", "DROP", "ALL", "NAMED", "DEFAULT", "SILENT",
    "CLEARALL", "COPY", "MOVE", "ADD", "TO", "TOe:g", "CREATE", "\\u0047RAPH", "#\n", "'", "BASE",
    "PREFIX e: <http://f/>", "<g>", "BASE <http://e/>", "e:", "WHERE {}", ".",
    "{ GRAPH ?g { ?s ?p ?o } }",
]  # fmt: skip
BEGINNINGS = [
    "INSERT DATA { GRAPH",
    "INSERT { GRAPH",
    "DELETE { GRAPH",
    "DELETE WHERE { GRAPH",
    "WITH",
    "CLEAR",
    "COPY",
    "MOVE DEFAULT TO",
    "ADD",
    "",
]
QUADS = [("http://e/g", 1), ("http://e/h", 2), ("http://f/g", 3), ("", 4)]


@settings(max_examples=1500, deadline=None)
@given(st.sampled_from(BEGINNINGS), st.lists(st.sampled_from(PIECES), max_size=9))
@example("INSERT DATA {", ["GRAPHe:g", "{ <a:a> <a:b> 1 }", "}"])
@example("", ["CLEARALL"])
@example("INSERT DATA {", ["\\u0047RAPH", "<http://e/g>", "{ <a:a> <a:b> 1 }", "}"])
@example("CLEAR GRAPH e:g", [";", "PREFIX e: <http://f/>", "CLEAR", "GRAPH", "e:g"])
def test_whatever_an_update_changes_was_seen_in_its_text(start: str, pieces: list[str]) -> None:
    text = f"PREFIX e: <http://e/> {start} {' '.join(pieces)}"
    store = Engine()
    for graph, number in QUADS:
        name = NamedNode(graph) if graph else DefaultGraph()
        store.add(Quad(NamedNode("a:a"), NamedNode("a:n"), Literal(number), name))
    before = set(map(str, store))
    try:
        store.update(text, base_iri="http://e/")
    except (SyntaxError, ValueError, RuntimeError, OSError):
        return
    seen = touched(text, base="http://e/")
    for line in before ^ set(map(str, store)):
        (quad,) = parse(f"{line} .".encode(), RdfFormat.N_QUADS)
        if isinstance(quad.graph_name, NamedNode):
            assert seen.is_all or quad.graph_name.value in seen.graphs


def test_relative_names_of_graphs_are_relative_to_the_address(filled: EmbeddedStore) -> None:
    facts = FILING.graph.removeprefix(OWN)
    with pytest.raises(ManagedGraphError):
        do(filled, Update(f"CLEAR GRAPH <{facts}>", base=OWN))
    assert do(filled, Update("INSERT DATA { GRAPH <x> { <a> <b> 1 } }", base="http://e/s")) == {
        "http://e/x": (1, 0)
    }
