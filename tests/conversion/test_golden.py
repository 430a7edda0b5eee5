"""A folder a case: the source, and the graph it must become. A new case adds no code."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfgraph.conversion import convert
from perfgraph.serialisation import Format
from tests.conftest import Golden

CASES = sorted((Path(__file__).parents[1] / "cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_document_becomes_the_expected_graph(case: Path, golden: Golden) -> None:
    (source,) = case.glob("source.*")
    golden.check(convert(source).write(Format.TRIG), case / "expected.trig")
