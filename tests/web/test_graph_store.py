"""The Graph Store Protocol: the cases of the W3C's suite by name, and what it leaves open."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse
from werkzeug.test import TestResponse

from perfgraph.conversion import convert
from perfgraph.store import Submission
from perfgraph.store.embedded import EmbeddedStore
from perfgraph.web import Settings, create_app
from perfgraph.web.formats import Format
from perfgraph.web.graph_store import OFFERS

TOKEN = {"Authorization": "Bearer secret"}
PERSON = "http://localhost/store/person/{}.ttl"
PREFIXES = (
    "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix v: <http://www.w3.org/2006/vcard/ns#> . "
)
JOHN = PREFIXES + (
    "<http://localhost/store/person/1> a foaf:Person ; "
    "foaf:businessCard [ a v:VCard ; v:fn 'John Doe' ] ."
)
JANE = JOHN.replace("John", "Jane")
ALICE = PREFIXES + "[] a foaf:Person ; foaf:businessCard [ a v:VCard ; v:given-name 'Alice' ] ."
NAME = PREFIXES + "<http://localhost/store/person/1> foaf:name 'Jane Doe' ."
FAMILY = PREFIXES + "<http://localhost/store/person/1> foaf:familyName 'Doe' ."
GIVEN = PREFIXES + "<http://localhost/store/person/1> foaf:givenName 'Jane' ."
TURTLE = "text/turtle; charset=utf-8"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with EmbeddedStore(tmp_path_factory.mktemp("gsp") / "store") as store:
        yield create_app(store, Settings(store=store.location, token="secret")).test_client()


def send(
    client: FlaskClient, method: str, path: str, body: object = None, **headers: str
) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    content_type = named.pop("Content-Type", TURTLE if body is not None else None)
    return client.open(
        path, method=method, data=body, content_type=content_type, headers={**TOKEN, **named}
    )


def graph(turtle: str | bytes, form: RdfFormat = RdfFormat.TURTLE) -> set[str]:
    """Return the triples of a graph so that equal graphs are equal."""
    content = turtle.encode() if isinstance(turtle, str) else turtle
    dataset = Dataset(parse(content, form, base_iri="http://localhost/"))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def same(response: TestResponse, *turtles: str) -> None:
    assert response.status_code == 200
    assert response.mimetype == "text/turtle"
    together = PREFIXES + "".join(one.removeprefix(PREFIXES) for one in turtles)
    assert graph(response.data) == graph(together)


def test_the_cases_of_the_suite(service: FlaskClient) -> None:
    """They stand in the suite's order, for each needs what those before it did."""
    one, two = PERSON.format(1), PERSON.format(2)
    indirect = f"/store?graph={one}"

    put__initial_state = send(service, "PUT", one, JOHN)
    assert put__initial_state.status_code == 201
    same(send(service, "GET", indirect, Accept="text/turtle"), JOHN)

    put__graph_already_in_store = send(service, "PUT", one, JANE)
    assert put__graph_already_in_store.status_code == 204
    same(send(service, "GET", one), JANE)

    put__default_graph = send(service, "PUT", "/store?default", ALICE)
    assert put__default_graph.status_code == 201
    same(send(service, "GET", "/store?default"), ALICE)

    mismatched = {"Content_Type": "application/rdf+xml"}
    put__mismatched_payload = send(service, "PUT", one, JANE, **mismatched)
    assert put__mismatched_payload.status_code == 400
    same(send(service, "GET", one), JANE)

    put__empty_graph = send(service, "PUT", two, "")
    assert put__empty_graph.status_code == 201
    same(send(service, "GET", two), "")

    put__replace_empty_graph = send(service, "PUT", two, JOHN.replace("person/1", "person/2"))
    assert put__replace_empty_graph.status_code == 204
    same(send(service, "GET", two), JOHN.replace("person/1", "person/2"))

    delete__existing_graph = send(service, "DELETE", two)
    assert delete__existing_graph.status_code == 200
    get_of_delete__existing_graph = send(service, "GET", two)
    assert get_of_delete__existing_graph.status_code == 404
    delete__nonexistent_graph = send(service, "DELETE", two)
    assert delete__nonexistent_graph.status_code == 404

    post__existing_graph = send(service, "POST", one, NAME)
    assert post__existing_graph.status_code == 200
    same(send(service, "GET", one), JANE, NAME)

    form = {
        "a": (io.BytesIO(FAMILY.encode()), "family.ttl", "text/turtle"),
        "b": (io.BytesIO(GIVEN.encode()), "given.ttl", "text/turtle"),
    }
    post__multipart_formdata = send(service, "POST", one, form, Content_Type="multipart/form-data")
    assert post__multipart_formdata.status_code == 200
    same(send(service, "GET", one), JANE, NAME, FAMILY, GIVEN)

    post__create__new_graph = send(service, "POST", "/store", ALICE)
    assert post__create__new_graph.status_code == 201
    new = post__create__new_graph.headers["Location"]
    same(send(service, "GET", new), ALICE)
    same(send(service, "GET", f"/store?graph={new}"), ALICE)

    post__empty_graph_to_existing_graph = send(service, "POST", new, "")
    assert post__empty_graph_to_existing_graph.status_code == 204
    same(send(service, "GET", new), ALICE)

    head_on_an_existing_graph = send(service, "HEAD", one)
    assert head_on_an_existing_graph.status_code == 200
    assert head_on_an_existing_graph.data == b""
    assert int(head_on_an_existing_graph.headers["Content-Length"]) > 0
    head_on_a_nonexistent_graph = send(service, "HEAD", two)
    assert head_on_a_nonexistent_graph.status_code == 404


