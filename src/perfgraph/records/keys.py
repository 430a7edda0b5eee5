"""``keys.csv`` → the pinned keys of projects; it knows the key of every other project's name too.

The key is the last part of a project's IRI. A corrected name would change it, so a reviewed row
pins the old one; where two names have the same short key, a row gives one of them a longer key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from perfgraph.model import Project
from perfgraph.records import reviewed
from perfgraph.records.errors import BadKeysError
from perfgraph.records.identity import name_key
from perfgraph.text import Text

COLUMNS = ("unit", "year", "name", "key")
_DIGITS = 10
LONG_DIGITS = 16
"""Of the key that a clash asks for."""
_WHOLE = 64
_KEY = re.compile(r"[0-9A-Za-z]{3,40}")
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Keys:
    """Pinned keys by unit code, year and name; the name as :func:`same_name` compares it."""

    pinned: Mapping[tuple[str, int, str], str] = field(default_factory=dict)

    def of(self, unit: str, year: int | None, name: str | None) -> str | None:
        """Return the pinned key of a project; ``None`` where no row names it."""
        if not self.pinned or year is None or name is None:
            return None
        return self.pinned.get((unit, year, same_name(name)))


def minted(name: str, digits: int = _DIGITS) -> str:
    """Return the key that a project without an official code has from its name.

    >>> minted("院士特别津贴和授衔专家津贴")
    'n8a0c05c7b0'
    """
    return "n" + name_key(name, digits)


def key_of(project: Project) -> str:
    """Return the last part of a project's IRI: pinned, or its official code, or minted."""
    return project.pinned_key or project.code or minted(project.name or "")


def same_name(name: str) -> str:
    """Return what two spellings of one name have in common, white space and width apart."""
    return name_key(name, _WHOLE)


def load(path: Path) -> Keys:
    """Return the keys in the CSV file at ``path``: a row each, with unit, year, name and key.

    Raises:
        BadKeysError: the file is missing, is no UTF-8 CSV with these columns, a cell cannot be,
            or two rows contradict each other.
    """
    pinned: dict[tuple[str, int, str], str] = {}
    holders: dict[tuple[str, int, str], str] = {}
    for place, cells in reviewed.rows(path, COLUMNS, BadKeysError):
        unit, year, name, key = (cells[column] for column in COLUMNS)
        if not unit or not name or not _YEAR.fullmatch(year) or not _KEY.fullmatch(key):
            raise BadKeysError(place, _BAD_ROW)
        project, holder = (unit, int(year), same_name(name)), (unit, int(year), key)
        agrees = pinned.setdefault(project, key) == key
        if not agrees or holders.setdefault(holder, project[2]) != project[2]:
            raise BadKeysError(place, _CONTRADICTION)
    return Keys(pinned)


_BAD_ROW = Text(
    zh="单位编码、四位年度、项目名称、键（3 至 40 个字母或数字）缺一不可",
    en="a row needs a unit code, a year of four digits, a name, and a key of 3 to 40 letters "
    "and digits",
)
_CONTRADICTION = Text(
    zh="与前面的行矛盾：一个项目两个键，或两个项目一个键",
    en="it contradicts a row above: two keys for a project, or two projects for a key",
)
