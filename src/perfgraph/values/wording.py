"""A cell without a quantity → what its words say: yes or no, grade, trend, compliance, level, text.

No number is ever made here.
"""

from __future__ import annotations

import re

from perfgraph.model import Comparator, Grade, Kind, Value
from perfgraph.values import notes
from perfgraph.values.printed import Printed
from perfgraph.values.relative import TRENDS
from perfgraph.values.units import known

_NOT_APPLICABLE = re.compile(
    "无|/+|\\\\|-+|不适用|不涉及|无此项|详?见附[件表]|[Nn]/?[Aa]|暂无|无要求|略|\\(略\\)|空"
)
_YES = re.compile(
    "是|√|有|通过|合格|达标|已?完成|全部(?:完成|通过|合格|达标)|按?(?:达成|达到|完成|实现)(?:预期|年度|既定)?(?:指标|目标)值?"
)
_NO = re.compile("否|×|不通过|未通过|不合格|未完成|不达标|未达标|未达成(?:预期)?(?:指标|目标)")
_OPEN_CHOICE = re.compile("是[/|或、]?否|□?是□?否|有[/|或、]无")
_GRADE = re.compile(
    "(?:评[为定]|等级为?|达到|达|≥|=)?(优|良|中|差)(?:秀|等|级|等级|档)?(?:及?以上)?"
)
_GRADES = {"优": Grade.EXCELLENT, "良": Grade.GOOD, "中": Grade.FAIR, "差": Grade.POOR}
_UNFILLED = re.compile(
    r"[≥≤><=*×_□★☆?]+(?:%|‰)?|[xX]{2,}.{0,4}|.{0,10}(?:[*]{1,}|_{2,}|□|[xX×]{2,}).{0,10}"
    r"|.{0,20}(?:请填写|填写|请填|选填|必填|字以内).{0,20}|[★☆].*|(?:指标|目标)[0-9]+:?"
)
_REDACTED = re.compile(r"[*]+[0-9]")
_SIGN = re.compile("[≥≤><=]")
_TREND = "|".join(TRENDS)
_TREND_FIRST = re.compile(
    f"(?:持续|不断|稳步|明显|显著|有效|逐步|逐年|进一步|大幅|切实|稳定|较大|很大|有所|得到|全面|促进|推动|积极|较好|的|地)*({_TREND})"
)
_TREND_LAST = re.compile(f"({_TREND})(?:了|程度)?$")
_COMPLY = re.compile(
    "按(?![月季年周日])|依据|依法|依规|参照|严格|符合|遵守|合规|合法|规范|及时|按时|按期|预算内|超预算|超支|预算范围|范围内"
    "|计划(?:完成)?时间|落实|达到要求|控制成本|(?:不超过?|不高于|≤|控制在).{0,4}预算|预算.{0,6}(?:以内|之内|内)$|标准执行|如期|准时|规定"
)
_LEVEL = re.compile(
    "^(?:较|很|非常|程度|基本|比较|效果|影响|有一定)|(?:高|好|强|大|低|小|少|良好|优良|明显|显著|充分|长期|长远|持久|深远|持续"
    "|完善|健全|明确|合理|满意|到位|广泛|可持续|有效|可行|突出|实施|^.{0,4}发展|科学|完整|准确|清晰|适当|适中|一般|级)$"
)
_STAR_LEVEL = re.compile("[1-5]?A+级?(?:以上)?|[一二三四五六七八九IVX]级|国家级|省级|市级|县级")
_DIGIT = re.compile("[0-9]")
_TREND_LIMIT = 18
_LEVEL_LIMIT = 14
_BLANK_LIMIT = 40
_COMPLY_LIMIT = 24


def read_blank(printed: Printed) -> Value | None:
    """Return a cell in which nothing was filled in, or that says it does not apply.

    >>> from perfgraph.model import Context
    >>> [read_blank(Printed("", plain, Context())).kind.value for plain in ("/", "≥%", "万亩")]
    ['not-applicable', 'placeholder', 'placeholder']
    """
    plain = printed.plain
    if not plain:
        return Value(printed.text, Kind.TEXT, notes=(notes.EMPTY,))
    if _NOT_APPLICABLE.fullmatch(plain):
        return Value(printed.text, Kind.NOT_APPLICABLE)
    if "*" in plain and _REDACTED.search(plain):
        return Value(printed.text, Kind.TEXT, notes=(notes.REDACTED,))
    if len(plain) > _BLANK_LIMIT or _DIGIT.search(plain):
        return None
    if _UNFILLED.fullmatch(plain) or _is_bare_unit(plain):
        return Value(printed.text, Kind.PLACEHOLDER)
    return None


def _is_bare_unit(plain: str) -> bool:
    """Whether a unit stands without its number; 半年 is a number and a unit."""
    return known(_SIGN.sub("", plain)) is not None and "半" not in plain


def read_wording(printed: Printed) -> Value:
    """Return what the words of a cell say; plain text when they say nothing that we know.

    >>> from perfgraph.model import Context
    >>> [
    ...     read_wording(Printed("", plain, Context())).kind.value
    ...     for plain in ("优", "通过", "不断缩小", "按计划实施", "较高", "指导城市建设")
    ... ]
    ['grade', 'boolean', 'trend', 'compliance', 'level', 'text']
    """
    plain, text = printed.plain, printed.text
    if len(plain) <= _COMPLY_LIMIT:
        if value := _exact(printed):
            return value
        if _DIGIT.search(plain):
            return Value(text, Kind.TEXT, notes=(*printed.notes, notes.NUMBER_IN_PROSE))
        if match := _trend(plain):
            return Value(text, Kind.TREND, trend=TRENDS[match[1]], notes=printed.notes)
        if _COMPLY.search(plain):
            return Value(text, Kind.COMPLIANCE, notes=printed.notes)
        if len(plain) <= _LEVEL_LIMIT and _LEVEL.search(plain):
            return Value(text, Kind.LEVEL, notes=printed.notes)
    return Value(text, Kind.TEXT, notes=printed.notes)


def _exact(printed: Printed) -> Value | None:
    plain, text = printed.plain, printed.text
    if _OPEN_CHOICE.fullmatch(plain):
        return Value(text, Kind.BOOLEAN)
    if _YES.fullmatch(plain):
        return Value(text, Kind.BOOLEAN, truth=True)
    if _NO.fullmatch(plain):
        return Value(text, Kind.BOOLEAN, truth=False)
    if match := _GRADE.fullmatch(plain):
        at_least = plain.startswith(("≥", "达")) or plain.endswith("以上")
        sign = Comparator.GE if at_least else Comparator.EQ
        return Value(text, Kind.GRADE, sign, at_least or plain[0] == "=", grade=_GRADES[match[1]])
    if _STAR_LEVEL.fullmatch(plain):
        return Value(text, Kind.LEVEL)
    return None


def _trend(plain: str) -> re.Match[str] | None:
    if len(plain) > _TREND_LIMIT:
        return None
    return _TREND_FIRST.match(plain) or _TREND_LAST.search(plain)
