"""A request → the query of the SPARQL 1.1 Protocol and its dataset, or the right refusal.

https://www.w3.org/TR/sparql11-protocol/#query-operation. It runs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Request

from perfgraph.text import Text
from perfgraph.web.errors import ForbiddenError
from perfgraph.web.problems import RequestError

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was asked."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None


def read_query(request: Request) -> Query | None:
    """Return the query of ``request``; ``None`` for a GET without any.

    Raises:
        RequestError: method, media type, charset or parameters are wrong.
        ForbiddenError: it is an update.
    """
    if request.method in ("GET", "HEAD"):
        if "query" not in request.args and "update" not in request.args:
            return None
        return _query(request, dict(request.args.lists()))
    media_type = request.mimetype
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if media_type not in (FORM, DIRECT, UPDATE):
        raise RequestError(
            415,
            Text(
                zh=f"不支持的媒体类型“{media_type[:60]}”",
                en=f"the media type '{media_type[:60]}' is not supported",
            ),
            advice=Text(zh=f"请用 {FORM} 或 {DIRECT}", en=f"send {FORM} or {DIRECT}"),
        )
    if charset not in ("utf-8", "utf8"):
        raise RequestError(
            415,
            Text(
                zh=f"不支持的字符集“{charset[:40]}”，请用 UTF-8",
                en=f"the charset '{charset[:40]}' is not supported; use UTF-8",
            ),
        )
    fields = dict(request.args.lists())
    if media_type == UPDATE:
        raise _update()
    if media_type == DIRECT:
        if "query" in fields:
            raise _doubled()
        fields["query"] = [_utf8(request.get_data())]
    else:
        _utf8(request.get_data(cache=True, parse_form_data=False))
        for name, values in request.form.lists():
            fields.setdefault(name, []).extend(values)
    return _query(request, fields)


def _query(request: Request, fields: dict[str, list[str]]) -> Query:
    if "update" in fields:
        raise _update()
    texts = fields.get("query", [])
    if not texts:
        raise RequestError(
            400,
            Text(zh="缺少参数 query", en="the parameter 'query' is missing"),
        )
    if len(texts) > 1:
        raise _doubled()
    return Query(
        texts[0],
        tuple(fields.get("default-graph-uri", ())),
        tuple(fields.get("named-graph-uri", ())),
        request.args.get("format") or fields.get("format", [None])[0],
    )


def _utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(
            400, Text(zh="请求正文不是 UTF-8", en="the body of the request is not UTF-8")
        ) from error


def _doubled() -> RequestError:
    return RequestError(
        400, Text(zh="参数 query 出现了多次", en="the parameter 'query' is given more than once")
    )


def _update() -> ForbiddenError:
    return ForbiddenError(
        Text(zh="本端点只读，不接受更新", en="this endpoint is read-only and takes no update"),
        advice=Text(
            zh="请用 perfgraph load 载入文件", en="load files with the command perfgraph load"
        ),
    )
