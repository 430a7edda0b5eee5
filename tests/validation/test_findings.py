"""A finding says in both languages what is wrong, where, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from rdflib import Graph, Literal, Namespace, URIRef

from perfgraph.model import Finding, Place, Severity
from perfgraph.validation import load_shapes, validate, validate_by_scheme
from perfgraph.validation.findings import order
from perfgraph.vocab import ONTOLOGY
from tests.validation.conftest import stored

EX = Namespace("http://example.org/")
PG = Namespace(ONTOLOGY)
KIND = Namespace("https://w3id.org/perfgraph/code/kind#")
Check = Callable[..., tuple[Finding, ...]]
ENGLISH_WORDS = re.compile(r"[A-Za-z]{2,}")
MACHINE_TALK = re.compile(r"https?:|urn:|_:|\bn[0-9a-f]{20,}|\{[$?]\w+\}|\bLiteral\(")


def test_conforming_document_gives_no_finding(check: Check) -> None:
    assert check() == ()


def test_finding_on_a_value_has_rule_names_place_and_text(check: Check) -> None:
    (finding,) = check((EX["sat-t"], PG.lowerBound, Literal(Decimal("85.0"))))
    assert finding.rule == "C13"
    assert finding.severity is Severity.INFO
    assert finding.project == "示例津贴"
    assert finding.indicator == "受助人员满意度"
    assert finding.place == Place("targets.txt", table=2, row=12, column=5)
    assert finding.place_text == "≥95%"
    assert finding.expected == "≥90%"
    assert finding.found == "≥95%"
    assert finding.message.zh == "满意度指标“受助人员满意度”的指标值“≥95%”低于通常的90%。"
    assert "受助人员满意度" in finding.message.en
    assert finding.fix.zh
    assert finding.fix.en
    assert finding.waived is None


def test_place_of_a_description_is_its_column_in_the_row_of_the_indicator(check: Check) -> None:
    (finding,) = check((EX.qty, PG.indicatorDescription, "津贴发放人数"))
    assert finding.rule == "C18"
    assert finding.place == Place("targets.txt", table=2, row=7, column=4)
    assert finding.place_text == "津贴发放人数"


def test_place_is_read_from_the_iri_of_a_cell_that_is_not_described(check: Check) -> None:
    (finding,) = check((EX["qly-t"], PG.rawText, "≥**%"))
    assert finding.rule == "C10"
    assert finding.place == Place("targets.txt", table=2, row=8, column=5)
    assert finding.indicator == "津贴发放准确率"


def test_place_of_a_missing_value_is_its_empty_cell(check: Check) -> None:
    (finding,) = check((EX.sat, PG.target, None))
    assert finding.rule == "C07"
    assert finding.place == Place("targets.txt", table=2, row=12, column=5)
    assert finding.indicator == "受助人员满意度"


def test_place_of_a_missing_thing_is_the_table_of_its_project(check: Check) -> None:
    (finding,) = check((EX.p, PG.fiscalYear, None))
    assert finding.rule == "C01"
    assert finding.place == Place("targets.txt", table=2)
    assert finding.indicator is None
    assert finding.found == "0"
    assert finding.expected == "≥1"


def test_place_of_the_use_of_funds_is_its_header_cell(check: Check) -> None:
    (finding,) = check((EX.p, PG.fundsUse, "（填写资金用途）"))
    assert finding.rule == "C10"
    assert finding.place == Place("targets.txt", table=2, row=4, column=2)


def test_place_of_a_sum_is_the_cell_of_the_total(check: Check) -> None:
    (finding,) = check((EX.p, PG.budgetFiscal, Literal(Decimal("500000.0"))))
    assert finding.rule == "C14"
    assert finding.place == Place("targets.txt", table=2, row=3, column=3)
    assert finding.place_text == "60.00"
    assert (finding.expected, finding.found) == ("500,000", "600,000")
    for number in ("600,000", "500,000", "100,000"):
        assert number in finding.message.zh
        assert number in finding.message.en


def test_finding_without_provenance_has_no_place(document: Graph) -> None:
    facts = Graph()
    for triple in document:
        if not any(str(node).startswith("http://example.org/doc") for node in triple):
            facts.add(triple)
    facts.remove((EX.p, PG.goal, None))
    (finding,) = validate(stored(facts), load_shapes("cn-2015"))
    assert finding.rule == "C02"
    assert finding.place is None
    assert finding.project == "示例津贴"


def test_unit_finding_names_the_unit_and_the_table_of_its_project(check: Check) -> None:
    (finding,) = check((EX.unit, PG.unitCode, "35-32"))
    assert finding.rule == "C23"
    assert "“示例服务中心”" in finding.message.zh
    assert "“35-32”" in finding.message.zh
    assert finding.project is None
    assert finding.place == Place("targets.txt", table=2)


def test_no_sentence_holds_an_engine_word_a_blank_node_or_an_iri(check: Check) -> None:
    findings = check(*EVERYTHING_WRONG)
    assert len({finding.rule for finding in findings}) >= 12
    for finding in findings:
        for sentence in (finding.message.zh, finding.fix.zh, finding.message.en, finding.fix.en):
            assert not MACHINE_TALK.search(sentence), sentence
        assert not ENGLISH_WORDS.search(finding.message.zh), finding.message.zh
        assert finding.message.zh.endswith("。")
        assert finding.message.en.endswith(".")


def test_name_that_is_missing_is_said_to_be_missing(check: Check) -> None:
    findings = check((EX.p, PG.projectName, None), (EX.p, PG.goal, None))
    assert [finding.rule for finding in findings] == ["C02", "C01"]
    for finding in findings:
        assert finding.project is None
        assert "（未填写）" in finding.message.zh
        assert "(not filled in)" in finding.message.en


def test_findings_come_in_order_of_place_and_rule(check: Check) -> None:
    findings = check(*EVERYTHING_WRONG)
    places = [
        (f.place.file, f.place.table or 0, f.place.row or 0, f.place.column or 0)
        for f in findings
        if f.place is not None
    ]
    assert places == sorted(places)
    assert list(findings) == sorted(findings, key=order)
    assert len(set(findings)) == len(findings)


def test_same_graph_gives_the_same_findings(check: Check) -> None:
    assert check(*EVERYTHING_WRONG) == check(*EVERYTHING_WRONG)


def test_profile_follows_the_scheme_of_the_project(document: Graph) -> None:
    timeliness = (EX.p, PG.indicator, EX.tim)
    document.remove(timeliness)
    name, (finding,) = validate_by_scheme(stored(document))
    assert (name, finding.severity) == ("cn-2015", Severity.WARNING)
    document.set((EX.p, PG.indicatorProfile, SCHEME_2021))
    name, findings = validate_by_scheme(stored(document))
    assert name == "cn-2021"
    assert Severity.INFO in {f.severity for f in findings if f.rule == "C05b"}


def test_projects_of_two_schemes_are_judged_each_by_its_own(document: Graph) -> None:
    other = EX.other
    for subject, predicate, value in list(document.triples((EX.p, None, None))):
        if predicate not in (PG.indicator, PG.indicatorProfile):
            document.add((EX.other if subject == EX.p else subject, predicate, value))
    document.set((other, PG.projectName, Literal("另一个项目")))
    document.add((other, PG.indicatorProfile, SCHEME_2021))
    name, findings = validate_by_scheme(stored(document))
    assert name == "cn-2015+cn-2021"
    severities = {(f.project, f.severity) for f in findings if f.rule == "C05b"}
    assert severities == {("另一个项目", Severity.INFO)}


def test_project_without_a_scheme_is_judged_by_the_core_rules_alone(document: Graph) -> None:
    document.remove((EX.p, PG.indicatorProfile, None))
    document.remove((EX.p, PG.indicator, EX.sat))
    assert validate_by_scheme(stored(document)) == ("core", ())


SCHEME_2021 = URIRef("https://w3id.org/perfgraph/code/category-2021#scheme")
EVERYTHING_WRONG: tuple[tuple[URIRef, URIRef, object], ...] = (
    (EX.p, PG.fiscalYear, None),
    (EX.p, PG.budgetFiscal, Literal(Decimal("700000.0"))),
    (EX.goal, PG.goalText, "用于按月发放示例津贴。"),
    (EX.unit, PG.unitCode, "35-32"),
    (EX.qty, PG.indicatorDescription, "津贴发放人数"),
    (EX["qty-t"], PG.unit, None),
    (EX["qly-t"], PG.rawText, "≥**%"),
    (EX["tim-t"], PG.rawText, "无"),
    (EX["cst-t"], PG.comparator, URIRef("https://w3id.org/perfgraph/code/comparator#ge")),
    (EX["cst-t"], PG.upperBound, Literal(Decimal("70000.0"))),
    (EX["bso-t"], PG.valueKind, KIND.text),
    (EX["sat-t"], PG.numericValue, Literal(Decimal("290.0"))),
    (EX.bso, PG.target, None),
    (EX.sat, PG.level2Text, "质量指标"),
    (EX.sat, PG.level2, URIRef("https://w3id.org/perfgraph/code/category-2015#output-quality")),
    (EX.bso, PG.dimension, None),
)
