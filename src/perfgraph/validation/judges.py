"""Whose rules judge what: one profile everything, or each subject the profile of its scheme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import Store

from perfgraph import shacl
from perfgraph.shacl import Graph, Query, Result, Term
from perfgraph.validation.engines import Engine, left_to_reference, results_of
from perfgraph.validation.findings import Found, findings_of
from perfgraph.validation.shapes import (
    CORE,
    RuleSet,
    adds_to_scheme,
    load_shapes,
    profile_for_scheme,
    scheme_profiles,
)
from perfgraph.validation.terms import SUBJECTS
from perfgraph.vocab import PG, RDF

Names = tuple[str, ...]
"""Profiles, by their names."""


class Judge:
    """The profiles that judge, and the engine that executes them.

    A profile without a scheme of its own, such as ``strict`` or a user's file, is put on top of
    the one that fits the scheme.

    Args:
        profile: a name or a file; without one, each scheme has its own.
        engine: what executes the shapes.
        across: only rules that compare documents, or only the others; both by default.

    Raises:
        ShapesError: the profile does not exist or cannot be used.
    """

    def __init__(
        self, profile: str | Path | None, engine: Engine, *, across: bool | None = None
    ) -> None:
        self.engine = engine
        self._profile = profile
        self._is_by_scheme = profile is None or adds_to_scheme(profile)
        self._across = across
        self._loaded: dict[str, RuleSet] = {}

    @property
    def names(self) -> Names:
        """The profiles that may have to judge something."""
        if self._is_by_scheme:
            return (CORE, *scheme_profiles())
        return (Path(self._profile or CORE).name,)

    def rules(self, name: str) -> RuleSet:
        """Return the rules of one of the profiles."""
        if name not in self._loaded:
            whole = load_shapes(
                *((name, self._profile) if self._is_by_scheme else (self._profile,))
            )
            part = whole if self._across is None else whole.part(across=self._across)
            self._loaded[name] = part
        return self._loaded[name]

    @property
    def leaves_some_to_reference(self) -> bool:
        """Whether pySHACL executes some of the shapes, or all of them."""
        unsupported = any(self.rules(name).unsupported for name in self.names)
        return self.engine is Engine.PYSHACL or unsupported

    def profiles_of(self, graph: Graph) -> dict[Term, str]:
        """Return for each project and plan the name of the profile that judges it."""
        subjects = [one for kind in SUBJECTS for one in graph.subjects(RDF.type, kind)]
        if not self._is_by_scheme:
            return dict.fromkeys(subjects, self.names[0])
        schemes = {subject: graph.value(subject, PG.indicatorProfile) for subject in subjects}
        return {
            subject: CORE if scheme is None else profile_for_scheme(scheme.value)
            for subject, scheme in schemes.items()
        }

    def title(self, chosen: Iterable[str]) -> str:
        """Return how a report names the profiles that were chosen; several are joined by ``+``."""
        names = self._used(chosen)
        if self._is_by_scheme and self._profile is not None:
            names = (*names, Path(self._profile).name)
        return "+".join(names)

    def found(self, data: Store) -> Iterator[Found]:
        """Yield what is wrong with ``data``.

        Raises:
            UnusableShapesError: pySHACL cannot execute the shapes.
        """
        graph = Graph(data)
        chosen = self.profiles_of(graph)
        for names, results in self.results(data, self._used(chosen.values())):
            yield from self.findings(results, names, graph, chosen)

    def findings(
        self, results: Iterable[Result], names: Names, graph: Graph, chosen: Mapping[Term, str]
    ) -> Iterator[Found]:
        """Yield the findings on subjects that one of the profiles ``names`` judges."""

        def is_meant(project: Term | None) -> bool:
            return project is None or chosen.get(project, names[0]) in names

        return findings_of(results, self.rules(names[0]), graph, is_meant)

    def results(self, data: Store, used: Names) -> Iterator[tuple[Names, Iterator[Result]]]:
        """Yield failures with the names of the profiles by which they are some.

        Raises:
            UnusableShapesError: pySHACL cannot execute the shapes.
        """
        if self.engine is Engine.PYSHACL:
            for name in used:
                yield (name,), results_of(data, self.rules(name), self.engine)
            return
        for query, names in self.queries(used).items():
            yield names, shacl.run([query], data)
        for name in used:
            yield (name,), left_to_reference(data, self.rules(name))

    def queries(self, used: Names) -> dict[Query, Names]:
        """Return the queries to ask, each once, with the names of the profiles that have it."""
        askers: defaultdict[Query, list[str]] = defaultdict(list)
        for name in used:
            for query in self.rules(name).queries:
                askers[query].append(name)
        return {query: tuple(names) for query, names in askers.items()}

    def _used(self, chosen: Iterable[str]) -> Names:
        return tuple(sorted(set(chosen))) or self.names[:1]
