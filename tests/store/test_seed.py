"""The real document, converted and loaded: what the store has to answer about it."""

from __future__ import annotations

from pathlib import Path

from perfgraph.conversion import convert
from perfgraph.store import OutcomeKind, Store, Submission, duplicated_triples
from tests.store.answers import rows

SEED = Path(__file__).parents[2] / "data" / "tianjin-353215-2025-targets.txt"


def test_the_real_document_is_loaded_and_adds_up(store: Store) -> None:
    conversion = convert(SEED)
    submission = Submission(SEED.name, conversion.nquads(), conversion.grid())
    report = store.load([submission])
    assert report.outcomes[0].kind is OutcomeKind.LOADED
    total = "SELECT (SUM(?b) AS ?t) { ?p a pg:Project ; pg:budgetTotal ?b }"
    assert rows(store, total) == [("3640000",)]
    assert rows(store, "SELECT (COUNT(?i) AS ?n) { ?p pg:indicator ?i }") == [("36",)]
    assert duplicated_triples(store) == []
    (document,) = store.documents()
    assert store.nquads(document.iri) == conversion.nquads()
    assert not store.load([submission]).changed
