"""A project keeps its IRI when its name is corrected, and two names never share one."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfgraph.conversion import Conversion, convert
from perfgraph.records import keys, same_name
from perfgraph.records.errors import BadKeysError, ClashingKeysError, DuplicateProjectError
from tests.records.test_document import table

# The SHA-256 of these two names begin with the same ten hex digits.
CLASH = ("公共服务项目第690811期", "公共服务项目第802715期")
HEAD = "unit,year,name,key\n"


def write(folder: Path, *names: str, pinned: str | None = None) -> Conversion:
    source = folder / "x-2025.txt"
    source.write_text("\n\n".join(table(name=name) for name in names) + "\n", "utf-8")
    (folder / "keys.csv").write_text(HEAD + (pinned or ""), "utf-8")
    return convert(source, keys=folder / "keys.csv", unit="353215", region="120000")


def key(conversion: Conversion, index: int = 0) -> str:
    project = conversion.document.projects[index]
    return conversion.minter.project(project).value.rpartition("-")[2]


def test_a_corrected_name_keeps_the_key_that_is_pinned(tmp_path: Path) -> None:
    old = key(write(tmp_path, "院士津帖"))
    corrected = write(tmp_path, "院士津贴", pinned=f"353215,2025,院士津贴,{old}\n")
    assert key(corrected) == old == keys.minted("院士津帖")


def test_a_name_is_found_in_any_width_and_spacing(tmp_path: Path) -> None:
    printed = write(tmp_path, "津贴（ 院士 ）", pinned="353215,2025,津贴(院士),nabc\n")
    assert key(printed) == "nabc"


@pytest.mark.parametrize("row", ["353215,2024,甲项目,nabc\n", "353216,2025,甲项目,nabc\n"])
def test_a_row_of_another_year_or_unit_pins_nothing(tmp_path: Path, row: str) -> None:
    assert key(write(tmp_path, "甲项目", pinned=row)) == keys.minted("甲项目")


def test_two_names_with_one_key_stop_the_conversion(tmp_path: Path) -> None:
    assert keys.minted(CLASH[0]) == keys.minted(CLASH[1])
    with pytest.raises(ClashingKeysError) as caught:
        write(tmp_path, *CLASH)
    assert caught.value.place is not None
    assert str(caught.value.place) == "x-2025.txt#t2.r2.c2"
    assert caught.value.advice is not None
    assert f" 353215,2025,{CLASH[1]},{keys.minted(CLASH[1], 16)} " in caught.value.advice.en


def test_the_row_that_the_message_gives_mends_the_clash(tmp_path: Path) -> None:
    row = f"353215,2025,{CLASH[1]},{keys.minted(CLASH[1], keys.LONG_DIGITS)}\n"
    conversion = write(tmp_path, *CLASH, pinned=row)
    assert key(conversion, 0) == keys.minted(CLASH[0])
    assert key(conversion, 1) == keys.minted(CLASH[1], 16)


def test_the_same_name_twice_is_still_a_repetition(tmp_path: Path) -> None:
    with pytest.raises(DuplicateProjectError):
        write(tmp_path, "甲项目", "甲 项目")


@pytest.mark.parametrize(
    ("content", "place", "says"),
    [
        ("unit,year,name\n", "keys.csv", "'key'"),
        (HEAD + "353215,25,甲,nabc\n", "keys.csv#r2", "four digits"),
        (HEAD + "353215,2025,甲,n-a/b\n", "keys.csv#r2", "letters"),
        (HEAD + "353215,2025,甲\n", "keys.csv#r2", "needs"),
        (HEAD + "353215,2025,甲,nabc\n353215,2025,甲,nabd\n", "keys.csv#r3", "contradicts"),
        (HEAD + "353215,2025,甲,nabc\n353215,2025,乙,nabc\n", "keys.csv#r3", "contradicts"),
        (HEAD.encode() + b"353215,2025,\xff\xfe,nabc\n", "keys.csv", "utf-8"),
        (HEAD + '353215,2025,"甲"乙,nabc\n', "keys.csv", "expected"),
        (None, "keys.csv", "No such file"),
    ],
)
def test_a_wrong_key_file_is_told_with_row_and_reason(
    tmp_path: Path, content: str | bytes | None, place: str, says: str
) -> None:
    file = tmp_path / "keys.csv"
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadKeysError) as caught:
        keys.load(file)
    assert str(caught.value.place) == place
    assert says in caught.value.message.en


def test_the_same_row_twice_is_no_contradiction(tmp_path: Path) -> None:
    file = tmp_path / "keys.csv"
    file.write_text(HEAD + "353215,2025,甲,nabc\n" * 2, "utf-8-sig")
    assert keys.load(file).pinned == {("353215", 2025, same_name("甲")): "nabc"}
