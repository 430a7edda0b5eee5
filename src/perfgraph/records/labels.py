"""Printed labels → what their cells mean, from ``labels.toml`` and a user's file of that form."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from perfgraph.model import Category, Dimension, GovernmentLevel, Period, Place, Scheme
from perfgraph.records.errors import BadLabelsError

_SHIPPED = Path(__file__).with_name("labels.toml")
_IGNORED = str.maketrans("", "", "()[]【】「」“”\"'*★☆")
_BRACKETS = re.compile(r"\([^()]*\)分?")
_NUMERAL = re.compile(r"^(?:\(?[一二三四五六七八九十]{1,3}[、.)]|\(?\d{1,2}[、.)])")
_YEAR = re.compile(r"20\d\d年(?:度)?")
_MONTHS = re.compile(r"截?至?(\d{1,2})(?:[-—–~至到](\d{1,2}))?月[底末份]?|上半年")
_WITHIN_YEAR = {"actual": "interim", "executed": "interim"}
"""Roles of results whose label names months: they are of a part of the year."""
_WEIGHT = re.compile(r"\((\d{1,3}(?:\.\d{1,2})?)分\)|\((\d{1,3}(?:\.\d{1,2})?)\)分")
_LONGEST = 40
"""A longer cell is text, not a label."""
_LONGEST_PLACE, _LONGEST_SUFFIX = 15, 5
_REMEMBERED = 20_000
_SECTIONS = {
    *("header", "column", "fund_column", "task_column", "title", "period", "place"),
    *("government", "level1", "level2"),
}
_T = TypeVar("_T")


@lru_cache(maxsize=4096)
def key(label: str) -> str:
    """Return ``label`` as it is compared.

    >>> key("其中：财政    资金"), key("指 标 值"), key("绩效目标（年度）：")
    ('财政资金', '指标值', '绩效目标年度')
    """
    squeezed = "".join(unicodedata.normalize("NFKC", label).split())
    return squeezed.removeprefix("其中:").translate(_IGNORED).rstrip(":")


def keys(label: str) -> Iterator[str]:
    """Yield the keys under which ``label`` is looked for, the most exact first.

    Brackets with a note, and a list number before the label, are left out only in the later ones.

    >>> list(keys("1、产出指标（50分）"))
    ['1、产出指标50分', '1、产出指标', '产出指标', '产出指标50分']
    """
    yield key(label)
    squeezed = "".join(unicodedata.normalize("NFKC", label).split())
    bare = _BRACKETS.sub("", squeezed)
    unnumbered = _NUMERAL.sub("", bare.removeprefix("其中:"))
    for shorter in dict.fromkeys((bare, unnumbered, _NUMERAL.sub("", squeezed))):
        if shorter != squeezed:
            yield key(shorter)


def printed_weight(label: str) -> str | None:
    """Return the weight printed in a label; a range of weights is none.

    >>> printed_weight("产出指标（50分）"), printed_weight("成本指标(0-20)分")
    ('50', None)
    """
    match = _WEIGHT.search("".join(unicodedata.normalize("NFKC", label).split()))
    return (match[1] or match[2]) if match else None


def months_of(label: str) -> tuple[int, int] | None:
    """Return the first and last month that a label names, from January where only one is named.

    >>> months_of("1-7月执行情况"), months_of("截至9月完成值"), months_of("实际完成值")
    ((1, 7), (1, 9), None)
    """
    match = _MONTHS.search("".join(unicodedata.normalize("NFKC", label).split()))
    if match is None:
        return None
    if match[1] is None:  # 上半年
        return 1, 6
    first, last = (1, int(match[1])) if match[2] is None else (int(match[1]), int(match[2]))
    return (first, last) if 1 <= first <= last <= 12 else None


@dataclass(frozen=True, slots=True)
class Level:
    """What a level label means: its concept in each scheme that has it, and its dimension."""

    categories: Mapping[Scheme, Category]
    dimension: Dimension | None


@dataclass(frozen=True, slots=True)
class Heading:
    """What the label of an indicator column says: the role of the column, and a period."""

    role: str
    period: Period | None = None


@dataclass(slots=True)
class _Memory:
    """What was found for a text: the tables of a folder repeat their labels."""

    headers: dict[str, str | None] = field(default_factory=dict)
    funds: dict[str, str | None] = field(default_factory=dict)
    headings: dict[str, Heading | None] = field(default_factory=dict)
    titles: dict[str, frozenset[str] | None] = field(default_factory=dict)
    levels1: dict[str, Level | None] = field(default_factory=dict)
    levels2: dict[str, Level | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Labels:
    """The label table; keys are as :func:`key` gives them."""

    header: Mapping[str, str]
    column: Mapping[str, str]
    fund_column: Mapping[str, str]
    task_column: Mapping[str, str]
    title: Mapping[str, str]
    period: Mapping[str, str]
    government: Mapping[str, str]
    place: Mapping[str, str]
    level1: Mapping[str, Level]
    level2: Mapping[str, Level]
    _memory: _Memory = field(default_factory=_Memory, init=False, compare=False, repr=False)

    def header_role(self, text: str) -> str | None:
        """Return the role of a label in the block above the indicators, if it is one."""
        try:
            return self._memory.headers[text]
        except KeyError:
            return _remember(self._memory.headers, text, _find(self.header, text))

    def fund_column_role(self, text: str) -> str | None:
        """Return the role of a label above a column of amounts, if it is one."""
        try:
            return self._memory.funds[text]
        except KeyError:
            return _remember(self._memory.funds, text, self._fund_column(text))

    def task_column_role(self, text: str) -> str | None:
        """Return the role of a label above a column of a department's tasks, if it is one."""
        return _find(self.task_column, text)

    def column_role(self, text: str) -> str | None:
        """Return the role of a label in the indicators' header row, if it is one."""
        heading = self.heading(text)
        return heading.role if heading else None

    def heading(self, text: str) -> Heading | None:
        """Return what a label in the indicators' header row says, if it is one."""
        try:
            return self._memory.headings[text]
        except KeyError:
            return _remember(self._memory.headings, text, self._heading(text))

    def level1_of(self, text: str) -> Level | None:
        """Return what a first-level label means."""
        try:
            return self._memory.levels1[text]
        except KeyError:
            return _remember(self._memory.levels1, text, _find(self.level1, text))

    def level2_of(self, text: str) -> Level | None:
        """Return what a second-level label means."""
        try:
            return self._memory.levels2[text]
        except KeyError:
            return _remember(self._memory.levels2, text, _find(self.level2, text))

    def period_of(self, text: str) -> Period | None:
        """Return the period whose name stands in a label, the longest name first."""
        plain = key(text)
        for word, period in self.period.items():
            if word in plain:
                return Period(period)
        return None

    def government_of(self, text: str) -> GovernmentLevel | None:
        """Return the level of government that the label of an amount begins with."""
        plain = key(text).removeprefix("当年").removeprefix("本年")
        for word, level in self.government.items():
            if plain.startswith(word):
                return GovernmentLevel(level)
        return None

    def place_role(self, text: str) -> str | None:
        """Return ``name`` for a column label that names a place, ``whole`` for one of them all."""
        plain = key(text)
        role = self.place.get(plain)
        if role is None and len(plain) <= _LONGEST_PLACE:
            ends = (plain[-length:] for length in range(1, min(len(plain), _LONGEST_SUFFIX + 1)))
            role = "name" if any(self.place.get(end) == "suffix" for end in ends) else None
        return role if role in ("name", "whole") else None

    def titles(self, text: str) -> frozenset[str]:
        """Return the roles of the words in a title, such as 自评."""
        if text in self._memory.titles:
            return self._memory.titles[text] or frozenset()
        plain = key(text)
        found = frozenset(role for word, role in self.title.items() if word in plain)
        return _remember(self._memory.titles, text, found) or frozenset()

    def _heading(self, text: str) -> Heading | None:
        if len(text) > _LONGEST:
            return None
        for candidate in keys(text):
            without_year = _YEAR.sub("", candidate)
            forms = [candidate, without_year]
            forms += [
                without_year.replace(word, "") for word in self.period if word in without_year
            ]
            for form in forms:
                if role := self.column.get(form):
                    return Heading(role, self.period_of(without_year))
        if not _names_months(text):
            return None
        within = self._heading(_without_months(text))
        return Heading(_WITHIN_YEAR.get(within.role, within.role)) if within is not None else None

    def _fund_column(self, text: str) -> str | None:
        role = _find(self.fund_column, text)
        if role is None and len(text) <= _LONGEST and _names_months(text):
            role = _find(self.fund_column, _without_months(text))
            return _WITHIN_YEAR.get(role or "", role)
        return role


