"""A printed text → the number that an office worker enters for it, and its number format.

Nobody types 95% or 10万元 as text into a spreadsheet: the cell holds 0.95 or 10, a format prints
the rest. What has no plain number in it is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_NUMBER = re.compile(
    r"(≥|≤|=|>=|<=)?(\d{1,9})(?:\.(\d{1,4}))?(%|[^\d%()（）,，、；;。./\-—~～至*\"]{0,6})"
)
_MONTH = re.compile(r"(20\d\d)年(1[0-2]|[1-9])月")


@dataclass(frozen=True, slots=True)
class Entered:
    """What a spreadsheet cell holds, and the format that prints it."""

    value: float | int | date
    format: str


def entered(text: str) -> Entered | None:
    """Return the number and the format that print as ``text``; ``None`` for texts.

    >>> entered("≥95%"), entered("10.00"), entered("不少于800篇")
    (Entered(value=0.95, format='"≥"0%'), Entered(value=10.0, format='0.00'), None)
    """
    if month := _MONTH.fullmatch(text):
        return Entered(date(int(month[1]), int(month[2]), 1), 'yyyy"年"m"月"')
    match = _NUMBER.fullmatch(text)
    if match is None or (len(match[2]) > 1 and match[2].startswith("0")):
        return None
    sign, whole, decimals, rest = match.groups()
    code = f'"{sign}"' if sign else ""
    code += "0." + "0" * len(decimals) if decimals else "0"
    value: float | int = float(f"{whole}.{decimals}") if decimals else int(whole)
    if rest == "%":
        return Entered(round(value / 100, 8), code + "%")
    return Entered(value, f'{code}"{rest}"' if rest else code)
