"""Each question gives the right answer on the real document and on the made-up dataset."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import pytest
from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    Triple,
)

from perfgraph import __version__
from perfgraph.conversion import convert
from perfgraph.questions import Question, catalogue, question
from tests.questions import question_answers
from tests.questions.question_answers import Cell, Row
from tests.questions.question_data import SECOND, SEED
from tests.questions.question_graphs import codes, stores


class Golden(Protocol):
    """The fixture of the outer conftest."""

    def check(self, actual: bytes | str, file: Path) -> None: ...


GOLDEN = Path(__file__).parent / "golden"
QUESTIONS = catalogue()
XSD = "http://www.w3.org/2001/XMLSchema#"
EMPTY_ON_SEED = {
    "attainment",
    "budget_sum_check",
    "funding_mix",
    "missing_dimension",
    "outside_year",
    "parse_gaps",
    "series_budget_change",
    "series_target_change",
    "version_diff",
    "wrong_direction",
}
"""What the real document has no case of; the made-up dataset has one for each."""


@pytest.fixture(scope="module")
def second() -> tuple[Store, Store]:
    return stores(SECOND)


@pytest.fixture(scope="module")
def converted(seed: Path) -> tuple[Store, Store]:
    """The real document as perfgraph converts it, with the code lists."""
    store = Store()
    codes(store)
    store.extend(convert(seed).quads())
    return store, store


def ask(one: Question, store: tuple[Store, Store]) -> QuerySolutions:
    answer = store[one.dataset == "history"].query(one.query, use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)
    return answer


def graph(one: Question, store: tuple[Store, Store]) -> set[Triple]:
    answer = store[0].query(one.query, use_default_graph_as_union=True)
    assert not isinstance(answer, QuerySolutions)
    found = set()
    for triple in answer:  # type: ignore[union-attr]
        assert isinstance(triple, Triple)
        found.add(triple)
    return found


def cell(term: object) -> Cell:
    if not isinstance(term, Literal):
        return None if term is None else str(term)
    if term.datatype.value in {XSD + "integer", XSD + "decimal"}:
        return Decimal(term.value)
    if term.datatype.value == XSD + "boolean":
        return term.value == "true"
    return term.value


def cells(answer: QuerySolutions) -> list[Row]:
    variables = [variable.value for variable in answer.variables]
    return [tuple(cell(row[name]) for name in variables) for row in answer]


def observations(triples: set[Triple]) -> list[Row]:
    """The cube as rows, to compare with ``question_answers.construct_qb``."""
    described: dict[str, dict[str, str]] = {}
    for triple in triples:
        assert isinstance(triple.subject, NamedNode)
        assert isinstance(triple.object, NamedNode | Literal)
        term = triple.predicate.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
        described.setdefault(triple.subject.value, {})[term] = triple.object.value
    rows: list[Row] = [
        (
            node,
            terms["organization"],
            terms["project"],
            terms["fundingSource"].rsplit("#", 1)[-1],
            terms["budgetPhase"].rsplit("/", 1)[-1],
            Decimal(terms["fiscalYear"].rsplit("/", 1)[-1]),
            Decimal(terms["amount"]),
        )
        for node, terms in described.items()
        if terms["type"].endswith("Observation")
    ]
    return sorted(rows, key=lambda row: question_answers.up(*row))


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.name)
def test_answer_is_what_the_records_say(one: Question, second: tuple[Store, Store]) -> None:
    expected = getattr(question_answers, one.name)(SECOND)
    if one.form == "graph":
        assert observations(graph(one, second)) == expected
    else:
        assert cells(ask(one, second)) == expected
    assert expected, "the made-up dataset must have a case of every question"


@pytest.mark.parametrize(
    "one", [one for one in QUESTIONS if one.name != "provenance"], ids=lambda one: one.name
)
def test_real_document_answers_as_a_reader_would(
    one: Question, converted: tuple[Store, Store]
) -> None:
    expected = getattr(question_answers, one.name)(SEED)
    assert bool(expected) == (one.name not in EMPTY_ON_SEED)
    if one.form == "graph":
        amounts = [row[1:] for row in observations(graph(one, converted))]
        # The IRI of a project ends in a hash of its name here, in a number in the records.
        assert Counter(row[5] for row in amounts) == Counter(row[6] for row in expected)
    else:
        assert cells(ask(one, converted)) == expected


def test_a_target_is_traced_to_its_cell(converted: tuple[Store, Store], seed: Path) -> None:
    (row,) = cells(ask(question("provenance"), converted))
    target, file, sha256, *place, text, agent = row
    assert (target, text, file) == ("5000元/人/月", "5000元/人/月", seed.name)
    assert place == [Decimal(4), Decimal(10), Decimal(5)]
    assert sha256 == "693ea5a3b8e5d7e6a893fb44aa3d80641733d794fa76e80dec8ba8d5fa94ce01"
    assert str(agent).startswith("perfgraph ")


@pytest.mark.parametrize("dataset", ["converted", "second"])
@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.name)
def test_golden_answer(
    one: Question, dataset: str, golden: Golden, request: pytest.FixtureRequest
) -> None:
    store: tuple[Store, Store] = request.getfixturevalue(dataset)
    folder = GOLDEN / ("seed" if dataset == "converted" else dataset)
    if one.form == "graph":
        lines = sorted(f"{triple} .\n" for triple in graph(one, store))
        golden.check("".join(lines), folder / f"{one.name}.nt")
    else:
        content = ask(one, store).serialize(format=QueryResultsFormat.CSV)
        assert content is not None
        content = content.replace(f"perfgraph {__version__}".encode(), b"perfgraph VERSION")
        golden.check(content.replace(b"\r\n", b"\n"), folder / f"{one.name}.csv")


def test_three_checks_of_the_real_document(converted: tuple[Store, Store]) -> None:
    """37 × 5000 × 12 = 222 万元; 61 + 51.5 + 7.5 = 120 万元; 1 × 1 万元/月 × 12 = 12 万元."""
    (pairing,) = cells(ask(question("rate_times_headcount"), converted))
    assert pairing[3:] == (37, 5000, "元/人/月", 12, 2_220_000, 2_220_000, 0, True)
    answer = cells(ask(question("cost_ceilings_vs_budget"), converted))
    three = {row[2]: row[3:] for row in answer}["人才专项（人才引进和积分落户工作经费）"]
    assert three == (3, Decimal("61") * 10_000 + 515_000 + 75_000, 1_200_000, 0, True)
    (flat,) = cells(ask(question("flat_rate_check"), converted))
    assert flat[3:] == ("1万元/月", 1, 1, "万元/月", 12, 120_000, 120_000, 120_000, True)
