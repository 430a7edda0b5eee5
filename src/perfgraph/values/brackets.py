"""Brackets in a value cell: units stay, template residue and comments are set aside with a note."""

from __future__ import annotations

import re

from perfgraph.text import Text
from perfgraph.values import notes
from perfgraph.values.units import LISTED, known

_GROUP = re.compile(r"\(([^()]*)\)")
_RESIDUE = re.compile(r"\([^()]*[*×_xX]+[^()]*\)(?=.)")
_SIGN = re.compile("[≥≤><=]+[*]+[^0-9*≥≤><=]{0,6}(?=[≥≤><=]?[0-9])")
_DIGIT_BEFORE = re.compile("[0-9.]$")


def strip_brackets(plain: str) -> tuple[str, tuple[Text, ...]]:
    """Return the text without comments and residue in brackets, and a note on each.

    >>> strip_brackets("(≥**%)>=85%")[0], strip_brackets("100%(历史标准)")[0]
    ('>=85%', '100%')
    >>> strip_brackets("100件(套)以上")[0], strip_brackets("10(个)")[0]
    ('100件(套)以上', '10(个)')
    """
    found: list[Text] = []
    if "*" in plain and (match := _SIGN.match(plain)):
        found.append(notes.RESIDUE.format(words=match[0]))
        plain = plain[match.end() :]
    if "(" not in plain:
        return plain, tuple(found)
    if match := _RESIDUE.match(plain):
        found.append(notes.RESIDUE.format(words=match[0]))
        plain = plain[match.end() :]

    def keep(match: re.Match[str]) -> str:
        before = match.string[: match.start()]
        if known(match[1]) and (_DIGIT_BEFORE.search(before) or before[-1:] in LISTED):
            return match[0]
        if "/" in before[-4:] and "·" in match[1]:
            return match[0]
        if match[1]:
            found.append(notes.COMMENT.format(words=match[1]))
        return ""

    stripped = _GROUP.sub(keep, plain)
    if not stripped:
        return plain.strip("()"), ()
    return stripped, tuple(found)
