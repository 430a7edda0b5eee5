"""A pool of query processes: a question goes to a free one and is killed at its deadline.

It is also killed when its client has gone, or when it is slow and too many slow ones run. Processes
stay for the next question. The pool may be used by many threads; it knows no HTTP and no SPARQL.
"""

from __future__ import annotations

import json
import queue
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
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
from perfgraph.web.images import Images, MemoryLine
from perfgraph.web.lanes import Lanes, Place, busy, crowded
from perfgraph.web.query_process import DiskLine, EndedError, FaultError, QueryProcess
from perfgraph.web.settings import Settings
from perfgraph.web.watch import Run, Verdict, Watch

START_SECONDS = 30.0


class WorkerPool:
    """Answers questions in processes that can be killed; see ``Answerer``."""

    def __init__(
        self,
        settings: Settings,
        images: Path | None = None,
        *,
        on_change: Callable[[str, int], None] = lambda engine, change: None,
    ) -> None:
        """Take note of the settings; processes are started when first needed.

        Args:
            settings: the store and the limits.
            images: folder of the releases in memory.
            on_change: told of each process that starts (1) or ends (-1), with its engine.
        """
        self._on_change = on_change
        self._settings = settings
        self._images = Images(settings.store, images)
        self._lanes = Lanes(
            quick=settings.query_processes,
            slow=settings.slow_queries,
            waiting=settings.waiting_queries,
        )
        self._watch = Watch()
        self._free: queue.LifoQueue[QueryProcess] = queue.LifoQueue()

    def answer(self, ask: Ask, output: IO[bytes], *, client: Client = NOBODY) -> Answered:
        """Write the answer to ``output``; see ``Answerer``."""
        place = self._lanes.enter(self._settings.limits.queue_seconds)
        try:
            return self._answer(ask, output, place, client)
        finally:
            self._lanes.leave(place)

    def release(self) -> str:
        """Return the current release; empty for a store on a server, where it is not known."""
        return self._images.release().partition("-")[2]

    def close(self) -> None:
        """End all processes that are free."""
        while (worker := self._idle()) is not None:
            self._end(worker)

    def _answer(self, ask: Ask, output: IO[bytes], place: Place, client: Client) -> Answered:
        limits = self._settings.limits
        worker = self._ready(client)
        begun = time.monotonic()
        run = Run(worker.line.kill, begun + limits.seconds, client.is_gone)
        keep = False

        def slow_down() -> bool:
            if not self._lanes.slow_down(place):
                return False
            worker.slow_down()
            return True

        try:
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
            client.charge(time.monotonic() - begun)
            if keep and run.verdict is None and not worker.is_slowed:
                self._free.put(worker)
            else:  # it was killed or slowed, or has half an answer in its pipe
                self._end(worker)
                if self._free.qsize() < self._settings.query_processes:
                    self._free.put(self._start(self._images.current()))

    def _ready(self, client: Client) -> QueryProcess:
        """Return a process that waits for a question.

        Raises:
            PerfgraphError: there is none, or the client has gone meanwhile.
        """
        worker = self._take()
        while not worker.is_ready:
            run = Run(worker.line.kill, time.monotonic() + START_SECONDS, client.is_gone)
            try:
                with self._watch.over(run):
                    worker.get_ready()
            except FaultError as fault:
                self._end(worker)
                raise error_from(fault.payload) from fault
            except EndedError as ended:
                self._end(worker)
                if worker.line.image is None or run.verdict is not None:
                    raise _why(run.verdict, START_SECONDS) from ended
                worker = self._start_on_disk()  # the image has just ended
        return worker

    def _take(self) -> QueryProcess:
        """Return a process that lives and has the current release; a new one if none is free."""
        image = self._images.current()
        while (worker := self._idle()) is not None:
            if worker.line.image == image and worker.line.is_alive:
                return worker
            self._end(worker)
        return self._start(image)

    def _idle(self) -> QueryProcess | None:
        try:
            return self._free.get_nowait()
        except queue.Empty:
            return None

    def _start(self, image: Path | None) -> QueryProcess:
        """Start a process: a fork where the release is in memory, else one that reads the disk."""
        if image is not None:
            with suppress(OSError):  # it may just have given way to a newer one
                worker = QueryProcess(MemoryLine(image))
                self._on_change("memory", 1)
                return worker
        return self._start_on_disk()

    def _start_on_disk(self) -> QueryProcess:
        worker = QueryProcess(DiskLine(self._settings))
        self._on_change("disk", 1)
        return worker

    def _end(self, worker: QueryProcess) -> None:
        worker.end()
        self._on_change("disk" if worker.line.image is None else "memory", -1)


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
