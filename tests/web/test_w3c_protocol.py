"""The cases of the W3C's SPARQL 1.1 Protocol test suite, by their names, from the specification.

https://www.w3.org/TR/sparql11-protocol/ and https://w3c.github.io/rdf-tests/sparql/sparql11/protocol/.
The suite's four documents are put into the store first, as its description asks.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse_query_results,
)

from perfgraph.store.embedded import EmbeddedStore
from perfgraph.web import Settings, create_app

TOKEN = "a token of the tests"
DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf".format
TARGET = "http://example.org/protocol-update-dataset-test/"
FORM = "application/x-www-form-urlencoded"
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
UTF_16 = "{}; charset=UTF-16"
TWICE = ("update", "CLEAR NAMED")
PREFIXES = (
    "PREFIX dc: <http://purl.org/dc/terms/> PREFIX foaf: <http://xmlns.com/foaf/0.1/> "
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
)
DOCUMENT = "<http://xmlns.com/foaf/0.1/Document>"
SETUP = (
    "CLEAR ALL ; INSERT DATA {"
    + "".join(f" GRAPH <{DATA(n)}> {{ <{DATA(n)}> a {DOCUMENT} }}" for n in range(4))
    + "}"
)
BASE_TEST = "<http://example.org/protocol-base-test/>"
S_P = "<http://example.org/s> <http://example.org/p>"
COPY = (
    f"{PREFIXES} CLEAR SILENT GRAPH <{TARGET}> ; "
    f"INSERT {{ GRAPH <{TARGET}> {{ ?s a dc:BibliographicResource }} }} WHERE {{ {{}} }}"
)
ROWS = ("application/sparql-results+xml", "application/sparql-results+json")
TABLES = (*ROWS, "text/tab-separated-values", "text/csv")
GRAPHS = ("application/rdf+xml", "application/rdf+json", "text/turtle")


def is_document(*numbers: int, graph: str = "", absent: tuple[int, ...] = ()) -> str:
    """Return an ASK for documents in the default graph, or in ``graph``."""

    def triples(those: tuple[int, ...], kind: str) -> str:
        found = " . ".join(f"<{DATA(n)}> a {kind}" for n in those)
        return f"GRAPH {graph} {{ {found} }}" if graph else found

    kind = "dc:BibliographicResource" if graph == f"<{TARGET}>" else "foaf:Document"
    without = "".join(f" FILTER NOT EXISTS {{ {triples((n,), kind)} }}" for n in absent)
    return f"{PREFIXES} ASK {{ {triples(numbers, kind)} {without} }}"


@dataclass(frozen=True)
class Sent:
    """One request and what must come back: a class of status, and maybe more."""

    method: str = "GET"
    parameters: tuple[tuple[str, str], ...] = ()
    body: str | bytes | tuple[tuple[str, str], ...] = ""
    media_type: str | None = None
    accept: str = ""
    status: int = 2
    truth: bool | None = None
    formats: tuple[str, ...] = ()
    absolute: bool = False


@dataclass(frozen=True)
class Case:
    """One case of the suite."""

    name: str
    requests: tuple[Sent, ...] = field(default_factory=tuple)


def case(name: str, *requests: Sent) -> Case:
    return Case(name, requests)


def get(query: str, *parameters: tuple[str, str], **options: object) -> Sent:
    return Sent("GET", (("query", query), *parameters), **options)  # type: ignore[arg-type]


def form(*fields: tuple[str, str], **options: object) -> Sent:
    return Sent("POST", body=fields, media_type=FORM, **options)  # type: ignore[arg-type]


def direct(
    body: str | bytes, media_type: str, *parameters: tuple[str, str], **options: object
) -> Sent:
    return Sent("POST", parameters, body, media_type, **options)  # type: ignore[arg-type]


def graphs(kind: str, *numbers: int) -> tuple[tuple[str, str], ...]:
    return tuple((f"{kind}-graph-uri", DATA(n)) for n in numbers)


BOTH = f"{{ GRAPH ?g1 {{ <{DATA(1)}> a ?t }} GRAPH ?g2 {{ <{DATA(2)}> a ?t }} }}"
CASES = [
    case("query_post_form", form(("query", "ASK {}"), accept=ROWS[0], truth=True, formats=ROWS)),
    case(
        "query_dataset_default_graphs_get",
        get(is_document(1, 2, absent=(3,)), *graphs("default", 1, 2), truth=True),
    ),
    case(
        "query_dataset_default_graphs_post",
        direct(is_document(1, 2, absent=(3,)), QUERY, *graphs("default", 1, 2), truth=True),
    ),
    case(
        "query_dataset_named_graphs_post",
        direct(f"ASK {BOTH}", QUERY, *graphs("named", 1, 2), truth=True),
    ),
    case("query_dataset_named_graphs_get", get(f"ASK {BOTH}", *graphs("named", 1, 2), truth=True)),
    case(
        "query_dataset_full",
        direct(
            f"{PREFIXES} ASK {{ GRAPH ?g {{ ?x rdf:type ?t }} ?t2 a foaf:Document "
            f"FILTER(?t2 = <{DATA(3)}>) FILTER NOT EXISTS {{ GRAPH ?h {{ <{DATA(3)}> a ?u }} }} }}",
            QUERY,
            *graphs("default", 3), *graphs("named", 1, 2), truth=True,
        ),
    ),
    case(
        "query_multiple_dataset",
        direct(
            f"{PREFIXES} ASK FROM <{DATA(3)}> {{ <{DATA(1)}> a ?t . <{DATA(2)}> a foaf:Document "
            f"FILTER NOT EXISTS {{ <{DATA(3)}> a foaf:Document }} }}",
            QUERY, *graphs("default", 1, 2), truth=True,
        ),
    ),
    case("query_get", get("ASK {}", accept=ROWS[0], truth=True, formats=ROWS)),
    case("query_content_type_select", direct("SELECT (1 AS ?v) {}", QUERY, formats=TABLES)),
    case("query_content_type_ask", direct("ASK {}", QUERY, formats=ROWS, truth=True)),
    case(
        "query_content_type_describe",
        direct("DESCRIBE <http://example.org/>", QUERY, formats=GRAPHS),
    ),
    case(
        "query_content_type_construct",
        direct("CONSTRUCT { <s:s> <p:p> 1 } WHERE {}", QUERY, formats=GRAPHS),
    ),
    case(
        "update_dataset_default_graph",
        direct(COPY.replace("{}", "?s a foaf:Document"), UPDATE, *graphs("using", 1)),
        get(is_document(1, graph=f"<{TARGET}>", absent=(2,)), truth=True),
    ),
    case(
        "update_dataset_default_graphs",
        direct(COPY.replace("{}", "?s a foaf:Document"), UPDATE, *graphs("using", 1, 2)),
        get(is_document(1, 2, graph=f"<{TARGET}>", absent=(3,)), truth=True),
    ),
    case(
        "update_dataset_named_graphs",
        direct(
            COPY.replace("{}", "GRAPH ?g { ?s a foaf:Document }"),
            UPDATE, *graphs("using-named", 1, 2),
        ),
        get(is_document(1, 2, graph=f"<{TARGET}>", absent=(3,)), truth=True),
    ),
    case(
        "update_dataset_full",
        direct(
            COPY.replace("{}", "GRAPH ?g { ?s a foaf:Document } ?t a foaf:Document"),
            UPDATE, *graphs("using", 1), *graphs("using-named", 2),
        ),
        get(is_document(2, graph=f"<{TARGET}>", absent=(1, 3)), truth=True),
    ),
    case("update_post_form", form(("update", "CLEAR SILENT DEFAULT"))),
    case("update_post_direct", direct("CLEAR SILENT DEFAULT", UPDATE)),
    case(
        "update_base_uri",
        direct(
            f"CLEAR SILENT GRAPH {BASE_TEST} ; "
            f"INSERT DATA {{ GRAPH {BASE_TEST} {{ {S_P} <test> }} }}",
            UPDATE,
        ),
        get(f"SELECT ?o {{ GRAPH {BASE_TEST} {{ {S_P} ?o }} }}", absolute=True),
    ),
    case("query_post_direct", direct("ASK {}", QUERY, accept=ROWS[0], truth=True, formats=ROWS)),
    case("bad_query_method", Sent("PUT", (("query", "ASK {}"),), status=4)),
    case("bad_multiple_queries", get("ASK {}", ("query", "SELECT * {}"), status=4)),
    case("bad_query_wrong_media_type", direct("ASK {}", "text/plain", status=4)),
    case("bad_query_missing_form_type", Sent("POST", body="query=ASK%20%7B%7D", status=4)),
    case("bad_query_missing_direct_type", Sent("POST", body="ASK {}", status=4)),
    case("bad_query_non_utf8", direct("ASK {}".encode("utf-16"), UTF_16.format(QUERY), status=4)),
    case("bad_query_syntax", get("ASK {", status=4)),
    case("bad_update_get", Sent("GET", (("update", "CLEAR ALL"),), status=4)),
    case("bad_multiple_updates", form(TWICE, TWICE, status=4)),
    case("bad_update_wrong_media_type", direct("CLEAR NAMED", "text/plain", status=4)),
    case("bad_update_missing_form_type", Sent("POST", body="update=CLEAR%20NAMED", status=4)),
    case("bad_update_non_utf8", direct("CLEAR".encode("utf-16"), UTF_16.format(UPDATE), status=4)),
    case("bad_update_syntax", form(("update", "CLEAR XYZ"), status=4)),
    case(
        "bad_update_dataset_conflict",
        form(
            ("using-named-graph-uri", "http://example/people"),
            ("update", f"{PREFIXES} WITH <http://example/a> DELETE {{ ?p foaf:name 'Bill' }} "
             "INSERT { ?p foaf:name 'William' } WHERE { ?s ?p ?o }"),
            status=4,
        ),
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with EmbeddedStore(tmp_path_factory.mktemp("w3c") / "store") as store:
        settings = Settings(store=store.location, token=TOKEN)
        client = create_app(store, settings).test_client()
        headers = {"Authorization": f"Bearer {TOKEN}"}
        setup = client.post("/sparql", data=SETUP, content_type=UPDATE, headers=headers)
        assert setup.status_code == 200, setup.text
        yield client


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_the_protocol_is_kept(service: FlaskClient, case: Case) -> None:
    for sent in case.requests:
        body = sent.body if isinstance(sent.body, str | bytes) else urlencode(sent.body)
        response = service.open(
            "/sparql?" + urlencode(sent.parameters),
            method=sent.method,
            data=body or None,
            content_type=sent.media_type,
            headers={
                "Authorization": f"Bearer {TOKEN}",
                **({"Accept": sent.accept} if sent.accept else {}),
            },
        )
        assert response.status_code // 100 == sent.status, response.text
        if sent.status != 2:
            assert response.mimetype == "application/problem+json"
            assert json.loads(response.data)["title"]
        if sent.formats:
            assert response.mimetype in sent.formats
        if sent.truth is not None:
            answer = read(response.data, response.mimetype)
            assert isinstance(answer, QueryBoolean)
            assert bool(answer) is sent.truth
        if sent.absolute:
            answer = read(response.data, response.mimetype)
            assert isinstance(answer, QuerySolutions)
            (row,) = answer
            assert str(row["o"].value).endswith("/test")
            assert str(row["o"].value).startswith("http://")


def read(data: bytes, media_type: str | None) -> QueryBoolean | QuerySolutions:
    form = QueryResultsFormat.from_media_type(media_type or "")
    assert form is not None
    return parse_query_results(data, form)


def test_every_case_of_the_suite_is_here() -> None:
    assert len({case.name for case in CASES}) == len(CASES) == 34


def test_the_suite_leaves_graphs_that_are_rdf(service: FlaskClient, tmp_path: Path) -> None:
    response = service.get("/sparql", query_string={"query": "CONSTRUCT WHERE { ?s ?p ?o }"})
    assert response.mimetype == RdfFormat.TURTLE.media_type
