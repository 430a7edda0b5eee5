"""Tables → records: what a document says, without RDF. Driven by a table of labels."""

from __future__ import annotations

from perfgraph.records.document import Given, read
from perfgraph.records.identity import name_key
from perfgraph.records.labels import Labels, load

__all__ = ["Given", "Labels", "load", "name_key", "read"]
