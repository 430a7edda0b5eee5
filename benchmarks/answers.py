"""Answers of several engines → one form that can be compared: rows of terms without an order.

Numbers are compared as numbers, because engines print ``5.0`` and ``5`` for the same sum.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import pyoxigraph
import rdflib
from rdflib.query import ResultRow

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = frozenset(_XSD + name for name in ("integer", "decimal", "double", "float"))
_DIGITS = Decimal("1e-9")
_ENOUGH_SECONDS = 3.0

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """How many rows an engine found, a digest of them, and the median of the times it took."""

    rows: int
    digest: str
    milliseconds: float
    error: str | None = None


def timed(ask: Callable[[], list[Row]], repeats: int) -> Answer:
    """Return the answer of ``ask`` and the median of its times.

    The first run opens files and does not count, unless it is so slow that it will have to do.
    """
    first, rows = _run(ask)
    taken: list[float] = [first] if first > _ENOUGH_SECONDS else []
    while len(taken) < repeats and sum(taken) < _ENOUGH_SECONDS:
        seconds, rows = _run(ask)
        taken.append(seconds)
    digest = hashlib.sha256("\n".join("\t".join(row) for row in sorted(rows)).encode())
    return Answer(len(rows), digest.hexdigest(), 1000 * statistics.median(taken))


def _run(ask: Callable[[], list[Row]]) -> tuple[float, list[Row]]:
    start = time.perf_counter()
    rows = ask()
    return time.perf_counter() - start, rows


def within(seconds: float, work: Callable[[], Answer]) -> Answer:
    """Return what ``work`` returns in a forked process, which is killed after ``seconds``."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=lambda: there.send(work()))
    process.start()
    there.close()
    try:
        if not here.poll(seconds):
            return Answer(0, "", 1000 * seconds, error=f"> {seconds:.0f} s")
        answer: Answer = here.recv()
        return answer
    except EOFError:
        return Answer(0, "", 0.0, error="failed")
    finally:
        process.kill()
        process.join()
        here.close()


def oxigraph_rows(
    result: pyoxigraph.QuerySolutions
    | pyoxigraph.QueryBoolean
    | Iterable[pyoxigraph.Triple | pyoxigraph.Quad],
) -> list[Row]:
    """Return the rows of an answer of pyoxigraph, read to its end."""
    if isinstance(result, pyoxigraph.QueryBoolean):
        return [(str(bool(result)),)]
    if isinstance(result, pyoxigraph.QuerySolutions):
        return [tuple(map(_oxigraph_term, solution)) for solution in result]
    return [tuple(map(_oxigraph_term, (t.subject, t.predicate, t.object))) for t in result]


def rdflib_rows(result: rdflib.query.Result) -> list[Row]:
    """Return the rows of an answer of rdflib, read to its end."""
    rows: list[Row] = []
    for row in result:
        if isinstance(row, bool):
            rows.append((str(row),))
        elif isinstance(row, ResultRow | tuple):
            rows.append(tuple(map(_rdflib_term, row)))
    return rows


def _oxigraph_term(term: object) -> str:
    match term:
        case None:
            return ""
        case pyoxigraph.Literal():
            return _literal(term.value, term.datatype.value, term.language)
        case pyoxigraph.BlankNode():
            return "_:"
        case _:
            return str(term)


def _rdflib_term(term: object) -> str:
    match term:
        case None:
            return ""
        case rdflib.Literal():
            return _literal(str(term), str(term.datatype or _XSD + "string"), term.language)
        case rdflib.BNode():
            return "_:"
        case _:
            return f"<{term}>"


def _literal(text: str, datatype: str, language: str | None) -> str:
    if datatype in _NUMBERS:
        try:
            return f"{Decimal(text).quantize(_DIGITS).normalize():f}"
        except InvalidOperation:
            return text
    return f'"{text}"@{language}' if language else f'"{text}"'
