"""SPARQL text → does it name its own dataset? Nothing else of the language is understood here."""

from __future__ import annotations

import re

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


def names_dataset(query: str) -> bool:
    r"""Return whether a query has a dataset clause (FROM), so that no union may be put over it.

    >>> names_dataset("SELECT * FROM <http://e/g> { ?s ?p ?o }")
    True
    >>> names_dataset('# from here\nSELECT ?from { ?from ex:from "from" }')
    False
    """
    return any(
        token["word"] is not None and token["word"].upper() == "FROM"
        for token in _TOKENS.finditer(query)
    )
