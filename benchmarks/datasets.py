"""A number of projects → generated documents, converted: one N-Quads file each, and one of all.

The real document of ``data/`` is among them, so that the questions' usual parameters find it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import generate
from benchmarks.measuring import REPOSITORY
from perfgraph.conversion import convert
from perfgraph.store import Submission

SEED_DOCUMENT = REPOSITORY / "data" / "tianjin-353215-2025-targets.txt"


@dataclass(frozen=True, slots=True)
class Dataset:
    """Files of one converted set of documents."""

    folder: Path

    @property
    def all_quads(self) -> Path:
        """All quads in one file; those of the shared graph stand in it once a document."""
        return self.folder / "all.nq"

    @property
    def converted(self) -> list[Path]:
        """The N-Quads of each document."""
        return sorted((self.folder / "converted").iterdir())

    def submissions(self) -> list[Submission]:
        """Return the documents as a store takes them."""
        return [Submission(path.stem, path.read_bytes()) for path in self.converted]


def make(projects: int, folder: Path) -> Dataset:
    """Generate and convert documents with ``projects`` projects below ``folder``."""
    generate(projects, folder, seed=1, fault_share=0.02)
    dataset = Dataset(folder)
    (folder / "converted").mkdir()
    with dataset.all_quads.open("wb") as together:
        for path in [SEED_DOCUMENT, *sorted(folder.glob("documents/*/*.txt"))]:
            quads = convert(path).nquads()
            (folder / "converted" / f"{path.name}.nq").write_bytes(quads)
            together.write(quads)
    return dataset
