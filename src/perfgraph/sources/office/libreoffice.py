"""An office file → the same document as .docx or .xlsx, saved by LibreOffice.

Each file has a run of its own, in a folder with a fresh profile that is removed afterwards. The
profile (``profile.xcu``) runs no macros and follows no links, and where Linux permits it the
program has no network at all. It runs with the rights of the user otherwise: a fault in
LibreOffice itself is not contained here.
"""

from __future__ import annotations

import functools
import math
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from perfgraph.model import Place
from perfgraph.sources.office.errors import (
    LibreOfficeFailedError,
    LibreOfficeLimitError,
    LibreOfficeMissingError,
)
from perfgraph.sources.office.kinds import Kind
from perfgraph.sources.office.limits import Limits
from perfgraph.text import Text

PROGRAM_VARIABLE = "PERFGRAPH_SOFFICE"
"""Names the program where it is not on the path."""
_NAMES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
_DOCX = ("docx", "MS Word 2007 XML")
_XLSX = ("xlsx", "Calc MS Excel 2007 XML")
_PROFILE = Path(__file__).with_name("profile.xcu")
_QUIET = ("--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault")
_BLOCK = 512
_WITHIN = (
    'for limit in "-t $1" "-f $2" "-v $3"; do (ulimit $limit) 2>/dev/null && ulimit $limit; done; '
    'shift 3; exec "$@"'
)
"""Lowers limits where the system knows them, then becomes the program; sizes in POSIX units."""
_WITHOUT_NETWORK = (("unshare", "--map-root-user", "--net"), ("unshare", "--net"))


def converted(content: bytes, kind: Kind, place: Place, limits: Limits) -> bytes:
    """Return the file as LibreOffice saves it: an .xlsx for a workbook, else a .docx.

    Raises:
        LibreOfficeMissingError: the program is not there.
        LibreOfficeFailedError: it gives no file.
        LibreOfficeLimitError: it takes too long, or gives too large a file.
    """
    program = _program()
    if program is None:
        raise LibreOfficeMissingError(place, kind)
    suffix, filter = _XLSX if kind.is_workbook else _DOCX
    with tempfile.TemporaryDirectory(prefix="perfgraph-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        shutil.copyfile(_PROFILE, profile / "user" / "registrymodifications.xcu")
        source = folder / f"source.{kind.suffix}"
        source.write_bytes(content)
        arguments = [
            f"-env:UserInstallation={profile.as_uri()}",
            *_QUIET,
            f"--infilter={kind.filter}",
            *("--convert-to", f"{suffix}:{filter}"),
            *("--outdir", str(folder / "saved")),
            str(source),
        ]
        _run([program, *arguments], folder, place, limits)
        return _saved(folder / "saved" / f"source.{suffix}", kind, place, limits)


def _program() -> str | None:
    named = os.environ.get(PROGRAM_VARIABLE)
    names = (named,) if named else _NAMES
    return next((found for name in names if (found := shutil.which(name))), None)


def _run(command: list[str], folder: Path, place: Place, limits: Limits) -> None:
    bounds = [
        math.ceil(2 * limits.seconds),  # of CPU time: ends it even if nobody is left to
        limits.output_bytes // _BLOCK + 1,
        limits.memory_bytes // 1024,
    ]
    process = subprocess.Popen(
        [*_without_network(), "/bin/sh", "-c", _WITHIN, "sh", *map(str, bounds), *command],
        cwd=folder,
        # Nothing of the user's settings or proxies; the program writes where it is removed.
        env={
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "LC_ALL": "C.UTF-8",
            "SAL_USE_VCLPLUGIN": "svp",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(limits.seconds)
    except subprocess.TimeoutExpired as error:
        seconds = f"{limits.seconds:g}"
        reason = Text(zh=f"{seconds} 秒内没有完成", en=f"not done within {seconds} seconds")
        raise LibreOfficeLimitError(place, reason) from error
    finally:
        if process.returncode is None:  # also on Ctrl-C; what it started is in its group
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _saved(file: Path, kind: Kind, place: Place, limits: Limits) -> bytes:
    try:
        size = file.stat().st_size
    except FileNotFoundError as error:
        raise LibreOfficeFailedError(place, kind) from error
    if size >= limits.output_bytes:
        most = f"{limits.output_bytes:,}"
        reason = Text(zh=f"结果超过 {most} 字节", en=f"it saves more than {most} bytes")
        raise LibreOfficeLimitError(place, reason)
    return file.read_bytes()


@functools.cache
def _without_network() -> tuple[str, ...]:
    """Return the words that start a program without network; none where that is not permitted."""
    for words in _WITHOUT_NETWORK:
        if shutil.which(words[0]) is None:
            continue
        if subprocess.run([*words, "true"], capture_output=True).returncode == 0:
            return words
    return ()
