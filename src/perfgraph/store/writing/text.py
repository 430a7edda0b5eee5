"""The text of a SPARQL update → what it may touch, and the same with another dataset. Pure.

It works on tokens; the engine checks the grammar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pyoxigraph import NamedNode

from perfgraph.store.asking import resolve
from perfgraph.store.grammar import functions, keywords
from perfgraph.store.tokens import Kind, Token, decoded, tokens
from perfgraph.store.writing.errors import UpdateError
from perfgraph.text import Text

_BEFORE_A_GRAPH = frozenset(["GRAPH", "WITH", "TO", "INTO", "ADD", "MOVE", "COPY", "SILENT"])
_NAMES = (Kind.IRI, Kind.PREFIXED)


@dataclass(frozen=True, slots=True)
class Touched:
    """The graphs that an update may change; all of them when a variable or ALL names them."""

    graphs: frozenset[str]
    is_all: bool


def touched(text: str, *, base: str | None = None) -> Touched:
    """Return what an update may change, beside the default graph.

    Whatever cannot be told for certain counts as all: a graph that a variable names, a keyword that
    is written without the blank after it, a character that is written as an escape, a prefix that
    is declared twice.

    >>> sorted(touched("INSERT DATA { GRAPH <http://e/g> {} } ; DROP GRAPH <http://e/h>").graphs)
    ['http://e/g', 'http://e/h']
    >>> touched("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }").is_all
    True
    >>> touched("INSERT { ?s a 1 } WHERE { GRAPH ?g { ?s ?p ?o } }").is_all
    False

    Raises:
        SyntaxError: a graph's name is no IRI, or has an undeclared prefix.
    """
    read = list(tokens(text))
    if not _is_plain(text, read):
        return Touched(frozenset(), is_all=True)
    named: list[str] = []
    is_all = is_template = False
    depth = 0
    former = ""
    for token in read:
        word = token.text.upper() if token.kind is Kind.WORD else token.text
        depth += {"{": 1, "}": -1}.get(word, 0)
        if depth == 0 and word in ("DELETE", "INSERT"):
            is_template = True
        elif depth == 0 and word == "WHERE":
            is_template = former == "DELETE"  # DELETE WHERE has one block, which is both
        elif depth == 0 and word in ("ALL", "NAMED"):
            is_all = is_all or former in ("CLEAR", "DROP", "SILENT")
        elif former in _BEFORE_A_GRAPH and token.kind in _NAMES:
            named.append(token.text)
        elif former == "GRAPH" and token.kind is Kind.VARIABLE and is_template:
            is_all = True
        former = word
    return Touched(frozenset(resolve(text, named, base=base)), is_all)


def _is_plain(text: str, read: Sequence[Token]) -> bool:
    """Return whether an update is written so that tokens tell what it means.

    The engine is more lenient: it takes ``GRAPHex:g`` for ``GRAPH ex:g`` where the prefix
    ``GRAPHex`` is not declared, and ``CLEARALL`` for ``CLEAR ALL``.
    """
    words = [token.text.upper() for token in read if token.kind is Kind.WORD]
    known = keywords() | functions().keys() | {"A"}
    declared = [
        name.text
        for word, name in pairwise(read)
        if word.text.upper() == "PREFIX" and name.kind is Kind.PREFIXED
    ]
    used = {f"{token.text.partition(':')[0]}:" for token in read if token.kind is Kind.PREFIXED}
    return (
        decoded(text) == text
        and known.issuperset(words)
        and len(set(declared)) == len(declared)
        and words.count("BASE") <= 1
        and used <= {*declared, "_:"}
        and not any(token.kind is Kind.BROKEN or token.doubtful for token in read)
    )


def with_dataset(text: str, graphs: Sequence[str], named_graphs: Sequence[str]) -> str:
    """Return an update whose patterns are matched against a dataset that the request names.

    >>> with_dataset("INSERT { ?s a 1 } WHERE { ?s ?p ?o }", ["http://e/g"], [])
    'INSERT { ?s a 1 } USING <http://e/g> WHERE { ?s ?p ?o }'
    >>> with_dataset("DELETE WHERE { ?s ?p ?o }", [], ["http://e/g"])
    'DELETE { ?s ?p ?o } USING NAMED <http://e/g> WHERE { ?s ?p ?o }'

    Raises:
        UpdateError: the text itself has USING or WITH, or a graph is no IRI.
    """
    if not graphs and not named_graphs:
        return text
    try:
        clauses = [f"USING {NamedNode(graph)}" for graph in graphs]
        clauses += [f"USING NAMED {NamedNode(graph)}" for graph in named_graphs]
    except ValueError as error:
        raise UpdateError(
            Text(zh=f"不是有效的图 IRI：{error}", en=f"no valid graph IRI: {error}")
        ) from error
    using = " ".join(clauses)
    read = list(tokens(text))
    if not _is_plain(text, read):
        raise _not_plain()
    parts, done, depth = [], 0, 0
    for index, token in enumerate(read):
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        word = token.text.upper() if token.kind is Kind.WORD and depth == 0 else ""
        if word in ("USING", "WITH"):
            raise _two_datasets(word)
        if word == "WHERE":
            block = ""
            if index and read[index - 1].text.upper() == "DELETE":
                block = _block(text, read[index + 1 :]) + " "
            parts.append(f"{text[done : token.start]}{block}{using} ")
            done = token.start
    return "".join(parts) + text[done:]


def _block(text: str, read: Sequence[Token]) -> str:
    """Return the text from the first brace to the one that closes it."""
    depth = 0
    for token in read:
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth == 0:
            return text[read[0].start : token.start + len(token.text)]
    return ""


def _two_datasets(word: str) -> UpdateError:
    return UpdateError(
        Text(
            zh=f"请求的 using-graph-uri 与更新中的 {word} 冲突",
            en=f"using-graph-uri of the request conflicts with {word} in the update",
        ),
        advice=Text(zh="请只用其中一种", en="use one of the two"),
    )


def _not_plain() -> UpdateError:
    return UpdateError(
        Text(
            zh="带 using-graph-uri 的更新须按通常写法书写",
            en="an update with using-graph-uri must be written plainly",
        ),
        advice=Text(
            zh="关键字后加空格，声明所有前缀且各一次，不用 \\u 转义",
            en="put blanks after keywords, declare every prefix once, use no \\u escapes",
        ),
    )
