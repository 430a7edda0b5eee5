"""The shipped questions are complete, bilingual, ordered, safe to run, and easy to name."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, parse

from perfgraph.questions import Question, catalogue, question
from perfgraph.questions.errors import UnknownQuestionError
from tests.questions.question_answers import Row
from tests.questions.question_data import SECOND
from tests.questions.question_graphs import ONTOLOGY, stores
from tests.questions.test_answers import cells

QUESTIONS = catalogue()
OWN = "https://w3id.org/perfgraph/"


@pytest.fixture(scope="module")
def second() -> tuple[Store, Store]:
    return stores(SECOND)


def rows(query: str, one: Question, second: tuple[Store, Store]) -> list[Row]:
    answer = second[one.dataset == "history"].query(query, use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)
    return cells(answer)


@pytest.fixture(scope="module")
def declared() -> set[str]:
    return {
        quad.subject.value
        for file in ONTOLOGY.glob("*.ttl")
        for quad in parse(path=str(file), format=RdfFormat.TURTLE)
        if isinstance(quad.subject, NamedNode)
    }


def test_there_are_33_questions_numbered_in_order() -> None:
    assert [one.number for one in QUESTIONS] == list(range(1, 34))


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.name)
def test_a_question_speaks_both_languages(one: Question) -> None:
    labels = [parameter.label for parameter in one.parameters]
    for text in (one.title, one.description, *labels):
        assert re.search(r"[\u4e00-\u9fff]", text.zh), text
        assert not re.search(r"[\u4e00-\u9fff]", text.en), text
        assert text.en
    assert one.audience in {"analyst", "reviewer", "publisher"}


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.name)
def test_rows_come_in_one_order_only(one: Question, second: tuple[Store, Store]) -> None:
    """Every column, or the key of the group, takes part in the order, so no tie is left open."""
    if one.form == "graph":
        return
    answer = second[0].query(one.query)
    assert isinstance(answer, QuerySolutions)
    order = set(re.findall(r"\?\w+", one.query[one.query.rindex("\nORDER BY ") :]))
    grouped = re.search(r"^GROUP BY (.*)$", one.query, re.MULTILINE)
    columns = {f"?{variable.value}" for variable in answer.variables}
    needed = set(grouped[1].split()) if grouped else columns
    assert needed <= order or "?u" in order


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.name)
def test_no_question_uses_a_slow_negation(one: Question) -> None:
    """A NOT EXISTS over several triples is quadratic in Oxigraph; MINUS is not."""
    for body in re.findall(r"NOT EXISTS \{([^}]*)\}", one.query):
        assert len(body.split()) == 3
    assert "SERVICE" not in one.query


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.name)
def test_every_term_is_declared_in_the_ontology(one: Question, declared: set[str]) -> None:
    prefixes = dict(re.findall(r"PREFIX ([\w-]+): <([^>]+)>", one.query))
    body = re.sub(r'"[^"]*"|<[^>]*>|^#.*$', "", one.query, flags=re.MULTILINE)
    used = {prefixes[p] + local for p, local in re.findall(r"([\w-]+):([A-Za-z][\w-]*)", body)}
    own = {term for term in used if term.startswith(OWN)}
    assert own <= declared, own - declared
    assert set(prefixes) == {p for p, _ in re.findall(r"([\w-]+):([A-Za-z][\w-]*)", body)}


@pytest.mark.parametrize(
    "one", [one for one in QUESTIONS if one.parameters], ids=lambda one: one.name
)
def test_binding_the_defaults_changes_no_answer(one: Question, second: tuple[Store, Store]) -> None:
    defaults = {each.name: each.default for each in one.parameters if each.default is not None}
    assert len(defaults) == len(one.parameters)
    assert rows(one.bind(defaults), one, second) == rows(one.query, one, second)


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("projects_of_unit", {"year": "2024"}, 2),
        ("projects_of_unit", {"unit": "410001"}, 4),
        ("projects_of_unit", {"unit": "天津市人才服务中心", "year": "2026"}, 3),
        ("project_sheet", {"project": "路灯维护"}, 7),
        ("keyword", {"keyword": "培训"}, 4),
        ("low_satisfaction", {"threshold": "80"}, 4),
        ("count_by_category", {"year": "1999"}, 0),
        ("due_by", {"due": "2025-06-30"}, 5),
        ("provenance", {"indicator": "亮灯率"}, 2),
    ],
)
def test_parameters_decide_the_answer(
    name: str, values: dict[str, str], expected: int, second: tuple[Store, Store]
) -> None:
    one = question(name)
    assert len(rows(one.bind(values), one, second)) == expected


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("missing_dimension", "cost"),
        ("cross_profile", "benefit"),
        ("text_targets", "free text"),
        ("due_by", "deadline"),
        ("version_diff", "added"),
    ],
)
def test_labels_come_in_english_too(name: str, label: str, second: tuple[Store, Store]) -> None:
    one = question(name)
    found = rows(one.bind({"language": "en"}), one, second)
    assert any(label in str(cell) for row in found for cell in row)
    assert len(found) == len(rows(one.query, one, second))


def test_a_category_outside_the_schemes_keeps_its_printed_text(
    second: tuple[Store, Store],
) -> None:
    one = question("count_by_category")
    found = {row[0] for row in rows(one.bind({"language": "en"}), one, second)}
    assert {"output", "产出指标", None} <= found


def test_the_tolerance_decides_what_agrees(second: tuple[Store, Store]) -> None:
    """100 people at 300 yuan make 30,000, which is 62.5 % short of the budget of 80,000."""
    one = question("rate_times_headcount")
    for tolerance, agrees in (("62.4", False), ("62.5", True)):
        found = rows(one.bind({"tolerance": tolerance}), one, second)
        assert {row[2]: row[-1] for row in found}["满意度调查"] is agrees


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.name)
def test_a_question_goes_by_name_and_by_number(one: Question) -> None:
    number = one.number
    for name in (
        one.name,
        str(number),
        f"{number:02}",
        f"{number:02}_{one.name}",
        f"{one.name}.rq",
    ):
        assert question(name) is one


@pytest.mark.parametrize("name", ["", "0", "34", "01_goals", "no such question", "..", "津贴"])
def test_an_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(UnknownQuestionError, match="PG411"):
        question(name)


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownQuestionError, match="Did you mean: unit_totals"):
        question("unit_total")
