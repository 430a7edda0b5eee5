"""A CSV file that people keep and review → its rows with their places; it judges no cell."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from perfgraph.errors import PerfgraphError
from perfgraph.model import Place
from perfgraph.text import Text


def rows(
    path: Path, columns: Sequence[str], error: Callable[[Place, Text], PerfgraphError]
) -> Iterator[tuple[Place, dict[str, str]]]:
    """Yield the place and the cells of each row, without white space around them.

    Args:
        path: the file, UTF-8 with or without a byte order mark; its first row names the columns.
        columns: those that must be there; others may stand beside them.
        error: makes what is raised where the file is missing, no such CSV, or lacks a column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            found = csv.DictReader(file, strict=True)
            for name in columns:
                if name not in (found.fieldnames or ()):
                    lacks = Text(zh=f"缺少“{name}”列", en=f"there is no column '{name}'")
                    raise error(Place(path.name), lacks)
            for row in found:
                cells = {name: str(row[name] or "").strip() for name in found.fieldnames or ()}
                yield Place(path.name, row=found.line_num), cells
    except (OSError, UnicodeDecodeError, csv.Error) as reason:
        told = str(reason)
        raise error(Place(path.name), Text(zh=told, en=told)) from reason
