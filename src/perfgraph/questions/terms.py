r"""Text of a parameter + its type → one SPARQL term. Pure; what is not a value of the type fails.

Whatever the text holds, the result is exactly one term of the SPARQL grammar on one line, so it
can stand between the braces of a VALUES line.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pyoxigraph import NamedNode

from perfgraph.questions.errors import ParameterValueError
from perfgraph.text import Text

LONGEST_TEXT = 2_000
LONGEST_NUMBER = 30


class Datatype(StrEnum):
    """What a parameter takes, by its name in the header of a query file."""

    STRING = "xsd:string"
    INTEGER = "xsd:integer"
    DECIMAL = "xsd:decimal"
    DATE = "xsd:date"
    IRI = "iri"

    @property
    def iri(self) -> str | None:
        """The datatype's IRI; ``None`` for an IRI, which is not a literal.

        >>> Datatype.DATE.iri
        'http://www.w3.org/2001/XMLSchema#date'
        """
        if self is Datatype.IRI:
            return None
        return "http://www.w3.org/2001/XMLSchema#" + self.value.removeprefix("xsd:")


EXPECTED = {
    Datatype.STRING: Text(zh="一段文字", en="a text"),
    Datatype.INTEGER: Text(zh="整数，例如 2025", en="a whole number such as 2025"),
    Datatype.DECIMAL: Text(zh="数字，例如 95 或 0.5", en="a number such as 95 or 0.5"),
    Datatype.DATE: Text(zh="日期，例如 2025-12-31", en="a date such as 2025-12-31"),
    Datatype.IRI: Text(
        zh="完整的 IRI，例如 https://example.org/a", en="a full IRI such as https://example.org/a"
    ),
}

_INTEGER = re.compile(r"[+-]?[0-9]+", re.ASCII)
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_FORBIDDEN_IN_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_IN_IRI = re.compile('[\x00-\x20<>"{}|^`\\\\\x7f\ud800-\udfff]')
_ESCAPED_BEFORE_U = re.compile(r"\\\\([uU])")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def term(text: str, datatype: Datatype) -> str:
    r"""Return ``text`` as a SPARQL term of type ``datatype``.

    Numbers and dates are written in canonical form, because terms are compared, not values.

    >>> term("353215", Datatype.STRING)
    '"353215"'
    >>> term(" 02025 ", Datatype.INTEGER)
    '2025'
    >>> term("95.50", Datatype.DECIMAL)
    '"95.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    >>> print(term('say "}" \\ and\nstop', Datatype.STRING))
    "say \"}\" \\ and\nstop"

    Raises:
        ParameterValueError: the text is not a value of the type.
    """
    match datatype:
        case Datatype.STRING:
            return _string(text)
        case Datatype.INTEGER:
            return _integer(text.strip())
        case Datatype.DECIMAL:
            return _typed(_decimal(text.strip()), datatype)
        case Datatype.DATE:
            return _typed(_date(text.strip()), datatype)
        case Datatype.IRI:
            return _iri(text.strip())


def _string(text: str) -> str:
    if len(text) > LONGEST_TEXT or _FORBIDDEN_IN_TEXT.search(text):
        raise _wrong(text, Datatype.STRING)
    return '"' + _hide_codepoint_escapes("".join(_ESCAPES.get(c, c) for c in text)) + '"'


def _hide_codepoint_escapes(escaped: str) -> str:
    r"""Keep ``\\u0022`` from being read as an escaped quote.

    SPARQL 1.1 section 19.2 lets an engine replace ``\uXXXX`` before it parses; some (rdflib) do
    so even where the backslash is itself escaped. So no escaped backslash stands before a u.
    """
    return _ESCAPED_BEFORE_U.sub(lambda found: f"\\\\\\U{ord(found[1]):08X}", escaped)


def _integer(text: str) -> str:
    if not _INTEGER.fullmatch(text) or len(text) > LONGEST_NUMBER:
        raise _wrong(text, Datatype.INTEGER)
    return str(int(text))


def _decimal(text: str) -> str:
    if not _DECIMAL.fullmatch(text) or len(text) > LONGEST_NUMBER:
        raise _wrong(text, Datatype.DECIMAL)
    printed = f"{Decimal(text):f}"
    if "." in printed:
        printed = printed.rstrip("0").rstrip(".")
    return "0" if printed in {"-0", ""} else printed


def _date(text: str) -> str:
    if not _DATE.fullmatch(text):
        raise _wrong(text, Datatype.DATE)
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise _wrong(text, Datatype.DATE) from error


def _iri(text: str) -> str:
    if _FORBIDDEN_IN_IRI.search(text) or len(text) > LONGEST_TEXT:
        raise _wrong(text, Datatype.IRI)
    try:
        return f"<{NamedNode(text).value}>"
    except ValueError as error:
        raise _wrong(text, Datatype.IRI) from error


def _typed(lexical: str, datatype: Datatype) -> str:
    return f'"{lexical}"^^<{datatype.iri}>'


def _wrong(text: str, datatype: Datatype) -> ParameterValueError:
    shown = ascii(text[:60])[1:-1] if _FORBIDDEN_IN_TEXT.search(text) else text[:60]
    expected = EXPECTED[datatype]
    return ParameterValueError(
        Text(
            zh=f"参数值“{shown}”不是{expected.zh}",
            en=f"the parameter value '{shown}' is not {expected.en}",
        )
    )
