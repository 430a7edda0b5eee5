"""How much one archive may unfold to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one ZIP archive, what lies in archives inside it included.

    Attributes:
        entries: files in it; a province's departments file a few thousand.
        unpacked_bytes: of all files that are read from it.
        depth: archives inside archives; 市.zip holds 区.zip holds 单位.zip.
        directory_bytes: of the list of its files, which is held in memory.
    """

    entries: int = 20_000
    unpacked_bytes: int = 4 * 2**30
    depth: int = 3
    directory_bytes: int = 16 * 2**20


DEFAULT_LIMITS = Limits()
