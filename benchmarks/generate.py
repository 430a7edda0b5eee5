"""Writes realistic target documents with known faults, for measuring: PROJECTS OUT.

    python benchmarks/generate.py 1000 build/1000 --seed 1 --faults 0.02

The documents go to OUT/documents, a thousand to a folder, the list of faults to OUT/manifest.json.
The same arguments give the same bytes. All units, projects and numbers are invented; only the
names of regions are real.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a script, from anywhere

from benchmarks.documents.corpus import Generated, Listed, documents

FILES_PER_FOLDER = 1000
MANIFEST = "manifest.json"


def generate(projects: int, out: Path, *, seed: int, fault_share: float) -> None:
    """Write documents with ``projects`` projects, and their fault list, below ``out``."""
    totals = {"documents": 0, "projects": 0, "indicators": 0, "bytes": 0}
    out.mkdir(parents=True, exist_ok=True)
    with (out / MANIFEST).open("w", encoding="utf-8", newline="\n") as manifest:
        manifest.write(f'{{"seed": {seed}, "fault_share": {fault_share}, "faults": [')
        separator = "\n"
        for number, document in enumerate(documents(projects, seed=seed, fault_share=fault_share)):
            path = Path("documents", f"{number // FILES_PER_FOLDER:03}", document.name)
            content = document.text.encode()
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(content)
            for listed in document.listed:
                entry = _entry(path.as_posix(), document, listed)
                manifest.write(separator + json.dumps(entry, ensure_ascii=False))
                separator = ",\n"
            totals["documents"] += 1
            totals["projects"] += document.projects
            totals["indicators"] += document.indicators
            totals["bytes"] += len(content)
        manifest.write("\n], " + json.dumps(totals)[1:] + "\n")


def _entry(path: str, document: Generated, listed: Listed) -> dict[str, object]:
    fault = listed.fault
    return {
        "file": path,
        "region": document.unit.region,
        "unit": document.unit.code,
        "table": listed.table,
        "project": listed.project,
        "rule": fault.rule,
        "indicator": fault.indicator,
        "value": fault.value,
        "entails": list(fault.entails),
        "kind": "ordinary" if fault.is_ordinary else "injected",
        "what": {"zh": fault.zh, "en": fault.en},
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", 1)[0])
    parser.add_argument("projects", type=int, metavar="PROJECTS", help="how many projects")
    parser.add_argument("out", type=Path, metavar="OUT", help="an empty or new folder")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other documents")
    parser.add_argument(
        "--faults", type=float, default=0.02, help="share of projects with a fault (0.02)"
    )
    arguments = parser.parse_args()
    if arguments.projects < 1 or not 0 <= arguments.faults <= 1:
        parser.error("PROJECTS is at least 1, and --faults is from 0 to 1")
    if arguments.out.exists() and any(arguments.out.iterdir()):
        parser.error(f"{arguments.out} is not empty")
    return arguments


if __name__ == "__main__":
    given = _arguments()
    generate(given.projects, given.out, seed=given.seed, fault_share=given.faults)
