"""Inspections → one HTML page that needs nothing else: no script, no font, no other file.

Merged cells are spans; a position without a cell is a gap. Every cell has the letter of its role
and the name of what it feeds before its text; the lists below the tables link to the cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from perfgraph.inspection import record_lines, wording
from perfgraph.inspection.cell_roles import LETTERS, NAMES, Role, Understanding, kind
from perfgraph.inspection.inspection import Inspection
from perfgraph.inspection.positions import Covered, positions
from perfgraph.model import Cell
from perfgraph.model.place_words import place_text
from perfgraph.text import Language

_TEMPLATES = Path(__file__).with_name("templates")
_CLASSES = {
    Role.LABEL: "label",
    Role.VALUE: "value",
    Role.MARK: "mark",
    Role.UNUSED: "unused",
    Understanding.REPAIRED: "repaired",
    Understanding.UNCLEAR: "unclear",
}


def to_html(inspections: Sequence[Inspection], language: Language) -> str:
    """Return ``inspections`` as one page in ``language``, with a list of the files above them."""
    several = len(inspections) > 1
    return _template().render(
        files=[
            _view(one, f"f{number}" if several else "", language)
            for number, one in enumerate(inspections, 1)
        ],
        language=language,
        words=wording,
        records=record_lines,
        say=lambda text: text.pick(language),
        place=lambda place: place_text(place, language),
        legend=[(_CLASSES[key], LETTERS[key], name.pick(language)) for key, name in NAMES.items()],
        positions=positions,
        width=lambda rows: max((len(row) for _, row in rows), default=0),
        is_cell=lambda one: not isinstance(one, Covered),
        is_gap=lambda one: one is Covered.NO_CELL,
    )


def _view(inspection: Inspection, anchor: str, language: Language) -> dict[str, object]:
    """Return what the page shows of one file; ``anchor`` tells it from the others."""
    return {
        "inspection": inspection,
        "anchor": anchor,
        "prefix": f"{anchor}." if anchor else "",
        "error": inspection.error.render(language) if inspection.error is not None else None,
        "counts": {role.value: count for role, count in inspection.counts().items()},
        "shown": lambda cell: _shown(cell, inspection, language),
        "remarks": _remarks(inspection, language),
        "unused": _unused(inspection, language),
    }


def _shown(cell: Cell, inspection: Inspection, language: Language) -> dict[str, str] | None:
    """Return how a cell is shown; ``None`` for a blank one."""
    found = inspection.role(cell)
    if found is None:
        return None
    role = kind(found)
    return {
        "style": _CLASSES[role],
        "letter": LETTERS[role],
        "name": NAMES[role].pick(language),
        "properties": wording.properties(found, language),
        "notes": "\n".join(inspection.notes(cell, language)),
    }


def _remarks(inspection: Inspection, language: Language) -> list[tuple[str, str, Cell, str]]:
    """Return the values that need attention: style and letter, cell, why."""
    found = []
    for one in inspection.reading.remarks if inspection.reading is not None else ():
        is_value = one.understanding is Understanding.UNDERSTOOD
        role = Role.VALUE if is_value else one.understanding
        why = "; ".join(note.pick(language) for note in one.notes)
        found.append((_CLASSES[role], LETTERS[role], one.cell, why))
    return found


def _unused(inspection: Inspection, language: Language) -> list[tuple[str, str, Cell, str]]:
    role = Role.UNUSED
    return [
        (_CLASSES[role], LETTERS[role], one.cell, "; ".join(inspection.notes(one.cell, language)))
        for one in (inspection.reading.unused if inspection.reading is not None else ())
    ]


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")
