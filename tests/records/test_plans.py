"""A table about a department or a region is a plan of its own: it is never a project."""

from __future__ import annotations

import pytest

from perfgraph.model import DepartmentPlan, Document, Place, RegionalPlan
from perfgraph.records import Given, load, read
from perfgraph.records.errors import DuplicatePlanError, MissingColumnError, NoTargetTableError
from tests.records.tables import tables

PROJECT = """
# 353215天津市某中心
# 单位：万元
项目名称 | 甲项目 >3
项目类型 | 项目支出 >3
预算数 | 10 >3
绩效目标 | 目标 >3
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 服务人数 | ≥7人
"""
DEPARTMENT = """
# 部门整体支出绩效目标表
# 2019年度
部门(单位)名称 | 天津市某中心 >2 | 部门预算编码 | 353215
年度预算安排(万元) ^2 | 资金总额 >2 | 171.41 >2
基本支出 >2 | 110.61 >2
年度主要任务 ^4 | 任务名称 | 主要内容 | 年度预算金额(万元) >2
基本支出 | 保障运转 | 110.61 >2
甲项目 | 办好甲事 | 60.8 >2
金额合计 | | 171.41 >2
一级指标 | 二级指标 | 三级指标 | 指标解释 | 目标值
产出指标 | 数量指标 | 工作经费的供应时效 | 100%(历史标准) | 100%
"""
REGION = """
生猪(牛羊)调出大县奖励资金区域绩效目标表 >5
资金名称 >2 | 生猪(牛羊)调出大县奖励资金 >3
中央主管部门 >2 | 财政部、农业农村部 >3
省级财政部门 >2 | 重庆市财政局 >3
区县主管部门 >2 | 忠县农业农村委员会 >3
一级指标 | 二级指标 | 三级指标 | 单位 | 指标值
产出指标 | 数量指标 | 猪肉产量稳定率 | % | ≥95%
"""
TRANSFER_TO_A_UNIT = """
# 医疗救助补助资金转移支付项目绩效目标自评表
# (2024年度)
转移支付(项目)名称 >2 | 医疗救助补助资金 >4
中央主管部门 >2 | 医疗保障局 >4
地方主管部门 >2 | 霍山县医疗保障局 | 资金使用单位 | 霍山县医疗保障中心 >2
绩效指标 ^2 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 全年实际完成值
产出指标 | 数量指标 | 享受医疗救助人次 | ≥50000人次 | 110406
"""


def read_drawn(*drawn: str) -> Document:
    return read(Place("a.docx"), "0" * 64, tables("\n---\n".join(drawn)), Given(), load())


def department(drawn: str = DEPARTMENT) -> DepartmentPlan:
    (plan,) = read_drawn(drawn).plans
    assert isinstance(plan, DepartmentPlan)
    return plan


def test_a_department_is_known_by_its_title_and_is_no_project() -> None:
    document = read_drawn(DEPARTMENT)
    assert (document.role, document.projects) == ("department-target", ())
    assert (department().unit.code, department().unit.name) == ("353215", "天津市某中心")


def test_a_department_is_known_by_its_labels_where_no_title_is_printed() -> None:
    document = read_drawn(DEPARTMENT.replace("# 部门整体支出绩效目标表\n", ""))
    assert document.role == "department-target"


def test_a_department_with_a_cell_for_a_project_name_is_known_by_its_title() -> None:
    drawn = """
    2024年度部门整体绩效自评表 >4
    项目名称: | 重庆市忠县科学技术协会整体监控 | 项目编码: | 50023300024P000060
    项目主管部门: | 705-重庆市忠县科学技术协会 >3
    一级指标 | 二级指标 | 三级指标 | 指标值
    产出指标 | 数量指标 | 培训场次 | 10场
    """
    plan = department(drawn)
    assert plan.role == "department-evaluation"
    assert (plan.name, plan.code) == ("重庆市忠县科学技术协会整体监控", "50023300024P000060")


def test_the_title_nearest_to_the_table_decides() -> None:
    drawn = PROJECT.replace("# 353215", "# 部门整体支出绩效目标表\n# 项目支出绩效目标表\n# 353215")
    assert [project.name for project in read_drawn(drawn).projects] == ["甲项目"]


def test_a_title_that_the_labels_do_not_bear_out_is_that_of_another_table() -> None:
    drawn = PROJECT.replace("# 353215", "# 部门整体支出绩效目标表\n# 353215")
    assert [project.name for project in read_drawn(drawn).projects] == ["甲项目"]


def test_a_label_in_the_first_rows_is_no_title() -> None:
    drawn = DEPARTMENT.replace("基本支出 >2 | 110.61 >2", "项目支出 >2 | 60.8 >2")
    assert read_drawn(drawn).role == "department-target"


