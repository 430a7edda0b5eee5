r"""A stored value and its number format → the text that the cell shows.

It covers what target tables use: decimals, thousands, percent, scaling by commas, literal text,
conditions, dates and times, Chinese numerals. What it does not do: the width of the column (General
shows up to 15 digits, as the formula bar does) and fractions (``# ?/?`` is shown as General).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import pairwise

import cn2an

from perfgraph.sources.sheets.date_format import shown_date
from perfgraph.sources.sheets.format_code import Mark, Section, Token, sections

_DIGITS = 15
"""Digits that a spreadsheet keeps of a number; it stores 0.29 as 0.28999999999999998."""
_CONTEXT = Context(prec=400, rounding=ROUND_HALF_UP)
_STORED = Context(prec=_DIGITS, rounding=ROUND_HALF_UP)
_MAX_EXPONENT = 308
_PLAIN_FROM = -10
_PLAIN_TO = 20
"""Powers of ten between which General is written without an exponent."""
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_CN2AN_LIMIT = Decimal(10) ** 16


def shown_text(text: str, code: str) -> str:
    """Return what a text cell shows.

    >>> shown_text("优", "General"), shown_text("12", '@"元"')
    ('优', '12元')
    """
    found = sections(code)
    last = found[-1]
    if not (len(found) == 4 or last.has(Mark.TEXT)):
        return text
    return "".join(text if token.mark is Mark.TEXT else token.text for token in last.tokens)


def shown_number(number: Decimal, code: str, *, since_1904: bool = False) -> str:
    r"""Return what a cell with ``number`` shows in the format ``code``.

    >>> shown_number(Decimal("222"), '0.00"万元"'), shown_number(Decimal("0.95"), "0%")
    ('222.00万元', '95%')
    >>> shown_number(Decimal("1030700"), "#,##0.00"), shown_number(Decimal("12345"), r'0\.0,"万"')
    ('1,030,700.00', '1.2万')
    >>> shown_number(Decimal("46022"), 'yyyy"年"m"月"d"日"')
    '2025年12月31日'
    """
    if number and abs(number.adjusted()) > _MAX_EXPONENT:
        return str(number)
    number = _STORED.plus(number)
    section, magnitude, sign = _chosen(number, code)
    if section is None:
        return general(number)
    if section.is_date:
        shown = shown_date(magnitude, section, since_1904=since_1904)
        return general(number) if shown is None else shown
    shown = sign + _shown(magnitude, section)
    return _in_numerals(shown, section.numerals)


def general(number: Decimal) -> str:
    """Return ``number`` in the format General.

    >>> general(Decimal("0.1500")), general(Decimal("1E+3")), general(Decimal("-0"))
    ('0.15', '1000', '0')
    """
    number = _STORED.plus(number).normalize(_STORED)
    if not number:
        return "0"
    if _PLAIN_FROM <= number.adjusted() <= _PLAIN_TO:
        return f"{number:f}"
    digits = "".join(str(digit) for digit in number.as_tuple().digits)
    fraction = "." + digits[1:] if digits[1:] else ""
    sign = "-" if number < 0 else ""
    return f"{sign}{digits[0]}{fraction}E{number.adjusted():+03d}"


def _chosen(number: Decimal, code: str) -> tuple[Section | None, Decimal, str]:
    """Return the section for ``number``, what it formats, and the sign to put before it."""
    found = list(sections(code))
    if (len(found) > 1 and found[-1].has(Mark.TEXT)) or len(found) == 4:
        found.pop()  # the section for text
    minus = "-" if number < 0 else ""
    if not found or (len(found) == 1 and found[0].has(Mark.TEXT)):
        return None, number, ""  # a number in a cell of text
    if any(section.condition for section in found):
        for section in found:
            if section.admits(number):
                return section, abs(number), minus
        return None, number, ""
    if len(found) == 1:
        only = found[0]
        return only, (number if only.is_date else abs(number)), minus
    if number < 0:
        return found[1], -number, ""
    return (found[2] if number == 0 and len(found) > 2 else found[0]), number, ""


def _shown(number: Decimal, section: Section) -> str:
    tokens = section.tokens
    if section.has(Mark.GENERAL):
        return "".join(
            general(number) if token.mark is Mark.GENERAL else token.text for token in tokens
        )
    if not section.has(Mark.DIGIT):
        return "".join(token.text for token in tokens)  # text in place of a number
    if _is_fraction(tokens):
        return general(number)
    if section.has(Mark.EXPONENT):
        return _scientific(number, tokens)
    return _fixed(_CONTEXT.multiply(number, _scale(tokens)), tokens)


def _is_fraction(tokens: tuple[Token, ...]) -> bool:
    return any(
        slash == Token(Mark.LITERAL, "/") and after.mark is Mark.DIGIT
        for slash, after in pairwise(tokens)
    )


def _scale(tokens: tuple[Token, ...]) -> Decimal:
    """Return what the number is multiplied by: 100 for %, 1/1000 for a comma after the digits."""
    scale = Decimal(1)
    digits_follow = False
    for token in reversed(tokens):
        if token.mark is Mark.DIGIT:
            digits_follow = True
        elif token.mark is Mark.POINT:
            digits_follow = False
        elif token.mark is Mark.COMMA and not digits_follow:
            scale /= 1000
        elif token.mark is Mark.PERCENT:
            scale *= 100
    return scale


def _fixed(number: Decimal, tokens: tuple[Token, ...]) -> str:
    """Return ``number`` with its digits put into the placeholders, from the point outwards."""
    marks = [token.mark for token in tokens]
    point = marks.index(Mark.POINT) if Mark.POINT in marks else len(tokens)
    whole = [i for i, mark in enumerate(marks) if mark is Mark.DIGIT and i < point]
    decimals = [i for i, mark in enumerate(marks) if mark is Mark.DIGIT and i > point]
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP, _CONTEXT)
    before, _, after = f"{rounded:f}".partition(".")
    shown = {index: token.text for index, token in enumerate(tokens) if _is_printed(token)}
    is_grouped = bool(whole) and Mark.COMMA in marks[whole[0] : whole[-1]]
    shown |= _whole_digits(before.lstrip("0"), [(i, tokens[i].text) for i in whole], is_grouped)
    shown |= _decimal_digits(after, [(i, tokens[i].text) for i in decimals])
    return "".join(shown.get(index, "") for index in range(len(tokens)))


def _is_printed(token: Token) -> bool:
    return token.mark in {Mark.LITERAL, Mark.POINT, Mark.PERCENT, Mark.DATE, Mark.TEXT}


def _whole_digits(
    digits: str, placeholders: list[tuple[int, str]], is_grouped: bool
) -> dict[int, str]:
    """Return the text at each placeholder before the point; the first takes what is left over."""
    least = next((len(placeholders) - n for n, (_, p) in enumerate(placeholders) if p == "0"), 0)
    digits = digits.rjust(least, "0")
    with_commas = [
        digit + ("," if is_grouped and left and left % 3 == 0 else "")
        for digit, left in zip(digits, range(len(digits) - 1, -1, -1), strict=True)
    ]
    shown: dict[int, str] = {}
    for number, (index, _) in enumerate(reversed(placeholders), 1):
        is_first = number == len(placeholders)
        taken = with_commas if is_first else with_commas[-1:]
        shown[index] = "".join(taken)
        with_commas = with_commas[: len(with_commas) - len(taken)]
    return shown


def _decimal_digits(digits: str, placeholders: list[tuple[int, str]]) -> dict[int, str]:
    """Return the text at each placeholder after the point; ``#`` leaves out zeros at the end."""
    needed = 0
    for number, (_, placeholder) in enumerate(placeholders, 1):
        if placeholder == "0" or digits[number - 1] != "0":
            needed = number
    return {
        index: digits[number] for number, (index, _) in enumerate(placeholders) if number < needed
    }


