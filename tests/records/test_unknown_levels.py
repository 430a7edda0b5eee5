"""A first-level label that no scheme has is told, with its place and what to do."""

from __future__ import annotations

from pathlib import Path

from perfgraph.model import Document, Place
from perfgraph.records import Given, Labels, load, read
from tests.records.tables import tables

FORM = """
# 353215天津市某中心
项目名称 | 甲项目 >3
预算数(万元) | 10 >3
绩效目标 | 目标 >3
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 服务人数 | ≥7人
投入和管理目标 ^2 | 投入管理 | 预算执行率 | 100%
财务管理 | 资金使用合规性 | 合规
影响力目标 | 长效管理 | 人员到位率 | 100%
"""


def document(labels: Labels | None = None, drawn: str = FORM) -> Document:
    return read(Place("a.docx"), "0" * 64, tables(drawn), Given(), labels or load())


def test_an_unknown_first_level_is_told_once_where_it_stands_first() -> None:
    findings = [finding for finding in document().findings if finding.rule == "R05"]
    assert [(f.found, f.place and f.place.fragment) for f in findings] == [
        ("投入和管理目标", "t1.r6.c1"),
        ("影响力目标", "t1.r8.c1"),
    ]
    assert all("--labels" in f.fix.zh and "--labels" in f.fix.en for f in findings)


def test_known_first_levels_are_not_told() -> None:
    known = FORM.replace("投入和管理目标", "效益指标").replace("影响力目标", "满意度指标")
    assert not [f for f in document(drawn=known).findings if f.rule == "R05"]


def test_a_label_file_ends_the_finding(tmp_path: Path) -> None:
    file = tmp_path / "labels.toml"
    file.write_text(
        '[[level1]]\nlabels = ["投入和管理目标", "影响力目标"]\ncategory-2015 = "output"\n', "utf-8"
    )
    assert not [f for f in document(load(file)).findings if f.rule == "R05"]