WRONG = [
    ("GET", "/store", None, {}, 400),
    ("PUT", "/store", "", {}, 400),
    ("DELETE", "/store", None, {}, 400),
    ("GET", "/store?default&graph=http://example.org/", None, {}, 400),
    ("GET", "/store/x?graph=http://example.org/", None, {}, 400),
    ("GET", "/store?graph=http://example.org/&graph=http://example.org/b", None, {}, 400),
    ("GET", "/store?graph=", None, {}, 400),
    ("GET", "/store?graph=http://a%20b", None, {}, 400),
    ("GET", "/store?graph=http://example.org/none", None, {}, 404),
    ("GET", "/store?default", None, {"Accept": "image/png"}, 406),
    ("PATCH", "/store?default", "", {}, 405),
    ("PUT", "/store/x", "", {"Content_Type": "text/html"}, 415),
    ("PUT", "/store/x", "", {"Content_Type": ""}, 415),
    ("PUT", "/store/x", "", {"Content_Type": "text/turtle; charset=gb18030"}, 415),
    ("PUT", "/store/x", "", {"Content_Encoding": "gzip"}, 415),
    ("POST", "/store/x", {"a": "b"}, {"Content_Type": "multipart/form-data"}, 400),
    ("PUT", "/store/x", "<a> <b> ", {}, 400),
    ("PUT", "/store/x", b"\xff", {}, 400),
    ("PUT", "/store/x", "<a:a> <a:b> 1 <a:g> .", {"Content_Type": "application/n-quads"}, 400),
    ("PUT", "/store?graph=https://w3id.org/perfgraph/graph/shared", "<a> <b> 1 .", {}, 403),
    ("DELETE", "/store/x", None, {"Authorization": "Bearer no"}, 401),
    ("PUT", "/store/x", "", {"If_Match": "*"}, 412),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "headers", "status"), WRONG)
def test_wrong_requests_get_the_right_status(
    service: FlaskClient,
    method: str,
    path: str,
    body: object,
    headers: dict[str, str],
    status: int,
) -> None:
    response = send(service, method, path, body, **headers)
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    assert json.loads(response.data)["title"]


@pytest.mark.parametrize("form", OFFERS, ids=lambda form: str(form.name))
def test_every_format_goes_in_and_out(service: FlaskClient, form: Format) -> None:
    assert form.graph is not None
    path = f"/store/formats/{form.name}"
    triples = f"<http://localhost/x/{form.name}> <http://example.org/p> '津贴' , 1 ."
    assert send(service, "PUT", f"{path}-seed", triples).status_code == 201
    written = send(service, "GET", f"{path}-seed", Accept=form.media_type)
    assert written.mimetype == form.media_type
    assert send(service, "DELETE", f"{path}-seed").status_code == 200
    sent = send(service, "PUT", path, written.data, Content_Type=form.media_type)
    assert sent.status_code == 201
    read = send(service, "GET", f"{path}?format={form.name}")
    assert graph(read.data, form.graph) == graph(triples)


