"""Routes of the Graph Store Protocol: graphs read and written as wholes, directly and indirectly.

https://www.w3.org/TR/sparql11-http-rdf-update/. A graph is named by ``?graph=IRI``, by ``?default``
(the real default graph, not the union), or is the address itself: ``/store/anything``.
"""

from __future__ import annotations

import io
import secrets
from urllib.parse import urljoin

from flask import Blueprint, Response, request
from pyoxigraph import RdfFormat
from werkzeug.datastructures import ETags

from perfgraph.store.writing import EMPTY, Condition, Part, Put, Remove
from perfgraph.store.writing.graphs import no_such_graph
from perfgraph.text import Text
from perfgraph.web.answers import ask_engine, limits, not_acceptable, response_to
from perfgraph.web.asking import Ask
from perfgraph.web.formats import GRAPHS, HTML, Format
from perfgraph.web.negotiation import negotiate
from perfgraph.web.problems import RequestError
from perfgraph.web.protocol import check_iri
from perfgraph.web.updates import authorized, report, writer
from perfgraph.web.writing import Order

blueprint = Blueprint("store", __name__)

OFFERS = tuple(one for one in GRAPHS if one is not HTML)
MULTIPART = "multipart/form-data"
METHODS = ["GET", "PUT", "POST", "DELETE", "OPTIONS"]
_CONTENT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_MOST_PARTS = 100


@blueprint.route("/store", methods=METHODS)
@blueprint.route("/store/<path:name>", methods=METHODS)
def graph(name: str | None = None) -> Response:
    """Read or write one graph."""
    if request.method == "OPTIONS":
        return _preflight()
    named = _graph(name)
    if request.method in ("GET", "HEAD"):
        return _read(_needed(named))
    who = authorized()
    if request.method == "DELETE":
        edit = Remove(_needed(named), _condition())
        return report(writer().write(Order(edit, who)), 200)
    request.max_content_length = request.max_form_memory_size = limits().upload_bytes
    if request.method == "PUT":
        return _put(_needed(named), who)
    return _post(named, who)


@blueprint.after_request
def allow_everyone_to_read(response: Response) -> Response:
    """Let pages of other sites read graphs; they cannot write, for they may send no token."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, X-Perfgraph-Release"
    response.vary.add("Accept")
    return response


def _graph(name: str | None) -> str | None:
    """Return the graph that the request is about: its IRI, "" for the default one, or ``None``."""
    graphs, is_default = request.args.getlist("graph"), "default" in request.args
    if len(graphs) + is_default + (name is not None) > 1:
        raise RequestError(
            400, Text(zh="请求只能指定一个图", en="a request is about one graph only")
        )
    if name is not None:
        return request.base_url
    if is_default:
        return ""
    if not graphs:
        return None
    iri = urljoin(request.base_url, graphs[0]) if graphs[0] else ""
    check_iri(iri, "graph")
    return iri


def _needed(named: str | None) -> str:
    if named is None:
        raise RequestError(
            400,
            Text(zh="没有指定图", en="no graph is named"),
            advice=Text(zh="请加 ?graph=IRI 或 ?default", en="add ?graph=IRI or ?default"),
        )
    return named


def _read(named: str) -> Response:
    form = negotiate(request.headers.get("Accept"), OFFERS, wanted=request.args.get("format"))
    if form is None:
        raise not_acceptable(OFFERS)
    kept = io.BytesIO()
    ask_engine(Ask(named, kind="state"), kept)
    state = kept.getvalue().decode() or (EMPTY if named == "" else "")
    if not state:
        raise no_such_graph(named)
    etag = f"{state}.{form.name}"
    if _knows(request.if_none_match, etag):
        response = Response(status=304)
    else:
        response = response_to(
            Ask(_CONTENT, form.name, default_graphs=(named,), must_be_whole=True), form
        )
    response.set_etag(etag)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _knows(etags: ETags, etag: str) -> bool:
    """Return whether a client has an answer, compressed or not."""
    if not request.headers.get("If-None-Match"):
        return False
    known = {one.partition("-")[0] for one in etags.as_set(include_weak=True)}
    return etags.star_tag or etag in known


def _condition() -> Condition:
    """Return which state of the graph the client has seen: an ETag up to its dot."""
    states = None
    if "If-Match" in request.headers:
        etags = request.if_match
        # a weak one, or none at all, fits no state
        known = sorted(one.partition(".")[0] for one in etags.as_set()) or ["-"]
        states = () if etags.star_tag else tuple(known)
    is_absent = "If-None-Match" in request.headers and request.if_none_match.star_tag
    return Condition(states, is_absent)


def _put(named: str, who: str) -> Response:
    edit = Put(named, _parts(), condition=_condition(), base=named or request.base_url)
    written = writer().write(Order(edit, who))
    if written.created:
        return report(written, 201)
    return _nothing(written.release)


def _post(named: str | None, who: str) -> Response:
    graph, condition = named, _condition()
    if graph is None:
        graph = f"{request.base_url}/{secrets.token_hex(8)}"
        condition = Condition(is_absent=True)
    edit = Put(graph, _parts(), True, condition, base=graph or request.base_url)
    written = writer().write(Order(edit, who))
    if not written.graphs:
        return _nothing(written.release)
    response = report(written, 201 if written.created else 200)
    if named is None:
        response.headers["Location"] = graph
    return response


def _nothing(release: str) -> Response:
    response = Response(status=204)
    response.headers["X-Perfgraph-Release"] = release
    return response


def _parts() -> tuple[Part, ...]:
    """Return what was sent: the body, or the files of a form."""
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise _unsupported(request.headers["Content-Encoding"])
    if request.mimetype != MULTIPART:
        form = _format(request.mimetype, request.mimetype_params.get("charset"))
        return (Part(request.get_data(), form),)
    files = [one for _, one in request.files.items(multi=True)]
    if not 0 < len(files) <= _MOST_PARTS:
        raise RequestError(
            400,
            Text(
                zh=f"表单中应有 1 至 {_MOST_PARTS} 个文件",
                en=f"the form must have 1 to {_MOST_PARTS} files",
            ),
        )
    parts = []
    for file in files:
        suffix = (file.filename or "").rpartition(".")[2].lower()
        by_suffix = {one.suffix: one for one in OFFERS}
        known = by_suffix.get(suffix) if _called(file.mimetype) is None else None
        charset = file.mimetype_params.get("charset")
        found = known.graph if known is not None else _format(file.mimetype, charset)
        assert found is not None  # every format of graphs has one
        parts.append(Part(file.read(), found))
    return tuple(parts)


def _format(media_type: str, charset: str | None) -> RdfFormat:
    if charset is not None and charset.lower() not in ("utf-8", "utf8"):
        raise _unsupported(f"{media_type}; charset={charset}")
    found = _called(media_type)
    if found is None or found.graph is None:
        raise _unsupported(media_type)
    return found.graph


def _called(media_type: str) -> Format | None:
    for one in OFFERS:
        if media_type == one.media_type or media_type in one.aliases:
            return one
    return None


def _unsupported(what: str) -> RequestError:
    listed = ", ".join(one.media_type for one in OFFERS)
    return RequestError(
        415,
        Text(zh=f"不支持的内容类型“{what[:80]}”", en=f"the content '{what[:80]}' is not supported"),
        advice=Text(zh=f"可用类型：{listed}，UTF-8", en=f"there are: {listed}, in UTF-8"),
    )


def _preflight() -> Response:
    response = Response(status=204)
    response.headers["Allow"] = "GET, HEAD, PUT, POST, DELETE, OPTIONS"
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
    response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response
