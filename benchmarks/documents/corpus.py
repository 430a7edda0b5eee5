"""A seed and a number of projects → documents, one after another, each with its fault list.

Memory does not grow with the number of projects. The same arguments give the same documents; a
larger number of projects begins with the documents of a smaller one, but for its last document.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from benchmarks.documents import drafts, faults, layout, units, works
from benchmarks.documents.drafts import Draft
from benchmarks.documents.faults import FAULTS, NEEDS_RATE, Injected, Scene
from benchmarks.documents.layout import MoneyUnit, Style
from benchmarks.documents.units import Unit
from benchmarks.documents.works import ANY_OFFICE, Work

YEARS = (2024, 2025)
MOST_PROJECTS = 6
PROSE_SHARE = 0.1
"""Share of the projects with a trend as value, which no table in the wild is without."""
_SHARE_2021 = 0.1
_LOST_HEADINGS = 0.03


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of the fault list: which project of a document has which fault."""

    table: int
    project: str
    fault: Injected


@dataclass(frozen=True, slots=True)
class Generated:
    """One document of one unit and year, and what is wrong with it."""

    name: str
    unit: Unit
    year: int
    text: str
    projects: int
    indicators: int
    listed: tuple[Listed, ...]


class TooManyProjectsError(ValueError):
    """There are not enough regions for so many projects."""


def documents(projects: int, *, seed: int, fault_share: float) -> Iterator[Generated]:
    """Yield documents until they have ``projects`` projects together.

    Each unit files a document a year, with the same projects in both years.

    Raises:
        TooManyProjectsError: the units of all regions file fewer projects than that.
    """
    known = works.load()
    pacemaker = _Pacemaker(fault_share)
    left = projects
    for unit in units.units(works.offices(known), seed):
        planned = _plan(unit, known, seed)
        for year in YEARS:
            document = _document(unit, year, planned[:left], seed, pacemaker)
            left -= document.projects
            yield document
            if not left:
                return
    raise TooManyProjectsError(f"{left} of {projects} projects could not be made")


class _Pacemaker:
    """Says which projects get a fault, so that exactly the wanted share does, rule after rule."""

    def __init__(self, share: float) -> None:
        self._share = Fraction(str(share))
        self._seen = 0
        self._made = 0
        self._queue: list[tuple[str, faults.Inject]] = []

    def next(self, work: Work) -> tuple[str, faults.Inject] | None:
        """Return the fault of the next project; one that does not fit ``work`` waits."""
        self._seen += 1
        if int(self._seen * self._share) <= self._made:
            return None
        self._made += 1
        if len(self._queue) < len(FAULTS):
            self._queue.extend(FAULTS)
        for index, (rule, _) in enumerate(self._queue):
            if work.rate is not None or rule not in NEEDS_RATE:
                return self._queue.pop(index)
        raise AssertionError("every round of faults has some that fit any work")


def _plan(unit: Unit, known: tuple[Work, ...], seed: int) -> list[tuple[str, Work]]:
    """Return name and work of the unit's projects; those of its own office come first."""
    dice = random.Random(f"{seed}/plan/{unit.region}-{unit.code}")
    own = [work for work in known if unit.office in work.offices]
    common = [work for work in known if ANY_OFFICE in work.offices]
    wanted = dice.randint(1, MOST_PROJECTS)
    chosen = (own + dice.sample(common, len(common)))[:wanted]
    return [(drafts.project_name(work, dice), work) for work in chosen]


def _document(
    unit: Unit, year: int, planned: list[tuple[str, Work]], seed: int, pacemaker: _Pacemaker
) -> Generated:
    name = f"{unit.region}-{unit.code}-{year}-targets.txt"
    dice = random.Random(f"{seed}/document/{name}")
    unit_text = unit.code + unit.name
    is_2021 = dice.random() < _SHARE_2021
    made: list[Draft] = []
    listed: list[Listed] = []
    for table, (pattern, work) in enumerate(planned, 1):
        fault = pacemaker.next(work)
        by_head = None if fault is None else fault[0] in NEEDS_RATE
        draft = drafts.draft(
            pattern.format(year=year), work, year, is_2021=is_2021, dice=dice, by_head=by_head
        )
        draft.lost_heading = dice.random() < _LOST_HEADINGS
        scene = Scene(year, unit_text, table == 1, dice)
        if fault is not None:
            listed.append(Listed(table, draft.name, fault[1](draft, scene)))
        elif dice.random() < PROSE_SHARE:
            listed.append(Listed(table, draft.name, faults.trend(draft, scene)))
        made.append(draft)
    style = _style(dice)
    if not style.copies_descriptions:
        _describe(made)
    return Generated(
        name=name,
        unit=unit,
        year=year,
        text=layout.text(made, unit_text, style),
        projects=len(made),
        indicators=sum(len(draft.rows) for draft in made),
        listed=tuple(listed),
    )


def _style(dice: random.Random) -> Style:
    return Style(
        money_unit=MoneyUnit.YUAN if dice.random() < 0.05 else MoneyUnit.TEN_THOUSAND,
        repeats_level1=dice.random() < 0.3,
        merges_level2=dice.random() < 0.1,
        copies_descriptions=dice.random() < 0.7,
    )


def _describe(made: list[Draft]) -> None:
    for draft in made:
        for row in draft.rows:
            row.description = f"反映{row.name}的完成情况，以业务台账和支付凭证为准"
