"""A ``sparql+http`` URL → the requests of the SPARQL 1.1 Protocol; what is asked is not its affair.

    sparql+http://HOST/PATH[?update=URL][&history=URL][&history-update=URL]

PATH is that of queries. Where the update service is not named, it is found by the habits of
servers: ``/`` and ``/query`` → ``/update`` (Oxigraph), ``/DS/query`` and ``/DS/sparql`` →
``/DS/update`` (Fuseki), ``/repositories/NAME`` → ``/repositories/NAME/statements`` (GraphDB and
RDF4J), else the same address (QLever, Virtuoso). ``history`` is the query address of a second
dataset for superseded documents. Addresses are relative to the first; user and password may stand
before HOST.
"""

from __future__ import annotations

import http.client
import re
import urllib.error
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit, urlunsplit

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)
from SPARQLWrapper import INSERT, POST, POSTDIRECTLY, SELECT, URLENCODED, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from perfgraph.errors import QueryError
from perfgraph.store.asking import form_of
from perfgraph.store.errors import LocationError, ServerError
from perfgraph.store.protocol import Result
from perfgraph.text import Text

SCHEME = "sparql+"
_ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
_TRIPLES = "application/n-triples, text/turtle;q=0.8"
_PARAMETERS = frozenset(("update", "history", "history-update"))


@dataclass(frozen=True, slots=True)
class Address:
    """Where a dataset is asked and changed."""

    query: str
    update: str
    user: str | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """The datasets behind a ``sparql+http`` URL.

    >>> Location.parse("sparql+http://localhost:7878").main.update
    'http://localhost:7878/update'
    >>> Location.parse("sparql+http://h/ds/query?history=/old/query").history.update
    'http://h/old/update'
    """

    main: Address
    history: Address | None = None

    @classmethod
    def parse(cls, url: str) -> Self:
        """Return the datasets that a URL names.

        Raises:
            LocationError: the URL is not of this form.
        """
        parts = urlsplit(url.removeprefix(SCHEME))
        options = dict(parse_qsl(parts.query, keep_blank_values=True))
        unknown = options.keys() - _PARAMETERS
        if parts.scheme not in ("http", "https") or not parts.hostname or unknown:
            raise LocationError(
                Text(zh=f"无法识别的库地址：{url}", en=f"no address of a store: {url}"),
                advice=Text(
                    zh="形式为 sparql+http://主机/路径?update=…&history=…",
                    en="its form is sparql+http://HOST/PATH?update=…&history=…",
                ),
            )
        host = parts.netloc.rpartition("@")[2]
        query = urlunsplit((parts.scheme, host, parts.path, "", ""))
        user = None if parts.username is None else unquote(parts.username)
        password = None if parts.password is None else unquote(parts.password)

        def address(asked: str, update: str | None) -> Address:
            asked, derived = _services(asked)
            changed = derived if update is None else urljoin(query, update)
            return Address(asked, changed, user, password)

        history = options.get("history")
        return cls(
            main=address(query, options.get("update")),
            history=None
            if history is None
            else address(urljoin(query, history), options.get("history-update")),
        )


