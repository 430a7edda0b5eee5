"""Counting in several processes: prometheus-client shares its numbers in files of a folder."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


@contextmanager
def counted_together() -> Iterator[None]:
    """Let the processes that are forked in the block count together."""
    folder, owner = tempfile.mkdtemp(prefix="perfgraph.metrics-"), os.getpid()
    os.environ[VARIABLE] = folder
    try:
        yield
    finally:
        if os.getpid() == owner:
            del os.environ[VARIABLE]
            shutil.rmtree(folder, ignore_errors=True)


def forget(process: int) -> None:
    """Drop what only holds for a process that lives, after it has ended."""
    folder = os.environ.get(VARIABLE)
    for file in Path(folder).glob(f"gauge_live*_{process}.db") if folder else ():
        file.unlink(missing_ok=True)
