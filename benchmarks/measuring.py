"""Cases in fresh processes → seconds and memory, and a Markdown file with the table of them.

A script that measures runs itself once for each case, so that no case warms or fills the memory of
another. Nothing is asserted about time.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"
REPOSITORY = Path(__file__).resolve().parents[1]
_CASE_FLAG = "--case"
_MARK = "measured:"

Fact = str | int | float | None


@dataclass(slots=True)
class Clock:
    """Seconds of the block it was opened for; ``cpu`` counts all threads and waited children."""

    wall: float = 0.0
    cpu: float = 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """What one case took, and what it had to say about its work."""

    case: str
    wall: float
    cpu: float
    rss_mb: float
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def number(self, name: str) -> float:
        """Return a fact that is a number."""
        fact = self.facts[name]
        assert isinstance(fact, int | float)
        return fact


@contextmanager
def clock() -> Iterator[Clock]:
    """Time the block."""
    taken = Clock()
    wall, cpu = time.perf_counter(), _cpu()
    yield taken
    taken.wall, taken.cpu = time.perf_counter() - wall, _cpu() - cpu


def report(taken: Clock, **facts: Fact) -> None:
    """Hand the result of a case to the process that started it."""
    result = {"wall": taken.wall, "cpu": taken.cpu, "rss_mb": _peak_mb(), "facts": facts}
    print(_MARK + json.dumps(result))


def chosen_case() -> tuple[str, list[str]] | None:
    """Return the case this process is to run, and its arguments; ``None`` in the first process."""
    if len(sys.argv) > 2 and sys.argv[1] == _CASE_FLAG:
        return sys.argv[2], sys.argv[3:]
    return None


def measure(script: str, case: str, *arguments: str | Path) -> Measured:
    """Run one case of ``script`` in a process of its own and return what it took."""
    command = [sys.executable, script, _CASE_FLAG, case, *map(str, arguments)]
    print(f"… {case} {' '.join(Path(argument).name for argument in arguments)}", file=sys.stderr)
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY)
    (line,) = (line for line in done.stdout.splitlines() if line.startswith(_MARK))
    result = json.loads(line.removeprefix(_MARK))
    return Measured(case, result["wall"], result["cpu"], result["rss_mb"], result["facts"])


def write_results(
    name: str, title: str, parts: Iterable[str], *, command: Sequence[str], packages: Sequence[str]
) -> None:
    """Write ``results/NAME.md`` and print it: title, date and machine, then ``parts``."""
    page = "\n\n".join([f"# {title}", _circumstances(command, packages), *parts]) + "\n"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text(page, encoding="utf-8")
    print(page)


def table(head: Sequence[str], rows: Iterable[Sequence[Fact]]) -> str:
    """Return a Markdown table; numbers are right-aligned and rounded to what can be believed.

    >>> print(table(["case", "s"], [["load", 1.2345], ["none", None]]))
    | case | s |
    |---|---:|
    | load | 1.23 |
    | none | – |
    """
    body = [list(row) for row in rows]
    numeric = [any(isinstance(row[i], int | float) for row in body) for i in range(len(head))]
    lines = [
        "| " + " | ".join(head) + " |",
        "|" + "|".join("---:" if is_number else "---" for is_number in numeric) + "|",
        *("| " + " | ".join(map(_printed, row)) + " |" for row in body),
    ]
    return "\n".join(lines)


def _printed(fact: Fact) -> str:
    match fact:
        case None:
            return "–"
        case float() if fact >= 100:
            return f"{fact:,.0f}"
        case float() if fact >= 10:
            return f"{fact:.1f}"
        case float():
            return f"{fact:.2f}"
        case int():
            return f"{fact:,}"
        case _:
            return str(fact).replace("|", "\\|")


def _cpu() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _peak_mb() -> float:
    """Return the peak of resident memory of this process or of its largest child."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    status = Path("/proc/self/status")
    if not status.exists():
        return max(children, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    # ru_maxrss would begin with the memory of the process that started this one.
    (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return max(children, int(line.split()[1]) / 1024)


def _circumstances(command: Sequence[str], packages: Sequence[str]) -> str:
    versions = ", ".join(f"{package} {_version(package)}" for package in packages)
    load = ", ".join(f"{average:.1f}" for average in os.getloadavg())
    return "\n".join(
        (
            f"- date: {date.today().isoformat()}",
            f"- machine: {_processor()}, {os.cpu_count()} cores, {_memory_gib()} GiB, "
            f"{platform.system()}",
            f"- load average at the end (1, 5, 15 minutes; the measuring is part of it): {load}",
            f"- Python {platform.python_version()}, {versions}",
            f"- command: `python {' '.join(command)}`",
        )
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory_gib() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
