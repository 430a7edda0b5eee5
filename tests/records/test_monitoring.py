"""A monitoring table says what was reached within the year: it is no evaluation and no target."""

from __future__ import annotations

from datetime import date

import pytest

from perfgraph.model import Document, Indicator, Place, ValueRole
from perfgraph.records import Given, load, read
from perfgraph.records.labels import months_of
from tests.records.tables import tables

MONITORING = """
# 2025年项目支出绩效运行监控表
# 353215天津市某中心
# 单位：万元
项目名称 | 甲项目 >5
项目资金 ^2 | >2 | 年初预算数 | 1-7月执行数 | 1-7月执行率
年度资金总额 >2 | 10 | 4 | 40%
绩效目标 | 目标 >5
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1-7月执行情况 | 偏差原因分析
产出指标 | 数量指标 | 服务人数 | ≥7人 | 3人 | 进度较慢
"""


def read_drawn(drawn: str) -> Document:
    return read(Place("a.docx"), "0" * 64, tables(drawn), Given(), load())


def indicator(drawn: str) -> Indicator:
    (found,) = read_drawn(drawn).indicators()
    return found


def test_the_title_or_a_column_of_months_makes_it_monitoring() -> None:
    assert read_drawn(MONITORING).role == "monitoring"
    without_title = MONITORING.replace("绩效运行监控表", "表")
    assert read_drawn(without_title).role == "monitoring"


def test_interim_results_have_their_months_and_are_no_results_of_the_year() -> None:
    found = indicator(MONITORING)
    (interim,) = found.other_values
    assert (interim.role, str(interim.values[0].number)) == (ValueRole.INTERIM, "3")
    assert (interim.start, interim.end) == (date(2025, 1, 1), date(2025, 7, 31))
    assert found.actuals == ()
    assert found.deviation_reason == "进度较慢"


def test_in_a_monitoring_table_a_column_of_results_is_interim() -> None:
    found = indicator(MONITORING.replace("1-7月执行情况", "实际完成值"))
    assert [one.role for one in found.other_values] == [ValueRole.INTERIM]
    assert found.other_values[0].start is None
    assert found.actuals == ()


def test_in_a_self_evaluation_it_is_not() -> None:
    drawn = MONITORING.replace("1-7月执行情况", "实际完成值").replace("运行监控", "自评")
    assert (indicator(drawn).other_values, len(indicator(drawn).actuals)) == ((), 1)


def test_money_spent_within_the_year_has_a_phase_of_its_own() -> None:
    (project,) = read_drawn(MONITORING).projects
    told = [(a.phase, a.execution_rate) for a in project.amounts]
    assert told == [("approved", None), ("interim", 40)]


@pytest.mark.parametrize("label", ["13月执行数", "9-7月完成值", "执行率"])
def test_what_names_no_months_names_none(label: str) -> None:
    assert months_of(label) is None
