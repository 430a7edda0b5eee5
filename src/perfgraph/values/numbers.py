"""Digits and Chinese numerals → exact decimals.

It knows numbers only: signs, units and dates are read elsewhere.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from perfgraph.text import Text
from perfgraph.values import notes

NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
NUMERAL = "[零〇一二两三四五六七八九十百千万亿]+(?:点[零〇一二三四五六七八九]+)?"
_MOST_DIGITS = 20

_HAS_NUMERAL = re.compile("[零〇一二两三四五六七八九十百千]")
_HUNDREDTHS = re.compile(rf"(百|千)分之({NUMERAL}|{NUMBER})")
_FRACTION = re.compile(rf"({NUMERAL}|[0-9]+)分之({NUMERAL}|[0-9]+)")
_RATIO = re.compile(
    r"(?P<name>(?:[^0-9]*(?:比|比例|为|达到|不低于|≥|=))?)(?P<a>[0-9]+(?:\.[0-9]+)?):(?P<b>[0-9]+(?:\.[0-9]+)?)"
)
_CLOCK = re.compile("(?:0?[02-9]|1[0-9]|2[0-3]):[0-5][0-9]")
_TENTHS = re.compile(
    r"(?<![0-9.零〇一二两三四五六七八九十百千])([一二三四五六七八九]|[1-9](?:\.[0-9])?)成(?=$|以上|以下|左右|多)"
)


def is_code(digits: str) -> bool:
    """Whether there are too many digits for a quantity: a code or an account number.

    Such a number would also leave exact arithmetic when it is converted to a base unit.

    >>> is_code("50023300024000060111111"), is_code("10,000,000,000.0000")
    (True, False)
    """
    return len(digits) - digits.count(",") - digits.count(".") > _MOST_DIGITS


def decimal(digits: str) -> Decimal:
    """Return a number written with ASCII digits, thousands separators allowed.

    >>> decimal("1,030,700.00")
    Decimal('1030700.00')
    """
    return Decimal(digits.replace(",", ""))


@lru_cache(maxsize=1024)
def chinese(numeral: str) -> Decimal | None:
    """Return a Chinese numeral's value; ``None`` when it is not one.

    >>> chinese("两千三百"), chinese("三点五"), chinese("一一十")
    (Decimal('2300'), Decimal('3.5'), None)
    """
    # Imported at first use: Chinese numerals are rare and the import takes about 0.1 s.
    from cn2an import cn2an

    whole, _, fraction = numeral.partition("点")
    try:
        number = Decimal(str(cn2an(whole, "normal")))
    except ValueError:
        return None
    if fraction:
        # cn2an gives a float for a fraction; its digits are taken one by one to stay exact.
        number += Decimal("0." + "".join(str(cn2an(digit, "normal")) for digit in fraction))
    return number


def has_numeral(plain: str) -> bool:
    """Whether a character of a Chinese numeral occurs.

    >>> has_numeral("一百人次"), has_numeral("持续改善")
    (True, False)
    """
    return _HAS_NUMERAL.search(plain) is not None


def spell_out_fractions(plain: str) -> tuple[str, tuple[Text, ...]]:
    """Return the text with fractions, tenths and ratios as percentages, and notes on them.

    >>> spell_out_fractions("百分之九十以上")[0], spell_out_fractions("三分之二以上")[0]
    ('90%以上', '66.6667%以上')
    >>> spell_out_fractions("达到百分之百")[0]
    '达到100%'
    >>> spell_out_fractions("八成以上")[0], spell_out_fractions("1:1")[0]
    ('80%以上', '100%')
    >>> spell_out_fractions("8:30")[0]
    '8:30'
    """
    if "分之" in plain:
        plain = _HUNDREDTHS.sub(_hundredths, plain)
        if match := _FRACTION.search(plain):
            return _percent(plain, match, _either(match[2]), _either(match[1]))
    if "成" in plain and (match := _TENTHS.search(plain)):
        return _percent(plain, match, _either(match[1]), Decimal(10))
    if ":" in plain and (match := _RATIO.fullmatch(plain)) and not _CLOCK.fullmatch(plain):
        return _percent(plain, match, _either(match["a"]), _either(match["b"]), match.end("name"))
    return plain, ()


def _percent(
    plain: str, match: re.Match[str], part: Decimal | None, whole: Decimal | None, start: int = -1
) -> tuple[str, tuple[Text, ...]]:
    """Replace ``match`` from ``start`` on by ``part`` of ``whole`` in percent."""
    if part is None or not whole:
        return plain, ()
    start = match.start() if start < 0 else start
    short = (part * 100 / whole).quantize(Decimal("0.0001"), rounding=ROUND_HALF_EVEN)
    exact = short * whole == part * 100
    note = notes.AS_PERCENT if exact else notes.ROUNDED
    text = f"{plain[:start]}{short.normalize():f}%{plain[match.end() :]}"
    return text, (note.format(printed=plain[start : match.end()]),)


def _hundredths(match: re.Match[str]) -> str:
    # 百分之百 says one hundred without 一; elsewhere a lone 百 is no number (百姓).
    number = Decimal(100) if match[2] == "百" else _either(match[2])
    return match[0] if number is None else f"{number:f}{'%' if match[1] == '百' else '‰'}"


def _either(number: str) -> Decimal | None:
    if number[0].isascii():
        return None if is_code(number) else decimal(number)
    return chinese(number)
