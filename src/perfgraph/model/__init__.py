"""The frozen data that the stages exchange: tables, values, records, findings.

Plain dataclasses and enumerations; no behaviour beyond derived properties, no RDF, no I/O.
"""

from __future__ import annotations

from perfgraph.model.codes import (
    Base,
    Category,
    Comparator,
    DatePrecision,
    Dimension,
    DocumentRole,
    Evidence,
    Grade,
    Kind,
    Period,
    Polarity,
    Scheme,
    Trend,
)
from perfgraph.model.findings import Finding, Severity
from perfgraph.model.places import Cell, Place, Row, Table
from perfgraph.model.records import (
    Amount,
    BudgetUnit,
    Document,
    Evaluation,
    FundingSource,
    FurtherTarget,
    Goal,
    Indicator,
    Phase,
    Project,
    Region,
)
from perfgraph.model.values import Bounds, Context, Step, Unit, Value

__all__ = [
    "Amount",
    "Base",
    "Bounds",
    "BudgetUnit",
    "Category",
    "Cell",
    "Comparator",
    "Context",
    "DatePrecision",
    "Dimension",
    "Document",
    "DocumentRole",
    "Evaluation",
    "Evidence",
    "Finding",
    "FundingSource",
    "FurtherTarget",
    "Goal",
    "Grade",
    "Indicator",
    "Kind",
    "Period",
    "Phase",
    "Place",
    "Polarity",
    "Project",
    "Region",
    "Row",
    "Scheme",
    "Severity",
    "Step",
    "Table",
    "Trend",
    "Unit",
    "Value",
]
