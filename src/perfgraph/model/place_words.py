"""A place → words for people, in Chinese or English."""

from __future__ import annotations

from perfgraph.model.places import Place
from perfgraph.text import Language, Text

_PARTS = (
    ("page", Text(zh="第{n}页", en="page {n}")),
    ("table", Text(zh="表{n}", en="table {n}")),
    ("row", Text(zh="第{n}行", en="row {n}")),
    ("column", Text(zh="第{n}列", en="col. {n}")),
)


def place_text(place: Place, language: Language) -> str:
    """Return a place in words.

    >>> place_text(Place("a.txt", table=4, row=3, column=5), "zh")
    '表4第3行第5列'
    >>> place_text(Place("a.txt", table=4, row=3, column=5), "en")
    'table 4, row 3, col. 5'
    """
    named = [place.sheet] if place.sheet else []
    parts = named + [
        words.format(n=index).pick(language)
        for name, words in _PARTS
        if (index := getattr(place, name)) is not None
    ]
    return ("" if language == "zh" else ", ").join(parts)
