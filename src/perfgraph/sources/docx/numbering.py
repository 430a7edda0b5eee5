"""numbering.xml and the paragraphs so far → the number that Word prints before a paragraph.

Word stores "1." of an automatic list nowhere: it counts when it prints. It counts once for all
lists with the same definition, unless a list says where it starts again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from perfgraph.sources.docx import symbols
from perfgraph.sources.docx.markup import Element, child, is_on, number, value, w
from perfgraph.sources.docx.numerals import numeral

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list definition (w:lvl)."""

    pattern: str
    """The printed text, with %1 for the number of the first level."""
    style: str
    start: int
    suffix: str
    restart: int | None
    """Count anew after a paragraph of this level or above it; ``0`` means never."""
    is_legal: bool
    paragraph_style: str | None
    font: str | None


@dataclass(frozen=True, slots=True)
class _List:
    """One list (w:num): its definition, and what it overrides."""

    definition: str
    starts: dict[int, int]
    levels: dict[int, Level]


@dataclass
class Counter:
    """The lists of a document and how far each has counted. Ask once for each paragraph."""

    _definitions: dict[str, dict[int, Level]]
    _lists: dict[int, _List]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[int, int]] = field(default_factory=set)

    def level(self, list_id: int, paragraph_style: str) -> int:
        """Return the level of the list that belongs to a heading style; the first if none."""
        chosen = self._lists.get(list_id)
        levels = {} if chosen is None else self._definitions.get(chosen.definition, {})
        return next((i for i, one in levels.items() if one.paragraph_style == paragraph_style), 0)

    def label(self, list_id: int, level: int) -> str:
        """Count the next paragraph of a list and return what is printed before its text."""
        chosen = self._lists.get(list_id)
        if chosen is None or chosen.definition not in self._definitions:
            return ""
        levels = self._definitions[chosen.definition] | chosen.levels
        depth = min(level, _LEVELS - 1)
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(chosen.definition, {})
        self._count(list_id, chosen, levels, counts, depth)
        return _label(levels, counts, depth)

    def _count(
        self,
        list_id: int,
        chosen: _List,
        levels: dict[int, Level],
        counts: dict[int, int],
        depth: int,
    ) -> None:
        restarts = depth in chosen.starts and (list_id, depth) not in self._begun
        self._begun.add((list_id, depth))
        start = chosen.starts.get(depth, levels[depth].start)
        counts[depth] = start if restarts or depth not in counts else counts[depth] + 1
        for deeper in [one for one in counts if one > depth]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or depth < restart:
                del counts[deeper]


def read(root: Element | None) -> Counter:
    """Return the lists of the part, none of which has counted yet."""
    definitions: dict[str, dict[int, Level]] = {}
    links: dict[str, str] = {}
    by_style: dict[str, str] = {}
    for element in () if root is None else root.findall(w("abstractNum")):
        identifier = value(element, "abstractNumId") or ""
        definitions[identifier] = _levels(element)
        if link := value(child(element, "numStyleLink")):
            links[identifier] = link
        if style := value(child(element, "styleLink")):
            by_style[style] = identifier
    for identifier, style in links.items():
        # The definition stands elsewhere, under the list style that both name.
        definitions[identifier] = definitions.get(by_style.get(style, ""), {})
    lists = {
        list_id: _list(element)
        for element in (() if root is None else root.findall(w("num")))
        if (list_id := number(element, "numId")) is not None
    }
    return Counter(definitions, lists)


def _levels(parent: Element) -> dict[int, Level]:
    found = ((number(element, "ilvl"), element) for element in parent.findall(w("lvl")))
    return {
        index: _level(element) for index, element in found if index is not None and index < _LEVELS
    }


def _level(element: Element) -> Level:
    start = number(child(element, "start"))
    return Level(
        pattern=value(child(element, "lvlText")) or "",
        style=value(child(element, "numFmt")) or "decimal",
        start=0 if start is None else start,
        suffix=value(child(element, "suff")) or "tab",
        restart=number(child(element, "lvlRestart")),
        is_legal=is_on(child(element, "isLgl")),
        paragraph_style=value(child(element, "pStyle")),
        font=value(child(element, "rPr", "rFonts"), "ascii"),
    )


def _list(element: Element) -> _List:
    starts: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for override in element.findall(w("lvlOverride")):
        index = number(override, "ilvl")
        if index is None or index >= _LEVELS:
            continue
        start = number(child(override, "startOverride"))
        if start is not None:
            starts[index] = start
        replaced = child(override, "lvl")
        if replaced is not None:
            levels[index] = _level(replaced)
    return _List(value(child(element, "abstractNumId")) or "", starts, levels)


def _label(levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
    level = levels[depth]
    if level.style == "bullet":
        text = symbols.printed(level.pattern, level.font)
    else:
        text = _PLACEHOLDER.sub(
            lambda match: _numeral(levels, counts, int(match[1]) - 1, level.is_legal),
            level.pattern,
        )
    # A tab or space sets the number off from the text; it is there even where the number ends in
    # a point, because "1." before "5万元" must not become 1.5.
    return text if level.suffix == "nothing" or not text else text + " "


def _numeral(levels: dict[int, Level], counts: dict[int, int], index: int, is_legal: bool) -> str:
    if index not in levels:
        return ""
    level = levels[index]
    count = counts.get(index, level.start)
    return numeral(count, "decimal" if is_legal else level.style)
