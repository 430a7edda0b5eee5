"""Stores to test: the same tests run over a directory and over a SPARQL server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from perfgraph.store import Store, duplicated_triples, open_store
from perfgraph.store.remote import RemoteStore
from perfgraph.store.vocabularies import Vocabulary
from perfgraph.vocab import CODE, ONTOLOGY
from tests.store.differences import STORE
from tests.store.servers import ENGINES, Addresses, clear, graphs, temporary_folder


@dataclass(frozen=True)
class Engine:
    """A running SPARQL server, or several of one make."""

    name: str
    addresses: Addresses
    kept: tuple[set[str], ...]
    """Graphs that the datasets had from the beginning."""

    def clear(self) -> Addresses:
        """Empty all datasets; return their query addresses."""
        for address, kept in zip(self.addresses, self.kept, strict=True):
            clear(address, kept)
        return self.addresses


@pytest.fixture(scope="session")
def engines() -> Iterator[Callable[[str], Engine]]:
    """Starts engines by name, each once."""
    with ExitStack() as stack:

        @cache
        def start(name: str) -> Engine:
            addresses = stack.enter_context(ENGINES[name]())
            return Engine(name, addresses, tuple(map(graphs, addresses)))

        yield start


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect the known failures of engines, and no others."""
    for item in items:
        name, _, parameters = item.name.partition("[")
        if name in STORE and parameters.startswith("virtuoso"):
            item.add_marker(pytest.mark.xfail(strict=True, reason=STORE[name]))


OTHERS = [pytest.param(name, marks=pytest.mark.engine) for name in ("fuseki", "virtuoso")]


@pytest.fixture(params=["oxigraph", *OTHERS])
def datasets(request: pytest.FixtureRequest, engines: Callable[[str], Engine]) -> Addresses:
    """Query addresses of empty datasets of one engine."""
    return engines(request.param).clear()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A directory that is not there yet."""
    with temporary_folder() as path:
        yield Path(path, "store")


@pytest.fixture(params=["embedded", "oxigraph", *OTHERS])
def location(request: pytest.FixtureRequest, folder: Path, engines: Callable[[str], Engine]) -> str:
    """The location of an empty store: a directory, or a server."""
    if request.param == "embedded":
        return str(folder)
    main, history, _ = engines(request.param).clear()
    return f"sparql+{main}?history={history}"


Open = Callable[[], Store]


@pytest.fixture
def reopen(
    request: pytest.FixtureRequest, location: str, small_vocabularies: tuple[Vocabulary, ...]
) -> Open:
    """Opens the store of the test, once more too; with a small ontology on the slower engines."""
    if request.node.get_closest_marker("engine"):
        return lambda: RemoteStore(location, vocabularies=lambda: small_vocabularies)
    return lambda: open_store(location)


@pytest.fixture
def store(reopen: Open) -> Iterator[Store]:
    """An empty store; whatever a test does to it, no triple may stand in two graphs."""
    with reopen() as opened:
        yield opened
        assert duplicated_triples(opened) == []


@pytest.fixture
def whole_store(location: str) -> Iterator[Store]:
    """An empty store as users have it, with the whole ontology on every engine."""
    with open_store(location) as opened:
        yield opened
        assert duplicated_triples(opened) == []


@pytest.fixture
def small_vocabularies() -> tuple[Vocabulary, ...]:
    """An ontology of two terms, for tests that build many stores."""
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    return (
        Vocabulary("ontology", (f'<{ONTOLOGY}Project> {label} "项目"@zh',)),
        Vocabulary("codes", (f'<{CODE}phase#approved> {label} "批复"@zh',)),
    )
