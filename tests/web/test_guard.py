r"""What the guard lets through and what it refuses, judged by the engine itself.

A connection to port 9 is refused by the engine's own HTTP client before anything is sent, so an
``OSError`` is proof that the engine understood a text as a federated query.
"""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from perfgraph.errors import QueryError
from perfgraph.store.tokens import tokens
from perfgraph.web.errors import ForbiddenError, QuerySyntaxError, TooComplexError
from perfgraph.web.guard import Form, check
from perfgraph.web.settings import Limits

LIMITS = Limits()
U = "<http://127.0.0.1:9/>"

FINE = [
    'SELECT * { ?s ?p "SERVICE <http://a/> {}" }',
    "SELECT * { ?s ?p 'LOAD <http://a/>' }",
    "SELECT * { ?s ?p '''it''s\nSERVICE <http://a/> {}''' }",
    'SELECT * { ?s ?p """SERVICE "x" <http://a/> {}""" }',
    "SELECT * { ?s ?p ?o } # SERVICE <http://a/> {}",
    "# SERVICE\nSELECT * { ?s ?p ?o }",
    "SELECT * { ?s <http://a/SERVICE#LOAD> ?o }",
    "PREFIX service: <http://a/> SELECT * { ?s service:load ?o }",
    "PREFIX ex: <http://a/> SELECT * { ?s ex:service ?o }",
    "SELECT ?service $LOAD { ?service ?LOAD ?o }",
    "SELECT ?service ?o { ?service ?p ?o }",
    'SELECT * { ?s ?p "x"@service }',
    "SELECT * { _:service ?p ?o }",
    'SELECT * { ?s ?p "\\u0053ERVICE" }',
    "PREFIX a: <http://a/> SELECT * { VALUES (?x ?y) { (a:b <http://a/c#d>) } ?x ?y ?z }",
    "SELECT * { ?s ?p ?o FILTER(?s<?p && ?p>?o) }",
]
REFUSED = [
    f"SELECT * {{ SERVICE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ service{U}{{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICE SILENT {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICESILENT{U}{{ ?s ?p ?o }} }}",
    f"SELECT * {{ SeRvIcE # comment\n {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ BIND({U} AS ?u) SERVICE?u{{ ?s ?p ?o }} }}",
    f"SELECT * {{ \\u0053ERVICE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ \\U00000053\\u0045RVICE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p ?o #\\u000a SERVICE {U} {{}}\n}}",
    f"PREFIX ex: {U} SELECT * {{ SERVICEex:y {{ ?s ?p ?o }} }}",
    f"PREFIX : {U} SELECT * {{ service:y {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p trueSERVICE {U} {{}} }}",
    f"SELECT * {{ ?s ?p 1SERVICE {U} {{}} }}",
    f"SELECT * {{ ?s ?p ?o #\r SERVICE {U} {{}} }}",
    f"SELECT * {{ ?s ?p ?o FILTER(1<2)SERVICE#>\n{U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p ?o FILTER('a'<'x> ' ) SERVICE {U} {{}} # ' \n}}",
    f"SELECT * {{ {{ SELECT * {{ SERVICE {U} {{ ?s ?p ?o }} }} }} }}",
    f"SELECT * {{ FILTER EXISTS {{ SERVICE {U} {{ ?s ?p ?o }} }} }}",
]
PIECES = [
    "SERVICE", "service", "SERVICESILENT", " ", "\n", "\r", "#", "'", '"', "'''", "<", ">", "<'x>",
    "(", ")", "1", "FILTER(1<2)", "FILTER('a'<", "?a", "ex:a", "ex:", ".", "\\u0027", "\\u000a",
    "true", "?s ?p ?o", f"SERVICE {U} {{}}", f"SERVICE#>\n{U} {{}}", f"ex:SERVICE {U}",
    "@en", "\\'", "{", "}", "UNION", "a", "_:b", "||", "VALUES ?x {", "<#>", "OPTIONAL",
]  # fmt: skip


def connects(text: str) -> bool:
    """Return whether the engine opens a connection for ``text``."""
    store = Store()
    store.add(Quad(NamedNode("http://a/s"), NamedNode("http://a/p"), Literal("x")))
    try:
        answer = store.query(text)
        if hasattr(answer, "__iter__"):
            list(answer)
    except OSError:
        return True
    except (SyntaxError, ValueError, RuntimeError):
        return False
    return False


