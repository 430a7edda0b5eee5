"""Printed labels → what their cells mean, from ``labels.toml`` and a user's file of that form."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from perfgraph.model import Category, Dimension, Place, Scheme
from perfgraph.records.errors import BadLabelsError

_SHIPPED = Path(__file__).with_name("labels.toml")
_IGNORED = str.maketrans("", "", "()[]【】「」“”\"'*★☆")


def key(label: str) -> str:
    """Return ``label`` as it is compared.

    >>> key("其中：财政    资金"), key("指 标 值"), key("绩效目标（年度）：")
    ('财政资金', '指标值', '绩效目标年度')
    """
    squeezed = "".join(unicodedata.normalize("NFKC", label).split())
    return squeezed.removeprefix("其中:").translate(_IGNORED).rstrip(":")


@dataclass(frozen=True, slots=True)
class Level:
    """What a level label means: its concept in each scheme that has it, and its dimension."""

    categories: Mapping[Scheme, Category]
    dimension: Dimension | None


@dataclass(frozen=True, slots=True)
class Labels:
    """The label table; keys are as :func:`key` gives them."""

    header: Mapping[str, str]
    column: Mapping[str, str]
    level1: Mapping[str, Level]
    level2: Mapping[str, Level]

    def header_role(self, text: str) -> str | None:
        """Return the role of a label in the block above the indicators, if it is one."""
        return self.header.get(key(text))

    def column_role(self, text: str) -> str | None:
        """Return the role of a label in the indicators' header row, if it is one."""
        return self.column.get(key(text))


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
    unknown = set(extra) - {"header", "column", "level1", "level2"}
    if unknown:
        raise BadLabelsError(Place(file), f"[{min(unknown)}]")
    try:
        return Labels(
            header=_roles(shipped, extra, "header"),
            column=_roles(shipped, extra, "column"),
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
