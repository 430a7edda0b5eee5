"""A location as users write it → the store that is there."""

from __future__ import annotations

from pathlib import Path

from perfgraph.store.embedded import KEPT_RELEASES, EmbeddedStore
from perfgraph.store.protocol import Store


def open_store(
    location: str | Path, *, read_only: bool = False, keep: int = KEPT_RELEASES
) -> Store:
    """Return the store at a location.

    Args:
        location: a directory (embedded; an absent or empty one is an empty dataset), or a
            ``sparql+http://…`` URL of a SPARQL 1.1 server (see ``endpoint`` for its form).
        read_only: refuse to load.
        keep: how many releases a directory keeps, the current one included.

    Raises:
        LocationError: the location is neither.
        StoreError: the directory is no store, or the server cannot be used.
    """
    return EmbeddedStore(Path(location), read_only=read_only, keep=keep)
