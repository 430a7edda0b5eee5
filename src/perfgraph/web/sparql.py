"""Routes of the SPARQL endpoints: the current facts, and the history of all versions."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, make_response, render_template, request

from perfgraph.text import Text
from perfgraph.web.answers import limits, not_acceptable, response_to, rows_for, services
from perfgraph.web.asking import Ask
from perfgraph.web.descriptions import OFFERS, service_description
from perfgraph.web.formats import GRAPHS, HTML, RESULTS
from perfgraph.web.guard import check
from perfgraph.web.negotiation import negotiate
from perfgraph.web.problems import RequestError
from perfgraph.web.protocol import Query, UpdateRequest, read_operation
from perfgraph.web.updates import carry_out

blueprint = Blueprint("sparql", __name__)
METHODS = ["GET", "POST", "OPTIONS"]
_OFFERS = tuple(one for one in (*RESULTS, *GRAPHS) if one is not HTML)
"""What the form lets people choose, beside the page."""


@blueprint.route("/sparql", methods=METHODS)
def main() -> Response:
    """Answer a query over the current facts."""
    return _endpoint(history=False)


@blueprint.route("/history/sparql", methods=METHODS)
def history() -> Response:
    """Answer a query over all versions."""
    return _endpoint(history=True)


@blueprint.after_request
def allow_everyone(response: Response) -> Response:
    """Let pages of other sites read the answers: they are public, and nothing can be written."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = (
        "X-Perfgraph-Release, X-Perfgraph-Truncated, Retry-After"
    )
    response.vary.add("Accept")
    return response


def _endpoint(*, history: bool) -> Response:
    if request.method == "OPTIONS":
        return _preflight()
    query = read_operation(request)
    if query is None:
        return _form(history=history)
    if isinstance(query, UpdateRequest):
        if history:
            raise RequestError(
                400,
                Text(zh="历史数据只读", en="the history is read-only"),
                advice=Text(zh="更新请发往 /sparql", en="send updates to /sparql"),
            )
        return carry_out(query)
    form = check(query.text, limits(), services())
    offers = GRAPHS if form.is_graph else RESULTS
    chosen = negotiate(request.headers.get("Accept"), offers, wanted=query.format)
    if chosen is None:
        raise not_acceptable(offers)
    ask = Ask(
        query.text,
        format=chosen.name,
        rows=limits().rows_on_page,
        history=history,
        default_graphs=query.default_graphs,
        named_graphs=query.named_graphs,
    )
    if chosen is not HTML:
        return response_to(ask, chosen)
    return _page(query, ask, is_graph=form.is_graph)


def _page(query: Query, ask: Ask, *, is_graph: bool) -> Response:
    rows, _ = rows_for(replace(ask, format=""))
    return make_response(
        render_template(
            "sparql.html",
            query=query,
            rows=rows,
            history=ask.history,
            formats=[one for one in (GRAPHS if is_graph else RESULTS) if one is not HTML],
            offers=_OFFERS,
        )
    )


def _form(*, history: bool) -> Response:
    """Return a form for people, or the service description for programs."""
    offers = (*OFFERS, HTML)
    chosen = negotiate(request.headers.get("Accept"), offers, wanted=request.args.get("format"))
    if chosen is None:
        raise not_acceptable(offers)
    if chosen is not HTML:
        return service_description(chosen, history=history)
    page = render_template("sparql.html", query=None, rows=None, history=history, offers=_OFFERS)
    return make_response(page)


def _preflight() -> Response:
    response = Response(status=204)
    response.headers["Allow"] = "GET, HEAD, POST, OPTIONS"
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST"
    response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, Content-Type"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response
