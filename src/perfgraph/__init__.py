"""perfgraph: Chinese budget performance-target tables as a linked-data knowledge graph.

The public functions are ``convert``, ``inspect``, ``validate`` and ``connect``. They are loaded
when they are first used, so that a document can be read without the RDF libraries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfgraph.version import __version__

if TYPE_CHECKING:
    from perfgraph.api import (
        Connection,
        Conversion,
        Inspection,
        Limits,
        Reading,
        Report,
        connect,
        convert,
        inspect,
        validate,
    )

__all__ = [
    "Connection",
    "Conversion",
    "Inspection",
    "Limits",
    "Reading",
    "Report",
    "__version__",
    "connect",
    "convert",
    "inspect",
    "validate",
]


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'perfgraph' has no attribute {name!r}")
    from perfgraph import api  # loaded when first used

    return getattr(api, name)
