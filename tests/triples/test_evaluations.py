"""A self-evaluation and a twin form as triples: results, periods, phases, each with its cell."""

from __future__ import annotations

import pytest
from pyoxigraph import QuerySolutions, Store

from perfgraph import triples
from perfgraph.iris import Minter
from perfgraph.model import Place
from perfgraph.records import Given, load, read
from tests.records.tables import tables

PREFIXES = """
PREFIX pg: <https://w3id.org/perfgraph/ontology#>
PREFIX pgp: <https://w3id.org/perfgraph/code/phase#>
PREFIX pgt: <https://w3id.org/perfgraph/code/target-period#>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""
EVALUATION = """
绩效目标自评表(2019年度) >9
项目名称 | 临时救助 >8
主管部门 | [155]濉溪县民政局 >8
资金情况(万元) ^4 | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 >2 | 得分
年度资金总额: | 30 | 30 | 29.4 | 10 | 98% >2 | 9.8
其中:本年财政拨款 | 20 | 20 | 20 | — | 100% >2 | —
上年结转资金 | 10 | 10 | 9.4 | — | >2 | —
年度总体目标 ^2 | 预期目标 >4 | 实际完成情况 >4
救助困难群众。 >4 | 全年救助87人次。 >4
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 >2
产出指标(50分) | 数量指标 | 救助人次 | >=90人次 | 87人次 | 50 | 48 | 申请减少 >2
总分 >5 | 100 | 96 | >2
"""
TWIN = """
# 353215天津市某中心
# 单位：万元（2023年度）
项目名称 | 甲项目 >6
项目资金 ^2 | 中期资金总额 | 170 >2 | 年度资金总额 | 340 >2
其中:财政拨款 | 170 >2 | 其中:财政拨款 | 340 >2
总体目标 ^2 | 中期目标(2023年—2025年) >3 | 年度目标 >3
保障运行三年 >3 | 保障运行 >3
一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 修理车辆 | ≥90辆 | 数量指标 | 修理车辆 | ≥30辆
"""


def store(drawn: str) -> Store:
    document = read(Place("a.docx"), "0" * 64, tables(drawn), Given(), load())
    filled = Store()
    filled.extend(triples.quads(document, Minter(), "0.0.0"))
    return filled


@pytest.fixture(scope="module")
def evaluation() -> Store:
    return store(EVALUATION)


@pytest.fixture(scope="module")
def twin() -> Store:
    return store(TWIN)


def ask(filled: Store, pattern: str) -> set[tuple[str, ...]]:
    names = [word for word in dict.fromkeys(pattern.replace(".", " ").split()) if word[0] == "?"]
    wanted = [name for name in names if name.isupper()]
    query = f"{PREFIXES} SELECT {' '.join(wanted)} WHERE {{ {pattern} }}"
    found = filled.query(query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    return {tuple(str(getattr(row[name[1:]], "value", None)) for name in wanted) for row in found}


def test_an_actual_value_stands_beside_the_target_it_was_printed_with(evaluation: Store) -> None:
    pattern = (
        "?i pg:actual ?a . ?a a pg:ActualValue ; pg:rawText ?TEXT ; pg:againstText ?TARGET ; "
        "pg:numericValue ?NUMBER ; prov:wasDerivedFrom ?cell . ?cell pg:rawText ?TEXT "
    )
    assert ask(evaluation, pattern) == {("87人次", ">=90人次", "87")}


def test_score_weight_and_reason_are_of_the_indicator(evaluation: Store) -> None:
    pattern = "?i pg:weight ?W ; pg:level1Weight ?L ; pg:score ?S ; pg:deviationReason ?R "
    assert ask(evaluation, pattern) == {("50", "50", "48", "申请减少")}


def test_each_phase_of_an_amount_is_a_node_of_its_own(evaluation: Store) -> None:
    pattern = "?b pg:fundingText '年度资金总额:' ; pg:budgetPhase ?PHASE ; pg:amount ?YUAN "
    phases = {(phase.partition("#")[2], yuan) for phase, yuan in ask(evaluation, pattern)}
    assert phases == {("approved", "300000"), ("revised", "300000"), ("executed", "294000")}
    rated = "?b pg:budgetPhase pgp:executed ; pg:executionRate ?R ; pg:executionScore ?S "
    assert ask(evaluation, rated) == {("98", "9.8")}


def test_money_carried_over_is_marked_and_the_parts_need_not_add_up(evaluation: Store) -> None:
    carried = "?b pg:carriedOver true ; pg:budgetPhase pgp:approved ; pg:amount ?YUAN "
    assert ask(evaluation, carried) == {("100000",)}
    assert ask(evaluation, "?b pg:carriedOver true ; pg:fundingSource ?SOURCE ") == set()
    total = "?p pg:budgetTotal ?YUAN ; pg:budgetAmount ?b . ?b pg:amount ?YUAN ; "
    assert ask(evaluation, total + "pg:componentsExhaustive false ") == {("300000",)}


def test_the_evaluation_says_what_was_achieved(evaluation: Store) -> None:
    pattern = "?e a pg:SelfEvaluation ; pg:evaluates ?p ; pg:totalScore ?S ; pg:goalAchievement ?A "
    assert ask(evaluation, pattern) == {("96", "全年救助87人次。")}
    roles = ask(evaluation, "?d pg:documentRole ?ROLE ")
    assert {role.partition("#")[2] for (role,) in roles} == {"self-evaluation"}


def test_targets_of_two_periods_belong_to_one_indicator(twin: Store) -> None:
    assert ask(twin, "?I a pg:Indicator ; pg:indicatorName ?NAME ")
    annual = "?i pg:target ?t . ?t pg:rawText ?TEXT FILTER NOT EXISTS { ?t pg:targetPeriod ?any }"
    assert ask(twin, annual) == {("≥30辆",)}
    assert ask(twin, "?t pg:targetPeriod pgt:midterm ; pg:rawText ?TEXT ") == {("≥90辆",)}
    assert len(ask(twin, "?I a pg:Indicator ")) == 1


def test_goals_say_their_period_where_the_form_tells_two(twin: Store) -> None:
    pattern = "?g pg:goalPeriod ?PERIOD ; pg:goalText ?TEXT "
    found = {(period.partition("#")[2], text) for period, text in ask(twin, pattern)}
    assert found == {("midterm", "保障运行三年"), ("annual", "保障运行")}


def test_only_the_years_money_is_the_budget(twin: Store) -> None:
    assert ask(twin, "?p pg:budgetTotal ?YUAN ") == {("3400000",)}
    assert ask(twin, "?p pg:budgetAmount ?b . ?b pg:amount ?YUAN ") == {("3400000",)}


def test_money_of_another_period_says_so_and_has_its_cell(twin: Store) -> None:
    pattern = """?p pg:periodAmount ?b . ?b pg:fundingText ?TEXT ; pg:amount ?YUAN ;
        pg:amountPeriod pgt:midterm ; prov:wasDerivedFrom/pg:columnIndex ?COLUMN """
    assert ask(twin, pattern) == {
        ("中期资金总额", "1700000", "3"),
        ("其中:财政拨款", "1700000", "3"),
    }


def test_the_department_is_described(evaluation: Store) -> None:
    assert ask(evaluation, "?p pg:department ?d . ?d pg:unitCode ?CODE ; pg:unitName ?NAME ") == {
        ("155", "濉溪县民政局")
    }
