from __future__ import annotations

from pathlib import Path

import pytest

import perfgraph
from perfgraph.inspection import reading_of
from perfgraph.inspection.layout import Feature
from perfgraph.inspection.reading import SubjectReading
from tests.records.test_layouts import LAYOUTS, read_layout


def first(name: str) -> SubjectReading:
    return reading_of(read_layout(next(one for one in LAYOUTS if one.stem == name))).subjects[0]


@pytest.mark.parametrize(
    ("name", "features"),
    [
        ("f02-tianjin-bond", {Feature.FORM}),
        ("f03-twin-columns", {Feature.FORM, Feature.PERIODS}),
        ("f03-two-projects", {Feature.STACKED}),
        ("f11-flat-list", {Feature.LIST, Feature.SPLIT_VALUE}),
        ("f16-hebei-ladder", {Feature.FORM, Feature.LADDER}),
        ("f17-fujian-matrix", {Feature.FORM, Feature.PLACES, Feature.SPLIT_VALUE}),
        ("f12-jiangxi", {Feature.FORM, Feature.SPLIT_VALUE}),
        ("f20-self-evaluation", {Feature.FORM, Feature.SELF_EVALUATION, Feature.FUND_PHASES}),
    ],
)
def test_the_layout_is_told_by_what_it_shows(name: str, features: set[Feature]) -> None:
    assert set(first(name).layout) == features


def test_the_scheme_is_told_with_the_labels_that_decided_it() -> None:
    scheme = first("f05-investment-plan").scheme
    assert scheme.scheme == "category-ndrc"
    assert "实施效果指标、过程管理指标" in scheme.reason.zh


def test_a_conversion_has_its_reading(seed: Path) -> None:
    reading = perfgraph.convert(seed).reading
    assert isinstance(reading, perfgraph.Reading)
    assert [str(one.confidence.value) for one in reading.subjects] == ["0.97"] * 4
    (project, *_) = reading.subjects
    assert (project.year.value, project.year.evidence) == ("2025", "file name")
    assert (project.unit.value, project.unit.evidence) == ("353215", "printed")
    assert (project.region.value, project.region.evidence) == ("120000", "unit name")
    assert reading.unused == ()
    assert reading.repaired == reading.unclear == ()


def test_repaired_and_unclear_values_are_listed_with_their_places() -> None:
    damaged = Path(__file__).parent / "cases" / "damaged" / "source.html"
    reading = perfgraph.inspect(damaged).reading
    assert reading is not None
    assert [one.cell.text for one in reading.repaired] == ["工95%", "290%"]
    assert [one.cell.text for one in reading.unclear] == ["约10", "按2024年计划第3批名单确定"]
    assert all(one.notes for one in (*reading.repaired, *reading.unclear))


def test_every_unused_cell_is_listed_with_the_finding_about_it() -> None:
    for layout in LAYOUTS:
        document = read_layout(layout)
        reading = reading_of(document)
        assert [one.cell for one in reading.unused] == list(document.unused)
        assert all(one.finding is not None for one in reading.unused)
