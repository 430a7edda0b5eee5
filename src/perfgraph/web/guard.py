"""Query text → the query's form, or a refusal that says why. Pure; it works on tokens.

It keeps out what must not reach an engine (SERVICE and LOAD open connections from inside) and what
would break it (length, nesting, long chains). It does not check the grammar: the engine does.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import islice

from perfgraph.store.asking import resolve
from perfgraph.store.tokens import Kind, Token, decoded, tokens
from perfgraph.text import Text
from perfgraph.web.errors import ForbiddenError, QuerySyntaxError, TooComplexError
from perfgraph.web.faults import explain
from perfgraph.web.places import spot
from perfgraph.web.settings import Limits


class Form(StrEnum):
    """Query form: what kind of answer there is."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def is_graph(self) -> bool:
        """Whether the answer is a graph rather than rows or a truth value."""
        return self in (Form.CONSTRUCT, Form.DESCRIBE)


UPDATES = frozenset(
    ["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"]
)
_OPERATORS = frozenset(
    ["||", "&&", "!", "+", "-", "*", "/", "|", "^", "=", "!=", "<", ">", "<=", ">="]
)
_JOINS = frozenset(["UNION", "MINUS", "OPTIONAL"])
_DEPTH = Text(zh="括号嵌套层数", en="levels of nested brackets")
_CHAIN = Text(zh="运算符个数", en="operators")
_PATTERNS = Text(zh="三元组模式个数", en="triple patterns")
_NAMES = (Kind.IRI, Kind.VARIABLE, Kind.PREFIXED)


def check(text: str, limits: Limits, services: tuple[str, ...] = ()) -> Form:
    """Return the form of the query ``text``; ``services`` are what SERVICE may ask.

    >>> check("PREFIX ex: <http://example.org/> ASK { ex:a ex:service 'LOAD' }", Limits()).value
    'ASK'

    Raises:
        QuerySyntaxError: it is no query.
        ForbiddenError: it would make the server open a connection, or it is an update.
        TooComplexError: it is over a limit.
    """
    if len(text) > limits.characters:
        raise TooComplexError(
            Text(
                zh=f"查询过长：{len(text)} 个字符，上限 {limits.characters}",
                en=f"the query has {len(text)} characters; the limit is {limits.characters}",
            )
        )
    read = list(tokens(text))
    _refuse_all_connections(text, read, services)
    _refuse_complexity(text, read, limits)
    return _form(text, read)


def check_update(text: str, limits: Limits) -> None:
    """Check the text of an update; its data may have any number of triples.

    Raises:
        ForbiddenError: it would make the server open a connection.
        TooComplexError: it is over a limit.
    """
    read = list(tokens(text))
    _refuse_all_connections(text, read, ())
    _refuse_complexity(text, _without_data(read), limits)


def _without_data(read: list[Token]) -> list[Token]:
    """Return the tokens without the data of INSERT DATA and DELETE DATA, which are no patterns."""
    kept: list[Token] = []
    depth = 0
    for index, token in enumerate(read):
        is_data = depth or (index and read[index - 1].text.upper() == "DATA" and token.text == "{")
        if is_data:
            depth += {"{": 1, "}": -1}.get(token.text, 0)
        if not is_data or token.text in "([)]":
            kept.append(token)
    return kept


def _refuse_all_connections(text: str, read: list[Token], services: tuple[str, ...]) -> None:
    """Refuse SERVICE and LOAD, however they are written."""
    _refuse_connections(text, read, services)
    plain = decoded(text)
    if plain != text:  # some engines replace \uXXXX before they read tokens, others do not
        _refuse_connections(plain, list(tokens(plain)), ())


