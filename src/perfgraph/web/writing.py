"""A write that was allowed → its outcome: in a process of its own that can be killed, or here.

Writes are rare and a killed one leaves the old release, so each has a new process.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import RdfFormat

from perfgraph.store import Store
from perfgraph.store.report import Written
from perfgraph.store.writing import Condition, Edit, Part, Put, Remove, Update
from perfgraph.store.writing.errors import UpdateSyntaxError
from perfgraph.text import Text
from perfgraph.web.errors import BusyError, DeadlineError
from perfgraph.web.faults import explain
from perfgraph.web.settings import SECRETS, Settings
from perfgraph.web.workers import error_from

CHANGED, FAILED = 0, 3


@dataclass(frozen=True, slots=True)
class Order:
    """A write and whose it is, as bytes between processes."""

    edit: Edit
    who: str

    def to_json(self) -> bytes:
        """Return the order as bytes."""
        match self.edit:
            case Put() as put:
                fields: dict[str, object] = {
                    "graph": put.graph,
                    "parts": [
                        [base64.b64encode(part.content).decode(), part.form.media_type]
                        for part in put.parts
                    ],
                    "is_merge": put.is_merge,
                    "base": put.base,
                    "condition": _condition_fields(put.condition),
                }
            case Remove() as remove:
                fields = {
                    "graph": remove.graph,
                    "condition": _condition_fields(remove.condition),
                }
            case Update() as update:
                fields = {
                    "text": update.text,
                    "using": update.using,
                    "using_named": update.using_named,
                    "base": update.base,
                }
            case other:
                raise TypeError(f"no write: {other!r}")
        kind = type(self.edit).__name__
        return json.dumps({"kind": kind, "who": self.who, "fields": fields}).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Order:
        """Return the order that ``to_json`` wrote."""
        content = json.loads(data)
        fields = content["fields"]
        if "condition" in fields:
            states = fields["condition"]["states"]
            fields["condition"] = Condition(
                None if states is None else tuple(states), fields["condition"]["is_absent"]
            )
        edit: Edit
        match content["kind"]:
            case "Put":
                edit = Put(parts=tuple(map(_part, fields.pop("parts"))), **fields)
            case "Remove":
                edit = Remove(**fields)
            case _:
                fields["using"] = tuple(fields["using"])
                fields["using_named"] = tuple(fields["using_named"])
                edit = Update(**fields)
        return cls(edit, content["who"])


def _part(fields: list[str]) -> Part:
    form = RdfFormat.from_media_type(fields[1])
    assert form is not None  # to_json wrote it
    return Part(base64.b64decode(fields[0]), form)


def _condition_fields(condition: Condition) -> dict[str, object]:
    return {"states": condition.states, "is_absent": condition.is_absent}


class Writer(Protocol):
    """Carries writes out."""

    def write(self, order: Order) -> Written:
        """Carry a write out.

        Raises:
            PerfgraphError: it is not carried out; nothing is changed.
        """


class OwnWriter:
    """Writes in the calling thread, to a store of the caller's; for tests and notebooks."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def write(self, order: Order) -> Written:
        """Carry a write out; see ``Writer``."""
        return carry_out(self._store, order)


class WriterProcess:
    """Writes in a new process, which is killed at the deadline."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def write(self, order: Order) -> Written:
        """Carry a write out; see ``Writer``."""
        limits = self._settings.limits
        command = [
            *(sys.executable, "-m", "perfgraph.web.writer"),
            *(self._settings.store, str(limits.queue_seconds)),
        ]
        try:
            done = subprocess.run(
                command,
                input=order.to_json(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=limits.write_seconds,
                env=without_secrets(),
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise _late(limits.write_seconds) from error
        if done.returncode == FAILED:
            raise error_from(done.stdout)
        if done.returncode != CHANGED:
            raise _ended()
        return written_from(done.stdout)


def carry_out(store: Store, order: Order) -> Written:
    """Write to a store; a syntax error is explained.

    Raises:
        PerfgraphError: it is not carried out.
    """
    try:
        return store.write(order.edit, who=order.who)
    except UpdateSyntaxError as error:
        raise explain(error.text, error.said, is_update=True) from error


def written_to_json(written: Written) -> bytes:
    """Return what a write has done as bytes; ``written_from`` gives it back."""
    return json.dumps(
        {
            "graphs": written.graphs,
            "created": written.created,
            "states": written.states,
            "release": written.release,
        }
    ).encode()


def written_from(data: bytes) -> Written:
    """Return what ``written_to_json`` wrote."""
    content = json.loads(data)
    graphs = {graph: (added, removed) for graph, (added, removed) in content["graphs"].items()}
    return Written(graphs, tuple(content["created"]), content["states"], content["release"])


def without_secrets() -> dict[str, str]:
    """Return the environment for a process that has no need of tokens."""
    return {name: value for name, value in os.environ.items() if name not in SECRETS}


def _late(seconds: float) -> DeadlineError:
    return DeadlineError(
        Text(
            zh=f"写入在 {seconds:g} 秒内没有完成，已终止，没有改动",
            en=f"the write did not finish in {seconds:g} seconds; it was stopped, nothing changed",
        ),
        advice=Text(zh="请分成几次写入", en="write in several parts"),
    )


def _ended() -> BusyError:
    return BusyError(
        Text(zh="写入中断，没有改动", en="the write broke off; nothing changed"),
        advice=Text(zh="请分成几次写入，或稍后再试", en="write in several parts, or try again"),
    )
