"""How much LibreOffice may use for one file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one run of LibreOffice.

    Attributes:
        seconds: after this the program and all that it started is killed. A file takes one or two
            seconds, and a budget book of 500 pages about twenty.
        memory_bytes: address space of the program; it starts with about 1 GiB.
        output_bytes: of any one file that it writes.
    """

    seconds: float = 120.0
    memory_bytes: int = 4 * 2**30
    output_bytes: int = 200_000_000


DEFAULT_LIMITS = Limits()
