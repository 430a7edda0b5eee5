"""A store with the real document, and the application over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from perfgraph.conversion import convert
from perfgraph.store import Store, Submission, open_store
from perfgraph.web import create_app


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, seed: Path) -> Path:
    folder = tmp_path_factory.mktemp("served") / "store"
    conversion = convert(seed)
    with open_store(folder) as store:
        store.load([Submission(seed.name, conversion.nquads(), conversion.grid())])
    return folder


@pytest.fixture(scope="session")
def store(folder: Path) -> Iterator[Store]:
    with open_store(folder, read_only=True) as store:
        yield store


@pytest.fixture(scope="session")
def client(store: Store) -> FlaskClient:
    return create_app(store).test_client()
