"""Plans are judged by the rules that hold for them, and the sentences call them what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfgraph import triples
from perfgraph.iris import Minter
from perfgraph.model import Finding, Place
from perfgraph.records import Given, load, read
from perfgraph.validation import data_graph, load_shapes, profiles, validate, validate_by_scheme
from tests.records.tables import tables

LAYOUTS = Path(__file__).parents[1] / "records" / "layouts"
NAMES = sorted(
    path.stem
    for kind in ("f18", "f19", "f20-anhui", "f23", "monitoring-department")
    for path in LAYOUTS.glob(f"{kind}*.table")
)
FOR_PROJECTS = {"C05a", "C05b", "C05c", "C08b", "C15a", "C15b", "C20", "C24", "C26", "C27", "C30"}
"""Rules that the regulations know for projects only."""


def findings(name: str) -> tuple[Finding, ...]:
    drawn = tables((LAYOUTS / f"{name}.table").read_text("utf-8"))
    document = read(Place("a.docx"), "0" * 64, drawn, Given(), load())
    return validate_by_scheme(data_graph(triples.quads(document, Minter(), "0.1.0")))[1]


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_is_not_judged_as_a_project(name: str) -> None:
    found = findings(name)
    assert not {finding.rule for finding in found} & FOR_PROJECTS
    assert not [f for f in found if "项目“" in f.message.zh or "roject “" in f.message.en]


def test_a_sentence_says_department_or_transfer() -> None:
    by_rule = {finding.rule: finding for finding in findings("f19-guangdong-department")}
    assert by_rule["C14"].message.zh.startswith(
        "部门整体“东莞展览馆2022年部门整体绩效目标”的预算数为0元"
    )
    assert by_rule["C14"].message.en.startswith("The budget of department plan “")
    assert by_rule["C14"].place == Place("a.docx", 1, 12, 6)
    by_rule = {finding.rule: finding for finding in findings("f18-chongqing-county")}
    assert by_rule["C03"].message.en.startswith("Regional plan “")
    assert by_rule["C03"].message.zh.startswith("转移支付“生猪")


def test_a_plan_without_a_printed_name_is_named_after_its_unit() -> None:
    (finding, *_) = findings("f19-jiangxi-department")
    assert (finding.rule, finding.project) == ("C01", "浮梁县林业局部门整体")


@pytest.mark.parametrize("profile", profiles())
def test_every_profile_can_judge_a_plan(profile: str) -> None:
    drawn = tables((LAYOUTS / "f19-fujian-department.table").read_text("utf-8"))
    document = read(Place("a.docx"), "0" * 64, drawn, Given(), load())
    graph = data_graph(triples.quads(document, Minter(), "0.1.0"))
    validate(graph, load_shapes(profile))
