"""What a query process may not do: outlive its deadline, fill the memory, open a connection.

The guard refuses SERVICE by its tokens; this is the second wall, below the engine. Where the system
has no such wall (other than Linux on x86-64 and ARM64) there is only the first.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
import sys
from pathlib import Path

_SOCKET_CALL = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Audit architecture and number of ``socket(2)``, from the kernel's tables."""
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))


def forbid_sockets() -> bool:
    """Make ``socket(2)`` fail in this process for good; return whether the system can do it."""
    known = _SOCKET_CALL.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    architecture, number = known
    steps = (
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_EQUAL, 0, 3, architecture),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_EQUAL, 0, 1, number),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.cast(code, ctypes.c_void_p))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(library.prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


def limit_memory(size: int) -> bool:
    """Limit the address space of this process; return whether the system can do it."""
    try:
        import resource
    except ImportError:  # Windows
        return False
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        size = min(size, hard)
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))
    return True


def end_in(seconds: float) -> None:
    """Let the system end this process after ``seconds``, whatever it does; 0 takes it back.

    The server kills at the deadline; this is for the case that the server itself is gone.
    """
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def leave_signals() -> None:
    """Leave SIGINT and SIGTERM to the server: it ends this process when no request needs it."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def size_now() -> int:
    """Return the size of this process's address space; 0 where the system does not tell it."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
