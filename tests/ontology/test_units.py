"""Units of measure: one table, one generated file, exact factors, no word with two meanings."""

from __future__ import annotations

import csv
import subprocess
import sys
import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import RDFS, SKOS, Graph, Literal, Namespace

from perfgraph.vocab import CODE, ONTOLOGY

PG = Namespace(ONTOLOGY)
PGU = Namespace(f"{CODE}unit#")
PER_YEAR = {"YEAR": 1, "HALF-YEAR": 2, "QUARTER": 4, "MONTH": 12, "WEEK": 52}

Row = dict[str, str]


@pytest.fixture(scope="module")
def rows(root: Path) -> list[Row]:
    with (root / "src/perfgraph/values/units.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def units(rows: list[Row]) -> dict[str, Row]:
    return {row["token"]: row for row in rows}


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    script = root / "scripts" / "units_to_turtle.py"
    return subprocess.run(
        [sys.executable, str(script), *arguments], capture_output=True, text=True, check=False
    )


# ------------------------------------------------------------------------------ generation


def test_the_turtle_file_is_fresh(root: Path) -> None:
    done = run(root, "--check")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_stale_file_is_noticed_and_mended(root: Path, tmp_path: Path) -> None:
    table = tmp_path / "units.csv"
    table.write_bytes((root / "src/perfgraph/values/units.csv").read_bytes())
    turtle = tmp_path / "units.ttl"
    where = ("--units", str(table), "--turtle", str(turtle))
    assert run(root, *where, "--check").returncode == 1
    assert run(root, *where).returncode == 0
    assert run(root, *where, "--check").returncode == 0
    assert turtle.read_bytes() == (root / "ontology/units.ttl").read_bytes()
    table.write_text(table.read_text(encoding="utf-8").replace("万元,", "萬元,"), encoding="utf-8")
    assert run(root, *where, "--check").returncode == 1


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("X,甲,,NOWHERE,1,count,,,,x,甲。,X.,,,", "X has base NOWHERE, which is not a unit"),
        ("X,甲,,X,1,count,,MARS,,x,甲。,X.,,,", "X has per_unit MARS, which is not a unit"),
        ("CNY,甲,,CNY,1,count,,,,x,甲。,X.,,,", "the token CNY is used twice"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(
    row: str, complaint: str, root: Path, tmp_path: Path
) -> None:
    table = tmp_path / "units.csv"
    text = (root / "src/perfgraph/values/units.csv").read_text(encoding="utf-8")
    table.write_text(f"{text}{row}\n", encoding="utf-8")
    turtle = tmp_path / "units.ttl"
    done = run(root, "--units", str(table), "--turtle", str(turtle))
    assert done.returncode == 2
    assert complaint in done.stderr
    assert not turtle.exists()


def test_the_graph_says_what_the_table_says(rows: list[Row], graphs: dict[str, Graph]) -> None:
    graph = graphs["units"]
    assert {row["token"] for row in rows} == {
        str(unit).removeprefix(str(PGU)) for unit in graph.subjects(PG.symbol)
    }
    for row in rows:
        unit = PGU[row["token"]]
        assert str(graph.value(unit, PG.symbol)) == row["symbol"]
        assert graph.value(unit, PG.baseUnit) == PGU[row["base"]]
        factor = graph.value(unit, PG.factorToBase)
        assert isinstance(factor, Literal)
        assert factor.toPython() == Decimal(row["factor"])
        assert Literal(row["symbol"], lang="zh") in set(graph.objects(unit, RDFS.label))
        spellings = {str(text) for text in graph.objects(unit, SKOS.altLabel)}
        assert spellings == {text for text in row["synonyms"].split("|") if text}


# --------------------------------------------------------------------------------- the table


def test_the_table_is_sorted_and_without_carriage_returns(root: Path, rows: list[Row]) -> None:
    assert b"\r" not in (root / "src/perfgraph/values/units.csv").read_bytes()
    keys = [(row["quantity"], row["token"]) for row in rows]
    assert keys == sorted(keys)


def test_no_spelling_means_two_units(rows: list[Row]) -> None:
    meanings: dict[str, set[str]] = {}
    for row in rows:
        for text in (row["symbol"], *filter(None, row["synonyms"].split("|"))):
            normal = unicodedata.normalize("NFKC", text)
            meanings.setdefault(normal, set()).add(row["token"])
    assert {text: tokens for text, tokens in meanings.items() if len(tokens) > 1} == {}


def test_factors_are_canonical_decimals(rows: list[Row]) -> None:
    for row in rows:
        factor = Decimal(row["factor"])
        assert factor > 0
        plain = format(factor, "f")
        assert row["factor"] == (plain.rstrip("0").rstrip(".") if "." in plain else plain)


def test_a_base_is_its_own_base_and_of_the_same_quantity(units: dict[str, Row]) -> None:
    for row in units.values():
        base = units[row["base"]]
        assert (base["base"], base["factor"]) == (base["token"], "1"), row["token"]
        assert base["quantity"] == row["quantity"], row["token"]


def test_quantities_are_declared(rows: list[Row], graphs: dict[str, Graph]) -> None:
    declared = set(graphs["codes"].subjects(SKOS.inScheme))
    for quantity in {row["quantity"] for row in rows}:
        assert Namespace(f"{CODE}quantity#")[quantity] in declared


def test_counting_words_never_convert(units: dict[str, Row]) -> None:
    counts = [row for row in units.values() if row["quantity"] == "count"]
    assert {row["token"] for row in counts if row["base"] != row["token"]} == {"TIMES10K"}
    assert units["PERSON"]["base"] != units["PERSON-TIME"]["base"]


def test_factor_of_a_compound_unit_follows_from_its_parts(units: dict[str, Row]) -> None:
    for row in units.values():
        if not row["numerator"]:
            continue
        expected = Decimal(units[row["numerator"]]["factor"])
        if row["per_unit"]:
            expected /= Decimal(units[row["per_unit"]]["factor"])
        expected *= PER_YEAR.get(row["per_period"], 1)
        assert Decimal(row["factor"]) == expected, row["token"]


def test_base_of_a_compound_unit_is_made_of_base_units(units: dict[str, Row]) -> None:
    for row in units.values():
        base = units[row["base"]]
        for part in ("numerator", "per_unit"):
            assert base[part] == (row[part] and units[row[part]]["base"]), row["token"]
        period = "YEAR" if row["per_period"] in PER_YEAR else row["per_period"]
        assert base["per_period"] == period, row["token"]


def test_symbol_of_a_compound_unit_is_made_of_those_of_its_parts(units: dict[str, Row]) -> None:
    for row in units.values():
        parts = [row[part] for part in ("numerator", "per_unit", "per_period") if row[part]]
        if parts:
            assert row["symbol"] == "/".join(units[part]["symbol"] for part in parts)


@pytest.mark.parametrize(
    ("symbol", "base", "factor"),
    [
        ("元", "元", "1"),
        ("万元", "元", "10000"),
        ("亿元", "元", "100000000"),
        ("万元/月", "元/年", "120000"),
        ("元/人/月", "元/人/年", "12"),
        ("次/月", "次/年", "12"),
        ("次/季度", "次/年", "4"),
        ("次/周", "次/年", "52"),
        ("万次", "次", "10000"),
        ("%", "%", "1"),
        ("‰", "%", "0.1"),
        ("公里", "米", "1000"),
        ("公顷", "平方米", "10000"),
        ("亩", "亩", "1"),
        ("吨", "公斤", "1000"),
        ("工作日", "工作日", "1"),
    ],
)
def test_one(symbol: str, base: str, factor: str, units: dict[str, Row]) -> None:
    (row,) = [row for row in units.values() if row["symbol"] == symbol]
    assert (units[row["base"]]["symbol"], row["factor"]) == (base, factor)


def test_no_money_and_no_calendar_period_is_matched_but_the_yuan_itself(rows: list[Row]) -> None:
    # A month of QUDT has 29.53 days, and all its currencies have the multiplier 1.
    matched = {row["token"] for row in rows if row["exact_match"]}
    periods = {"YEAR", "HALF-YEAR", "QUARTER", "MONTH", "DAY", "WEEK", "WORKDAY", "TERM"}
    assert not matched & periods
    money = {row["token"] for row in rows if row["quantity"] in ("money", "money-rate")}
    assert matched & money == {"CNY"}
