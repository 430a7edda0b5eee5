"""A query file → a question with titles and parameters, and the query text once they are bound.

It asks no store; whoever runs the text decides where.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode, QuerySolutions, QueryTriples, Store

from perfgraph.questions.errors import (
    ParameterValueError,
    QuestionFileError,
    UnknownParameterError,
)
from perfgraph.questions.header import Declaration, read_header
from perfgraph.questions.terms import Datatype, term
from perfgraph.text import Text

Dataset = Literal["main", "history"]
Form = Literal["table", "graph", "boolean"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a question takes; ``default`` is ``None`` when it may be left open."""

    name: str
    datatype: Datatype
    label: Text
    default: str | None = None
    choices: tuple[str, ...] = ()

    def term(self, text: str) -> str:
        """Return ``text`` as a SPARQL term; an open parameter left empty gives ``UNDEF``.

        Raises:
            ParameterValueError: the text is not a value that the parameter takes.
        """
        if not text.strip() and self.datatype is not Datatype.IRI:
            if self.default is None:
                return "UNDEF"
            raise self._wrong(Text(zh="缺少取值", en="it needs a value"))
        if self.choices and text not in self.choices:
            listed = "、".join(self.choices)
            raise self._wrong(
                Text(
                    zh=f"“{text[:60]}”不在可选值之列：{listed}",
                    en=f"'{text[:60]}' is not one of {', '.join(self.choices)}",
                )
            )
        try:
            return term(text, self.datatype)
        except ParameterValueError as error:
            raise self._wrong(error.message) from error

    def _wrong(self, message: Text) -> ParameterValueError:
        return ParameterValueError(
            Text(
                zh=f"参数 {self.name}（{self.label.zh}）：{message.zh}",
                en=f"parameter '{self.name}' ({self.label.en}): {message.en}",
            )
        )


@dataclass(frozen=True, slots=True)
class Question:
    """One competency question (能力问题): a query file that runs as it is.

    ``number`` is ``None`` for a file that is not of the catalogue. ``dataset`` says where the
    answer is right: over the current documents, or over all versions (history).
    """

    name: str
    title: Text
    description: Text
    query: str
    number: int | None = None
    audience: str = ""
    dataset: Dataset = "main"
    parameters: tuple[Parameter, ...] = ()

    @property
    def form(self) -> Form:
        """What the answer is: a table of rows, a graph, or yes and no.

        Raises:
            SyntaxError: the query is not SPARQL.
        """
        answer = Store().query(self.query)
        if isinstance(answer, QuerySolutions):
            return "table"
        return "graph" if isinstance(answer, QueryTriples) else "boolean"

    def bind(self, values: Mapping[str, str]) -> str:
        """Return the query text with ``values`` in its VALUES lines; the rest keep their default.

        Raises:
            UnknownParameterError: a name that the question does not have.
            ParameterValueError: a value of the wrong type.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        text = self.query
        for name, value in values.items():
            if name not in known:
                raise self._unknown(name)
            found = _values_line(name).search(text)
            assert found is not None  # read_question saw to it
            written = known[name].term(value)
            text = text[: found.start(2)] + written + text[found.end(2) :]
        return text

    def _unknown(self, name: str) -> UnknownParameterError:
        names = [parameter.name for parameter in self.parameters]
        advice = Text(zh="该查询没有参数", en="It takes no parameters")
        if names:
            advice = Text(
                zh=f"可用参数：{'、'.join(names)}", en=f"Its parameters: {', '.join(names)}"
            )
        return UnknownParameterError(
            Text(
                zh=f"查询 {self.name} 没有参数 {name[:60]}",
                en=f"question '{self.name}' has no parameter '{name[:60]}'",
            ),
            advice=advice,
        )


def read_question(query: str, *, name: str) -> Question:
    """Return the query text ``query`` as a question named ``name``.

    A query without a header is a question without parameters, titled by its name.

    Raises:
        QuestionFileError: the header is wrong, or a parameter has no VALUES line or no valid
            default in it.
    """
    header = read_header(query, file=name)
    number = header.fields.get("number")
    dataset = header.fields.get("dataset", "main")
    if (number is not None and not number.isdecimal()) or dataset not in get_args(Dataset):
        raise QuestionFileError(
            Text(
                zh=f"查询文件 {name}：number 或 dataset 的取值有误",
                en=f"query file {name}: the value of 'number' or of 'dataset' is wrong",
            )
        )
    return Question(
        name=name,
        title=header.text("title", default=name),
        description=header.text("description", default=""),
        query=query,
        number=int(number) if number is not None else None,
        audience=header.fields.get("audience", ""),
        dataset="history" if dataset == "history" else "main",
        parameters=tuple(_parameter(one, query, name) for one in header.parameters),
    )


def _values_line(name: str) -> re.Pattern[str]:
    opening, closing = rf"[ \t]*VALUES[ \t]+\?{name}[ \t]*\{{[ \t]*", r"[ \t]*\}[ \t.]*"
    return re.compile(rf"^({opening})(.*?)({closing})$", re.MULTILINE)


def _parameter(declared: Declaration, query: str, file: str) -> Parameter:
    lines = _values_line(declared.name).findall(query)
    try:
        if len(lines) != 1:
            raise ValueError(f"{len(lines)} VALUES lines")
        default = _default(lines[0][1], declared.datatype)
        if default is not None and declared.choices and default not in declared.choices:
            raise ValueError(f"default {default!r} is not a choice")
    except (SyntaxError, ValueError) as error:
        raise QuestionFileError(
            Text(
                zh=f"查询文件 {file}：参数 {declared.name} 须有且仅有一行 VALUES，其默认值须合类型",
                en=f"query file {file}: parameter '{declared.name}' must have exactly one VALUES "
                "line, with a default of its type",
            ),
            advice=Text(
                zh=f"写法：VALUES ?{declared.name} {{ 默认值或 UNDEF }}",
                en=f"write: VALUES ?{declared.name} {{ default or UNDEF }}",
            ),
        ) from error
    return Parameter(
        declared.name, declared.datatype, declared.label, default, choices=declared.choices
    )


def _default(written: str, datatype: Datatype) -> str | None:
    """Return the value between the braces of a VALUES line, as SPARQL itself reads it."""
    prefixes = {"xsd": "http://www.w3.org/2001/XMLSchema#"}
    answer = Store().query(f"SELECT ?x {{ VALUES ?x {{ {written}\n}} }}", prefixes=prefixes)
    assert isinstance(answer, QuerySolutions)
    (value,) = (row["x"] for row in answer)
    if value is None:
        return None
    if isinstance(value, NamedNode) and datatype is Datatype.IRI:
        return value.value
    if isinstance(value, RdfLiteral) and value.datatype.value == datatype.iri:
        return value.value
    raise ValueError(f"{written} is not of type {datatype}")
