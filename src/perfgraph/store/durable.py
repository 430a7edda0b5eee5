"""Files that are whole or absent after a crash: written aside, synced, moved into place."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PARTIAL = ".partial"
"""Ending of a file that is being written; a crash may leave one."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader finds the old content, or the new one, and never a part."""
    partial = path.with_name(path.name + PARTIAL)
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Make the content of a file durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows has no need and no way."""
    if sys.platform != "win32":
        sync_file(folder)


def sync_tree(folder: Path) -> None:
    """Make all files and names under a folder durable."""
    for parent, _, files in os.walk(folder):
        for name in files:
            sync_file(Path(parent, name))
        sync_folder(Path(parent))
