from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import perfgraph
from perfgraph.inspection import confidence, reading_of
from perfgraph.inspection.confidence import WEIGHTS, Confidence, Factor, Part
from perfgraph.model import Document, Evidence, Project
from tests.records.test_layouts import LAYOUTS, read_layout

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def document() -> Document:
    """A layout in which all the evidence is there."""
    return read_layout(next(one for one in LAYOUTS if one.stem == "f12-jiangxi"))


def shares(document: Document, project: Project | None = None) -> dict[Factor, Fraction]:
    if project is not None:
        document = replace(document, projects=(project,), plans=())
    (found, *_) = confidence.of(document)
    return {part.factor: part.share for part in found.parts}


def test_the_weights_are_one_together() -> None:
    assert sum(WEIGHTS.values()) == 1
    assert set(WEIGHTS) == set(Factor)


def test_a_form_with_all_the_evidence_has_one_and_no_reasons(document: Document) -> None:
    (found,) = confidence.of(document)
    assert found.value == 1
    assert found.reasons == ()


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.stem)
def test_what_is_below_one_has_a_reason_in_both_languages(layout: Path) -> None:
    for one in reading_of(read_layout(layout)).subjects:
        found = one.confidence
        assert 0 <= found.value <= 1
        assert (found.value == 1) == (found.reasons == ())
        for part in found.parts:
            assert 0 <= part.share <= 1
            assert (part.reason is not None) == (part.share < 1)
            assert part.reason is None or (part.reason.zh and part.reason.en)


def test_it_is_rounded_down_so_that_only_a_full_one_is_one() -> None:
    parts = [Part(factor, Fraction(1)) for factor in Factor]
    parts[0] = Part(Factor.CELLS, Fraction(9999, 10000))
    assert Confidence(tuple(parts)).value == Decimal("0.99")


def test_cells_is_the_share_of_printed_cells_that_were_used(document: Document) -> None:
    (project,) = document.projects
    printed = [c for row in project.table.rows for c in row if not c.is_blank]
    worse = replace(document, unused=tuple(printed[:5]))
    assert shares(worse)[Factor.CELLS] == 1 - Fraction(5, len(printed))


def test_header_is_the_share_of_name_unit_code_and_budget(document: Document) -> None:
    (project,) = document.projects
    assert shares(document, replace(project, amounts=()))[Factor.HEADER] == Fraction(2, 3)
    unit = replace(project.unit, is_printed_code=False)
    bare = replace(project, amounts=(), unit=unit, name=None)
    assert shares(document, bare)[Factor.HEADER] == 0


def test_a_repaired_value_counts_half_and_one_not_understood_nothing() -> None:
    found = perfgraph.convert(Path(__file__).parent / "cases" / "damaged" / "source.html").document
    assert shares(found)[Factor.VALUES] == Fraction(2 + 2 * Fraction(1, 2), 5)


def test_an_inferred_level_counts_half_and_an_unknown_one_nothing(document: Document) -> None:
    (project,) = document.projects
    first, second, *others = project.indicators
    first = replace(first, level_evidence=Evidence.DERIVED)
    second = replace(second, level1=None, level2=None)
    worse = replace(project, indicators=(first, second, *others))
    count = len(project.indicators)
    assert shares(document, worse)[Factor.LEVELS] == 1 - Fraction(3, 2) / count


def test_without_indicators_neither_values_nor_levels_are_sure(document: Document) -> None:
    bare = replace(document.projects[0], indicators=())
    assert shares(document, bare)[Factor.VALUES] == shares(document, bare)[Factor.LEVELS] == 0


@pytest.mark.parametrize(
    ("evidence", "share"),
    [("option", "1"), ("title", "1"), ("file name", "3/4"), ("values", "1/2"), ("none", "0")],
)
def test_the_year_is_as_sure_as_its_evidence(document: Document, evidence: str, share: str) -> None:
    project = replace(document.projects[0], year_evidence=evidence)
    assert shares(document, project)[Factor.YEAR] == Fraction(share)


@pytest.mark.parametrize(
    ("evidence", "share"),
    [
        ("option", "1"),
        ("unit name", "1"),
        ("department name", "1"),
        ("document name", "1/2"),
        ("none", "0"),
    ],
)
def test_the_region_is_as_sure_as_its_evidence(
    document: Document, evidence: str, share: str
) -> None:
    project = document.projects[0]
    region = replace(project.unit.region, evidence=evidence)
    project = replace(project, unit=replace(project.unit, region=region))
    assert shares(document, project)[Factor.REGION] == Fraction(share)


def test_the_page_about_reading_states_the_weights() -> None:
    text = (REPOSITORY / "docs" / "reading.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([a-z]+)` \| (0\.\d\d) \|", text, re.MULTILINE))
    assert rows == {factor.value: f"{float(weight):.2f}" for factor, weight in WEIGHTS.items()}
