"""What every store can do, whichever engine is behind it; no engine is imported here.

Documents go in as N-Quads, questions go in as SPARQL text, answers come out as pyoxigraph terms.
The stores themselves are in ``embedded`` and ``remote``; ``open_store`` chooses one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from pyoxigraph import QueryBoolean, QuerySolutions, Triple

from perfgraph.store.report import LoadReport, StoredDocument, Written
from perfgraph.store.submission import Submission
from perfgraph.store.writing.former import Edit

Triples = Iterator[Triple]
"""The answer to CONSTRUCT and DESCRIBE."""

Result = QuerySolutions | QueryBoolean | Triples
"""The answer to SELECT, to ASK, or to CONSTRUCT and DESCRIBE.

An answer belongs to the thread that asked: pyoxigraph ends the process when another one reads it.
"""


class Store(Protocol):
    """A dataset of converted documents: current facts, and the history of all versions.

    The default graph of a question is the union of all graphs, unless the question (``FROM``) or
    the caller (``default_graphs``, ``named_graphs``: as in the SPARQL Protocol, they win over
    ``FROM``) names a dataset. No triple stands in two graphs of the main dataset, so counts over
    the union are right. In the history dataset only questions with ``GRAPH`` are.
    """

    @property
    def location(self) -> str:
        """The directory, or the ``sparql+http`` URL, that was opened."""

    @property
    def base(self) -> str | None:
        """Base of the data IRIs; ``None`` as long as no document was loaded."""

    @property
    def release(self) -> str:
        """Name of the release that answers, equal for equal content; empty without documents."""

    def query(
        self,
        text: str,
        *,
        history: bool = False,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Result:
        """Answer a SPARQL query.

        Raises:
            QueryError: the text is no SPARQL query, or the engine refuses it.
            StoreError: the store cannot be read, or it keeps no history dataset.
        """

    def load(
        self,
        submissions: Iterable[Submission],
        *,
        replaces: Sequence[str] = (),
        now: datetime | None = None,
    ) -> LoadReport:
        """Take in converted documents; each file has one outcome in the report.

        Args:
            submissions: the documents of one command; their order means nothing. A generator is
                read as it goes, so that not all documents are in memory.
            replaces: documents that may be superseded, by file name, SHA-256 or IRI.
            now: time of loading, written in the release's own graph; the clock when absent.

        Raises:
            StoreError: a name in ``replaces`` fits no document or several, or the store cannot be
                written. Nothing is changed then. A file that is no converted document raises
                nothing: its outcome carries the error.
        """

    def write(self, edit: Edit, *, who: str, now: datetime | None = None) -> Written:
        """Write graphs of users' own: not those of documents, which ``load`` makes.

        Args:
            edit: what is wanted; see ``edits``.
            who: for the journal.
            now: time of writing; the clock when absent.

        Raises:
            StoreError: it cannot be carried out, or a triple would stand in two graphs. Nothing
                is changed then.
        """

    def graph_state(self, graph: str) -> str | None:
        """Return what changes whenever a graph of the main dataset does; ``None`` without one.

        The real default graph has no name; it is ``None`` as long as nothing was written to it.
        """

    def documents(self) -> tuple[StoredDocument, ...]:
        """Return all documents, current and superseded, by IRI."""

    def nquads(self, document: str) -> bytes:
        """Return the N-Quads of a document whole, as sorted canonical lines.

        Raises:
            StoreError: the store has no document with this IRI.
        """

    def grid(self, document: str) -> bytes | None:
        """Return the tables of a document as read (JSON); ``None`` when none were handed in.

        Raises:
            StoreError: the store has no document with this IRI.
        """

    def refresh(self) -> bool:
        """Go over to the newest release; return whether there was a newer one."""

    def close(self) -> None:
        """Let go of files and locks; the store cannot be asked any more."""

    def __enter__(self) -> Self:
        """Return the store."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store."""
