"""Measures conversion: file → records → quads → N-Quads and Turtle, beside rdflib.

    python benchmarks/convert.py [--projects 1000] [--repeat 200]

Two sets: the real document of ``data/``, REPEAT times, and generated documents with PROJECTS
projects. Everything runs on one core. The peer builds the same quads as rdflib terms, adds them to
a graph and writes it: what a converter without Oxigraph would do after the same reading.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a script, from anywhere

from rdflib import Graph

from benchmarks import measuring
from benchmarks.generate import generate
from benchmarks.measuring import Fact, Measured, chosen_case, clock, measure, report
from benchmarks.profiling import Profile
from perfgraph.conversion import Conversion, convert
from perfgraph.serialisation import Format
from perfgraph.validation.rdflib_terms import rdflib_term

SEED = measuring.REPOSITORY / "data" / "tianjin-353215-2025-targets.txt"
_PROFILED = 60
"""Documents under the profiler, which makes Python several times slower."""


def _records(conversion: Conversion) -> int:
    return 0


def _quads(conversion: Conversion) -> int:
    return sum(1 for _ in conversion.quads())


def _nquads(conversion: Conversion) -> int:
    return len(conversion.nquads())


def _turtle(conversion: Conversion) -> int:
    return len(conversion.write(Format.TURTLE))


def _rdflib(conversion: Conversion) -> int:
    graph = Graph()
    for quad in conversion.quads():
        subject, predicate, object_ = map(rdflib_term, quad.triple)
        graph.add((subject, predicate, object_))
    return len(graph.serialize(format="nt", encoding="utf-8"))


CASES: dict[str, tuple[str, Callable[[Conversion], int]]] = {
    "records": ("file → records", _records),
    "quads": ("file → quads", _quads),
    "nquads": ("file → sorted N-Quads", _nquads),
    "turtle": ("file → Turtle", _turtle),
    "rdflib": ("peer: the same quads, rdflib Graph.add and N-Triples", _rdflib),
}


def _run(case: str, folder: str, repeat: str) -> None:
    paths = _documents(folder, int(repeat))
    finish = CASES[case][1]
    finish(convert(SEED))  # code lists and labels are read once, not once a document
    produced = 0
    with clock() as taken:
        for path in paths:
            produced += finish(convert(path))
    size = sum(path.stat().st_size for path in paths)
    report(taken, documents=len(paths), read=size / 1e6, produced=produced)


def _profile(folder: str, repeat: str) -> None:
    paths = _documents(folder, int(repeat))[:_PROFILED]
    convert(SEED).nquads()

    def work() -> None:
        for path in paths:
            convert(path).nquads()

    with clock() as taken:
        profile = Profile(work)
    facts: dict[str, Fact] = {f"part {part}": share for part, share in profile.parts()}
    facts |= {f"{calls:,} calls|{name}": share for name, calls, share in profile.functions(15)}
    report(taken, **facts)


def _documents(folder: str, repeat: int) -> list[Path]:
    if folder == SEED.name:
        return [SEED] * repeat
    return sorted(Path(folder).glob("documents/*/*.txt"))


def _row(name: str, measured: Measured) -> list[Fact]:
    documents = measured.number("documents")
    return [
        name,
        CASES[measured.case][0],
        measured.wall,
        measured.cpu,
        documents / measured.cpu,
        measured.number("read") / measured.cpu,
        measured.number("quads") / measured.cpu / 1000 if "quads" in measured.facts else None,
        measured.rss_mb,
    ]


def _main(projects: int, repeat: int) -> None:
    rows: list[list[Fact]] = []
    parts = []
    with tempfile.TemporaryDirectory() as folder:
        generate(projects, Path(folder), seed=1, fault_share=0.02)
        sets = {f"seed document × {repeat}": SEED.name, f"{projects:,} generated projects": folder}
        for name, documents in sets.items():
            measured = {case: measure(__file__, case, documents, str(repeat)) for case in CASES}
            quads = measured["quads"].number("produced")
            for case, one in measured.items():
                facts = one.facts if case == "records" else {**one.facts, "quads": quads}
                rows.append(_row(name, Measured(case, one.wall, one.cpu, one.rss_mb, facts)))
            parts.append(
                f"{name}: {measured['quads'].number('documents'):,.0f} documents, "
                f"{measured['quads'].number('read'):.2f} MB, {quads:,.0f} quads, "
                f"{measured['nquads'].number('produced') / 1e6:.1f} MB of N-Quads, "
                f"{measured['turtle'].number('produced') / 1e6:.1f} MB of Turtle."
            )
        profile = measure(__file__, "profile", SEED.name, str(repeat))
    head = ["documents", "case", "wall s", "CPU s", "documents/CPU s", "MB/CPU s"]
    head += ["1000 quads/CPU s", "peak MB"]
    measuring.write_results(
        "convert",
        "Conversion",
        [measuring.table(head, rows), "\n".join(f"- {part}" for part in parts), *_costs(profile)],
        command=["benchmarks/convert.py", f"--projects {projects}", f"--repeat {repeat}"],
        packages=["perfgraph", "pyoxigraph", "rdflib"],
    )


def _costs(profile: Measured) -> list[str]:
    shares = {name: share for name, share in profile.facts.items() if isinstance(share, float)}
    by_part: list[list[Fact]] = [
        [name.removeprefix("part "), 100 * share]
        for name, share in shares.items()
        if name.startswith("part ") and share >= 0.01
    ]
    dearest: list[list[Fact]] = [
        [name.partition("|")[2], name.partition("|")[0], 100 * share]
        for name, share in shares.items()
        if not name.startswith("part ")
    ]
    return [
        "## What costs the time\n\nFile → sorted N-Quads of the seed document under cProfile, "
        "which overstates small functions. Time in built-in functions counts for the part that "
        "calls them.",
        measuring.table(["part", "% of the time"], by_part),
        measuring.table(["function", "calls", "% of the time, itself"], dearest),
    ]


if __name__ == "__main__":
    match chosen_case():
        case ("profile", [folder, repeat]):
            _profile(folder, repeat)
        case (name, [folder, repeat]):
            _run(name, folder, repeat)
        case _:
            parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", 1)[0])
            parser.add_argument("--projects", type=int, default=1000)
            parser.add_argument("--repeat", type=int, default=200)
            given = parser.parse_args()
            _main(given.projects, given.repeat)
