"""Every layout family in every format: the file as offices make it gives the checked record.

A folder holds ``records.json``, checked by hand against the drawn table of the same name in
``tests/records/layouts``. The files are made from the drawn table while testing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from perfgraph import records, sources
from perfgraph.model import Document
from perfgraph.records import Given, load
from perfgraph.sources.files import SourceFile
from tests.conftest import Golden
from tests.families.makers import MAKERS
from tests.families.record import record, written
from tests.records.tables import tables

HERE = Path(__file__).parent
FAMILIES = sorted(folder.parent.name for folder in HERE.glob("*/records.json"))
LAYOUTS = HERE.parent / "records" / "layouts"
OTHERS = [name for name in MAKERS if name != "docx"]


@cache
def read(family: str, format: str) -> Document:
    """The record of a family's file in ``format``."""
    drawn = tables((LAYOUTS / f"{family}.table").read_text("utf-8"))
    source = SourceFile(f"a.{format}", MAKERS[format](drawn), "0" * 64)
    found = sources.read(source)
    return records.read(source.place, source.sha256, found, Given(), load())


@pytest.mark.parametrize("family", FAMILIES)
def test_a_form_in_word_gives_the_record_that_was_checked(family: str, golden: Golden) -> None:
    golden.check(written(record(read(family, "docx"))), HERE / family / "records.json")


@pytest.mark.parametrize("format", OTHERS)
@pytest.mark.parametrize("family", FAMILIES)
def test_a_form_in_any_format_gives_the_same_record(family: str, format: str) -> None:
    expected, found = (written(record(read(family, one), places=False)) for one in ("docx", format))
    if format == "pdf":  # which does not tell a line break from a wrapped line
        expected, found = (text.replace("\\n", "") for text in (expected, found))
    assert found == expected
