"""Routes that describe the service: VoID at its well-known place, service description on demand."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Response, current_app, request, url_for
from pyoxigraph import RdfFormat, Triple, serialize

from perfgraph.store.examples import example_triples
from perfgraph.web.answers import not_acceptable, rows_of, services
from perfgraph.web.description import PREFIXES, Addresses, service_triples, void_triples
from perfgraph.web.formats import GRAPHS, HTML, Format
from perfgraph.web.negotiation import negotiate
from perfgraph.web.statistics import Kept
from perfgraph.web.updates import access

blueprint = Blueprint("descriptions", __name__)

OFFERS = tuple(one for one in GRAPHS if one is not HTML)
_WITHOUT_PREFIXES = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS, RdfFormat.JSON_LD)


@blueprint.get("/.well-known/void")
def void() -> Response:
    """Describe the dataset with its classes, properties and numbers."""
    form = _format()
    _, release = rows_of("ASK {}")
    etag = f"{release or 'empty'}.{form.name}" if release else None
    if etag is not None and request.if_none_match.contains_weak(etag):
        response = Response(status=304)
    else:
        found = _kept().statistics(rows_of)
        response = _answer(void_triples(addresses(), found, release=release), form)
    if etag is not None:
        response.set_etag(etag)
    return _public(response)


def service_description(form: Format, *, history: bool) -> Response:
    """Return the description of an endpoint: what it can do, its graphs, its examples."""
    at = addresses()
    described = service_triples(
        at,
        _kept().graphs(rows_of, history=history),
        is_history=history,
        takes_updates=bool(access().tokens()),
        asks_others=bool(services()),
    )
    examples = example_triples(f"{at.endpoint}#", endpoint=at.endpoint, history=at.history)
    return _public(_answer([*described, *examples], form))


def addresses() -> Addresses:
    """Return where the parts of the service are seen."""
    return Addresses(
        endpoint=url_for("sparql.main", _external=True),
        history=url_for("sparql.history", _external=True),
        home=url_for("pages.start", _external=True),
        void=url_for("descriptions.void", _external=True),
    )


def _kept() -> Kept:
    found = current_app.extensions["perfgraph.statistics"]
    assert isinstance(found, Kept)
    return found


def _format() -> Format:
    form = negotiate(request.headers.get("Accept"), OFFERS, wanted=request.args.get("format"))
    if form is None:
        raise not_acceptable(OFFERS)
    return form


def _answer(triples: Iterable[Triple], form: Format) -> Response:
    assert form.graph is not None  # OFFERS are formats of graphs
    prefixes = None if form.graph in _WITHOUT_PREFIXES else PREFIXES
    body = serialize(triples, format=form.graph, prefixes=prefixes)
    return Response(body, content_type=form.content_type)


def _public(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept")
    return response
