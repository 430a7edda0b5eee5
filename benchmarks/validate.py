"""Measures validation, and whether it finds the injected faults: perfgraph, pySHACL, pyrudof.

    python benchmarks/validate.py [--projects 200] [--peer-projects 50] [--stores 1000 10000]

Every document is judged by the profile of its scheme, by itself. The peers get the same graph and
the same shapes, on fewer projects because pySHACL takes its time. Stores of several sizes are
validated whole, in one process, and pySHACL's time for them is its time for the fewer projects,
scaled linearly. A fault counts as found when its rule is reported for its project (C23: for its
unit). A Violation or Warning in a project without that fault, by a rule that the fault list does
not foresee there, is a false alarm.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a script, from anywhere

import pyshacl
from rdflib import Graph
from rdflib.namespace import RDF, SH

from benchmarks import datasets, measuring
from benchmarks.generate import MANIFEST, generate
from benchmarks.measuring import Fact, Measured, chosen_case, clock, measure, report
from perfgraph.api import validate
from perfgraph.conversion import Conversion, convert
from perfgraph.model import Scheme, Severity
from perfgraph.store import open_existing, open_store
from perfgraph.validation import data_graph, load_shapes, profile_for_scheme, validate_store
from perfgraph.validation.rdflib_terms import rdflib_graph
from perfgraph.vocab import CODE

_FOUND = "found.json"
HEAD = ["case", "documents", "results", "wall s", "CPU s", "CPU ms/project", "peak MB"]
_UNIT_RULES = frozenset({"C23"})

CASES = {
    "perfgraph": "perfgraph.validate, document by document",
    "pyshacl": "peer: pySHACL, document by document",
    "pyrudof": "peer: pyrudof, document by document",
    "store": "perfgraph validate --store",
}
PEERS = ("perfgraph", "pyshacl", "pyrudof")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a rule was broken: the rule, the document, and the project's name."""

    rule: str
    file: str
    project: str


def _conversions(folder: Path) -> list[Conversion]:
    return [convert(path) for path in sorted(folder.glob("documents/*/*.txt"))]


def _perfgraph(folder: Path) -> None:
    conversions = _conversions(folder)
    found: list[list[str]] = []
    count = 0
    with clock() as taken:
        for conversion in conversions:
            for file in validate(conversion).files:
                count += len(file.findings)
                found += [
                    [finding.rule, file.file, finding.project or ""]
                    for finding in file.findings
                    if finding.severity is not Severity.INFO or finding.rule in ("C05b", "C26")
                ]
    (folder / _FOUND).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    report(taken, documents=len(conversions), results=count)


def _peer(folder: Path, check: Callable[[Graph, Graph], int]) -> None:
    pairs = [
        (rdflib_graph(data_graph(conversion.quads())), _shapes(_profile(conversion)))
        for conversion in _conversions(folder)
    ]
    with clock() as taken:
        count = sum(check(graph, shapes) for graph, shapes in pairs)
    report(taken, documents=len(pairs), results=count)


def _store(folder: Path) -> None:
    documents = count = 0
    with clock() as taken, open_existing(folder) as store:
        for found in validate_store(store):
            documents += 1
            count += len(found.findings)
    report(taken, documents=documents, results=count)


def _shapes(profile: str) -> Graph:
    return rdflib_graph(load_shapes(profile).graph.store)


def _profile(conversion: Conversion) -> str:
    schemes = {project.scheme for project in conversion.document.projects}
    scheme = schemes.pop() if len(schemes) == 1 else None
    return profile_for_scheme(f"{CODE}{(scheme or Scheme.S2015).value}#scheme")


def _pyshacl(graph: Graph, shapes: Graph) -> int:
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none", inplace=True)
    assert isinstance(results, Graph)
    return sum(1 for _ in results.subjects(RDF.type, SH.ValidationResult))


def _pyrudof(graph: Graph, shapes: Graph) -> int:
    import pyrudof

    engine = pyrudof.Rudof(pyrudof.RudofConfig())
    engine.read_data(graph.serialize(format="nt"), format=pyrudof.RDFFormat.NTriples)
    engine.read_shacl(shapes.serialize(format="turtle"))
    return len(engine.validate_shacl())


def _injected(folder: Path) -> Iterator[tuple[Spot, frozenset[str], str]]:
    """Yield each listed fault, the other rules it cannot but break, and its kind."""
    for entry in json.loads((folder / MANIFEST).read_text("utf-8"))["faults"]:
        spot = Spot(entry["rule"], Path(entry["file"]).name, entry["project"])
        yield spot, frozenset(entry["entails"]), entry["kind"]


