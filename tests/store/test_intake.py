"""What is no converted document is refused with a code, and the other files go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from perfgraph.errors import StoreError
from perfgraph.store import OutcomeKind, Store, Submission
from perfgraph.store import errors as store_errors
from perfgraph.store.errors import (
    BaseMismatchError,
    ClashingNamesError,
    DocumentMetadataError,
    GraphNameError,
    MisplacedTripleError,
    NotNQuadsError,
)
from tests.store.answers import budgets
from tests.store.filings import Filing, Project, replace_nquads

GOOD = Filing([Project("甲"), Project("乙")])
OTHER = Filing([Project("丙")], unit="999", file="other.txt")
TRIPLE = "<https://e.org/s> <https://e.org/p> <https://e.org/o>"


@dataclass(frozen=True)
class Bad:
    """A broken submission and the error that it must meet."""

    nquads: bytes
    error: type[StoreError]
    says: str


def _with(line: str) -> bytes:
    return GOOD.nquads + f"{line} .\n".encode()


def _without(text: str) -> bytes:
    lines = GOOD.nquads.splitlines(keepends=True)
    return b"".join(line for line in lines if text.encode() not in line)


PROJECT = GOOD.project("甲")
SHARED = f"{GOOD.base}graph/shared"
CASES = {
    "empty": Bad(b"", GraphNameError, "graphs should be"),
    "binary": Bad(b"\x00\x01\xff", NotNQuadsError, "no valid N-Quads"),
    "text": Bad("项目支出绩效目标表".encode(), NotNQuadsError, "line 1"),
    "turtle": Bad(b"@prefix pg: <https://e.org/> . pg:a pg:b pg:c .", NotNQuadsError, "N-Quads"),
    "triples without graphs": Bad(f"{TRIPLE} .".encode(), GraphNameError, "DEFAULT"),
    "a foreign graph": Bad(_with(f"{TRIPLE} <https://e.org/g>"), GraphNameError, "e.org/g"),
    "two documents": Bad(GOOD.nquads + OTHER.nquads, GraphNameError, OTHER.key),
    "no provenance": Bad(_without("/prov>"), GraphNameError, "graphs should be"),
    "no facts": Bad(_without(f"<{GOOD.graph}> ."), GraphNameError, "graphs should be"),
    "a graph that is not named by the scheme": Bad(
        GOOD.nquads.replace(b"graph/120000-", b"graph/12-"), GraphNameError, "graph/12-"
    ),
    "no role": Bad(_without("documentRole"), DocumentMetadataError, "documentRole"),
    "no hash": Bad(_without("#sha256>"), DocumentMetadataError, "sha256"),
    "two file names": Bad(
        _with(
            f'<{GOOD.iri}> <https://w3id.org/perfgraph/ontology#fileName> "b" <{GOOD.graph}/prov>'
        ),
        DocumentMetadataError,
        "exactly one",
    ),
    "a hash that is not that of the key": Bad(
        GOOD.nquads.replace(f'"{GOOD.sha256}"'.encode(), b'"' + b"0" * 64 + b'"'),
        DocumentMetadataError,
        "does not fit",
    ),
    "no project": Bad(_without("ontology#Project>"), DocumentMetadataError, "no project"),
    "a blank node": Bad(
        _with(f"<{PROJECT}> <https://e.org/p> _:b <{GOOD.graph}>"),
        MisplacedTripleError,
        "blank node",
    ),
    "facts about another thing": Bad(
        _with(f"{TRIPLE} <{GOOD.graph}>"), MisplacedTripleError, "e.org/s"
    ),
    "facts that name a cell": Bad(
        _with(f"<{PROJECT}> <https://e.org/p> <{GOOD.iri}#t1.r1.c1> <{GOOD.graph}>"),
        MisplacedTripleError,
        "t1.r1.c1",
    ),
    "provenance that does not name the document": Bad(
        _with(f"<{PROJECT}> <https://e.org/p> <https://e.org/o> <{GOOD.graph}/prov>"),
        MisplacedTripleError,
        "e.org/o",
    ),
    "provenance of another document": Bad(
        _with(f"<{PROJECT}> <https://e.org/p> <{OTHER.iri}#t1> <{GOOD.graph}/prov>"),
        MisplacedTripleError,
        OTHER.key,
    ),
    "a project in the shared graph": Bad(
        _with(f"<{PROJECT}> <https://e.org/p> <https://e.org/o> <{SHARED}>"),
        MisplacedTripleError,
        "graph/shared",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_broken_file_is_refused_and_the_batch_goes_on(store: Store, case: Bad) -> None:
    report = store.load([Submission("bad.nq", case.nquads), OTHER.submission])
    refused, loaded = report.outcomes
    assert refused.kind is OutcomeKind.REFUSED
    assert type(refused.error) is case.error
    for text in (refused.message.zh, refused.message.en):
        assert text.startswith("bad.nq")
    assert case.says in refused.message.en
    assert loaded.kind is OutcomeKind.LOADED
    assert report.has_failures
    assert budgets(store) == {"丙": "100000"}


def test_underscore_and_colon_in_a_text_are_no_blank_node(store: Store) -> None:
    filing = replace(GOOD, projects=[Project("甲 _:b 乙")])
    assert store.load([filing.submission]).outcomes[0].kind is OutcomeKind.LOADED


def test_a_line_separator_in_a_text_stays_there(store: Store) -> None:
    filing = replace(GOOD, projects=[Project("甲\u2028乙\x85丙")])
    store.load([filing.submission])
    assert list(budgets(store)) == ["甲\u2028乙\x85丙"]
    assert store.nquads(filing.iri).decode().count("\n") == len(set(filing.quads))


def test_a_store_has_one_base(store: Store) -> None:
    store.load([GOOD.submission])
    elsewhere = replace(OTHER, base="https://data.example.org/")
    (outcome,) = store.load([elsewhere.submission]).outcomes
    assert isinstance(outcome.error, BaseMismatchError)
    assert store.base == "https://w3id.org/perfgraph/"


def test_a_new_store_takes_the_base_of_its_documents(store: Store) -> None:
    elsewhere = replace(OTHER, base="https://data.example.org/")
    store.load([elsewhere.submission])
    assert store.base == "https://data.example.org/"
    assert len(budgets(store)) == 1


def test_two_names_with_one_key_in_two_files_are_never_merged(store: Store) -> None:
    first, second = (
        Filing([Project(name)], file=f"{name}.txt")
        for name in ("公共服务项目第690811期", "公共服务项目第802715期")
    )
    assert first.project(first.projects[0].name) == second.project(second.projects[0].name)
    store.load([first.submission])
    (outcome,) = store.load([second.submission], replaces=[first.file]).outcomes
    assert isinstance(outcome.error, ClashingNamesError)
    assert first.file in outcome.message.zh
    assert list(budgets(store)) == ["公共服务项目第690811期"]


def test_lines_in_any_order_make_the_same_document(store: Store) -> None:
    store.load([GOOD.submission])
    lines = GOOD.nquads.splitlines(keepends=True)
    shuffled = replace_nquads(GOOD, b"".join(reversed(lines)) + b"# a comment\n")
    assert store.load([shuffled]).outcomes[0].kind is OutcomeKind.UNCHANGED


def test_every_store_error_has_its_own_code_and_fits_the_range() -> None:
    classes = [
        value
        for value in vars(store_errors).values()
        if isinstance(value, type) and issubclass(value, StoreError)
    ]
    codes = [one.code for one in classes]
    assert len(codes) == len(set(codes)) > 10
    assert all(code.startswith("PG3") for code in codes)


def test_nothing_is_kept_of_a_file_that_is_not_taken_in(
    location: str, reopen: Callable[[], Store]
) -> None:
    with reopen() as store:
        store.load([GOOD.submission])
        release = store.release
        conflict = replace(GOOD, projects=[Project("甲"), Project("丁")])
        assert store.load([conflict.submission]).has_failures
        assert store.release == release
        assert [document.iri for document in store.documents()] == [GOOD.iri]
