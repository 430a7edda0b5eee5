"""Where the files that ship with perfgraph are: ontology, shapes, package data.

In a wheel ``ontology/`` and ``shapes/`` stand inside the package; in a checkout they stand at the
top of the repository. Nothing is read here.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the folder ``name`` ("ontology" or "shapes") of this installation.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    for candidate in (PACKAGE / name, PACKAGE.parents[1] / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"perfgraph is installed without its '{name}' folder")
