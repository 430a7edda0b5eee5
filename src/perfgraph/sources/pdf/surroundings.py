"""What stands around the tables: headings, and the running lines that every page repeats.

It decides which lines belong to no table; it joins nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from perfgraph.sources.pdf.layout import PageLayout, PageTable
from perfgraph.sources.pdf.lines import Line, unwrapped

_TOP_ZONE = 0.15
_BOTTOM_ZONE = 0.88
"""Running heads and feet stand in these shares of the page's height."""

_PAGE_NUMBER = re.compile(
    r"[-—–－·~\s]*(?:第\s*)?\d{1,4}\s*页?(?:\s*[,，/]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－·~\s]*"
)
_CONTINUED = re.compile(r"[（(]?(?:续|接|转)(?:上|下)?[页表]?[)）]?")

_HEADING_LINES = 6
_HEADING_CHARACTERS = 300
_SAME_HEIGHT = 4.0


class Surroundings:
    """The lines outside the tables of a whole document."""

    def __init__(self, pages: Sequence[PageLayout]) -> None:
        self._pages = pages
        seen = Counter[tuple[str, int]]()
        for page in pages:
            seen.update({self._key(page, line) for line in page.lines if _at_edge(page, line)})
        self._repeated = {key for key, count in seen.items() if count > 1}
        self._floor = max(
            (
                bottom
                for page in pages
                for bottom in (
                    *(table.bottom for table in page.tables),
                    *(line.bottom for line in page.lines if not self.is_running(page, line)),
                )
            ),
            default=0.0,
        )

    def is_running(self, page: PageLayout, line: Line) -> bool:
        """Whether a line at the edge of the page is a page number or stands on other pages too."""
        if not _at_edge(page, line):
            return False
        return (
            _PAGE_NUMBER.fullmatch(line.text.strip()) is not None
            or self._key(page, line) in self._repeated
        )

    def is_quiet_between(
        self, index: int, last: PageTable, part: PageTable, *, repeats_header: bool
    ) -> bool:
        """Whether only running lines stand between two parts on successive pages.

        Args:
            index: of the page of ``part``, from 0.
            last: the table on the page before.
            part: the first table on the page.
            repeats_header: the part repeats the column header; then what is printed above it is
                repeated too, and a note below the table does not end it.
        """
        before, page = self._pages[index - 1], self._pages[index]
        above = [line for line in page.lines if line.middle < part.top]
        if any(not self._is_passed_over(page, line) for line in above):
            return False
        below = [line for line in before.lines if line.middle > last.bottom]
        return repeats_header or all(self._is_passed_over(before, line) for line in below)

    def room_below(self, last: PageTable) -> float:
        """How much of the page is left below ``last``."""
        return self._floor - last.bottom

    def heading(self, index: int, table: PageTable) -> str | None:
        """Return the paragraphs directly above ``table``; ``None`` where there are none.

        They may stand at the end of the page before. A line that every page repeats is taken only
        where nothing else stands above the table: it may be the title of each.
        """
        page = self._pages[index]
        top = max(
            (
                other.bottom
                for other in page.tables
                if other.bottom <= table.top and not other.is_nested
            ),
            default=0.0,
        )
        above = [
            line
            for line in page.lines
            if top <= line.middle < table.top and not _PAGE_NUMBER.fullmatch(line.text.strip())
        ]
        own = [line for line in above if not self.is_running(page, line)]
        if top == 0.0:
            own = self._end_of_page(index - 1, is_needed=not own) + own or above
        width = table.right - table.left
        text = unwrapped(own[-_HEADING_LINES:], width, 0.0).text[-_HEADING_CHARACTERS:]
        return text or None

    def _end_of_page(self, index: int, *, is_needed: bool) -> list[Line]:
        """The lines below the last table of a page, where they run on to the next page.

        Lines that end well above the foot of the page were followed by a page break; they are
        taken only where they are needed.
        """
        if index < 0:
            return []
        page = self._pages[index]
        bottom = max((table.bottom for table in page.tables), default=0.0)
        found = [
            line for line in page.lines if line.middle > bottom and not self.is_running(page, line)
        ]
        runs_on = found and self._floor - found[-1].bottom < 3 * found[-1].size
        return found if runs_on or is_needed else []

    def _is_passed_over(self, page: PageLayout, line: Line) -> bool:
        text = line.text.strip()
        return self.is_running(page, line) or _CONTINUED.fullmatch(text) is not None

    @staticmethod
    def _key(page: PageLayout, line: Line) -> tuple[str, int]:
        text = re.sub(r"\d+", "#", "".join(line.text.split()))
        return text, round(line.middle / _SAME_HEIGHT)


def _at_edge(page: PageLayout, line: Line) -> bool:
    return line.middle < _TOP_ZONE * page.height or line.middle > _BOTTOM_ZONE * page.height
