"""A location as users write it → the store that is there."""

from __future__ import annotations

from pathlib import Path

from perfgraph.store.embedded import KEPT_RELEASES, EmbeddedStore
from perfgraph.store.endpoint import SCHEME
from perfgraph.store.errors import LocationError
from perfgraph.store.protocol import Store
from perfgraph.store.remote import RemoteStore
from perfgraph.text import Text


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
    if isinstance(location, str) and location.startswith(SCHEME):
        return RemoteStore(location, read_only=read_only)
    if isinstance(location, str) and "://" in location:
        raise LocationError(
            Text(zh=f"无法识别的库地址：{location}", en=f"no address of a store: {location}"),
            advice=Text(
                zh="服务器地址以 sparql+http:// 或 sparql+https:// 开头",
                en="the address of a server begins with sparql+http:// or sparql+https://",
            ),
        )
    return EmbeddedStore(Path(location), read_only=read_only, keep=keep)


def open_existing(location: str | Path) -> Store:
    """Return the store at a location for reading; an absent directory is an error here.

    Raises:
        LocationError: there is nothing, or the location is no location.
        StoreError: see ``open_store``.
    """
    store = open_store(location, read_only=True)
    if isinstance(store, EmbeddedStore) and not Path(location).is_dir():
        raise LocationError(
            Text(zh=f"没有存储库 {location}", en=f"there is no store at {location}"),
            advice=Text(
                zh="请检查 --store；用 perfgraph load 建立存储库",
                en="Check --store; perfgraph load makes a store",
            ),
        )
    return store
