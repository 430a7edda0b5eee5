"""A crash at any moment of a load leaves the old release, and the next load works."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from perfgraph.store import OutcomeKind, duplicated_triples, open_store
from perfgraph.store.embedded import EmbeddedStore, Step
from tests.store.answers import budgets
from tests.store.crash import AFTER, BEFORE
from tests.store.filings import Filing

REPOSITORY = Path(__file__).resolve().parents[2]
DEATHS = (-signal.SIGKILL, -signal.SIGALRM)
OLD, NEW = {"甲": "1"}, {"甲": "2", "乙": "3"}


def _run(folder: Path, mode: str, moment: object, which: str) -> int:
    """Load in another process, which is killed; return how it ended."""
    program = [sys.executable, "-m", "tests.store.crash", mode, str(folder), str(moment), which]
    return subprocess.run(program, check=False, cwd=REPOSITORY).returncode


def _load(folder: Path, filing: Filing) -> OutcomeKind:
    with open_store(folder) as store:
        return store.load([filing.submission]).outcomes[0].kind


def _budgets(folder: Path) -> dict[str, str]:
    with open_store(folder, read_only=True) as store:
        return budgets(store)


def _assert_clean(folder: Path) -> None:
    """Nothing is left but what the releases need."""
    with EmbeddedStore(folder) as store:
        assert duplicated_triples(store) == []
        needed = {store.nquads(document.iri) for document in store.documents()}
        needed |= {grid for one in store.documents() if (grid := store.grid(one.iri)) is not None}
        kept = [path for path in folder.glob("documents/*/*") if path.is_file()]
        assert len(kept) == len(needed)
        lines = store.lines(), store.lines(history=True)
        store.rebuild()
        assert (store.lines(), store.lines(history=True)) == lines
    names = {path.name for path in folder.iterdir()}
    assert names == {"current", "lock", "documents", "releases"}
    assert all(path.name[0].isdigit() for path in (folder / "releases").iterdir())


@pytest.mark.parametrize("step", Step)
def test_a_crash_at_any_step_of_the_first_load_leaves_an_empty_store(
    folder: Path, step: Step
) -> None:
    assert _run(folder, "step", step, "before") == -signal.SIGKILL
    is_published = step in (Step.PUBLISHED, Step.CLEANED)
    assert _budgets(folder) == (OLD if is_published else {})
    assert _load(folder, BEFORE) is (OutcomeKind.UNCHANGED if is_published else OutcomeKind.LOADED)
    assert _budgets(folder) == OLD
    _assert_clean(folder)


@pytest.mark.parametrize("step", Step)
def test_a_crash_at_any_step_of_an_update_leaves_the_old_release(folder: Path, step: Step) -> None:
    _load(folder, BEFORE)
    assert _run(folder, "step", step, "after") == -signal.SIGKILL
    is_published = step in (Step.PUBLISHED, Step.CLEANED)
    assert _budgets(folder) == (NEW if is_published else OLD)
    assert _load(folder, AFTER) is (
        OutcomeKind.UNCHANGED if is_published else OutcomeKind.SUPERSEDING
    )
    assert _budgets(folder) == NEW
    _assert_clean(folder)


@pytest.mark.parametrize("milliseconds", [30, 60, 90, 120, 150, 180, 210, 240])
def test_a_crash_between_the_steps_leaves_the_old_or_the_new_release(
    folder: Path, milliseconds: int
) -> None:
    _load(folder, BEFORE)
    assert _run(folder, "time", milliseconds / 1000, "after") in (0, *DEATHS)
    assert _budgets(folder) in (OLD, NEW)
    _load(folder, AFTER)
    assert _budgets(folder) == NEW
    _assert_clean(folder)


def test_a_reader_keeps_its_release_while_others_load(folder: Path) -> None:
    _load(folder, BEFORE)
    with open_store(folder, read_only=True) as reader:
        assert budgets(reader) == OLD
        _load(folder, AFTER)
        assert budgets(reader) == OLD
        assert reader.refresh()
        assert budgets(reader) == NEW
