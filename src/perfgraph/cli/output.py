"""Bytes → stdout or a file that appears whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import click

STDOUT = Path("-")


def write(content: bytes, target: Path | None) -> None:
    """Write ``content`` to ``target``; to stdout where it is ``None`` or ``-``.

    A file is replaced at once: a reader never sees half of it, and a failure leaves the old one.

    Raises:
        OSError: the file cannot be written.
    """
    if target is None or target == STDOUT:
        click.echo(content, nl=False)
        return
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
