"""Why a graph is not written: the codes PG449 to PG457."""

from __future__ import annotations

from perfgraph.errors import StoreError
from perfgraph.text import Text


class WriteError(StoreError):
    """A graph is not written."""

    code = "PG449"


class ManagedGraphError(WriteError):
    """A write would change a graph that is made from documents, or is the store's own."""

    code = "PG450"


class RepeatedTripleError(WriteError):
    """A triple would stand in two graphs, and so count twice in the union."""

    code = "PG451"


class NotRdfError(WriteError):
    """What was sent is not RDF of the format that it says."""

    code = "PG452"


class ChangedMeanwhileError(WriteError):
    """The graph is not in the state that the writer has seen."""

    code = "PG453"


class NoSuchGraphError(WriteError):
    """The store has no graph of this name."""

    code = "PG454"


class UpdateError(WriteError):
    """An update cannot be carried out."""

    code = "PG455"


class UpdateSyntaxError(UpdateError):
    """The text is no SPARQL update; ``said`` is what the engine's parser says."""

    code = "PG457"

    def __init__(self, text: str, said: str) -> None:
        super().__init__(
            Text(zh=f"更新有语法错误：{said}", en=f"the update has a syntax error: {said}")
        )
        self.text = text
        self.said = said


class NoWritesError(WriteError):
    """This kind of store takes documents only."""

    code = "PG456"
