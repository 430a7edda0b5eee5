"""Errors → answers with a status: ``application/problem+json`` for programs, a page for people.

It never shows a traceback, a path or a version.
"""

from __future__ import annotations

import json
import math

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from perfgraph.errors import PerfgraphError, QueryError
from perfgraph.questions.errors import UnknownQuestionError
from perfgraph.store.writing import errors as writing
from perfgraph.text import Text
from perfgraph.web import errors
from perfgraph.web.formats import HTML, Format
from perfgraph.web.language import page_language
from perfgraph.web.negotiation import negotiate

PROBLEM = Format("problem", "application/problem+json", ("application/json",))
_STATUS: dict[type[PerfgraphError], int] = {
    errors.DeadlineError: 503,
    errors.BusyError: 503,
    errors.CrashedError: 503,
    errors.BudgetError: 429,
    errors.ClientGoneError: 499,
    errors.UnavailableError: 503,
    errors.TooLargeError: 413,
    errors.EvaluationError: 400,
    writing.ManagedGraphError: 403,
    writing.RepeatedTripleError: 409,
    writing.NotRdfError: 400,
    writing.ChangedMeanwhileError: 412,
    writing.NoSuchGraphError: 404,
    writing.UpdateError: 400,
    writing.NoWritesError: 501,
    UnknownQuestionError: 404,
}
_SENTENCES = {
    400: Text(zh="请求有误", en="the request is malformed"),
    404: Text(zh="没有这个页面", en="there is no such page"),
    401: Text(zh="需要令牌", en="a token is needed"),
    405: Text(zh="此地址不支持该方法", en="this address does not take that method"),
    413: Text(zh="请求过大", en="the request is too large"),
    500: Text(zh="服务器内部错误", en="something went wrong in the server"),
}


class RequestError(QueryError):
    """The request is not as the SPARQL Protocol wants it; ``status`` says how."""

    code = "PG440"

    def __init__(
        self, status: int, message: Text, *, advice: Text | None = None, allow: str = ""
    ) -> None:
        super().__init__(message, advice=advice)
        self.status = status
        self.allow = allow


def status_of(error: PerfgraphError) -> int:
    """Return the HTTP status for ``error``."""
    if isinstance(error, RequestError | errors.RefusedError):
        return error.status
    for kind, status in _STATUS.items():
        if isinstance(error, kind):
            return status
    return 400 if isinstance(error, QueryError) else 500


def respond(error: PerfgraphError) -> Response:
    """Return the answer to a request that met ``error``."""
    status = status_of(error)
    spot = error.spot if isinstance(error, errors.RefusedError) else None
    response = _response(status, error.message, error.advice, error.code, spot)
    if isinstance(error, errors.BudgetError):
        response.headers["Retry-After"] = str(math.ceil(error.seconds))
    elif status == 503:
        response.headers["Retry-After"] = "5"
    if isinstance(error, errors.UnauthorizedError):
        response.headers["WWW-Authenticate"] = 'Bearer realm="perfgraph"'
    if isinstance(error, RequestError) and error.allow:
        response.headers["Allow"] = error.allow
    return response


def _response(
    status: int,
    message: Text,
    advice: Text | None,
    code: str,
    spot: errors.Spot | None,
) -> Response:
    language = page_language()
    wanted = request.args.get("format")
    form = negotiate(request.headers.get("Accept"), (PROBLEM, HTML))
    if wanted:
        form = negotiate(None, (PROBLEM, HTML), wanted=wanted) or PROBLEM
    if form is HTML:
        response = Response(
            render_template(
                "problem.html",
                status=status,
                message=message,
                advice=advice,
                code=code,
                spot=spot,
            ),
            status,
        )
    else:
        problem: dict[str, str | int] = {
            "type": "about:blank",
            "title": message.pick(language),
            "status": status,
            "code": code,
        }
        if advice is not None:
            problem["detail"] = advice.pick(language)
        if spot is not None:
            problem |= {"line": spot.line, "column": spot.column, "excerpt": spot.excerpt}
        body = json.dumps(problem, ensure_ascii=False) + "\n"
        response = Response(body, status, content_type=PROBLEM.media_type)
    response.headers["Content-Language"] = language
    response.vary.update(("Accept", "Accept-Language"))
    return response


def register(app: Flask) -> None:
    """Let ``app`` answer every error in this way."""

    @app.errorhandler(PerfgraphError)
    def perfgraph_error(error: PerfgraphError) -> Response:
        return respond(error)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        status = error.code or 500
        if status < 400:
            return Response(error.get_response().get_data(), status, error.get_headers())
        response = _response(
            status, _SENTENCES.get(status, _SENTENCES[400 if status < 500 else 500]), None, "", None
        )
        for name, value in error.get_headers():
            if name == "Allow":
                response.headers[name] = value
        return response
