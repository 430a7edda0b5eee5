"""A document's record → plain JSON: what was printed, what was understood, and where it stands.

Fields that say nothing are left out, so that a new field of the model changes no old fixture.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from perfgraph.model import Category, Cell, Document, Place, Table, Unit

Json = dict[str, object]
_APART = frozenset(
    {"file", "sha256", "tables", "table", "further_tables", "findings", "unused", "columns"}
)
"""What depends on the file and not on the form; ``unused`` is told with the places."""
_DEPTH = 4


def record(document: Document, *, places: bool = True) -> Json:
    """Return the record of ``document``; without ``places`` it is the same for every format."""
    content = _plain(document, places)
    assert isinstance(content, dict)
    if places:
        content["unused"] = [_plain(cell, places) for cell in document.unused]
    return content


def written(content: Json) -> str:
    """Return a record as the text of its golden file: a line for each thing in a list."""
    return _lines(content, "") + "\n"


def _lines(item: object, indent: str) -> str:
    """Break documents, projects and their lists into lines; what is in a list stands in one."""
    inner = indent + " "
    if isinstance(item, list) and item and len(indent) < _DEPTH:
        parts = [_lines(value, inner) for value in item]
        return "[\n" + ",\n".join(inner + part for part in parts) + f"\n{indent}]"
    if isinstance(item, dict) and {"projects", "plans", "indicators"} & item.keys():
        parts = [f"{json.dumps(name)}: {_lines(value, inner)}" for name, value in item.items()]
        return "{\n" + ",\n".join(inner + part for part in parts) + f"\n{indent}}}"
    return json.dumps(item, ensure_ascii=False)


def _plain(item: object, places: bool) -> object:
    match item:
        case Cell():
            text: object = item.text
            return {"text": text, "at": item.place.fragment} if places else text
        case Place():
            return item.fragment if places else None
        case Unit():
            return item.symbol
        case Category():
            return f"{item.scheme}:{item.token}"
        case Enum():
            return str(item.value)
        case Decimal():
            return f"{item:f}"
        case date():
            return item.isoformat()
        case tuple():
            return [_plain(one, places) for one in item]
        case _ if is_dataclass(item) and not isinstance(item, type):
            # A form without a name is placed at its first cell, which may be its heading.
            apart = _APART if places or getattr(item, "name", None) else {*_APART, "name_cell"}
            return {
                one.name: plain
                for one in fields(item)
                if one.name not in apart and not isinstance(getattr(item, one.name), Table)
                if (value := getattr(item, one.name)) != one.default or one.default is MISSING
                if value not in (None, ()) and (plain := _plain(value, places)) is not None
            }
        case _:
            return item
