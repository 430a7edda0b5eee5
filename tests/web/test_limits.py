"""Lanes, budgets and the watch over running questions, without any process."""

from __future__ import annotations

import threading
import time

import pytest
from flask.testing import FlaskClient

from perfgraph.store import Store
from perfgraph.web import Limits, Settings, create_app
from perfgraph.web.budgets import Budgets
from perfgraph.web.errors import BudgetError, BusyError
from perfgraph.web.lanes import Lanes
from perfgraph.web.watch import Run, Verdict, Watch


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_client_that_used_up_its_time_waits_until_it_has_some_again() -> None:
    clock = Clock()
    budgets = Budgets(clock=clock)
    terms = {"seconds": 10.0, "window": 20.0}
    budgets.charge("a", 12.01, **terms)
    with pytest.raises(BudgetError) as caught:
        budgets.check("a", **terms)
    budgets.check("b", **terms)
    clock.now += caught.value.seconds
    budgets.check("a", **terms)


def test_quick_questions_cost_nothing() -> None:
    budgets = Budgets()
    for _ in range(10_000):
        budgets.charge("a", 0.009, seconds=1, window=1000)
    budgets.check("a", seconds=1, window=1000)


def test_many_clients_do_not_make_the_worst_one_forgotten() -> None:
    budgets = Budgets(slots=16, clock=Clock())
    budgets.charge("worst", 100, seconds=10, window=10)
    for number in range(500):
        budgets.charge(f"client {number}", 1, seconds=10, window=10)
    with pytest.raises(BudgetError):
        budgets.check("worst", seconds=10, window=10)


def test_without_a_budget_nobody_is_refused() -> None:
    budgets = Budgets()
    budgets.charge("a", 1e9, seconds=0, window=300)
    budgets.check("a", seconds=0, window=300)


@pytest.fixture
def thrifty(store: Store) -> FlaskClient:
    return create_app(store, Settings(store="", limits=Limits(client_seconds=1))).test_client()


def test_a_client_over_its_budget_is_told_when_to_come_again(thrifty: FlaskClient) -> None:
    thrifty.application.extensions["perfgraph.budgets"].charge(
        "127.0.0.1", 3.0, seconds=1, window=300
    )
    refused = thrifty.get("/sparql", query_string={"query": "ASK {}"})
    assert refused.status_code == 429
    assert 300 < int(refused.headers["Retry-After"]) <= 602
    assert refused.get_json()["code"] == "PG480"
    other = thrifty.get(
        "/sparql", query_string={"query": "ASK {}"}, environ_base={"REMOTE_ADDR": "192.0.2.1"}
    )
    assert other.status_code == 200
    assert thrifty.get("/readyz").status_code == 200


def test_a_slow_question_gives_its_place_to_the_next() -> None:
    lanes = Lanes(quick=1, slow=1, waiting=1)
    slow = lanes.enter(0)
    assert lanes.slow_down(slow)
    second = lanes.enter(0)
    assert not lanes.slow_down(second)
    lanes.leave(slow)
    assert lanes.slow_down(second)


def test_only_so_many_may_wait() -> None:
    lanes = Lanes(quick=1, slow=0, waiting=1)
    place = lanes.enter(0)
    outcomes: list[str] = []
    waiting = threading.Thread(target=lambda: outcomes.append(str(lanes.enter(10).is_slow)))
    waiting.start()
    while not lanes.waiting:
        time.sleep(0.001)
    begun = time.monotonic()
    with pytest.raises(BusyError):
        lanes.enter(10)
    assert time.monotonic() - begun < 1
    lanes.leave(place)
    waiting.join()
    assert outcomes == ["False"]


def test_who_waits_is_not_overtaken() -> None:
    lanes = Lanes(quick=1, slow=0, waiting=1)
    place = lanes.enter(0)
    waiting = threading.Thread(target=lanes.enter, args=(10,))
    waiting.start()
    while not lanes.waiting:
        time.sleep(0.001)
    lanes.leave(place)
    with pytest.raises(BusyError):  # the place is promised, even before the other one has woken
        lanes.enter(0)
    waiting.join()


def test_the_watch_kills_what_is_late_gone_or_one_too_many() -> None:
    watch = Watch()
    now = time.monotonic()
    for run, verdict in [
        (Run(lambda: None, now + 0.1), Verdict.LATE),
        (Run(lambda: None, now + 60, lambda: True), Verdict.GONE),
        (Run(lambda: None, now + 60, slow_at=now, slow_down=lambda: False), Verdict.CROWDED),
    ]:
        killed = threading.Event()
        run.kill = killed.set
        with watch.over(run):
            assert killed.wait(1)
        assert run.verdict is verdict


def test_a_run_that_has_ended_is_never_killed() -> None:
    watch = Watch()
    killed = threading.Event()
    with watch.over(Run(killed.set, time.monotonic() + 0.05)):
        pass
    assert not killed.wait(0.6)
