"""The printed first level stands; only where none is printed does the second decide it."""

from __future__ import annotations

import pytest

from perfgraph import triples
from perfgraph.iris import Minter
from perfgraph.model import Evidence, Finding, Indicator, Place
from perfgraph.records import Given, load, read
from perfgraph.validation import data_graph, validate_by_scheme
from tests.records.tables import tables

FORM = """
# 353215天津市某中心
项目名称 | 甲项目 >3
预算数(万元) | 10 >3
绩效目标 | 目标 >3
一级指标 | 二级指标 | 三级指标 | 指标值
{rows}
"""


def judged(rows: str) -> tuple[tuple[Indicator, ...], list[Finding]]:
    """Return the indicators, and what rule C06 says of them."""
    drawn = tables(FORM.format(rows=rows))
    document = read(Place("a.docx"), "0" * 64, drawn, Given(year=2025), load())
    _, findings = validate_by_scheme(data_graph(triples.quads(document, Minter(), "0.0.0")))
    return document.projects[0].indicators, [f for f in findings if f.rule == "C06"]


def test_a_printed_first_level_is_followed_though_the_second_belongs_elsewhere() -> None:
    (one,), findings = judged("产出指标 | 经济效益指标 | 兑付率 | ≥100%")
    assert (one.level1 and one.level1.token, one.level_evidence) == ("output", Evidence.PRINTED)
    (finding,) = findings
    assert (finding.indicator, finding.found) == ("兑付率", "经济效益指标")


@pytest.mark.parametrize("first", ["", "产出指标"], ids=["displaced", "nowhere-but-above"])
def test_where_none_is_printed_the_second_level_decides(first: str) -> None:
    rows = "| 数量指标 | 甲 | 1个\n产出指标 | 质量指标 | 乙 | 100%"
    if first:
        rows = f"{first} | 数量指标 | 甲 | 1个\n| 社会效益指标 | 乙 | 提升\n效益指标 | | 丙 | 提升"
    found, findings = judged(rows)
    derived = [one for one in found if one.level_evidence is Evidence.DERIVED]
    assert [(one.name, one.level1_text) for one in derived] == [("乙" if first else "甲", None)]
    assert [one.level1 and one.level1.token for one in derived] == [
        "benefit" if first else "output"
    ]
    assert findings == []


def test_a_label_that_was_filled_down_is_not_judged() -> None:
    found, findings = judged("产出指标 | 数量指标 | 甲 | 1个\n| 经济效益指标 | 乙 | 提升")
    assert found[1].level1 == found[0].level1
    assert found[1].level_evidence is Evidence.FILLED_DOWN
    assert findings == []


def test_a_label_that_is_repeated_in_its_row_is_judged() -> None:
    _, findings = judged("产出指标 | 数量指标 | 甲 | 1个\n产出指标 | 经济效益指标 | 乙 | 提升")
    assert [finding.indicator for finding in findings] == ["乙"]
