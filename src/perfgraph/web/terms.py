"""IRIs → short names that people know, for pages. Pure."""

from __future__ import annotations

from perfgraph.web.serialise import PREFIXES

SHORT = {
    **PREFIXES,
    "code": "https://w3id.org/perfgraph/code/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "qb": "http://purl.org/linked-data/cube#",
}


def shorten(iri: str) -> str:
    """Return ``iri`` with a known prefix; as it is otherwise.

    >>> shorten("https://w3id.org/perfgraph/ontology#Project")
    'pg:Project'
    >>> shorten("http://example.org/a")
    'http://example.org/a'
    """
    for prefix, namespace in SHORT.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
