"""A printed text → the plain form that the grammar reads; it never replaces the printed text.

Full-width forms, white space, dashes and variants of signs are made one. Meaning is not judged.
"""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_POWER = re.compile("(?<=[0-9０-９])[²³]")
_BROKEN_NUMBER = re.compile(r"[0-9]\s+[0-9]")
_LIST_NUMBER = re.compile(
    r"(?:^|(?<=[;。]))(?:\([0-9]{1,2}\)|[0-9]{1,2}[、.)])(?=[^0-9;、.%]{2}|[≥≤><=])"
)
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("≧⩾≮", "≥"),
        **dict.fromkeys("≦⩽≯", "≤"),
        **dict.fromkeys("‐‑‒–—―−─━﹘", "-"),
        **dict.fromkeys("〜∼", "~"),
        **dict.fromkeys("【〔", "("),
        **dict.fromkeys("】〕", ")"),
        **dict.fromkeys("•・∙⋅", "·"),
        "〉": ">",
        "〈": "<",
        "═": "=",
        "✕": "×",
    }
)
# ① and ⒈ would become digits in NFKC: they number a list and are no quantity.
_ENUMERATORS = {code: ";" for code in (*range(0x2460, 0x249C), *range(0x2776, 0x2794))}
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))
_TRANSLATE = {**_SIGNS, **_ENUMERATORS, **_INVISIBLE}
_BRACKETS = str.maketrans("[]", "()")
_COMPARATORS = {"≥": (">=", "=>", "≥="), "≤": ("<=", "=<", "≤="), "=": ("==",)}
_OUTER = "。.,;、!"


def normalise(text: str) -> str:
    """Return ``text`` in NFKC without white space, with one spelling for each sign.

    >>> normalise("≧ ９０ ％。")
    '≥90%'
    >>> normalise("① 2 个")
    '2个'
    """
    text = _SPACE.sub("", text)
    if not text.isascii():
        text = text.translate(_TRANSLATE)
        if "²" in text or "³" in text:
            text = _POWER.sub("^", text)
        text = unicodedata.normalize("NFKC", text)
        # NFKC itself yields spaces (from ´) and, on other characters, some of the signs.
        text = _SPACE.sub("", text).translate(_SIGNS)
    if "[" in text or "]" in text:
        text = text.translate(_BRACKETS)
    if "=" in text:
        for sign, variants in _COMPARATORS.items():
            for variant in variants:
                text = text.replace(variant, sign)
    return text.strip(_OUTER)


def breaks_a_number(text: str) -> bool:
    """Whether white space stands between two digits, so that reading them as one is a guess.

    >>> breaks_a_number("10 20"), breaks_a_number("≥ 10 %")
    (True, False)
    """
    return _BROKEN_NUMBER.search(text) is not None


def without_list_numbers(plain: str) -> str:
    """Return the text without the numbers that begin the points of a list.

    >>> without_list_numbers("1、培训500人;2、印发手册3册")
    '培训500人;印发手册3册'
    >>> without_list_numbers("1.5万元")
    '1.5万元'
    """
    return _LIST_NUMBER.sub("", plain)
