"""A serial number → date and time of day, in the two calendars of spreadsheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

_SECONDS_A_DAY = 86_400
_LAST_SERIAL = 2_958_465
"""31 December 9999, the last day that spreadsheets know."""
_FEIGNED_LEAP_DAY = 60
"""29 February 1900 never was; the calendar of 1900 counts it all the same, as Lotus did."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of time as a spreadsheet prints it; ``day`` 0 is its own 0 January 1900."""

    year: int
    month: int
    day: int
    weekday: int
    """0 is Monday."""
    seconds: Decimal
    """Since midnight."""


def moment(serial: Decimal, *, since_1904: bool, decimals: int = 0) -> Moment | None:
    """Return the moment of ``serial``, rounded to ``decimals`` of a second; None when out of range.

    >>> found = moment(Decimal("45657.5"), since_1904=False)
    >>> (found.year, found.month, found.day, int(found.seconds))
    (2024, 12, 31, 43200)
    >>> moment(Decimal(60), since_1904=False).day
    29
    """
    if serial < 0 or serial >= _LAST_SERIAL + 1:
        return None
    total = (serial * _SECONDS_A_DAY).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    days, seconds = divmod(total, _SECONDS_A_DAY)
    number = int(days)
    if since_1904:
        return _on(date(1904, 1, 1) + timedelta(days=number), seconds) if _fits(number) else None
    if number == 0:
        return Moment(1900, 1, 0, 5, seconds)
    if number == _FEIGNED_LEAP_DAY:
        return Moment(1900, 2, 29, 2, seconds)
    if number > _LAST_SERIAL:
        return None
    start = date(1899, 12, 31) if number < _FEIGNED_LEAP_DAY else date(1899, 12, 30)
    return _on(start + timedelta(days=number), seconds)


def serial_of(day: date, seconds: Decimal, *, since_1904: bool) -> Decimal:
    """Return the serial number of a date from March 1900 on.

    >>> serial_of(date(2024, 12, 31), Decimal(43200), since_1904=False)
    Decimal('45657.5')
    """
    start = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
    return (day - start).days + seconds / _SECONDS_A_DAY


def _fits(number: int) -> bool:
    return number <= (date(9999, 12, 31) - date(1904, 1, 1)).days


def _on(day: date, seconds: Decimal) -> Moment:
    return Moment(day.year, day.month, day.day, day.weekday(), seconds)
