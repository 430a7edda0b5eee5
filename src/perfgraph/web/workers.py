"""A pool of query processes: a question goes to a free one and is killed at its deadline.

It is also killed when its client has gone, or when it is slow and too many slow ones run. Processes
stay for the next question. The pool may be used by many threads; it knows no HTTP and no SPARQL.
"""

from __future__ import annotations

import json
import queue
import time
from typing import IO

from perfgraph.errors import PerfgraphError, QueryError
from perfgraph.store.writing import errors as writing
from perfgraph.text import Text
from perfgraph.web import errors
from perfgraph.web.asking import NOBODY, Answered, Ask, Client
from perfgraph.web.errors import (
    ClientGoneError,
    CrashedError,
    DeadlineError,
    RefusedError,
    Spot,
    UnavailableError,
)
from perfgraph.web.lanes import Lanes, Place, busy, crowded
from perfgraph.web.query_process import DiskLine, EndedError, FaultError, QueryProcess
from perfgraph.web.settings import Settings
from perfgraph.web.watch import Run, Verdict, Watch

START_SECONDS = 30.0


class WorkerPool:
    """Answers questions in processes that can be killed; see ``Answerer``."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lanes = Lanes(
            quick=settings.query_processes,
            slow=settings.slow_queries,
            waiting=settings.waiting_queries,
        )
        self._watch = Watch()
        self._free: queue.SimpleQueue[QueryProcess] = queue.SimpleQueue()

    def answer(self, ask: Ask, output: IO[bytes], *, client: Client = NOBODY) -> Answered:
        """Write the answer to ``output``; see ``Answerer``."""
        place = self._lanes.enter(self._settings.limits.queue_seconds)
        try:
            return self._answer(ask, output, place, client)
        finally:
            self._lanes.leave(place)

    def close(self) -> None:
        """End all processes that are free."""
        while (worker := self._idle()) is not None:
            worker.end()

    def _answer(self, ask: Ask, output: IO[bytes], place: Place, client: Client) -> Answered:
        limits = self._settings.limits
        worker = self._take()
        begun = time.monotonic()
        run = Run(worker.line.kill, begun + START_SECONDS, client.is_gone)
        keep = False

        def slow_down() -> bool:
            if not self._lanes.slow_down(place):
                return False
            worker.slow_down()
            return True

        try:
            if not worker.is_ready:
                with self._watch.over(run):
                    worker.get_ready()
            begun = time.monotonic()
            run.ends_at = begun + limits.seconds
            if self._settings.slow_queries:
                run.slow_at, run.slow_down = begun + limits.slow_seconds, slow_down
            with self._watch.over(run):
                answered = worker.ask(ask, output)
            keep = True
            return answered
        except FaultError as fault:
            error = error_from(fault.payload)
            keep = isinstance(error, QueryError)
            raise error from fault
        except EndedError as ended:
            raise _why(run.verdict, limits.seconds) from ended
        finally:
            if worker.is_ready:
                client.charge(time.monotonic() - begun)
            # A process that was killed or slowed, or that has no store, is of no more use.
            if keep and run.verdict is None and not worker.is_slowed:
                self._free.put(worker)
            else:
                worker.end()
                if worker.is_ready:
                    self._free.put(self._start())

    def _take(self) -> QueryProcess:
        """Return a process that lives; a new one where none is free."""
        while (worker := self._idle()) is not None:
            if worker.line.is_alive:
                return worker
            worker.end()
        return self._start()

    def _idle(self) -> QueryProcess | None:
        try:
            return self._free.get_nowait()
        except queue.Empty:
            return None

    def _start(self) -> QueryProcess:
        return QueryProcess(DiskLine(self._settings))


def _why(verdict: Verdict | None, seconds: float) -> QueryError:
    match verdict:
        case Verdict.LATE:
            return _deadline(seconds)
        case Verdict.GONE:
            return ClientGoneError(Text(zh="客户端已断开", en="the client has gone"))
        case Verdict.CROWDED:
            return crowded()
        case None:
            return _crashed()


def error_from(payload: bytes) -> PerfgraphError:
    """Return the error that a query process has met."""
    fields = json.loads(payload)
    zh, en = fields["message"]
    advice = Text(*fields["advice"]) if fields["advice"] else None
    spot = Spot(*fields["spot"]) if fields["spot"] else None
    kind = getattr(errors, fields["type"], None) or getattr(writing, fields["type"], None)
    if fields["type"] == "StoreBusyError":
        return busy()
    if isinstance(kind, type) and issubclass(kind, RefusedError):
        return kind(Text(zh, en), advice=advice, spot=spot)
    if isinstance(kind, type) and issubclass(kind, PerfgraphError):
        return kind(Text(zh, en), advice=advice)
    if fields["type"] == "QueryError":
        return QueryError(Text(zh, en), advice=advice)
    return UnavailableError(
        Text(zh="数据集暂时无法读取", en="the dataset cannot be read at the moment"),
        advice=Text(zh="请稍后再试", en="try again later"),
    )


def _deadline(seconds: float) -> DeadlineError:
    return DeadlineError(
        Text(
            zh=f"查询在 {seconds:g} 秒内没有完成，已终止",
            en=f"the query did not finish in {seconds:g} seconds and was stopped",
        ),
        advice=Text(
            zh="请增加限定条件或 LIMIT，避免互不相连的模式，以 MINUS 代替 FILTER NOT EXISTS",
            en="add conditions or a LIMIT, join all patterns, use MINUS for FILTER NOT EXISTS",
        ),
    )


def _crashed() -> CrashedError:
    return CrashedError(
        Text(
            zh="查询耗尽了内存或使引擎中止，已终止",
            en="the query used up its memory or stopped the engine",
        ),
        advice=Text(zh="请拆成几个较小的查询", en="split it into smaller queries"),
    )
