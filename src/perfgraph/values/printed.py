"""A value cell while it is being read: its text, its plain form, and what the table knows.

Only data that the reading steps of this package pass on.
"""

from __future__ import annotations

from dataclasses import dataclass

from perfgraph.model import Context, Value
from perfgraph.model.making import quickly_made
from perfgraph.text import Text

Values = tuple[Value, ...]


@quickly_made
@dataclass(frozen=True, slots=True)
class Printed:
    """One cell: ``text`` as printed, ``plain`` as the grammar reads it."""

    text: str
    plain: str
    context: Context
    notes: tuple[Text, ...] = ()
    repair: Text | None = None