def _scientific(number: Decimal, tokens: tuple[Token, ...]) -> str:
    at = next(i for i, token in enumerate(tokens) if token.mark is Mark.EXPONENT)
    mantissa, exponent = tokens[:at], tokens[at + 1 :]
    step = max(1, _count_before_point(mantissa))
    power = (number.adjusted() // step) * step if number else 0
    shown = _fixed(_CONTEXT.scaleb(number, -power), mantissa)
    width = sum(token.mark is Mark.DIGIT for token in exponent)
    sign = "-" if power < 0 else "+" if tokens[at].text.endswith("+") else ""
    rest = "".join(token.text for token in exponent if token.mark is Mark.LITERAL)
    return f"{shown}E{sign}{abs(power):0{width}d}{rest}"


def _count_before_point(tokens: tuple[Token, ...]) -> int:
    count = 0
    for token in tokens:
        if token.mark is Mark.POINT:
            break
        count += token.mark is Mark.DIGIT
    return count


def _in_numerals(shown: str, numerals: int | None) -> str:
    """Return ``shown`` in Chinese numerals where it is a bare number; other text stays."""
    if numerals is None:
        return shown
    if numerals == 3:
        return shown.translate(_FULL_WIDTH)
    if not shown.replace(".", "", 1).isdecimal() or Decimal(shown) >= _CN2AN_LIMIT:
        return shown
    return str(cn2an.an2cn(shown, "low" if numerals == 1 else "up"))
