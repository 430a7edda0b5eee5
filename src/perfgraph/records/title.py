"""The lines above a form → its titles, its unit, its money unit, and pairs such as 预算单位：某局.

The lines stand in the heading above the table or in its first rows. It judges no title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from perfgraph import values
from perfgraph.model import Cell, Row, Unit
from perfgraph.records.cells import CellSet
from perfgraph.records.labels import Labels

_MONEY_UNIT = re.compile(r"(?:金额)?单位\s*[:：]\s*(?:人民币)?([亿万千百]?元)")
_UNIT_CODE = re.compile(r"^[\[【(（]?\d{3,9}[\]】)）]?[-—]?(?![.．,，%年月万亿元])[^\d—-]")
_YEAR = re.compile(r"^[\[【(（]?\s*20\d\d\s*[)）]?\s*年")
_WORD = r"(?!\S*\s*[:：])[^\s:：]+"
_PAIR = re.compile(
    r"([^\s:：]{2,12}?)\s*[:：][ \t\u3000]*"
    rf"((?:[\[【(（]?\d{{3,9}}[\]】)）]?\s+)?{_WORD}(?: (?!20\d\d){_WORD})*)?"
)
"""A label and its value, which may have single spaces within; the next word before a colon is a
label again. A code and the name after it may stand further apart."""
_SEAL = re.compile(r"\s*[(（][^()（）]*[章签][^()（）]*[)）]\s*")
_NAME = re.compile(r"^\s*[\u4e00-\u9fff][\u4e00-\u9fff()（）]{2,40}\s*$")
_NOTE = re.compile(r"^[(（][^()（）]*[)）]$")
_TITLE = re.compile(r"绩\s*效|年\s*度|预算|附件|表\d*$|^[(（]?\s*20\d\d\s*[)）]?$")
_NUMBERED = re.compile(r"^\s*\d{1,2}\s*[.．、]\s*(\S.*?)绩效目标(?:申报|批复)?表\s*$", re.MULTILINE)
_NAME_ROLES = frozenset({"unit", "department"})
_PAIR_ROLES = _NAME_ROLES | {"project_code", "total_score"}


@dataclass
class Title:
    """What the lines above a form say."""

    titles: list[str] = field(default_factory=list)
    unit: str | None = None
    money_unit: Unit | None = None
    pairs: dict[str, str] = field(default_factory=dict)

    def read(self, text: str, labels: Labels) -> bool:
        """Take up one text; return whether it was understood."""
        understood = False
        for line in text.split("\n"):
            understood = self._read_line(line.strip(), labels) or understood
        return understood

    def _read_line(self, line: str, labels: Labels) -> bool:
        rest = line
        if match := _MONEY_UNIT.search(line):
            rest = f"{line[: match.start()]}\t{line[match.end() :]}".strip()
            self.money_unit = self.money_unit or values.unit(match[1])
        if self.unit is None and _UNIT_CODE.match(rest) and not _YEAR.match(rest):
            self.unit = rest
            return True
        is_pair = False
        for label, value in _PAIR.findall(rest) if ":" in rest or "：" in rest else ():
            role = labels.header_role(label)
            is_noted = role == "noted" and not value
            if role in _PAIR_ROLES or is_noted:
                is_pair = True
                value = _SEAL.sub("", value) if role in _NAME_ROLES else value.split(" ")[0]
                if role is not None and value and not _NOTE.match(value):
                    self.pairs.setdefault(role, value)
        if is_pair:
            return True
        if _TITLE.search(rest):
            self.titles.append(rest)
            return True
        return rest != line


def read(heading: str | None, cells: Iterable[Cell], labels: Labels) -> tuple[Title, CellSet]:
    """Return what a heading and the cells of title rows say, and the cells that were used."""
    title = Title()
    if heading:
        title.read(heading, labels)
    printed = list(cells)
    used = CellSet(cell for cell in printed if title.read(cell.text, labels))
    if title.unit is None and "unit" not in title.pairs:
        _read_plain_unit(title, printed, used)
    return title, used


def _read_plain_unit(title: Title, printed: Sequence[Cell], used: CellSet) -> None:
    """Take the cell before the money unit for the unit: it may be printed without a code."""
    for before, cell in pairwise(printed):
        if _MONEY_UNIT.search(cell.text) and before not in used and _NAME.match(before.text):
            title.unit = before.text.strip()
            used.add(before)
            return


def is_title_text(text: str) -> bool:
    """Whether a text could be the title of a form.

    >>> is_title_text("某馆2022年部门整体绩效目标"), is_title_text("某馆")
    (True, False)
    """
    return _TITLE.search(text) is not None


def is_title(row: Row, labels: Labels) -> bool:
    """Whether every text of ``row`` is a line as it stands above a form."""
    return all(Title().read(cell.text, labels) for cell in row if not cell.is_blank)


def project_name(heading: str | None) -> str | None:
    """Return the project in a numbered heading; other headings name the form, not the project.

    >>> project_name("1、某专项资金绩效目标表"), project_name("项目支出绩效目标表")
    ('某专项资金', None)
    """
    match = _NUMBERED.search(heading or "")
    return match[1] if match else None


def money_unit(label: str) -> Unit | None:
    """Return the money unit in the brackets of a label.

    >>> money_unit("项目资金（万元）").symbol, money_unit("执行率(B/A)")
    ('万元', None)
    """
    match = re.search(r"[(（]\s*([亿万千百]?元)\s*[)）]", label)
    return values.unit(match[1]) if match else None
