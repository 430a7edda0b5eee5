"""A text that an engine has refused → where it is wrong, why, and what to write instead. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from pyoxigraph import Store

from perfgraph.questions.prefixes import SHOWN
from perfgraph.store.grammar import END, Unexpected, first_error, keywords
from perfgraph.store.tokens import Kind, Token, tokens
from perfgraph.text import Text
from perfgraph.web.errors import QuerySyntaxError
from perfgraph.web.hints import Hint, hint
from perfgraph.web.places import offset, spot
from perfgraph.web.punctuation import first_typed

KNOWN_PREFIXES = {
    **SHOWN,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_SAID_AT = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_SHOWN_AT_MOST = 8
_KINDS = {
    "VAR": Text(zh="变量", en="a variable"),
    "IRIREF": Text(zh="IRI", en="an IRI"),
    "PNAME": Text(zh="带前缀的名称", en="a prefixed name"),
    "STRING": Text(zh="带引号的文字", en="quoted text"),
    "INTEGER": Text(zh="数", en="a number"),
    "BUILTIN": Text(zh="函数", en="a function"),
    "AGGREGATE": Text(zh="聚合函数", en="an aggregate"),
    END: Text(zh="结尾", en="the end"),
}
_HIDDEN = frozenset(["PNAME_NS", "DECIMAL", "BNODE", "ANON", "NIL", "LANGTAG", "SERVICE", "LOAD"])


@dataclass(frozen=True, slots=True)
class _Fault:
    start: int
    hint: Hint


def syntax_error(text: str) -> QuerySyntaxError | None:
    """Return why a text is no SPARQL query; ``None`` when it is one.

    Every store words its errors in its own way, so the text is parsed once more, over nothing.
    """
    try:
        Store().query(text)
    except SyntaxError as error:
        return explain(text, str(error))
    except (OSError, RuntimeError, ValueError):
        return None
    return None


def explain(text: str, said: str, *, is_update: bool = False) -> QuerySyntaxError:
    """Return the error for a text that the engine's parser refused.

    Args:
        text: the query or the update.
        said: the engine's own message; its place is where it stopped trying, not where a person
            would look, so it is only used where nothing better is known.
        is_update: whether the text was sent as an update.
    """
    unexpected = first_error(text, is_update=is_update)
    found = [
        fault
        for look in (_typed_for_ascii, _undeclared_prefix)
        for fault in (look(text),)
        if fault is not None
    ]
    if unexpected is not None:
        known = hint(unexpected) or _plain(unexpected)
        start = unexpected.found.start if known.start is None else known.start
        found.append(_Fault(start, known))
    if not found:
        found += [fault for look in _MEANINGS for fault in (look(text, said),) if fault is not None]
    fault = (
        min(found, key=lambda one: one.start) if found else _where_the_engine_stopped(text, said)
    )
    return QuerySyntaxError(
        fault.hint.message, advice=fault.hint.advice, spot=spot(text, fault.start)
    )


def _plain(error: Unexpected) -> Hint:
    """Return what can be said about any token: that it is wrong here, and what would be right."""
    expected = error.expected - _HIDDEN
    texts = [_KINDS[one] for one in _KINDS if one in expected and one != END]
    texts += [Text(zh=one, en=f"'{one}'") for one in sorted(expected - _KINDS.keys())]
    if END in expected:
        texts.append(_KINDS[END])
    more = len(texts) > _SHOWN_AT_MOST
    zh = "、".join(one.zh for one in texts[:_SHOWN_AT_MOST]) + ("等" if more else "")
    en = ", ".join(one.en for one in texts[:_SHOWN_AT_MOST]) + (" and others" if more else "")
    shown = error.found.text[:40]
    message = Text(zh=f"此处不应是“{shown}”", en=f"'{shown}' cannot stand here")
    if error.found.kind == END:
        message = Text(zh="没有写完就结束了", en="the text ends too early")
    return Hint(message, Text(zh=f"此处可以是：{zh}", en=f"possible here: {en}"))


def _typed_for_ascii(text: str) -> _Fault | None:
    typed = first_typed(text)
    if typed is None:
        return None
    start, ascii_text = typed
    wrong, right = text[start], ascii_text
    if wrong == "\u3000":
        return _Fault(
            start,
            Hint(
                Text(zh="这里有一个全角空格", en="there is a full-width blank"),
                Text(zh="请改为半角空格", en="put an ordinary blank"),
            ),
        )
    return _Fault(
        start,
        Hint(
            Text(
                zh=f"“{wrong}”是中文标点或全角字符",
                en=f"'{wrong}' is a Chinese or full-width character",
            ),
            Text(
                zh=f"请改为半角的 {right} （只有引号里的文字可用全角）",
                en=f"write the ASCII {right} (full-width characters are for quoted text only)",
            ),
        ),
    )


def _undeclared_prefix(text: str) -> _Fault | None:
    read = list(tokens(text))
    declared = {
        name.text[:-1]
        for word, name in pairwise(read)
        if word.text.upper() == "PREFIX" and name.kind is Kind.PREFIXED
    }
    for former, token in pairwise(read):
        prefix = token.text.partition(":")[0]
        is_declaration = former.text.upper() == "PREFIX"
        if token.kind is Kind.PREFIXED and not is_declaration and prefix not in {*declared, "_"}:
            return _Fault(token.start, _declare(prefix, declared))
    return None


def _declare(prefix: str, declared: set[str]) -> Hint:
    message = Text(zh=f"前缀 {prefix}: 没有声明", en=f"the prefix {prefix}: is not declared")
    if prefix in KNOWN_PREFIXES:
        line = f"PREFIX {prefix}: <{KNOWN_PREFIXES[prefix]}>"
        return Hint(message, Text(zh=f"请在开头加上 {line}", en=f"add at the top: {line}"))
    near = difflib.get_close_matches(prefix, sorted(declared), n=1, cutoff=0.5)
    near += difflib.get_close_matches(prefix, sorted(KNOWN_PREFIXES), n=1)
    if near:
        return Hint(message, Text(zh=f"是否指 {near[0]}: ？", en=f"did you mean {near[0]}: ?"))
    if prefix.upper() in keywords():
        return Hint(message, Text(zh=f"{prefix} 后面要有空格", en=f"put a blank after {prefix}"))
    return Hint(
        message,
        Text(
            zh=f"请在开头加上 PREFIX {prefix}: <http://…>",
            en=f"add at the top: PREFIX {prefix}: <http://…>",
        ),
    )


def _relative_iri(text: str, said: str) -> _Fault | None:
    if "IRI parsing failed" not in said:
        return None
    for token in _of_kind(text, Kind.IRI):
        if not re.match(r"<[A-Za-z][A-Za-z0-9+.-]*:", token.text):
            return _Fault(
                token.start,
                Hint(
                    Text(
                        zh=f"{token.text[:60]} 不是完整的 IRI",
                        en=f"{token.text[:60]} is no full IRI",
                    ),
                    Text(
                        zh="请写出 <http://…>，或在开头声明 BASE；带前缀的名称不加尖括号",
                        en="write <http://…>, or declare a BASE; a prefixed name has no < >",
                    ),
                ),
            )
    return None


def _ungrouped(text: str, said: str) -> _Fault | None:
    if "SELECT contains a variable that is unbound" not in said:
        return None
    read = list(tokens(text))
    start = next((one.start for one in read if one.text.upper() == "SELECT"), 0)
    return _Fault(
        start,
        Hint(
            Text(
                zh="SELECT 中有变量既没有分组，也没有聚合",
                en="SELECT has a variable that is neither grouped nor aggregated",
            ),
            Text(
                zh="用了 GROUP BY 或 COUNT、SUM 等之后，SELECT 中其他变量都要写进 GROUP BY",
                en="beside GROUP BY, COUNT, SUM and the like, put every other variable of SELECT "
                "into GROUP BY",
            ),
        ),
    )


_MEANINGS: tuple[Callable[[str, str], _Fault | None], ...] = (_relative_iri, _ungrouped)


def _of_kind(text: str, kind: Kind) -> Iterator[Token]:
    return (token for token in tokens(text) if token.kind is kind)


def _where_the_engine_stopped(text: str, said: str) -> _Fault:
    message, start = said, 0
    found = _SAID_AT.search(said)
    if found is not None:
        start = offset(text, int(found[1]), int(found[2]))
        message = found[3]
        if re.fullmatch(r"[A-Z]+", message):  # it counts the length of the word that it looked for
            start = max(start - len(message), 0)
    shown = message if re.fullmatch(r"[\w ,.?$'-]{1,120}", message) else ""
    return _Fault(
        start,
        Hint(
            Text(
                zh=f"查询有语法错误{f'（{shown}）' if shown else ''}，大约在这里",
                en=f"the query has a syntax error{f' ({shown})' if shown else ''} about here",
            ),
            Text(
                zh="请检查该处及其前面的括号、句点、引号、变量和前缀声明",
                en="check the brackets, dots, quotes, variables and prefixes there and before",
            ),
        ),
    )
