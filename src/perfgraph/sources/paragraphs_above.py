"""Paragraphs printed before a table → the table's heading. It does not judge what they say."""

from __future__ import annotations

from collections.abc import Sequence

MAX_PARAGRAPHS = 6
"""Attachment number, title, year, unit and money unit stand on lines of their own."""
MAX_LENGTH = 200
"""A longer paragraph is prose, not a heading; nothing above it is taken either."""


def heading(paragraphs: Sequence[str]) -> str | None:
    r"""Return the nearest of ``paragraphs``, joined by line feeds; ``None`` when there is none.

    >>> heading(["项目支出绩效目标表", " ", "  单位：万元"])
    '项目支出绩效目标表\n单位：万元'
    """
    nearest: list[str] = []
    for paragraph in reversed(paragraphs):
        text = paragraph.strip()
        if len(text) > MAX_LENGTH or len(nearest) == MAX_PARAGRAPHS:
            break
        if text:
            nearest.append(text)
    return "\n".join(reversed(nearest)) or None
