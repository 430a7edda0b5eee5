"""The real document in every format gives the same facts, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfgraph import sources
from perfgraph.conversion import convert
from perfgraph.model import Cell, Row, Table
from perfgraph.serialisation import Format
from tests.families.makers import MAKERS
from tests.families.variants import VARIANTS
from tests.sources.builders_docx import target_form

WAYS = {**MAKERS, **VARIANTS}


def facts(file: Path) -> bytes:
    """The sorted N-Quads without provenance; the name of the graph has the digest of the file."""
    conversion = convert(file)
    content = conversion.write(Format.NQUADS, with_provenance=False)
    return content.replace(conversion.iris.graph.value.encode(), b"urn:graph")


def form(table: Table) -> Table:
    """A table of the text with the merged cells of its Word form."""
    rows: dict[int, list[Cell]] = {}
    for box in target_form(table):
        place = table.place._replace(row=box.row, column=box.column)
        rows.setdefault(box.row, []).append(Cell(box.text, place, box.rows, box.columns))
    in_order = (sorted(cells, key=lambda cell: cell.place) for _, cells in sorted(rows.items()))
    return Table(table.place, tuple(Row(tuple(cells)) for cells in in_order), table.heading)


@pytest.mark.parametrize("way", WAYS)
def test_the_seed_in_any_format_gives_the_same_facts(way: str, seed: Path, tmp_path: Path) -> None:
    forms = [form(table) for table in sources.read(sources.load(seed))]
    file = tmp_path / f"{seed.stem}.{way.partition(',')[0]}"
    file.write_bytes(WAYS[way](forms))
    assert facts(file) == facts(seed)
