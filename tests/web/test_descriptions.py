"""Service description and VoID: true to the dataset, and in the form that clients read."""

from __future__ import annotations

from typing import TypeAlias

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat
from pyoxigraph import Store as Engine

from perfgraph.questions import catalogue
from perfgraph.store import Store
from perfgraph.store.embedded import EmbeddedStore
from perfgraph.web import Settings, create_app
from perfgraph.web.descriptions import OFFERS
from perfgraph.web.formats import Format

Rows: TypeAlias = list[tuple[str, ...]]
PREFIXES = """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX void: <http://rdfs.org/ns/void#> PREFIX void-ext: <http://ldf.fi/void-ext#>
PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX pg: <https://w3id.org/perfgraph/ontology#> """
# What the SPARQL editor of the Swiss Institute of Bioinformatics asks an endpoint for.
EDITOR_CLASSES = """SELECT DISTINCT ?subjectClass ?prop ?objectClass ?objectDatatype {
  ?cp void:class ?subjectClass ; void:propertyPartition ?pp . ?pp void:property ?prop .
  OPTIONAL { { ?pp void:classPartition [ void:class ?objectClass ] }
    UNION { ?pp void-ext:datatypePartition [ void-ext:datatype ?objectDatatype ] } } }"""
EDITOR_EXAMPLES = """SELECT DISTINCT ?sq ?comment ?query {
  ?sq a sh:SPARQLExecutable ; rdfs:label|rdfs:comment ?comment ;
    sh:select|sh:ask|sh:construct|sh:describe ?query } ORDER BY ?sq"""
EDITOR_PREFIXES = """SELECT DISTINCT ?prefix ?namespace {
  [] sh:namespace ?namespace ; sh:prefix ?prefix } ORDER BY ?prefix"""


def described(client: FlaskClient, path: str, **headers: str) -> Engine:
    response = client.get(path, headers={"Accept": "application/n-triples", **headers})
    assert response.status_code == 200, response.text
    engine = Engine()
    engine.load(response.data, RdfFormat.N_TRIPLES)
    return engine


def rows(engine: Engine, query: str) -> Rows:
    answer = engine.query(PREFIXES + query)
    assert isinstance(answer, QuerySolutions)
    return [
        tuple(one.value if isinstance(one, NamedNode | Literal) else "" for one in row)
        for row in answer
    ]


@pytest.mark.parametrize("path", ["/sparql", "/history/sparql"])
def test_the_cases_of_the_service_description_suite(client: FlaskClient, path: str) -> None:
    """They are has-endpoint-triple, returns-rdf and conforms-to-schema."""
    engine = described(client, path)
    assert rows(engine, "SELECT ?e { ?s a sd:Service ; sd:endpoint ?e }") == [
        (f"http://localhost{path}",)
    ]
    for property_, class_ in (
        ("defaultDataset", "Dataset"),
        ("defaultGraph", "Graph"),
        ("namedGraph", "NamedGraph"),
        ("graph", "Graph"),
    ):
        wrong = f"SELECT ?o {{ ?s sd:{property_} ?o FILTER NOT EXISTS {{ ?o a sd:{class_} }} }}"
        assert rows(engine, wrong) == []
        assert rows(engine, f"SELECT ?o {{ ?s sd:{property_} ?o }}")


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
@pytest.mark.parametrize("form", OFFERS, ids=lambda form: str(form.name))
def test_descriptions_come_in_every_format(client: FlaskClient, path: str, form: Format) -> None:
    response = client.get(path, headers={"Accept": form.media_type})
    assert response.mimetype == form.media_type
    engine = Engine()
    assert form.graph is not None
    engine.load(response.data, form.graph)
    assert len(engine) > 100
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Accept" in response.headers["Vary"]


def test_people_get_a_form_and_others_rdf(client: FlaskClient) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert client.get("/sparql", headers={"Accept": browser}).mimetype == "text/html"
    assert client.get("/sparql").mimetype == "text/turtle"
    assert client.get("/sparql", headers={"Accept": "*/*"}).mimetype == "text/turtle"
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/.well-known/void?format=jsonld").mimetype == "application/ld+json"