def _detection(folder: Path) -> list[str]:
    found = {
        Spot(rule, file, "" if rule in _UNIT_RULES else project)
        for rule, file, project in json.loads((folder / _FOUND).read_text("utf-8"))
    }
    wanted: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    foreseen: set[Spot] = set()
    missed: list[Spot] = []
    for spot, entailed, _ in _injected(folder):
        here = Spot(spot.rule, spot.file, "" if spot.rule in _UNIT_RULES else spot.project)
        wanted[spot.rule] += 1
        hit[spot.rule] += here in found
        if here not in found:
            missed.append(spot)
        foreseen |= {here, *(Spot(rule, spot.file, spot.project) for rule in entailed)}
    false = Counter(spot.rule for spot in found - foreseen)
    rules = sorted({*wanted, *false})
    rows: list[list[Fact]] = []
    for rule in rules:
        recall = hit[rule] / wanted[rule] if wanted[rule] else None
        rows.append([rule, wanted[rule], hit[rule], recall, false[rule]])
    rows.append(
        ["all", wanted.total(), hit.total(), hit.total() / max(wanted.total(), 1), false.total()]
    )
    examples = [f"- missed: {s.rule} in {s.file}, {s.project}" for s in missed[:10]]
    examples += [
        f"- not foreseen: {s.rule} in {s.file}, {s.project}"
        for s in sorted(found - foreseen, key=str)[:10]
    ]
    head = ["rule", "faults", "found", "recall", "false alarms"]
    return [measuring.table(head, rows), "\n".join(examples)]


def _stores(sizes: Sequence[int], peer: Measured, peer_projects: int) -> str:
    """Return the table of whole stores; findings are counted and thrown away as they come."""
    rows: list[list[Fact]] = []
    for projects in sizes:
        with tempfile.TemporaryDirectory() as name:
            dataset = datasets.make(projects, Path(name))
            with open_store(Path(name, "store")) as store:
                outcome = store.load(dataset.submissions())
            assert not outcome.has_failures, outcome.summary.en
            ours = measure(__file__, "store", Path(name, "store"))
        scale = projects / peer_projects
        times = [scale * peer.wall / ours.wall, scale * peer.cpu / ours.cpu]
        rows.append([f"{projects:,} projects", *_row(ours, projects)[1:], *times])
    return measuring.table([*HEAD, "× pySHACL wall", "× pySHACL CPU"], rows)


def _main(projects: int, peer_projects: int, faults: float, sizes: Sequence[int]) -> None:
    with tempfile.TemporaryDirectory() as name:
        generate(peer_projects, Path(name), seed=2, fault_share=faults)
        measured = {case: measure(__file__, case, name) for case in PEERS}
        rows = [_row(one, peer_projects) for one in measured.values()]
    stores = _stores(sizes, measured["pyshacl"], peer_projects)
    with tempfile.TemporaryDirectory() as name:
        generate(projects, Path(name), seed=1, fault_share=faults)
        ours = _row(measure(__file__, "perfgraph", name), projects)
        detection = _detection(Path(name))
    command = ["benchmarks/validate.py", f"--projects {projects}"]
    measuring.write_results(
        "validate",
        "Validation",
        [
            f"{peer_projects:,} generated projects, a fault in {faults:.0%} of them. Reading the "
            "graph counts for perfgraph (Oxigraph) and pyrudof (text), not for pySHACL (rdflib).",
            measuring.table(HEAD, rows),
            "## Stores\n\nWhole stores, a fault in 2 % of the projects, one process. Loading the "
            "store is not measured. The last columns are the time of pySHACL for the "
            f"{peer_projects:,} projects above, scaled linearly, by the time of perfgraph.",
            stores,
            f"## Injected faults\n\n{projects:,} other projects, a fault in {faults:.0%} of them. "
            "C08 includes the trends that sound tables have too.",
            measuring.table(HEAD, [ours]),
            *filter(None, detection),
        ],
        command=[
            *command,
            f"--peer-projects {peer_projects} --faults {faults}",
            f"--stores {' '.join(map(str, sizes))}",
        ],
        packages=["perfgraph", "pyoxigraph", "rdflib", "pyshacl", "pyrudof"],
    )


def _row(measured: Measured, projects: int) -> list[Fact]:
    documents, results = int(measured.number("documents")), int(measured.number("results"))
    per_project = 1000 * measured.cpu / projects
    row: list[Fact] = [CASES[measured.case], documents, results, measured.wall, measured.cpu]
    return [*row, per_project, measured.rss_mb]


if __name__ == "__main__":
    match chosen_case():
        case ("perfgraph", [folder]):
            _perfgraph(Path(folder))
        case ("pyshacl", [folder]):
            _peer(Path(folder), _pyshacl)
        case ("pyrudof", [folder]):
            _peer(Path(folder), _pyrudof)
        case ("store", [folder]):
            _store(Path(folder))
        case _:
            parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", 1)[0])
            parser.add_argument("--projects", type=int, default=200)
            parser.add_argument("--peer-projects", type=int, default=50)
            parser.add_argument("--faults", type=float, default=0.5, help="share of projects")
            parser.add_argument("--stores", type=int, nargs="*", default=[1000, 10000])
            given = parser.parse_args()
            _main(given.projects, given.peer_projects, given.faults, given.stores)
