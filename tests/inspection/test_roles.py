from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
import rdflib

from perfgraph import model
from perfgraph.inspection import held, inspect, roles, wording
from perfgraph.inspection.cell_roles import LETTERS, NAMES, Role, Understanding
from perfgraph.inspection.inspection import of_document
from perfgraph.inspection.layout import Feature
from perfgraph.inspection.surroundings import FUND_COLUMN, HEADER
from perfgraph.model import (
    Cell,
    Document,
    DocumentRole,
    Grade,
    OtherValue,
    Period,
    Phase,
    Place,
    Row,
    Scheme,
    ValueRole,
)
from perfgraph.records import Given, load
from perfgraph.records import read as read_tables
from perfgraph.records.columns import PROPERTIES
from perfgraph.resources import folder
from tests.families.test_families import FAMILIES, LOST
from tests.families.test_families import read as read_family
from tests.records.tables import tables
from tests.records.test_layouts import LAYOUTS, read_layout

CASES = Path(__file__).parent / "cases"
ONTOLOGY = "https://w3id.org/perfgraph/ontology#"


def printed(document: Document) -> list[Cell]:
    return [c for table in document.tables for row in table.rows for c in row if not c.is_blank]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.stem)
def test_every_printed_cell_of_every_layout_has_one_role(layout: Path) -> None:
    check_roles(read_layout(layout))


@pytest.mark.parametrize(
    ("family", "format"),
    [
        (family, format)
        for family in FAMILIES
        for format in ("csv", "pdf", "txt")
        if (family, format) not in LOST  # one of them is refused
    ],
)
def test_every_printed_cell_has_one_role_where_merged_cells_are_gone(
    family: str, format: str
) -> None:
    check_roles(read_family(family, format))


def check_roles(document: Document) -> None:
    """Assert that each printed cell is unused, a known label, a mark, or feeds something."""
    found = of_document(document, load())
    assert found.roles.keys() == {cell.place for cell in printed(document)}
    unused = {cell.place for cell in document.unused}
    for cell in printed(document):
        role = found.roles[cell.place]
        assert (role.role is Role.UNUSED) == (cell.place in unused), cell
        if role.role is Role.LABEL:
            assert roles.is_known(cell.text, load()), cell
            assert role.properties == ()
        if role.role is Role.VALUE:
            assert role.properties, cell
    assert sum(found.counts().values()) == len(printed(document))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.stem)
def test_a_cell_that_a_record_holds_is_a_value(layout: Path) -> None:
    document = read_layout(layout)
    found = of_document(document, load())
    for one in held.cells(document):
        if not one.cell.is_blank:
            role = found.roles[one.cell.place]
            assert role.role is Role.VALUE
            assert one.property in role.properties


def test_every_cell_of_the_records_is_named() -> None:
    """A record that gets a new cell names it in ``held.FEEDS``."""
    classes = {one for one in vars(model).values() if isinstance(one, type) and is_dataclass(one)}
    classes -= {Document, Row, OtherValue}
    holders = {
        (one, field.name)
        for one in classes
        for field in fields(one)
        if Cell in (hint := get_type_hints(one)[field.name], *get_args(hint))
    }
    assert {one for one in holders if held.feeds(*one) is None} == set()
    assert set(held.FEEDS) <= holders
    assert held.OTHER_VALUES.keys() == set(ValueRole)


def test_every_property_is_a_term_of_the_ontology_and_has_a_name_for_people() -> None:
    graph = rdflib.Graph().parse(folder("ontology") / "perfgraph.ttl")
    tables = (HEADER.values(), FUND_COLUMN.values())
    names = {*held.FEEDS.values(), *held.OTHER_VALUES.values(), *PROPERTIES.values()}
    names |= {"headingText", "moneyUnit"}
    names |= {name for table in tables for properties in table for name in properties}
    for name in names:
        assert (rdflib.URIRef(ONTOLOGY + name), None, None) in graph, name
        assert name in wording.PROPERTIES, name


def test_every_token_has_a_name_for_people() -> None:
    for words, tokens in (
        (wording.FEATURES, Feature),
        (wording.ROLES, DocumentRole),
        (wording.SCHEMES, Scheme),
        (wording.PHASES, Phase),
        (wording.PERIODS, Period),
        (wording.GRADES, Grade),
        (wording.OTHER_VALUES, ValueRole),
    ):
        assert words.keys() == set(tokens)


