"""The texts below the header of the indicators → their rows, each cell under its label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from perfgraph.model import Scheme
from perfgraph.records.funds import number
from perfgraph.records.labels import Labels
from perfgraph.records.stream.band import Band
from perfgraph.records.stream.lines import Lines
from perfgraph.records.trailers import is_trailer
from perfgraph.values.comparators import comparator

_TITLE = re.compile(r"绩效.{0,16}表")
_NOTE = re.compile(r"备?注[:：]|.{0,20}(?:意见|盖章|签字)")
_NUMERIC = frozenset({"weight", "score"})
_OPTIONAL = frozenset({"deviation", "remark", "description", "standard"})
_QUANTITY = re.compile(r"[≥≤≧≦=═＝><]{0,2}\d[\d.,]*[^\d.,]{0,5}|[≥≤≧≦═＝><].*")
_LONGEST_SIGN = 4
_WRONG, _MISSING, _UNSURE = 20, 10, 10


def read(texts: Sequence[str], band: Band, lines: Lines, labels: Labels) -> int:
    """Add the header and the rows below it; return where the texts of the next form begin."""
    end = _end(texts, band.end, labels)
    if band.side is not None:
        lines.add(band.side)
    lines.add(*band.above)
    lines.add(*band.labels)
    _Body(texts[band.end : end], band, lines, labels).read()
    return end


def _end(texts: Sequence[str], start: int, labels: Labels) -> int:
    for at in range(start, len(texts)):
        if labels.header_role(texts[at]) == "project_name":
            while at > start and _is_above(texts[at - 1], labels):
                at -= 1
            return at
    return len(texts)


def _is_above(text: str, labels: Labels) -> bool:
    """Whether a text stands above 项目名称: a title, a year, a label without a value."""
    plain = text.strip()
    is_line = plain.endswith((":", "：", "年度)", "年度）")) or labels.header_role(plain)
    return not plain or bool(is_line) or _TITLE.search(plain) is not None


@dataclass
class _Body:
    """The rows of one block in the making."""

    texts: Sequence[str]
    band: Band
    lines: Lines
    labels: Labels
    at: int = 0
    level1: str = ""

    def __post_init__(self) -> None:
        self.name = self.band.roles.index("name")
        self.is_sure = any(not text.strip() for text in self.texts)
        levels = [level for text in self.texts if (level := self.labels.level2_of(text))]
        self.is_2021 = any(set(level.categories) == {Scheme.S2021} for level in levels)

    def read(self) -> None:
        """Add all rows."""
        while self.at < len(self.texts):
            text = self.texts[self.at]
            if not text.strip():
                self.at += 1  # a level that is printed further up, or the end of a row
            elif self._is_trailer(text):
                self._trailer()
            else:
                self._row()

    def _is_trailer(self, text: str) -> bool:
        return is_trailer(text, self.labels) or _NOTE.match(text) is not None

    def _trailer(self) -> None:
        """Add a row below the indicators: a sum of weights and scores, a note."""
        label = self.texts[self.at]
        self.at += 1
        values: list[str] = []
        while self.at < len(self.texts) and not self._is_trailer(self.texts[self.at]):
            values.append(self.texts[self.at])
            self.at += 1
        roles = self.band.roles
        if self.labels.header_role(label) != "total_score" or "score" not in roles:
            self.lines.add(label, *values)
            return
        printed = [value for value in values if value.strip()]
        numbers = [value for value in printed if number(value) is not None]
        row = [""] * len(roles)
        row[0] = label
        for role, value in zip(("score", "weight"), reversed(numbers), strict=False):
            if role in roles:
                row[roles.index(role)] = value
        self.lines.add(*row, *(value for value in printed if value not in numbers))

    def _level(self, text: str, *, after_level1: bool) -> int:
        """Return 1 or 2 for a level label, 0 for another text; 满意度指标 may be both."""
        one, two = self.labels.level1_of(text), self.labels.level2_of(text)
        if one is None or two is None:
            return 1 if one else 2 if two else 0
        above = self.labels.level1_of(self.level1)
        is_ndrc = above is not None and Scheme.NDRC in above.categories
        if is_ndrc and Scheme.NDRC in two.categories:
            return 2
        if set(one.categories) == {Scheme.S2021}:  # 成本指标
            return 1 if self.is_2021 else 2
        return 2 if after_level1 and one is above else 1

    def _row(self) -> None:
        row = [""] * len(self.band.roles)
        text = self.texts[self.at]
        level = self._level(text, after_level1=False)
        if level == 1 and "level1" in self.band.roles:
            row[self.band.roles.index("level1")] = self.level1 = text
            self.at += 1
            self._skip_blanks()
            text = self.texts[self.at] if self.at < len(self.texts) else ""
            level = self._level(text, after_level1=True)
        if level == 2 and "level2" in self.band.roles:
            row[self.band.roles.index("level2")] = text
            self.at += 1
        if not self.is_sure and (self._is_open() or (self._has_lanes() and level != 2)):
            self._leave(row)
        elif self.is_sure or self._has_lanes():
            self._fixed(row)
        else:
            self._parted(row)

    def _skip_blanks(self) -> None:
        while self.at < len(self.texts) and not self.texts[self.at].strip():
            self.at += 1

    def _has_lanes(self) -> bool:
        return self.band.roles.count("name") > 1

    def _fixed(self, row: list[str]) -> None:
        """Fill the columns one by one; a level label ends the row or begins its other half."""
        column = self.name
        roles = self.band.roles
        while column < len(roles) and self.at < len(self.texts):
            text = self.texts[self.at]
            level = self._level(text, after_level1=False) if text.strip() else 0
            if roles[column] == "level2" and level != 2:
                if not row[self.name - 1]:
                    column += 1  # its cell is merged, as that of the first half
                    continue
                if text.strip():
                    break
            if level and roles[column] != "level2":
                half = roles.index("level2", column) if "level2" in roles[column:] else None
                if half is None or level != 2:
                    break
                column = half
            is_half = column > self.name and roles[column] == "level2"
            row[column] = text
            column += 1
            self.at += 1
            if is_half and not self.is_sure and row[self.name]:
                break  # what follows may belong to this half, or to the next row
        self.lines.add(*row)

    def _is_open(self) -> bool:
        """Whether a name has several values and a remark, and any of them may be gone."""
        roles = self.band.roles
        return roles.count("value") > roles.count("name") and bool(_OPTIONAL & set(roles))

    def _leave(self, row: list[str]) -> None:
        """Leave a text apart: it is not to be seen which column it belongs to."""
        self.lines.add(*row)
        if self.at < len(self.texts):
            self.lines.add(self.texts[self.at])
            self.at += 1

    def _parted(self, row: list[str]) -> None:
        """Part the texts up to the next level into rows; if that is not sure, leave them apart."""
        start = self.at
        while self.at < len(self.texts) and not self._ends(self.texts[self.at]):
            self.at += 1
        texts = self.texts[start : self.at]
        cost, lengths = _partition(texts, self.band.roles[self.name :])
        if cost >= _UNSURE or not texts:
            self.lines.add(*row)
            for text in texts:
                self.lines.add(text)
            return
        at = 0
        for length in lengths:
            row[self.name : self.name + length] = texts[at : at + length]
            self.lines.add(*row)
            row = [""] * len(row)
            at += length

    def _ends(self, text: str) -> bool:
        return bool(self._level(text, after_level1=False)) or self._is_trailer(text)


def _partition(texts: Sequence[str], roles: Sequence[str]) -> tuple[int, list[int]]:
    """Return the best way to part ``texts`` into rows of ``roles``: its cost, and the lengths."""
    best: list[tuple[int, list[int]]] = [(0, [])]
    for end in range(1, len(texts) + 1):
        ways = [
            (cost + _cost(texts[end - length : end], roles), [*lengths, length])
            for length in range(1, min(len(roles), end) + 1)
            for cost, lengths in (best[end - length],)
        ]
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1]


def _cost(row: Sequence[str], roles: Sequence[str]) -> int:
    """Return how unlikely it is that the texts are one row, from its name to its last cell."""
    missing = sum(role not in _OPTIONAL for role in roles[len(row) :])
    wrong = sum(_is_wrong(text, role) for text, role in zip(row, roles, strict=False))
    return _MISSING * missing + _WRONG * wrong + (len(roles) - len(row) - missing)


def _is_wrong(text: str, role: str) -> bool:
    if role in _NUMERIC:
        return number(text) is None
    if role in ("comparator", "nature"):
        return comparator(text) is None and len(text) > _LONGEST_SIGN
    return role == "name" and _QUANTITY.fullmatch(text) is not None