def test_kinds_of_expenditure_are_parts_of_the_money_and_have_no_source() -> None:
    amounts = [(a.source, a.expenditure, str(a.yuan)) for a in department().amounts]
    assert amounts == [("total", None, "1714100.00"), (None, "basic", "1106100.00")]


def test_in_a_project_they_are_only_words() -> None:
    (project,) = read_drawn(PROJECT).projects
    assert project.attribute == "项目支出"
    assert [amount.source for amount in project.amounts] == ["total"]


def test_tasks_have_names_contents_and_amounts() -> None:
    tasks = department().tasks
    assert [task.name.text for task in tasks if task.name] == ["基本支出", "甲项目"]
    assert [task.content.text for task in tasks if task.content] == ["保障运转", "办好甲事"]
    assert [str(a.yuan) for task in tasks for a in task.amounts] == ["1106100.00", "608000.0"]


def test_the_sum_of_the_tasks_is_the_money_only_where_no_other_total_is_printed() -> None:
    document = read_drawn(DEPARTMENT)
    assert [cell.text for cell in document.unused] == ["171.41"]
    row = "年度预算安排(万元) ^2 | 资金总额 >2 | 171.41 >2\n基本支出 >2 | 110.61 >2\n"
    without = read_drawn(DEPARTMENT.replace(row, ""))
    assert [str(amount.yuan) for amount in without.plans[0].amounts] == ["1714100.00"]
    assert without.unused == ()


def test_a_region_is_known_by_its_offices_and_keeps_them() -> None:
    drawn = REGION.replace("生猪(牛羊)调出大县奖励资金区域绩效目标表 >5\n", "")
    (plan,) = read_drawn(drawn).plans
    assert isinstance(plan, RegionalPlan)
    assert plan.role == "regional-target"
    assert [(one.level, one.name) for one in plan.authorities] == [
        ("county", "忠县农业农村委员会"),
        ("province", "重庆市财政局"),
        ("central", "财政部、农业农村部"),
    ]
    assert (plan.unit.name, plan.unit.region.code) == ("忠县农业农村委员会", "500233")


def test_a_transfer_to_one_unit_is_a_project_and_its_other_office_is_told() -> None:
    document = read_drawn(TRANSFER_TO_A_UNIT)
    (project,) = document.projects
    assert (document.role, project.unit.name) == ("self-evaluation", "霍山县医疗保障中心")
    assert project.department is not None
    assert project.department.name == "霍山县医疗保障局"
    assert [cell.text for cell in document.unused] == ["医疗保障局"]


@pytest.mark.parametrize("drawn", [(DEPARTMENT, PROJECT), (PROJECT, DEPARTMENT)])
def test_a_department_and_its_projects_may_stand_in_one_document(drawn: tuple[str, str]) -> None:
    document = read_drawn(*drawn)
    assert document.role == "target"
    assert [project.name for project in document.projects] == ["甲项目"]
    assert [plan.role for plan in document.plans] == ["department-target"]
    assert [subject.order for subject in document.subjects] == [1, 1]


def test_a_project_below_a_department_in_one_table_is_read_too() -> None:
    body = "\n".join(line for line in PROJECT.split("\n") if not line.startswith("#"))
    document = read_drawn(f"{DEPARTMENT.rstrip()}\n353215天津市某中心 >5{body}")
    assert [project.name for project in document.projects] == ["甲项目"]
    assert [len(plan.indicators) for plan in document.plans] == [1]


def test_what_a_form_says_of_its_department_is_surer_than_a_line_above_it() -> None:
    drawn = DEPARTMENT.replace("# 2019年度", "# 2019年度\n# 353000天津市某局")
    assert department(drawn).unit.name == "天津市某中心"


def test_a_line_that_begins_with_two_years_is_no_unit() -> None:
    drawn = PROJECT.replace("# 353215天津市某中心", "# 2025-2026松线虫病防治\n# 353215天津市某中心")
    assert read_drawn(drawn).unit.name == "天津市某中心"


def test_two_plans_of_one_department_are_refused() -> None:
    with pytest.raises(DuplicatePlanError, match=r"a\.docx#t1"):
        read_drawn(DEPARTMENT, DEPARTMENT)


def test_two_transfers_of_one_region_are_two_plans() -> None:
    document = read_drawn(REGION, REGION.replace("奖励资金", "补助资金"))
    assert len(document.plans) == 2
    with pytest.raises(DuplicatePlanError):
        read_drawn(REGION, REGION)


def test_a_department_without_indicators_is_told_what_is_missing() -> None:
    top = DEPARTMENT.partition("一级指标")[0]
    with pytest.raises(MissingColumnError, match="三级指标"):
        read_drawn(top)
    without_title = "\n".join(line for line in top.split("\n") if not line.startswith("#"))
    with pytest.raises(NoTargetTableError):
        read_drawn(without_title)
