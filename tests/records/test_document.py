from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perfgraph.conversion import convert
from perfgraph.model import Document, FundingSource, Scheme
from perfgraph.records.errors import (
    BadOptionError,
    DuplicateProjectError,
    MissingColumnError,
    NoTargetTableError,
    NoUnitError,
)

HEADER = ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值"]
ROW = ["产出指标", "数量指标", "服务人数", "服务人数", "≥7人"]


def table(
    *,
    unit: str | None = "353215天津市某中心",
    name: str = "甲项目",
    header: list[str] = HEADER,
    rows: list[list[str]] | None = None,
    funds: list[str] | None = None,
) -> str:
    funds = funds or ["预算规模及资金用途", "预算数", "10.00", "其中：财政    资金", "10.00"]
    first = ["单位：万元"] if unit is None else [unit, "单位：万元"]
    blocks = [first, ["项目名称", name], funds, ["", "用途"], ["绩效目标", "1.目标。"], header]
    return "\n\n".join("\n".join("\t" + c for c in block) for block in [*blocks, *(rows or [ROW])])


def read(folder: Path, *tables: str, name: str = "a.txt", **options: str | int) -> Document:
    file = folder / name
    file.write_text("\n\n".join(tables) + "\n", "utf-8")
    return convert(file, **options).document  # type: ignore[arg-type] # as the caller types them


def test_the_seed_has_4_projects_36_indicators_and_3640000_yuan(seed: Path) -> None:
    document = convert(seed).document
    assert [len(project.indicators) for project in document.projects] == [6, 6, 18, 6]
    budgets = [project.amount(FundingSource.TOTAL) for project in document.projects]
    assert budgets == [100_000, 120_000, 1_200_000, 2_220_000]
    assert (document.unit.code, document.unit.region.code, document.year) == (
        "353215",
        "120000",
        2025,
    )
    assert document.unused == ()


def test_an_empty_amount_cell_is_unknown_not_zero(seed: Path) -> None:
    for project in convert(seed).document.projects:
        assert project.amount(FundingSource.OTHER) is None
        assert [amount.source for amount in project.amounts] == ["total", "fiscal"]


def test_the_year_of_the_seed_is_found_without_its_file_name(tmp_path: Path, seed: Path) -> None:
    file = tmp_path / "seed.txt"
    file.write_bytes(seed.read_bytes())
    project = convert(file).document.projects[0]
    assert (project.year, project.year_evidence) == (2025, "values")


def test_a_year_in_a_project_name_is_no_fiscal_year(tmp_path: Path) -> None:
    text = "1.2024年结转项目绩效目标表\n" + table(name="2024年结转项目")
    project = read(tmp_path, text).projects[0]
    assert (project.year, project.year_evidence) == (None, "none")


def test_options_win_and_are_recorded(tmp_path: Path) -> None:
    document = read(tmp_path, table(), name="x-2025.txt", year=2024, region="420000", unit="999")
    project = document.projects[0]
    assert (document.year, project.year_evidence) == (2024, "option")
    assert (document.unit.region.code, document.unit.region.evidence) == ("420000", "option")
    assert (document.unit.code, document.unit.code_evidence) == ("d999", "option")


def test_a_table_without_a_unit_has_that_of_the_table_before(tmp_path: Path) -> None:
    first, second = read(tmp_path, table(), table(unit=None, name="乙项目")).projects
    assert first.unit == second.unit


def test_a_document_without_any_unit_asks_for_one(tmp_path: Path) -> None:
    with pytest.raises(NoUnitError, match="--unit"):
        read(tmp_path, table(unit=None))
    assert read(tmp_path, table(unit=None), unit="353215").unit.name is None


def test_the_2021_scheme_is_recognised_by_its_labels(tmp_path: Path) -> None:
    rows = [
        ["成本指标", "经济成本指标", "甲", "甲", "≤5万元"],
        ["产出指标", "数量指标", "乙", "乙", "1个"],
    ]
    project = read(tmp_path, table(rows=rows), name="2015.txt").projects[0]
    assert project.scheme is Scheme.S2021
    assert [str(i.dimension) for i in project.indicators] == ["cost-economic", "quantity"]


def test_a_row_that_lost_its_merged_cell_is_read(tmp_path: Path) -> None:
    rows = [ROW, ["质量指标", "合格率", "合格率", "100%"]]
    first, second = read(tmp_path, table(rows=rows)).projects[0].indicators
    assert (second.level1_text, second.level2_text) == (first.level1_text, "质量指标")


def test_cells_that_fit_nowhere_are_kept_and_told(tmp_path: Path) -> None:
    document = read(tmp_path, table(rows=[ROW, ["备注", "见附件"]]))
    assert [cell.text for cell in document.unused] == ["备注", "见附件"]
    assert [finding.rule for finding in document.findings] == ["R01", "R01"]


def test_an_amount_that_is_no_number_keeps_its_text(tmp_path: Path) -> None:
    funds = ["预算规模及资金用途", "预算数", "待定", "其他资金", "2,000.5"]
    total, other = read(tmp_path, table(funds=funds)).projects[0].amounts
    assert (total.yuan, total.cell.text) == (None, "待定")
    assert other.yuan == Decimal(20_005_000)


def test_an_indicator_without_a_value_has_no_target(tmp_path: Path) -> None:
    rows = [ROW, ["", "质量指标", "合格率", "合格率", ""]]
    assert read(tmp_path, table(rows=rows)).projects[0].indicators[1].targets == ()


def test_a_document_without_a_target_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoTargetTableError, match=r"PG201"):
        read(tmp_path, "\t单位：万元\n\n\t其他表\n")
    with pytest.raises(NoTargetTableError):
        read(tmp_path, "只有文字\n")


@pytest.mark.parametrize("missing", ["三级指标", "指标值"])
def test_a_missing_column_is_named_with_its_place(tmp_path: Path, missing: str) -> None:
    header = [label for label in HEADER if label != missing]
    with pytest.raises(MissingColumnError, match=rf"a\.txt#t1\.r6: .*{missing}"):
        read(tmp_path, table(header=header))


def test_the_same_project_twice_is_refused_with_both_places(tmp_path: Path) -> None:
    with pytest.raises(DuplicateProjectError, match=r"a\.txt#t2\.r2\.c2: .*a\.txt#t1\.r2\.c2"):
        read(tmp_path, table(name="甲（一）"), table(name="甲 (一)"))


def test_an_impossible_year_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadOptionError, match="--year"):
        read(tmp_path, table(), year=25)


def test_a_unit_without_a_code_is_read_from_above_the_money_unit(tmp_path: Path) -> None:
    unit = read(tmp_path, table(unit="天津市甲中心")).unit
    assert (unit.name, unit.is_printed_code) == ("天津市甲中心", False)


def test_a_table_without_a_money_unit_line_has_its_unit(tmp_path: Path) -> None:
    text = table().replace("\t单位：万元\n", "")
    document = read(tmp_path, text)
    assert (document.unit.code, document.projects[0].table.index) == ("353215", 1)


def test_an_unknown_region_is_told(tmp_path: Path) -> None:
    document = read(tmp_path, table(unit="353215某中心"))
    assert document.unit.region.code == "000000"
    assert [finding.rule for finding in document.findings] == ["R04"]
