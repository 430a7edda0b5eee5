"""Where converted documents are kept and asked: one protocol, an embedded and a remote store."""

from __future__ import annotations

from perfgraph.store.duplicates import duplicated_triples
from perfgraph.store.opening import open_existing, open_store
from perfgraph.store.protocol import Result, Store, Triples
from perfgraph.store.report import LoadReport, Outcome, OutcomeKind, StoredDocument
from perfgraph.store.submission import Submission

__all__ = [
    "LoadReport",
    "Outcome",
    "OutcomeKind",
    "Result",
    "Store",
    "StoredDocument",
    "Submission",
    "Triples",
    "duplicated_triples",
    "open_existing",
    "open_store",
]
