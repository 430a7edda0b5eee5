"""The directory of an embedded store: releases, what they depend on, locks, damage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from perfgraph.store import OutcomeKind, duplicated_triples, open_store
from perfgraph.store.embedded import EmbeddedStore
from perfgraph.store.errors import (
    DamagedStoreError,
    LocationError,
    ReadOnlyError,
    StoreBusyError,
)
from perfgraph.store.locks import FileLock
from perfgraph.store.releases import Releases
from perfgraph.store.vocabularies import Vocabulary
from tests.store.answers import budgets, rows
from tests.store.filings import Filing, Indicator, Project

TARGET = Filing([Project("甲", indicators=(Indicator("准确率"),)), Project("乙")], measures=("枚",))
EVALUATION = replace(
    TARGET,
    projects=[Project("甲", indicators=(Indicator("准确率", actual="96%"),), executed=5)],
    role="self-evaluation",
    file="evaluation.txt",
)
OTHER = Filing([Project("丙")], unit="353216", measures=("枚", "羽"))
FILINGS = (TARGET, EVALUATION, OTHER)
NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)

Open = Callable[..., EmbeddedStore]


@pytest.fixture
def open_small(folder: Path, small_vocabularies: Sequence[Vocabulary]) -> Open:
    """Opens stores with a small ontology, by name."""

    def open_it(name: str = "a", keep: int = 3) -> EmbeddedStore:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        return EmbeddedStore(path, keep=keep, vocabularies=lambda: small_vocabularies)

    return open_it


def test_a_release_is_a_function_of_its_set_of_documents(open_small: Open) -> None:
    at_once = open_small("at-once")
    at_once.load([filing.submission for filing in FILINGS], now=NOON)
    expected = at_once.lines(), at_once.lines(history=True), at_once.release
    for number, order in enumerate(permutations(FILINGS)):
        store = open_small(f"order-{number}")
        for filing in order:
            store.load([filing.submission])
        assert (store.lines(), store.lines(history=True), store.release) == expected
        assert duplicated_triples(store) == []


def test_an_update_equals_a_rebuild_from_the_documents(open_small: Open) -> None:
    store = open_small()
    for filing in (*FILINGS, replace(TARGET, source="corrected"), replace(OTHER, measures=())):
        store.load([filing.submission])
        before = store.lines(), store.lines(history=True), store.release
        store.rebuild()
        assert (store.lines(), store.lines(history=True), store.release) == before


def test_a_store_is_optimised_again_after_many_small_updates(
    open_small: Open, folder: Path
) -> None:
    store = open_small()
    store.load(replace(OTHER, unit=f"{number}").submission for number in range(40))

    def unsettled() -> int:
        current = Releases(folder / "a").current()
        assert current is not None
        return current.manifest().unsettled

    found = [unsettled()]
    for number in range(100, 104):
        store.load([replace(OTHER, unit=f"{number}").submission])
        found.append(unsettled())
    assert found[0] == 0
    assert found[1] > 0
    assert 0 in found[2:]


def test_old_releases_are_kept_to_a_number(open_small: Open, folder: Path) -> None:
    store = open_small(keep=2)
    for number in range(5):
        store.load([replace(OTHER, source=str(number)).submission])
    assert len(list((folder / "a" / "releases").iterdir())) == 2
    assert len(store.documents()) == 5
    assert all(store.nquads(document.iri) for document in store.documents())


def test_a_release_that_a_reader_has_open_is_not_removed(open_small: Open, folder: Path) -> None:
    writer = open_small(keep=1)
    writer.load([TARGET.submission])
    reader = open_small()
    for number in range(3):
        writer.load([replace(TARGET, source=str(number)).submission])
    assert len(budgets(reader)) == 2
    reader.close()
    writer.load([OTHER.submission])
    assert len(list((folder / "a" / "releases").iterdir())) == 1


def test_a_new_ontology_makes_a_new_release(
    open_small: Open, folder: Path, small_vocabularies: Sequence[Vocabulary]
) -> None:
    open_small().load([TARGET.submission])
    newer = [replace(small_vocabularies[0], triples=('<http://e/s> <http://e/p> "新"',))]
    with EmbeddedStore(folder / "a", vocabularies=lambda: newer) as store:
        before = store.release
        assert store.load([TARGET.submission]).outcomes[0].kind is OutcomeKind.UNCHANGED
        assert store.release != before
        assert rows(store, "SELECT ?g ?o { GRAPH ?g { <http://e/s> ?p ?o } }") == [
            ("https://w3id.org/perfgraph/graph/ontology", "新")
        ]


def test_an_absent_directory_is_an_empty_dataset_and_is_not_made(folder: Path) -> None:
    with open_store(folder, read_only=True) as store:
        assert rows(store, "SELECT ?s { ?s ?p ?o }") == []
    assert not folder.exists()


def test_two_writers_exclude_each_other(open_small: Open, folder: Path) -> None:
    store = open_small()
    store.load([TARGET.submission])
    lock = FileLock(folder / "a" / "lock")
    assert lock.acquire()
    with pytest.raises(StoreBusyError, match="another process"):
        store.load([OTHER.submission])
    lock.release()
    assert store.load([OTHER.submission]).changed


def test_a_store_that_is_open_for_reading_refuses_to_load(folder: Path) -> None:
    with open_store(folder, read_only=True) as store, pytest.raises(ReadOnlyError):
        store.load([TARGET.submission])


def test_a_directory_with_other_files_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("x")
    with pytest.raises(DamagedStoreError, match="no perfgraph store"):
        open_store(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_file_is_no_store(tmp_path: Path) -> None:
    file = tmp_path / "store.ttl"
    file.write_text("x")
    with pytest.raises(DamagedStoreError):
        open_store(file)


@pytest.mark.parametrize("damage", ["pointer", "manifest", "database", "document"])
def test_damage_is_named_and_not_answered_over(open_small: Open, folder: Path, damage: str) -> None:
    open_small().load([TARGET.submission])
    root = folder / "a"
    files = {
        "pointer": root / "current",
        "manifest": next(root.glob("releases/*/manifest.json.gz")),
        "database": next(root.glob("releases/*/main/CURRENT")),
        "document": next(root.glob("documents/*/*.gz")),
    }
    files[damage].write_bytes(b"damaged\n")
    with pytest.raises(DamagedStoreError) as caught:
        _use_everything(open_small())
    assert caught.value.advice is not None


def _use_everything(store: EmbeddedStore) -> None:
    for document in store.documents():
        store.nquads(document.iri)
    store.query("ASK {}")


def test_a_damaged_database_is_made_anew_from_the_documents(open_small: Open, folder: Path) -> None:
    open_small().load([TARGET.submission])
    next((folder / "a").glob("releases/*/main/CURRENT")).write_bytes(b"damaged\n")
    store = open_small()
    store.rebuild()
    assert len(budgets(store)) == 2


def test_an_address_of_another_kind_is_an_error() -> None:
    with pytest.raises(LocationError, match="no address"):
        open_store("ftp://example.org/store")
