"""Targets for places and ladders of grades as triples: each can be asked for, and has its cell."""

from __future__ import annotations

import pytest
from pyoxigraph import QuerySolutions, Store

from perfgraph import triples
from perfgraph.iris import Minter
from perfgraph.model import Place
from perfgraph.records import Given, load, read
from perfgraph.validation import data_graph, validate_by_scheme
from tests.records.tables import tables

PREFIXES = """
PREFIX pg: <https://w3id.org/perfgraph/ontology#>
PREFIX pgg: <https://w3id.org/perfgraph/code/grade#>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""
MATRIX = """
# 2025年农村饮水安全项目绩效目标表
# 350305秀屿区水利局
项目名称 | 农村饮水安全项目 >6
预算数(万元) | 120 >6
一级指标 ^2 | 二级指标 ^2 | 三级指标 ^2 | 计量单位 ^2 | 指标值 >3
合计 | 东庄镇 | 月塘镇
产出指标 ^3 | 数量指标 | 改造供水管网 | 公里 | ≥12 | ≥7 | ≥5
数量指标 | 安装水表 | | ≥120块 | ≥70 | 按需安装
成本指标 | 补助金额 | 万元 | ≤120 | ≤70 | ≤50
"""
LADDER = """
# 2019年预算项目绩效目标
# 1、困难群众救助补助绩效目标表
# 预算单位：邯郸市民政局
绩效目标 | 保障基本生活。 >6
绩效指标分类 ^2 | 绩效指标 ^2 | 评价标准 >4 | 评价标准确定依据 ^2
优 | 良 | 中 | 差
产出指标 | 救助覆盖率 | 100% | 90% | 85% | 85% | 按临时救助标准评价
产出指标 | 补助发放及时 | 按时 | 延迟10天以内 | 延迟1个月以内 | 延迟1个月以上 |
效果指标 | 满意度 | 85% | 80% | 70% | 70% | 按服务对象满意度评价
"""


def store(drawn: str) -> Store:
    document = read(Place("a.docx"), "0" * 64, tables(drawn), Given(), load())
    filled = Store()
    filled.extend(triples.quads(document, Minter(), "0.0.0"))
    return filled


@pytest.fixture(scope="module")
def matrix() -> Store:
    return store(MATRIX)


@pytest.fixture(scope="module")
def ladder() -> Store:
    return store(LADDER)


def ask(store: Store, query: str) -> list[tuple[str | None, ...]]:
    rows = store.query(PREFIXES + query, use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    count = len(rows.variables)
    return [
        tuple(str(r[i].value) if r[i] is not None else None for i in range(count)) for r in rows
    ]


def test_a_place_has_a_target_of_its_own_beside_that_of_all(matrix: Store) -> None:
    rows = ask(
        matrix,
        """SELECT ?place ?km WHERE {
             ?i pg:indicatorName "改造供水管网" ; pg:target ?t . ?t pg:numericValue ?km
             OPTIONAL { ?t pg:placeText ?place } } ORDER BY ?km""",
    )
    assert rows == [("月塘镇", "5"), ("东庄镇", "7"), (None, "12")]


def test_the_target_of_a_place_leads_to_its_cell_and_the_name_to_its_own(matrix: Store) -> None:
    (row,) = ask(
        matrix,
        """SELECT ?text ?r ?c WHERE {
             ?i pg:indicatorName "改造供水管网" ; pg:target ?t . ?t pg:placeText "月塘镇" ;
             prov:wasDerivedFrom ?cell . ?cell pg:rawText ?text ; pg:rowIndex ?r ; pg:columnIndex ?c
           }""",
    )
    assert row == ("≥5", "5", "7")
    names = ask(
        matrix,
        "SELECT ?text WHERE { ?c pg:cellRole pg:placeText ; pg:rawText ?text } ORDER BY ?text",
    )
    assert names == [("东庄镇",), ("月塘镇",)]


def test_each_target_of_a_place_is_judged_and_none_is_added_to_the_budget(matrix: Store) -> None:
    _, findings = validate_by_scheme(data_graph(matrix.quads_for_pattern(None, None, None, None)))
    judged = {(f.rule, f.found, f.place and f.place.fragment) for f in findings}
    assert ("C08", "按需安装", "t1.r6.c7") in judged
    assert ("C09", "≥70", "t1.r6.c6") in judged
    assert not [f for f in findings if f.rule == "C15a"]


def test_a_grade_is_found_by_the_number_that_reaches_it(ladder: Store) -> None:
    rows = ask(
        ladder,
        """SELECT ?grade ?least ?below ?text ?cell WHERE {
             ?i pg:indicatorName "救助覆盖率" ; pg:target/pg:threshold ?step .
             ?step pg:grade ?grade ; pg:rawText ?text ; prov:wasDerivedFrom/pg:columnIndex ?cell
             OPTIONAL { ?step pg:lowerBound ?least } OPTIONAL { ?step pg:upperBound ?below }
           } ORDER BY ?cell""",
    )
    grade = "https://w3id.org/perfgraph/code/grade#"
    assert rows == [
        (f"{grade}excellent", "100", None, "100%", "3"),
        (f"{grade}good", "90", None, "90%", "4"),
        (f"{grade}fair", "85", None, "85%", "5"),
        (f"{grade}poor", None, "85", "85%", "6"),
    ]


def test_steps_that_are_no_numbers_keep_their_text(ladder: Store) -> None:
    rows = ask(
        ladder,
        """SELECT ?text WHERE {
             ?i pg:indicatorName "补助发放及时" ; pg:target/pg:threshold ?step .
             ?step pg:grade pgg:poor ; pg:rawText ?text }""",
    )
    assert rows == [("延迟1个月以上",)]


def test_a_ladder_is_a_value_that_can_be_measured(ladder: Store) -> None:
    _, findings = validate_by_scheme(data_graph(ladder.quads_for_pattern(None, None, None, None)))
    assert {f.rule for f in findings} >= {"C07"}  # the form has no second level
    assert not [f for f in findings if f.rule in {"C08", "C09", "C13"}]
    assert not [f for f in findings if f.rule == "C07" and "指标值" in f.message.zh]