def test_a_writer_who_has_not_seen_the_newest_state_is_refused(service: FlaskClient) -> None:
    path = "/store/etag"
    assert send(service, "PUT", path, "<a> <b> 1 .", If_None_Match="*").status_code == 201
    assert send(service, "PUT", path, "<a> <b> 1 .", If_None_Match="*").status_code == 412
    first = send(service, "GET", path).headers["ETag"]
    other_format = send(service, "GET", path, Accept="application/n-triples").headers["ETag"]
    assert first != other_format
    assert send(service, "PUT", path, "<a> <b> 2 .", If_Match=first).status_code == 204
    assert send(service, "PUT", path, "<a> <b> 3 .", If_Match=other_format).status_code == 412
    assert send(service, "DELETE", path, If_Match=first).status_code == 412
    assert send(service, "DELETE", path, If_Match=f"W/{first}").status_code == 412
    second = send(service, "GET", path).headers["ETag"]
    assert send(service, "DELETE", path, If_Match=f'"x", {second}').status_code == 200


def test_a_reader_who_has_it_gets_nothing(service: FlaskClient) -> None:
    path = "/store/known"
    body = " ".join(f"<http://example.org/known/{n}> a {n} ." for n in range(100))
    assert send(service, "PUT", path, body).status_code == 201
    plain = send(service, "GET", path).headers["ETag"]
    packed = send(service, "GET", path, Accept_Encoding="gzip")
    assert gzip.decompress(packed.data)
    assert packed.headers["ETag"] != plain
    for etag in (plain, packed.headers["ETag"], f"W/{plain}", "*"):
        again = send(service, "GET", path, If_None_Match=etag)
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == plain
    assert send(service, "GET", path, If_None_Match='"other"').status_code == 200
    assert send(service, "PUT", "/store/beside", "<a> <b> 1 .").status_code == 201
    assert send(service, "GET", path, If_None_Match=plain).status_code == 304


def test_reading_needs_no_token_and_writing_from_other_sites_is_impossible(
    service: FlaskClient,
) -> None:
    assert service.get("/store?default").status_code == 200
    preflight = service.options("/store", headers={"Origin": "https://example.org"})
    assert "PUT" not in preflight.headers["Access-Control-Allow-Methods"]
    assert "Authorization" not in preflight.headers["Access-Control-Allow-Headers"]
    assert "PUT" in preflight.headers["Allow"]


def test_a_large_graph_may_be_sent_but_not_one_over_the_limit(service: FlaskClient) -> None:
    big = "<http://example.org/big> <http://example.org/p> '" + "x" * 3_000_000 + "' ."
    assert send(service, "PUT", "/store/big", big).status_code == 201
    assert send(service, "PUT", "/store/big", "#" * (65 * 1024 * 1024)).status_code == 413


def test_graphs_of_documents_are_read_and_not_written(tmp_path: Path, seed: Path) -> None:
    conversion = convert(seed)
    with EmbeddedStore(tmp_path / "store") as store:
        store.load([Submission(seed.name, conversion.nquads(), conversion.grid())])
        client = create_app(store, Settings(store=store.location, token="secret")).test_client()
        facts = next(one.graph for one in store.documents())
        read = client.get("/store", query_string={"graph": facts, "format": "nt"})
        assert read.status_code == 200
        assert read.data.count(b"\n") > 500
        assert client.get("/store?default&format=nt").data == b""
        assert send(client, "PUT", f"/store?graph={facts}", "<a> <b> 1 .").status_code == 403
        assert send(client, "DELETE", f"/store?graph={facts}").status_code == 403
        repeated = send(client, "PUT", "/store/copy", read.data, Content_Type="text/plain")
        assert repeated.status_code == 409
        assert facts in json.loads(repeated.data)["title"]
