"""Plans in a store: they supersede, stand beside their evaluations, and no question counts them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import QueryBoolean

from perfgraph import triples
from perfgraph.iris import Minter
from perfgraph.model import Place
from perfgraph.questions import catalogue
from perfgraph.records import Given, load, read
from perfgraph.serialisation import nquads
from perfgraph.store import OutcomeKind, Store, Submission, duplicated_triples
from tests.records.tables import tables
from tests.store.answers import rows

LAYOUTS = Path(__file__).parents[1] / "records" / "layouts"
TARGET = """
# 2023年部门整体支出绩效目标表
# 单位：万元
部门 | 金寨县茶谷和美丽乡村建设服务中心 >3
年度资金总额 | 329.77 >3
年度目标 | 建设美丽乡村 >3
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 指标2:建设美丽宜居自然村庄数量 | ≥200
"""
ABOUT_ANY_INDICATOR = {"provenance"}
"""Asks where one target stands, whatever it belongs to; it counts nothing."""


def submission(drawn: str, name: str, digit: str) -> Submission:
    document = read(Place(name), digit * 64, tables(drawn, name), Given(), load())
    return Submission(name, nquads(triples.quads(document, Minter(), "0.1.0")))


def layout(name: str) -> str:
    return (LAYOUTS / f"{name}.table").read_text("utf-8")


def test_loading_a_plan_does_not_say_that_it_is_a_project(store: Store) -> None:
    (outcome,) = store.load([submission(TARGET, "plan.docx", "1")]).outcomes
    assert outcome.message.en == "loaded, plans: 1"
    assert outcome.message.zh == "已载入，整体或区域绩效目标 1 个"


def test_a_corrected_plan_supersedes_the_old_one(store: Store) -> None:
    store.load([submission(TARGET, "old.docx", "1")])
    corrected = submission(TARGET.replace("≥200", "≥210"), "new.docx", "2")
    assert store.load([corrected]).outcomes[0].kind is OutcomeKind.SUPERSEDING
    assert rows(store, "SELECT ?v { ?i pg:target/pg:rawText ?v }") == [("≥210",)]


def test_an_evaluation_stands_beside_the_targets_of_its_plan(store: Store) -> None:
    evaluation = submission(layout("f20-anhui-department-evaluation"), "self.docx", "2")
    store.load([submission(TARGET, "target.docx", "1"), evaluation])
    assert len(store.documents()) == 2
    assert duplicated_triples(store) == []
    assert rows(store, "SELECT ?t { ?p a pg:DepartmentPlan ; pg:budgetTotal ?t }") == [("3297700",)]
    met = "SELECT ?t ?a { ?i pg:target/pg:rawText ?t ; pg:actual/pg:rawText ?a . ?i pg:order 1 }"
    assert ("≥200", "202") in rows(store, met)


def test_adjusted_targets_and_core_marks_stand_beside_the_targets(store: Store) -> None:
    drawn = layout("f23-chongqing-adjusted-targets")
    target = drawn.replace("绩效自评表", "绩效目标表").replace("全年完成值", "备注")
    target = target.replace("是否核心指标", "说明").replace("调整指标值", "指标解释")
    evaluation = submission(drawn, "self.docx", "2")
    store.load([submission(target, "target.docx", "1"), evaluation])
    assert duplicated_triples(store) == []
    assert rows(store, "SELECT (COUNT(?t) AS ?n) { ?i pg:target ?t }") == [("3",)]
    assert rows(store, "SELECT (COUNT(?t) AS ?n) { ?i pg:revisedTarget ?t }") == [("3",)]
    assert rows(store, "SELECT (COUNT(?i) AS ?n) { ?i pg:isCore true }") == [("1",)]


def test_monitoring_stands_beside_targets_and_evaluation(store: Store) -> None:
    drawn = layout("monitoring-project")
    target = drawn.replace("执行监控表", "表").replace("1-7月执行情况", "备注")
    monitoring = submission(drawn, "monitoring.docx", "2")
    store.load([submission(target, "target.docx", "1"), monitoring])
    assert {one.role.rpartition("#")[2] for one in store.documents()} == {"target", "monitoring"}
    assert duplicated_triples(store) == []
    assert rows(store, "SELECT (COUNT(?t) AS ?n) { ?i pg:target ?t }") == [("4",)]
    assert rows(store, "SELECT (COUNT(?v) AS ?n) { ?i pg:interim ?v }") == [("4",)]


@pytest.mark.parametrize(
    "name", ["f18-chongqing-county", "f19-fujian-department", "f20-anhui-department-evaluation"]
)
def test_no_question_counts_a_plan(name: str, store: Store) -> None:
    store.load([submission(layout(name), "plan.docx", "1")])
    for question in catalogue():
        if question.name in ABOUT_ANY_INDICATOR:
            continue
        answer = store.query(question.bind({}), history=question.dataset == "history")
        assert not isinstance(answer, QueryBoolean)
        assert list(answer) == [], question.name
