"""Answers keep their rows, their order and their text in every format."""

from __future__ import annotations

import csv
import io
import json

import pytest
from pyoxigraph import (
    Literal,
    NamedNode,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)
from pyoxigraph import QueryResultsFormat as Format

from perfgraph.questions import ResultFormat, print_result, write_result
from perfgraph.questions.errors import ResultFormatError
from perfgraph.questions.prefixes import shorten
from perfgraph.store.protocol import Result

ROWS = """
PREFIX pgu: <https://w3id.org/perfgraph/code/unit#>
SELECT ?name ?amount ?unit WHERE {
  VALUES (?order ?name ?amount ?unit) {
    (1 "院士特别津贴" 2220000 pgu:CNY) (2 "运维, \\"经费\\"" 12.5 UNDEF) (3 "b" UNDEF <urn:x:y>)
  }
} ORDER BY ?order
"""
GRAPH = "CONSTRUCT { <urn:b> a <urn:C> ; <urn:a> 1 . <urn:a> <urn:b> 2 } WHERE {}"


def answer(query: str) -> Result:
    result = Store().query(query)
    return result if not isinstance(result, bool) else pytest.fail("unexpected answer")


def written(query: str, to: ResultFormat) -> bytes:
    output = io.BytesIO()
    write_result(answer(query), to, output)
    return output.getvalue()


def printed(query: str, width: int | None = None) -> str:
    output = io.StringIO()
    print_result(answer(query), output, width=width)
    return output.getvalue()


def test_rows_are_the_same_in_csv_json_and_xml() -> None:
    rows = list(csv.reader(io.StringIO(written(ROWS, ResultFormat.CSV).decode())))
    assert rows[0] == ["name", "amount", "unit"]
    assert [row[0] for row in rows[1:]] == ["院士特别津贴", '运维, "经费"', "b"]
    content = json.loads(written(ROWS, ResultFormat.JSON))
    bindings = content["results"]["bindings"]
    assert [row["name"]["value"] for row in bindings] == [row[0] for row in rows[1:]]
    assert "unit" not in bindings[1]
    for to, format_ in ((ResultFormat.XML, Format.XML), (ResultFormat.TSV, Format.TSV)):
        again = parse_query_results(written(ROWS, to), format=format_)
        assert isinstance(again, QuerySolutions)
        terms = [row["name"] for row in again]
        assert terms == [Literal(row[0]) for row in rows[1:]]


def test_yes_and_no_can_be_written() -> None:
    assert json.loads(written("ASK {}", ResultFormat.JSON))["boolean"] is True
    assert printed("ASK { <urn:a> ?p ?o }") == "false\n"


def test_a_graph_is_written_as_turtle_in_a_stable_order() -> None:
    content = written(GRAPH, ResultFormat.TURTLE)
    assert len(list(parse(content, format=RdfFormat.TURTLE))) == 3
    assert content == written(GRAPH, ResultFormat.TURTLE)
    lines = content.decode().splitlines()
    body = [line.strip() for line in lines if not line.startswith("@prefix")]
    assert body[0].startswith("<urn:a>")
    assert " a <urn:C>" in body[1]


def test_turtle_of_an_iterator_of_triples() -> None:
    node = NamedNode("urn:a")
    output = io.BytesIO()
    write_result(iter([Triple(node, node, node)] * 2), ResultFormat.TURTLE, output)
    assert output.getvalue().decode().endswith("<urn:a> <urn:a> <urn:a> .\n")


@pytest.mark.parametrize("to", [ResultFormat.TURTLE, ResultFormat.TABLE])
def test_rows_are_no_graph(to: ResultFormat) -> None:
    with pytest.raises(ResultFormatError, match="PG415"):
        written(ROWS, to)


@pytest.mark.parametrize("to", [ResultFormat.CSV, ResultFormat.JSON, ResultFormat.TABLE])
def test_a_graph_is_no_rows(to: ResultFormat) -> None:
    with pytest.raises(ResultFormatError, match="formats that fit: table, turtle"):
        written(GRAPH, to)


def test_a_table_keeps_order_and_puts_numbers_right() -> None:
    assert printed(ROWS) == (
        "name            amount   unit\n"
        "──────────────────────────────────\n"
        "院士特别津贴   2220000   pgu:CNY\n"
        '运维, "经费"      12.5\n'
        "b                        <urn:x:y>\n"
    )


def test_a_graph_is_printed_as_rows() -> None:
    lines = printed(GRAPH).splitlines()
    assert lines[0].split() == ["subject", "predicate", "object"]
    assert [line.split()[0] for line in lines[2:]] == ["<urn:a>", "<urn:b>", "<urn:b>"]


@pytest.mark.parametrize("width", [20, 40, 80])
def test_a_narrow_table_cuts_no_text(width: int) -> None:
    text = "通过聘请第三方提供积分政策宣传服务并做好积分业务服务与业务经费保障工作"
    lines = printed(f'SELECT ?a ?b {{ VALUES (?a ?b) {{ ("{text}" "x") }} }}', width).splitlines()
    assert "".join(line[:].split("  ")[0].strip() for line in lines[2:]) == text


def test_a_wide_table_is_not_broken_when_no_width_is_given() -> None:
    text = "积" * 500
    assert text in printed(f'SELECT ?a {{ VALUES ?a {{ "{text}" }} }}')


def test_text_is_data_for_the_terminal() -> None:
    lines = printed(r'SELECT ?a { VALUES ?a { "[red]a[/red] :smile: \u001B[31m\u202E" } }')
    assert r"[red]a[/red] :smile: \x1b[31m\u202e" in lines


def test_an_empty_answer_still_names_its_columns() -> None:
    assert printed("SELECT ?year ?unit { VALUES (?year ?unit) {} }").split()[:2] == ["year", "unit"]
    assert written("SELECT ?year { VALUES ?year {} }", ResultFormat.CSV) == b"year\r\n"


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        ("https://w3id.org/perfgraph/ontology#Project", "pg:Project"),
        ("https://w3id.org/perfgraph/id/unit/120000-353215", "id:unit/120000-353215"),
        ("http://www.w3.org/2004/02/skos/core#broader", "skos:broader"),
        ("https://w3id.org/perfgraph/ontology#", "<https://w3id.org/perfgraph/ontology#>"),
        ("https://example.org/", "<https://example.org/>"),
    ],
)
def test_an_iri_is_shortened_where_a_prefix_fits(iri: str, short: str) -> None:
    assert shorten(iri) == short
