"""A serial number and a date section of a format code → the printed date or time."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from perfgraph.sources.sheets.format_code import Mark, Section, Token
from perfgraph.sources.sheets.serial_dates import Moment, moment

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CHINESE_DAYS = "一二三四五六日"
_NUMERALS = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "０１２３４５６７８９"}
_TENS = {1: "十", 2: "拾"}
_NOON = 12 * 3600


def shown_date(serial: Decimal, section: Section, *, since_1904: bool) -> str | None:
    """Return ``serial`` as ``section`` prints it; None when it is no date at all."""
    decimals = max(
        (len(t.text) - 1 for t in section.tokens if t.mark is Mark.FRACTION_OF_SECOND), default=0
    )
    found = moment(serial, since_1904=since_1904, decimals=decimals)
    if found is None:
        return None
    elapsed = (serial * 86_400).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    has_half_day = section.has(Mark.HALF_DAY)
    return "".join(
        _part(token, found, section, elapsed=elapsed, has_half_day=has_half_day)
        for token in section.tokens
    )


def _part(
    token: Token, at: Moment, section: Section, *, elapsed: Decimal, has_half_day: bool
) -> str:
    match token.mark:
        case Mark.DATE if token.text[0] in "hns":
            number = _clock(token.text[0], at, has_half_day=has_half_day)
            return _numerals(f"{number:0{len(token.text[:2])}d}", section.numerals)
        case Mark.DATE:
            return _calendar(token.text, at, section)
        case Mark.ELAPSED:
            unit = {"h": 3600, "m": 60, "s": 1}[token.text[0]]
            return f"{int(elapsed // unit):0{len(token.text)}d}"
        case Mark.HALF_DAY:
            before, after = token.text.split("/")
            return before if at.seconds < _NOON else after
        case Mark.FRACTION_OF_SECOND:
            return f"{at.seconds % 1:f}"[1:]
        case _:
            return token.text


def _clock(letter: str, at: Moment, *, has_half_day: bool) -> int:
    seconds = int(at.seconds)
    if letter == "h":
        hour = seconds // 3600
        return (hour % 12 or 12) if has_half_day else hour
    return seconds // 60 % 60 if letter == "n" else seconds % 60


def _calendar(text: str, at: Moment, section: Section) -> str:
    letter, width = text[0], len(text)
    if letter == "a":
        return ("星期" if width > 3 else "") + _CHINESE_DAYS[at.weekday]
    if letter in "ye":
        year = f"{at.year % 100:02d}" if letter == "y" and width <= 2 else f"{at.year:04d}"
        return _digit_by_digit(year, section.numerals)
    number, names = (at.month, _MONTHS) if letter == "m" else (at.day, _DAYS)
    if width <= 2:
        return _numerals(f"{number:0{width}d}", section.numerals)
    if section.is_chinese:
        if letter == "m":
            return _numerals(str(number), 1) + "月"
        return ("周" if width == 3 else "星期") + _CHINESE_DAYS[at.weekday]
    name = names[at.month - 1] if letter == "m" else names[at.weekday]
    return name[:3] if width == 3 else name[:1] if letter == "m" and width == 5 else name


def _digit_by_digit(digits: str, numerals: int | None) -> str:
    if numerals is None:
        return digits
    return "".join(_NUMERALS[numerals][int(digit)] for digit in digits)


def _numerals(digits: str, numerals: int | None) -> str:
    """Return a number below 60 in ``numerals``.

    >>> _numerals("31", 1), _numerals("10", 1), _numerals("07", None)
    ('三十一', '十', '07')
    """
    if numerals not in _TENS:
        return _digit_by_digit(digits, numerals)
    tens, ones = divmod(int(digits), 10)
    names = _NUMERALS[numerals]
    before = ("" if tens == 1 else names[tens]) + _TENS[numerals] if tens else ""
    return before + (names[ones] if ones or not tens else "")