def _services(url: str) -> tuple[str, str]:
    """Return the query and the update address that belong to a URL."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    update = path
    if not path:
        path, update = "/query", "/update"
    elif re.search(r"/(query|sparql)$", path) and path != "/sparql":
        update = f"{path.rpartition('/')[0]}/update"
    elif re.search(r"/repositories/[^/]+$", path):
        update = f"{path}/statements"
    return (
        urlunsplit(parts._replace(path=path)),
        urlunsplit(parts._replace(path=update)),
    )


class Endpoint:
    """A dataset on a server."""

    def __init__(self, address: Address) -> None:
        self._address = address

    @property
    def url(self) -> str:
        """Where it is asked."""
        return self._address.query

    def query(self, text: str, parameters: Mapping[str, Sequence[str]]) -> Result:
        """Answer a query; the whole answer is fetched before it is read.

        Raises:
            QueryError: it is no query, or the server says so.
            ServerError: the server cannot be reached, or sends no answer that can be read.
        """
        form = form_of(text)
        if form is None:
            raise QueryError(
                Text(
                    zh="不是 SPARQL 查询：没有 SELECT、ASK、CONSTRUCT 或 DESCRIBE",
                    en="no SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE expected",
                )
            )
        request = self._request(SELECT, text)
        # Not all forms at once: Virtuoso would give triples as rows.
        accepted = _ROWS if form in ("SELECT", "ASK") else _TRIPLES
        request.addCustomHttpHeader("Accept", accepted)
        for name, values in parameters.items():
            for value in values:
                request.addParameter(name, value)
        try:
            content, media_type, most = self._send(request)
        except QueryBadFormed as error:
            reason = _reason(error)
            raise QueryError(
                Text(zh=f"服务器拒绝了该查询：{reason}", en=f"the server refused it: {reason}")
            ) from error
        try:
            if most is not None and _row_count(_read(content, media_type)) >= most:
                raise self._cut(most)
            return _read(content, media_type)
        except (SyntaxError, ValueError) as error:
            raise self._failed(f"{media_type}: {error}") from error

    def update(self, text: str) -> None:
        """Carry out an update.

        Raises:
            ServerError: the server cannot be reached, or refuses.
        """
        try:
            self._send(self._request(INSERT, text))
        except QueryBadFormed as error:
            raise self._failed(_reason(error)) from error

    def _request(self, kind: str, text: str) -> SPARQLWrapper:
        request = SPARQLWrapper(self._address.query, updateEndpoint=self._address.update)
        # Not setQuery: it guesses the kind with regular expressions, and may guess wrong.
        request.queryString = text
        request.queryType = kind
        request.setMethod(POST)
        # A query as a form, for Virtuoso 7.2.5 never answers one that is the body itself;
        # an update as the body, for servers limit the size of forms.
        request.setRequestMethod(URLENCODED if kind == SELECT else POSTDIRECTLY)
        request.setOnlyConneg(True)
        if self._address.user is not None:
            request.setCredentials(self._address.user, self._address.password)
        return request

    def _send(self, request: SPARQLWrapper) -> tuple[bytes, str, int | None]:
        """Return the body of the answer, its media type, and at how many rows it may be cut."""
        try:
            with request.query().response as response:
                media_type = str(response.headers.get_content_type())
                most = str(response.headers.get("X-SPARQL-MaxRows", ""))  # Virtuoso
                most = str(response.headers.get("X-Perfgraph-Truncated", most))  # our own
                most = most.removeprefix("rows=")
                return response.read(), media_type, int(most) if most.isdecimal() else None
        except QueryBadFormed:
            raise
        except SPARQLWrapperException as error:
            raise self._failed(_reason(error)) from error
        except urllib.error.HTTPError as error:
            with error:
                raise self._failed(f"HTTP {error.code} {error.reason}") from error
        except (OSError, http.client.HTTPException) as error:
            raise self._failed(str(error)) from error

    def _cut(self, most: int) -> ServerError:
        return ServerError(
            Text(
                zh=f"SPARQL 服务器 {self.url} 把结果截断为 {most} 行",
                en=f"the SPARQL server {self.url} cuts answers at {most} rows",
            ),
            advice=Text(
                zh="请调高服务器的行数上限（Virtuoso 为 ResultSetMaxRows），或加较小的 LIMIT",
                en="raise the server's limit (Virtuoso: ResultSetMaxRows), or add a smaller LIMIT",
            ),
        )

    def _failed(self, reason: str) -> ServerError:
        return ServerError(
            Text(
                zh=f"SPARQL 服务器 {self.url} 请求失败：{reason}",
                en=f"the SPARQL server {self.url} failed: {reason}",
            ),
            advice=Text(
                zh="请检查地址、权限以及服务器是否在运行",
                en="check the address, the permissions, and whether the server runs",
            ),
        )


def _read(content: bytes, media_type: str) -> Result:
    results = QueryResultsFormat.from_media_type(media_type)
    if results is not None:
        answer: QuerySolutions | QueryBoolean = parse_query_results(content, results)
        return answer
    graph = RdfFormat.from_media_type(media_type)
    if graph is None:
        raise ValueError("no media type of an answer")
    return _triples(content, graph)


def _row_count(answer: Result) -> int:
    return sum(1 for _ in answer) if isinstance(answer, QuerySolutions) else 0


def _triples(content: bytes, form: RdfFormat) -> Iterator[Triple]:
    # All at once: a broken answer is an error here, not while it is being used.
    return iter([quad.triple for quad in list(parse(content, form))])


def _reason(error: SPARQLWrapperException) -> str:
    return str(error).partition("Response:\n")[2].strip("b'\"") or str(error)
