"""A question to a store → the bytes of its answer, evaluated and written in one thread.

pyoxigraph ends the process when another thread reads an answer, so this is one function. It has no
deadline: ``workers`` calls it in processes that can be killed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Protocol, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    Triple,
)

from perfgraph.errors import QueryError, StoreError
from perfgraph.store import Result, Store
from perfgraph.store.asking import dataset_of
from perfgraph.text import Text
from perfgraph.web.errors import (
    EvaluationError,
    TooLargeError,
    UnavailableError,
    UnknownGraphError,
)
from perfgraph.web.faults import syntax_error
from perfgraph.web.formats import format_called
from perfgraph.web.outlet import CutError, Outlet
from perfgraph.web.places import spot
from perfgraph.web.serialise import write_answer
from perfgraph.web.settings import Limits

Term = tuple[str, str, str] | None
"""Kind (``uri``, ``literal``, ``bnode``), value, and language or datatype; ``None`` if unbound."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One question as a worker gets it.

    ``kind`` is ``query``, or ``state`` to ask what changes when the graph named by ``text`` does;
    ``format`` is the short name of a format, or "" for the rows of a page (``rows`` at most). An
    answer that must be whole is refused over a limit, where another would be cut and marked.
    """

    text: str
    format: str = ""
    rows: int = 0
    history: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    kind: str = "query"
    must_be_whole: bool = False

    def to_json(self) -> bytes:
        """Return the question as bytes for another process."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__}).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Ask:
        """Return the question that ``to_json`` wrote."""
        fields = json.loads(data)
        for name in ("default_graphs", "named_graphs"):
            fields[name] = tuple(fields[name])
        return cls(**fields)


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer for a page: the first rows, and whether there are more."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term, ...], ...]
    more: bool = False
    truth: bool | None = None

    @classmethod
    def from_json(cls, data: bytes) -> Rows:
        """Return the rows that a worker wrote."""
        fields = json.loads(data)
        rows = tuple(tuple(term and tuple(term) for term in row) for row in fields["rows"])
        return cls(tuple(fields["variables"]), rows, fields["more"], fields["truth"])


@dataclass(frozen=True, slots=True)
class Answered:
    """What is known of an answer that was written."""

    release: str = ""
    """The release that gave it."""
    rows: int | None = None
    """Rows that are there, if the answer was cut to a limit; ``None`` when it is whole."""


class Client(Protocol):
    """Who waits for an answer; asked in any thread."""

    def is_gone(self) -> bool:
        """Say whether nobody waits any more; the question is given up then."""

    def charge(self, seconds: float) -> None:
        """Take note that a query process was busy for ``seconds``."""


class Nobody:
    """A client who always waits and never pays: the server itself."""

    def is_gone(self) -> bool:
        """Say no."""
        return False

    def charge(self, seconds: float) -> None:
        """Do nothing."""


NOBODY = Nobody()


class Answerer(Protocol):
    """Answers questions: in worker processes, or (for tests and notebooks) in this one."""

    def answer(self, ask: Ask, output: IO[bytes], *, client: Client = NOBODY) -> Answered:
        """Write the answer to ``output``.

        Args:
            ask: the question.
            output: where the answer goes.
            client: who waits for the answer.

        Raises:
            QueryError: the question cannot be answered; what was written is to be thrown away.
            PerfgraphError: the store cannot be read.
        """

    def release(self) -> str:
        """Return the release that answers now; empty where that is not known, or there is none."""

    def close(self) -> None:
        """Let go of processes."""


class OneProcess:
    """Answers in the calling thread, without a deadline; for tests and trusted questions."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store = store
        self._limits = limits

    def answer(self, ask: Ask, output: IO[bytes], *, client: Client = NOBODY) -> Answered:
        """Write the answer; see ``Answerer``."""
        rows = evaluate(self._store, ask, output.write, self._limits)
        return Answered(self._store.release, rows)

    def release(self) -> str:
        """Return the store's release."""
        return self._store.release

    def close(self) -> None:
        """Do nothing: the store belongs to the caller."""


