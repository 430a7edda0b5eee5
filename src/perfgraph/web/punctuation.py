"""Punctuation as Chinese input methods type it, and what SPARQL wants in its place. Pure data."""

from __future__ import annotations

from perfgraph.store.tokens import Kind, tokens

_TYPED = {
    "。": ".",
    "、": ",",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "《": "<",
    "》": ">",
    "〈": "<",
    "〉": ">",
    "【": "[",
    "】": "]",
    "「": '"',
    "」": '"',
    "『": '"',
    "』": '"',
    "〔": "(",
    "〕": ")",
    "—": "-",
    "…": "...",
    "×": "*",
    "÷": "/",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "￥": "$",
    "\u3000": " ",
}
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_SHIFT = 0xFEE0


def meant(character: str) -> str | None:
    """Return the ASCII that a character was typed for; ``None`` when it is no such character.

    >>> meant("（"), meant("。"), meant("Ｓ"), meant("表")
    ('(', '.', 'S', None)
    """
    if ord(character) in _FULL_WIDTH:
        return chr(ord(character) - _SHIFT)
    return _TYPED.get(character)


def first_typed(text: str) -> tuple[int, str] | None:
    """Return the first such character outside strings, IRIs and comments, with its offset.

    >>> first_typed('SELECT * { ?s ?p "（甲）" 。 }')
    (23, '.')
    """
    for token in tokens(text):
        if token.kind in (Kind.STRING, Kind.IRI):
            continue
        for offset, character in enumerate(token.text):
            ascii_text = meant(character)
            if ascii_text is not None:
                return token.start + offset, ascii_text
    return None