def test_the_numbers_are_those_of_the_dataset(client: FlaskClient, store: Store) -> None:
    void = described(client, "/.well-known/void")

    def counted(query: str) -> Rows:
        answer = store.query(PREFIXES + query)
        assert isinstance(answer, QuerySolutions)
        return [tuple(str(one.value) for one in row) for row in answer]

    total = "SELECT (COUNT(*) AS ?t) (COUNT(DISTINCT ?s) AS ?u) { ?s ?p ?o }"
    said = "SELECT ?t ?u { ?d a void:Dataset ; void:triples ?t ; void:distinctSubjects ?u }"
    assert rows(void, said) == counted(total)
    for class_ in ("Project", "Indicator", "SourceCell"):
        members = counted(f"SELECT (COUNT(*) AS ?n) {{ ?s a pg:{class_} }}")
        said = f"SELECT ?n {{ ?c void:class pg:{class_} ; void:entities ?n }}"
        assert rows(void, said) == members
    budgets = counted("SELECT (COUNT(*) AS ?n) { ?s a pg:Project ; pg:budgetTotal ?o }")
    of_projects = (
        "SELECT ?n { ?c void:class pg:Project ; void:propertyPartition ?p . "
        "?p void:property pg:budgetTotal ; void:triples ?n }"
    )
    assert rows(void, of_projects) == budgets
    sd = described(client, "/sparql")
    graphs = counted("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    said = "SELECT ?g ?n { ?d sd:name ?g ; sd:graph ?x . ?x void:triples ?n }"
    assert sorted(rows(sd, said)) == sorted(graphs)


def test_an_editor_finds_classes_properties_and_what_they_lead_to(client: FlaskClient) -> None:
    found = rows(described(client, "/.well-known/void"), EDITOR_CLASSES)
    pg = "https://w3id.org/perfgraph/ontology#"
    assert (f"{pg}Project", f"{pg}indicator", f"{pg}Indicator", "") in found
    decimal = "http://www.w3.org/2001/XMLSchema#decimal"
    assert (f"{pg}Project", f"{pg}budgetTotal", "", decimal) in found


def test_an_editor_finds_the_questions_and_prefixes(client: FlaskClient) -> None:
    engine = described(client, "/sparql")
    examples = rows(engine, EDITOR_EXAMPLES)
    assert {query for _, _, query in examples} == {one.query for one in catalogue()}
    assert any("预算" in comment for _, comment, _ in examples)
    assert ("pg", "https://w3id.org/perfgraph/ontology#") in rows(engine, EDITOR_PREFIXES)


def test_an_editor_finds_the_same_by_queries(client: FlaskClient) -> None:
    """It sends them to the endpoint, so they are answered from the dataset itself."""
    for query, wanted in (
        (EDITOR_EXAMPLES, "各项目的绩效目标"),
        (EDITOR_PREFIXES, "https://w3id.org/perfgraph/ontology#"),
        (EDITOR_CLASSES, "https://w3id.org/perfgraph/ontology#budgetTotal"),
    ):
        response = client.post("/sparql", data={"query": PREFIXES + query, "format": "csv"})
        assert response.status_code == 200
        assert wanted in response.text
        assert len(response.text.splitlines()) > 10


def test_updates_are_described_where_they_are_possible(store: Store) -> None:
    language = "SELECT ?l { ?s sd:supportedLanguage ?l }"
    for token, count in ((None, 1), ("secret", 2)):
        app = create_app(store, Settings(store=store.location, token=token))
        assert len(rows(described(app.test_client(), "/sparql"), language)) == count
    app = create_app(store, Settings(store=store.location, services=("http://example.org/",)))
    assert ("http://www.w3.org/ns/sparql-service-description#BasicFederatedQuery",) in rows(
        described(app.test_client(), "/sparql"), "SELECT ?f { ?s sd:feature ?f }"
    )


def test_descriptions_follow_the_release(tmp_path_factory: pytest.TempPathFactory) -> None:
    with EmbeddedStore(tmp_path_factory.mktemp("described") / "store") as store:
        client = create_app(store, Settings(store=store.location, token="secret")).test_client()
        size = "SELECT ?n { ?d a void:Dataset ; void:triples ?n }"
        assert rows(described(client, "/.well-known/void"), size) == [("0",)]
        for number in (1, 2):
            client.put(
                f"/store/{number}",
                data=f"<http://example.org/> <http://example.org/n> {number} .",
                content_type="text/turtle",
                headers={"Authorization": "Bearer secret"},
            )
            assert rows(described(client, "/.well-known/void"), size) == [(str(number),)]
            graphs = "SELECT ?g { ?d sd:name ?g }"
            assert len(rows(described(client, "/sparql"), graphs)) == number
        etag = client.get("/.well-known/void").headers["ETag"]
        again = client.get("/.well-known/void", headers={"If-None-Match": etag})
        assert (again.status_code, again.data) == (304, b"")


def test_addresses_are_those_that_the_client_sees(store: Store) -> None:
    app = create_app(store, Settings(store=store.location, prefix="/budget", proxies=1))
    headers = {"X-Forwarded-Host": "data.example", "X-Forwarded-Proto": "https"}
    engine = described(app.test_client(), "/sparql", **headers)
    assert rows(engine, "SELECT ?e { ?s sd:endpoint ?e }") == [
        ("https://data.example/budget/sparql",)
    ]