def _names_months(label: str) -> bool:
    return ("月" in label or "上半年" in label) and months_of(label) is not None


def _without_months(label: str) -> str:
    return _MONTHS.sub("", "".join(unicodedata.normalize("NFKC", label).split()))


def _remember(memory: dict[str, _T | None], text: str, found: _T | None) -> _T | None:
    if len(memory) > _REMEMBERED:
        memory.clear()
    memory[text] = found
    return found


def _find(table: Mapping[str, _T], text: str) -> _T | None:
    if len(text) > _LONGEST:
        return None
    return next((table[one] for one in keys(text) if one in table), None)


def load(extra: Path | None = None) -> Labels:
    """Return the shipped labels, extended by the user's file ``extra``.

    Raises:
        BadLabelsError: ``extra`` is missing, is not TOML, or has unknown sections or codes.
    """
    return _shipped() if extra is None else _labels(_content(_SHIPPED), _content(extra), extra.name)


@cache
def _shipped() -> Labels:
    return _labels(_content(_SHIPPED), {}, _SHIPPED.name)


def _content(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadLabelsError(Place(path.name), str(error)) from error


def _labels(shipped: dict[str, object], extra: dict[str, object], file: str) -> Labels:
    unknown = set(extra) - _SECTIONS
    if unknown:
        raise BadLabelsError(Place(file), f"[{min(unknown)}]")
    try:
        periods = _roles(shipped, extra, "period")
        return Labels(
            header=_roles(shipped, extra, "header"),
            column=_roles(shipped, extra, "column"),
            fund_column=_roles(shipped, extra, "fund_column"),
            task_column=_roles(shipped, extra, "task_column"),
            title=_roles(shipped, extra, "title"),
            period=dict(sorted(periods.items(), key=lambda item: -len(item[0]))),
            government=_roles(shipped, extra, "government"),
            place=_roles(shipped, extra, "place"),
            level1=_levels(shipped, extra, "level1"),
            level2=_levels(shipped, extra, "level2"),
        )
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise BadLabelsError(Place(file), str(error)) from error


def _roles(shipped: dict[str, object], extra: dict[str, object], section: str) -> dict[str, str]:
    known = _section(shipped, section)
    roles: dict[str, str] = {}
    for table in (known, _section(extra, section)):
        for role, labels in table.items():
            if role not in known or not isinstance(labels, list):
                raise ValueError(f"[{section}] {role}")
            roles |= {key(label): role for label in labels}
    return roles


def _section(content: dict[str, object], section: str) -> dict[str, object]:
    table = content.get(section, {})
    if not isinstance(table, dict):
        raise TypeError(f"[{section}]")
    return table


def _levels(shipped: dict[str, object], extra: dict[str, object], section: str) -> dict[str, Level]:
    levels: dict[str, Level] = {}
    for content in (shipped, extra):
        entries = content.get(section, [])
        if not isinstance(entries, list):
            raise TypeError(f"[[{section}]]")
        for entry in entries:
            dimension = entry.get("dimension")
            level = Level(
                {s: Category(s, entry[s.value]) for s in Scheme if s.value in entry},
                Dimension(dimension) if dimension else None,
            )
            levels |= {key(label): level for label in entry["labels"]}
    return levels
