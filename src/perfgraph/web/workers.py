"""A pool of query processes: a question goes to a free one and is killed at its deadline.

Processes are started, never forked, and stay for the next question. The pool may be used by many
threads; it knows no HTTP and no SPARQL.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from perfgraph.errors import PerfgraphError, QueryError
from perfgraph.store.writing import errors as writing
from perfgraph.text import Text
from perfgraph.web import errors
from perfgraph.web.asking import Ask
from perfgraph.web.errors import (
    BusyError,
    CrashedError,
    DeadlineError,
    RefusedError,
    Spot,
    UnavailableError,
)
from perfgraph.web.frames import FrameKind, read_frame, write_frame
from perfgraph.web.settings import SECRETS, Settings

START_SECONDS = 30.0


class _EndedError(Exception):
    """The process has closed its pipe."""


class _LateError(Exception):
    """The deadline has passed."""


class _Worker:
    """One query process and its two pipes; used by one thread at a time."""

    def __init__(self, settings: Settings) -> None:
        limits = settings.limits
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "perfgraph.web.worker",
                settings.store,
                str(limits.result_bytes),
                str(limits.seconds),
                str(limits.memory_bytes),
                "open" if settings.services else "closed",
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if name not in SECRETS},
        )
        self._ready = False

    def ask(self, ask: Ask, output: IO[bytes], seconds: float) -> str:
        """Write the answer to ``output``; return the release.

        Raises:
            _LateError: the deadline has passed; the process is killed.
            _EndedError: the process has ended by itself.
            PerfgraphError: the process says that there is no answer.
        """
        if not self._ready:
            with self._killed_after(START_SECONDS):
                kind, payload = self._frame()
                if kind is FrameKind.FAULT:
                    raise error_from(payload)
            self._ready = True
        with self._killed_after(seconds):
            try:
                assert self._process.stdin is not None
                write_frame(self._process.stdin, FrameKind.ASK, ask.to_json())
            except BrokenPipeError as error:
                raise _EndedError from error
            while True:
                kind, payload = self._frame()
                if kind is FrameKind.DATA:
                    output.write(payload)
                elif kind is FrameKind.FAULT:
                    raise error_from(payload)
                else:
                    return payload.decode()

    @contextmanager
    def _killed_after(self, seconds: float) -> Iterator[None]:
        """Kill the process when the block takes longer; its pipe ends then, and so does a read."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            yield
        except _EndedError as error:
            if late.is_set():
                raise _LateError from error
            raise
        finally:
            timer.cancel()
            if late.is_set():
                self._process.wait()

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End the process at once and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:  # what was still to be written has no reader
                    continue

    def _frame(self) -> tuple[FrameKind, bytes]:
        assert self._process.stdout is not None
        frame = read_frame(self._process.stdout)
        if frame is None:
            raise _EndedError
        return frame


class WorkerPool:
    """Answers questions in processes that can be killed; see ``Answerer``."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._free: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._waiting = threading.BoundedSemaphore(2 * settings.query_processes)
        for _ in range(settings.query_processes):
            self._free.put(None)  # started when first needed

    def answer(self, ask: Ask, output: IO[bytes]) -> str:
        """Write the whole answer to ``output``; return the release that gave it."""
        limits = self._settings.limits
        worker = self._take()
        keep = False
        try:
            if worker is None or not worker.is_alive:
                self._end(worker)
                worker = _Worker(self._settings)
            release = worker.ask(ask, output, limits.seconds)
            keep = True
            return release
        except QueryError:
            keep = True
            raise
        except _LateError as late:
            raise _deadline(limits.seconds) from late
        except _EndedError as ended:
            raise _crashed() from ended
        finally:
            if not keep:  # late, ended, without a store, or with half an answer in its pipe
                self._end(worker)
                worker = None
            self._free.put(worker)

    def close(self) -> None:
        """End all processes that are free."""
        while True:
            try:
                worker = self._free.get_nowait()
            except queue.Empty:
                return
            self._end(worker)

    def _take(self) -> _Worker | None:
        if not self._waiting.acquire(blocking=False):
            raise _busy()
        try:
            return self._free.get(timeout=self._settings.limits.queue_seconds)
        except queue.Empty as error:
            raise _busy() from error
        finally:
            self._waiting.release()

    @staticmethod
    def _end(worker: _Worker | None) -> None:
        if worker is not None:
            worker.kill()


def error_from(payload: bytes) -> PerfgraphError:
    """Return the error that a query process has met."""
    fields = json.loads(payload)
    zh, en = fields["message"]
    advice = Text(*fields["advice"]) if fields["advice"] else None
    spot = Spot(*fields["spot"]) if fields["spot"] else None
    kind = getattr(errors, fields["type"], None) or getattr(writing, fields["type"], None)
    if fields["type"] == "StoreBusyError":
        return _busy()
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


def _busy() -> BusyError:
    return BusyError(
        Text(zh="服务器正忙，查询未执行", en="the server is busy; the query was not run"),
        advice=Text(zh="请稍后再试", en="try again in a few seconds"),
    )


def _crashed() -> CrashedError:
    return CrashedError(
        Text(
            zh="查询耗尽了内存或使引擎中止，已终止",
            en="the query used up its memory or stopped the engine",
        ),
        advice=Text(zh="请拆成几个较小的查询", en="split it into smaller queries"),
    )
