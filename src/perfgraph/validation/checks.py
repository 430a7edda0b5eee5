"""Data → findings: by given shapes, or by the profile that fits the scheme of each subject.

Two engines give the same results: the compiler, and pySHACL. What the compiler has no query for is
given to pySHACL, never skipped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from pyoxigraph import Store

from perfgraph import shacl
from perfgraph.model import Finding
from perfgraph.shacl import Graph, Query, Result, Term
from perfgraph.validation.findings import Found, findings_of, in_order
from perfgraph.validation.shapes import (
    CORE,
    RuleSet,
    adds_to_scheme,
    load_shapes,
    profile_for_scheme,
)
from perfgraph.validation.terms import SUBJECTS
from perfgraph.vocab import PG, RDF


class Engine(StrEnum):
    """What executes the shapes (``--engine``)."""

    COMPILED = "compiled"
    PYSHACL = "pyshacl"


def validate(data: Store, shapes: RuleSet, engine: Engine = Engine.COMPILED) -> tuple[Finding, ...]:
    """Return what ``shapes`` find in ``data``, ordered by place and rule.

    Args:
        data: facts and codes in one graph, and provenance for the places (see ``data_graph``).
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
    if profile is not None and not adds_to_scheme(profile):
        return _name(profile), validate(data, load_shapes(profile), engine)
    chosen = profiles_of_subjects(Graph(data))
    names = sorted(set(chosen.values())) or [CORE]
    if profile is not None:
        names.append(_name(profile))
    return "+".join(names), in_order(found_by_scheme(data, chosen, engine, profile))


def found_by_scheme(
    data: Store, chosen: Mapping[Term, str], engine: Engine, on_top: str | Path | None = None
) -> Iterator[Found]:
    """Yield what is found in ``data``, each subject judged by the profile ``chosen`` for it.

    The profile ``on_top`` judges every subject. A query that several profiles have is asked once.
    """
    graph = Graph(data)
    names = sorted(set(chosen.values())) or [CORE]
    loaded = {name: load_shapes(name, on_top) for name in names}
    for name, results in _results_by_profile(data, loaded, engine):
        for found in findings_of(results, loaded[name[0]], graph):
            if found.project is None or chosen.get(found.project, name[0]) in name:
                yield found


def results_of(data: Store, shapes: RuleSet, engine: Engine) -> Iterator[Result]:
    """Yield the failures that ``engine`` finds."""
    if engine is Engine.COMPILED:
        yield from shacl.run(shapes.queries, data)
        yield from _left_to_reference(data, shapes)
    else:
        yield from _reference(data, shapes, None)


def profiles_of_subjects(graph: Graph) -> dict[Term, str]:
    """Return for each project or plan the name of the profile that fits its indicator scheme."""
    chosen: dict[Term, str] = {}
    for subject in (one for kind in SUBJECTS for one in graph.subjects(RDF.type, kind)):
        scheme = graph.value(subject, PG.indicatorProfile)
        chosen[subject] = CORE if scheme is None else profile_for_scheme(scheme.value)
    return chosen


def _results_by_profile(
    data: Store, loaded: Mapping[str, RuleSet], engine: Engine
) -> Iterator[tuple[tuple[str, ...], Iterator[Result]]]:
    """Yield results with the names of the profiles by which they hold."""
    if engine is Engine.PYSHACL:
        for name, shapes in loaded.items():
            yield (name,), results_of(data, shapes, engine)
        return
    askers: defaultdict[Query, list[str]] = defaultdict(list)
    for name, shapes in loaded.items():
        for query in shapes.queries:
            askers[query].append(name)
    groups: defaultdict[tuple[str, ...], list[Query]] = defaultdict(list)
    for query, names in askers.items():
        groups[tuple(names)].append(query)
    for group, queries in groups.items():
        yield group, shacl.run(queries, data)
    for name, shapes in loaded.items():
        yield (name,), _left_to_reference(data, shapes)


def _left_to_reference(data: Store, shapes: RuleSet) -> Iterator[Result]:
    if shapes.unsupported:
        yield from _reference(data, shapes, [left.shape for left in shapes.unsupported])


def _reference(data: Store, shapes: RuleSet, only: list[shacl.Node] | None) -> Iterator[Result]:
    from perfgraph.validation import reference  # a second of imports, for those who need it

    yield from reference.run(data, shapes.graph.store, only)


def _name(profile: str | Path) -> str:
    """Return how a report names a profile: a file without its folder."""
    return Path(profile).name
