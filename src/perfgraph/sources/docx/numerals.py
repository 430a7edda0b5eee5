"""A number → the numeral that an automatic list prints for it. Formats of Word, no counting."""

from __future__ import annotations

from collections.abc import Callable

import cn2an

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LARGEST = 9999
"""No list is longer; a hostile start value would make letters and Roman numerals endless."""


def numeral(number: int, style: str) -> str:
    """Return ``number`` in a number format of Word (w:numFmt); decimal where it is not known.

    >>> [numeral(12, style) for style in ("chineseCounting", "decimalEnclosedCircle", "upperRoman")]
    ['十二', '⑫', 'XII']
    >>> numeral(3, "none"), numeral(3, "hebrew1")
    ('', '3')
    """
    if not 0 <= number <= _LARGEST:
        return str(number)
    return _STYLES.get(style, str)(number)


def _counted(number: int) -> str:
    return str(cn2an.an2cn(number, "low")) if number else "〇"


def _formal(number: int) -> str:
    return str(cn2an.an2cn(number, "up")) if number else "零"


def _digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _lower_roman(number: int) -> str:
    letters = ""
    for worth, letter in _ROMAN:
        count, number = divmod(number, worth)
        letters += letter * count
    return letters


def _lower_letter(number: int) -> str:
    """Return a, b, …, z, aa, bb, …: Word repeats the letter."""
    if not number:
        return ""
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (times + 1)


def _from(signs: str) -> Callable[[int], str]:
    """Return a format that takes its signs from a series; beyond its end it is decimal."""

    def sign(number: int) -> str:
        return signs[number - 1] if 0 < number <= len(signs) else str(number)

    return sign


def _block(first: str, count: int) -> Callable[[int], str]:
    return _from("".join(chr(ord(first) + index) for index in range(count)))


_STYLES: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalEnclosedCircle": _block("①", 20),
    "decimalEnclosedCircleChinese": _block("①", 20),
    "decimalEnclosedParen": _block("⑴", 20),
    "decimalEnclosedFullstop": _block("⒈", 20),
    "ideographEnclosedCircle": _block("㊀", 10),
    "ideographTraditional": _from(_STEMS),
    "ideographZodiac": _from(_BRANCHES),
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "chineseCounting": _counted,
    "chineseCountingThousand": _counted,
    "japaneseCounting": _counted,
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": _counted,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "lowerRoman": _lower_roman,
    "upperRoman": lambda number: _lower_roman(number).upper(),
    "lowerLetter": _lower_letter,
    "upperLetter": lambda number: _lower_letter(number).upper(),
}
