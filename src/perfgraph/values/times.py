"""A cell that says when → a period, a deadline or a point in time.

A year that is not printed comes from the context, with a note; without it no date is invented.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from perfgraph.model import Comparator, Context, DatePrecision, Dimension, Kind, Value
from perfgraph.text import Text
from perfgraph.values import notes
from perfgraph.values.comparators import UPPER, comparator
from perfgraph.values.dates import END_EDGES, Span, read_span, whole_month, whole_year
from perfgraph.values.printed import Printed

_MAYBE = re.compile("[0-9年季某]")
_PREFIX = re.compile(
    "(?:(?P<by>截止日期为|截至|截止(?:到|至|于)?|不晚于|不迟于|最迟(?:于|在)?|最晚(?:于|在)?|≤|<)"
    "|(?P<every>每年度?)|(?P<point>=|为)|(?:应|须|力争|确保|计划|预计)?(?:于|在)|力争|确保|计划|预计)*"
)
_JOIN = re.compile("-{1,3}|~+|至|到(?!位)")
_BEFORE = re.compile("[底末]?(?:之前|以前|前|止|为止|截止)|[底末]$")
_DONE = re.compile(
    "[^0-9]{0,4}?(?:完成|到位|竣工|交付|建成|办结|结束|拨付|支付|发放|开工|通车|投入使用)"
)
_AFTER_NUMERIC = re.compile("[底末]?(?:之前|以前|前|止|为止|截止)|[底末]$|完成|到位")
"""What shows that digits with dots before it are a date: ≤2021.5万元 is none."""
_PROSE_LIMIT = 30
_MONTHS = re.compile(
    "(?:((?:19|20)[0-9]{2})年)?(1[0-2]|0?[1-9])[月份]*(?:-+|~+|至|到)(1[0-2]|0?[1-9])月份?"
)
_YEARS = re.compile("((?:19|20)[0-9]{2})年?度?(?:-+|~+|至|到)((?:19|20)[0-9]{2})年?度?")
_LATER_MONTH = re.compile("(1[0-2]|0?[1-9])$")
_LATER_DAY = re.compile("(3[01]|[12][0-9]|0?[1-9])日")
_MONTHLY = re.compile("每(?:月|季度?)(?:3[01]|[12][0-9]|0?[1-9])[日号](?:之前|以前|前)[^0-9]{0,20}")
_SOME_MONTH = {
    "某月": Value("", Kind.DATE, Comparator.EQ),
    "某月前": Value("", Kind.DEADLINE, Comparator.BY, True),
    "某月至某月": Value("", Kind.PERIOD, Comparator.DURING, True),
}
"""How a date is printed when its year, and so the date, is unknown."""


def read_time(printed: Printed) -> tuple[Value, str] | None:
    """Return what the cell says of time, and the words after it; ``None`` for other cells.

    >>> from perfgraph.model import Context
    >>> value, rest = read_time(Printed("", "12月底前100%到位", Context(year=2025)))
    >>> value.end, rest
    (datetime.date(2025, 12, 31), '100%到位')
    """
    plain = printed.plain
    if value := _SOME_MONTH.get(plain):
        return replace(value, text=printed.text), ""
    if not _MAYBE.search(plain):
        return None
    if _MONTHLY.fullmatch(plain):
        value = Value(printed.text, Kind.DEADLINE, Comparator.BY, True)
        return replace(value, notes=(notes.MORE_OFTEN,)), ""
    if value := _short_period(printed):
        return value, ""
    prefix = _PREFIX.match(plain)
    start = prefix.end() if prefix else 0
    found = read_span(plain, start)
    if found is None:
        return None
    span, end = found
    if join := _JOIN.match(plain, end):
        later = _later(plain, join.end(), span)
        return None if later is None else _period(printed, span, later)
    words, rest = plain[start:end], plain[end:]
    if not rest and _is_rather_a_number(words, plain[:start], printed.context):
        return None
    return _deadline_or_point(printed, span, words, prefix, rest)


def _is_rather_a_number(words: str, prefix: str, context: Context) -> bool:
    """Whether ``words`` alone, such as 2021.1 or ≤3月, is a number rather than a date."""
    if words.isdigit():
        return context.dimension is not Dimension.TIMELINESS
    if words.endswith("月") and words[:-1].isdigit():
        return prefix in {"=", "≤", "<"} or comparator(context.comparator) is not None
    if words.count(".") == 1:
        return context.dimension not in {None, Dimension.TIMELINESS} or bool(context.unit)
    return False


def _short_period(printed: Printed) -> Value | None:
    """Return 1-12月, 2025年1-12月 and 2023-2025年, whose first part lacks its word."""
    if match := _MONTHS.fullmatch(printed.plain):
        year = int(match[1]) if match[1] else None
        first, last = whole_month(year, int(match[2])), whole_month(None, int(match[3]))
    elif printed.context.dimension in {None, Dimension.TIMELINESS} and (
        match := _YEARS.fullmatch(printed.plain)
    ):
        first, last = whole_year(int(match[1])), whole_year(int(match[2]))
    else:
        return None
    result = _period(printed, first, last)
    return None if result is None else result[0]


def _later(plain: str, start: int, first: Span) -> Span | None:
    """Return the end of a period; it may elide what the beginning has said."""
    found = read_span(plain, start)
    if found is not None:
        span, end = found
    elif match := _LATER_DAY.match(plain, start):
        if first.precision is not DatePrecision.DAY:
            return None
        span, end = replace(first, year=None, d1=int(match[1]), d2=int(match[1])), match.end()
    elif first.is_numeric and (match := _LATER_MONTH.match(plain, start)):
        span, end = whole_month(None, int(match[1])), match.end()
    else:
        return None
    rest = plain[end:]
    if rest and (len(rest) > _PROSE_LIMIT or re.search("[0-9]", rest)):
        return None
    return span


def _period(printed: Printed, first: Span, last: Span) -> tuple[Value, str] | None:
    year = first.year if first.year is not None else printed.context.year
    found: list[Text] = []
    precision = DatePrecision.DAY
    start = end = None
    if year is None:
        found.append(notes.YEAR_UNKNOWN)
    else:
        if first.year is None:
            found.append(notes.YEAR_TAKEN.format(year=year))
        start = first.start(year)
        last_year = last.year if last.year is not None else year
        end = last.end(last_year)
        if end < start and last.year is None and not last.years_on:
            end = last.end(last_year + 1)
            found.append(notes.NEXT_YEAR)
        if end < start:
            return None
        precision = _finer(first.precision, last.precision)
    value = Value(
        printed.text,
        Kind.PERIOD,
        Comparator.DURING,
        True,
        start=start,
        end=end,
        precision=precision if start else None,
        repair=_repair(first) or _repair(last),
        notes=tuple(found),
    )
    return value, ""


def _deadline_or_point(
    printed: Printed, span: Span, words: str, prefix: re.Match[str] | None, rest: str
) -> tuple[Value, str] | None:
    by = bool(prefix and prefix["by"]) or comparator(printed.context.comparator) in UPPER
    if span.is_numeric and rest and not _AFTER_NUMERIC.match(rest):
        return None
    before = _BEFORE.match(rest)
    is_deadline = by or before is not None or span.edge in END_EDGES
    if before is not None:
        rest = rest[before.end() :]
    if rest and not _is_allowed(rest, is_deadline=is_deadline):
        return None
    found = [notes.DOT_DATE] if span.is_numeric and words.count(".") == 1 else []
    if not is_deadline and not rest:
        return _dated(printed, Kind.PERIOD if span.is_period else Kind.DATE, span, found), ""
    if before is not None:
        found.append(_inclusive(span.precision))
    if prefix and prefix["every"]:
        found.append(notes.RECURRING)
    return _dated(printed, Kind.DEADLINE, span, found), rest if _has_number(rest) else ""


def _dated(printed: Printed, kind: Kind, span: Span, found: list[Text]) -> Value:
    year = span.year if span.year is not None else printed.context.year
    start: date | None = None
    end: date | None = None
    if year is None:
        found = [*found, notes.YEAR_UNKNOWN]
    else:
        if span.year is None:
            found = [*found, notes.YEAR_TAKEN.format(year=year)]
        start = None if kind is Kind.DEADLINE else span.start(year)
        end = span.end(year)
    comparator = {
        Kind.DEADLINE: Comparator.BY,
        Kind.PERIOD: Comparator.DURING,
        Kind.DATE: Comparator.EQ,
    }[kind]
    return Value(
        printed.text,
        kind,
        comparator,
        kind is not Kind.DATE,
        start=start,
        end=end,
        precision=span.precision if end else None,
        repair=_repair(span),
        notes=tuple(found),
    )


def _is_allowed(rest: str, *, is_deadline: bool) -> bool:
    """Whether words after a date leave it the point of the cell."""
    if len(rest) > _PROSE_LIMIT:
        return False
    if is_deadline:
        return True
    return not _has_number(rest) and _DONE.match(rest) is not None


def _has_number(rest: str) -> bool:
    return re.search("[0-9]", rest) is not None


def _inclusive(precision: DatePrecision) -> Text:
    match precision:
        case DatePrecision.DAY:
            return notes.BY_DAY
        case DatePrecision.MONTH:
            return notes.BY_MONTH
        case DatePrecision.YEAR:
            return notes.BY_YEAR


def _finer(first: DatePrecision, last: DatePrecision) -> DatePrecision:
    order = (DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR)
    return min(first, last, key=order.index)


def _repair(span: Span) -> Text | None:
    return notes.REPAIR_DAY.format(day=span.d2) if span.missing_day else None
