"""Amounts: exact in, exact out, and no unit lost when one is split."""

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shop.rules.errors import Invalid
from app.shop.rules.money import LARGEST_MINOR, exponent, split, to_minor, to_units

DECIMALS = {"IDR": 0, "VND": 0, "JPY": 0, "KRW": 0, "CLP": 0}
DECIMALS |= {"USD": 2, "EUR": 2, "GBP": 2, "BRL": 2, "THB": 2, "PHP": 2, "KWD": 3, "TND": 3}
currencies = st.sampled_from(sorted(DECIMALS))
amounts = st.integers(-LARGEST_MINOR, LARGEST_MINOR)
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=30)


@pytest.mark.parametrize("currency", DECIMALS)
def test_a_currency_has_its_iso_decimals_and_the_rupiah_none(currency: str) -> None:
    assert exponent(currency) == DECIMALS[currency]


@given(amounts, currencies)
def test_an_amount_survives_the_way_out_and_in(minor: int, currency: str) -> None:
    units = to_units(minor, currency)
    assert to_minor(units, currency) == to_minor(str(units), currency) == minor
    assert units * 10 ** DECIMALS[currency] == minor


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("85000", "IDR", 85_000),
        ("85000.00", "IDR", 85_000),
        (85_000, "VND", 85_000),
        ("12.5", "USD", 1_250),
        ("12.345", "KWD", 12_345),
        ("-3.99", "BRL", -399),
        ("0", "USD", 0),
        ("1e3", "USD", 100_000),
        (str(LARGEST_MINOR), "IDR", LARGEST_MINOR),
        ("1." + "0" * 90, "USD", 100),
    ],
)
def test_an_amount_is_read_as_written(amount: str | int, currency: str, minor: int) -> None:
    assert to_minor(amount, currency) == minor


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("85000.50", "IDR"),
        ("1.5", "VND"),
        ("0.001", "USD"),
        ("0.0001", "KWD"),
        ("1.0000000000000000000000000000001", "USD"),
        ("1e-999999", "USD"),
    ],
)
def test_a_fraction_the_currency_has_not_is_told_and_not_rounded_away(amount: str, currency: str) -> None:
    with pytest.raises(Invalid, match="too_many_decimals"):
        to_minor(amount, currency)


@pytest.mark.parametrize(
    "amount",
    [
        *("", " ", "free", "1,5", "1.2.3", "--5", "0x10", "Rp 85.000", "NaN", "sNaN", "Infinity", "-inf"),
        *("1e999999", "-1e999999", "9" * 400, str(LARGEST_MINOR + 1), "0." + "3" * 400),
    ],
)
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(Invalid, match="not_an_amount"):
        to_minor(amount, "IDR")


@given(st.text())
def test_no_text_brings_the_reader_down(text: str) -> None:
    with suppress(Invalid):
        assert abs(to_minor(text, "USD")) <= LARGEST_MINOR


@given(amounts, weights)
def test_the_parts_sum_to_the_whole(total: int, weights: list[int]) -> None:
    parts = split(total, weights)
    assert sum(parts) == total
    assert len(parts) == len(weights)
    assert all(part * total >= 0 for part in parts)


@given(amounts, weights.filter(any))
def test_each_part_is_within_one_unit_of_its_exact_share(total: int, weights: list[int]) -> None:
    for part, weight in zip(split(total, weights), weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


@given(amounts, weights.filter(any))
def test_who_weighs_more_never_gets_less(total: int, weights: list[int]) -> None:
    parts = [abs(part) for part in split(total, weights)]
    ranked = sorted(zip(weights, parts, strict=True))
    for (lighter, less), (heavier, more) in pairwise(ranked):
        assert less <= more or lighter == heavier


def test_a_unit_that_cannot_be_shared_goes_to_the_first_of_equals() -> None:
    assert split(100, [1, 1, 1]) == (34, 33, 33)
    assert split(-100, [1, 1, 1]) == (-34, -33, -33)
    assert split(1, [0, 5, 5]) == (0, 1, 0)


def test_where_nothing_weighs_the_first_part_takes_everything() -> None:
    assert split(7, [0, 0]) == (7, 0)


@pytest.mark.parametrize("weights", [[], [1, -1]])
def test_what_cannot_be_split_is_refused(weights: list[int]) -> None:
    with pytest.raises(Invalid, match="cannot_split"):
        split(100, weights)


def test_units_are_exact() -> None:
    assert to_units(1_250, "USD") == Decimal("12.50")
    assert to_units(85_000, "IDR") == Decimal(85_000)
    assert to_units(12_345, "KWD") == Decimal("12.345")
