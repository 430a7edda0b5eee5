"""The rows below the indicators of a form → sums, remarks, and who filled it in; no indicators."""

from __future__ import annotations

import re

from perfgraph.records.labels import Labels

_ROLES = frozenset({"noted", "total", "total_score"})
"""Labels that begin such a row."""
OF_A_HEADER = frozenset({"project_name", "department", "unit", "attribute", "term", "fund_block"})
"""Labels that begin a row of another form's header, never one of an indicator."""
_PAIR = re.compile(r"\s*([^:：]{2,20})[:：]\s*\S")
_NOTE = re.compile(r"\s*(?:备?注|说明)[:：]")
_PAIR_ROLES = OF_A_HEADER | {"noted", "total_score"}


def is_trailer(first: str, labels: Labels) -> bool:
    """Whether a row whose first text is ``first`` stands below the indicators.

    >>> from perfgraph.records.labels import load
    >>> [is_trailer(text, load()) for text in ("填报人", "填表人：张三", "数量指标", "比例：高")]
    [True, True, False, False]
    """
    if labels.header_role(first) in _ROLES:
        return True
    if _NOTE.match(first):
        return True
    pair = _PAIR.match(first) if ":" in first or "：" in first else None
    return pair is not None and labels.header_role(pair[1]) in _PAIR_ROLES
