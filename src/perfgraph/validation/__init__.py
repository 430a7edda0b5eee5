"""Graph and shapes → findings that name rule, project, indicator, place and fix.

The shapes are the only source of rules: this package knows engines, names, places and reports,
and no threshold.
"""

from __future__ import annotations

from perfgraph.validation.checks import validate, validate_by_scheme
from perfgraph.validation.engines import Engine
from perfgraph.validation.errors import (
    BadWaiversError,
    IncompleteShapeError,
    UnknownProfileError,
    UnreadableShapesError,
    UnusableShapesError,
)
from perfgraph.validation.graphs import data_graph, with_codes
from perfgraph.validation.report import FailOn, FileReport, Report
from perfgraph.validation.shapes import RuleSet, load_shapes, profile_for_scheme, profiles
from perfgraph.validation.stores import validate_store
from perfgraph.validation.waivers import Waiver, load_waivers, with_waivers

__all__ = [
    "BadWaiversError",
    "Engine",
    "FailOn",
    "FileReport",
    "IncompleteShapeError",
    "Report",
    "RuleSet",
    "UnknownProfileError",
    "UnreadableShapesError",
    "UnusableShapesError",
    "Waiver",
    "data_graph",
    "load_shapes",
    "load_waivers",
    "profile_for_scheme",
    "profiles",
    "validate",
    "validate_by_scheme",
    "validate_store",
    "with_codes",
    "with_waivers",
]
