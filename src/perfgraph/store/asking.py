"""SPARQL text → its form, and whether it names its dataset; no more of it is understood here."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKENS = re.compile(
    r"""
      \#[^\n\r]*                                  # comment
    | <[^<>"{}|^`\\\x00-\x20]*>                   # IRI
    | '''(?:[^'\\]|\\.|'(?!''))*'''               # strings
    | \"""(?:[^"\\]|\\.|"(?!""))*\"""
    | '(?:[^'\\\n\r]|\\.)*'
    | "(?:[^"\\\n\r]|\\.)*"
    | [?$@]\w+                                    # variable, language tag
    | [\w.-]*:(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\.)*    # prefixed name
    | (?P<word>\w+)
    """,
    re.VERBOSE | re.DOTALL,
)


_FORMS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))


def form_of(query: str) -> str | None:
    r"""Return the keyword that says what a query asks for; ``None`` when it is no query.

    >>> form_of("PREFIX ask: <http://e/select>\n# describe\nconstruct where { ?s ?p ?o }")
    'CONSTRUCT'
    >>> form_of("INSERT DATA { <http://e/s> <http://e/p> 'ask' }") is None
    True
    """
    return next((word for word in _words(query) if word in _FORMS), None)


def names_dataset(query: str) -> bool:
    r"""Return whether a query has a dataset clause (FROM), so that no union may be put over it.

    >>> names_dataset("SELECT * FROM <http://e/g> { ?s ?p ?o }")
    True
    >>> names_dataset('# from here\nSELECT ?from { ?from ex:from "from" }')
    False
    """
    return "FROM" in _words(query)


def _words(query: str) -> Iterator[str]:
    """Yield what may be keywords, in capitals."""
    for token in _TOKENS.finditer(query):
        if token["word"] is not None:
            yield token["word"].upper()
