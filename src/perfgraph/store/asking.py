"""SPARQL text → its form, and the graphs its dataset names; no more of it is understood here."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, QuerySolutions, Store

from perfgraph.store.tokens import Kind, Token, decoded, tokens

_FORMS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
_NAMES = (Kind.IRI, Kind.PREFIXED)


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
    >>> names_dataset(r"SELECT * \u0046ROM <http://e/g> { ?s ?p ?o }")
    True
    """
    return _may_name_dataset(query) and "FROM" in _words(query)


def dataset_of(query: str) -> list[tuple[str, Token]]:
    """Return the graphs that FROM and FROM NAMED name, each with its token.

    >>> text = "PREFIX e: <http://e/> SELECT * FROM e:g FROM NAMED <http://e/h> { ?s ?p ?o }"
    >>> [graph for graph, token in dataset_of(text)]
    ['http://e/g', 'http://e/h']
    """
    if not _may_name_dataset(query):
        return []
    query = decoded(query)
    found: list[Token] = []
    former = ""
    for token in tokens(query):
        if former in ("FROM", "NAMED") and token.kind in _NAMES:
            found.append(token)
        former = token.text.upper() if token.kind is Kind.WORD else ""
    return list(zip(resolve(query, [token.text for token in found]), found, strict=True))


def _may_name_dataset(query: str) -> bool:
    """Return whether it is worth reading the tokens: most queries have no such word at all."""
    return "FROM" in query.upper() or "\\" in query


def resolve(text: str, names: list[str], *, base: str | None = None) -> list[str]:
    """Return the IRIs that names as written (``<a>``, ``ex:a``) stand for in ``text``.

    The engine itself reads them, after the prefixes and bases that the text declares; ``base`` is
    what relative IRIs are relative to without one.

    Raises:
        SyntaxError: a name is no IRI, or its prefix is not declared.
    """
    if not names:
        return []
    values = "".join(f"({number} {name})\n" for number, name in enumerate(names))
    query = f"{prologue(text)}SELECT ?n ?iri {{ VALUES (?n ?iri) {{ {values} }} }}"
    answer = Store().query(query, base_iri=base)
    assert isinstance(answer, QuerySolutions)  # SELECT gives rows
    return [row["iri"].value for row in answer if isinstance(row["iri"], NamedNode)]


def prologue(text: str) -> str:
    r"""Return the declarations of a query or an update, wherever they stand.

    >>> prologue("BASE <http://e/> PREFIX e: <> # PREFIX\nASK {}")
    'BASE <http://e/>\nPREFIX e: <>\n'
    """
    read = list(tokens(text))
    parts = []
    for index, token in enumerate(read):
        word = token.text.upper() if token.kind is Kind.WORD else ""
        length = {"BASE": 2, "PREFIX": 3}.get(word)
        if length is not None:
            parts.append(" ".join(one.text for one in read[index : index + length]) + "\n")
    return "".join(parts)


def _words(query: str) -> Iterator[str]:
    """Yield what may be keywords, in capitals; also those that are written as escapes."""
    for token in tokens(decoded(query)):
        if token.kind is Kind.WORD:
            yield token.text.upper()
