"""Inspections → the text that ``inspect`` prints, in Chinese or English.

Every cell has the letter of its role before it, so that nothing is said by colour alone. A cell
that covers several positions is printed once; ``<`` and ``^`` stand where it goes on. A table that
is too wide for the terminal is printed row by row.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text as Styled

from perfgraph.inspection import record_lines, wording
from perfgraph.inspection.cell_roles import LETTERS, NAMES, Role, Understanding, kind
from perfgraph.inspection.inspection import Inspection
from perfgraph.inspection.positions import Covered, positions
from perfgraph.inspection.reading import Reading, SubjectReading
from perfgraph.model import Cell, Table
from perfgraph.model.place_words import place_text
from perfgraph.terminal import printed
from perfgraph.text import Language
from perfgraph.wrapping import Wrapped, wrap

_STYLES = {
    Role.LABEL: "blue",
    Role.VALUE: "bold",
    Role.MARK: "dim",
    Role.UNUSED: "black on yellow",
    Understanding.REPAIRED: "bold magenta",
    Understanding.UNCLEAR: "reverse magenta",
}
"""Blue, yellow and magenta are told apart by people who confuse red and green."""
_MIN_COLUMN, _LINES, _FRAME = 9, 3, 3
_INDICATOR = (
    (wording.LEVELS, 3),
    (wording.INDICATOR, 4),
    (wording.PRINTED, 3),
    (wording.UNDERSTOOD, 3),
)
"""The columns of indicators, with their shares of the width."""


def to_text(
    inspections: Sequence[Inspection],
    language: Language,
    *,
    width: int = 100,
    colour: bool = False,
) -> str:
    """Return ``inspections`` as text of at most ``width`` cells, in ANSI colours if ``colour``."""

    def print_all(console: Console) -> None:
        for number, inspection in enumerate(inspections):
            if number:
                console.print()
                console.rule(characters="=")
            _print(console, inspection, language)

    return printed(print_all, width=width, colour=colour)


def _print(console: Console, inspection: Inspection, language: Language) -> None:
    console.print(f"{wording.FILE.pick(language)}: {inspection.file}")
    if inspection.reading is not None:
        console.print(wording.name(wording.ROLES, inspection.reading.document.role).pick(language))
    if inspection.error is not None:
        line = f"{wording.REFUSED.pick(language)}: {inspection.error.render(language)}"
        console.print("\n".join(wrap(line, console.width)))
    if inspection.tables:
        counts = {role.value: count for role, count in inspection.counts().items()}
        console.print(wording.COUNTS.format(**counts).pick(language))
        console.print(_legend(language))
        console.print(wording.CUT.pick(language), style="dim")
    for table in inspection.tables:
        console.print()
        _print_table(console, table, inspection, language)
    if inspection.reading is not None:
        _print_reading(console, inspection.reading, inspection, language)


def _legend(language: Language) -> Styled:
    line = Styled(wording.LEGEND.pick(language) + ": ")
    for key, name in NAMES.items():
        line.append(LETTERS[key], style=_STYLES[key])
        line.append(f" {name.pick(language)}  ")
    return line.append(wording.COVERED.pick(language))


def _print_table(
    console: Console, table: Table, inspection: Inspection, language: Language
) -> None:
    title = wording.TABLE.format(n=table.index).pick(language)
    place = place_text(table.place._replace(table=None), language)
    needs = inspection.needs.get(table.index)
    unread = wording.UNREAD.pick(language) if needs is not None else ""
    console.print(" · ".join(part for part in (title, place, unread) if part), style="bold")
    if table.heading:
        heading = wording.HEADING.format(text=" / ".join(table.heading.split("\n")))
        console.print("\n".join(wrap(heading.pick(language), console.width)))
    if needs is not None:
        console.print(wording.NEEDS.pick(language))
        for need in needs:
            found = wording.LACKING
            if need.cell is not None:
                place = place_text(need.cell.place, language)
                found = wording.FOUND.format(place=place, text=need.cell.text)
            line = f"{need.name.pick(language)}: {found.pick(language)}"
            line += wording.candidates(need, language)
            console.print("\n".join("  " + part for part in wrap(line, console.width - 2)))
    rows = list(positions(table))
    columns = max((len(row) for _, row in rows), default=0)
    room = (console.width - _FRAME - 5) // max(columns, 1) - _FRAME
    if room < _MIN_COLUMN:
        _print_rows(console, table, inspection)
        return
    grid = Grid(box=box.SQUARE, show_header=True, show_lines=True, pad_edge=False)
    grid.add_column("", no_wrap=True, style="dim")
    for number in range(1, columns + 1):
        grid.add_column(str(number), overflow="fold", max_width=max(room, _MIN_COLUMN))
    for index, row in rows:
        shown = [_shown(one, inspection, room * _LINES, language) for one in row]
        grid.add_row(str(index), *shown)
    console.print(grid)


def _shown(
    one: Cell | Covered, inspection: Inspection, room: int, language: Language
) -> Styled | Wrapped:
    if isinstance(one, Covered):
        return Styled(one.value, style="dim")
    role = inspection.role(one)
    if role is None:
        return Styled("")
    text = f"{LETTERS[kind(role)]} {_cut(one.text, room)}"
    names = wording.properties(role, language)
    return Wrapped(f"{text}\n[{names}]" if names else text, style=_STYLES[kind(role)])


def _cut(text: str, room: int) -> str:
    """Return the text in one line of at most ``room`` cells."""
    line = " ".join(text.split())
    if cell_len(line) <= room:
        return line
    kept = ""
    for letter in line:
        if cell_len(kept + letter) > room - 1:
            break
        kept += letter
    return kept + "…"


def _print_rows(console: Console, table: Table, inspection: Inspection) -> None:
    """Print a wide table row by row, with the column before each cell."""
    for row in table.rows:
        parts = []
        for cell in row:
            role = inspection.role(cell)
            if role is not None:
                parts.append(f"{cell.place.column} {LETTERS[kind(role)]} {_cut(cell.text, 40)}")
        text = f"{row.index:>3}: " + " | ".join(parts)
        console.print("\n".join(wrap(text, console.width)))


def _print_reading(
    console: Console, reading: Reading, inspection: Inspection, language: Language
) -> None:
    for one in reading.subjects:
        console.print()
        _print_subject(console, one, language)
    console.print()
    console.print(wording.REMARKS.pick(language), style="bold")
    rows = [
        (
            LETTERS.get(one.understanding, LETTERS[Role.VALUE]),
            place_text(one.cell.place, language),
            one.cell.text,
            "; ".join(note.pick(language) for note in one.notes),
        )
        for one in reading.remarks
    ]
    _print_list(console, rows, language)
    console.print()
    console.print(wording.UNUSED.pick(language), style="bold")
    unused = [
        (
            LETTERS[Role.UNUSED],
            place_text(one.cell.place, language),
            one.cell.text,
            "; ".join(inspection.notes(one.cell, language)),
        )
        for one in reading.unused
    ]
    _print_list(console, unused, language)


def _print_list(
    console: Console, rows: Sequence[tuple[str, str, str, str]], language: Language
) -> None:
    if not rows:
        console.print(wording.NONE.pick(language))
        return
    table = Grid(box=box.SQUARE, show_lines=False, expand=True, pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column(wording.PLACE.pick(language), no_wrap=True)
    table.add_column(wording.TEXT.pick(language), ratio=2)
    table.add_column(wording.WHY.pick(language), ratio=3)
    for letter, place, text, why in rows:
        table.add_row(letter, place, Wrapped(_cut(text, 200)), Wrapped(why))
    console.print(table)


def _print_subject(console: Console, one: SubjectReading, language: Language) -> None:
    subject = one.subject
    console.print(record_lines.title(one, language), style="bold")
    lost = record_lines.reasons(one, language) or [wording.FULL.pick(language)]
    confidence = f"{one.confidence.value:.2f}  {'; '.join(lost)}"
    pairs = [(wording.CONFIDENCE.pick(language), confidence), *record_lines.facts(one, language)]
    for name, texts in record_lines.details(subject, language):
        pairs.extend((name if not i else "", text) for i, text in enumerate(texts))
    facts = Grid(box=None, show_header=False, pad_edge=False)
    facts.add_column(no_wrap=True)
    facts.add_column()
    for name, text in pairs:
        facts.add_row(name, Wrapped(text))
    console.print(facts)
    lines = list(record_lines.indicators(subject, language))
    headings = [*_INDICATOR, *([(wording.MORE, 3)] if any(line.more for line in lines) else [])]
    table = Grid(box=box.SQUARE, show_lines=False, expand=True, pad_edge=False)
    table.add_column(wording.NUMBER.pick(language), no_wrap=True)
    for heading, ratio in headings:
        table.add_column(heading.pick(language), ratio=ratio)
    for line in lines:
        table.add_row(line.order, *(Wrapped(text) for text in line[1 : len(headings) + 1]))
    console.print(table)
