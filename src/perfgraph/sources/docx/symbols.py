"""A character code of a symbol font → the Unicode character that the font prints.

Word stores a sign picked from "Insert symbol" as a code of Symbol or Wingdings (w:sym), so that
"≥" is 0xB3 in the file. Signs that are not in the tables stay as they are stored.
"""

from __future__ import annotations

_PRIVATE = 0xF000
"""Word adds this to the codes of symbol fonts, which puts them into Unicode's private use area."""

# From 0x20 and from 0xA0; in the second a space stands where Unicode has no such sign.
_SYMBOL_LOW = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?"
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_SYMBOL_HIGH = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
    "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)

_FONTS: dict[str, dict[int, str]] = {
    "symbol": {
        **dict(enumerate(_SYMBOL_LOW, 0x20)),
        **{code: sign for code, sign in enumerate(_SYMBOL_HIGH, 0xA0) if sign != " "},
    },
    "wingdings": {
        0x6C: "●",
        0x6E: "■",
        0x6F: "□",
        0x71: "❑",
        0x72: "❒",
        0x75: "◆",
        0x76: "❖",
        **{0x80 + digit: sign for digit, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
        **{0x8B + digit: sign for digit, sign in enumerate("⓿❶❷❸❹❺❻❼❽❾❿")},
        0x9F: "•",
        0xA1: "○",
        0xA7: "▪",
        0xA8: "□",
        0xAB: "★",
        0xD8: "➢",
        0xDF: "←",
        0xE0: "→",
        0xE1: "↑",
        0xE2: "↓",
        0xE8: "➔",
        0xFB: "✗",
        0xFC: "✓",
        0xFD: "☒",
        0xFE: "☑",
    },
    "wingdings 2": {
        0x4F: "✗",
        0x50: "✓",
        0x51: "☒",
        0x52: "☑",
        0x53: "☒",
        0x54: "☒",
        **{0x69 + digit: sign for digit, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
        0xA3: "□",
    },
}


def printed(text: str, font: str | None) -> str:
    r"""Return ``text`` as it looks in ``font``; unchanged where that is no symbol font.

    >>> printed("\uf0b3", "Symbol") + "90%", printed("R£", "Wingdings 2"), printed("R", "宋体")
    ('≥90%', '☑□', 'R')
    """
    signs = _FONTS.get((font or "").casefold())
    if signs is None:
        return text
    return "".join(signs.get(_code(character), character) for character in text)


def character(code: str | None, font: str | None) -> str:
    """Return the sign of a w:sym element; nothing where its code is no character.

    >>> character("F0A3", "Symbol"), character("2265", "宋体"), character("", None)
    ('≤', '≥', '')
    """
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    # Surrogates and what lies beyond Unicode cannot be printed, nor written as UTF-8.
    if not 0x20 <= number <= 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return ""
    return printed(chr(number), font)


def _code(character: str) -> int:
    code = ord(character)
    return code - _PRIVATE if _PRIVATE <= code <= _PRIVATE + 0xFF else code
