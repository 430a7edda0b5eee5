from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgraph.model import Region
from perfgraph.records import identity
from perfgraph.records.errors import BadOptionError

TIANJIN = Region("120000", "天津市", "option")


@pytest.mark.parametrize(
    ("printed", "code", "name"),
    [
        ("353215天津市引进人才综合服务中心", "353215", "天津市引进人才综合服务中心"),
        (" 353215 某中心 ", "353215", "某中心"),
        ("219-某局", "d219", "某局"),
        ("776001-某中心", "776001", "某中心"),
        ("[812]某厅", "d812", "某厅"),
        ("【812033】某站", "812033", "某站"),
        ("(433001)某所", "433001", "某所"),
        ("901001033某校", "901001033", "某校"),
        ("212001 某市民政局机关", "212001", "某市民政局机关"),
        ("212001 - 某市民政局机关", "212001", "某市民政局机关"),
        ("212 某市 民政局", "d212", "某市 民政局"),
        ("某市民政局（212001）", "212001", "某市民政局"),
        ("某市民政局 [212]", "d212", "某市民政局"),
    ],
)
def test_the_printed_code_and_the_name_are_told_apart(printed: str, code: str, name: str) -> None:
    unit = identity.budget_unit(printed, TIANJIN)
    assert (unit.code, unit.name, unit.code_evidence) == (code, name, "printed")


def test_a_year_behind_a_name_is_no_code() -> None:
    unit = identity.budget_unit("某局（2025）", TIANJIN)
    assert (unit.name, unit.is_printed_code) == ("某局（2025）", False)


def test_a_unit_without_a_code_gets_one_from_its_name() -> None:
    unit = identity.budget_unit("某局", TIANJIN)
    assert unit.code == "n" + identity.name_key("某局", 10)
    assert not unit.is_printed_code


@pytest.mark.parametrize(
    ("unit", "document", "code", "evidence"),
    [
        ("天津市引进人才综合服务中心", "", "120000", "unit name"),
        ("天津市滨海新区财政局", "", "120116", "unit name"),
        ("湖北省武汉市青山区教育局", "", "420107", "unit name"),
        ("武汉市青山区教育局", "", "420107", "unit name"),
        ("教育局", "重庆市奉节县2023年绩效目标表", "500236", "document name"),
        ("青山区教育局", "", "000000", "none"),  # two cities have one
        ("教育局", "", "000000", "none"),
        ("内蒙古自治区林业局", "", "150000", "unit name"),
    ],
)
def test_the_region_is_the_longest_name_that_begins_the_units_or_the_documents(
    unit: str, document: str, code: str, evidence: str
) -> None:
    region = identity.find_region(unit, document)
    assert (region.code, region.evidence) == (code, evidence)


@pytest.mark.parametrize(
    ("titles", "file", "year", "evidence"),
    [
        (["2025年部门预算绩效目标表"], "2024.txt", 2025, "title"),
        (["2024年、2025年"], "x-2025-y.txt", 2025, "file name"),
        ([], "353215-targets.txt", None, "none"),
        ([], "120252.txt", None, "none"),
    ],
)
def test_the_year_comes_from_the_first_place_that_names_just_one(
    titles: list[str], file: str, year: int | None, evidence: str
) -> None:
    assert identity.find_year(titles, file, []) == (year, evidence)


@pytest.mark.parametrize("code", ["12", "12000a", "1200000", ""])
def test_an_impossible_region_is_refused(code: str) -> None:
    with pytest.raises(BadOptionError, match="--region"):
        identity.given_region(code)


@pytest.mark.parametrize("code", ["12", "35 3215", "a/b", ""])
def test_an_impossible_unit_code_is_refused(code: str) -> None:
    with pytest.raises(BadOptionError, match="--unit"):
        identity.given_unit(code, None, TIANJIN)


@given(st.text(), st.sampled_from([" ", "\u3000", "\n", "\t"]))
def test_white_space_and_full_width_forms_keep_the_key(name: str, space: str) -> None:
    key = identity.name_key(name, 10)
    assert identity.name_key(space.join(name) + space, 10) == key
    assert identity.name_key("（甲）", 10) == identity.name_key("(甲)", 10)


def test_a_city_whose_districts_have_its_name_is_found() -> None:
    assert identity.find_region("嘉峪关市文化和旅游局", "").code == "620200"
