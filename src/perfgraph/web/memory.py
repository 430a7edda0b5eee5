"""How much memory is free for this process, from what the system says."""

from __future__ import annotations

import os
import re
from pathlib import Path

_GROUP = Path("/sys/fs/cgroup")


def free_memory() -> int:
    """Return bytes that may be used: of the machine, or of the container where it has fewer."""
    return min(_of_machine(), _of_group())


def _of_machine() -> int:
    try:
        content = Path("/proc/meminfo").read_text("ascii")
    except OSError:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    found = re.search(r"^MemAvailable:\s*(\d+) kB", content, re.MULTILINE)
    return int(found.group(1)) * 1024 if found else 0


def _of_group() -> int:
    try:
        limit = (_GROUP / "memory.max").read_text("ascii").strip()
        used = int((_GROUP / "memory.current").read_text("ascii"))
    except (OSError, ValueError):
        return 1 << 62
    return (1 << 62) if limit == "max" else max(int(limit) - used, 0)