@pytest.mark.parametrize("text", FINE)
def test_the_words_are_free_where_they_are_no_keywords(text: str) -> None:
    Store().query(text)  # the engine takes it, so refusing it would be our fault
    assert check(text, LIMITS) is Form.SELECT


@pytest.mark.parametrize("text", REFUSED)
def test_connections_are_refused(text: str) -> None:
    with pytest.raises((ForbiddenError, QuerySyntaxError)) as caught:
        check(text, LIMITS)
    assert caught.value.spot is not None


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
@example(["FILTER('a'<", "'x> ' ) ", f"SERVICE {U} {{}}", " # ' \n"])
@example(["FILTER(1<2)", f"SERVICE#>\n{U} {{}}"])
def test_no_text_that_passes_makes_the_engine_connect(pieces: list[str]) -> None:
    text = f"PREFIX ex: {U} SELECT * {{ ?s ?p ?o {''.join(pieces)} }}"
    try:
        check(text, LIMITS)
    except QueryError:
        return
    assert not connects(text)


@given(st.text(max_size=200))
def test_tokens_never_overlap_and_keep_their_text(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert token.start >= end
        end = token.start + len(token.text)
        assert text[token.start : end] == token.text


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * " + "{" * 101 + "}" * 101,
        "SELECT * { FILTER(" + "(" * 200 + "1" + ")" * 200 + ") }",
        "ASK { FILTER(" + "!" * 1001 + "true) }",
        "ASK { " + "{} UNION " * 1001 + "{} }",
        "ASK { " + "?s ?p ?o . " * 201 + "}",
        "ASK { ?s ?p " + ", ".join("?o" for _ in range(202)) + " }",
        "ASK {} #" + "x" * 100_000,
    ],
)
def test_what_would_break_the_engine_is_refused(text: str) -> None:
    with pytest.raises(TooComplexError):
        check(text, LIMITS)


def test_many_values_are_no_complexity() -> None:
    rows = " ".join(f"({number} 'a')" for number in range(3000))
    assert check(f"SELECT * {{ VALUES (?x ?y) {{ {rows} }} }}", LIMITS) is Form.SELECT


@pytest.mark.parametrize("form", list(Form))
def test_the_form_is_the_first_keyword_after_the_prologue(form: Form) -> None:
    text = f"# ASK\nBASE <http://ask/> PREFIX select: <http://a/>\n{form.value.lower()} {{}}"
    assert check(text, LIMITS) is form


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <http://a/> <http://a/> 1 }",
        "PREFIX a: <http://a/> DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://a/>",
        "CLEAR ALL",
        "WITH <http://a/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(text: str) -> None:
    with pytest.raises(ForbiddenError):
        check(text, LIMITS)


@pytest.mark.parametrize("text", ["", "  # nothing", "hello", "“”", "\x00"])
def test_what_is_no_query_is_said_to_be_none(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        check(text, LIMITS)


LISTED = ("http://127.0.0.1:9/", "http://example.org/sparql")
ALLOWED = [
    f"SELECT * {{ SERVICE {U} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICE SILENT {U} {{ ?s ?p ?o }} }}",
    f"PREFIX ex: {U} SELECT * {{ SERVICE ex: {{ ?s ?p ?o }} }}",
    "BASE <http://example.org/> SELECT * { SERVICE <sparql> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("text", ALLOWED)
def test_listed_endpoints_may_be_asked(text: str) -> None:
    assert check(text, LIMITS, LISTED) is Form.SELECT
    with pytest.raises(ForbiddenError):
        check(text, LIMITS)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://example.org/other> { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://127.0.0.1:9/x> { ?s ?p ?o } }",
        f"SELECT * {{ BIND({U} AS ?u) SERVICE ?u {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE {U} {{ SERVICE <http://example.org/b> {{ ?s ?p ?o }} }} }}",
        "PREFIX ex: <http://a/> SELECT * { SERVICEex:b { ?s ?p ?o } }",
        f"SELECT * {{ \\u0053ERVICE {U} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE no:such {{ ?s ?p ?o }} }} # {U}",
    ],
)
def test_no_other_endpoint_may_be_asked(text: str) -> None:
    with pytest.raises((ForbiddenError, QuerySyntaxError)):
        check(text, LIMITS, LISTED)
