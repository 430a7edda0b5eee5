"""SPARQL text → the first token that the grammar does not take, and what it would have taken.

Engines tell where their parser gave up, which is often elsewhere, and in words of their own making.
This is asked only when an engine has refused a text, so it can refuse nothing by itself. The
grammar is data (``sparql11.ebnf``); here is the machine that follows it, without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from perfgraph.store.tokens import Kind, Token, tokens

END = "END"
"""Kind of the end of the text."""
_GRAMMAR = Path(__file__).with_name("sparql11.ebnf")
_KINDS = {
    Kind.IRI: "IRIREF",
    Kind.VARIABLE: "VAR",
    Kind.STRING: "STRING",
    Kind.LANGUAGE: "LANGTAG",
    Kind.BROKEN: "BROKEN",
}
_PARTS = re.compile(r"'(?P<word>[^']+)'|(?P<name>\w+)|(?P<mark>[()|?*+])")
_PAIRS = {("(", ")"): "NIL", ("[", "]"): "ANON"} | {
    (first, second): f"{first} {second}"
    for first, second in (("INSERT", "DATA"), ("DELETE", "DATA"), ("DELETE", "WHERE"))
}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A token as the grammar sees it."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Unexpected:
    """Where a text leaves the grammar."""

    found: Lexeme
    expected: frozenset[str]
    rules: tuple[str, ...]
    """The rules that were being followed, the outermost first."""
    before: tuple[Lexeme, ...]
    """What was read."""


@dataclass(frozen=True)
class _Node:
    """A part of the grammar: a token, a rule's name, a sequence, alternatives, a repetition."""

    kind: str
    name: str = ""
    parts: tuple[_Node, ...] = ()
    many: bool = False

    @cached_property
    def first(self) -> frozenset[str]:
        """The tokens that may begin it."""
        match self.kind:
            case "token":
                return frozenset([self.name])
            case "rule":
                return _rules()[self.name].first
            case "sequence":
                found: frozenset[str] = frozenset()
                for part in self.parts:
                    found |= part.first
                    if not part.is_optional:
                        break
                return found
        return frozenset().union(*(part.first for part in self.parts))

    @cached_property
    def is_optional(self) -> bool:
        """Whether it may be nothing."""
        match self.kind:
            case "token":
                return False
            case "rule":
                return _rules()[self.name].is_optional
            case "sequence":
                return all(part.is_optional for part in self.parts)
            case "choice":
                return any(part.is_optional for part in self.parts)
        return True


def first_error(text: str, *, is_update: bool = False) -> Unexpected | None:
    """Return where ``text`` leaves the grammar; ``None`` when it does not.

    >>> error = first_error("SELECT * { ?s ?p ?o ?x ?y ?z }")
    >>> error.found.text, sorted(error.expected)[:4]
    ('?x', [',', '.', ';', 'BIND'])
    """
    left: list[_Node | str] = [_Node("token", END), _Node("rule", _start(is_update))]
    rules: list[str] = []
    passed: set[str] = set()  # what might have stood here but did not
    before: list[Lexeme] = []
    for lexeme in lexemes(text):
        while True:
            node = left.pop()
            if isinstance(node, str):
                rules.pop()
                continue
            if lexeme.kind in node.first:
                if node.kind == "token":
                    break
                left += _opened(node, lexeme.kind)
                if node.kind == "rule":
                    rules.append(node.name)
            elif node.is_optional:
                passed |= node.first
            else:
                expected = frozenset(passed | node.first)
                return Unexpected(lexeme, expected, tuple(rules), tuple(before))
        passed.clear()
        before.append(lexeme)
    return None


def _start(is_update: bool) -> str:
    return "UpdateText" if is_update else "QueryText"


def _opened(node: _Node, kind: str) -> list[_Node | str]:
    """Return what has to be followed for ``node`` when the next token is ``kind``, last first."""
    if node.kind == "rule":
        return [node.name, _rules()[node.name]]
    if node.kind == "sequence":
        return list(reversed(node.parts))
    if node.kind == "choice":
        return [next(part for part in node.parts if kind in part.first)]
    return [node, *node.parts] if node.many else list(node.parts)


def lexemes(text: str) -> Iterator[Lexeme]:
    """Yield the tokens of a text as the grammar sees them, and one for its end."""
    held: Lexeme | None = None
    for token in tokens(text):
        lexeme = Lexeme(_kind(token), token.text, token.start)
        pair = None if held is None else _PAIRS.get((held.kind, lexeme.kind))
        if held is not None and pair is not None:
            yield Lexeme(pair, text[held.start : lexeme.start + len(lexeme.text)], held.start)
            held = None
            continue
        if held is not None:
            yield held
        held = lexeme
    if held is not None:
        yield held
    yield Lexeme(END, "", len(text.rstrip()))


def _kind(token: Token) -> str:
    if token.kind is Kind.MARK:
        return token.text
    if token.kind is Kind.NUMBER:
        return "INTEGER" if token.text.isdecimal() else "DECIMAL"
    if token.kind is Kind.PREFIXED:
        if token.text.startswith("_:"):
            return "BNODE"
        return "PNAME_NS" if token.text.endswith(":") else "PNAME"
    if token.kind is not Kind.WORD:
        return _KINDS[token.kind]
    word = token.text.upper()
    if word in functions():
        return functions()[word]
    return "a" if token.text == "a" else word if word in keywords() else "WORD"


@lru_cache(maxsize=1)
def keywords() -> frozenset[str]:
    """Return the keywords of SPARQL, without the names of functions."""
    words = re.findall(r"'([A-Z ]+)'", _GRAMMAR.read_text("utf-8"))
    return frozenset(word for pair in words for word in pair.split())


@lru_cache(maxsize=1)
def functions() -> dict[str, str]:
    """Return the names of functions and aggregates, with their kind."""
    lines = re.findall(r"(?m)^@(\w+) (.*)$", _GRAMMAR.read_text("utf-8"))
    return {word: kind for kind, words in lines for word in words.split()}


@lru_cache(maxsize=1)
def _rules() -> dict[str, _Node]:
    rules = {}
    for line in _GRAMMAR.read_text("utf-8").splitlines():
        if line.strip() and line[0] not in "#@":
            name, _, body = line.partition("=")
            found = list(_PARTS.finditer(body))
            rules[name.strip()] = _choice(iter(found))
    return rules


def _choice(parts: Iterator[re.Match[str]]) -> _Node:
    """Return the node of the parts up to a closing bracket or the end."""
    choices: list[list[_Node]] = [[]]
    for part in parts:
        mark = part["mark"]
        if part["word"]:
            choices[-1].append(_Node("token", part["word"]))
        elif part["name"]:
            is_token = part["name"].isupper()
            choices[-1].append(_Node("token" if is_token else "rule", part["name"]))
        elif mark == "(":
            choices[-1].append(_choice(parts))
        elif mark == "|":
            choices.append([])
        elif mark == ")":
            break
        else:
            node = choices[-1].pop()
            repeated = _Node("optional", parts=(node,), many=mark in "*+")
            choices[-1] += [node, repeated] if mark == "+" else [repeated]
    return _one("choice", [_one("sequence", choice) for choice in choices])


def _one(kind: str, nodes: Iterable[_Node]) -> _Node:
    parts = tuple(nodes)
    return parts[0] if len(parts) == 1 else _Node(kind, parts=parts)
