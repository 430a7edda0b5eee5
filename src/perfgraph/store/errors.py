"""What can go wrong in a store: the codes PG3xx."""

from __future__ import annotations

from perfgraph.errors import StoreError


class NotNQuadsError(StoreError):
    """What was handed in is no N-Quads."""

    code = "PG301"


class GraphNameError(StoreError):
    """The graphs are not the three of one converted document."""

    code = "PG302"


class DocumentMetadataError(StoreError):
    """The provenance graph does not describe its document, or contradicts its name."""

    code = "PG303"


class MisplacedTripleError(StoreError):
    """A triple stands in the wrong graph, in two graphs, or has a blank node."""

    code = "PG304"


class BaseMismatchError(StoreError):
    """A document was converted with another base than the store's."""

    code = "PG305"


class ReplacesError(StoreError):
    """A name given to ``--replaces`` fits no current document, or several."""

    code = "PG306"


class UnknownDocumentError(StoreError):
    """The store has no document with this IRI."""

    code = "PG307"


class DamagedStoreError(StoreError):
    """The directory is no store of this version, or files of it are damaged."""

    code = "PG308"


class StoreBusyError(StoreError):
    """Another process is writing to the store."""

    code = "PG309"


class ReadOnlyError(StoreError):
    """The store was opened for reading."""

    code = "PG310"


class ServerError(StoreError):
    """The SPARQL server cannot be reached, or refuses a request."""

    code = "PG311"


class NoUnionError(StoreError):
    """The server does not offer the union of all graphs as default graph."""

    code = "PG312"


class NoHistoryError(StoreError):
    """No history dataset is configured for the server."""

    code = "PG313"


class LocationError(StoreError):
    """The location is neither a directory nor a ``sparql+http`` URL."""

    code = "PG314"


class ClashingNamesError(StoreError):
    """Projects of different names, in different documents, have the same IRI."""

    code = "PG315"
