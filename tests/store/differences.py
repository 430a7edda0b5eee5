"""Where Virtuoso 7.2.5 is known to answer otherwise, and why; the tests find out when it does not.

None of this is known of Fuseki 5.2.
"""

from __future__ import annotations

from perfgraph.questions import Question

COMPILER = "SQ156: an aggregate inside COALESCE in a subquery ends Virtuoso's compiler"
ARITHMETIC = "sums and products over COALESCE of several OPTIONAL values are wrong, or lost"
COMPARISON = "comparing with an unbound value is no error: it gives 1 or 0"
DATE = "<= with a date literal finds nothing; with xsd:date('...') it would"
DIVISION = "an integer divided by an integer is an integer"
GROUPING = "a group whose key is computed from labels is there twice"
PATTERN = "REGEX over COALESCE misses texts that fit"

ANSWERS = {
    ("seed", "measurable_share"): DIVISION,
    ("second", "measurable_share"): DIVISION,
    ("second", "count_by_category"): GROUPING,
    ("second", "funding_mix"): ARITHMETIC,
    ("second", "budget_sum_check"): ARITHMETIC,
    ("second", "rate_times_headcount"): ARITHMETIC,
    ("second", "wrong_direction"): PATTERN,
    ("second", "due_by"): DATE,
    ("second", "cost_ceilings_vs_budget"): COMPARISON,
    ("second", "attainment"): COMPARISON,
    ("second", "flat_rate_check"): COMPARISON,
}
"""Dataset and question whose rows are wrong; the reason is what was seen, not its cause."""

ORDERS = frozenset(
    (
        "echo_description",
        "frequency",
        "goals",
        "keyword",
        "largest_quantities",
        "low_satisfaction",
        "money_targets",
        "outside_year",
        "parse_gaps",
        "satisfaction_by_unit",
        "text_targets",
        "unit_cost_comparison",
        "unit_totals",
    )
)
"""Questions about the made-up dataset whose rows are right, but ordered otherwise.

Virtuoso orders long texts by when they came in.
"""

STORE = {
    "test_an_empty_store_answers_with_nothing": "its own graphs are in its union",
    "test_describe_gives_triples": "its DESCRIBE gives only what points to the resource",
}
"""Tests of the store that fail."""


def difference(engine: str, dataset: str, one: Question) -> str | None:
    """Return why the rows of a question are wrong; ``None`` when they must be right."""
    if engine != "virtuoso":
        return None
    if "COALESCE(MIN(" in one.query:
        return COMPILER
    return ANSWERS.get((dataset, one.name))


def is_ordered_otherwise(engine: str, dataset: str, one: Question) -> bool:
    """Return whether an engine gives the rows in another order."""
    return engine == "virtuoso" and dataset == "second" and one.name in ORDERS
