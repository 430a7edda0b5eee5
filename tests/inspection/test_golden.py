"""What ``inspect`` shows is what was checked by hand, in each form; a new case adds no code."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfgraph.inspection import inspect
from perfgraph.inspection.inspection_html import to_html
from perfgraph.inspection.inspection_json import to_json
from perfgraph.inspection.inspection_text import to_text
from tests.conftest import SEED, Golden

CASES = sorted((Path(__file__).parent / "cases").iterdir())


def source_of(case: Path) -> Path:
    """Return the source of a case; that of ``seed`` is the real document."""
    return next(case.glob("source.*"), SEED)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_inspection_is_shown_as_it_was_checked(case: Path, golden: Golden) -> None:
    found = inspect(source_of(case))
    golden.check(to_text([found], "en", width=120), case / "expected.en.txt")
    golden.check(to_text([found], "zh", width=120), case / "expected.zh.txt")
    golden.check(to_json([found]), case / "expected.json")
    golden.check(to_html([found], "zh"), case / "expected.zh.html")
