"""A list of many projects is inspected in time that grows with its length only."""

from __future__ import annotations

import cProfile

from perfgraph.inspection import confidence_of
from perfgraph.inspection.inspection import of_document
from perfgraph.inspection.inspection_html import to_html
from perfgraph.model import Place
from perfgraph.records import Given, load, read
from tests.records.tables import tables

HEAD = """
# 2024年项目绩效目标表
# 单位:元
项目名称 | 项目单位 | 预算数 | 年度绩效目标 | 一级指标 | 二级指标 | 三级指标 | 目标值
"""


def calls(projects: int) -> int:
    """Return how many functions run while a list of ``projects`` is inspected and shown."""
    unit = "776001-扎赉特旗人民检察院"
    rows = [
        f"项目{number} | {unit} | 1030700 | 保障。 | 产出指标 | 数量指标 | 车辆数 | ≥{number}辆"
        for number in range(projects)
    ]
    drawn = tables(HEAD + "\n".join(rows), "a.docx")
    document = read(Place("a.docx"), "0" * 64, drawn, Given(), load())
    assert len(document.projects) == projects
    profile = cProfile.Profile()
    profile.enable()
    confidence_of(document)
    to_html([of_document(document, load())], "zh")
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


def test_a_list_four_times_as_long_takes_four_times_as_much() -> None:
    calls(10)  # templates and labels are loaded
    assert calls(200) < 4.4 * calls(50)
