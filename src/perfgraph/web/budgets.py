"""How much query time each client has left: a leaky bucket for each, shared by all processes.

The table is memory that is mapped before the server forks. Nobody locks it: what two processes
write at the same moment may be lost, which costs a client's bill a query, and nobody a wait.
"""

from __future__ import annotations

import hashlib
import ipaddress
import mmap
import struct
import time
from collections.abc import Callable

from perfgraph.text import Text
from perfgraph.web.errors import BudgetError

FREE_SECONDS = 0.01
"""What is not charged of each query: quick ones cost nothing."""
_SLOT = struct.Struct("=Qdd")
_TRIES = 8


class Budgets:
    """The table: for each client what it owes, and when that was so."""

    def __init__(self, *, slots: int = 4096, clock: Callable[[], float] = time.monotonic) -> None:
        self._slots = slots
        self._clock = clock
        self._table = mmap.mmap(-1, slots * _SLOT.size)

    def check(self, client: str, *, seconds: float, window: float) -> None:
        """Refuse a client that has used up its ``seconds`` in a ``window``.

        Raises:
            BudgetError: it has.
        """
        if seconds <= 0:
            return
        key = _key(client)
        place = self._find(key, seconds / window)
        _, owed = self._owed(place, seconds / window, key)
        if owed >= seconds:
            wait = max((owed - seconds) * window / seconds, 0.0) + 1.0
            raise BudgetError(
                Text(
                    zh=f"您的查询在 {window:g} 秒内已用去 {seconds:g} 秒",
                    en=f"your queries took {seconds:g} seconds within {window:g} seconds",
                ),
                advice=Text(
                    zh=f"请在 {wait:.0f} 秒后再试；较大的数据请下载后在本地查询",
                    en=f"try again in {wait:.0f} seconds; query large data in a copy of your own",
                ),
                seconds=wait,
            )

    def charge(self, client: str, used: float, *, seconds: float, window: float) -> None:
        """Put a query that took ``used`` seconds on a client's bill."""
        cost = used - FREE_SECONDS
        if seconds <= 0 or cost <= 0:
            return
        key = _key(client)
        place = self._find(key, seconds / window)
        _, owed = self._owed(place, seconds / window, key)
        _SLOT.pack_into(self._table, place, key, owed + cost, self._clock())

    def _find(self, key: int, rate: float) -> int:
        """Return the client's slot; that of the one who owes least where there is none."""
        places = [(key + step) % self._slots * _SLOT.size for step in range(_TRIES)]
        owed = {place: self._owed(place, rate) for place in places}
        for place, (owner, _) in owed.items():
            if owner == key:
                return place
        return min(places, key=lambda place: owed[place][1])

    def _owed(self, place: int, rate: float, key: int | None = None) -> tuple[int, float]:
        owner, level, since = _SLOT.unpack_from(self._table, place)
        if key is not None and owner != key:
            return owner, 0.0
        return owner, max(0.0, level - (self._clock() - since) * rate)


def network_of(address: str) -> str:
    """Return what counts as one client: an IPv4 address, or the /64 network of an IPv6 address.

    >>> network_of("2001:db8::1:2:3:4")
    '2001:db8::/64'
    >>> network_of("192.0.2.7")
    '192.0.2.7'
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return address


def _key(client: str) -> int:
    return int.from_bytes(hashlib.blake2b(client.encode(), digest_size=8).digest()) or 1
