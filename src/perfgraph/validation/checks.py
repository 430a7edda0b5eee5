"""Data → findings: by given shapes, or by the profile that fits the scheme of each subject."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Store

from perfgraph.model import Finding
from perfgraph.shacl import Graph
from perfgraph.validation.engines import Engine, results_of
from perfgraph.validation.findings import findings_of, in_order
from perfgraph.validation.judges import Judge
from perfgraph.validation.shapes import RuleSet


def validate(data: Store, shapes: RuleSet, engine: Engine = Engine.COMPILED) -> tuple[Finding, ...]:
    """Return what ``shapes`` find in ``data``, ordered by place and rule.

    Args:
        data: facts and codes, and provenance for the places (see ``data_graph``).
        shapes: what ``load_shapes`` gives.
        engine: what executes the shapes.

    Raises:
        UnusableShapesError: pySHACL cannot execute the shapes.
    """
    return in_order(findings_of(results_of(data, shapes, engine), shapes, Graph(data)))


def validate_by_scheme(
    data: Store, profile: str | Path | None = None, engine: Engine = Engine.COMPILED
) -> tuple[str, tuple[Finding, ...]]:
    """Return the profile that was used, and the findings.

    Without ``profile`` each project or plan is judged by the profile of its indicator scheme
    (``pg:indicatorProfile``). A profile without a scheme of its own, such as ``strict`` or a
    user's file, is put on top of that. Several names are joined by ``+``.

    Raises:
        ShapesError: the profile does not exist or cannot be used.
    """
    judge = Judge(profile, engine)
    chosen = judge.profiles_of(Graph(data)).values()
    return judge.title(chosen), in_order(judge.found(data))
