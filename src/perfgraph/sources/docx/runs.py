"""One w:p → the text that it prints, and the text boxes anchored in it.

Tracked changes count as accepted; hidden text and field codes print nothing. Marks of notes are
left out: "100%¹" would read as another number. Automatic numbers are not added here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from perfgraph.sources.docx import fields, symbols
from perfgraph.sources.docx.markup import (
    RUN,
    TEXT_BOX,
    Element,
    children,
    flattened,
    is_on,
    m,
    properties_in,
    text,
    value,
    w,
)
from perfgraph.sources.docx.styles import Numbering, Styles, hidden, numbering

_TEXT, _SYMBOL, _RUBY = w("t"), w("sym"), w("ruby")
_JOINING = frozenset(map(w, ("del", "moveFrom")))
_FIXED = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
}
_RUN_PROPERTIES, _PARAGRAPH_STYLE, _RUN_STYLE, _FONTS = map(
    w, ("rPr", "pStyle", "rStyle", "rFonts")
)
_PARAGRAPH_PROPERTIES = w("pPr")
_PAGE_BREAK, _SECTION, _FORMULA = w("pageBreakBefore"), w("sectPr"), m("oMath")
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What one paragraph prints, without its automatic number."""

    text: str
    style: str | None
    numbering: Numbering | None
    boxes: tuple[Element, ...]
    joins_next: bool
    """Its end is deleted or hidden, so that the next paragraph goes on in the same line."""
    breaks_before: bool
    breaks_after: bool
    """A new page or section begins before or after the text."""


@dataclass
class _Field:
    """A field that is open at some point of the paragraph."""

    begin: Element
    code: str = ""
    in_result: bool = False


@dataclass
class _Writer:
    """What the paragraph has printed so far."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    fields: list[_Field] = field(default_factory=list)
    breaks_before: bool = False
    breaks_after: bool = False

    def write(self, text: str) -> None:
        if not self.fields or all(one.in_result for one in self.fields):
            self.parts.append(text)


def read(paragraph: Element, styles: Styles) -> Paragraph:
    """Return what ``paragraph`` prints."""
    parts = list(paragraph)
    properties = properties_in(parts, _PARAGRAPH_PROPERTIES)
    mark = children(properties.get(_RUN_PROPERTIES))
    style = value(properties.get(_PARAGRAPH_STYLE)) or styles.default
    is_hidden = styles.is_hidden(style)
    writer = _Writer()
    for element in flattened(parts):
        if element.tag == RUN:
            _run(element, writer, styles, is_hidden=is_hidden)
        elif element.tag == _FORMULA:
            writer.write(_formula(element))
    return Paragraph(
        "".join(writer.parts),
        style,
        numbering(properties),
        tuple(writer.boxes),
        joins_next=not _JOINING.isdisjoint(mark) or hidden(mark) is True,
        breaks_before=writer.breaks_before or is_on(properties.get(_PAGE_BREAK)),
        breaks_after=writer.breaks_after or _SECTION in properties,
    )


def _is_hidden(properties: dict[str, Element], styles: Styles, *, otherwise: bool) -> bool:
    own = hidden(properties)
    if own is not None:
        return own
    return otherwise or styles.is_hidden(value(properties.get(_RUN_STYLE)))


def _run(run: Element, writer: _Writer, styles: Styles, *, is_hidden: bool) -> None:
    parts = list(run)  # held, so that lxml makes an object of each part only once
    properties = properties_in(parts, _RUN_PROPERTIES)
    if _is_hidden(properties, styles, otherwise=is_hidden):
        return
    fonts = properties.get(_FONTS)
    font = value(fonts, "ascii") or value(fonts, "hAnsi")
    for element in flattened(parts):
        tag = element.tag
        if tag == _TEXT:
            writer.write(symbols.printed(text(element), font))
        elif tag in _FIXED:
            writer.write(_FIXED[tag])
        elif tag == _SYMBOL:
            writer.write(symbols.character(value(element, "char"), value(element, "font")))
        elif tag == _RUBY:
            # The text under a reading aid, without the aid.
            for base in flattened(element.iterchildren(w("rubyBase"))):
                for inner in flattened(base):
                    _run(inner, writer, styles, is_hidden=is_hidden)
        elif tag in _SPECIAL:
            _SPECIAL[tag](element, writer)


def _drawing(drawing: Element, writer: _Writer) -> None:
    """Find text boxes and word art, each once: groups hold several."""
    stack = [flattened(drawing)]
    while stack:
        for element in stack[-1]:
            if element.tag == TEXT_BOX:
                writer.boxes.append(element)
            elif element.tag == _WORD_ART:
                writer.write(element.get("string", ""))
            else:
                stack.append(flattened(element))
                break
        else:
            stack.pop()


def _break(element: Element, writer: _Writer) -> None:
    if value(element, "type") == "page":
        if any(part.strip() for part in writer.parts):
            writer.breaks_after = True
        else:
            writer.breaks_before = True
    writer.write("\n")


def _field_code(element: Element, writer: _Writer) -> None:
    if writer.fields:
        writer.fields[-1].code += element.text or ""


def _field(element: Element, writer: _Writer) -> None:
    kind = value(element, "fldCharType")
    if kind == "begin":
        writer.write(fields.form_field(element))
        writer.fields.append(_Field(element))
    elif kind == "separate" and writer.fields:
        writer.fields[-1].in_result = True
    elif kind == "end" and writer.fields:
        ended = writer.fields.pop()
        if not ended.in_result:
            writer.write(fields.equation(ended.code))


def _formula(element: Element) -> str:
    """Return a formula in one line; a fraction as 1/2."""
    if element.tag == m("t"):
        return element.text or ""
    if element.tag == m("f"):
        return "/".join(_formula(part) for part in element.iterchildren(m("num"), m("den")))
    inner = "".join(_formula(part) for part in flattened(element))
    return f"({inner})" if element.tag == m("d") else inner


_SPECIAL: dict[str, Callable[[Element, _Writer], None]] = {
    w("br"): _break,
    w("fldChar"): _field,
    w("instrText"): _field_code,
    w("drawing"): _drawing,
    w("pict"): _drawing,
    w("object"): _drawing,
}
