"""The pages for people: they parse, speak one language, name no other site."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from perfgraph.questions import catalogue
from perfgraph.store import open_store
from perfgraph.web import create_app

VOID = {"meta", "link", "input", "br"}
ADDRESSES = {"href", "src", "action", "srcset", "poster", "data"}


class Page(HTMLParser):
    """Reads a page strictly: every element is closed, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


PATHS = ["/", "/sparql", "/history/sparql", "/nowhere", "/sparql?query=nonsense"] + [
    f"/questions/{question.name}" for question in catalogue()
]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_pages_are_sound(client: FlaskClient, path: str, language: str) -> None:
    response = client.get(path, headers={"Accept": "text/html", "Accept-Language": language})
    assert response.status_code == {"/nowhere": 404, "/sparql?query=nonsense": 400}.get(path, 200)
    page = Page(response.get_data(as_text=True))
    assert page.all("html")[0]["lang"] == {"zh": "zh-CN", "en": "en"}[language]
    assert len(page.all("h1")) == 1
    assert not page.all("script")
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    labelled = {attributes["for"] for attributes in page.all("label")}
    for tag in ("input", "select", "textarea"):
        for attributes in page.all(tag):
            assert attributes.get("type") == "hidden" or attributes["id"] in labelled
    for _, attributes in page.tags:
        assert "style" not in attributes
        for name in ADDRESSES & attributes.keys():
            assert re.match(r"[/#]", attributes[name] or ""), attributes
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"]


def test_start_page_says_what_is_inside(client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept-Language": "en"}).get_data(as_text=True)
    numbers = re.findall(r"<dd>([\d,]+)", page)
    assert numbers == ["1", "4", "3,640,000", "36"]
    assert "364 <small>万元" in client.get("/").get_data(as_text=True)


def test_every_question_can_be_clicked(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    for question in catalogue():
        assert f'href="/questions/{question.name}"' in page
        assert question.title.zh in page


def test_the_language_is_a_click_away_and_stays(client: FlaskClient) -> None:
    page = client.get("/questions/keyword?keyword=津贴").get_data(as_text=True)
    (address,) = re.findall(r'href="([^"]+)" lang="en"', page)
    english = client.get(address.replace("&amp;", "&")).get_data(as_text=True)
    assert '<html lang="en">' in english
    assert 'value="津贴"' in english
    assert 'href="/?lang=en"' in english


@pytest.mark.parametrize("odd", ["_external=1", "_scheme=javascript", "endpoint=x", "self=1"])
def test_odd_parameters_do_no_harm(client: FlaskClient, odd: str) -> None:
    response = client.get(f"/questions/goals?{odd}")
    assert response.status_code == 200
    assert "javascript:" not in response.get_data(as_text=True)


def test_parameters_are_bound_and_marked_when_wrong(client: FlaskClient) -> None:
    none = client.get('/questions/keyword?keyword=x" } ?s ?p ?o #').get_data(as_text=True)
    assert "没有符合条件的结果" in none
    wrong = client.get("/questions/due_by?year=now&lang=en")
    assert wrong.status_code == 400
    assert "whole number" in wrong.get_data(as_text=True)
    assert '<p class="fault sentence"' in wrong.get_data(as_text=True)


def test_questions_are_downloads_too(client: FlaskClient) -> None:
    csv = client.get("/questions/unit_totals?format=csv")
    assert csv.content_type == "text/csv; charset=utf-8"
    assert b"3640000" in csv.data
    json = client.get("/questions/unit_totals", headers={"Accept": "application/json"})
    assert json.content_type == "application/sparql-results+json"


def test_an_unknown_question_is_not_found(client: FlaskClient) -> None:
    assert client.get("/questions/unit_total").status_code == 404


def test_text_of_the_data_is_never_markup(client: FlaskClient) -> None:
    query = 'SELECT ("<script>alert(1)</script>" AS ?x) {}'
    page = client.get("/sparql", query_string={"query": query, "format": "html"})
    assert b"<script>" not in page.data
    assert b"&lt;script&gt;" in page.data


def test_many_rows_are_told(client: FlaskClient) -> None:
    query = "SELECT ?s { ?s ?p ?o }"
    page = client.get("/sparql", query_string={"query": query, "format": "html", "lang": "en"})
    assert b"Only the first 500 rows" in page.data
    assert page.data.count(b"<tr>") == 501


def test_an_empty_store_is_served(tmp_path: Path) -> None:
    with open_store(tmp_path / "none", read_only=True) as store:
        client = create_app(store).test_client()
        page = client.get("/")
        assert page.status_code == 200
        assert "数据集还是空的" in page.get_data(as_text=True)
        assert client.get("/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D").json == {
            "head": {},
            "boolean": False,
        }
        assert client.get("/readyz").status_code == 200


def test_a_sub_path_is_kept(client: FlaskClient) -> None:
    page = client.get("/", environ_overrides={"SCRIPT_NAME": "/data"}).get_data(as_text=True)
    assert 'href="/data/static/perfgraph.css' in page
    assert 'href="/data/?lang=en"' in page
