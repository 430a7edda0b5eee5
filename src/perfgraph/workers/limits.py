"""How much one item may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the work on one item, beyond which its process is ended.

    Attributes:
        seconds: by the clock; a PDF of 500 dense pages takes over a minute, and several where other
            programs want the processor.
        memory_bytes: address space beyond what the process has when it starts, where the system
            can limit it. The readers stay under 300 MB; this is for what gets past them.
    """

    seconds: float = 900.0
    memory_bytes: int = 2**30


DEFAULT_LIMITS = Limits()
