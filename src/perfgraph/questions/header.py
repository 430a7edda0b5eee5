"""Comment lines at the top of a query file → what they declare. It runs no query.

A header line is ``# key: value``; the header ends at the first line that is no comment. Keys:

    # number: 1
    # title@zh: … / # title@en: …
    # description@zh: … / # description@en: …
    # audience: analyst | reviewer | publisher
    # dataset: main | history
    # parameter: NAME xsd:string | xsd:integer | xsd:decimal | xsd:date | iri
    # parameter: NAME one of A B C
    # parameter NAME@zh: … / # parameter NAME@en: …

The body has one line ``VALUES ?NAME { … }`` for each parameter. What stands between the braces is
the default, so that the file runs as it is in any SPARQL tool; ``UNDEF`` leaves the question open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from perfgraph.questions.errors import QuestionFileError
from perfgraph.questions.terms import Datatype
from perfgraph.text import Text

_LINE = re.compile(r"#\s*(?P<key>[a-z]+(?: [A-Za-z_]\w*)?(?:@(?:zh|en))?):\s*(?P<value>.*)")
_PARAMETER = re.compile(
    r"(?P<name>[A-Za-z_]\w*)\s+(?:one of\s+(?P<choices>\S.*)|(?P<type>\S+))", re.ASCII
)
_KEYS = {"number", "title", "description", "audience", "dataset", "parameter"}


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declared parameter: its name, its type, its label and the choices it is limited to."""

    name: str
    datatype: Datatype
    label: Text
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """What the comment lines of a query file declare."""

    fields: dict[str, str]
    parameters: tuple[Declaration, ...]

    def text(self, key: str, *, default: str) -> Text:
        """Return the bilingual field ``key``; ``default`` where a language is not given."""
        zh, en = (self.fields.get(f"{key}@{language}") for language in ("zh", "en"))
        return Text(zh=zh or en or default, en=en or zh or default)


def read_header(text: str, *, file: str) -> Header:
    r"""Return what the first comment lines of the query ``text`` declare.

    Ordinary comments are passed over. ``file`` is only for messages.

    >>> header = read_header("# title@en: All\n# parameter: year xsd:integer\nASK {}", file="a")
    >>> header.text("title", default="").en, header.parameters[0].datatype.value
    ('All', 'xsd:integer')

    Raises:
        QuestionFileError: a parameter line is wrong, or a parameter is declared twice.
    """
    fields: dict[str, str] = {}
    declared: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        found = _LINE.fullmatch(line.rstrip())
        if found is None or re.split("[ @]", found["key"])[0] not in _KEYS:
            continue
        if found["key"] == "parameter":
            declared.append(found["value"])
        else:
            fields[found["key"]] = found["value"].strip()
    header = Header(fields, ())
    parameters = tuple(_declaration(value, header, file=file) for value in declared)
    names = [parameter.name for parameter in parameters]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        shown = ", ".join(twice)
        raise _fault(file, zh=f"参数重复声明：{shown}", en=f"declared twice: {shown}")
    return Header(fields, parameters)


def _declaration(value: str, header: Header, *, file: str) -> Declaration:
    found = _PARAMETER.fullmatch(value.strip())
    datatypes = {datatype.value: datatype for datatype in Datatype}
    if found is None or (found["type"] is not None and found["type"] not in datatypes):
        raise _fault(
            file,
            zh=f"参数声明无法识别：{value}",
            en=f"the parameter declaration '{value}' is not understood",
        )
    name = found["name"]
    return Declaration(
        name=name,
        datatype=datatypes[found["type"]] if found["type"] else Datatype.STRING,
        label=header.text(f"parameter {name}", default=name),
        choices=tuple(found["choices"].split()) if found["choices"] else (),
    )


def _fault(file: str, *, zh: str, en: str) -> QuestionFileError:
    return QuestionFileError(
        Text(zh=f"查询文件 {file}：{zh}", en=f"query file {file}: {en}"),
        advice=Text(
            zh="参数声明的写法：# parameter: year xsd:integer",
            en="declare a parameter like this: # parameter: year xsd:integer",
        ),
    )
