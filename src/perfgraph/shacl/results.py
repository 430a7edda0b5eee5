"""What an engine reports: which shape failed where, in RDF terms and without words.

Every engine gives these, so that two engines can be compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from perfgraph.shacl.graph import Node, Term
from perfgraph.shacl.paths import Path


@dataclass(frozen=True, slots=True)
class Result:
    """One failure: the shape, its focus node, and the node or literal at fault.

    ``bindings`` are the variables of a SELECT constraint's row, empty for Core constraints.
    """

    shape: Node
    component: NamedNode
    severity: NamedNode
    focus: Term
    path: Path | None = None
    value: Term | None = None
    bindings: Mapping[str, Term] = field(default_factory=dict, hash=False)
