"""Report → one HTML page that needs nothing else: the findings, and the tables with marked cells.

No script and no other file: the filters by severity are boxes that the style sheet looks at. Every
finding links to its cell in the table as the document has it, and the cell says what is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, StrictUndefined, Template

from perfgraph.inspection.positions import Covered, positions
from perfgraph.model import Finding, Place, Severity
from perfgraph.model.place_words import place_text
from perfgraph.reports import wording
from perfgraph.text import Language
from perfgraph.validation.report import FileReport, Report

_TEMPLATE = Path(__file__).with_name("report.html")
_CLASSES = {
    Severity.VIOLATION: "violation",
    Severity.WARNING: "warning",
    Severity.INFO: "info",
}
_WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one project, in order; ``heading`` is ``None`` for those of none."""

    heading: str | None
    findings: tuple[Finding, ...]


def to_html(report: Report, language: Language) -> str:
    """Return ``report`` as a page in ``language``."""
    return _template().render(
        report=report,
        language=language,
        page=_Page(language),
        words=wording,
        severities=[(_CLASSES[one], name) for one, name in wording.SEVERITIES.items()]
        + [(_WAIVED, wording.WAIVED)],
        say=lambda text: text.pick(language),
        is_cell=lambda one: not isinstance(one, Covered),
        is_gap=lambda one: one is Covered.NO_CELL,
        positions=positions,
        width=lambda rows: max((len(row) for _, row in rows), default=0),
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """What the template asks for, in one language."""

    language: Language

    def style(self, finding: Finding) -> str:
        return _WAIVED if finding.waived is not None else _CLASSES[finding.severity]

    def severity(self, finding: Finding) -> str:
        return wording.severity(finding).pick(self.language)

    def message(self, finding: Finding) -> str:
        return wording.message(finding).pick(self.language)

    def groups(self, file: FileReport) -> list[Group]:
        return [
            Group(project, tuple(findings))
            for project, findings in groupby(file.findings, key=lambda one: one.project)
        ]

    def place(self, place: Place) -> str:
        return place_text(place, self.language)

    def where(self, number: int, place: Place, file: FileReport) -> str | None:
        """Return the anchor of a place in the tables below; ``None`` where none is drawn."""
        drawn = {table.index for table in file.tables}
        if place.table not in drawn:
            return None
        return anchor(number, place)

    def marked(self, file: FileReport) -> Mapping[tuple[int, int, int], Sequence[Finding]]:
        """Return the findings at each cell: table, row, column."""
        found: defaultdict[tuple[int, int, int], list[Finding]] = defaultdict(list)
        for finding in file.findings:
            place = finding.place
            if place is not None and place.table and place.row and place.column:
                found[place.table, place.row, place.column].append(finding)
        return found

    def worst(self, findings: Sequence[Finding]) -> str:
        """Return the style of a cell: that of its worst finding that is not waived."""
        counted = [one for one in findings if one.waived is None]
        if not counted:
            return _WAIVED
        return _CLASSES[max((one.severity for one in counted), key=lambda one: one.rank)]

    def anchor(self, number: int, place: Place) -> str:
        return anchor(number, place)

    def error(self, file: FileReport) -> str:
        return "" if file.error is None else file.error.render(self.language)


def anchor(number: int, place: Place) -> str:
    """Return the anchor of a cell of the file of that number.

    >>> anchor(2, Place("a.docx", table=4, row=3, column=5))
    'f2-t4.r3.c5'
    """
    return f"f{number}-{place.fragment}"


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_TEMPLATE.read_text("utf-8"))
