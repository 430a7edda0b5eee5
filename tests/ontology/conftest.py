"""The ontology files, parsed once."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

FILES = ("perfgraph", "codes", "units", "alignments")


@pytest.fixture(scope="session")
def root() -> Path:
    return Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def graphs(root: Path) -> dict[str, Graph]:
    return {name: Graph().parse(root / "ontology" / f"{name}.ttl") for name in FILES}


@pytest.fixture(scope="session")
def ontology(graphs: dict[str, Graph]) -> Graph:
    """Everything in one graph; read only."""
    whole = Graph()
    for graph in graphs.values():
        whole += graph
    return whole
