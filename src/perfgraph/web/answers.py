"""A query → the response that carries its whole answer. The one way from HTTP to the engine.

An answer is kept until it is whole, in memory while it is small and in a file after that: so the
status is honest, nothing is ever cut, and a slow reader holds no query process.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO

from flask import Response, current_app

from perfgraph.text import Text
from perfgraph.web.asking import Answerer, Ask, Rows
from perfgraph.web.formats import Format
from perfgraph.web.problems import RequestError
from perfgraph.web.settings import Limits

KEPT_IN_MEMORY = 1 << 20
_CHUNK = 1 << 16


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


def response_to(ask: Ask, form: Format) -> Response:
    """Return the answer to ``ask`` as a response in ``form``.

    Raises:
        PerfgraphError: there is no answer.
    """
    kept = SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115  # closed with the response
    try:
        release = answerer().answer(ask, kept)
    except BaseException:
        kept.close()
        raise
    size = kept.tell()
    kept.seek(0)
    if size <= KEPT_IN_MEMORY:
        with kept:
            response = Response(kept.read(), content_type=form.content_type)
    else:
        response = Response(_chunks(kept), content_type=form.content_type)
        response.call_on_close(kept.close)
        response.content_length = size
    response.vary.add("Accept")
    if form.is_download:
        response.headers["Content-Disposition"] = f'attachment; filename="perfgraph.{form.suffix}"'
    if release:
        response.headers["X-Perfgraph-Release"] = release
    return response


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
    release = answerer().answer(ask, kept)
    return Rows.from_json(kept.getvalue()), release


def not_acceptable(offers: Sequence[Format]) -> RequestError:
    """Return the error that names the formats there are."""
    names = ", ".join(f"{offer.name} ({offer.media_type})" for offer in offers)
    return RequestError(
        406,
        Text(zh="没有可接受的结果格式", en="none of the result formats is acceptable"),
        advice=Text(zh=f"可选格式：{names}", en=f"there are: {names}"),
    )


def _chunks(kept: IO[bytes]) -> Iterator[bytes]:
    while chunk := kept.read(_CHUNK):
        yield chunk
