"""SPARQL text → tokens. It knows comments, strings and IRIs, and nothing of the grammar.

Where SPARQL's own tokens are ambiguous without the grammar (``?a<?b&&?c>?d``: an IRI, or two
comparisons?) it takes the IRI and marks the token ``doubtful`` when the other reading could
change what the rest of the text means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    """A bare word: only keywords, ``a``, ``true`` and ``false`` are bare."""
    PREFIXED = "prefixed"
    """A prefixed name or a blank node label."""
    VARIABLE = "variable"
    IRI = "iri"
    STRING = "string"
    LANGUAGE = "language"
    NUMBER = "number"
    MARK = "mark"
    """Brackets, operators and punctuation."""
    BROKEN = "broken"
    """No token of SPARQL, such as a quote that is never closed."""


class Token(NamedTuple):  # a tuple: every query makes some hundreds
    """One token with its offset in the text."""

    kind: Kind
    text: str
    start: int
    doubtful: bool = False


_LETTER = r"[^\W\d]|[\d_\u00b7\u203f\u2040\u0300-\u036f]|[\U00010000-\U000effff]"
_NAME = rf"{_LETTER}|-"
_LOCAL = rf"{_NAME}|:|%[0-9A-Fa-f]{{2}}|\\[-_~.!$&'()*+,;=/?#@%]"
_TOKEN = re.compile(
    rf"""
      (?P<skip>     [ \t\r\n\f\v\ufeff]+ | \#[^\r\n]* )
    | (?P<iri>      <(?:[^<>"{{}}|^`\\\x00-\x20]|\\[uU][0-9A-Fa-f]+)*> )
    | (?P<string>   '''(?:[^'\\]|\\.|'(?!''))*''' | \"""(?:[^"\\]|\\.|"(?!""))*\"""
                  | '(?!'')(?:[^'\\\r\n]|\\.)*' | "(?!"")(?:[^"\\\r\n]|\\.)*" )
    | (?P<variable> [?$](?:{_LETTER})+ )
    | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<number>   (?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)? )
    | (?P<prefixed> (?:(?:{_NAME})(?:\.*(?:{_NAME}))*)?:(?:(?:{_LOCAL})(?:\.*(?:{_LOCAL}))*)? )
    | (?P<word>     (?:{_LETTER})(?:{_NAME})* )
    | (?P<mark>     \|\||&&|\^\^|!=|<=|>=|<<|>>|[(){{}}\[\]<>=!+*/|^.,;?-] )
    | (?P<broken>   . )
    """,
    re.VERBOSE | re.DOTALL,
)
_FULL_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_OPERANDS = {
    Kind.PREFIXED,
    Kind.VARIABLE,
    Kind.IRI,
    Kind.STRING,
    Kind.LANGUAGE,
    Kind.NUMBER,
    Kind.WORD,
}
_KINDS = {kind.value: kind for kind in Kind}
_OPEN, _CLOSE = "({[", ")}]"
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of ``text``, without blanks and comments.

    >>> [token.text for token in tokens('SELECT * { ?s a "SERVICE" } # SERVICE')]
    ['SELECT', '*', '{', '?s', 'a', '"SERVICE"', '}']
    """
    brackets: list[str] = []
    former: Token | None = None
    for found in _TOKEN.finditer(text):
        kind = _KINDS.get(found.lastgroup or "")
        if kind is None:
            continue
        written = found[0]
        doubtful = (
            kind is Kind.IRI
            and brackets[-1:] == ["("]
            and former is not None
            and (former.kind in _OPERANDS or former.text in _CLOSE)
            and _hides_something(written)
        )
        former = Token(kind, written, found.start(), doubtful)
        yield former
        if kind is Kind.MARK and written in _OPEN:
            brackets.append(written)
        elif kind is Kind.MARK and written in _CLOSE and brackets:
            brackets.pop()


def _hides_something(iri: str) -> bool:
    """Return whether a quote or a comment would begin in ``iri``, were its ``<`` an operator.

    ``<scheme://`` is no expression, so the engine cannot read that as an operator either.
    """
    return _FULL_IRI.match(iri) is None and ("'" in iri or "#" in iri)


def decoded(text: str) -> str:
    r"""Return ``text`` with codepoint escapes replaced, as SPARQL 1.1 section 19.2 wants it.

    >>> decoded(r"\u0053ERVICE")
    'SERVICE'
    """

    def character(found: re.Match[str]) -> str:
        number = int(found[1] or found[2], 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"

    return _CODEPOINT.sub(character, text)