def evaluate(store: Store, ask: Ask, sink: Callable[[bytes], object], limits: Limits) -> int | None:
    """Ask ``store`` and hand the answer to ``sink``, piece by piece.

    Returns:
        The number of rows if the answer was cut to a limit, else ``None``.

    Raises:
        QueryError: the text is no query, cannot be evaluated, or its answer is too large.
        UnavailableError: the store cannot be read.
    """
    outlet = Outlet(sink, limits, "" if ask.must_be_whole else ask.format)
    try:
        _write(store, ask, outlet)
        outlet.finish()
    except CutError:
        pass
    return outlet.rows


def _write(store: Store, ask: Ask, outlet: Outlet) -> None:
    output = cast(IO[bytes], outlet)  # an engine needs no more of a file than write and flush
    try:
        store.refresh()
        if ask.kind == "state":
            output.write((store.graph_state(ask.text) or "").encode())
            return
        if not (ask.default_graphs or ask.named_graphs):
            _check_dataset(store, ask)
        result = store.query(
            ask.text,
            history=ask.history,
            default_graphs=ask.default_graphs,
            named_graphs=ask.named_graphs,
        )
        if ask.format:
            write_answer(result, format_called(ask.format), output)
        else:
            output.write(_rows(result, ask.rows))
    except (TooLargeError, UnknownGraphError):
        raise
    except QueryError as error:
        raise syntax_error(ask.text) or error from error
    except StoreError as error:
        raise UnavailableError(
            Text(zh="数据集暂时无法读取", en="the dataset cannot be read at the moment"),
            advice=Text(zh="请稍后再试", en="try again later"),
        ) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise EvaluationError(
            Text(zh="查询求值失败", en="the query could not be evaluated"),
            advice=Text(
                zh="请检查其中的函数、子查询和属性路径",
                en="check its functions, sub-queries and property paths",
            ),
        ) from error


def _check_dataset(store: Store, ask: Ask) -> None:
    """Refuse FROM of a graph that is not there: its answer would be empty without a word."""
    try:
        named = dataset_of(ask.text)
    except SyntaxError:
        return  # the query itself will say it
    for graph, token in named:
        there = store.query(
            f"ASK {{ GRAPH {NamedNode(graph)} {{ ?s ?p ?o }} }}", history=ask.history
        )
        if not there:
            raise UnknownGraphError(
                Text(zh=f"没有图 <{graph}>", en=f"there is no graph <{graph}>"),
                advice=Text(
                    zh="现有的图：SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }；"
                    "不写 FROM 时查询所有图",
                    en="the graphs there are: SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }; "
                    "without FROM all graphs are asked",
                ),
                spot=spot(ask.text, token.start),
            )


def _rows(result: Result, limit: int) -> bytes:
    variables: Sequence[str] = ()
    rows: list[tuple[Term, ...]] = []
    truth: bool | None = None
    if isinstance(result, QueryBoolean):
        truth = bool(result)
    elif isinstance(result, QuerySolutions):
        variables = [variable.value for variable in result.variables]
        rows = [tuple(_term(term) for term in row) for row in islice(result, limit + 1)]
    else:
        variables = ("subject", "predicate", "object")
        rows = list(islice(_triples(result), limit + 1))
    return json.dumps(
        {
            "variables": variables,
            "rows": rows[:limit],
            "more": len(rows) > limit,
            "truth": truth,
        }
    ).encode()


def _triples(triples: Iterator[Triple]) -> Iterator[tuple[Term, ...]]:
    for triple in triples:
        yield _term(triple.subject), _term(triple.predicate), _term(triple.object)


def _term(term: NamedNode | BlankNode | Literal | Triple | None) -> Term:
    match term:
        case None:
            return None
        case NamedNode():
            return "uri", term.value, ""
        case BlankNode():
            return "bnode", term.value, ""
        case Literal():
            return "literal", term.value, term.language or term.datatype.value
        case _:
            return "literal", str(term), ""
