"""A request → the operation of the SPARQL 1.1 Protocol and its dataset, or the right refusal.

https://www.w3.org/TR/sparql11-protocol/#query-operation and #update-operation. It runs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from flask import Request
from pyoxigraph import NamedNode

from perfgraph.text import Text
from perfgraph.web.problems import RequestError

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"

Fields = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was asked."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """An update as it was sent."""

    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


def read_operation(request: Request) -> Query | UpdateRequest | None:
    """Return the operation of ``request``; ``None`` for a GET without any.

    Raises:
        RequestError: method, media type, charset or parameters are wrong.
    """
    _utf8(unquote_to_bytes(request.query_string))
    fields: Fields = dict(request.args.lists())
    if request.method in ("GET", "HEAD"):
        if "update" in fields:
            raise RequestError(
                400,
                Text(zh="更新不能用 GET", en="an update cannot be sent by GET"),
                advice=Text(zh=f"请用 POST，类型 {UPDATE}", en=f"send it by POST as {UPDATE}"),
            )
        return _query(request, fields) if "query" in fields else None
    media_type = _media_type(request)
    if media_type == FORM:
        _utf8(unquote_to_bytes(request.get_data(cache=True, parse_form_data=False)))
        for name, values in request.form.lists():
            fields.setdefault(name, []).extend(values)
    else:
        name = "query" if media_type == DIRECT else "update"
        if "query" in fields or "update" in fields:
            raise _doubled(name)
        fields[name] = [_utf8(request.get_data())]
    if "update" in fields:
        if "query" in fields:
            raise RequestError(
                400,
                Text(
                    zh="query 和 update 只能有一个",
                    en="there may be a query or an update, not both",
                ),
            )
        return _update(fields)
    return _query(request, fields)


def _media_type(request: Request) -> str:
    media_type = request.mimetype
    if media_type not in (FORM, DIRECT, UPDATE):
        raise RequestError(
            415,
            Text(
                zh=f"不支持的媒体类型“{media_type[:60]}”",
                en=f"the media type '{media_type[:60]}' is not supported",
            ),
            advice=Text(
                zh=f"请用 {FORM}、{DIRECT} 或 {UPDATE}", en=f"send {FORM}, {DIRECT} or {UPDATE}"
            ),
        )
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8"):
        raise RequestError(
            415,
            Text(
                zh=f"不支持的字符集“{charset[:40]}”，请用 UTF-8",
                en=f"the charset '{charset[:40]}' is not supported; use UTF-8",
            ),
        )
    return media_type


def _query(request: Request, fields: Fields) -> Query:
    return Query(
        _single(fields, "query"),
        _graphs(fields, "default-graph-uri"),
        _graphs(fields, "named-graph-uri"),
        request.args.get("format") or fields.get("format", [None])[0],
    )


def _update(fields: Fields) -> UpdateRequest:
    return UpdateRequest(
        _single(fields, "update"),
        _graphs(fields, "using-graph-uri"),
        _graphs(fields, "using-named-graph-uri"),
    )


def _single(fields: Fields, name: str) -> str:
    texts = fields.get(name, [])
    if not texts:
        raise RequestError(
            400, Text(zh=f"缺少参数 {name}", en=f"the parameter '{name}' is missing")
        )
    if len(texts) > 1:
        raise _doubled(name)
    return texts[0]


def _graphs(fields: Fields, name: str) -> tuple[str, ...]:
    graphs = fields.get(name, [])
    for graph in graphs:
        check_iri(graph, name)
    return tuple(graphs)


def check_iri(graph: str, name: str) -> None:
    """Refuse a parameter that is no absolute IRI.

    Raises:
        RequestError: it is none.
    """
    try:
        NamedNode(graph)
    except ValueError as error:
        raise RequestError(
            400,
            Text(
                zh=f"{name} 的值“{graph[:80]}”不是完整的 IRI",
                en=f"the value '{graph[:80]}' of {name} is no absolute IRI",
            ),
        ) from error


def _utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(400, Text(zh="请求不是 UTF-8", en="the request is not UTF-8")) from error


def _doubled(name: str) -> RequestError:
    return RequestError(
        400,
        Text(zh=f"参数 {name} 出现了多次", en=f"the parameter '{name}' is given more than once"),
    )
