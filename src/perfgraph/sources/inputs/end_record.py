"""The end of a ZIP archive → where its list of files stands, and whether nothing is cut off.

zipfile takes the last end record that it finds. Where an archive is cut off, that may be the record
of a document stored in it, which would be read as if it were the whole.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import IO, Self

_END, _END_BYTES, _LONGEST_COMMENT = b"PK\x05\x06", 22, 0xFFFF
_END_64 = b"PK\x06\x06"
_LOCATOR, _LOCATOR_BYTES = b"PK\x06\x07", 20
_PADDING = b"\0\r\n\x1a "


@dataclass(frozen=True, slots=True)
class EndRecord:
    """What the last end record of an archive says, and where it stands."""

    directory_bytes: int
    directory_at: int
    """Where the list of files should begin."""
    found_at: int
    """Where it ends: the record follows it."""
    has_more: bool
    """Whether anything but padding comes after the record and its comment."""

    @classmethod
    def of(cls, stream: IO[bytes]) -> Self | None:
        """Return the last record in ``stream``; ``None`` where there is none."""
        size = stream.seek(0, 2)
        tail_at = max(0, size - _END_BYTES - _LONGEST_COMMENT)
        stream.seek(tail_at)
        tail = stream.read()
        end = tail.rfind(_END)
        if end < 0 or end + _END_BYTES > len(tail):
            return None
        length, at, comment = struct.unpack_from("<IIH", tail, end + 12)
        after = tail[end + _END_BYTES + comment :]
        found_at = tail_at + end
        locator = end - _LOCATOR_BYTES
        if locator >= 0 and tail.startswith(_LOCATOR, locator):  # zipfile trusts it, too
            (record_at,) = struct.unpack_from("<Q", tail, locator + 8)
            record = record_at - tail_at
            if record >= 0 and tail.startswith(_END_64, record) and record + 56 <= locator:
                length, at = struct.unpack_from("<QQ", tail, record + 40)
                found_at = record_at
        return cls(length, at, found_at, bool(after.strip(_PADDING)))

    @property
    def is_of_whole(self) -> bool:
        """Whether the record is the archive's own: the list stands where the record says."""
        return self.directory_at + self.directory_bytes == self.found_at and not self.has_more
