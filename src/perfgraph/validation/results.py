"""What an engine reports: which shape failed where, in RDF terms and without words.

Every engine gives these; ``findings`` turns them into sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rdflib import URIRef
from rdflib.term import Node


@dataclass(frozen=True, slots=True)
class Result:
    """One failure: the shape, its focus node, and the node or literal at fault.

    ``bindings`` are the variables of a SELECT constraint's row, empty for Core constraints.
    """

    shape: URIRef
    component: URIRef
    focus: Node
    path: Node | None = None
    value: Node | None = None
    bindings: Mapping[str, Node] = field(default_factory=dict)
