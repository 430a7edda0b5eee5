"""Accept header and ?format= → format, as a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import parse_accept_header

from perfgraph.web.compression import choose_coding
from perfgraph.web.formats import GRAPHS, RESULTS, Format
from perfgraph.web.negotiation import choose_page_language, negotiate

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLE = [
    (None, RESULTS, None, "json"),
    ("", RESULTS, None, "json"),
    ("*/*", RESULTS, None, "json"),
    ("application/*", RESULTS, None, "json"),
    ("text/*", RESULTS, None, "xml"),
    ("application/sparql-results+json", RESULTS, None, "json"),
    ("application/sparql-results+xml", RESULTS, None, "xml"),
    ("application/json", RESULTS, None, "json"),
    ("application/xml", RESULTS, None, "xml"),
    ("text/csv", RESULTS, None, "csv"),
    ("TEXT/CSV", RESULTS, None, "csv"),
    ("text/tab-separated-values; charset=utf-8", RESULTS, None, "tsv"),
    ("text/csv;q=0.5, application/sparql-results+xml", RESULTS, None, "xml"),
    ("text/csv, application/sparql-results+xml;q=0.9", RESULTS, None, "csv"),
    ("text/turtle, text/csv;q=0.1", RESULTS, None, "csv"),
    ("application/sparql-results+json;q=0, */*", RESULTS, None, "json"),
    ("application/sparql-results+json;q=0, application/json;q=0, */*", RESULTS, None, "xml"),
    ("text/csv;q=0", RESULTS, None, None),
    ("image/png", RESULTS, None, None),
    ("text/turtle", RESULTS, None, None),
    (BROWSER, RESULTS, None, "html"),
    (None, GRAPHS, None, "turtle"),
    ("*/*;q=0.1, application/n-triples", GRAPHS, None, "ntriples"),
    ("text/plain", GRAPHS, None, "ntriples"),
    ("application/ld+json", GRAPHS, None, "jsonld"),
    ("application/rdf+xml, text/turtle;q=0.9", GRAPHS, None, "rdfxml"),
    (BROWSER, GRAPHS, None, "html"),
    ("text/csv", GRAPHS, None, None),
    ("image/png", RESULTS, "csv", "csv"),
    ("text/csv", RESULTS, "JSON", "json"),
    (None, GRAPHS, "nt", "ntriples"),
    (None, RESULTS, "text/csv", "csv"),
    (None, RESULTS, "turtle", None),
    (None, RESULTS, "xlsx", "xlsx"),
    (None, RESULTS, "csv-bom", "csv-bom"),
    (XLSX, RESULTS, None, "xlsx"),
    ("application/trig", GRAPHS, None, "trig"),
    ("application/n-quads, text/n3;q=0.9", GRAPHS, None, "nquads"),
    ("text/n3, */*;q=0.1", GRAPHS, None, "n3"),
    ("application/xhtml+xml", GRAPHS, None, "html"),
    (None, GRAPHS, "n-quads", "nquads"),
]


@pytest.mark.parametrize(("accept", "offers", "wanted", "expected"), TABLE)
def test_best_offer_is_chosen(
    accept: str | None, offers: tuple[object, ...], wanted: str | None, expected: str | None
) -> None:
    known = RESULTS if offers is RESULTS else GRAPHS
    chosen = negotiate(accept, known, wanted=wanted)
    assert (chosen and chosen.name) == expected


@given(st.text(max_size=60) | st.from_regex(r"[a-z*]+/[a-z*+]+(;q=[0-9.]{0,4})?(, ?)?"))
def test_any_header_gives_an_offer_or_none(accept: str) -> None:
    chosen = negotiate(accept, RESULTS)
    assert chosen is None or chosen in RESULTS


@pytest.mark.parametrize(
    ("wanted", "header", "expected"),
    [
        (None, None, "zh"),
        (None, "en", "en"),
        (None, "en-US,en;q=0.9", "en"),
        (None, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        (None, "en;q=0.3, zh-Hans;q=0.7", "zh"),
        (None, "fr", "zh"),
        ("en", "zh-CN", "en"),
        ("xx", "en", "en"),
    ],
)
def test_page_language(wanted: str | None, header: str | None, expected: str) -> None:
    assert choose_page_language(wanted, header, "zh") == expected


@pytest.mark.parametrize("form", [*RESULTS, *GRAPHS], ids=lambda form: str(form.name))
def test_every_format_can_be_asked_for_by_its_name_and_its_media_type(form: Format) -> None:
    offers = RESULTS if form in RESULTS else GRAPHS
    assert negotiate(None, offers, wanted=form.name) is form
    by_type = negotiate(form.media_type, offers)
    assert by_type is not None
    assert by_type.media_type == form.media_type


CODINGS = [
    (None, None),
    ("", None),
    ("gzip", "gzip"),
    ("deflate", None),
    ("gzip, deflate, br, zstd", "zstd"),
    ("br;q=1.0, gzip;q=0.8", "br"),
    ("gzip;q=0", None),
    ("*", "zstd"),
    ("*;q=0", None),
    ("identity", None),
    ("identity;q=0.5, gzip;q=1.0", "gzip"),
    ("identity, gzip;q=0.5", None),
    ("GZIP", "gzip"),
]


@pytest.mark.parametrize(("header", "coding"), CODINGS)
def test_the_coding_is_what_the_client_wants(header: str | None, coding: str | None) -> None:
    assert choose_coding(parse_accept_header(header)) == coding
