"""Who may read and write, and what is said to the others."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from perfgraph.cli import main
from perfgraph.store.embedded import EmbeddedStore
from perfgraph.web import Settings, create_app
from perfgraph.web.access import Access, Scope
from perfgraph.web.errors import TokensFileError, UnauthorizedError, WritesOffError

UPDATE = "INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/s> a 1 } }"
Make = Callable[..., FlaskClient]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    with EmbeddedStore(tmp_path / "store") as store:
        yield store


@pytest.fixture
def make(store: EmbeddedStore) -> Make:
    def application(**settings: object) -> FlaskClient:
        return create_app(store, Settings(store=store.location, **settings)).test_client()  # type: ignore[arg-type]

    return application


def token(file: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["token", *arguments, "--tokens", str(file)])
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


def send(client: FlaskClient, authorization: str | None = None, update: str = UPDATE) -> int:
    headers = {} if authorization is None else {"Authorization": authorization}
    response = client.post("/sparql", data={"update": update}, headers=headers)
    if response.status_code >= 400:
        assert response.mimetype == "application/problem+json"
    return response.status_code


def test_without_a_token_nothing_can_be_written(make: Make) -> None:
    assert send(make()) == 403
    assert send(make(), "Bearer x") == 403
    response = make().put("/sparql", data="x")
    assert response.status_code == 405


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        (None, 401),
        ("", 401),
        ("Bearer", 401),
        ("Bearer ", 401),
        ("Bearer wrong", 401),
        ("Basic c2VjcmV0OnNlY3JldA==", 401),
        ("secret", 401),
        ("Bearer secret", 200),
        ("bearer  secret ", 200),
    ],
)
def test_only_the_right_token_writes(make: Make, authorization: str | None, status: int) -> None:
    assert send(make(token="secret"), authorization) == status


def test_whoever_has_no_token_is_told_to_send_one(make: Make) -> None:
    response = make(token="secret").post("/sparql", data={"update": UPDATE})
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert "Authorization" in json.loads(response.data)["detail"]


def test_tokens_in_a_file_have_scopes_and_can_be_revoked(make: Make, tmp_path: Path) -> None:
    file = tmp_path / "tokens.toml"
    reader, writer = token(file, "add", "li", "--scope", "read"), token(file, "add", "张三")
    assert reader not in file.read_text("utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert token(file, "list") == "li\tread\n张三\twrite"
    client = make(tokens=str(file))
    assert send(client, f"Bearer {reader}") == 403
    assert send(client, f"Bearer {writer}") == 200
    token(file, "remove", "张三")
    assert send(client, f"Bearer {writer}") == 401


def test_the_journal_has_the_name_of_the_token(
    make: Make, store: EmbeddedStore, tmp_path: Path
) -> None:
    file = tmp_path / "tokens.toml"
    secret = token(file, "add", "li")
    assert send(make(tokens=str(file)), f"Bearer {secret}") == 200
    lines = (Path(store.location) / "writes.jsonl").read_text("utf-8")
    assert json.loads(lines.splitlines()[-1])["who"] == "li"
    assert secret not in lines


def test_a_private_service_lets_nobody_read_without_a_token(make: Make) -> None:
    client = make(token="secret", private=True)
    query = {"query": "ASK {}"}
    assert client.get("/sparql", query_string=query).status_code == 401
    assert client.get("/").status_code == 401
    headers = {"Authorization": "Bearer secret"}
    assert client.get("/sparql", query_string=query, headers=headers).status_code == 200
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1:9/>",
        "LOAD SILENT <file:///etc/passwd>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "\\u004cOAD <http://127.0.0.1:9/>",
    ],
)
def test_no_update_makes_the_server_open_a_connection(make: Make, update: str) -> None:
    assert send(make(token="secret"), "Bearer secret", update) == 403


def test_data_of_any_length_is_no_complexity(make: Make) -> None:
    triples = " ".join(f"<http://example.org/{n}> a {n} ." for n in range(1000))
    update = f"INSERT DATA {{ GRAPH <http://example.org/g> {{ {triples} }} }}"
    assert send(make(token="secret"), "Bearer secret", update) == 200
    pattern = "?s ?p ?o . " * 201
    too_complex = f"DELETE {{ ?s ?p ?o }} WHERE {{ {pattern} }}"
    assert send(make(token="secret"), "Bearer secret", too_complex) == 400


def test_what_an_update_did_is_said(make: Make) -> None:
    response = make(token="secret").post(
        "/sparql", data={"update": UPDATE}, headers={"Authorization": "Bearer secret"}
    )
    answer = json.loads(response.data)
    assert answer["added"] == 1
    assert answer["graphs"] == [{"graph": "http://example.org/g", "added": 1, "removed": 0}]
    assert response.headers["X-Perfgraph-Release"] == answer["release"]


def test_a_wrong_update_is_explained(make: Make) -> None:
    response = make(token="secret").post(
        "/sparql",
        data={"update": "INSERT DATA { <http://a/> <http://a/> }"},
        headers={"Authorization": "Bearer secret"},
    )
    problem = json.loads(response.data)
    assert (response.status_code, problem["line"], problem["column"]) == (400, 1, 39)


@pytest.mark.parametrize("text", ["[token]", "token = 1", "[[token]]\nname = 'x'", "x", "[[a]]"])
def test_a_wrong_file_of_tokens_lets_nobody_in(tmp_path: Path, text: str) -> None:
    file = tmp_path / "tokens.toml"
    file.write_text(text)
    with pytest.raises(TokensFileError):
        Access(file=file).check("Bearer x", Scope.READ)


def test_scopes_include_those_before() -> None:
    access = Access(token="own")
    assert access.check("Bearer own", Scope.ADMIN) == "owner"
    with pytest.raises(UnauthorizedError):
        access.check(None, Scope.READ)
    with pytest.raises(WritesOffError):
        Access(token="").check("Bearer ", Scope.READ)


@pytest.mark.parametrize("arguments", [["add"], ["add", "a b"], ["remove", "none"], ["add", 'x"']])
def test_a_wrong_name_is_one_clear_message(tmp_path: Path, arguments: list[str]) -> None:
    result = CliRunner().invoke(main, ["token", *arguments, "--tokens", str(tmp_path / "t.toml")])
    assert result.exit_code == 2
    assert "PG446" in result.stderr
    assert list(tmp_path.iterdir()) == []


SEEN = [
    ({}, {}, "http://localhost/sparql"),
    ({"proxies": 1}, {"X-Forwarded-Host": "data.example", "X-Forwarded-Proto": "https"}, "https://data.example/sparql"),
    ({}, {"X-Forwarded-Host": "evil.example"}, "http://localhost/sparql"),
    ({"prefix": "/budget"}, {}, "http://localhost/budget/sparql"),
    ({"proxies": 1}, {"X-Forwarded-Prefix": "/b"}, "http://localhost/b/sparql"),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "headers", "seen"), SEEN)
def test_the_service_knows_where_it_is_seen(
    make: Make, settings: dict[str, object], headers: dict[str, str], seen: str
) -> None:
    client = make(token="secret", **settings)
    update = "INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/s> a <> } }"
    sent = client.post(
        "/sparql", data={"update": update}, headers={"Authorization": "Bearer secret", **headers}
    )
    assert sent.status_code == 200
    answer = client.get("/sparql", query_string={"query": "SELECT ?o { ?s a ?o }", "format": "csv"})
    assert answer.text.split("\r\n")[1] == seen
    page = client.get("/", headers={"Accept": "text/html", **headers})
    start = (
        seen.removesuffix("sparql")
        .removeprefix("http://localhost")
        .removeprefix("https://data.example")
    )
    assert f'href="{start}static/perfgraph.css"' in page.text


def test_a_path_that_a_proxy_did_not_cut_off_is_understood(make: Make) -> None:
    client = make(prefix="/budget")
    assert client.get("/budget/healthz").status_code == 200
    assert client.get("/healthz").status_code == 200
    assert 'href="/budget/sparql"' in client.get("/budget/").text
