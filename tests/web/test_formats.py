"""Answers in every format, compressed and not."""

from __future__ import annotations

import gzip
import io
import json
from datetime import datetime

import brotli
import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from perfgraph.web.compression import zstd
from perfgraph.web.formats import GRAPHS, RESULTS, Format

PG = "PREFIX pg: <https://w3id.org/perfgraph/ontology#>\n"
XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
NAMES = (
    PG + "SELECT ?name ?total { ?p pg:projectName ?name ; pg:budgetTotal ?total } ORDER BY ?name"
)
EVERY = "SELECT * { ?s ?p ?o } LIMIT 200"
UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress, "zstd": zstd.decompress}


def ask(client: FlaskClient, query: str, form: str) -> bytes:
    response = client.get("/sparql", query_string={"query": query, "format": form})
    assert response.status_code == 200, response.text
    return bytes(response.data)


@pytest.mark.parametrize("form", RESULTS, ids=lambda form: str(form.name))
@pytest.mark.parametrize("query", [NAMES, "ASK {}", "SELECT ?x {} LIMIT 0"])
def test_rows_in_every_format(client: FlaskClient, form: Format, query: str) -> None:
    response = client.get("/sparql", query_string={"query": query, "format": form.name})
    assert response.status_code == 200
    assert response.mimetype == form.media_type
    assert "Accept" in response.headers["Vary"]
    assert ("attachment" in response.headers.get("Content-Disposition", "")) is form.is_download
    if form.is_download:
        assert f".{form.suffix}" in response.headers["Content-Disposition"]


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: str(form.name))
def test_graphs_in_every_format(client: FlaskClient, form: Format) -> None:
    query = PG + "CONSTRUCT { ?p pg:projectName ?n } { ?p pg:projectName ?n }"
    response = client.get("/sparql", query_string={"query": query, "format": form.name})
    assert response.mimetype == form.media_type
    assert "院士特别津贴" in response.text or "\\u" in response.text


def test_csv_for_excel_says_that_it_is_utf_8(client: FlaskClient) -> None:
    plain, marked = ask(client, NAMES, "csv"), ask(client, NAMES, "csv-bom")
    assert marked == b"\xef\xbb\xbf" + plain


def test_a_workbook_has_numbers_dates_and_texts(client: FlaskClient) -> None:
    rows = (
        '("=1+1" 12.50 "2025-12-31"^^xsd:date true 12345678901234567890) '
        '("津贴"@zh 0 "1850-01-01"^^xsd:date false 1e3) (<http://example.org/> UNDEF UNDEF UNDEF 7)'
    )
    names = "?text ?number ?day ?truth ?large"
    query = f"{XSD} SELECT {names} {{ VALUES ({names}) {{ {rows} }} }}"
    sheet = load_workbook(io.BytesIO(ask(client, query, "xlsx"))).active
    assert sheet is not None
    values = list(sheet.iter_rows(values_only=True))
    assert values == [
        ("text", "number", "day", "truth", "large"),
        ("=1+1", 12.5, datetime(2025, 12, 31), True, "12345678901234567890"),
        ("津贴", 0, "1850-01-01", False, "1000"),
        ("http://example.org/", None, None, None, 7),
    ]
    assert sheet["A2"].data_type == "s"
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("coding", UNPACK)
def test_answers_are_compressed_where_that_is_asked(client: FlaskClient, coding: str) -> None:
    plain = client.get("/sparql", query_string={"query": EVERY})
    packed = client.get(
        "/sparql", query_string={"query": EVERY}, headers={"Accept-Encoding": coding}
    )
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == coding
    assert {"Accept", "Accept-Encoding"} <= {
        one.strip() for one in packed.headers["Vary"].split(",")
    }
    assert len(packed.data) < len(plain.data) / 3
    assert UNPACK[coding](packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data)


def test_large_answers_are_compressed_as_they_go(client: FlaskClient) -> None:
    query = {"query": "SELECT * { ?s ?p ?o . ?s ?q ?r } LIMIT 20000", "format": "json"}
    packing = {"Accept-Encoding": "gzip"}
    with client.get("/sparql", query_string=query, headers=packing) as packed:
        rows = json.loads(gzip.decompress(b"".join(packed.iter_encoded())))
        assert "Content-Length" not in packed.headers
    assert len(rows["results"]["bindings"]) == 20_000


def test_small_answers_errors_and_workbooks_are_left_as_they_are(client: FlaskClient) -> None:
    for query in ({"query": "ASK {}"}, {"query": "ASK {"}, {"query": EVERY, "format": "xlsx"}):
        response = client.get("/sparql", query_string=query, headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in response.headers


def test_head_says_what_get_would(client: FlaskClient) -> None:
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        query = {"query": EVERY, "format": "csv"}
        get = client.get("/sparql", query_string=query, headers=headers)
        head = client.head("/sparql", query_string=query, headers=headers)
        assert head.data == b""
        for name in ("Content-Type", "Content-Length", "Vary"):
            assert head.headers[name] == get.headers[name]


def test_pages_offer_every_format(client: FlaskClient) -> None:
    page = client.get("/sparql", headers={"Accept": "text/html"}).text
    for form in (*RESULTS, *GRAPHS):
        assert f'value="{form.name}"' in page
