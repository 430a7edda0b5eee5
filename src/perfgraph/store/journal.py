"""Who wrote what, and when: one JSON object a line, appended and synced; it is never rewritten."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from perfgraph.store.durable import sync_folder

JOURNAL = "writes.jsonl"
_LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One write that is in effect."""

    who: str
    """Name of the token, or of the account on the command line."""
    what: str
    """The update's text, or the method and the graph."""
    graphs: Mapping[str, tuple[int, int]]
    """Triples added and removed, by graph; the default graph has no name."""
    release: str
    """The release that has it."""


def append(folder: Path, entry: Entry, *, now: datetime) -> None:
    """Add an entry to the journal of a store."""
    path = folder / JOURNAL
    is_new = not path.exists()
    moment = now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    entry = replace(entry, what=_shortened(entry.what))
    line = json.dumps({"when": moment, **asdict(entry)}, ensure_ascii=False)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync_folder(folder)


def _shortened(what: str) -> str:
    """Return a text, a long one cut but for its hash: data that is inserted may be large."""
    if len(what) <= _LONGEST:
        return what
    digest = hashlib.sha256(what.encode()).hexdigest()
    return f"{what[:_LONGEST]}… ({len(what)} characters, SHA-256 {digest})"
