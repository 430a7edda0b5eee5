"""The words that all forms of an inspection for people share: headings, facts, legends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from perfgraph.inspection.cell_roles import CellRole
from perfgraph.inspection.layout import Feature
from perfgraph.inspection.needs import Need
from perfgraph.model import (
    DepartmentPlan,
    DocumentRole,
    Grade,
    Period,
    Phase,
    Project,
    RegionalPlan,
    Scheme,
    ValueRole,
)
from perfgraph.text import Language, Text

_Token = TypeVar("_Token", bound=str)

TITLE = Text(zh="识读检查", en="Inspection")
FILE = Text(zh="文件", en="File")
REFUSED = Text(zh="没有读成记录", en="No record was made")
COUNTS = Text(
    zh="单元格：标签 {label}，值 {value}，空缺符号 {mark}，未使用 {unused}",
    en="Cells: {label} labels, {value} values, {mark} marks for nothing, {unused} unused",
)
LEGEND = Text(zh="图例", en="Legend")
COVERED = Text(zh="< 左格延伸，^ 上格延伸", en="< goes on from the left, ^ from above")
TABLE = Text(zh="表 {n}", en="Table {n}")
HEADING = Text(zh="表上方：{text}", en="Above the table: {text}")
UNREAD = Text(zh="没有读入", en="left unread")
NEEDS = Text(zh="目标表需要：", en="What a target table needs:")
FOUND = Text(zh="有（{place}“{text}”）", en="found ({place}: {text})")
LACKING = Text(zh="没有找到", en="not found")
CANDIDATES = Text(
    zh="；表头行中不认得：{texts}（用 --labels 指明写法）",
    en="; unknown in the header row: {texts} (name its spelling with --labels)",
)
SUBJECT = Text(zh="{word} {n}：{name}", en="{word} {n}: {name}")
SUBJECTS = {
    Project: Text(zh="项目", en="Project"),
    DepartmentPlan: Text(zh="部门整体", en="Department plan"),
    RegionalPlan: Text(zh="区域计划", en="Regional plan"),
}
NO_NAME = Text(zh="（没有名称）", en="(no name)")
CONFIDENCE = Text(zh="置信度", en="Confidence")
FULL = Text(zh="依据齐全", en="all the evidence is there")
LAYOUT = Text(zh="版式", en="Layout")
SCHEME = Text(zh="指标体系", en="Scheme")
NO_SCHEME = Text(zh="没有认出", en="none recognised")
YEAR = Text(zh="年度", en="Year")
UNIT = Text(zh="预算单位", en="Budget unit")
REGION = Text(zh="行政区划", en="Region")
MONEY = Text(zh="资金", en="Funds")
FUNDS_USE = Text(zh="资金用途", en="Use of funds")
GOALS = Text(zh="绩效目标", en="Goals")
REVISED_GOALS = Text(zh="调整后绩效目标", en="Adjusted goals")
DEPARTMENT = Text(zh="主管部门", en="Department")
TERM = Text(zh="起止时间", en="Term")
ATTRIBUTE = Text(zh="项目属性", en="Attribute")
DUTY = Text(zh="部门职能", en="Duty")
TASKS = Text(zh="主要任务", en="Tasks")
AUTHORITIES = Text(zh="主管单位", en="Authorities")
EVALUATION = Text(zh="自评", en="Evaluation")
MORE = Text(zh="其他", en="More")
NUMBER = Text(zh="序", en="No.")
LEVELS = Text(zh="级别", en="Levels")
INDICATOR = Text(zh="指标", en="Indicator")
PRINTED = Text(zh="印出的值", en="As printed")
UNDERSTOOD = Text(zh="读成", en="Understood as")
IN_WORDS = Text(zh="（文字）", en="(words)")
YUAN = Text(zh="元", en="yuan")
ACTUAL = Text(zh="实际", en="actual")
REMARKS = Text(zh="修复、没有读懂或有假定的值", en="Values repaired, not understood, or assumed")
UNUSED = Text(zh="没有使用的单元格", en="Cells that were not used")
NONE = Text(zh="没有", en="None")
PLACE = Text(zh="位置", en="Place")
TEXT = Text(zh="文字", en="Text")
WHY = Text(zh="说明", en="Why")
CUT = Text(
    zh="长的文字在表中截短；--to html 显示全文",
    en="Long texts are cut in the tables; --to html shows them whole",
)

ROLES = {
    DocumentRole.TARGET: Text(zh="绩效目标表", en="targets"),
    DocumentRole.SELF_EVALUATION: Text(zh="绩效自评表", en="self-evaluation"),
    DocumentRole.MONITORING: Text(zh="绩效运行监控表", en="monitoring"),
    DocumentRole.DEPARTMENT_TARGET: Text(zh="部门整体绩效目标表", en="targets of a department"),
    DocumentRole.DEPARTMENT_EVALUATION: Text(
        zh="部门整体自评表", en="self-evaluation of a department"
    ),
    DocumentRole.REGIONAL_TARGET: Text(zh="区域绩效目标表", en="targets of a region"),
    DocumentRole.REGIONAL_EVALUATION: Text(zh="区域自评表", en="self-evaluation of a region"),
}
PHASES = {
    Phase.APPROVED: Text(zh="年初预算", en="approved"),
    Phase.REVISED: Text(zh="调整预算", en="revised"),
    Phase.EXECUTED: Text(zh="执行", en="executed"),
    Phase.INTERIM: Text(zh="监控期执行", en="spent so far"),
    Phase.FORECAST: Text(zh="全年预计执行", en="expected for the year"),
}
GRADES = {
    Grade.EXCELLENT: Text(zh="优", en="excellent"),
    Grade.GOOD: Text(zh="良", en="good"),
    Grade.FAIR: Text(zh="中", en="fair"),
    Grade.POOR: Text(zh="差", en="poor"),
}
OTHER_VALUES = {
    ValueRole.REVISED: Text(zh="调整后", en="adjusted"),
    ValueRole.INTERIM: Text(zh="监控期完成", en="so far"),
    ValueRole.FORECAST: Text(zh="预计完成", en="expected"),
}
PERIODS = {
    Period.ANNUAL: Text(zh="年度", en="year"),
    Period.HALF_YEAR: Text(zh="半年", en="half-year"),
    Period.MIDTERM: Text(zh="中期", en="mid-term"),
    Period.IMPLEMENTATION: Text(zh="实施期", en="whole term"),
    Period.PREVIOUS_ACTUAL: Text(zh="上年实际", en="previous year, actual"),
    Period.SECOND_PREVIOUS_ACTUAL: Text(zh="前年实际", en="year before that, actual"),
}
FEATURES = {
    Feature.FORM: Text(zh="一张表一个项目", en="one project in a table"),
    Feature.STACKED: Text(zh="一张表内上下几个项目", en="several projects, one below the other"),
    Feature.LIST: Text(zh="多项目清单", en="a list of many projects"),
    Feature.SELF_EVALUATION: Text(zh="自评表", en="self-evaluation"),
    Feature.MONITORING: Text(zh="运行监控表", en="monitoring"),
    Feature.ADJUSTED: Text(zh="有调整后的指标值", en="targets that were adjusted"),
    Feature.PERIODS: Text(zh="几个时期各有指标值", en="targets for several periods"),
    Feature.PLACES: Text(zh="各地区各有一列指标值", en="a column of targets for each place"),
    Feature.LADDER: Text(zh="优良中差各一列", en="a column for each grade"),
    Feature.SPLIT_VALUE: Text(zh="符号、值、单位分列", en="sign, value, unit in own columns"),
    Feature.FUND_PHASES: Text(zh="资金分预算与执行各栏", en="amounts by phase of the budget"),
    Feature.FLAT_LEVELS: Text(zh="没有一、二级指标列", en="no columns for levels"),
}
SCHEMES = {
    Scheme.S2015: Text(zh="2015 年指标体系", en="the scheme of 2015"),
    Scheme.S2021: Text(zh="2021 年指标体系", en="the scheme of 2021"),
    Scheme.SICHUAN: Text(zh="四川指标体系", en="the scheme of Sichuan"),
    Scheme.NDRC: Text(zh="中央预算内投资指标体系", en="the scheme of the investment plans"),
    Scheme.PROCESS: Text(zh="决策—过程—产出—效益体系", en="the scheme by process"),
    Scheme.MIXED: Text(zh="几种指标体系混用", en="several schemes mixed"),
    Scheme.FLAT: Text(zh="不分级", en="no levels"),
}

PROPERTIES = {
    "projectName": Text(zh="项目名称", en="project name"),
    "planName": Text(zh="计划名称", en="plan name"),
    "dutyText": Text(zh="部门职能", en="duty"),
    "taskName": Text(zh="任务名称", en="task"),
    "taskContent": Text(zh="任务内容", en="content of the task"),
    "authorityText": Text(zh="主管单位", en="authority"),
    "projectCode": Text(zh="项目代码", en="project code"),
    "department": Text(zh="主管部门", en="department"),
    "budgetUnit": Text(zh="预算单位", en="budget unit"),
    "unitCode": Text(zh="单位编码", en="unit code"),
    "programmeName": Text(zh="一级项目", en="programme"),
    "projectAttribute": Text(zh="项目属性", en="attribute"),
    "periodText": Text(zh="项目期", en="term"),
    "periodStart": Text(zh="起始日", en="start"),
    "periodEnd": Text(zh="截止日", en="end"),
    "fundsUse": Text(zh="资金用途", en="use of funds"),
    "goalText": Text(zh="绩效目标", en="goal"),
    "goalAchievement": Text(zh="目标完成情况", en="goal achievement"),
    "totalScore": Text(zh="总分", en="total score"),
    "evaluationGrade": Text(zh="评价等级", en="grade"),
    "amount": Text(zh="金额", en="amount"),
    "executionRate": Text(zh="执行率", en="execution rate"),
    "executionWeight": Text(zh="执行率分值", en="weight of execution"),
    "executionScore": Text(zh="执行率得分", en="score of execution"),
    "deviationReason": Text(zh="偏差原因", en="reason of deviation"),
    "headingText": Text(zh="标题", en="heading"),
    "moneyUnit": Text(zh="金额单位", en="money unit"),
    "level1Text": Text(zh="一级指标", en="level 1"),
    "level2Text": Text(zh="二级指标", en="level 2"),
    "indicatorName": Text(zh="三级指标", en="indicator"),
    "indicatorDescription": Text(zh="指标描述", en="description"),
    "target": Text(zh="指标值", en="target"),
    "revisedTarget": Text(zh="调整后指标值", en="adjusted target"),
    "interim": Text(zh="监控期完成值", en="reached so far"),
    "forecast": Text(zh="预计完成值", en="expected"),
    "scoreCoefficient": Text(zh="得分系数", en="score coefficient"),
    "isCore": Text(zh="核心指标", en="core indicator"),
    "threshold": Text(zh="分档", en="threshold"),
    "placeText": Text(zh="地区", en="place"),
    "comparator": Text(zh="比较符", en="comparator"),
    "natureText": Text(zh="指标性质", en="nature"),
    "unit": Text(zh="计量单位", en="unit"),
    "actual": Text(zh="实际完成值", en="actual"),
    "weight": Text(zh="分值", en="weight"),
    "score": Text(zh="得分", en="score"),
    "standardText": Text(zh="标准", en="standard"),
    "remark": Text(zh="备注", en="remark"),
}
"""Local name of the property that a cell feeds → its name in a small label."""


def name(words: Mapping[_Token, Text], token: _Token) -> Text:
    """Return the name of a token; the token itself where no one has named it yet."""
    return words.get(token) or Text(zh=token, en=token)


def candidates(need: Need, language: Language) -> str:
    """Return the cells that may be what a table needs; nothing where there are none."""
    texts = "、".join(f"“{' '.join(cell.text.split())}”" for cell in need.candidates)
    return CANDIDATES.format(texts=texts).pick(language) if texts else ""


def properties(found: CellRole, language: Language) -> str:
    """Return the names of the properties that a cell feeds; nothing for one that feeds none."""
    names = (name(PROPERTIES, one).pick(language) for one in found.properties)
    return ("、" if language == "zh" else ", ").join(names)
