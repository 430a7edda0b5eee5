"""The code lists are sound SKOS, carry the official codes, and agree with the model."""

from __future__ import annotations

from enum import StrEnum

import pytest
from rdflib import RDF, SKOS, Graph, Literal, Namespace, Node, URIRef

from perfgraph.model import (
    Base,
    Comparator,
    Dimension,
    DocumentRole,
    Evidence,
    Expenditure,
    FundingSource,
    GovernmentLevel,
    Grade,
    Kind,
    Phase,
    Scheme,
    Trend,
)
from perfgraph.vocab import CODE, ONTOLOGY

PG = Namespace(ONTOLOGY)
MAPPINGS = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch)
CATEGORIES = ("category-2015", "category-2021", "category-sichuan", "category-ndrc")
OTHERS_NAMESPACES = (
    "http://qudt.org/vocab/",
    "http://qudt.org/schema/qudt/",
    "http://data.openbudgets.eu/",
    "http://data.europa.eu/m8g/",
    "https://schema.org/",
)


def in_list(name: str, token: str) -> URIRef:
    return URIRef(f"{CODE}{name}#{token}")


def tokens(codes: Graph, name: str) -> set[str]:
    scheme = in_list(name, "scheme")
    return {str(code).partition("#")[2] for code in codes.subjects(SKOS.inScheme, scheme)}


@pytest.fixture(scope="session")
def codes(graphs: dict[str, Graph]) -> Graph:
    return graphs["codes"]


@pytest.fixture(scope="session")
def concepts(codes: Graph) -> list[Node]:
    return sorted(codes.subjects(RDF.type, SKOS.Concept), key=str)


def test_every_code_is_in_the_list_of_its_namespace(codes: Graph, concepts: list[Node]) -> None:
    for concept in concepts:
        name = str(concept).removeprefix(CODE).partition("#")[0]
        assert list(codes.objects(concept, SKOS.inScheme)) == [in_list(name, "scheme")]
        assert (in_list(name, "scheme"), RDF.type, SKOS.ConceptScheme) in codes


def test_every_code_is_on_top_or_has_one_broader_code_of_its_list(
    codes: Graph, concepts: list[Node]
) -> None:
    for concept in concepts:
        scheme = codes.value(concept, SKOS.inScheme)
        broader = list(codes.objects(concept, SKOS.broader))
        tops = list(codes.objects(concept, SKOS.topConceptOf))
        assert (len(broader), tops) in ((0, [scheme]), (1, [])), concept
        for parent in broader:
            assert codes.value(parent, SKOS.inScheme) == scheme, concept


def test_lists_and_codes_agree_on_what_is_on_top(codes: Graph) -> None:
    from_codes = set(codes.subject_objects(SKOS.topConceptOf))
    from_lists = {(code, scheme) for scheme, code in codes.subject_objects(SKOS.hasTopConcept)}
    assert from_codes == from_lists != set()


def test_broader_has_no_cycle(codes: Graph, concepts: list[Node]) -> None:
    for concept in concepts:
        for parent in codes.objects(concept, SKOS.broader):
            assert concept not in codes.transitive_objects(parent, SKOS.broader)


def test_mappings_lead_to_a_code_or_to_another_vocabulary(ontology: Graph) -> None:
    for mapping in MAPPINGS:
        for concept, target in ontology.subject_objects(mapping):
            if str(target).startswith(CODE):
                assert (target, RDF.type, SKOS.Concept) in ontology, (concept, target)
                assert ontology.value(concept, SKOS.inScheme) != ontology.value(
                    target, SKOS.inScheme
                )
            else:
                assert str(target).startswith(OTHERS_NAMESPACES), (concept, target)


def test_an_exact_match_is_not_also_a_weaker_one_and_leads_to_one_code(ontology: Graph) -> None:
    exact = set(ontology.subject_objects(SKOS.exactMatch))
    weaker = set(ontology.subject_objects(SKOS.closeMatch))
    weaker |= set(ontology.subject_objects(SKOS.broadMatch))
    assert not exact & weaker
    assert len({concept for concept, _ in exact}) == len(exact)


def test_exactly_matching_categories_have_the_same_dimension(codes: Graph) -> None:
    for one, other in codes.subject_objects(SKOS.exactMatch):
        if str(other).startswith(CODE):
            assert codes.value(one, PG.dimension) == codes.value(other, PG.dimension) is not None


