"""Rows of an answer → a table of text: Chinese is two columns wide, numbers stand right.

Text is printed as data, never as markup or as control codes of the terminal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import IO

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, Triple
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text as RichText

from perfgraph.questions.prefixes import shorten

Term = NamedNode | BlankNode | Literal | Triple
WIDEST = 1_000_000
_NUMBERS = {
    f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("integer", "decimal", "double", "float")
}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def print_solutions(rows: QuerySolutions, output: IO[str], *, width: int | None) -> None:
    """Print the rows of a SELECT, one column for each variable, in the order given."""
    names = [variable.value for variable in rows.variables]
    _print(names, [[row[name] for name in names] for row in rows], output, width)


def print_triples(triples: Iterable[Triple], output: IO[str], *, width: int | None) -> None:
    """Print a graph as rows of subject, predicate and object."""
    rows = [[one.subject, one.predicate, one.object] for one in triples]
    _print(["subject", "predicate", "object"], rows, output, width)


def print_boolean(answer: QueryBoolean, output: IO[str]) -> None:
    """Print the answer to ASK: true or false."""
    output.write("true\n" if answer else "false\n")


def show(term: Term | None) -> str:
    r"""Return a term as people read it: text plain, IRIs short, nothing for an unbound cell.

    >>> show(NamedNode("https://w3id.org/perfgraph/ontology#Project")), show(None)
    ('pg:Project', '')
    >>> show(Literal("a\x1b[31m"))
    'a\\x1b[31m'
    """
    match term:
        case None:
            return ""
        case NamedNode():
            text = shorten(term.value)
        case Literal():
            text = term.value
        case _:
            text = str(term)
    return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], text)


def is_number(term: Term | None) -> bool:
    """Whether ``term`` is a numeric literal."""
    return isinstance(term, Literal) and term.datatype.value in _NUMBERS


def _print(
    names: Sequence[str],
    rows: Sequence[Sequence[Term | None]],
    output: IO[str],
    width: int | None,
) -> None:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for index, name in enumerate(names):
        bound = [row[index] for row in rows if row[index] is not None]
        numeric = bool(bound) and all(is_number(term) for term in bound)
        table.add_column(RichText(name), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(RichText(show(term)) for term in row))
    if width is not None:
        Console(file=output, width=width, highlight=False, emoji=False).print(table)
        return
    wide = Console(width=WIDEST, file=StringIO(), highlight=False, emoji=False)
    whole = Measurement.get(wide, wide.options, table).maximum
    printed = StringIO()
    Console(file=printed, width=max(whole, 1), highlight=False, emoji=False).print(table)
    output.writelines(f"{line.rstrip()}\n" for line in printed.getvalue().splitlines())
