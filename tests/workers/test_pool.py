from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from perfgraph.errors import PerfgraphError
from perfgraph.model import Place
from perfgraph.sources.errors import EmptyFileError
from perfgraph.workers import Limits, in_order, run
from perfgraph.workers.errors import (
    CrashError,
    MistakeError,
    OutOfMemoryError,
    TooSlowError,
    WorkerError,
)


def spin() -> None:
    while True:
        pass


def take(amount: int) -> str:
    return str(len(bytearray(amount)))


def refuse(name: str) -> None:
    raise EmptyFileError(Place(name))


def make_noise() -> None:
    os.write(1, b"noise")
    os.write(2, b"noise")


DEEDS: dict[str, Callable[[str], str | None]] = {
    "sleep": lambda seconds: time.sleep(float(seconds)),
    "spin": lambda _: spin(),
    "take": lambda amount: take(int(amount)),
    "die": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "exit": lambda _: os._exit(3),
    "fail": lambda key: {"x": "y"}[key],
    "refuse": refuse,
    "print": lambda _: make_noise(),
    "start": lambda seconds: str(subprocess.run(["sleep", seconds], check=True)),
}


def work(item: str) -> str:
    """Do what the item says; otherwise give it back."""
    deed, _, rest = item.partition(" ")
    found = DEEDS.get(deed)
    return (found(rest) if found is not None else None) or item


def done(*items: str, jobs: int = 2, **limits: float | int) -> list[str | PerfgraphError]:
    named = ((item, Place(f"file of {item}")) for item in items)
    bounds = Limits(**limits)  # type: ignore[arg-type] # a test names what there is
    return list(in_order(run(work, named, jobs=jobs, limits=bounds)))


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_outcomes_are_the_same_in_order_with_any_number_of_jobs(jobs: int) -> None:
    items = ["sleep 0.3", *map(str, range(20))]
    assert done(*items, jobs=jobs) == items


@pytest.mark.parametrize(
    ("item", "error"),
    [
        ("die", CrashError),
        ("exit", CrashError),
        ("sleep 60", TooSlowError),
        ("spin", TooSlowError),
        ("take 3000000000", OutOfMemoryError),
        ("fail none", MistakeError),
    ],
)
def test_a_bad_item_costs_only_itself(item: str, error: type[WorkerError]) -> None:
    limits = {"seconds": 3 if error is TooSlowError else 60, "memory_bytes": 500_000_000}
    first, bad, *rest = done("a", item, "b", "c", "take 100000000", **limits)
    assert type(bad) is error
    assert bad.place == Place(f"file of {item}")
    assert [first, *rest] == ["a", "b", "c", "100000000"]


def test_a_mistake_of_the_program_names_its_line() -> None:
    (bad,) = done("fail none")
    assert isinstance(bad, MistakeError)
    assert "KeyError, test_pool.py:" in bad.render("en")


def test_an_error_comes_back_as_it_was_raised() -> None:
    (bad,) = done("refuse a.txt")
    assert isinstance(bad, EmptyFileError)
    assert bad.render("zh") == EmptyFileError(Place("a.txt")).render("zh")


def test_nothing_that_a_worker_prints_reaches_the_user(capfd: pytest.CaptureFixture[str]) -> None:
    assert done("print") == ["print"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("item", "kind"), [("x", str), ("die", CrashError), ("spin", TooSlowError)]
)
def test_a_single_item_may_be_worked_on_in_a_fork(item: str, kind: type[object]) -> None:
    limits = Limits(seconds=2)
    outcomes = run(work, [(item, Place("a"))], jobs=1, limits=limits, quick_start=True)
    assert [type(outcome) for _, outcome in outcomes] == [kind]


def test_items_run_ahead_of_the_first_that_is_not_done_only_so_far() -> None:
    taken: list[int] = []

    def items() -> Iterator[tuple[str, Place]]:
        for number in range(30):
            taken.append(number)
            yield ("sleep 1" if not number else "x"), Place("")

    outcomes = run(work, items(), jobs=2, ahead=5)
    next(outcomes)
    assert max(taken) <= 6
    assert len(list(outcomes)) == 29


def test_an_abandoned_run_ends_its_workers_and_what_they_started() -> None:
    outcomes = run(work, [("x", Place("")), ("start 3600", Place(""))], jobs=2)
    assert next(outcomes) == (0, "x")
    deadline = time.monotonic() + 30
    while not _descendants(os.getpid(), "sleep") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(_descendants(os.getpid(), "sleep")) == 1
    outcomes.close()  # type: ignore[attr-defined] # a generator
    assert _descendants(os.getpid(), "sleep") == []


def _descendants(process: int, name: str) -> list[int]:
    """Processes of this name that descend from a process."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = status.read_text("utf-8", "replace")
        except OSError:
            continue
        if (
            f"({name})" in text
            and " Z " not in text
            and _descends(int(status.parent.name), process)
        ):
            found.append(int(status.parent.name))
    return found


def _descends(process: int, ancestor: int) -> bool:
    while process > 1:
        if process == ancestor:
            return True
        try:
            stat = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
        except OSError:
            return False
        process = int(stat.rpartition(")")[2].split()[1])
    return False


STARTING = """
from perfgraph.model import Place
from perfgraph.workers import run
if __name__ == "__main__":
    print("ready", flush=True)
    try:
        for _ in run(str, [(n, Place("a")) for n in range(99)], jobs=2):
            pass
        input()
    except KeyboardInterrupt:
        print("one line", flush=True)
"""


@pytest.mark.parametrize("later", [0.0, 0.05, 0.2, 0.4])
def test_an_interrupt_while_workers_start_is_told_by_their_parent_only(
    later: float, tmp_path: Path
) -> None:
    file = tmp_path / "starting.py"
    file.write_text(STARTING, "utf-8")
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        [sys.executable, file], stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(later)
        os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C does: every process gets it
        assert process.communicate(timeout=60) == (b"one line\n", b"")
    finally:
        process.kill()
