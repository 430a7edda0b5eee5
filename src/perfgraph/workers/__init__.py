"""Many items → one outcome each, worked out by processes with limits; a bad item costs only itself.

It knows nothing of documents: what is to be done is a function that can be pickled.
"""

from perfgraph.workers.limits import DEFAULT_LIMITS, Limits
from perfgraph.workers.pool import in_order, run, usable_cores

__all__ = ["DEFAULT_LIMITS", "Limits", "in_order", "run", "usable_cores"]
