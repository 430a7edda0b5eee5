"""The paragraphs before a table, with the pages around them → its heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perfgraph.sources import paragraphs_above


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as printed, with its automatic number, and where pages end around it."""

    text: str
    breaks_before: bool = False
    breaks_after: bool = False
    is_contents: bool = False
    """Whether it is a line of the table of contents."""


def heading(above: Sequence[Line]) -> str | None:
    r"""Return what is printed directly above a table, given all paragraphs since the last one.

    It ends at the table of contents and where the page of the nearest paragraph began.

    >>> cover = Line("2025年部门预算", breaks_after=True)
    >>> heading([cover, Line("项目支出绩效目标表"), Line(""), Line("单位：万元")])
    '项目支出绩效目标表\n单位：万元'
    """
    near: list[str] = []
    has_text = False
    for line in reversed(above):
        if line.is_contents or (has_text and line.breaks_after):
            break
        near.append(line.text)
        has_text = has_text or bool(line.text.strip())
        if has_text and line.breaks_before:
            break
    return paragraphs_above.heading(near[::-1])
