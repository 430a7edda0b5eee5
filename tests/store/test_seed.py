"""The real document, converted and loaded: what the store has to answer about it."""

from __future__ import annotations

from pathlib import Path

from perfgraph.conversion import convert
from perfgraph.store import OutcomeKind, Store, Submission, duplicated_triples
from tests.store.answers import rows

SEED = Path(__file__).parents[2] / "data" / "tianjin-353215-2025-targets.txt"


def test_the_real_document_is_loaded_and_adds_up(whole_store: Store) -> None:
    conversion = convert(SEED)
    submission = Submission(SEED.name, conversion.nquads(), conversion.grid())
    report = whole_store.load([submission])
    assert report.outcomes[0].kind is OutcomeKind.LOADED
    total = "SELECT (SUM(?b) AS ?t) { ?p a pg:Project ; pg:budgetTotal ?b }"
    assert rows(whole_store, total) == [("3640000",)]
    assert rows(whole_store, "SELECT (COUNT(?i) AS ?n) { ?p pg:indicator ?i }") == [("36",)]
    assert duplicated_triples(whole_store) == []
    (document,) = whole_store.documents()
    assert whole_store.nquads(document.iri) == conversion.nquads()
    assert not whole_store.load([submission]).changed
