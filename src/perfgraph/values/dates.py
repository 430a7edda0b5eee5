"""A date as printed → ``Span``: the days it covers and how exactly it is said.

Points, months, quarters and relative words of one date. Periods and deadlines are made of them in
``times``.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date

from perfgraph.model import DatePrecision
from perfgraph.model.making import quickly_made

_YEAR = "(?:19|20)[0-9]{2}"
_MONTH = "(?:1[0-2]|0?[1-9])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
_EDGE = "年?底|年?末|年内|内|年?初|上旬|中旬|下旬"

_WRITTEN = re.compile(
    rf"(?:(?P<y>{_YEAR})年度?|(?P<next>次年|翌年)|(?P<this>本年度?|当年度?|今年|全年度?|年度?(?=[底末内初])))?"
    rf"(?:(?P<m>{_MONTH})月份?(?:(?P<d>{_DAY})[日号])?"
    r"|第?(?P<q>[1-4一二三四])季度|(?P<h>[上下])半年|(?P<whole>全年))?"
    rf"(?P<edge>{_EDGE})?"
)
_NUMERIC = re.compile(
    rf"(?P<y>{_YEAR})(?P<sep>[.\-/])(?P<m>{_MONTH})(?:(?P=sep)(?P<d>{_DAY}))?(?![0-9])日?"
    rf"|(?P<cy>{_YEAR})(?P<cm>0[1-9]|1[0-2])(?P<cd>0[1-9]|[12][0-9]|3[01])?(?![0-9])"
)
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_TENS = {"初": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}
END_EDGES = frozenset({"底", "年底", "末", "年末", "内", "年内"})


@quickly_made
@dataclass(frozen=True, slots=True)
class Span:
    """The days from month ``m1``, day ``d1`` to ``m2``, ``d2`` of a year that may be unknown."""

    year: int | None
    m1: int
    d1: int
    m2: int
    d2: int
    precision: DatePrecision
    edge: str = ""
    is_period: bool = False
    is_numeric: bool = False
    years_on: int = 0

    def start(self, year: int) -> date:
        """Return the first day."""
        return day(year + self.years_on, self.m1, self.d1)

    def end(self, year: int) -> date:
        """Return the last day."""
        return day(year + self.years_on, self.m2, self.d2)

    @property
    def missing_day(self) -> bool:
        """Whether a printed day is not in its month, such as 6月31日."""
        exact = self.precision is DatePrecision.DAY and self.m1 == self.m2 and self.d1 == self.d2
        return exact and self.d1 > calendar.monthrange(self.year or 2024, self.m1)[1]


def day(year: int, month: int, number: int) -> date:
    """Return a day; a number past the end of its month is the month's last day.

    >>> day(2025, 2, 31)
    datetime.date(2025, 2, 28)
    """
    return date(year, month, min(number, calendar.monthrange(year, month)[1]))


def whole_year(year: int | None) -> Span:
    """Return the span of a year."""
    return Span(year, 1, 1, 12, 31, DatePrecision.YEAR)


def whole_month(year: int | None, month: int) -> Span:
    """Return the span of a month."""
    return Span(year, month, 1, month, 31, DatePrecision.MONTH)


def read_span(plain: str, start: int = 0) -> tuple[Span, int] | None:
    """Return the date that stands at ``start`` and the place after it.

    >>> span, end = read_span("2025年第四季度前")
    >>> span.start(2025), span.end(2025), end
    (datetime.date(2025, 10, 1), datetime.date(2025, 12, 31), 9)
    >>> read_span("5000元/年") is None
    True
    """
    if match := _NUMERIC.match(plain, start):
        span = _numeric(match)
    elif (match := _WRITTEN.match(plain, start)) and match.end() > start:
        found = _written(match)
        if found is None:
            return None
        span = found
    else:
        return None
    return span, match.end()


def _numeric(match: re.Match[str]) -> Span:
    year = int(match["y"] or match["cy"])
    month = int(match["m"] or match["cm"])
    number = match["d"] or match["cd"]
    if number is None:
        return replace(whole_month(year, month), is_numeric=True)
    return Span(year, month, int(number), month, int(number), DatePrecision.DAY, is_numeric=True)


def _written(match: re.Match[str]) -> Span | None:
    year = int(match["y"]) if match["y"] else None
    edge = match["edge"] or ""
    if match["m"]:
        span = _in_month(year, int(match["m"]), match["d"], edge)
    elif match["q"]:
        span = _months(year, _QUARTERS[match["q"]] * 3 - 2, 3)
    elif match["h"]:
        span = _months(year, 1 if match["h"] == "上" else 7, 6)
    else:
        span = _in_year(match, year, edge)
    if span is None or not (edge or match["next"]):
        return span
    return replace(span, edge=edge, years_on=1 if match["next"] else 0)


def _in_month(year: int | None, month: int, number: str | None, edge: str) -> Span | None:
    if number:
        exact = Span(year, month, int(number), month, int(number), DatePrecision.DAY)
        return exact if edge in {"", "内"} else None
    if edge in _TENS:
        first, last = _TENS[edge]
        return Span(year, month, first, month, last, DatePrecision.DAY, is_period=True)
    return whole_month(year, month)


def _months(year: int | None, first: int, length: int) -> Span:
    last = first + length - 1
    return Span(year, first, 1, last, 31, DatePrecision.MONTH, is_period=True)


def _in_year(match: re.Match[str], year: int | None, edge: str) -> Span | None:
    """Return a whole year, or its beginning; the edges of a month need a month."""
    if match["next"] or edge in _TENS or not (year or match["this"] or match["whole"]):
        return None
    if edge.endswith("初"):
        return whole_month(year, 1)
    return replace(whole_year(year), is_period=match[0] != f"{year}年")
