"""A load that is killed: run as a program, it ends by SIGKILL after the step that it is told."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from perfgraph.store.embedded import EmbeddedStore, Step
from tests.store.filings import Filing, Project

BEFORE = Filing([Project("甲", 1)], file="before.txt")
AFTER = Filing([Project("甲", 2), Project("乙", 3)], file="after.txt", grid=b"{}")


def load_and_die(folder: Path, filing: Filing, last: Step) -> None:
    """Load a document; be killed right after a step."""

    def kill(step: Step) -> None:
        if step is last:
            os.kill(os.getpid(), signal.SIGKILL)

    EmbeddedStore(folder, on_step=kill).load([filing.submission])


def load_and_be_timed(folder: Path, filing: Filing, seconds: float) -> None:
    """Load a document; be killed after a time, wherever the load is then."""
    signal.setitimer(signal.ITIMER_REAL, seconds)  # its signal ends the process by default
    EmbeddedStore(folder).load([filing.submission])


if __name__ == "__main__":
    _, mode, target, moment, which = sys.argv
    document = {"before": BEFORE, "after": AFTER}[which]
    if mode == "step":
        load_and_die(Path(target), document, Step(moment))
    else:
        load_and_be_timed(Path(target), document, float(moment))
