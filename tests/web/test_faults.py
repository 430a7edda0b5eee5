"""Frequent mistakes in SPARQL → the place, and a sentence that helps, as a table.

``^`` in a case marks where the caret must stand; it is taken out of the text first.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from perfgraph.questions import Question, catalogue
from perfgraph.store import grammar
from perfgraph.store.grammar import first_error
from perfgraph.web.errors import QuerySyntaxError
from perfgraph.web.faults import explain

PG = "PREFIX pg: <https://w3id.org/perfgraph/ontology#>\n"
CASES = [
    # prefixes
    ("SELECT * { ?s ^pg:projectName ?o }", "加上 PREFIX pg: <https://w3id.org/perfgraph/ontology#>"),
    ("SELECT * { ?s ^rdfs:label ?o }", "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"),
    (PG + "SELECT * { ?s ^gp:projectName ?o }", "pg:"),
    ("SELECT * { ?s ^abc:name ?o }", "PREFIX abc: <http://…>"),
    ("PREFIX ^pg <http://a/> SELECT * {}", "PREFIX pg: <http://…>"),
    # dots
    (PG + "SELECT ?p {\n  ?p a pg:Project ;\n    pg:order ?x\n  ^?p pg:projectName ?z\n}", "句点"),
    ("SELECT * { ?s ?p 'a' ^<http://a/> ?q ?r }", "句点"),
    # incomplete triples
    ("SELECT * {\n  ?项目 ?p ^}", "缺少宾语"),
    ("SELECT * { ?s ^. ?a ?b ?c }", "缺少谓语和宾语"),
    ("SELECT * { ?s ?p ?o , ^}", "缺少宾语"),
    # FILTER and its brackets
    ("SELECT * { ?s ?p ?o FILTER ^?o > 3 }", "FILTER(?x > 3)"),
    ("SELECT * { ?s ?p ?o FILTER ^!BOUND(?o) }", "FILTER(?x > 3)"),
    ("SELECT * { ?s ?p ?o FILTER^(?o > 3 }", "补上“)”"),
    ("SELECT * { ?s ?p ?o FILTER(?o > 3)^) }", "多了一个“)”"),
    ("SELECT * { ?s ?p ?o FILTER(?o =^= 3) }", "相等用一个“=”"),
    ("SELECT * { ?s ?p ?o FILTER(?o ^<> 3) }", "!="),
    ("SELECT * { ?s ?p ?o FILTER(?o > 3 ^and ?o < 5) }", "&&"),
    ("SELECT * { ?s ?p ?o FILTER(?o > 3 ^or ?o < 5) }", "||"),
    ("SELECT * { ?s ?p ?o FILTER(?o ^like 'a') }", "CONTAINS"),
    ("SELECT * { ?s ?p ?o FILTER(^contain(?o, 'a')) }", "CONTAINS"),
    ("SELECT * { FILTER NOT ^EXIST { ?s ?p ?o } }", "EXISTS"),
    # Chinese punctuation and full-width characters
    ("SELECT * { ?s ?p ^？o }", "半角的 ?"),
    ("SELECT * { ?s ?p ?o ^。 }", "半角的 ."),
    ("SELECT * { ?s ?p ^“津贴” }", '半角的 "'),
    ("SELECT * { ?s ?p ?o FILTER^（?o > 3) }", "半角的 ("),
    ("SELECT * { ?s ?p ?o ^， ?x }", "半角的 ,"),
    ("SELECT * { ?s ?p ?o ^； ?q ?r }", "半角的 ;"),
    ("SELECT * ^｛ ?s ?p ?o }", "半角的 {"),
    ("SELECT *^\u3000{ ?s ?p ?o", "半角空格"),
    ("^ＳELECT * { ?s ?p ?o }", "半角的 S"),
    ("SELECT * { ?s ?p ?o FILTER(?o ^≥ 3) }", "半角的 >="),
    # words
    ("^SELCT * { ?s ?p ?o }", "SELECT"),
    ("SELECT * { ?s ?p ?o } ^LIMT 3", "LIMIT"),
    ("SELECT * { ^OPTINAL { ?s ?p ?o } }", "OPTIONAL"),
    ("SELECT * { BIND(1 AS ^x) }", "?x"),
    ("SELECT * { ?s ^projectName ?o }", "pg:projectName"),
    # SELECT
    ("SELECT ?a^, ?b { ?a ?p ?b }", "不用逗号"),
    ("SELECT ^COUNT(*) { ?s ?p ?o }", "(COUNT(?x) AS ?n)"),
    ("^SELECT (COUNT(*) AS ?n) ?s { ?s ?p ?o }", "GROUP BY"),
    ("SELECT * { ?s ?p ?o } ORDER BY DESC ^?o", "DESC(?x)"),
    ("SELECT * WHERE ^?s ?p ?o", "花括号"),
    # quotes, IRIs, ends
    ("SELECT * { ?s ?p ^'津贴 }", "引号"),
    ("SELECT * { ?s ?p ^<http://a b> }", "空格"),
    ("SELECT * { ?s ?p ^<x> }", "不是完整的 IRI"),
    ("SELECT * ^{ ?s ?p ?o", "补上“}”"),
    ("SELECT * { ?s ?p ?o }^}", "多了一个“}”"),
    ("SELECT * { ?s ?p ?o } LIMIT 10^;", "不写分号"),
    ("SELECT * { ?s ?p ?o } LIMIT^", "没有写完"),
    ("SELECT * { ?s ?p ?o } LIMIT 3 ^ORDER BY ?s", "次序"),
    ("^hello", "SELECT"),
    ("^", "没有写完"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "words"), CASES)
def test_a_frequent_mistake_is_named_where_it_is(marked: str, words: str) -> None:
    start, text = marked.index("^"), marked.replace("^", "", 1)
    error = explain(text, refusal(text))
    assert error.spot is not None
    line, column = text[:start].count("\n") + 1, start - (text.rfind("\n", 0, start))
    assert (error.spot.line, error.spot.column) == (line, column)
    assert error.spot.text == text.split("\n")[line - 1]
    assert error.advice is not None
    assert words in f"{error.message.zh} {error.advice.zh}"
    assert error.message.zh != error.message.en
    assert error.advice.zh != error.advice.en


def refusal(text: str) -> str:
    """Return what the engine says about a text; it must refuse it."""
    with pytest.raises(SyntaxError) as caught:
        Store().query(text)
    return str(caught.value)


def test_an_update_is_read_as_one() -> None:
    text = "INSERT DATA { <http://a/> <http://a/> }"
    error = explain(text, "", is_update=True)
    assert "缺少宾语" in error.message.zh
    assert first_error(text.replace(" }", " 1 } ; CLEAR ALL"), is_update=True) is None


@pytest.mark.parametrize("question", catalogue(), ids=lambda question: str(question.name))
def test_the_grammar_takes_what_the_engine_takes(question: Question) -> None:
    assert first_error(question.query) is None


PARTS = [
    "SELECT", "*", "{", "}", "?s", "?p", "?o", ".", ";", ",", "(", ")", "[", "]", "FILTER", "'x'",
    "<http://a/>", "ex:a", "a", "1", "+", "-", "=", "&&", "!", "OPTIONAL", "UNION", "VALUES", "^",
    "/", "|", "BIND", "AS", "COUNT", "STR", "EXISTS", "NOT", "IN", "GROUP BY", "ORDER BY", "@en",
    "_:b", "LIMIT", "DISTINCT", "MINUS", "GRAPH", "true", "UNDEF", "CONSTRUCT", "WHERE",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=12))
def test_any_text_that_the_engine_takes_is_in_the_grammar(parts: list[str]) -> None:
    text = f"PREFIX ex: <http://a/> SELECT * {{ ?s ?p ?o {' '.join(parts)} }}"
    try:
        Store().query(text)
    except (SyntaxError, ValueError, RuntimeError, OSError):
        explain(text, "")  # says something, whatever it is
        return
    assert first_error(text) is None


@given(st.text(max_size=120))
def test_any_text_is_explained(text: str) -> None:
    error = explain(text, "error at 1:1: expected SELECT")
    assert isinstance(error, QuerySyntaxError)
    assert error.spot is not None
    assert 1 <= error.spot.column <= len(error.spot.text) + 2


def test_the_grammar_is_in_the_package() -> None:
    assert (Path(grammar.__file__).parent / "sparql11.ebnf").is_file()
