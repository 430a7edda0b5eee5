"""The value grammar: the text of a 指标值 cell → numbers, units, dates, grades, wording.

Pure functions over ``perfgraph.model``: no RDF, and no I/O but loading the list of units.
"""

from __future__ import annotations

from perfgraph.values.grammar import parse
from perfgraph.values.ladder import ladder
from perfgraph.values.money import Money, amount
from perfgraph.values.printing import print_value
from perfgraph.values.units import unit

__all__ = ["Money", "amount", "ladder", "parse", "print_value", "unit"]
