"""Python values → RDF literals in XSD 1.1 canonical form, as the store gives them back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from perfgraph.vocab import XSD

Object = NamedNode | Literal
Triple = tuple[NamedNode, NamedNode, Object]

_TRUE = Literal("true", datatype=XSD.boolean)
_FALSE = Literal("false", datatype=XSD.boolean)


def string(text: str) -> Literal:
    """Return a transcribed text: a plain literal, exactly as printed."""
    return Literal(text)


def zh(text: str) -> Literal:
    """Return a label in Chinese."""
    return Literal(text, language="zh")


@lru_cache(maxsize=4096)
def decimal(number: Decimal) -> Literal:
    """Return an ``xsd:decimal``; never an exponent, never a trailing zero.

    >>> decimal(Decimal("2.220E+6")).value, decimal(Decimal("51.50")).value
    ('2220000', '51.5')
    """
    return Literal(_plain(number), datatype=XSD.decimal)


@lru_cache(maxsize=4096)
def integer(number: int) -> Literal:
    """Return an ``xsd:integer``."""
    return Literal(str(number), datatype=XSD.integer)


def boolean(truth: bool) -> Literal:
    """Return an ``xsd:boolean``."""
    return _TRUE if truth else _FALSE


@lru_cache(maxsize=1024)
def day(date: date) -> Literal:
    """Return an ``xsd:date``."""
    return Literal(date.isoformat(), datatype=XSD.date)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
