"""What an order costs: the sheet sums, the lines bear the discounts, nothing goes below zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shop.rules.pricing import (
    Entry,
    Item,
    VoucherKind,
    VoucherTerms,
    coins_used,
    combinable,
    sheet,
    why_not_voucher,
)

NOW = 1_772_442_000_000


def voucher(kind: VoucherKind, value: int = 0, most: int | None = None, least: int = 0) -> VoucherTerms:
    """A voucher of shop 1 that is valid for the millisecond `NOW` only."""
    return VoucherTerms(9, 1, kind, "IDR", value, least, most, NOW, NOW + 1)


items = st.lists(st.builds(Item, st.integers(1, 99), st.integers(0, 10**9)), min_size=1, max_size=20)
vouchers = st.lists(
    st.builds(voucher, st.sampled_from(VoucherKind), st.integers(0, 100), st.none() | st.integers(0, 10**6)),
    max_size=2,
).filter(combinable)


@given(items, st.integers(0, 10**6), vouchers, st.integers(0, 10**12))
def test_the_sheet_sums_and_no_line_costs_less_than_nothing(
    items: list[Item], shipping: int, vouchers: list[VoucherTerms], coins: int
) -> None:
    priced = sheet(items, shipping, vouchers, coins)
    lines = [item.amount_minor - off for item, off in zip(items, priced.discounts, strict=True)]
    assert min(lines) >= 0
    assert priced.total_minor == sum(amount for _, amount, _ in priced.entries)
    assert sum(lines) <= priced.total_minor <= sum(lines) + shipping
    assert 0 <= coins_used(priced) <= coins


@given(items, st.integers(0, 10**6), vouchers, st.integers(0, 10**12))
def test_a_voucher_takes_off_no_more_than_it_may_and_the_lines_bear_all_of_it(
    items: list[Item], shipping: int, vouchers: list[VoucherTerms], coins: int
) -> None:
    priced = sheet(items, shipping, vouchers, coins)
    amount = sum(item.amount_minor for item in items)
    off = {kind: -minor for kind, minor, _ in priced.entries if minor < 0}
    for one in vouchers:
        taken = off.get(Entry.FREE_SHIPPING if one.off_shipping else Entry.VOUCHER, 0)
        worth = {VoucherKind.PERCENT: amount * one.value // 100, VoucherKind.AMOUNT: one.value}
        assert taken <= worth.get(one.kind, shipping)
        assert one.most_minor is None or taken <= one.most_minor
        assert taken <= (shipping if one.off_shipping else amount)
    assert sum(priced.discounts) == off.get(Entry.VOUCHER, 0) + off.get(Entry.COINS, 0)
    for item, discount in zip(items, priced.discounts, strict=True):
        assert 0 <= discount <= item.amount_minor


@given(items, st.integers(0, 10**6), vouchers, st.integers(0, 10**12), st.integers(0, 10**12))
def test_discounts_shrink_where_the_total_would_be_less_than_it_may(
    items: list[Item], shipping: int, vouchers: list[VoucherTerms], coins: int, least: int
) -> None:
    free = sheet(items, shipping, vouchers, coins)
    whole = sheet(items, shipping, [one for one in vouchers if one.off_shipping]).total_minor
    priced = sheet(items, shipping, vouchers, coins, least)
    assert priced.total_minor == max(free.total_minor, min(least, whole))
    assert coins_used(priced) <= coins_used(free)


MUGS = [Item(2, 85_000)]

PRICES = [
    ([], 0, 0, [("ITEMS", 170_000)], 170_000),
    ([], 12_000, 0, [("ITEMS", 170_000), ("SHIPPING", 12_000)], 182_000),
    ([voucher(VoucherKind.PERCENT, 10)], 0, 0, [("ITEMS", 170_000), ("VOUCHER", -17_000)], 153_000),
    (
        [voucher(VoucherKind.PERCENT, 10, most=5_000)],
        0,
        0,
        [("ITEMS", 170_000), ("VOUCHER", -5_000)],
        165_000,
    ),
    ([voucher(VoucherKind.AMOUNT, 999_999)], 0, 0, [("ITEMS", 170_000), ("VOUCHER", -170_000)], 0),
    (
        [voucher(VoucherKind.FREE_SHIPPING)],
        12_000,
        0,
        [("ITEMS", 170_000), ("SHIPPING", 12_000), ("FREE_SHIPPING", -12_000)],
        170_000,
    ),
    (
        [voucher(VoucherKind.AMOUNT, 169_000)],
        12_000,
        5_000,
        [("ITEMS", 170_000), ("SHIPPING", 12_000), ("VOUCHER", -169_000), ("COINS", -1_000)],
        12_000,
    ),
    (
        [voucher(VoucherKind.PERCENT, 10), voucher(VoucherKind.FREE_SHIPPING, most=10_000)],
        12_000,
        0,
        [("ITEMS", 170_000), ("SHIPPING", 12_000), ("FREE_SHIPPING", -10_000), ("VOUCHER", -17_000)],
        155_000,
    ),
]


@pytest.mark.parametrize(("vouchers", "shipping", "coins", "entries", "total"), PRICES)
def test_a_price_sheet_shows_each_discount(
    vouchers: list[VoucherTerms], shipping: int, coins: int, entries: list[tuple[str, int]], total: int
) -> None:
    priced = sheet(MUGS, shipping, vouchers, coins)
    assert [(str(kind), amount) for kind, amount, _ in priced.entries] == entries
    assert priced.total_minor == total


def test_a_discount_is_shared_by_price_and_no_unit_is_lost() -> None:
    priced = sheet([Item(1, 100), Item(1, 200), Item(1, 1)], 0, [voucher(VoucherKind.AMOUNT, 100)])
    assert priced.discounts == (33, 67, 0)


@pytest.mark.parametrize(
    ("shop", "currency", "items_minor", "now", "code"),
    [
        (1, "IDR", 100, NOW, None),
        (2, "IDR", 100, NOW, "voucher_other_shop"),
        (1, "VND", 100, NOW, "voucher_other_currency"),
        (1, "IDR", 100, NOW - 1, "voucher_not_started"),
        (1, "IDR", 100, NOW + 1, "voucher_expired"),
        (1, "IDR", 99, NOW, "voucher_below_threshold"),
    ],
)
def test_a_voucher_that_does_not_apply_says_why(
    shop: int, currency: str, items_minor: int, now: int, code: str | None
) -> None:
    terms = voucher(VoucherKind.AMOUNT, 10, least=100)
    assert why_not_voucher(terms, items_minor, shop_id=shop, currency=currency, now=now) == code


@pytest.mark.parametrize(
    ("kinds", "together"),
    [
        ((), True),
        ((VoucherKind.PERCENT,), True),
        ((VoucherKind.FREE_SHIPPING, VoucherKind.AMOUNT), True),
        ((VoucherKind.PERCENT, VoucherKind.AMOUNT), False),
        ((VoucherKind.FREE_SHIPPING, VoucherKind.FREE_SHIPPING), False),
        ((VoucherKind.PERCENT, VoucherKind.FREE_SHIPPING, VoucherKind.AMOUNT), False),
    ],
)
def test_two_vouchers_go_together_where_they_take_off_different_things(
    kinds: tuple[VoucherKind, ...], together: bool
) -> None:
    assert combinable([voucher(kind) for kind in kinds]) is together


def test_a_voucher_of_the_platform_is_good_in_every_shop() -> None:
    terms = VoucherTerms(9, None, VoucherKind.AMOUNT, "IDR", 10, 0, None, NOW, NOW + 1)
    assert why_not_voucher(terms, 1, shop_id=77, currency="IDR", now=NOW) is None
