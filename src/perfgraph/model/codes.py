"""The code lists as enumerations: each member's value is its token in ``ontology/codes.ttl``.

A test asserts that both sides agree. Labels live in the ontology, not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Comparator(StrEnum):
    """How a value is compared (比较符)."""

    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"
    EQ = "eq"
    BETWEEN = "between"
    BY = "by"
    DURING = "during"


class Kind(StrEnum):
    """What a value cell holds (取值类型)."""

    NUMBER = "number"
    RANGE = "range"
    PERIOD = "period"
    DEADLINE = "deadline"
    DATE = "date"
    DURATION = "duration"
    GRADE = "grade"
    LADDER = "ladder"
    BOOLEAN = "boolean"
    TREND = "trend"
    RELATIVE = "relative"
    COMPLIANCE = "compliance"
    LEVEL = "level"
    TEXT = "text"
    PLACEHOLDER = "placeholder"
    NOT_APPLICABLE = "not-applicable"


class Dimension(StrEnum):
    """Scheme-neutral analysis dimension of an indicator (分析维度)."""

    QUANTITY = "quantity"
    QUALITY = "quality"
    TIMELINESS = "timeliness"
    COST = "cost"
    COST_ECONOMIC = "cost-economic"
    COST_SOCIAL = "cost-social"
    COST_ECOLOGICAL = "cost-ecological"
    BENEFIT = "benefit"
    BENEFIT_ECONOMIC = "benefit-economic"
    BENEFIT_SOCIAL = "benefit-social"
    BENEFIT_ECOLOGICAL = "benefit-ecological"
    SUSTAINABILITY = "sustainability"
    SATISFACTION = "satisfaction"
    OUTPUT_GENERAL = "output-general"
    BENEFIT_GENERAL = "benefit-general"
    PROCESS = "process"
    INPUT = "input"

    @property
    def is_cost(self) -> bool:
        """Whether this is 成本 or one of its parts."""
        return self.value.startswith("cost")


class Scheme(StrEnum):
    """Indicator category scheme (指标体系): the value is the list's name in its IRI."""

    S2015 = "category-2015"
    S2021 = "category-2021"
    SICHUAN = "category-sichuan"
    NDRC = "category-ndrc"
    PROCESS = "category-process"
    MIXED = "category-mixed"
    FLAT = "category-flat"


@dataclass(frozen=True, slots=True)
class Category:
    """One concept of a category scheme, such as 产出指标 or 数量指标."""

    scheme: Scheme
    token: str


class Grade(StrEnum):
    """Grade of a result (等级)."""

    EXCELLENT = "excellent"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class Trend(StrEnum):
    """Direction of a wished change (趋势)."""

    UP = "up"
    DOWN = "down"
    STEADY = "steady"
    IMPROVE = "improve"


class Base(StrEnum):
    """What a relative value is compared with (比较基期)."""

    PREVIOUS_YEAR = "previous-year"
    SAME_PERIOD = "same-period"
    PLAN = "plan"
    UNSTATED = "unstated"


class Evidence(StrEnum):
    """Where something was found (依据)."""

    CELL = "cell"
    COLUMN = "column"
    HEADER = "header"
    NAME = "name"
    PRINTED = "printed"
    FILLED_DOWN = "filled-down"
    DERIVED = "derived"
    ASSUMED = "assumed"


class Period(StrEnum):
    """Which period a value, a goal or an amount belongs to (取值期间)."""

    ANNUAL = "annual"
    HALF_YEAR = "half-year"
    MIDTERM = "midterm"
    IMPLEMENTATION = "implementation"
    PREVIOUS_ACTUAL = "previous-actual"
    SECOND_PREVIOUS_ACTUAL = "second-previous-actual"


class Expenditure(StrEnum):
    """Kind of expenditure of a part of a department's money (支出类别)."""

    BASIC = "basic"
    PROJECT = "project"


class GovernmentLevel(StrEnum):
    """Level of government (资金级次)."""

    CENTRAL = "central"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class Polarity(StrEnum):
    """Whether more or less is better (指标方向)."""

    POSITIVE = "positive"
    INVERSE = "inverse"
    QUALITATIVE = "qualitative"


class DatePrecision(StrEnum):
    """How exactly a date is printed; a literal, not a code list."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class DocumentRole(StrEnum):
    """What a document is for (文件性质)."""

    TARGET = "target"
    SELF_EVALUATION = "self-evaluation"
    MONITORING = "monitoring"
    DEPARTMENT_TARGET = "department-target"
    DEPARTMENT_EVALUATION = "department-evaluation"
    REGIONAL_TARGET = "regional-target"
    REGIONAL_EVALUATION = "regional-evaluation"
