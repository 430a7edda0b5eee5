"""Graph → findings: by given shapes, or by the profile that fits the scheme of each subject."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from rdflib import Graph
from rdflib.namespace import RDF
from rdflib.term import Node

from perfgraph.model import Finding
from perfgraph.validation import reference
from perfgraph.validation.findings import findings_of, order
from perfgraph.validation.shapes import CORE, load_shapes, profile_for_scheme, rules_of
from perfgraph.validation.terms import PG, SUBJECTS


def validate(graph: Graph, shapes: Graph) -> tuple[Finding, ...]:
    """Return what ``shapes`` find in ``graph``, ordered by place and rule.

    Args:
        graph: facts and codes as one graph, and provenance for the places (see ``data_graph``).
        shapes: what ``load_shapes`` gives.

    Raises:
        UnusableShapesError: the shapes cannot be executed.
    """
    return findings_of(reference.run(graph, shapes), rules_of(shapes), graph, shapes)


def validate_by_scheme(
    graph: Graph, profile: str | Path | None = None
) -> tuple[str, tuple[Finding, ...]]:
    """Return the profile that was used, and the findings.

    Without ``profile`` each project or plan is judged by the profile of its indicator scheme
    (``pg:indicatorProfile``); several names are joined by ``+``.

    Raises:
        ShapesError: the profile does not exist or cannot be used.
    """
    if profile is not None:
        return _name(profile), validate(graph, load_shapes(profile))
    groups = _subjects_by_profile(graph)
    if len(groups) <= 1:
        name = next(iter(groups), CORE)
        return name, validate(graph, load_shapes(name))
    found = set[Finding]()
    for name, subjects in groups.items():
        found |= set(validate(_only(graph, subjects), load_shapes(name)))
    return "+".join(sorted(groups)), tuple(sorted(found, key=order))


def _name(profile: str | Path) -> str:
    """Return how a report names a profile: a file without its folder."""
    return Path(profile).name


def _subjects(graph: Graph) -> set[Node]:
    return {subject for kind in SUBJECTS for subject in graph.subjects(RDF.type, kind)}


def _subjects_by_profile(graph: Graph) -> dict[str, set[Node]]:
    groups: defaultdict[str, set[Node]] = defaultdict(set)
    for subject in _subjects(graph):
        scheme = graph.value(subject, PG.indicatorProfile)
        groups[CORE if scheme is None else profile_for_scheme(str(scheme))].add(subject)
    return dict(groups)


def _only(graph: Graph, judged: set[Node]) -> Graph:
    """Return a copy of ``graph`` in which only ``judged`` are projects and plans."""
    copy = Graph()
    for triple in graph:
        copy.add(triple)
    for subject in _subjects(graph) - judged:
        copy.remove((subject, RDF.type, None))
        for indicator in graph.objects(subject, PG.indicator):
            copy.remove((indicator, RDF.type, PG.Indicator))
    return copy
