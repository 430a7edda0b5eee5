"""Every layout family in every format: the file as offices make it gives the checked record.

A folder holds ``records.json``, checked by hand against the drawn table of the same name in
``tests/records/layouts``. The files are made from the drawn table while testing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from perfgraph import records, sources
from perfgraph.errors import RecordError
from perfgraph.model import Document
from perfgraph.records import Given, load
from perfgraph.sources.files import SourceFile
from tests.conftest import Golden
from tests.families.flat import FLAT, one_stream
from tests.families.makers import MAKERS, Tables
from tests.families.record import Json, record, written
from tests.families.score import Score, score
from tests.families.variants import VARIANTS
from tests.records.tables import tables

HERE = Path(__file__).parent
FAMILIES = sorted(folder.parent.name for folder in HERE.glob("*/records.json"))
LAYOUTS = HERE.parent / "records" / "layouts"
ALL = {**MAKERS, **VARIANTS}
OTHERS = [name for name in ALL if name != "docx"]
DOCUMENT = HERE.parents[1] / "docs" / "reading-scores.md"
_SCORES = re.compile(r"(?<=<!-- scores -->\n).*?(?=<!-- /scores -->)", re.DOTALL)
_FLAT_SCORES = re.compile(r"(?<=<!-- flat -->\n).*?(?=<!-- /flat -->)", re.DOTALL)
LOST = {
    ("f17-matrix-with-total", "md"): "a value merged over two places is printed at the first",
    ("f17-matrix-with-total", "csv"): "likewise",
    ("f17-matrix-with-total", "txt"): "likewise, and how far it reaches is not to be seen",
    ("f17-villages-as-rows", "txt"): "how many indicators a level spans is not to be seen",
}
"""What a format cannot hold."""
STREAMS = ["f03-suffixes", "f03-two-projects", "f08-displaced-level", "f21-yunnan-self-evaluation"]


@cache
def read(family: str, format: str) -> Document:
    """The record of a family's file in ``format``."""
    return read_as(family, {**ALL, **FLAT}[format])


def read_as(family: str, make: Callable[[Tables], bytes]) -> Document:
    """The record of a family's file as it is made by ``make``."""
    drawn = tables((LAYOUTS / f"{family}.table").read_text("utf-8"))
    source = SourceFile("a", make(drawn), "0" * 64)
    found = sources.read(source)
    return records.read(source.place, source.sha256, found, Given(), load())


def read_if_told(family: str, form: str) -> Json:
    """The record of a form that does not say everything; an empty one if it is refused."""
    try:
        return record(read(family, form))
    except RecordError:
        return {}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_form_in_word_gives_the_record_that_was_checked(family: str, golden: Golden) -> None:
    golden.check(written(record(read(family, "docx"))), HERE / family / "records.json")


@pytest.mark.parametrize("format", OTHERS)
@pytest.mark.parametrize("family", FAMILIES)
def test_a_form_in_any_format_gives_the_same_record(family: str, format: str) -> None:
    if (family, format) in LOST:
        assert score(checked(family), read_if_told(family, format)).is_full
        return
    expected, found = (written(record(read(family, one), places=False)) for one in ("docx", format))
    if format.startswith("pdf"):  # which does not tell a line break from a wrapped line
        expected, found = (text.replace("\\n", "") for text in (expected, found))
    assert found == expected


def checked(family: str) -> Json:
    """The record of a family that was checked by hand."""
    content = json.loads((HERE / family / "records.json").read_text("utf-8"))
    assert isinstance(content, dict)
    return content


def test_every_layout_has_a_form_and_every_family_but_prose_a_layout() -> None:
    assert [layout.stem for layout in sorted(LAYOUTS.glob("*.table"))] == FAMILIES
    numbers = {int(family[1:3]) for family in FAMILIES if family[1:3].isdigit()}
    assert numbers == set(range(2, 24))  # F1 is the real document, F24 is prose


def test_a_wrong_reading_lowers_the_score() -> None:
    family = FAMILIES[0]
    content = record(read(family, "docx"))
    first, second, third, *_ = content["projects"][0]["indicators"]  # type: ignore[index]
    first["targets"][0]["text"] = second["targets"][0]["comparator"] = "?"
    del second["level1"], third["name"]
    before, after = score(checked(family), checked(family)), score(content, checked(family))
    lost = [one.right - other.right for one, other in zip(before, after, strict=True)]
    assert lost == [1, 2, 2, 2]
    assert all(one.all == other.all for one, other in zip(before, after, strict=True))


@pytest.mark.parametrize("form", FLAT)
@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_read_of_a_text_without_rows_is_right(family: str, form: str) -> None:
    found = read_if_told(family, form)
    assert score(checked(family), found).is_full, score(checked(family), found)


@pytest.mark.parametrize("family", STREAMS)
def test_a_stream_of_cells_with_its_empty_cells_is_read_in_full(family: str) -> None:
    found = record(read_as(family, one_stream))
    assert score(found, checked(family)).is_full
    assert score(checked(family), found).is_full


def test_the_scores_are_as_the_document_says(golden: Golden) -> None:
    scores = {
        family: {name: score(read_if_told(family, name), checked(family)) for name in ALL}
        for family in FAMILIES
    }
    table = "\n".join(_lines(scores)) + "\n"
    print(table)  # pytest -s shows it
    flat = {
        family: {form: score(read_if_told(family, form), checked(family)) for form in FLAT}
        for family in FAMILIES
    }
    flat_table = "\n".join(_flat_lines(flat)) + "\n"
    print(flat_table)
    text = DOCUMENT.read_text("utf-8")
    text = _SCORES.sub(lambda _: table, text)
    golden.check(_FLAT_SCORES.sub(lambda _: flat_table, text), DOCUMENT)


def _lines(scores: dict[str, dict[str, Score]]) -> list[str]:
    """The table of scores: what there is, and for each format what of it was read right."""
    lines = [
        f"| | rows | values | {' | '.join(ALL)} |",
        f"|---|--:|--:|{'--:|' * len(ALL)}",
    ]
    for family, by_format in scores.items():
        first = next(iter(by_format.values()))
        told = [_told(one) for one in by_format.values()]
        lines.append(f"| {family} | {first.rows.all} | {first.verbatim.all} | {' | '.join(told)} |")
    return lines


def _told(one: Score) -> str:
    """Per cent, where all four counts are full; else rows, values, meanings and levels."""
    return "100" if one.is_full else " · ".join(map(str, one))


def _flat_lines(scores: dict[str, dict[str, Score]]) -> list[str]:
    """The table of what is read of texts without rows: indicator rows of how many."""
    lines = [f"| | rows | {' | '.join(FLAT)} |", f"|---|--:|{'--:|' * len(FLAT)}"]
    for family, by_form in scores.items():
        told = [str(one.rows.right) for one in by_form.values()]
        lines.append(f"| {family} | {next(iter(by_form.values())).rows.all} | {' | '.join(told)} |")
    return lines
