"""Whatever a user gives for a parameter, the query asks what was meant or is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import rdflib
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from perfgraph.errors import QueryError
from perfgraph.questions import Datatype, Question, read_question
from perfgraph.questions.errors import (
    ParameterValueError,
    QuestionFileError,
    UnknownParameterError,
)
from perfgraph.questions.terms import LONGEST_TEXT, term

QUERY = """\
# parameter: first xsd:string
# parameter: second xsd:string
SELECT ?first ?second WHERE {
  VALUES ?first { "a" }
  VALUES ?second { UNDEF }
}
"""
PRINTABLE = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
    | st.sampled_from("\\\"'{}\n\r\tuU0?#<>"),
    max_size=80,
)


def rows(query: str) -> list[tuple[str | None, ...]]:
    answer = Store().query(query)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    found: list[tuple[str | None, ...]] = []
    for row in answer:
        terms = [row[name] for name in names]
        found.append(tuple(one.value if isinstance(one, Literal) else None for one in terms))
    return found


def one_parameter(datatype: str, default: str) -> Question:
    return read_question(
        f"# parameter: x {datatype}\n"
        "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"
        f"SELECT ?x WHERE {{\n  VALUES ?x {{ {default} }}\n}}\n",
        name="test",
    )


@given(text=PRINTABLE)
@example('" } UNION { ?s ?p ?o } #')
@example("\\u0022 } #")
@example("\\\\u0022 } #")
@example("\\U00000022 }")
@example("\\")
@example("{}\n}\nVALUES ?second { 1 }\n")
@example("\u2028\u0085")
def test_text_arrives_as_it_was_given(text: str) -> None:
    if not text.strip():
        return
    question = read_question(QUERY, name="test")
    assert rows(question.bind({"first": text, "second": text})) == [(text, text)]


@given(text=PRINTABLE)
@example("\\u0022 } #")
@example("\\u00750022")
def test_text_arrives_at_an_engine_that_replaces_escapes_first(text: str) -> None:
    query = f"SELECT ?x WHERE {{ VALUES ?x {{ {term(text, Datatype.STRING)} }} }}"
    (row,) = rdflib.Graph().query(query)
    assert isinstance(row, rdflib.query.ResultRow)
    assert str(row[0]) == text


@given(text=PRINTABLE)
def test_a_bound_query_has_as_many_lines_as_before(text: str) -> None:
    assert "\n" not in term(text, Datatype.STRING)
    assert "\r" not in term(text, Datatype.STRING)


@given(number=st.decimals(allow_nan=False, allow_infinity=False, places=6, max_value=10**9))
def test_equal_numbers_are_one_term(number: Decimal) -> None:
    text = f"{number:f}"
    if len(text) < 25:
        assert term(text, Datatype.DECIMAL) == term(text + "00", Datatype.DECIMAL)


@given(day=st.dates())
def test_days_arrive_as_given(day: date) -> None:
    question = one_parameter("xsd:date", '"2025-12-31"^^xsd:date')
    assert rows(question.bind({"x": day.isoformat()})) == [(day.isoformat(),)]


@pytest.mark.parametrize(
    ("datatype", "text"),
    [
        (Datatype.INTEGER, "abc"),
        (Datatype.INTEGER, "2025.5"),
        (Datatype.INTEGER, "２０２５"),
        (Datatype.INTEGER, "1" * 5000),
        (Datatype.DECIMAL, "1e400"),
        (Datatype.DECIMAL, "NaN"),
        (Datatype.DECIMAL, "9,5"),
        (Datatype.DATE, "2025-02-30"),
        (Datatype.DATE, "2025-1-1"),
        (Datatype.DATE, "2025-12-31Z"),
        (Datatype.IRI, "not an IRI"),
        (Datatype.IRI, "/relative"),
        (Datatype.IRI, "https://example.org/> } #"),
        (Datatype.IRI, "https://example.org/%zz"),
        (Datatype.IRI, ""),
        (Datatype.STRING, "bell\x07"),
        (Datatype.STRING, "half \ud800 pair"),
        (Datatype.STRING, "x" * (LONGEST_TEXT + 1)),
    ],
    ids=lambda value: value.name if isinstance(value, Datatype) else ascii(value)[:20],
)
def test_a_value_of_the_wrong_type_is_refused(datatype: Datatype, text: str) -> None:
    with pytest.raises(ParameterValueError) as caught:
        term(text, datatype)
    for language in ("zh", "en"):
        line = caught.value.render(language)
        assert line.endswith("[PG413]")
        assert line.isprintable()
        assert len(line) < 200


@given(text=st.text(max_size=60))
def test_any_text_is_bound_or_refused_and_never_breaks_the_query(text: str) -> None:
    for datatype, default in (
        ("xsd:string", '"a"'),
        ("xsd:integer", "1"),
        ("xsd:decimal", "1.0"),
        ("xsd:date", '"2025-01-01"^^xsd:date'),
        ("iri", "<https://example.org/>"),
    ):
        try:
            query = one_parameter(datatype, default).bind({"x": text})
        except QueryError:
            continue
        assert len(rows(query)) == 1


def test_an_iri_is_written_as_an_iri() -> None:
    question = one_parameter("iri", "UNDEF")
    answer = Store().query(question.bind({"x": "https://example.org/绩效"}))
    assert isinstance(answer, QuerySolutions)
    assert [row["x"] for row in answer] == [NamedNode("https://example.org/绩效")]


def test_an_open_parameter_may_be_left_empty_and_others_may_not() -> None:
    question = read_question(QUERY, name="test")
    assert rows(question.bind({"second": "b"})) == [("a", "b")]
    assert rows(question.bind({"second": " "})) == [("a", None)]
    with pytest.raises(ParameterValueError, match="needs a value"):
        question.bind({"first": ""})


def test_a_choice_outside_the_list_is_refused() -> None:
    question = one_parameter("one of zh en", '"zh"')
    assert rows(question.bind({"x": "en"})) == [("en",)]
    with pytest.raises(ParameterValueError, match="not one of zh, en"):
        question.bind({"x": "fr"})


def test_an_unknown_parameter_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UnknownParameterError, match=r"Its parameters: first, second \[PG412\]"):
        read_question(QUERY, name="test").bind({"frist": "1"})
    with pytest.raises(UnknownParameterError, match="takes no parameters"):
        read_question("ASK {}", name="test").bind({"year": "2025"})


@pytest.mark.parametrize(
    "query",
    [
        "# parameter: x xsd:gYear\nSELECT ?x {\n VALUES ?x { 1 }\n}",
        "# parameter: x y xsd:integer\nSELECT ?x {\n VALUES ?x { 1 }\n}",
        "# parameter: x xsd:integer\nSELECT ?x { ?x ?p ?o }",
        "# parameter: x xsd:integer\nSELECT ?x {\n VALUES ?x { 1 }\n VALUES ?x { 1 }\n}",
        "# parameter: x xsd:integer\nSELECT ?x {\n VALUES ?x { 1 2 }\n}",
        "# parameter: x xsd:integer\nSELECT ?x {\n VALUES ?x { 1.5 }\n}",
        "# parameter: x xsd:integer\nSELECT ?x {\n VALUES ?x { oops }\n}",
        '# parameter: x one of a b\nSELECT ?x {\n VALUES ?x { "c" }\n}',
        "# parameter: x xsd:integer\n# parameter: x xsd:string\nSELECT ?x {\n VALUES ?x { 1 }\n}",
        "# number: one\nASK {}",
        "# dataset: other\nASK {}",
    ],
)
def test_a_wrong_header_is_told(query: str) -> None:
    with pytest.raises(QuestionFileError, match="PG414"):
        read_question(query, name="mine.rq")


def test_a_query_without_a_header_is_a_question() -> None:
    question = read_question("# hello\nASK {}", name="mine")
    assert question.title.zh == question.title.en == "mine"
    assert question.form == "boolean"
    assert question.bind({}) == question.query
