"""The process of one write: ``python -m perfgraph.web.writer STORE SECONDS``; order in, result out.

SECONDS is how long it waits for another writer, such as ``perfgraph load``.
"""

from __future__ import annotations

import os
import sys
import time

from perfgraph.errors import PerfgraphError
from perfgraph.store import open_store
from perfgraph.store.errors import StoreBusyError
from perfgraph.store.report import Written
from perfgraph.web.confinement import forbid_sockets
from perfgraph.web.worker import fault
from perfgraph.web.writing import CHANGED, FAILED, Order, carry_out, written_to_json

_PAUSE = 0.1


def main() -> int:
    """Carry out the order on standard input; return the exit code."""
    location, seconds = sys.argv[1], float(sys.argv[2])
    order = Order.from_json(sys.stdin.buffer.read())
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get into the outcome
    if "://" not in location:
        forbid_sockets()
    try:
        written = _write(location, order, time.monotonic() + seconds)
        content, code = written_to_json(written), CHANGED
    except PerfgraphError as error:
        content, code = fault(error), FAILED
    with sink:
        sink.write(content)
    return code


def _write(location: str, order: Order, latest: float) -> Written:
    while True:
        try:
            with open_store(location) as store:
                return carry_out(store, order)
        except StoreBusyError:
            if time.monotonic() > latest:
                raise
        time.sleep(_PAUSE)


if __name__ == "__main__":
    sys.exit(main())
