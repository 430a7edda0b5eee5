"""A document → the report on its reading: what was recognised and by what, and what was not.

It says for each project or plan the layout, the scheme, where year, unit and region are from, and
how sure the reading is; and for the document every value that was repaired or not understood and
every cell that was not used. The record itself is not repeated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from perfgraph.inspection import confidence, held, layout, roles
from perfgraph.inspection.cell_roles import Understanding
from perfgraph.inspection.confidence import Confidence
from perfgraph.inspection.layout import Feature, SchemeReading
from perfgraph.model import Cell, Document, Finding, Plan, Project
from perfgraph.text import Text

_EVIDENCE = {
    "printed": Text(zh="印在表上", en="printed"),
    "title": Text(zh="取自标题", en="from the title"),
    "unit name": Text(zh="取自单位名称", en="from the unit's name"),
    "department name": Text(zh="取自主管部门名称", en="from the department's name"),
    "document name": Text(zh="取自标题或文件名", en="from the title or the file name"),
    "file name": Text(zh="取自文件名", en="from the file name"),
    "values": Text(zh="由指标值中的日期推断", en="inferred from dates in the values"),
    "option": Text(zh="由选项指定", en="given by an option"),
    "minted from the name": Text(
        zh="没有印出编码，由名称生成", en="no code is printed; it was minted from the name"
    ),
    "none": Text(zh="没有找到", en="not found"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that identifies a project or plan, and where it is from.

    ``evidence`` is a token, such as ``file name``; ``value`` is ``None`` where none was found.
    """

    value: str | None
    evidence: str
    name: str | None = None

    @property
    def reason(self) -> Text:
        """Where the value is from, in words."""
        return _EVIDENCE.get(self.evidence) or Text(zh=self.evidence, en=self.evidence)


@dataclass(frozen=True, slots=True)
class SubjectReading:
    """How one project, or plan of a department or region, was read."""

    number: int
    """Its number in ``Document.subjects``."""
    subject: Project | Plan
    layout: tuple[Feature, ...]
    scheme: SchemeReading
    year: Fact
    unit: Fact
    region: Fact
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Remark:
    """A value that was repaired or not understood, or about which something was assumed."""

    cell: Cell
    understanding: Understanding
    notes: tuple[Text, ...]
    property: str
    subject: int | None
    indicator: int | None


@dataclass(frozen=True, slots=True)
class UnusedCell:
    """A printed cell that is not in the record, and the finding that tells it."""

    cell: Cell
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class Reading:
    """The report on the reading of one document."""

    document: Document
    subjects: tuple[SubjectReading, ...]
    remarks: tuple[Remark, ...]
    unused: tuple[UnusedCell, ...]

    @property
    def repaired(self) -> tuple[Remark, ...]:
        """The values that were repaired."""
        return self._remarks(Understanding.REPAIRED)

    @property
    def unclear(self) -> tuple[Remark, ...]:
        """The values that were not understood; the record has their text."""
        return self._remarks(Understanding.UNCLEAR)

    def _remarks(self, wanted: Understanding) -> tuple[Remark, ...]:
        return tuple(one for one in self.remarks if one.understanding is wanted)


def of(document: Document) -> Reading:
    """Return the report on the reading of ``document``."""
    findings = roles.findings(document)
    return Reading(
        document,
        tuple(_subjects(document)),
        tuple(_remarks(document)),
        tuple(UnusedCell(cell, findings[cell.place]) for cell in document.unused),
    )


def _subjects(document: Document) -> Iterator[SubjectReading]:
    tables = Counter(subject.table.index for subject in document.subjects)
    found = zip(document.subjects, confidence.of(document), strict=True)
    for number, (subject, sure) in enumerate(found, 1):
        unit, region = subject.unit, subject.unit.region
        is_known = region.evidence != "none"
        yield SubjectReading(
            number,
            subject,
            layout.features(subject, shares_table=tables[subject.table.index] > 1),
            layout.scheme(subject),
            Fact(str(subject.year) if subject.year is not None else None, subject.year_evidence),
            Fact(unit.code, unit.code_evidence, unit.name),
            Fact(region.code if is_known else None, region.evidence, region.name),
            sure,
        )


def _remarks(document: Document) -> Iterator[Remark]:
    for one in held.cells(document):
        if one.notes or one.understanding is not Understanding.UNDERSTOOD:
            yield Remark(
                one.cell, one.understanding, one.notes, one.property, one.subject, one.indicator
            )
