"""A query → the response that carries its whole answer. The one way from HTTP to the engine.

An answer is kept until it is whole, in memory while it is small and in a file after that: so the
status is honest, a cut to the limits is told in front, and a slow reader holds no query process.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO

from flask import Response, current_app, request

from perfgraph.text import Text
from perfgraph.web.asking import Answered, Answerer, Ask, Rows
from perfgraph.web.cache import Cache, Kept, is_steady, tag_of
from perfgraph.web.clients import RequestClient
from perfgraph.web.counting import counted, looked_up, note
from perfgraph.web.cutting import mark
from perfgraph.web.formats import Format
from perfgraph.web.problems import RequestError
from perfgraph.web.settings import Limits

KEPT_IN_MEMORY = 1 << 20
_CHUNK = _LONGEST_HEAD = 1 << 16


def limits() -> Limits:
    """Return the limits of the running application."""
    found = current_app.extensions["perfgraph.limits"]
    assert isinstance(found, Limits)
    return found


def services() -> tuple[str, ...]:
    """Return the endpoints that SERVICE may ask in the running application."""
    found: tuple[str, ...] = current_app.extensions["perfgraph.services"]
    return found


def answerer() -> Answerer:
    """Return what answers the questions of the running application."""
    found: Answerer = current_app.extensions["perfgraph.answerer"]
    return found


def cache() -> Cache:
    """Return the answers that the running application keeps."""
    found = current_app.extensions["perfgraph.cache"]
    assert isinstance(found, Cache)
    return found


def response_to(ask: Ask, form: Format) -> Response:
    """Return the answer to ``ask`` as a response in ``form``.

    Raises:
        PerfgraphError: there is no answer.
    """
    if _is_known(ask):
        note(ask, "known")
        response = Response(status=304)
        response.set_etag(tag_of(answerer().release(), ask))
        response.vary.add("Accept")
        return response
    kept = SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115  # closed with the response
    try:
        answered = ask_engine(ask, kept)
    except BaseException:
        kept.close()
        raise
    size = kept.tell()
    kept.seek(0)
    start = b""
    if answered.rows is not None:
        former = kept.read(_LONGEST_HEAD)
        start = mark(former, form.name, answered.rows)
        size += len(start) - len(former)
    if size <= KEPT_IN_MEMORY:
        with kept:
            response = Response(start + kept.read(), content_type=form.content_type)
    else:
        response = Response(_chunks(start, kept), content_type=form.content_type)
        response.call_on_close(kept.close)
        response.content_length = size
    if answered.release and is_steady(ask):
        response.set_etag(tag_of(answered.release, ask))
        response.headers["Cache-Control"] = "no-cache"  # keep it, and ask whether it still holds
    response.vary.add("Accept")
    if form.is_download:
        response.headers["Content-Disposition"] = f'attachment; filename="perfgraph.{form.suffix}"'
    if answered.release:
        response.headers["X-Perfgraph-Release"] = answered.release
    if answered.rows is not None:
        response.headers["X-Perfgraph-Truncated"] = f"rows={answered.rows}"
    return response


def _is_known(ask: Ask) -> bool:
    """Return whether the client has the answer already, compressed or not."""
    known = {one.partition("-")[0] for one in request.if_none_match.as_set(include_weak=True)}
    if not known or not is_steady(ask):
        return False
    release = answerer().release()
    return bool(release) and tag_of(release, ask) in known


def ask_engine(ask: Ask, output: IO[bytes]) -> Answered:
    """Write the answer to a question of the current client.

    Raises:
        PerfgraphError: there is no answer, or the client has used up its time.
    """
    kept = cache()
    release = answerer().release() if is_steady(ask) else ""
    if release:
        found = kept.get(release, ask)
        looked_up(is_hit=found is not None)
        if found is not None:
            note(ask, "cached")
            output.write(found.body)
            return found.answered
    with counted(ask):
        client = RequestClient(limits())
        client.check()
        answered = answerer().answer(ask, output, client=client)
    if release and answered.release and output.tell() <= KEPT_IN_MEMORY:
        output.seek(0)
        kept.put(ask, Kept(output.read(), answered))
    return answered


def rows_of(text: str, *, history: bool = False, rows: int | None = None) -> tuple[Rows, str]:
    """Return the first rows of an answer and the release, for a page.

    Raises:
        PerfgraphError: there is no answer.
    """
    limit = limits().rows_on_page if rows is None else rows
    return rows_for(Ask(text, rows=limit, history=history))


def rows_for(ask: Ask) -> tuple[Rows, str]:
    """Return the rows of ``ask`` and the release.

    Raises:
        PerfgraphError: there is no answer.
    """
    kept = io.BytesIO()
    answered = ask_engine(ask, kept)
    return Rows.from_json(kept.getvalue()), answered.release


def not_acceptable(offers: Sequence[Format]) -> RequestError:
    """Return the error that names the formats there are."""
    names = ", ".join(f"{offer.name} ({offer.media_type})" for offer in offers)
    return RequestError(
        406,
        Text(zh="没有可接受的结果格式", en="none of the result formats is acceptable"),
        advice=Text(zh=f"可选格式：{names}", en=f"there are: {names}"),
    )


def _chunks(start: bytes, kept: IO[bytes]) -> Iterator[bytes]:
    yield start
    while chunk := kept.read(_CHUNK):
        yield chunk
