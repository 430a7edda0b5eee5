"""Inspections → the JSON of ``inspect --to json``; ``docs/reading.md`` describes its form.

Same files, same bytes. Names are added in later versions, none is changed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from perfgraph.errors import PerfgraphError
from perfgraph.inspection.inspection import Inspection
from perfgraph.inspection.needs import Need
from perfgraph.inspection.reading import Fact, Reading, Remark, SubjectReading
from perfgraph.inspection.record_json import record
from perfgraph.model import (
    Cell,
    Finding,
    Place,
    RegionalPlan,
    Table,
)
from perfgraph.text import Text

FORM = 1
_LINE, _STEP = 120, 2


def to_json(inspections: Sequence[Inspection]) -> str:
    """Return ``inspections`` as JSON text, indented, with a final line end."""
    content = {"form": FORM, "files": [_file(one) for one in inspections]}
    return _written(content, 0) + "\n"


def _written(value: object, indent: int) -> str:
    """Return ``value`` in one line where it fits, else with a line for each of its parts."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) <= _LINE - indent or not isinstance(value, dict | list):
        return line
    inner = indent + _STEP
    if isinstance(value, dict):
        names = (json.dumps(name, ensure_ascii=False) for name in value)
        parts = [f"{n}: {_written(v, inner)}" for n, v in zip(names, value.values(), strict=True)]
    else:
        parts = [_written(one, inner) for one in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    body = ",\n".join(" " * inner + part for part in parts)
    return f"{opening}\n{body}\n{' ' * indent}{closing}"


def _file(inspection: Inspection) -> dict[str, object]:
    reading, error = inspection.reading, inspection.error
    return {
        "file": inspection.file,
        "sha256": inspection.sha256,
        "error": None if error is None else _error(error),
        "reading": None if reading is None else _reading(reading, inspection),
        "counts": {role.value: count for role, count in inspection.counts().items()},
        "tables": [_table(table, inspection) for table in inspection.tables],
    }


def _reading(reading: Reading, inspection: Inspection) -> dict[str, object]:
    return {
        "role": reading.document.role.value,
        "subjects": [_subject(one) for one in reading.subjects],
        "remarks": [_remark(one) for one in reading.remarks],
        "unused": [
            _place(one.cell.place)
            | {"text": one.cell.text, "reasons": _notes(one.cell, inspection)}
            for one in reading.unused
        ],
        "findings": [_finding(one) for one in reading.document.findings],
    }


def _subject(one: SubjectReading) -> dict[str, object]:
    subject = one.subject
    return {
        "number": one.number,
        "role": subject.role.value,
        "name": subject.name,
        "code": None if isinstance(subject, RegionalPlan) else subject.code,
        "table": subject.table.index,
        "layout": [feature.value for feature in one.layout],
        "scheme": {
            "token": one.scheme.scheme.value if one.scheme.scheme is not None else None,
            "reason": _text(one.scheme.reason),
        },
        "year": _fact(one.year),
        "unit": _fact(one.unit),
        "region": _fact(one.region),
        "confidence": {
            "value": float(one.confidence.value),
            "parts": [
                {
                    "factor": part.factor.value,
                    "weight": float(part.weight),
                    "share": round(float(part.share), 4),
                    "reason": _optional(part.reason),
                }
                for part in one.confidence.parts
            ],
        },
        "record": record(subject),
    }


def _notes(cell: Cell, inspection: Inspection) -> list[dict[str, str]]:
    found = inspection.role(cell)
    return [] if found is None else [_text(note) for note in found.notes]


def _fact(fact: Fact) -> dict[str, object]:
    return {"value": fact.value, "name": fact.name, "evidence": fact.evidence}


def _remark(remark: Remark) -> dict[str, object]:
    return _place(remark.cell.place) | {
        "text": remark.cell.text,
        "understanding": remark.understanding.value,
        "property": remark.property,
        "subject": remark.subject,
        "indicator": remark.indicator,
        "notes": [_text(note) for note in remark.notes],
    }


def _table(table: Table, inspection: Inspection) -> dict[str, object]:
    missing = inspection.needs.get(table.index)
    return {
        "index": table.index,
        "sheet": table.place.sheet,
        "page": table.place.page,
        "heading": table.heading,
        "needs": None if missing is None else [_need(need) for need in missing],
        "rows": [[_cell(cell, inspection) for cell in row] for row in table.rows],
    }


def _need(need: Need) -> dict[str, object]:
    cell = need.cell
    return {
        "name": _text(need.name),
        "place": None if cell is None else _place(cell.place),
        "candidates": [one.text for one in need.candidates],
    }


def _cell(cell: Cell, inspection: Inspection) -> dict[str, object]:
    found = inspection.role(cell)
    content: dict[str, object] = {
        "row": cell.place.row,
        "column": cell.place.column,
        "rows": cell.row_span,
        "columns": cell.column_span,
        "text": cell.text,
        "role": None if found is None else found.role.value,
    }
    if found is not None:
        content |= {
            "properties": list(found.properties),
            "subject": found.subject,
            "indicator": found.indicator,
            "understanding": found.understanding.value,
            "notes": [_text(note) for note in found.notes],
        }
    return content


def _place(place: Place) -> dict[str, object]:
    return {
        "table": place.table,
        "sheet": place.sheet,
        "page": place.page,
        "row": place.row,
        "column": place.column,
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": _text(finding.message),
        "fix": _text(finding.fix),
        "place": None if finding.place is None else _place(finding.place),
    }


def _error(error: PerfgraphError) -> dict[str, object]:
    return {
        "code": error.code,
        "message": _text(error.message),
        "advice": _optional(error.advice),
        "place": None if error.place is None else str(error.place),
    }


def _optional(text: Text | None) -> dict[str, str] | None:
    return None if text is None else _text(text)


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
