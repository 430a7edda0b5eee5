"""One parameter of a shape and its value → a constraint, where no other shape is involved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store

from perfgraph.shacl.graph import Graph, Node, Term
from perfgraph.shacl.shapes import (
    Closed,
    Compared,
    Condition,
    Constraint,
    Count,
    HasValue,
    InClass,
    UniqueLang,
)
from perfgraph.shacl.terms import TYPE, sh
from perfgraph.text import Text
from perfgraph.vocab import XSD

_COUNTS = ("minCount", "maxCount", "qualifiedMinCount", "qualifiedMaxCount")
_LENGTHS = ("minLength", "maxLength")
_LIMITS = ("minExclusive", "minInclusive", "maxExclusive", "maxInclusive")
_COMPARISONS = ("equals", "disjoint", "lessThan", "lessThanOrEquals")
ONLY_ON_PROPERTIES = frozenset((*_COUNTS, "uniqueLang", "lessThan", "lessThanOrEquals"))
SINGLE = frozenset((*_COUNTS, *_LENGTHS, *_LIMITS, "datatype", "nodeKind", "in", "languageIn"))
SINGLE |= {"uniqueLang", "closed"}
"""Parameters that a shape may have only once."""


class OutsideSubsetError(Exception):
    """The compiler has no query for a construct; never shown, the shape goes elsewhere."""

    def __init__(self, construct: str) -> None:
        super().__init__(construct)
        self.construct = construct


class MisuseError(Exception):
    """A parameter has a value that SHACL does not allow; shown with the name of the shape."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason = Text(zh=zh, en=en)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as it stands in the shapes graph."""

    graph: Graph
    shape: Node
    name: str
    value: Term


def read(parameter: Parameter) -> Iterator[Constraint]:
    """Yield the constraint that ``parameter`` declares; none where it is switched off.

    Raises:
        MisuseError: the value is not what SHACL allows there.
        OutsideSubsetError: there is no query for the parameter or for this value.
    """
    reader = _READERS.get(parameter.name)
    if reader is None:
        raise OutsideSubsetError(f"sh:{parameter.name}")
    constraint = reader(parameter)
    if constraint is not None:
        yield constraint


def members(graph: Graph, head: Term) -> tuple[Term, ...]:
    """Return the members of a list.

    Raises:
        MisuseError: it is no list.
    """
    try:
        return graph.items(head)
    except ValueError as error:
        raise MisuseError("须为RDF列表", "it must be an RDF list") from error


def custom(graph: Graph) -> frozenset[NamedNode]:
    """Return the parameters that constraint components of the shapes graph itself declare."""
    return frozenset(
        path
        for component in graph.subjects(TYPE, sh("ConstraintComponent"))
        for parameter in graph.objects(component, sh("parameter"))
        for path in graph.objects(parameter, sh("path"))
        if isinstance(path, NamedNode)
    )


def integer(value: Term) -> int:
    """Return a whole number that is not negative.

    Raises:
        MisuseError: it is none.
    """
    if isinstance(value, Literal) and value.datatype == XSD.integer and value.value.isdigit():
        return int(value.value)
    raise MisuseError(f"须为非负整数，现为 {value}", f"it must be a whole number, not {value}")


def _boolean(value: Term) -> bool:
    if isinstance(value, Literal) and value.value in ("true", "false"):
        return value.value == "true"
    raise MisuseError(f"须为true或false，现为 {value}", f"it must be true or false, not {value}")


def _iri(value: Term) -> NamedNode:
    if not isinstance(value, NamedNode):
        raise MisuseError(f"须为IRI，现为 {value}", f"it must be an IRI, not {value}")
    return value


def _literal(value: Term) -> Literal:
    if not isinstance(value, Literal):
        raise MisuseError(f"须为文字值，现为 {value}", f"it must be a literal, not {value}")
    return value


def _named(value: Term) -> Term:
    """Return a term that a query can name, which a blank node is not."""
    if isinstance(value, BlankNode):
        raise OutsideSubsetError("[ ]")
    return value


def _count(given: Parameter) -> Count:
    return Count(given.name, integer(given.value))


def _length(given: Parameter) -> Condition:
    return Condition(given.name, (Literal(integer(given.value)),))


def _kind(given: Parameter) -> Condition:
    return Condition(given.name, (_iri(given.value),))


def _limit(given: Parameter) -> Condition:
    return Condition(given.name, (_literal(given.value),))


def _choice(given: Parameter) -> Condition:
    return Condition(given.name, tuple(map(_named, members(given.graph, given.value))))


def _class(given: Parameter) -> InClass:
    return InClass(_iri(given.value))


def _has_value(given: Parameter) -> HasValue:
    return HasValue(_named(given.value))


def _comparison(given: Parameter) -> Compared:
    return Compared(given.name, _iri(given.value))


def _unique_lang(given: Parameter) -> UniqueLang | None:
    return UniqueLang() if _boolean(given.value) else None


def _pattern(given: Parameter) -> Condition:
    flags = given.graph.value(given.shape, sh("flags"))
    texts = (given.value,) if flags is None else (given.value, flags)
    arguments = tuple(Literal(_literal(text).value) for text in texts)
    rows = Store().query(f"SELECT (REGEX('', {', '.join(map(str, arguments))}) AS ?ok) {{}}")
    assert isinstance(rows, QuerySolutions)
    if next(rows)["ok"] is None:  # look-around and back-references, or no pattern at all
        raise OutsideSubsetError(f"sh:pattern {arguments[0]}")
    return Condition(given.name, arguments)


def _closed(given: Parameter) -> Closed | None:
    if not _boolean(given.value):
        return None
    graph = given.graph
    ignored = graph.value(given.shape, sh("ignoredProperties"))
    allowed = set(() if ignored is None else members(graph, ignored))
    for child in graph.objects(given.shape, sh("property")):
        allowed |= set(graph.objects(child, sh("path")))
    return Closed(tuple(sorted((p for p in allowed if isinstance(p, NamedNode)), key=str)))


_READERS: Mapping[str, Callable[[Parameter], Constraint | None]] = {
    **dict.fromkeys(("minCount", "maxCount"), _count),
    **dict.fromkeys(_LENGTHS, _length),
    **dict.fromkeys(_LIMITS, _limit),
    **dict.fromkeys(_COMPARISONS, _comparison),
    **dict.fromkeys(("datatype", "nodeKind"), _kind),
    **dict.fromkeys(("in", "languageIn"), _choice),
    "class": _class,
    "hasValue": _has_value,
    "uniqueLang": _unique_lang,
    "pattern": _pattern,
    "closed": _closed,
}
