"""Measures the shipped questions: embedded store, Oxigraph's server on the same files, and rdflib.

    python benchmarks/queries.py [--projects 1000 10000] [--rdflib-projects 100]

The server opens the very database directories that the embedded store built, so both read the
same bytes; what differs is HTTP and JSON. Every answer is read to its end, as terms in Python.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a script, from anywhere

import pyoxigraph
import rdflib

from benchmarks import datasets, measuring
from benchmarks.answers import Answer, Row, oxigraph_rows, rdflib_rows, timed, within
from benchmarks.measuring import Fact
from benchmarks.tools import ask_server, oxigraph_server
from perfgraph.questions import Question, catalogue
from perfgraph.store.embedded import EmbeddedStore

DEADLINE = 60.0
RDFLIB_DEADLINE = 20.0
REPEATS = 5
_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples"


def _embedded(folder: Path, question: Question) -> Answer:
    with EmbeddedStore(folder, read_only=True) as store:
        history = question.dataset == "history"

        def ask() -> list[Row]:
            return oxigraph_rows(store.query(question.query, history=history))

        return timed(ask, REPEATS)


def _server(port: int, question: Question) -> Answer:
    is_graph = question.form == "graph"

    def ask() -> list[Row]:
        accept = _TRIPLES if is_graph else _JSON
        content = ask_server(port, question.query, accept, DEADLINE)
        if is_graph:
            return oxigraph_rows(pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.N_TRIPLES))
        format = pyoxigraph.QueryResultsFormat.JSON
        return oxigraph_rows(pyoxigraph.parse_query_results(content, format=format))

    return timed(ask, REPEATS)


def _rdflib(dataset: rdflib.Dataset, question: Question) -> Answer:
    return timed(lambda: rdflib_rows(dataset.query(question.query)), 3)


def _compare(
    folder: Path, peers: dict[str, Callable[[Question], Answer]], seconds: float
) -> tuple[list[list[Fact]], str]:
    rows: list[list[Fact]] = []
    equal = 0
    for question in catalogue():
        print(f"… {question.name}", file=sys.stderr)
        ours = within(DEADLINE, partial(_embedded, folder, question))
        row: list[Fact] = [f"{question.number:02} {question.name}", ours.rows, _time(ours)]
        same = True
        for peer in peers.values():
            theirs = within(seconds, partial(peer, question))
            same = same and not theirs.error and not ours.error and theirs.digest == ours.digest
            row.append(_time(theirs))
        equal += same
        rows.append([*row, "yes" if same else "no"])
    return rows, f"{equal} of {len(rows)} answers are equal."


def _time(answer: Answer) -> Fact:
    return answer.error or answer.milliseconds


def _store(projects: int, folder: Path) -> EmbeddedStore:
    dataset = datasets.make(projects, folder)
    store = EmbeddedStore(folder / "store")
    report = store.load(dataset.submissions())
    if report.has_failures:
        raise SystemExit(report.summary.en)
    return store


def _against_server(projects: int, folder: Path) -> list[str]:
    with ExitStack() as stack:
        with _store(projects, folder) as store:
            assert store.databases is not None
            main, history = store.databases
        ports = {
            "main": stack.enter_context(oxigraph_server(main)),
            "history": stack.enter_context(oxigraph_server(history)),
        }
        peers = {"Oxigraph server": lambda question: _server(ports[question.dataset], question)}
        rows, verdict = _compare(folder / "store", peers, DEADLINE)
    head = ["question", "rows", "embedded ms", "Oxigraph server over HTTP ms", "equal"]
    return [f"## {projects:,} projects\n\n{verdict}", measuring.table(head, rows)]


def _against_rdflib(projects: int, folder: Path) -> list[str]:
    with _store(projects, folder) as store:
        datasets_of = {}
        for history in (False, True):
            dataset = rdflib.Dataset(default_union=True)
            lines = "\n".join(store.lines(history=history))
            dataset.parse(data=lines, format="nquads")
            datasets_of["history" if history else "main"] = dataset
    peers = {"rdflib": lambda question: _rdflib(datasets_of[question.dataset], question)}
    rows, verdict = _compare(folder / "store", peers, RDFLIB_DEADLINE)
    head = ["question", "rows", "embedded ms", "rdflib in memory ms", "equal"]
    return [f"## {projects:,} projects, rdflib\n\n{verdict}", measuring.table(head, rows)]


def _main(sizes: list[int], rdflib_projects: int) -> None:
    parts = [
        f"Median of up to {REPEATS} runs after one that does not count, or that one if it took "
        f"more than 3 s; a question that takes "
        f"{DEADLINE:.0f} s (rdflib: {RDFLIB_DEADLINE:.0f} s) is given up. The parameters are the "
        "questions' own; the generated documents hold no self-evaluations, series or superseded "
        "versions, so that questions about them find nothing."
    ]
    for projects in sizes:
        with tempfile.TemporaryDirectory() as folder:
            parts += _against_server(projects, Path(folder))
    if rdflib_projects:
        with tempfile.TemporaryDirectory() as folder:
            parts += _against_rdflib(rdflib_projects, Path(folder))
    command = ["benchmarks/queries.py", f"--projects {' '.join(map(str, sizes))}"]
    measuring.write_results(
        "queries",
        "Questions",
        parts,
        command=[*command, f"--rdflib-projects {rdflib_projects}"],
        packages=["perfgraph", "pyoxigraph", "oxigraph", "rdflib"],
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", 1)[0])
    parser.add_argument("--projects", type=int, nargs="*", default=[1000, 10000])
    parser.add_argument("--rdflib-projects", type=int, default=100, help="0: without rdflib")
    given = parser.parse_args()
    _main(given.projects, given.rdflib_projects)
