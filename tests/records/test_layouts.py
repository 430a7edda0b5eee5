"""Every layout that is read, from real texts: the record must be the one that was checked by hand.

A drawn table (``*.table``) beside the record it becomes (``*.expected``); a new pair adds no code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

import pytest

from perfgraph.model import Context, Document, Place, Table
from perfgraph.records import Given, load, read
from perfgraph.records.funds import is_mark
from perfgraph.records.identity import unit_name
from perfgraph.records.title import Title
from perfgraph.sources import html
from perfgraph.values import parse
from perfgraph.values.comparators import comparator
from tests.conftest import Golden
from tests.records.tables import tables
from tests.records.told import told

_CORE = {"是": "core True", "否": "core False"}
LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.table"))


def read_layout(layout: Path) -> Document:
    drawn = tables(layout.read_text("utf-8"), "a.docx")
    return read(Place("a.docx"), "0" * 64, drawn, Given(), load())


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.stem)
def test_a_layout_becomes_the_record_that_was_checked(layout: Path, golden: Golden) -> None:
    golden.check(told(read_layout(layout)), layout.with_suffix(".expected"))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.stem)
def test_every_printed_cell_is_a_label_or_in_the_record_or_listed(layout: Path) -> None:
    document = read_layout(layout)
    listed = {cell.place for cell in document.unused}
    amounts = {amount.cell.place for one in document.subjects for amount in one.amounts}
    tasks = [task for plan in document.plans for task in getattr(plan, "tasks", ())]
    amounts |= {amount.cell.place for task in tasks for amount in task.amounts}
    record = squeezed(told(document))
    for table in document.tables:
        for cell in (cell for row in table.rows for cell in row if not cell.is_blank):
            is_told = cell.place in listed or cell.place in amounts or is_mark(cell.text)
            assert is_told or is_label(cell.text) or in_record(cell.text, record), cell


def squeezed(text: str) -> str:
    return "".join(text.split())


def is_label(text: str) -> bool:
    """Whether the text is a label, a comparator (read with its value), or a line above a form."""
    labels = load()
    found = (labels.header_role, labels.fund_column_role, labels.task_column_role, labels.heading)
    if any(find(text) for find in (*found, labels.level1_of, labels.level2_of)):
        return True
    if comparator(text):
        return True
    return Title().read(text, labels)


def in_record(text: str, record: str) -> bool:
    """Whether the text is in the record: as printed, as a unit, a number or a term in dates."""
    parts = [text, unit_name(text), text.removesuffix("%"), _CORE.get(text, text)]
    if (start := parse(text, Context())[0].start) is not None:
        parts.append(start.isoformat())
    return any(
        squeezed(part) in record
        for part in [*parts, *re.split(r"\n?(?:\d\.|目标\d[:：])", text)[1:2]]
    )


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.stem)
def test_a_layout_read_from_a_web_page_gives_the_same_record(layout: Path) -> None:
    drawn = tables(layout.read_text("utf-8"), "a.docx")
    pages = html.tables(as_page(drawn).encode(), "a.docx")
    document = read(Place("a.docx"), "0" * 64, pages, Given(), load())
    assert told(document) == layout.with_suffix(".expected").read_text("utf-8")


def as_page(drawn: Sequence[Table]) -> str:
    """Return the tables as the page of a government site has them: spans, paragraphs in cells."""
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title></head><body>"]
    for table in drawn:
        parts += [f"<p>{escape(line)}</p>" for line in (table.heading or "").split("\n") if line]
        parts.append("<table border='1'>")
        for row in table.rows:
            cells = (
                f"<td rowspan='{cell.row_span}' colspan='{cell.column_span}'>"
                + "".join(f"<p>{escape(line)}</p>" for line in cell.text.split("\n"))
                + "</td>"
                for cell in row
            )
            parts.append(f"<tr>{''.join(cells)}</tr>")
        parts.append("</table>")
    return "\n".join([*parts, "</body></html>"])
