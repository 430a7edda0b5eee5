"""The pages in a real browser: Chromium, wide and narrow, in both languages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from perfgraph.questions import question
from perfgraph.text import Language
from tests.web.serving import Server, running

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDTHS = (1280, 390)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not CHROMIUM.exists() and os.environ.get("CI") != "true",
        reason="Debian's package chromium is not installed (issue 6 tests in the browser)",
    ),
]


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    with running(folder) as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


class Visit:
    """A page that writes down every request, failure and message."""

    def __init__(self, browser: Browser, language: Language, width: int) -> None:
        locale = {"zh": "zh-CN", "en": "en-GB"}[language]
        self.context = browser.new_context(
            locale=locale, viewport={"width": width, "height": 900}, java_script_enabled=True
        )
        self.page: Page = self.context.new_page()
        self.hosts: set[str | None] = set()
        self.faults: list[str] = []
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).hostname))
        self.page.on("requestfailed", lambda request: self.faults.append(request.url))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: self.faults.append(message.text))

    def picture(self, name: str) -> None:
        """Keep a picture where the environment asks for it."""
        if folder := os.environ.get("PERFGRAPH_SCREENSHOTS"):
            self.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    def is_wider_than_its_window(self) -> bool:
        """Return whether the page as a whole must be moved sideways."""
        root = "document.documentElement"
        return bool(self.page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_question_is_clicked_and_answered(
    server: Server, browser: Browser, language: Language, width: int
) -> None:
    visit = Visit(browser, language, width)
    page = visit.page
    page.goto(server.address)
    assert page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[language]
    assert page.locator("dl.figures").is_visible()
    assert not visit.is_wider_than_its_window()
    visit.picture(f"start-{language}-{width}")
    asked = question("unit_totals")
    page.get_by_role("link", name=asked.title.pick(language), exact=True).click()
    page.wait_for_url("**/questions/unit_totals*")
    assert page.locator("tbody tr").count() == 1
    assert page.locator("tbody").get_by_text("3640000").first.is_visible()
    page.locator("summary").click()
    assert page.locator("pre").get_by_text("pg:budgetTotal").is_visible()
    assert not visit.is_wider_than_its_window()
    visit.picture(f"question-{language}-{width}")
    assert visit.hosts == {"127.0.0.1"}
    assert visit.faults == []
    visit.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_parameters_language_and_own_queries(server: Server, browser: Browser, width: int) -> None:
    visit = Visit(browser, "zh", width)
    page = visit.page
    page.goto(server.address + "questions/keyword")
    rows = page.locator("tbody tr").count()
    assert rows > 0
    page.get_by_label(question("keyword").parameters[0].label.zh).fill("没有这个词")
    page.get_by_role("button", name="查询").click()
    assert page.get_by_text("没有符合条件的结果").is_visible()
    page.get_by_role("link", name="English").click()
    assert page.get_by_text("Nothing fits.").is_visible()
    page.get_by_role("link", name="SPARQL", exact=True).click()
    assert not visit.is_wider_than_its_window()
    page.get_by_role("button", name="Run").click()
    assert page.locator("tbody tr").count() == 4
    assert not visit.is_wider_than_its_window()
    visit.picture(f"sparql-{width}")
    assert visit.faults == []
    page.get_by_label("Query").fill("SELECT * {\n  ?项目 a }")
    page.get_by_role("button", name="Run").click()
    assert page.locator("pre").get_by_text("^").is_visible()
    assert page.get_by_label("Change it").input_value() == "SELECT * {\n  ?项目 a }"
    assert not visit.is_wider_than_its_window()
    visit.picture(f"problem-{width}")
    assert visit.hosts == {"127.0.0.1"}
    visit.context.close()
