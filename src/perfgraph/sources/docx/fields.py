"""A field without a stored result → what it prints: form fields, and signs built from parts.

Word keeps the result of most fields as text; these are drawn from their code when it prints.
"""

from __future__ import annotations

import re

from perfgraph.sources.docx.markup import Element, child, is_on, number, value, w
from perfgraph.sources.docx.numerals import numeral

_OVERLAID = re.compile(r"(?i)^\s*eq\s*\\o\s*(?:\\a[clr]\s*)?[(（](.*)[)）]\s*$", re.DOTALL)
_FRACTION = re.compile(r"(?i)^\s*eq\s*\\f\s*[(（](.*)[)）]\s*$", re.DOTALL)
_CIRCLES = "○〇◯"


def equation(code: str) -> str:
    r"""Return what an EQ field prints; nothing for another field.

    >>> equation(r"eq \o\ac(○,3)"), equation(r"eq \f(1,2)"), equation("PAGE")
    ('③', '1/2', '')
    """
    if match := _FRACTION.match(code):
        return "/".join(_arguments(match[1]))
    if match := _OVERLAID.match(code):
        parts = _arguments(match[1])
        if len(parts) == 2 and parts[0] in _CIRCLES and parts[1].isdecimal() and len(parts[1]) < 3:
            return numeral(int(parts[1]), "decimalEnclosedCircle")
        return "".join(parts)
    return ""


def form_field(begin: Element) -> str:
    """Return what a form field prints besides its text: a ticked box, the chosen entry."""
    data = child(begin, "ffData")
    box = child(data, "checkBox")
    if box is not None:
        state = child(box, "checked")
        return "☒" if is_on(state if state is not None else child(box, "default")) else "☐"
    choices = child(data, "ddList")
    if choices is None:
        return ""
    entries = [value(entry) or "" for entry in choices.findall(w("listEntry"))]
    chosen = number(child(choices, "result")) or number(child(choices, "default")) or 0
    return entries[chosen] if chosen < len(entries) else ""


def _arguments(inner: str) -> list[str]:
    return [part.strip() for part in re.split("[,，;；]", inner)]
