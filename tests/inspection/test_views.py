"""What holds of every form of an inspection, whatever the table."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree, html
from playwright.sync_api import Browser, sync_playwright
from rich.cells import cell_len

from perfgraph.inspection import Inspection, inspect
from perfgraph.inspection.inspection import of_document
from perfgraph.inspection.inspection_html import to_html
from perfgraph.inspection.inspection_json import to_json
from perfgraph.inspection.inspection_text import to_text
from perfgraph.inspection.positions import Covered, positions
from perfgraph.model import Cell
from perfgraph.records import load
from perfgraph.text import Language
from tests.conftest import SEED
from tests.records.tables import table
from tests.records.test_layouts import LAYOUTS, read_layout

CASES = Path(__file__).parent / "cases"
CHROMIUM = Path("/usr/bin/chromium")


def cells(inspection: Inspection) -> list[Cell]:
    return [cell for one in inspection.tables for row in one.rows for cell in row]


@pytest.fixture(params=LAYOUTS, ids=lambda layout: layout.stem)
def inspection(request: pytest.FixtureRequest) -> Inspection:
    return of_document(read_layout(request.param), load())


def test_the_page_draws_every_cell_with_its_spans_in_its_row(inspection: Inspection) -> None:
    page = html.fromstring(to_html([inspection], "zh"))
    for cell in cells(inspection):
        (found,) = page.xpath(f"//td[@id='{cell.place.fragment}']")
        assert int(found.get("rowspan", "1")) == cell.row_span
        assert int(found.get("colspan", "1")) == cell.column_span
        assert found.getparent().find("th").text == str(cell.place.row)
        if not cell.is_blank:
            (text,) = found.xpath("span[@lang='zh']")
            assert "".join(text.text_content().split()) == "".join(cell.text.split())


def test_the_rows_of_the_page_are_as_wide_as_the_table(inspection: Inspection) -> None:
    page = html.fromstring(to_html([inspection], "en"))
    for grid, one in zip(page.xpath("//table[@class='grid']"), inspection.tables, strict=True):
        drawn = [set[int]() for _ in one.rows]
        for number, row in enumerate(grid.xpath("tbody/tr")):
            column = 0
            for cell in row.xpath("td"):
                while column in drawn[number]:
                    column += 1
                spans = (int(cell.get("rowspan", "1")), int(cell.get("colspan", "1")))
                if cell.get("id"):
                    assert cell.get("id").endswith(f".c{column + 1}")
                for below in drawn[number : number + spans[0]]:
                    below.update(range(column, column + spans[1]))
        wide = [max(row, default=-1) + 1 for row in drawn]
        assert wide == [len(row) for _, row in positions(one)]


@pytest.mark.parametrize(("language", "width"), [("zh", 60), ("en", 120)])
def test_no_line_of_the_text_is_wider_than_the_terminal(
    inspection: Inspection, language: Language, width: int
) -> None:
    text = to_text([inspection], language, width=width)
    assert [line for line in text.splitlines() if cell_len(line) > width] == []


def test_colour_adds_no_word(inspection: Inspection) -> None:
    plain = to_text([inspection], "en", width=120)
    coloured = to_text([inspection], "en", width=120, colour=True)
    assert "\x1b[" not in plain
    assert "\x1b[" in coloured
    stripped = [part.partition("m")[2] for part in ("m" + coloured).split("\x1b[")]
    assert "".join(stripped).split() == plain.split()


def test_the_json_has_every_cell_once(inspection: Inspection) -> None:
    everything = json.loads(to_json([inspection]))
    (content,) = everything["files"]
    shown = [cell for one in content["tables"] for row in one["rows"] for cell in row]
    assert [cell["text"] for cell in shown] == [cell.text for cell in cells(inspection)]
    assert all((cell["role"] is None) == (not cell["text"].strip()) for cell in shown)
    assert everything["form"] == 1


def test_what_is_printed_in_a_cell_is_no_markup() -> None:
    page = to_html([inspect(CASES / "damaged" / "source.html")], "zh")
    assert "甲&lt;项目&gt;&amp;“引号”" in page
    assert "<项目>" not in page
    assert etree.HTML(page).xpath("//script") == []


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    page = html.fromstring(to_html([inspect(SEED)], "zh"))
    assert page.xpath("//@src | //link | //@href[not(starts-with(., '#'))]") == []
    ids = set(page.xpath("//@id"))
    assert {link[1:] for link in page.xpath("//@href")} <= ids


def test_a_cell_goes_on_to_the_right_and_below() -> None:
    drawn = table("a ^2 >2 | b\nc\nd | e | f")
    shown = [
        [one.value if isinstance(one, Covered) else one.text for one in row]
        for _, row in positions(drawn)
    ]
    assert shown == [["a", "<", "b"], ["^", "^", "c"], ["d", "e", "f"]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.browser
@pytest.mark.skipif(
    not CHROMIUM.exists() and os.environ.get("CI") != "true",
    reason="Debian's package chromium is not installed (issue 6 tests in the browser)",
)
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("case", ["seed", "unused", "refused", "damaged"])
def test_the_page_fits_a_desktop_and_a_phone(browser: Browser, case: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((CASES / case / "expected.zh.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
