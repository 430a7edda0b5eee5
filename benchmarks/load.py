"""Measures loading: N-Quads of many documents into the embedded store, beside three peers.

    python benchmarks/load.py [--projects 1000]

The embedded store checks every document, keeps its N-Quads, and builds a main and a history
database; the peers only load quads: rdflib into memory, pyoxigraph's own bulk loader and the
command ``oxigraph load`` into one directory. Conversion is done before and is not measured here.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a script, from anywhere

import pyoxigraph
import rdflib

from benchmarks import datasets, measuring
from benchmarks.datasets import Dataset
from benchmarks.measuring import Fact, Measured, chosen_case, clock, measure, report
from benchmarks.tools import beside_python
from perfgraph.store import open_store

CASES = {
    "first": "embedded store: first load",
    "again": "embedded store: the same documents again",
    "one-more": "embedded store: one more document",
    "rdflib": "peer: rdflib Dataset in memory, N-Quads parser",
    "bulk": "peer: pyoxigraph bulk_load to disk",
    "oxigraph": "peer: `oxigraph load` to disk",
}


def _load(case: str, folder: str) -> None:
    dataset = Dataset(Path(folder))
    with clock() as taken, open_store(dataset.folder / "store") as store:
        *first, later = dataset.submissions()
        chosen = [later] if case == "one-more" else first
        outcome = store.load(chosen)
    if outcome.has_failures:
        raise SystemExit(outcome.summary.en)
    report(
        taken, documents=len(chosen), disk=_size(dataset.folder / "store"), said=outcome.summary.en
    )


def _peer(case: str, folder: str) -> None:
    dataset = Dataset(Path(folder))
    target = dataset.folder / case
    with clock() as taken:
        match case:
            case "rdflib":
                rdflib.Dataset().parse(dataset.all_quads, format="nquads")
            case "bulk":
                store = pyoxigraph.Store(target)
                store.bulk_load(path=dataset.all_quads, format=pyoxigraph.RdfFormat.N_QUADS)
                store.flush()
            case _:
                command = [beside_python("oxigraph"), "load", "--location", str(target)]
                command += ["--file", str(dataset.all_quads)]
                subprocess.run(command, check=True, capture_output=True)
    documents = len(dataset.converted)
    report(taken, documents=documents, disk=_size(target) if target.exists() else None)


def _size(folder: Path) -> float:
    """Return MB on disk; a file with several names, as hard links make them, counts once."""
    files = {
        status.st_ino: status.st_size
        for path in folder.rglob("*")
        if path.is_file()
        for status in [path.stat()]
    }
    return sum(files.values()) / 1e6


def _row(measured: Measured) -> list[Fact]:
    documents = measured.number("documents")
    row: list[Fact] = [CASES[measured.case], int(documents), measured.wall, measured.cpu]
    return [*row, documents / measured.wall, measured.rss_mb, measured.facts["disk"]]


def _main(projects: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        dataset = datasets.make(projects, Path(folder))
        size = dataset.all_quads.stat().st_size / 1e6
        with dataset.all_quads.open("rb") as lines:
            quads = sum(1 for _ in lines)
        rows = [_row(measure(__file__, case, folder)) for case in CASES]
        documents = len(dataset.converted)
    head = ["case", "documents", "wall s", "CPU s", "documents/s", "peak MB", "MB on disk"]
    measuring.write_results(
        "load",
        "Loading",
        [
            f"{projects:,} generated projects and the 4 of the real document: {documents:,} "
            f"documents, {quads:,} lines of N-Quads, {size:.0f} MB. The embedded store gets all "
            "but one in the first load, and that one at last.",
            measuring.table(head, rows),
        ],
        command=["benchmarks/load.py", f"--projects {projects}"],
        packages=["perfgraph", "pyoxigraph", "oxigraph", "rdflib"],
    )


if __name__ == "__main__":
    match chosen_case():
        case ("first" | "again" | "one-more" as name, [folder]):
            _load(name, folder)
        case (name, [folder]):
            _peer(name, folder)
        case _:
            parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", 1)[0])
            parser.add_argument("--projects", type=int, default=1000)
            _main(parser.parse_args().projects)
