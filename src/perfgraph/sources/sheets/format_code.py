r"""A number format code → its sections and tokens. It formats nothing.

The code language is that of spreadsheets: up to four sections parted by ``;`` (positive, negative,
zero, text), each with placeholders ``0 # ?``, date letters, and literal text in quotes or after
``\`` (``!`` in East Asian formats).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne


class Mark(Enum):
    """What a token of a format code stands for."""

    LITERAL = auto()
    DIGIT = auto()
    POINT = auto()
    COMMA = auto()
    PERCENT = auto()
    EXPONENT = auto()
    TEXT = auto()
    GENERAL = auto()
    DATE = auto()
    ELAPSED = auto()
    FRACTION_OF_SECOND = auto()
    HALF_DAY = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token: what it stands for, and its text (for a literal, the text to print)."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a format code."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    numerals: int | None = None
    """1 for 一二三, 2 for 壹贰叁, 3 for full-width digits; ``None`` for 123."""
    is_chinese: bool = False
    """Whether the section asks for Chinese names of months and days."""

    def has(self, *marks: Mark) -> bool:
        """Whether any token is one of ``marks``."""
        return any(token.mark in marks for token in self.tokens)

    @property
    def is_date(self) -> bool:
        """Whether the section prints a number as date or time."""
        return self.has(Mark.DATE, Mark.ELAPSED, Mark.HALF_DAY)

    def admits(self, value: Decimal) -> bool:
        """Whether the section's own condition, such as ``[>=100]``, holds."""
        if self.condition is None:
            return True
        sign, bound = self.condition
        return _COMPARISONS[sign](value, bound)


_COMPARISONS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": ge,
    "<=": le,
    "<>": ne,
    ">": gt,
    "<": lt,
    "=": eq,
}
_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | [\\!](?P<escaped>.)
    | _(?P<space>.)
    | \*(?P<fill>.)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式)
    | (?P<half>AM/PM|A/P|上午/下午)
    | (?P<exponent>E[+-])
    | (?P<second>\.0+(?=[^0\#?]|$))
    | (?P<date>y+|m+|d+|h+|s+|e+|a{3,})
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(>=|<=|<>|>|<|=)\s*(-?\d{1,20}(?:\.\d{1,20})?)")
_SECTION = re.compile(r'((?:"[^"]*"?|[\\!_*].|\[[^\]]*\]|[^;])*)(?:;|$)', re.DOTALL)
_LONGEST = 255
"""Characters of a format code at most, as in Excel; a longer one is no format."""
_LONG_DATE = 'yyyy"年"m"月"d"日"'
_LONG_TIME = "h:mm:ss"
_SINGLE = {
    "0": Mark.DIGIT,
    "#": Mark.DIGIT,
    "?": Mark.DIGIT,
    ".": Mark.POINT,
    ",": Mark.COMMA,
    "%": Mark.PERCENT,
    "@": Mark.TEXT,
}


@lru_cache(maxsize=512)
def sections(code: str) -> tuple[Section, ...]:
    """Return the sections of ``code``; an empty or overlong code is General.

    >>> [token.text for token in sections('0.0"万元"')[0].tokens]
    ['0', '.', '0', '万元']
    >>> len(sections('0;-0;;@'))
    4
    """
    if not code.strip() or len(code) > _LONGEST:
        code = "General"
    parts = [match.group(1) for match in _SECTION.finditer(code) if match.start() < len(code)]
    if code.endswith(";"):
        parts.append("")
    return tuple(_section(part) for part in parts[:4])


def _section(code: str) -> Section:
    lowered = code.lower()
    if "[$-f800]" in lowered:
        code = _LONG_DATE
    elif "[$-f400]" in lowered:
        code = _LONG_TIME
    tokens: list[Token] = []
    condition: tuple[str, Decimal] | None = None
    numerals: int | None = None
    is_chinese = False
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "other", match.group(match.lastgroup or "other")
        if kind != "bracket":
            tokens.extend(_tokens(kind, text, tokens))
            continue
        inside = text.lower()
        if found := _CONDITION.fullmatch(inside):
            condition = (found.group(1), Decimal(found.group(2)))
        elif inside in {"dbnum1", "dbnum2", "dbnum3"}:
            numerals = int(inside[-1])
        elif inside.startswith("$"):
            symbol, _, locale = text[1:].partition("-")
            tokens.append(Token(Mark.LITERAL, symbol))
            is_chinese = is_chinese or locale.lower().endswith("804")
        elif inside and len(set(inside)) == 1 and inside[0] in "hms":
            tokens.append(Token(Mark.ELAPSED, inside))
    return Section(tuple(_as_minutes(tokens)), condition, numerals, is_chinese)


def _tokens(kind: str, text: str, before: list[Token]) -> list[Token]:
    """Return the tokens of one match of ``_TOKEN`` that is not a bracket."""
    match kind:
        case "quoted" | "escaped":
            return [Token(Mark.LITERAL, text)]
        case "space" | "fill":
            return []  # white space to align or to fill the column with: nothing is printed
        case "general":
            return [Token(Mark.GENERAL, text)]
        case "half":
            return [Token(Mark.HALF_DAY, text)]
        case "exponent":
            return [Token(Mark.EXPONENT, text)]
        case "date":
            return [Token(Mark.DATE, text.lower())]
        case "second":
            last = next(
                (token for token in reversed(before) if token.mark is not Mark.LITERAL), None
            )
            if last is not None and last.mark in {Mark.DATE, Mark.ELAPSED}:
                return [Token(Mark.FRACTION_OF_SECOND, text)]
            return [Token(Mark.POINT, "."), *(Token(Mark.DIGIT, "0") for _ in text[1:])]
        case _:
            return [Token(_SINGLE.get(text, Mark.LITERAL), text)]


def _as_minutes(tokens: list[Token]) -> list[Token]:
    """Return ``tokens`` with m beside hours or seconds as minutes, written ``n``."""
    clock = [i for i, token in enumerate(tokens) if token.mark in {Mark.DATE, Mark.ELAPSED}]
    found = list(tokens)
    for position, index in enumerate(clock):
        token = tokens[index]
        if token.mark is not Mark.DATE or token.text not in {"m", "mm"}:
            continue
        before = tokens[clock[position - 1]].text[0] if position else ""
        after = tokens[clock[position + 1]].text[0] if position + 1 < len(clock) else ""
        if before == "h" or after == "s":
            found[index] = Token(Mark.DATE, "n" * len(token.text))
    return found
