"""The two datasets that every question is asked: the real document, and a made-up one.

The real document stands here as a reader of it would write it down, cell by cell. The made-up one
holds what the real one lacks, so that no question is without an answer on it.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.questions.question_records import (
    Amount,
    Dataset,
    Document,
    Indicator,
    Project,
    Unit,
    Value,
    deadline,
    for_period,
    graded,
    number,
    percent,
    period,
    row,
    span,
    wan,
    words,
)

CENTRE = Unit("120000-353215", "353215", ("天津市引进人才综合服务中心",))
WHOLE_YEAR = period("2025年1月1日至2025年12月31日", "2025-01-01", "2025-12-31")
YEAR_END = deadline("2025年12月31日前", "2025-12-31")

SEED = Dataset(
    (
        Document(
            "tianjin-353215-2025-targets.txt",
            CENTRE,
            2025,
            (
                Project(
                    "1",
                    "“天津人才工作”微信公众号信息发布系统运维经费",
                    1,
                    "2015",
                    (
                        row("数量", "运维公众号信息发布系统数量", number("eq", "1", "ITEM")),
                        row("质量", "公众号信息发布系统运维服务验收合格率", percent("eq", "100")),
                        row(
                            "时效",
                            "公众号信息发布系统运维服务周期",
                            period("2025年1月至2025年12月", "2025-01-01", "2025-12-31"),
                        ),
                        row("成本", "公众号信息发布系统运维经费", number("le", "10", "CNY10K")),
                        row("社会", "公众号各类信息正常发布率", percent("eq", "100")),
                        row("满意", "公众号读者满意度", percent("ge", "90")),
                    ),
                    (wan("total", "10.00"), wan("fiscal", "10.00")),
                    "用于公众号日常维护",
                    (
                        "通过聘请第三方提供公众号信息发布系统运维服务，确保“天津人才工作”微信公众号"
                        "发布系统正常运转。",
                    ),
                ),
                Project(
                    "2",
                    "2025年勋章、国家荣誉称号获得者荣誉津贴中央补助资金",
                    2,
                    "2015",
                    (
                        row("数量", "荣誉津贴发放人数", number("eq", "1", "PERSON")),
                        row("质量", "荣誉津贴发放准确率", percent("eq", "100")),
                        row("时效", "荣誉津贴发放周期", number("eq", "1", "TIMES-PER-MO")),
                        row("成本", "荣誉津贴发放标准", number("eq", "1", "CNY10K-PER-MO")),
                        row("社会", "国家荣誉津贴政策落实率", percent("eq", "100")),
                        row("满意", "国家荣誉称号获得者满意度", percent("eq", "100")),
                    ),
                    (wan("total", "12.00"), wan("fiscal", "12.00")),
                    "用于发放国家荣誉获得者荣誉津贴",
                    ("通过做好国家荣誉津贴发放工作，确保国家荣誉津贴政策得到有效落实。",),
                ),
                Project(
                    "3",
                    "人才专项（人才引进和积分落户工作经费）",
                    3,
                    "2015",
                    (
                        row("数量", "积分业务服务人数", number("ge", "35000", "PERSON-TIME")),
                        row("数量", "积分档案托管数量", number("ge", "35000", "COPY")),
                        row(
                            "数量",
                            "积分政策宣传(新媒体)投放次数",
                            number("ge", "100", "TIMES10K"),
                        ),
                        row("数量", "经费保障业务人员人数", number("ge", "7", "PERSON")),
                        row("质量", "积分业务服务工作开展到位率", percent("ge", "90")),
                        row("质量", "积分政策宣传服务验收合格率", percent("eq", "100")),
                        row("质量", "日常业务经费保障到位率", percent("eq", "100")),
                        row("时效", "积分业务服务周期", WHOLE_YEAR),
                        row("时效", "积分档案托管工作完成时间", YEAR_END),
                        row("时效", "积分政策宣传工作完成时间", YEAR_END),
                        row("时效", "日常业务经费保障周期", WHOLE_YEAR),
                        row("成本", "积分业务服务经费", number("le", "61", "CNY10K")),
                        row("成本", "积分政策宣传经费", number("le", "51.5", "CNY10K")),
                        row("成本", "日常业务经费", number("le", "7.5", "CNY10K")),
                        row(
                            "社会",
                            "保障人才引进和积分落户业务正常开展",
                            words(
                                "按月做好来访人员积分业务咨询受理和积分档案托管及相关工作人员"
                                "外出培训等相关业务工作"
                            ),
                        ),
                        row("社会", "积分政策知晓率", percent("ge", "80")),
                        row("满意", "积分业务服务人员满意度", percent("ge", "90")),
                        row("满意", "业务人员满意度", percent("ge", "95")),
                    ),
                    (wan("total", "120.00"), wan("fiscal", "120.00")),
                    "通过聘请第三方提供积分政策宣传服务并做好积分业务服务与业务经费保障工作,"
                    "提高积分政策知晓率,为人才引进和积分落户业务正常开展提供支撑",
                    (
                        "通过聘请第三方提供积分政策宣传服务并做好积分业务服务与业务经费保障工作,"
                        "提高积分政策知晓率,为人才引进和积分落户业务正常开展提供支撑",
                    ),
                ),
                Project(
                    "4",
                    "院士特别津贴和授衔专家津贴",
                    4,
                    "2015",
                    (
                        row("数量", "院士特别津贴发放人数", number("ge", "37", "PERSON")),
                        row("质量", "院士特别津贴发放准确率", percent("eq", "100")),
                        row("时效", "院士特别津贴发放周期", number("eq", "1", "TIMES-PER-MO")),
                        row(
                            "成本",
                            "院士特别津贴发放标准",
                            number("eq", "5000", "CNY-PER-PERSON-MO"),
                        ),
                        row("社会", "院士特别津贴政策落实率", percent("eq", "100")),
                        row("满意", "享受特别津贴政策院士满意度", percent("ge", "95")),
                    ),
                    (wan("total", "222.00"), wan("fiscal", "222.00")),
                    "保障院士特别津贴足额发放",
                    ("通过做好院士特别津贴发放工作,确保院士特别津贴政策得到有效落实.",),
                ),
            ),
        ),
    )
)

# A unit that was renamed, two units of one name and code in two regions, a unit without a name.
RENAMED = Unit("120000-353215", "353215", ("天津市引进人才综合服务中心", "天津市人才服务中心"))
NORTH = Unit("110000-410001", "410001", ("市财政局",))
EAST = Unit("310000-410001", "410001", ("市财政局",))
NAMELESS = Unit("000000-n0a1b2c3d4", None, ())

ALLOWANCE = "院士特别津贴和授衔专家津贴"


def _repeated(value: Value, times: int = 2) -> tuple[Value, ...]:
    """Several values of one cell that differ in nothing a question shows."""
    return (value,) * times


def _allowance(year: int, people: str, budget: str, satisfaction: str) -> Project:
    """The project that goes on from year to year."""
    return Project(
        "allowance",
        ALLOWANCE,
        1,
        "2021" if year > 2025 else "2015",
        (
            row("数量", "院士特别津贴发放人数", number("ge", people, "PERSON")),
            row("质量", "院士特别津贴发放准确率", percent("eq", "100")),
            row("时效", "院士特别津贴发放周期", number("eq", "1", "TIMES-PER-MO")),
            row("成本", "院士特别津贴发放标准", number("eq", "5000", "CNY-PER-PERSON-MO")),
            row("满意", "享受特别津贴政策院士满意度", percent("ge", satisfaction)),
        ),
        (wan("total", budget), wan("fiscal", budget)),
        "保障院士特别津贴足额发放",
        ("确保院士特别津贴政策得到有效落实。",),
        "allowance",
    )


def _training(year: int, ceiling: str) -> Project:
    """A continuing project that is filed as two projects in 2026."""
    return Project(
        "training",
        "人才培训",
        2,
        "2021" if year > 2025 else "2015",
        (
            row("数量", "培训场次", span("10", "12", "TIMES")),
            row("成本", "培训经费", number("le", ceiling, "CNY10K")),
            row("满意", "学员满意度", span("90", "95", "PERCENT")),
        ),
        (wan("total", ceiling), wan("fiscal", ceiling)),
        None,
        ("培养人才",),
        "training",
    )


_EXTRA_TRAINING = Project(
    "training2", "人才培训（追加）", 3, "2021", (), (wan("total", "6"),), series="training"
)
_SHEET = (
    row(
        "数量",
        "慰问",
        *(replace(number("ge", "40", "PERSON-TIME"), text="慰问40人次，每季度"),) * 2,
    ),
    Indicator("发放名册核对", "质量", (), has_levels=False),
)
_LESS_MONEY = Value("减少2万元", "relative", "eq", number=Decimal(2), measure="CNY10K")
_MORE_A_MONTH = Value("增加1万元/月", "relative", "eq", number=Decimal(1), measure="CNY10K-PER-MO")
_MORE_A_HEAD = Value(
    "增加100元/人/月", "relative", "eq", number=Decimal(100), measure="CNY-PER-PERSON-MO"
)
_ORIGINAL = Document(
    "centre-2026.docx",
    RENAMED,
    2026,
    (
        _allowance(2026, "40", "240", "96"),
        _training(2026, "30"),
        _EXTRA_TRAINING,
    ),
)


def _corrected() -> Document:
    """One value changed, one indicator added, one removed; an amount and a goal changed."""
    allowance, training, extra = _ORIGINAL.projects
    changed = tuple(
        replace(one, targets=(percent("ge", "98"),)) if one.category == "满意" else one
        for one in allowance.indicators
        if one.category != "质量"
    )
    added = row("社会", "政策知晓率", percent("ge", "85"))
    return Document(
        "centre-2026-corrected.docx",
        RENAMED,
        2026,
        (
            replace(
                allowance,
                indicators=(*changed, added),
                amounts=(wan("total", "240"), wan("fiscal", "236"), wan("other", "4")),
                goals=("确保津贴按时足额发放。",),
            ),
            training,
            extra,
        ),
        supersedes="centre-2026.docx",
    )


_MORE_VISITS = Value("增加10人次", "relative", "eq", number=Decimal(10), measure="PERSON-TIME")
_WITHOUT_UNIT = Value(
    "≥500",
    comparator="ge",
    explicit=True,
    number=Decimal(500),
    notes=("未写计量单位", "按数值处理"),
)
_LATE = period("2026年1月至2027年3月", "2026-01-01", "2027-03-31")
_EARLY = deadline("2025年3月底前", "2025-03-31")
_TWICE = (
    row("时效", "验收", *_repeated(_EARLY)),
    row("时效", "移交", *_repeated(_LATE)),
    row("社会", "影响力", *_repeated(words("稳步提升", "trend"))),
    row("成本", "运行成本", *_repeated(number("gt", "1", "CNY10K"))),
    row("时效", "巡检", number("ge", "4", "TIMES-PER-YR")),
    row("成本", "压减金额", _LESS_MONEY),
    row("成本", "补助标准变化", _MORE_A_HEAD),
    row("成本", "月租变化", _MORE_A_MONTH),
    row("成本", "值班补助", number("le", "3000", "CNY-PER-PERSON-MO")),
    row("成本", "月租", number("le", "2", "CNY10K-PER-MO")),
)
_LAMPS = Project(
    "lamps",
    "路灯维护",
    1,
    "2021",
    (
        row("数量", "维护路灯数量", number("eq", "1200", "盏"), description="年度内维护的路灯"),
        row("成本", "维护经费", number("ge", "50", "CNY10K")),
        row("成本", "能耗节约金额", number("ge", "2", "CNY10K")),
        row("质量", "亮灯率", percent("gt", "98")),
        row("时效", "完成时间", deadline("2026年6月底前", "2026-06-30")),
        row("满意", "市民满意度", percent("le", "90")),
        Indicator("故障处理", "质量", (words("及时处理故障"),), has_levels=False),
    ),
    (wan("other", "20"), wan("total", "60")),
    None,
    ("保障照明", "节约用电"),
)
_PATROL = Project(
    "patrol",
    "巡查服务",
    2,
    "2021",
    (
        row("数量", "巡查人数", number("eq", "5", "PERSON"), span("20", "30", "PERSON-TIME")),
        row("成本", "巡查服务费", number("eq", "1", "CNY10K-PER-MO")),
        row("数量", "巡查人次增加", _MORE_VISITS),
        row("社会", None, graded("优", "excellent")),
        Indicator("记录完整率", "质量", ()),
    ),
    (wan("total", "60"),),
    "巡查津贴和设备",
)
_THREE_YEARS = for_period(number("le", "24", "CNY10K"), "midterm")
_SURVEY = Project(
    "survey",
    "满意度调查",
    1,
    "2015",
    (
        row("数量", "问卷份数", _WITHOUT_UNIT),
        row("数量", "调查点位", number("eq", "30", "ITEM")),
        row("成本", "调查经费", number("le", "8", "CNY10K"), _THREE_YEARS),
        row("成本", "劳务标准", number("le", "300", "CNY-PER-PERSON")),
        row("数量", "调查员人数", number("eq", "100", "PERSON")),
        row("时效", "调查周期", period("2024年12月至2025年11月", "2024-12-01", "2025-11-30")),
        row("社会", "结果运用", words("逐步提高", "trend"), description="结果运用情况"),
        row("满意", "受访者满意度", percent("ge", "95")),
    ),
    (
        wan("total", "8"),
        wan("fiscal", "5"),
        wan("other", "2"),
        wan("general-budget", "5"),
        wan("total", "7.5", "executed"),
    ),
    "用于满意度调查",
    ("完成年度调查",),
)


def _evaluated() -> Project:
    """A project with results: met, missed, by date, by grade, and one without a unit."""
    results: dict[str, tuple[Value, ...]] = {
        "热线接听率": (percent("eq", "97"),),
        "投诉率": (percent("eq", "2"),),
        "上线时间": (deadline("2025年7月15日", "2025-07-15"),),
        "验收时间": (deadline("2025年8月1日", "2025-08-01"),),
        "服务等级": (graded("良", "good"),),
        "接听人数": (Value("9人", comparator="eq", number=Decimal(9), measure="PERSON"),),
        "坐席数量": (Value("12", number=Decimal(12)),),
        "群众满意度": (percent("eq", "93"),),
    }
    rows = (
        row("质量", "热线接听率", percent("ge", "95")),
        row("质量", "投诉率", percent("lt", "2")),
        row("时效", "上线时间", deadline("2025年6月30日前", "2025-06-30")),
        row("时效", "验收时间", deadline("2025年9月底前", "2025-09-30")),
        row("社会", "服务等级", graded("优", "excellent")),
        row("数量", "接听人数", number("ge", "9", "PERSON")),
        row("数量", "坐席数量", number("ge", "10", "ITEM")),
        row("满意", "群众满意度", span("90", "95", "PERCENT")),
        row("成本", "热线经费", number("eq", "36", "CNY10K")),
    )
    return Project(
        "hotline",
        "热线运行",
        2,
        "2015",
        tuple(replace(one, actuals=results.get(one.name or "", ())) for one in rows),
        (wan("total", "36"), wan("fiscal", "30")),
        "热线平台运行",
    )


_TRAITS = (*_LAMPS.indicators, *_PATROL.indicators, *_SURVEY.indicators, *_TWICE)
"""Everything that a question looks for."""


def _everything(key: str, name: str | None, order: int) -> Project:
    """A project that has an answer to every question about projects."""
    amounts = (wan("total", "9"), wan("fiscal", "4"), wan("other", "3"))
    rows = (*_TRAITS, *_evaluated().indicators)
    return Project(key, name, order, "2015", rows, amounts, "津贴", ("目标一", "目标二"))


def _unnamed(key: str, order: int) -> Project:
    """The same without a name, and without names of indicators."""
    whole = _everything(key, None, order)
    return replace(
        whole,
        scheme=None,
        indicators=tuple(replace(one, name=None) for one in whole.indicators),
    )


SECOND = Dataset(
    (
        Document(
            "centre-2024.docx",
            RENAMED,
            2024,
            (_allowance(2024, "35", "210", "95"), _training(2024, "20")),
        ),
        Document(
            "centre-2025.docx",
            RENAMED,
            2025,
            (
                replace(
                    _allowance(2025, "37", "222", "95"),
                    indicators=(*_allowance(2025, "37", "222", "95").indicators, *_SHEET),
                ),
                _training(2025, "25"),
                _everything("whole", "综合保障", 4),
                Project("empty", "待定项目", 5, "2015", ()),
                Project(
                    "honour",
                    "荣誉津贴",
                    3,
                    "2015",
                    (
                        row("数量", "津贴发放人数", number("eq", "1", "PERSON")),
                        row("时效", "津贴发放周期", number("ge", "2", "TIMES-PER-YR")),
                        row("成本", "津贴发放标准", number("eq", "1", "CNY10K-PER-MO")),
                        row("成本", "一次性补助标准", number("eq", "1.2", "CNY10K-PER-PERSON-YR")),
                    ),
                    (wan("total", "12"), wan("fiscal", "10"), wan("other", "2")),
                    "发放荣誉津贴",
                ),
            ),
            plans=(
                _everything("plan", ALLOWANCE, 6),
                Project("plan2", "部门整体", 7, "2015", ()),
            ),
        ),
        _ORIGINAL,
        _corrected(),
        Document("north-2025.xlsx", NORTH, 2025, (_LAMPS, _PATROL)),
        Document("east-2025.pdf", EAST, 2025, (_SURVEY, _evaluated())),
        Document(
            "undated.txt",
            NAMELESS,
            None,
            (
                Project(
                    "nameless",
                    None,
                    1,
                    None,
                    (
                        row("数量", "走访人数", number("ge", "60", "PERSON")),
                        row("成本", "慰问标准", number("eq", "500", "CNY-PER-PERSON")),
                        row("成本", "慰问经费", number("eq", "3", "CNY10K")),
                        row("时效", "每月走访", number("eq", "2", "TIMES-PER-MO")),
                        row("满意", "对象满意度", percent("ge", "90")),
                        row("质量", "走访质量", words("XX", "placeholder")),
                    ),
                    (Amount("total", None, "待定"), Amount("fiscal", Decimal(30_000), "3")),
                    "春节慰问津贴",
                    ("做好走访慰问",),
                ),
                _unnamed("bare", 2),
            ),
        ),
        Document("unnamed-2025.txt", NAMELESS, 2025, (_unnamed("bare", 1),)),
    ),
    series={"allowance": ALLOWANCE, "training": "人才培训"},
)