def test_every_category_but_one_has_a_dimension(codes: Graph) -> None:
    # 实施效果指标 spans output, benefit and satisfaction: no single dimension is true of it.
    spans_all = in_list("category-ndrc", "effect")
    for name in (*CATEGORIES, "category-process"):
        for category in codes.subjects(SKOS.inScheme, in_list(name, "scheme")):
            dimensions = list(codes.objects(category, PG.dimension))
            assert len(dimensions) == (0 if category == spans_all else 1), category
            for dimension in dimensions:
                assert (dimension, SKOS.inScheme, in_list("dimension", "scheme")) in codes


def test_official_notations_are_those_of_the_2015_list_and_of_no_later_one(codes: Graph) -> None:
    def notations(name: str) -> dict[str, str]:
        scheme = in_list(name, "scheme")
        return {
            str(notation): str(code).partition("#")[2]
            for code in codes.subjects(SKOS.inScheme, scheme)
            for notation in codes.objects(code, SKOS.notation)
        }

    assert notations("category-2015") == {
        "1": "output",
        "11": "output-quantity",
        "12": "output-quality",
        "13": "output-timeliness",
        "14": "output-cost",
        "2": "benefit",
        "21": "benefit-economic",
        "22": "benefit-social",
        "23": "benefit-ecological",
        "24": "benefit-sustainability",
        "3": "satisfaction",
        "31": "satisfaction-beneficiary",
    }
    for name in CATEGORIES[1:]:
        assert notations(name) == {}


def test_cost_is_level_1_in_2021_and_level_2_in_2015(codes: Graph) -> None:
    assert (in_list("category-2021", "cost"), SKOS.topConceptOf, None) in codes
    assert codes.value(in_list("category-2015", "output-cost"), SKOS.broader) == in_list(
        "category-2015", "output"
    )
    assert "benefit-sustainability" not in tokens(codes, "category-2021")


def test_sign_codes_of_the_official_module(codes: Graph) -> None:
    official = {
        str(code).removeprefix(CODE): str(number)
        for code, number in codes.subject_objects(PG.officialCode)
    }
    assert official == {
        "comparator#gt": "1",
        "comparator#ge": "2",
        "comparator#eq": "3",
        "comparator#lt": "4",
        "comparator#le": "5",
        "kind#text": "6",
    }


def test_measurable_is_decided_for_every_kind(codes: Graph) -> None:
    measurable = {kind for kind in Kind if _measurable(codes, kind)}
    assert measurable == {
        Kind.NUMBER,
        Kind.RANGE,
        Kind.PERIOD,
        Kind.DEADLINE,
        Kind.DATE,
        Kind.DURATION,
        Kind.BOOLEAN,
        Kind.RELATIVE,
        Kind.LADDER,
    }


def test_grades_are_ranked(codes: Graph) -> None:
    order = {grade: codes.value(in_list("grade", grade), PG.order) for grade in Grade}
    assert [rank.toPython() for rank in order.values() if isinstance(rank, Literal)] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("enumeration", "name"),
    [
        (Comparator, "comparator"),
        (Kind, "kind"),
        (Dimension, "dimension"),
        (Grade, "grade"),
        (Trend, "trend"),
        (Expenditure, "expenditure"),
        (GovernmentLevel, "government-level"),
        (Base, "base"),
        (Evidence, "evidence"),
        (DocumentRole, "document-role"),
        (Phase, "phase"),
    ],
)
def test_the_model_has_the_codes_of_the_list(
    enumeration: type[StrEnum], name: str, codes: Graph
) -> None:
    assert {member.value for member in enumeration} == tokens(codes, name)


def test_the_funds_that_the_model_reads_are_in_the_list(codes: Graph) -> None:
    assert {source.value for source in FundingSource} <= tokens(codes, "funding")


def test_the_schemes_of_the_model_are_lists(codes: Graph) -> None:
    for scheme in Scheme:
        assert (in_list(scheme.value, "scheme"), RDF.type, SKOS.ConceptScheme) in codes


def _measurable(codes: Graph, kind: Kind) -> bool:
    (answer,) = codes.objects(in_list("kind", kind.value), PG.measurable)
    assert isinstance(answer, Literal)
    return bool(answer.toPython())
