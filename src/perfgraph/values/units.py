"""The text of a unit of measure → ``Unit``, from the code list, its compounds and its scales.

``units.csv`` is the code list. A word outside it becomes its own base; nothing is guessed to be a
synonym. Numbers are read elsewhere.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from perfgraph.model import Unit
from perfgraph.values.normalise import normalise

_SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_SCALE = re.compile("[十百千]?[万亿]+|[百千](?=[人元次户家亩件份株])")
_PARTS = re.compile("[/*·×]|每")
_MARKS = frozenset("/*·×每")
_ALTERNATIVES = frozenset("件套台个座处项部只条本册张幅块组份根盏具把")
_PER_YEAR = {"年": 1, "半年": 2, "季度": 4, "月": 12, "周": 52}
_GROUPED = re.compile(r"/\(([^()]*)\)")
_CALENDAR = frozenset({"年", "半年", "季度", "月", "周", "学期"})
"""Periods that a rate may be per, but never in."""
_UNIT_WORD = re.compile("[^0-9/*·×每()%‰,.;:、。≥≤<>=+~^$#&@!?_-]{1,12}")


def _load() -> Iterable[tuple[tuple[str, ...], Unit]]:
    path = Path(__file__).with_name("units.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    symbols = {row["token"]: row["symbol"] for row in rows}
    for row in rows:
        unit = Unit(
            symbol=row["symbol"],
            base=symbols[row["base"]],
            factor=Decimal(row["factor"]),
            token=row["token"],
            quantity=row["quantity"] or None,
            numerator=symbols.get(row["numerator"]),
            per_unit=symbols.get(row["per_unit"]),
            per_period=symbols.get(row["per_period"]),
        )
        yield (row["symbol"], *filter(None, row["synonyms"].split("|"))), unit


LISTED: dict[str, Unit] = {
    spelling: unit
    for printed, unit in _load()
    for symbol in printed
    for spelling in {symbol, normalise(symbol)}
}
"""Every spelling of a listed unit, as printed and in plain form."""

_NUMERATORS_ELIDED = {"万": LISTED["万元"], "亿": LISTED["亿元"]}


@lru_cache(maxsize=4096)
def unit(symbol: str) -> Unit:
    """Return the unit of measure that ``symbol`` names; one that is not listed is its own base.

    >>> unit("元/人·月").symbol, unit("元/人*月").factor
    ('元/人/月', Decimal('12'))
    >>> unit("万粒").base, unit("万粒").factor
    ('粒', Decimal('10000'))
    >>> minted = unit("万元/标准箱")
    >>> minted.token, minted.base, minted.factor, minted.numerator, minted.per_unit
    (None, '元/标准箱', Decimal('10000'), '万元', '标准箱')

    Raises:
        ValueError: the symbol is blank.
    """
    plain = normalise(symbol)
    if not plain:
        raise ValueError("a unit of measure has a symbol")
    return known(plain) or _scaled(plain) or _compound(plain) or Unit(plain, base=plain)


@lru_cache(maxsize=4096)
def known(plain: str) -> Unit | None:
    """Return the unit if it is listed or made of listed parts only; ``None`` for other words.

    >>> known("万件/套").base, known("个小时").symbol, known("次数"), known("元/标准箱")
    ('件(套)', '小时', None, None)
    """
    if found := LISTED.get(plain):
        return found
    if plain.startswith("个") and (found := LISTED.get(plain[1:])) and found.quantity == "duration":
        return found
    if plain.startswith("(") and plain.endswith(")"):
        return known(plain[1:-1])
    return _scaled(plain, listed_only=True) or _compound(plain, listed_only=True)


def per(first: str, denominators: str) -> Unit | None:
    """Return the unit of a rate in words: 每次100人 is 人/次 and no count, as 100人次 is.

    >>> per("人", "/次").symbol, per("元", "/月").symbol, known("人/次").symbol
    ('人/次', '元/月', '人次')
    """
    count = known(first) if denominators == "/次" else None
    if count is None or count.quantity != "count":
        return known(first + denominators)
    symbol = f"{count.symbol}/次"
    # Its own base, also with 万: the spelling of the base would be read as 人次.
    return Unit(symbol, base=symbol, numerator=count.symbol, per_unit="次")


def longest_prefix(plain: str) -> tuple[Unit, int] | None:
    """Return the longest known unit at the start of ``plain``, and its length there."""
    for length in range(min(len(plain), 12), 0, -1):
        if plain[length - 1] not in _MARKS and (found := known(plain[:length])):
            return found, length
    return None


def is_word(plain: str) -> bool:
    """Whether ``plain`` could be a unit: no digit, no mark that units do not have.

    >>> is_word("标准箱"), is_word("元/人"), is_word("44,561"), is_word("-")
    (True, True, False, False)
    """
    return bool(plain) and all(
        _UNIT_WORD.fullmatch(part) for part in re.split("[/*·×()每]", plain) if part
    )


def _scaled(plain: str, *, listed_only: bool = False) -> Unit | None:
    """Return 万粒 and the like; a rate such as 万元/月 scales its numerator, not the rate."""
    match = _SCALE.match(plain)
    if match is None or match.end() == len(plain) or plain[match.end()] in _MARKS:
        return None
    rest, scale = plain[match.end() :], match[0]
    inner = known(rest) if listed_only else unit(rest)
    if inner is None or inner.numerator is not None:
        return None
    return Unit(
        symbol=scale + inner.symbol,
        base=inner.base,
        factor=inner.factor * Decimal(10) ** sum(_SCALES[letter] for letter in scale),
        quantity=inner.quantity,
    )


def _compound(plain: str, *, listed_only: bool = False) -> Unit | None:
    """Return 元/人/月 and the like; ``None`` if ``plain`` has no denominator we may use."""
    first, *rest = _PARTS.split(_GROUPED.sub(r"/\1", plain))
    rest = [part for part in rest if part]
    if not first or not rest:
        return _bracketed(plain)
    numerator = _NUMERATORS_ELIDED.get(first) or known(first)
    if numerator is None and not listed_only:
        numerator = unit(first)
    if numerator is None or numerator.numerator or numerator.symbol in _CALENDAR:
        return None
    if rest == ["次"] and numerator.quantity == "count":
        return unit(numerator.symbol + "次")
    if len(rest) == 1 and first in _ALTERNATIVES and rest[0] in _ALTERNATIVES:
        # 台/套 and the like: the slash says "or", not "per".
        return Unit(f"{first}/{rest[0]}", base=f"{first}/{rest[0]}", quantity="count")
    parts = [known(part) or (None if listed_only else unit(part)) for part in rest]
    denominators = [part for part in parts if part is not None]
    if len(denominators) < len(parts) or any(part.numerator for part in denominators):
        return None
    return _rate(numerator, denominators)


def _bracketed(plain: str) -> Unit | None:
    """Return 件(套) and the like: two counting words of which either may be meant."""
    head, bracket, tail = plain.partition("(")
    if not bracket or not tail.endswith(")"):
        return None
    if not (LISTED.get(head) and LISTED.get(tail[:-1])):
        return None
    return Unit(plain, base=plain, quantity="count")


def _rate(numerator: Unit, denominators: list[Unit]) -> Unit:
    """Return ``numerator`` per the denominators: units first; per year where that is exact."""
    periods = [part for part in denominators if part.quantity == "duration"]
    others = [part for part in denominators if part.quantity != "duration"]
    symbol = "/".join(part.symbol for part in (numerator, *others, *periods))
    if found := LISTED.get(symbol):
        return found
    factor = numerator.factor
    base_periods = [part.symbol for part in periods]
    if len(periods) == 1 and (times := _PER_YEAR.get(periods[0].symbol)):
        factor, base_periods = factor * times, ["年"]
    base = "/".join((numerator.base, *(part.symbol for part in others), *base_periods))
    if listed_base := LISTED.get(base):
        base, factor = listed_base.base, factor * listed_base.factor
    quantity: str | None = None
    if numerator.quantity == "money":
        quantity = "money-rate"
    elif numerator.quantity == "count" and periods and not others:
        quantity = "frequency"
    return Unit(
        symbol=symbol,
        base=base,
        factor=factor,
        quantity=quantity,
        numerator=numerator.symbol,
        per_unit=others[0].symbol if len(others) == 1 else None,
        per_period=periods[0].symbol if len(periods) == 1 else None,
    )