def test_a_token_without_a_name_is_shown_as_it_is() -> None:
    assert wording.name({}, "unheard-of").zh == "unheard-of"


def test_every_kind_of_cell_has_a_letter_of_its_own_and_a_name() -> None:
    kinds = {*Role, *Understanding} - {Understanding.UNDERSTOOD}
    assert LETTERS.keys() == NAMES.keys() == kinds
    assert len(set(LETTERS.values())) == len(LETTERS)


def test_the_rows_of_one_project_are_not_those_of_another() -> None:
    document = read_layout(next(one for one in LAYOUTS if one.stem == "f11-flat-list"))
    found = of_document(document, load())
    second = [one for one in found.roles.items() if one[1].subject == 2]
    assert {place.row for place, _ in second} == {7, 8}


def test_a_label_in_a_header_row_is_no_value_of_the_label_beside_it() -> None:
    document = read_layout(next(one for one in LAYOUTS if one.stem == "f11-flat-list"))
    found = of_document(document, load())
    header = [role for place, role in found.roles.items() if place.row == 1]
    assert {role.role for role in header} == {Role.LABEL}


def test_damaged_values_are_shown_as_repaired_or_not_understood() -> None:
    found = inspect(CASES / "damaged" / "source.html")
    shown = {
        cell.text: role.understanding
        for table in found.tables
        for row in table.rows
        for cell in row
        if (role := found.role(cell)) is not None
    }
    assert shown["工95%"] is Understanding.REPAIRED
    assert shown["290%"] is Understanding.REPAIRED
    assert shown["约10"] is Understanding.UNCLEAR
    assert shown["按2024年计划第3批名单确定"] is Understanding.UNCLEAR
    assert shown["≥90%"] is Understanding.UNDERSTOOD


def test_a_refused_document_shows_its_tables_and_what_they_lack() -> None:
    found = inspect(CASES / "refused" / "source.html")
    assert found.reading is None
    assert found.error is not None
    assert found.error.code == "PG202"
    (lacking,) = (need for need in found.needs[1] if need.cell is None)
    assert lacking.name.zh == "“指标值”列"
    assert [cell.text for cell in lacking.candidates] == ["目标完成标准"]
    assert {role.role for role in found.roles.values()} == {Role.LABEL, Role.UNUSED}


def test_a_file_that_cannot_be_read_has_its_error_and_no_tables(tmp_path: Path) -> None:
    empty = tmp_path / "a.docx"
    empty.write_bytes(b"PK\x03\x04 broken")
    found = inspect(empty)
    assert found.error is not None
    assert found.tables == ()
    missing = inspect(tmp_path / "none.docx")
    assert missing.error is not None
    assert missing.error.code == "PG101"


def test_an_unused_cell_is_shown_with_the_reason() -> None:
    found = inspect(CASES / "unused" / "source.html")
    told = {
        cell.text: [note.en for note in role.notes]
        for table in found.tables
        for row in table.rows
        for cell in row
        if (role := found.role(cell)) is not None and role.role is Role.UNUSED
    }
    assert told == {
        "无": ["the label '其他需要说明事项' is known, but the record has no place for it"],
        "100": ["its row was not read as a row of an indicator"],
    }


@pytest.mark.parametrize(
    ("layout", "text", "reason"),
    [
        ("f22-hubei-self-evaluation", "填报日期：2023年5月17日", "no label that is known"),
        ("f06-poverty-relief", "(盖章)", "its row was not read"),
    ],
)
def test_the_reason_tells_what_is_wrong_with_the_cell(layout: str, text: str, reason: str) -> None:
    document = read_layout(next(one for one in LAYOUTS if one.stem == layout))
    found = of_document(document, load())
    (cell,) = (cell for cell in document.unused if cell.text == text)
    assert found.notes(cell, "en")[0].startswith(reason)


def test_the_reason_says_that_no_date_was_read_where_one_is_wanted() -> None:
    layout = next(one for one in LAYOUTS if one.stem == "f13-gansu")
    text = layout.read_text("utf-8").replace("2023-01-01", "待定").replace("2023-12-31", "待定")
    document = read_tables(Place("a.docx"), "0" * 64, tables(text), Given(), load())
    found = of_document(document, load())
    cells = [cell for cell in document.unused if cell.text == "待定"]
    assert [found.notes(cell, "en")[0] for cell in cells] == ["no date was read in it"] * 2
