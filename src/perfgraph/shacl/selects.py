"""``sh:sparql`` → a SELECT that can be pre-bound; what the standard forbids there is refused.

Section 5.3.1 of SHACL forbids MINUS, VALUES, SERVICE, a second binding of ``$this``, and a
sub-select that does not return ``$this``: their answers would depend on how a value is pre-bound.
"""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode, Store

from perfgraph.shacl.graph import Graph, Term
from perfgraph.shacl.parameters import MisuseError, OutsideSubsetError
from perfgraph.shacl.paths import Path, path_text
from perfgraph.shacl.shapes import Select
from perfgraph.shacl.terms import OWL_IMPORTS, sh

_QUOTED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|' + r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*",
    re.DOTALL,
)
_FORBIDDEN = re.compile(r"\b(MINUS|VALUES|SERVICE)\b|\b(AS\s+[?$]this)\b", re.IGNORECASE)
_PROJECTION = re.compile(r"\bSELECT\b(.*?)(?:\bWHERE\b|\{)", re.IGNORECASE | re.DOTALL)
_THIS = re.compile(r"[?$]this\b")
_PATH = re.compile(r"\$PATH\b")
_SHAPES_GRAPH = re.compile(r"[?$](shapesGraph|currentShape)\b")
_SCOPES = re.compile(r"[{}()]|\bEXISTS\b|[?$]this\b", re.IGNORECASE)
_ONE_BY_ONE = re.compile(r"\b(LIMIT|OFFSET)\b", re.IGNORECASE)
_AGGREGATE = re.compile(r"\b(COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT)\s*\(", re.IGNORECASE)
_GROUPING = re.compile(r"\bGROUP\s+BY\b([^{}]*)", re.IGNORECASE)
_OTHER_REGEX = re.compile(r"\(\?(?:[=!]|<[=!])|\\\\[1-9]")
"""Look-around and back-references: Oxigraph has neither, and would call every text unlike."""


def read_select(graph: Graph, constraint: Term, path: Path | None) -> Select:
    """Return the query of a SPARQL constraint, with ``$PATH`` written out.

    Raises:
        MisuseError: its query is no SPARQL, or may not stand in a constraint.
        OutsideSubsetError: it asks for the shapes graph, or has patterns of another regex dialect.
    """
    select = select_of(graph, constraint, path)
    _check(select)
    return select


def select_of(graph: Graph, constraint: Term, path: Path | None) -> Select:
    """Return the query of a SPARQL constraint as it stands, whatever is in it.

    Raises:
        OutsideSubsetError: it has no query, but a JavaScript function or the like.
    """
    found = graph.objects(constraint, sh("select"))
    if len(found) != 1 or not isinstance(found[0], Literal):
        raise OutsideSubsetError("sh:sparql [ ]")
    text = found[0].value
    if path is not None:
        written = path_text(path)
        text = _PATH.sub(lambda _: written, text)
    return Select(_prologue(graph, constraint), text, binds_this(text))


def binds_this(text: str) -> bool:
    """Whether a query gives the same rows without pre-binding, joined with the nodes afterwards.

    It does where each group that names ``$this`` has it in a triple before it stands in a filter,
    and each aggregate is grouped by it. A group inside EXISTS belongs to the filter around it.

    >>> binds_this("SELECT $this { $this ex:p ?x . FILTER NOT EXISTS { ?x ex:q $this } }")
    True
    >>> binds_this("SELECT $this { ?x ex:p ?y . { ?z ex:q ?y . FILTER(?z = $this) } }")
    False
    >>> binds_this("SELECT $this (MAX(?x) AS ?value) { $this ex:p ?x }")
    False
    """
    bare = _QUOTED.sub(" ", text)
    groupings = _GROUPING.findall(bare)
    if _ONE_BY_ONE.search(bare) or (_AGGREGATE.search(bare) and not groupings):
        return False
    return all(map(_THIS.search, groupings)) and _triples_come_first(bare)


def _triples_come_first(bare: str) -> bool:
    parentheses, groups, former = [0], [True], ""
    named = [False]
    for token in _SCOPES.findall(bare):
        match token:
            case "{" if former.upper() == "EXISTS" or not groups[-1]:
                groups.append(False)
                named.append(named[-1])
                parentheses.append(1)
            case "{":
                groups.append(True)
                named.append(False)
                parentheses.append(0)
            case "}":
                groups.pop()
                named.pop()
                parentheses.pop()
            case "(":
                parentheses[-1] += 1
            case ")":
                parentheses[-1] -= 1
            case "$this" | "?this":
                if parentheses[-1] and not named[-1]:
                    return False
                named[-1] = True
        former = token
    return True


def _check(select: Select) -> None:
    bare = _QUOTED.sub(" ", select.text)
    if forbidden := _FORBIDDEN.search(bare):
        words = " ".join(forbidden[0].split())
        raise MisuseError(f"约束中不能用 {words}", f"a constraint may not use {words}")
    if any(not _THIS.search(projection) for projection in _PROJECTION.findall(bare)):
        raise MisuseError("每个SELECT都要返回 $this", "every SELECT must return $this")
    if named := _SHAPES_GRAPH.search(bare):
        raise OutsideSubsetError(f"${named[1]}")
    if _OTHER_REGEX.search(select.text):
        raise OutsideSubsetError("REGEX")
    try:
        Store().query(select.prologue + select.text)
    except (SyntaxError, RuntimeError) as error:
        raise MisuseError(f"不是有效的SPARQL：{error}", f"it is no SPARQL: {error}") from error


def _prologue(graph: Graph, constraint: Term) -> str:
    """Return the prefixes that the constraint's ontologies and their imports declare."""
    waiting, seen = graph.objects(constraint, sh("prefixes")), set[Term]()
    lines = set[str]()
    while waiting:
        ontology = waiting.pop()
        if ontology in seen:
            continue
        seen.add(ontology)
        waiting += graph.objects(ontology, OWL_IMPORTS)
        for declared in graph.objects(ontology, sh("declare")):
            prefix, namespace = (graph.value(declared, sh(n)) for n in ("prefix", "namespace"))
            if isinstance(prefix, Literal) and isinstance(namespace, Literal):
                lines.add(f"PREFIX {prefix.value}: {NamedNode(namespace.value)}\n")
    return "".join(sorted(lines))
