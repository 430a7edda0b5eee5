"""styles.xml → what a style says about printing: hidden, numbered, part of a table of contents."""

from __future__ import annotations

from dataclasses import dataclass, field

from perfgraph.sources.docx.markup import Element, child, children, is_on, number, value, w

_VANISH, _LIST = w("vanish"), w("numPr")


@dataclass(frozen=True, slots=True)
class Numbering:
    """A place in an automatic list (w:numPr); what is ``None`` is as the style or list says."""

    list_id: int | None
    level: int | None


@dataclass(frozen=True, slots=True)
class Style:
    """What a style adds to its base; ``None`` where it says nothing."""

    name: str
    base: str | None
    hidden: bool | None = None
    numbering: Numbering | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """All styles of a document, by their identifier in the file."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str | None = None
    """Style of a paragraph that names none."""
    _hidden: dict[str | None, bool] = field(default_factory=dict, repr=False, compare=False)
    """What was found out before: every run and paragraph asks."""
    _contents: dict[str | None, bool] = field(default_factory=dict, repr=False, compare=False)

    def is_hidden(self, style: str | None) -> bool:
        """Whether text in ``style`` is hidden (w:vanish)."""
        if style not in self._hidden:
            stated = (link.hidden for _, link in self._chain(style) if link.hidden is not None)
            self._hidden[style] = next(stated, False)
        return self._hidden[style]

    def numbering(self, style: str | None) -> tuple[int, int | None, str] | None:
        """Return list and level of ``style``, and the style among its bases that names them."""
        for identifier, link in self._chain(style):
            if link.numbering is not None and link.numbering.list_id is not None:
                return link.numbering.list_id, link.numbering.level, identifier
        return None

    def is_contents(self, style: str | None) -> bool:
        """Whether ``style`` is one of the lines of a table of contents, "toc 1" to "toc 9"."""
        if style not in self._contents:
            names = (link.name.casefold() for _, link in self._chain(style))
            self._contents[style] = any(name.startswith("toc ") for name in names)
        return self._contents[style]

    def _chain(self, style: str | None) -> list[tuple[str, Style]]:
        """Return the style and its bases; a chain that bites its tail ends there."""
        chain: dict[str, Style] = {}
        while style is not None and style not in chain and style in self.by_id:
            chain[style] = self.by_id[style]
            style = chain[style].base
        return list(chain.items())


def read(root: Element | None) -> Styles:
    """Return the styles of the part; none where a document has no such part."""
    by_id: dict[str, Style] = {}
    default = None
    for element in () if root is None else root.findall(w("style")):
        identifier = value(element, "styleId")
        if identifier is None:
            continue
        by_id[identifier] = Style(
            name=value(child(element, "name")) or "",
            base=value(child(element, "basedOn")),
            hidden=hidden(children(element, "rPr")),
            numbering=numbering(children(element, "pPr")),
        )
        if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true"):
            default = identifier
    return Styles(by_id, default)


def hidden(properties: dict[str, Element]) -> bool | None:
    """Return whether run properties hide the text; ``None`` where they do not say."""
    vanish = properties.get(_VANISH)
    return None if vanish is None else is_on(vanish)


def numbering(properties: dict[str, Element]) -> Numbering | None:
    """Return the list that paragraph properties name; list 0 means "in no list"."""
    item = properties.get(_LIST)
    if item is None:
        return None
    return Numbering(number(child(item, "numId")), number(child(item, "ilvl")))
