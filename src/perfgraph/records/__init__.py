"""Tables → records: what a document says, without RDF. Driven by a table of labels."""

from __future__ import annotations

from perfgraph.records.document import Given, read
from perfgraph.records.errors import BadOptionError
from perfgraph.records.identity import name_key
from perfgraph.records.keys import Keys, key_of, minted, same_name
from perfgraph.records.keys import load as load_keys
from perfgraph.records.labels import Labels, load

__all__ = [
    "BadOptionError",
    "Given",
    "Keys",
    "Labels",
    "key_of",
    "load",
    "load_keys",
    "minted",
    "name_key",
    "read",
    "same_name",
]
