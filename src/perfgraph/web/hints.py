"""What people often get wrong in SPARQL → a sentence that says so. Pure; a table of rules.

Each rule looks at the first token that the grammar does not take, at what was expected there, and
at what stands before it. The first rule that recognises its mistake speaks.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass

from perfgraph.store.grammar import END, Lexeme, Unexpected, functions, keywords
from perfgraph.text import Text


@dataclass(frozen=True, slots=True)
class Hint:
    """What is wrong and what to write; ``start`` is where, if not at the unexpected token."""

    message: Text
    advice: Text
    start: int | None = None


Rule = Callable[[Unexpected], Hint | None]

_TERMS = frozenset(
    ["VAR", "IRIREF", "PNAME", "PNAME_NS", "BNODE", "ANON", "STRING", "INTEGER", "DECIMAL", "a"]
)
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_OTHER_LANGUAGES = {
    "==": Text(zh="相等用一个“=”：?a = ?b", en="equality is one '=': ?a = ?b"),
    "<>": Text(zh="不等于写作“!=”：?a != ?b", en="'not equal' is '!=': ?a != ?b"),
    "AND": Text(zh="“并且”写作“&&”", en="'and' is '&&'"),
    "OR": Text(zh="“或者”写作“||”", en="'or' is '||'"),
    "LIKE": Text(
        zh="SPARQL 没有 LIKE：用 CONTAINS(?x, '津贴') 或 REGEX(?x, '^津贴')",
        en="SPARQL has no LIKE: use CONTAINS(?x, 'text') or REGEX(?x, '^text')",
    ),
    "IS": Text(zh="判断有无取值用 BOUND(?x) 或 !BOUND(?x)", en="use BOUND(?x) or !BOUND(?x)"),
    "BETWEEN": Text(zh="写作 ?x >= 1 && ?x <= 9", en="write ?x >= 1 && ?x <= 9"),
}


def hint(error: Unexpected) -> Hint | None:
    """Return what is wrong where a text leaves the grammar, when it is a known mistake."""
    for rule in _RULES:
        found = rule(error)
        if found is not None:
            return found
    return None


def _unclosed_quote(error: Unexpected) -> Hint | None:
    if error.found.text == "<" and "IRIREF" in error.expected:
        return Hint(
            Text(zh="IRI 没有以“>”结束，或含有空格", en="this IRI has no '>' or contains a blank"),
            Text(zh="写作 <http://…>，中间不留空格", en="write <http://…> without blanks"),
        )
    if error.found.kind != "BROKEN" or error.found.text not in "'\"":
        return None
    return Hint(
        Text(
            zh=f"引号 {error.found.text} 没有成对", en=f"the quote {error.found.text} is not closed"
        ),
        Text(
            zh="文字两端用同一种引号；文字跨行时用三个引号",
            en="end the text with the same quote; text over several lines takes three quotes",
        ),
    )


def _filter_brackets(error: Unexpected) -> Hint | None:
    if error.rules[-1:] != ("Filter",) or error.found.kind not in (*_TERMS, "!", "+", "-"):
        return None
    return Hint(
        Text(zh="FILTER 的条件要放在括号里", en="the condition of FILTER needs brackets"),
        Text(zh="例如 FILTER(?x > 3)", en="for example FILTER(?x > 3)"),
    )


def _order_brackets(error: Unexpected) -> Hint | None:
    before = error.before[-1].text.upper() if error.before else ""
    if before not in ("ASC", "DESC") or error.found.kind == "(":
        return None
    return Hint(
        Text(zh=f"{before} 后面要加括号", en=f"{before} needs brackets"),
        Text(zh=f"例如 ORDER BY {before}(?x)", en=f"for example ORDER BY {before}(?x)"),
    )


def _select_commas(error: Unexpected) -> Hint | None:
    if error.found.kind != "," or not _only_names_since_select(error.before):
        return None
    return Hint(
        Text(
            zh="SELECT 的变量之间不用逗号", en="there is no comma between the variables of SELECT"
        ),
        Text(zh="用空格隔开：SELECT ?a ?b", en="put blanks between them: SELECT ?a ?b"),
    )


def _only_names_since_select(before: tuple[Lexeme, ...]) -> bool:
    for lexeme in reversed(before):
        if lexeme.kind == "SELECT":
            return True
        if lexeme.kind in ("{", "}"):
            return False
    return False


def _computed_column(error: Unexpected) -> Hint | None:
    is_call = error.found.kind in ("AGGREGATE", "BUILTIN")
    if not is_call or error.rules[-1:] not in (("SelectClause",), ("Select",), ("SubSelect",)):
        return None
    name = error.found.text.upper()
    return Hint(
        Text(zh="SELECT 中的计算要加括号和名称", en="a computed column needs brackets and a name"),
        Text(zh=f"例如 ({name}(?x) AS ?n)", en=f"for example ({name}(?x) AS ?n)"),
    )


def _other_language(error: Unexpected) -> Hint | None:
    text = error.found.text.upper()
    if text == "=" and error.before[-1:] and error.before[-1].kind == "=":
        text = "=="
    elif text in ("&", "|"):
        text = "AND" if text == "&" else "OR"
    advice = _OTHER_LANGUAGES.get(text)
    if advice is None or not error.expected & {"&&", "VAR", "!="}:
        return None
    return Hint(
        Text(zh=f"SPARQL 不认“{text}”", en=f"SPARQL does not know '{text}'"),
        advice,
    )


def _incomplete_triple(error: Unexpected) -> Hint | None:
    if error.found.kind not in (".", ";", ",", "}", END):
        return None
    wants_object = error.rules[-1:] in (("Properties",), ("Objects",))
    wants_verb = error.rules[-1:] == ("SubjectTriples",) and "a" in error.expected
    if "IRIREF" not in error.expected or not (wants_object or wants_verb):
        return None
    zh, en = ("谓语和宾语", "predicate and object") if wants_verb else ("宾语", "object")
    return Hint(
        Text(zh=f"三元组不完整：缺少{zh}", en=f"the triple is not complete: it has no {en}"),
        Text(zh="三元组是：主语 谓语 宾语 .", en="a triple is: subject predicate object ."),
    )


def _missing_dot(error: Unexpected) -> Hint | None:
    if error.found.kind not in _TERMS or not error.expected >= {".", ";", ","}:
        return None
    return Hint(
        Text(
            zh="这个三元组之前缺少句点或分号", en="there is no dot or semicolon before this triple"
        ),
        Text(
            zh="两个三元组之间写“ . ”；主语相同时写“ ; ”",
            en="put ' . ' between two triples, ' ; ' when the subject is the same",
        ),
    )


def _bare_word(error: Unexpected) -> Hint | None:
    found = error.found
    if found.kind != "WORD":
        return None
    near = _nearest(found.text, error.expected)
    if near is not None:
        return Hint(
            Text(zh=f"SPARQL 没有“{found.text}”这个词", en=f"SPARQL has no word '{found.text}'"),
            Text(zh=f"是否指 {near}？", en=f"did you mean {near}?"),
        )
    if "VAR" in error.expected or "IRIREF" in error.expected:
        return Hint(
            Text(
                zh=f"“{found.text[:40]}”既不是变量，也不是 IRI",
                en=f"'{found.text[:40]}' is neither a variable nor an IRI",
            ),
            Text(
                zh=f"变量写作 ?{found.text[:20]}；名称写作 pg:{found.text[:20]}；文字加引号",
                en=f"write ?{found.text[:20]} for a variable, pg:{found.text[:20]} for a name, "
                "quotes around text",
            ),
        )
    return None


def _nearest(word: str, expected: frozenset[str]) -> str | None:
    known: set[str] = {one for one in expected if one in keywords()}
    if "BUILTIN" in expected:
        known |= functions().keys()
    if not known & keywords():
        known |= keywords()
    near = difflib.get_close_matches(word.upper(), sorted(known), n=1, cutoff=0.72)
    return near[0] if near else None


def _prefix_colon(error: Unexpected) -> Hint | None:
    if error.expected != {"PNAME_NS"}:
        return None
    name = error.found.text.rstrip(":") if error.found.kind in ("WORD", "a") else "pg"
    return Hint(
        Text(zh="PREFIX 后面是前缀和冒号", en="PREFIX is followed by a prefix and a colon"),
        Text(zh=f"例如 PREFIX {name}: <http://…>", en=f"for example PREFIX {name}: <http://…>"),
    )


def _missing_braces(error: Unexpected) -> Hint | None:
    if error.expected != {"{"}:
        return None
    word = error.before[-1].text.upper() if error.before else ""
    return Hint(
        Text(zh=f"{word} 后面要有花括号", en=f"{word} is followed by braces"),
        Text(zh=f"例如 {word} {{ ?s ?p ?o }}", en=f"for example {word} {{ ?s ?p ?o }}"),
    )


def _open_bracket(error: Unexpected) -> Hint | None:
    """Recognise a bracket that another kind of bracket, or the end, closes."""
    if error.found.kind not in (")", "]", "}", END):
        return None
    left: list[Lexeme] = []
    for lexeme in error.before:
        if lexeme.kind in _CLOSING:
            left.append(lexeme)
        elif left and lexeme.kind == _CLOSING[left[-1].kind]:
            left.pop()
    if not left and error.found.kind == END:
        return None
    if error.found.kind not in (END, *(_CLOSING[one.kind] for one in left)):
        return Hint(
            Text(
                zh=f"多了一个“{error.found.text}”", en=f"there is one '{error.found.text}' too many"
            ),
            Text(zh="请删去，或补上与它配对的括号", en="remove it, or open it before"),
        )
    opened = left[-1]
    closing = _CLOSING[opened.kind]
    if closing == error.found.kind or closing not in error.expected:
        return None
    return Hint(
        Text(zh=f"这个“{opened.kind}”没有闭合", en=f"this '{opened.kind}' is not closed"),
        Text(zh=f"请补上“{closing}”", en=f"add the '{closing}' that belongs to it"),
        opened.start,
    )


def _text_after_the_end(error: Unexpected) -> Hint | None:
    if error.rules or END not in error.expected:
        return None
    if error.found.kind == ";":
        return Hint(
            Text(zh="查询末尾不写分号", en="a query does not end with a semicolon"),
            Text(zh="请删去分号", en="remove the semicolon"),
        )
    return Hint(
        Text(zh="查询到此已经结束", en="the query has ended before this"),
        Text(
            zh="次序是：GROUP BY、HAVING、ORDER BY、LIMIT、OFFSET，写在最后一个“}”之后",
            en="the order is GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET, after the last '}'",
        ),
    )


_RULES: tuple[Rule, ...] = (
    _unclosed_quote,
    _prefix_colon,
    _filter_brackets,
    _order_brackets,
    _select_commas,
    _computed_column,
    _other_language,
    _incomplete_triple,
    _open_bracket,
    _missing_dot,
    _bare_word,
    _missing_braces,
    _text_after_the_end,
)
