"""WordprocessingML: the names of its elements, and how their attributes and wrappers are read.

It knows syntax only: what is text, a table or a list is for the modules that use it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = {
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}": _W,
    "{http://purl.oclc.org/ooxml/officeDocument/math}": _M,
}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    """Return the qualified name of a WordprocessingML element or attribute."""
    return _W + name


def m(name: str) -> str:
    """Return the qualified name of an element of Office mathematics."""
    return _M + name


PARAGRAPH, TABLE, ROW, CELL, RUN = w("p"), w("tbl"), w("tr"), w("tc"), w("r")
TEXT_BOX = w("txbxContent")
IMPORTED_CHUNK = w("altChunk")
ALTERNATE, _CHOICE, _FALLBACK = _MC + "AlternateContent", _MC + "Choice", _MC + "Fallback"

# What stands around content without changing it. Text that a tracked change deletes (w:del) or
# moves away (w:moveFrom) has a wrapper too, which is not in this list.
_WRAPPERS = frozenset(
    {
        *map(
            w,
            (
                "sdt",
                "sdtContent",
                "customXml",
                "smartTag",
                "ins",
                "moveTo",
                "hyperlink",
                "fldSimple",
                "dir",
                "bdo",
            ),
        ),
        m("oMathPara"),
    }
)


_INDIRECT = _WRAPPERS | {ALTERNATE}


def flattened(elements: Iterable[Element]) -> Iterator[Element]:
    """Yield ``elements`` (or the children of one), those of a wrapper in the wrapper's place.

    Of alternatives for different versions of Word (mc:AlternateContent) one is taken.
    """
    found = list(elements)
    if _INDIRECT.isdisjoint([one.tag for one in found]):
        return iter(found)
    return _unwrapped(found)


def _unwrapped(elements: Iterable[Element]) -> Iterator[Element]:
    # A stack, not recursion: wrappers may be nested as deep as the XML parser allows.
    stack = [iter(elements)]
    while stack:
        for child in stack[-1]:
            if child.tag in _WRAPPERS:
                stack.append(iter(child))
                break
            if child.tag == ALTERNATE:
                stack.append(iter(_chosen(child)))
                break
            yield child
        else:
            stack.pop()


def _chosen(alternatives: Element) -> Element | tuple[()]:
    """Return the first branch that holds text: a choice and its fallback hold the same one."""
    branches = [branch for branch in alternatives if branch.tag in (_CHOICE, _FALLBACK)]
    for branch in branches:
        if next(branch.iter(TEXT_BOX, RUN, w("t"), w("sym")), None) is not None:
            return branch
    return branches[0] if branches else ()


def child(element: Element | None, *path: str) -> Element | None:
    """Return the element at ``path`` of WordprocessingML names below ``element``, if any."""
    for name in path:
        if element is None:
            return None
        qualified = _W + name
        for one in element:  # faster than a search by name, which has to make a matcher
            if one.tag == qualified:
                element = one
                break
        else:
            return None
    return element


def children(element: Element | None, *path: str) -> dict[str, Element]:
    """Return the children of the element at ``path``, by qualified name; none if it is missing.

    For properties, of which each is there once: one pass is faster than a search for each.
    """
    found = child(element, *path)
    if found is None:
        return {}
    return {one.tag: one for one in found}  # type: ignore[misc] # comments are gone: tags are str


def properties_in(parts: Iterable[Element], name: str) -> dict[str, Element]:
    """Return the properties among the children of an element, as ``children`` does.

    Args:
        parts: the children.
        name: qualified name of the element that holds the properties.
    """
    for part in parts:
        if part.tag == name:
            return {one.tag: one for one in part}  # type: ignore[misc] # comments are gone: tags are str
    return {}


def value(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute of ``element``; ``None`` where either is missing."""
    return None if element is None else element.get(_W + name)


def number(element: Element | None, name: str = "val") -> int | None:
    """Return a whole number from an attribute; ``None`` where there is none or no number."""
    text = (value(element, name) or "").strip()
    # A number with more digits is hostile: int() would take quadratic time, and no grid is so wide.
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def is_on(element: Element | None) -> bool:
    """Whether a property such as w:vanish is there and not switched off."""
    return element is not None and value(element) not in ("0", "false", "off")


def text(element: Element) -> str:
    """Return the text of w:t; without xml:space="preserve" Word drops the space around it."""
    content = element.text or ""
    return content if element.get(_SPACE) == "preserve" else content.strip(" \t\r\n")


def to_transitional(root: Element) -> None:
    """Rename what a file in the strict form of the standard calls otherwise."""
    for element in root.iter(etree.Element):
        element.tag = _renamed(str(element.tag))
        for name, content in element.attrib.items():
            renamed = _renamed(str(name))
            if renamed != name:
                del element.attrib[name]
                element.set(renamed, content)


def is_strict(root: Element) -> bool:
    """Whether the part is in the strict form of the standard (ISO/IEC 29500-1)."""
    return str(root.tag).startswith(tuple(_STRICT))


def _renamed(name: str) -> str:
    for strict, transitional in _STRICT.items():
        if name.startswith(strict):
            return transitional + name.removeprefix(strict)
    return name
