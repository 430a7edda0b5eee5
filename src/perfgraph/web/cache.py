"""Answers that were given before: small ones are kept, all have an ETag, until a new release.

A release never changes, so an answer is a function of its name and of the question; questions that
ask for the time or for chance are neither kept nor tagged.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from perfgraph.store.tokens import Kind, decoded, tokens
from perfgraph.web.asking import Answered, Ask

_UNSTEADY = frozenset(["NOW", "RAND", "UUID", "STRUUID", "BNODE", "SERVICE"])
_OVERHEAD = 512
"""What an entry takes beside the bytes of question and answer."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer and what is known of it."""

    body: bytes
    answered: Answered


@dataclass
class Cache:
    """The answers of one server process; the one that was not asked for longest goes first."""

    limit: int
    """Bytes that all of them may take; 0 keeps none."""
    hits: int = 0
    misses: int = 0
    _kept: OrderedDict[tuple[str, Ask], Kept] = field(default_factory=OrderedDict)
    _size: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, release: str, ask: Ask) -> Kept | None:
        """Return the answer of a release, if it is kept."""
        with self._lock:
            found = self._kept.get((release, ask))
            if found is None:
                self.misses += 1
                return None
            self.hits += 1
            self._kept.move_to_end((release, ask))
            return found

    def put(self, ask: Ask, kept: Kept) -> None:
        """Keep an answer, unless it is too large a part of the whole."""
        key = (kept.answered.release, ask)
        if _size_of(key, kept) * 8 > self.limit:
            return
        with self._lock:
            former = self._kept.pop(key, None)
            if former is not None:
                self._size -= _size_of(key, former)
            self._kept[key] = kept
            self._size += _size_of(key, kept)
            while self._size > self.limit:
                oldest, dropped = self._kept.popitem(last=False)
                self._size -= _size_of(oldest, dropped)


def is_steady(ask: Ask) -> bool:
    """Return whether a question has the same answer as long as the data is the same.

    >>> is_steady(Ask("SELECT * { ?now ?p 'RAND()' }")), is_steady(Ask("SELECT (now() AS ?t) {}"))
    (True, False)
    """
    written = decoded(ask.text).upper()
    if not any(word in written for word in _UNSTEADY):
        return True  # most questions; the rest is read word by word
    return not any(
        token.kind is Kind.WORD and any(word in token.text for word in _UNSTEADY)
        for token in tokens(written)
    )


def tag_of(release: str, ask: Ask) -> str:
    """Return the ETag of the answer that a release gives."""
    content = b"\0".join([release.encode(), ask.to_json()])
    return hashlib.blake2b(content, digest_size=12).hexdigest()


def _size_of(key: tuple[str, Ask], kept: Kept) -> int:
    return len(kept.body) + 2 * len(key[1].text) + _OVERHEAD
