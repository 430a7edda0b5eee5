"""Short names for IRIs in answers: the project's prefixes, and those of the vocabularies used."""

from __future__ import annotations

import re

from perfgraph.serialisation import PREFIXES
from perfgraph.vocab import DEFAULT_BASE

SHOWN: dict[str, str] = {
    **PREFIXES,
    "id": f"{DEFAULT_BASE}id/",
    "graph": f"{DEFAULT_BASE}graph/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "qb": "http://purl.org/linked-data/cube#",
    "obeu-attr": "http://data.openbudgets.eu/ontology/dsd/attribute/",
    "obeu-dim": "http://data.openbudgets.eu/ontology/dsd/dimension/",
    "obeu-measure": "http://data.openbudgets.eu/ontology/dsd/measure/",
}
_LONGEST_FIRST = sorted(SHOWN.items(), key=lambda item: -len(item[1]))
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_/#.-]*")


def shorten(iri: str) -> str:
    """Return ``iri`` with a prefix where one fits, in angle brackets otherwise.

    For reading: unlike in Turtle, ``/`` and ``#`` stand unescaped after the prefix.

    >>> shorten("https://w3id.org/perfgraph/code/unit#CNY10K")
    'pgu:CNY10K'
    >>> shorten("https://example.org/a b")
    '<https://example.org/a b>'
    """
    for prefix, start in _LONGEST_FIRST:
        if iri.startswith(start) and _PLAIN.fullmatch(iri[len(start) :]):
            return f"{prefix}:{iri[len(start) :]}"
    return f"<{iri}>"
