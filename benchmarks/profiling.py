"""A cProfile run → own time by part of the program, and the functions that cost most.

Time in built-in and standard-library functions is given to the part that called them, because that
is where it can be saved.
"""

from __future__ import annotations

import cProfile
import pstats
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

_PACKAGE = "perfgraph"

Function = tuple[str, int, str]
Timing = tuple[int, int, float, float, dict[Function, tuple[int, int, float, float]]]


class Profile:
    """The profile of one call."""

    def __init__(self, work: Callable[[], None]) -> None:
        profiler = cProfile.Profile()
        profiler.runcall(work)
        # The stub of pstats does not know the table that its documentation describes.
        self._stats: dict[Function, Timing] = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
        self.total = sum(timing[2] for timing in self._stats.values())

    def parts(self) -> list[tuple[str, float]]:
        """Return (part of the program, share of the time), the dearest first."""
        shares: defaultdict[str, float] = defaultdict(float)
        for function, timing in self._stats.items():
            for part, seconds in self._owners(function, timing[2], frozenset()):
                shares[part] += seconds / self.total
        return sorted(shares.items(), key=lambda item: -item[1])

    def functions(self, count: int) -> list[tuple[str, int, float]]:
        """Return (function, calls, share of the time) of the ``count`` dearest functions."""
        dearest = sorted(self._stats.items(), key=lambda item: -item[1][2])[:count]
        return [
            (_name(function), timing[1], timing[2] / self.total) for function, timing in dearest
        ]

    def _owners(
        self, function: Function, seconds: float, below: frozenset[Function]
    ) -> list[tuple[str, float]]:
        part = _part(function)
        callers = {
            caller: timing
            for caller, timing in self._stats[function][4].items()
            if caller not in below and caller != function
        }
        whole = sum(timing[3] for timing in callers.values())
        if part is not None or not whole:
            return [(part or "other", seconds)]
        return [
            owned
            for caller, timing in callers.items()
            for owned in self._owners(caller, seconds * timing[3] / whole, below | {function})
        ]


def _part(function: Function) -> str | None:
    """Return ``perfgraph.values`` for a function below it; ``None`` outside the package."""
    parts = Path(function[0]).with_suffix("").parts
    if _PACKAGE not in parts:
        return None
    inner = parts[len(parts) - parts[::-1].index(_PACKAGE) :]
    return ".".join((_PACKAGE, *inner[:1]))


def _name(function: Function) -> str:
    file, line, name = function
    if file == "~":
        return name.strip("<>")
    parts = Path(file).parts
    start = len(parts) - parts[::-1].index(_PACKAGE) - 1 if _PACKAGE in parts else -1
    return f"{'/'.join(parts[start:])}:{line} {name}"
