from __future__ import annotations

from pathlib import Path

import pytest

from perfgraph.model import Dimension, GovernmentLevel, Scheme
from perfgraph.records import labels
from perfgraph.records.errors import BadLabelsError
from perfgraph.records.levels import FillDown, broader, find_scheme
from tests.conftest import REPOSITORY

CODES = REPOSITORY / "ontology" / "codes.ttl"
PREFIXES = {Scheme.S2015: "c15", Scheme.S2021: "c21", Scheme.NDRC: "cnd"}


def test_labels_are_compared_without_spaces_brackets_and_colon() -> None:
    table = labels.load()
    assert table.header_role("其中：财政    资金") == "fiscal"
    assert table.header_role("项 目 名 称：") == "project_name"
    assert table.column_role("指 标 值") == "value"
    assert table.column_role("不是标签") is None


def test_a_user_file_adds_spellings_and_keeps_the_shipped_ones(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        '[header]\nproject_name = ["工程名称"]\n\n'
        '[[level2]]\nlabels = ["工期指标"]\ndimension = "timeliness"\n'
        'category-2015 = "output-timeliness"\n',
        "utf-8",
    )
    table = labels.load(file)
    assert table.header_role("工程名称") == table.header_role("项目名称") == "project_name"
    assert table.level2["工期指标"].dimension is Dimension.TIMELINESS


def test_an_amount_names_the_level_of_government_that_provides_it() -> None:
    table = labels.load()
    found = [
        table.government_of(label) for label in ("其中：中央补助", "当年市级财政资金", "财政拨款")
    ]
    assert found == [GovernmentLevel.CENTRAL, GovernmentLevel.CITY, None]


@pytest.mark.parametrize(
    "content",
    [
        "[header",
        '[header]\nno_such_role = ["x"]',
        "[other]\nx = 1",
        '[[level2]]\nlabels = ["x"]\ndimension = "no-such-dimension"',
        '[[level2]]\ndimension = "quantity"',
        "header = 1",
        'level1 = "x"',
    ],
)
def test_a_wrong_label_file_is_refused_with_its_name(tmp_path: Path, content: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(BadLabelsError, match=r"mine\.toml"):
        labels.load(file)


def test_a_missing_label_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadLabelsError, match=r"none\.toml"):
        labels.load(tmp_path / "none.toml")


def test_the_first_level_labels_decide_the_scheme() -> None:
    table = labels.load()
    assert find_scheme(["产出指标", "", "效益指标"], table) is Scheme.S2015
    assert find_scheme(["成本指标", "产出指标"], table) is Scheme.S2021
    assert find_scheme(["决策"], table) is Scheme.PROCESS
    assert find_scheme(["不是标签"], table) is None


def test_a_cost_of_2021_below_output_makes_a_table_mixed_and_elsewhere_it_is_a_mistake() -> None:
    table = labels.load()
    printed = ["产出指标", "效益指标"]
    assert find_scheme(printed, table, [("产出指标", "经济成本指标")]) is Scheme.MIXED
    assert find_scheme(printed, table, [("效益指标", "经济成本指标")]) is Scheme.S2015


def test_labels_of_two_lists_make_a_table_mixed() -> None:
    assert find_scheme(["项目完成指标", "效益指标"], labels.load()) is Scheme.MIXED
    assert find_scheme(["项目完成指标", "满意度指标"], labels.load()) is Scheme.SICHUAN
    assert find_scheme(["实施效果指标", "过程管理指标"], labels.load()) is Scheme.NDRC


def test_without_a_first_level_the_second_decides() -> None:
    assert find_scheme([], labels.load(), [("", "数量指标"), ("", "成本指标")]) is Scheme.S2015


def test_the_first_level_of_every_second_is_its_broader_code_of_the_list() -> None:
    """The tokens say which first level a second belongs to: so does the ontology."""
    text = CODES.read_text("utf-8")
    for level in labels.load().level2.values():
        for scheme, found in level.categories.items():
            parent = broader(found, scheme)
            prefix = PREFIXES[scheme]
            entry = text.split(f"\n{prefix}:{found.token}\n")[1].split(" .\n")[0]
            assert f"skos:broader {prefix}:{parent.token} ;" in entry


def test_empty_level_cells_are_filled_down_and_marked() -> None:
    fill = FillDown(Scheme.S2015, labels.load())
    rows = [("产出指标", "数量指标"), ("", "质量指标"), ("", ""), ("效益指标", "社会效益指标")]
    read = [fill.read(*row) for row in rows]
    assert [levels.level1_text for levels in read] == ["产出指标"] * 3 + ["效益指标"]
    assert [levels.level2_text for levels in read][:3] == ["数量指标", "质量指标", "质量指标"]
    assert [str(levels.evidence) for levels in read] == [
        "printed",
        "filled-down",
        "filled-down",
        "printed",
    ]


def test_a_new_first_level_does_not_inherit_the_second() -> None:
    fill = FillDown(Scheme.S2015, labels.load())
    fill.read("产出指标", "成本指标")
    levels = fill.read("效益指标", "")
    assert (levels.level2_text, levels.dimension) == (None, Dimension.BENEFIT_GENERAL)


def test_a_repeated_first_level_label_keeps_the_second() -> None:
    fill = FillDown(Scheme.S2015, labels.load())
    fill.read("效益指标", "社会效益指标")
    assert fill.read("效益指标", "").level2_text == "社会效益指标"