def _refuse_connections(text: str, read: list[Token], services: tuple[str, ...]) -> None:
    """Refuse SERVICE and LOAD, also where they are glued to a neighbour.

    Oxigraph needs no blank after a keyword: ``SERVICESILENT<iri>{}`` and, where the prefix
    ``SERVICEex`` is unknown, ``SERVICEex:a {}`` are federated queries.
    """
    for index, token in enumerate(read):
        upper = token.text.upper()
        if token.doubtful:
            raise QuerySyntaxError(
                Text(
                    zh=f"“{token.text[:40]}”既可读作 IRI，也可读作小于号，含义不明",
                    en=f"'{token.text[:40]}' may be an IRI or a comparison",
                ),
                advice=Text(
                    zh="小于号后请加空格，或写出完整的 IRI",
                    en="put a blank after the less-than sign, or write the full IRI",
                ),
                spot=spot(text, token.start),
            )
        word = "SERVICE" if "SERVICE" in upper else "LOAD" if upper == "LOAD" else None
        is_service = token.kind is Kind.WORD and upper == "SERVICE"
        if is_service and services and _is_listed(text, read, index, services):
            continue
        if word and (
            token.kind is Kind.WORD
            or (token.kind in (Kind.PREFIXED, Kind.NUMBER) and _before_group(read, index))
        ):
            raise _forbidden(text, token, word)


def _is_listed(text: str, read: list[Token], index: int, services: tuple[str, ...]) -> bool:
    """Return whether SERVICE at ``index`` asks an endpoint that is listed."""
    following = [one for one in read[index + 1 : index + 3] if one.text.upper() != "SILENT"]
    if not following or following[0].kind not in (Kind.IRI, Kind.PREFIXED):
        return False
    try:
        return resolve(text, [following[0].text])[0] in services
    except SyntaxError:
        return False


def _before_group(read: list[Token], index: int) -> bool:
    """Return whether a group opens after the token, or after one more name."""
    following = list(islice(read, index + 1, index + 3))
    if following and following[0].kind in _NAMES:
        following = following[1:]
    return bool(following) and following[0].text == "{"


def _forbidden(text: str, token: Token, word: str) -> ForbiddenError:
    return ForbiddenError(
        Text(
            zh=f"本服务不执行 {word}：它会让服务器访问外部地址",
            en=f"this endpoint refuses {word}: it would make the server open a connection",
        ),
        advice=Text(
            zh="请在自己的程序中分别查询两个端点，再合并结果",
            en="ask the two endpoints from your own program and join the answers there",
        ),
        spot=spot(text, token.start),
    )


def _refuse_complexity(text: str, read: list[Token], limits: Limits) -> None:
    depth = operators = patterns = 0
    brackets: list[str] = []
    for token in read:
        written = token.text
        if token.kind is Kind.MARK:
            if written in "({[":
                brackets.append(written)
                depth = max(depth, len(brackets))
            elif written in ")}]":
                del brackets[-1:]
            elif written in ".;," and brackets[-1:] != ["("]:
                patterns += 1
            elif written in _OPERATORS:
                operators += 1
        elif token.kind is Kind.WORD and written.upper() in _JOINS:
            operators += 1
        for what, count, most in (
            (_DEPTH, depth, limits.depth),
            (_CHAIN, operators, limits.operators),
            (_PATTERNS, patterns, limits.patterns),
        ):
            if count > most:
                raise _too_complex(text, token, what, most)


def _too_complex(text: str, token: Token, what: Text, limit: int) -> TooComplexError:
    return TooComplexError(
        Text(
            zh=f"查询过于复杂：{what.zh}超过上限 {limit}",
            en=f"the query is too complex: more than {limit} {what.en}",
        ),
        advice=Text(zh="请拆成几个较小的查询", en="split it into smaller queries"),
        spot=spot(text, token.start),
    )


def _form(text: str, read: list[Token]) -> Form:
    """Return the form named by the first keyword after the prologue."""
    words = [token for token in read if token.kind is Kind.WORD]
    for token in words:
        upper = token.text.upper()
        if upper in ("PREFIX", "BASE", "VERSION"):
            continue
        for form in Form:
            if upper.startswith(form.value):  # Oxigraph reads SELECTDISTINCT too
                return form
        if upper in UPDATES:
            raise ForbiddenError(
                Text(
                    zh=f"{upper} 是更新，不是查询",
                    en=f"{upper} is an update, no query",
                ),
                advice=Text(
                    zh="更新用 POST 发送，参数名为 update，并附令牌",
                    en="send an update by POST, as the parameter 'update', with a token",
                ),
                spot=spot(text, token.start),
            )
        break
    raise explain(text, "")
