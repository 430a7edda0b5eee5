"""What a value must satisfy by itself → a SPARQL expression on ``?value``; it may err for false."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from perfgraph.shacl.shapes import Condition
from perfgraph.shacl.terms import SH, XSD

_KINDS = {
    "IRI": "isIRI(?value)",
    "BlankNode": "isBlank(?value)",
    "Literal": "isLiteral(?value)",
    "BlankNodeOrIRI": "!isLiteral(?value)",
    "BlankNodeOrLiteral": "!isIRI(?value)",
    "IRIOrLiteral": "!isBlank(?value)",
}
_SIGNS = {
    "minInclusive": "?value >= {}",
    "minExclusive": "?value > {}",
    "maxInclusive": "?value <= {}",
    "maxExclusive": "?value < {}",
    "minLength": "STRLEN(STR(?value)) >= {}",
    "maxLength": "STRLEN(STR(?value)) <= {}",
}
_CASTS = frozenset(
    [
        "boolean",
        "float",
        "double",
        "dateTime",
        "date",
        "time",
        "gYear",
        "gYearMonth",
        "gMonth",
        "gMonthDay",
        "gDay",
        "duration",
        "yearMonthDuration",
        "dayTimeDuration",
    ]
)
"""Datatypes for which Oxigraph has a cast, which fails for an ill-formed text."""
_LEXICAL = {
    "integer": "^[+-]?[0-9]+$",
    "decimal": "^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)$",
}
"""Numbers may be longer than a cast can hold, and are well formed all the same."""
_WIDEST = 2**63
_RANGES = {
    "byte": (-(2**7), 2**7 - 1),
    "short": (-(2**15), 2**15 - 1),
    "int": (-(2**31), 2**31 - 1),
    "long": (-_WIDEST, _WIDEST - 1),
    "unsignedByte": (0, 2**8 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedLong": (0, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
}
"""Oxigraph keeps "5"^^xsd:byte as the integer 5, so a value of these types is judged by range."""


def expression(condition: Condition) -> str:
    """Return the expression that holds for a value that satisfies ``condition``.

    >>> expression(Condition("minLength", (Literal(2),)))
    'STRLEN(STR(?value)) >= "2"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    arguments = condition.arguments
    match condition.parameter:
        case "datatype":
            (datatype,) = arguments
            assert isinstance(datatype, NamedNode)
            return _datatype(datatype)
        case "nodeKind":
            (kind,) = arguments
            assert isinstance(kind, NamedNode)
            return _KINDS.get(kind.value.removeprefix(SH), "false")
        case "in":
            return " || ".join(f"sameTerm(?value, {term})" for term in arguments) or "false"
        case "pattern":
            return f"REGEX(STR(?value), {', '.join(map(str, arguments))})"
        case "languageIn":
            ranges = " || ".join(f"LANGMATCHES(LANG(?value), {term})" for term in arguments)
            return f'LANG(?value) != "" && ({ranges or "false"})'
        case sign:
            return _SIGNS[sign].format(arguments[0])


def _datatype(datatype: NamedNode) -> str:
    name = datatype.value.removeprefix(XSD)
    same = f"DATATYPE(?value) = {datatype}"
    if name in _RANGES:
        low, high = _RANGES[name]
        limits = [f"?value >= {low}"] if low is not None else []
        limits += [f"?value <= {high}"] if high is not None else []
        return " && ".join((f"DATATYPE(?value) = <{XSD}integer>", *limits))
    if name in _LEXICAL:
        return f"{same} && REGEX(STR(?value), {Literal(_LEXICAL[name])})"
    if name in _CASTS:
        return f"{same} && isLiteral({datatype}(STR(?value)))"
    return same
