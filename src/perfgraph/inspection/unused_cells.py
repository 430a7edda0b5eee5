"""An unused cell and what stands around it → why it was not used, in words."""

from __future__ import annotations

from perfgraph.inspection.indicator_rows import IndicatorRows
from perfgraph.inspection.surroundings import Surroundings
from perfgraph.model import Cell
from perfgraph.records.funds import number
from perfgraph.text import Text

_NOTED = Text(
    zh="标签“{label}”认得，但记录中没有放它的地方",
    en="the label '{label}' is known, but the record has no place for it",
)
_OTHER = Text(
    zh="标签“{label}”认得，但记录已从别处取值，或这类表不取它",
    en="the label '{label}' is known, but the record has it from elsewhere, or not for this form",
)
_NO_DATE = Text(zh="没有读出日期", en="no date was read in it")
_NO_NUMBER = Text(zh="这一列应为数字", en="its column should hold numbers")
_NO_INDICATOR = Text(zh="所在行没有读成指标", en="its row was not read as a row of an indicator")
_NO_LABEL = Text(
    zh="左边和上边没有认得的标签", en="no label that is known stands beside it or above it"
)
_TERMS = frozenset({"term", "term_start", "term_end"})
_NUMBERS = frozenset({"weight", "score", "executionRate", "executionWeight", "executionScore"})


def why(cell: Cell, rows: IndicatorRows, surroundings: Surroundings) -> Text:
    """Return why a cell of a form that was read is not in the record."""
    properties = rows.properties(cell) or surroundings.properties(cell) or ()
    if _NUMBERS & set(properties) and number(cell.text) is None:
        return _NO_NUMBER
    field = surroundings.field(cell)
    if field is not None and field.role in _TERMS:
        return _NO_DATE
    if field is not None:
        label = "".join(field.label.text.split())
        return (_NOTED if field.role == "noted" else _OTHER).format(label=label)
    return _NO_INDICATOR if surroundings.is_below_heading(cell) else _NO_LABEL
