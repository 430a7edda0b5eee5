"""Money cells of the fund block: an amount, blank, or unreadable."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfgraph.values import amount, unit

WAN = unit("万元")


@pytest.mark.parametrize(
    ("text", "yuan", "symbol"),
    [
        ("222.00", "2220000", "万元"),
        ("10,000.00", "100000000", "万元"),
        ("854万元", "8540000", "万元"),
        ("854 万", "8540000", "万元"),
        ("10000元", "10000", "元"),
        ("1.2亿元", "120000000", "亿元"),
        ("¥500元整", "500", "元"),
        ("0.00", "0", "万元"),
        ("-5", "-50000", "万元"),
        ("１０．００", "100000", "万元"),
    ],
)
def test_an_amount_is_exact_yuan_with_its_unit_as_written(
    text: str, yuan: str, symbol: str
) -> None:
    found = amount(text, WAN)
    assert found.yuan == Decimal(yuan)
    assert found.unit == unit(symbol)
    assert not found.is_blank
    assert not found.is_unreadable


@pytest.mark.parametrize("text", ["", " ", "\t\n", "—", "/", "--", "无"])
def test_a_blank_cell_is_unknown_and_not_zero(text: str) -> None:
    found = amount(text, WAN)
    assert found.is_blank
    assert found.yuan is None


@pytest.mark.parametrize(
    "text", ["按实结算", "10人", "95%", "****", "10-20", "约10万元", "1 2 3,4"]
)
def test_what_is_no_amount_is_told_apart_from_blank(text: str) -> None:
    found = amount(text, WAN)
    assert found.is_unreadable
    assert not found.is_blank
    assert found.reason is not None
    assert found.yuan is None


def test_a_number_without_any_unit_is_no_amount() -> None:
    assert amount("222.00").is_unreadable


@given(st.decimals(0, 10**10, places=4))
def test_no_digit_is_lost(number: Decimal) -> None:
    assert amount(f"{number:,}", WAN).yuan == number * 10000
