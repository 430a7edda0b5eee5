"""Graphs that users write themselves, by SPARQL update or the Graph Store Protocol."""

from __future__ import annotations

from perfgraph.store.writing.former import Edit
from perfgraph.store.writing.graphs import EMPTY, Condition, Part, Put, Remove
from perfgraph.store.writing.update import Update

__all__ = ["EMPTY", "Condition", "Edit", "Part", "Put", "Remove", "Update"]
