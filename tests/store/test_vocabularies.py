"""Ontology, codes and shapes as graphs: one each, no blank nodes, nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfgraph import resources
from perfgraph.store.errors import DamagedStoreError
from perfgraph.store.vocabularies import Vocabulary, read_vocabularies, shipped_vocabularies

LIST = "@prefix : <http://e/> . :a :p [ :q ( 1 2 ) ] , [ :r 3 ] .\n"


def _write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def test_blank_nodes_become_the_same_iris_in_every_run(tmp_path: Path) -> None:
    file = _write(tmp_path, "a.ttl", LIST)
    first, second = (read_vocabularies([("a", [file])]) for _ in range(2))
    assert first == second
    (vocabulary,) = first
    assert len(vocabulary.triples) == 8
    assert not any("_:" in triple for triple in vocabulary.triples)


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    files = [_write(tmp_path, name, LIST) for name in ("a.ttl", "b.ttl")]
    (together,) = read_vocabularies([("shapes", files)])
    assert len(together.triples) == 16


def test_a_triple_of_two_files_is_kept_in_the_first(tmp_path: Path) -> None:
    first = _write(tmp_path, "a.ttl", "<http://e/a> <http://e/p> 1 .")
    second = _write(tmp_path, "b.ttl", "<http://e/a> <http://e/p> 1 , 2 .")
    found = read_vocabularies([("a", [first]), ("b", [second])])
    assert [(one.name, len(one.triples)) for one in found] == [("a", 1), ("b", 1)]


def test_an_empty_folder_gives_no_graph() -> None:
    assert read_vocabularies([("shapes", [])]) == []


def test_a_file_that_is_no_turtle_is_named(tmp_path: Path) -> None:
    with pytest.raises(DamagedStoreError, match=r"a\.ttl is no valid Turtle"):
        read_vocabularies([("a", [_write(tmp_path, "a.ttl", "no turtle")])])


def test_a_digest_is_that_of_the_triples() -> None:
    assert Vocabulary("a", ("x",)).digest == Vocabulary("b", ("x",)).digest
    assert Vocabulary("a", ("x",)).digest != Vocabulary("a", ("y",)).digest


def test_every_shipped_file_is_in_a_graph() -> None:
    found = {vocabulary.name: vocabulary.triples for vocabulary in shipped_vocabularies()}
    files = [path.stem for path in resources.folder("ontology").rglob("*.ttl")]
    assert set(found) == {"ontology" if one == "perfgraph" else one for one in files} | {
        "shapes",
        "endpoint",
    }
    triples = [triple for one in found.values() for triple in one]
    assert len(triples) == len(set(triples))
