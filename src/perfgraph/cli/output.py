"""Bytes → stdout or a file that appears whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click

from perfgraph.errors import SettingsError
from perfgraph.model import Place
from perfgraph.text import Text

STDOUT = Path("-")
_NEW_FILE_MODE = 0o666


class UnwritableOutputError(SettingsError):
    """The file for ``--output`` cannot be written."""

    code = "PG606"

    def __init__(self, target: Path, reason: Text) -> None:
        super().__init__(
            Text(zh=f"无法写入：{reason.zh}", en=f"cannot be written: {reason.en}"),
            advice=Text(
                zh="请检查文件夹、权限和磁盘空间，或换一个输出文件",
                en="Check folder, permissions and disk space, or choose another file",
            ),
            place=Place(str(target)),
        )


def write(content: bytes, target: Path | None, *, sources: Iterable[Path] = ()) -> None:
    """Write ``content`` to ``target``; to stdout where it is ``None`` or ``-``.

    A regular file is replaced at once: a reader never sees half of it, and a failure leaves the old
    one. A link is followed; a device or a pipe is written through.

    Raises:
        UnwritableOutputError: the file cannot be written, or it is one of ``sources``.
    """
    if target is None or target == STDOUT:
        click.echo(content, nl=False)
        return
    try:
        real = target.resolve()
        if any(real == source.resolve() for source in sources):
            same = Text(zh="它是输入文件", en="it is an input file")
            raise UnwritableOutputError(target, same)
        if real.exists() and not real.is_file():
            real.write_bytes(content)
        else:
            _replace(real, content)
    except OSError as error:
        raise unwritable(target, error) from error


def unwritable(target: Path, error: OSError) -> UnwritableOutputError:
    """Return the error for an output that the system refuses."""
    reason = error.strerror or str(error)
    return UnwritableOutputError(target, Text(zh=reason, en=reason))


def _replace(target: Path, content: bytes) -> None:
    mode = target.stat().st_mode & 0o777 if target.exists() else _NEW_FILE_MODE & ~_umask()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".perfgraph-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(mode)
        Path(name).replace(target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
