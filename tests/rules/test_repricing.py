"""Another variant or voucher: alone it costs what it costs, once paid no discount is given twice."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.shop.rules.basket import Basket, BasketLine
from app.shop.rules.pricing import VoucherKind, VoucherTerms, coins_used
from app.shop.rules.repricing import repriced, swapped
from app.shop.rules.rest import rest_of
from app.shop.rules.vouchers import off_basket

prices = st.integers(0, 10**6)
BIG = VoucherTerms(1, 1, VoucherKind.AMOUNT, "IDR", 85_000, 0, None, 0, 1)


def basket(*units: int) -> Basket:
    """Lines of one piece each, with a voucher."""
    return Basket(tuple(BasketLine(n, n, 1, unit) for n, unit in enumerate(units, 1)), 0, (BIG,))


@given(st.lists(prices, min_size=1, max_size=4), prices)
def test_while_nothing_is_paid_it_costs_what_it_would_cost_alone(units: list[int], unit: int) -> None:
    before, total = basket(*units), basket(*units).priced().total_minor
    anew = swapped(before, 1, 9, unit, total_minor=total, paid=False)
    assert total + anew.difference_minor == basket(unit, *units[1:]).priced().total_minor


@given(prices, prices, st.lists(prices, min_size=1, max_size=4))
def test_once_paid_no_swap_after_a_line_cancel_gives_a_discount_twice(
    first: int, second: int, swaps: list[int]
) -> None:
    placed = basket(first, second)
    total = placed.priced().total_minor
    parts = placed.priced().discounts
    priced = Basket(
        tuple(BasketLine(n, n, 1, u, d) for n, u, d in zip((1, 2), (first, second), parts, strict=True)),
        *(0, (BIG,)),
    )
    rest = rest_of(priced, frozenset({2}), total_minor=total, paid=True)
    assert rest is not None
    left, total = rest.after, rest.priced.total_minor
    off = left.items_minor - total
    for unit in swaps:
        anew = swapped(left, 1, 9, unit, total_minor=total, paid=True)
        left, total = anew.after, total + anew.difference_minor
        assert 0 <= left.items_minor - total <= off


def voucher(id_: int, kind: VoucherKind, value: int) -> VoucherTerms:
    """A voucher of any time."""
    return VoucherTerms(id_, 1, kind, "IDR", value, 0, None, 0, 1)


values = st.integers(0, 10**6)
off_items = st.builds(voucher, st.just(2), st.just(VoucherKind.AMOUNT), values) | st.builds(
    voucher, st.just(3), st.just(VoucherKind.PERCENT), st.integers(0, 100)
)
off_shipping = st.builds(voucher, st.just(4), st.just(VoucherKind.FREE_SHIPPING), st.just(0))
orders = st.builds(
    lambda units, shipping, has, coins: replace(
        basket(*units), shipping_minor=shipping, vouchers=tuple(has), coins=coins
    ),
    st.lists(prices, min_size=2, max_size=4),
    values,
    st.sampled_from([(), (BIG,)]),
    values,
)


def placed(order: Basket) -> tuple[Basket, int]:
    """The order as it was placed and paid, with the coins it took, and what it cost."""
    priced = order.priced()
    lines = (replace(one, discount_minor=off) for one, off in zip(order.lines, priced.discounts, strict=True))
    return replace(order, lines=tuple(lines), coins=coins_used(priced)), priced.total_minor


@given(orders, off_items | off_shipping)
def test_a_voucher_on_a_paid_order_is_worth_what_it_had_been_worth_at_the_checkout(
    order: Basket, new: VoucherTerms
) -> None:
    before, total = placed(order)
    anew = repriced(before, before.with_voucher(new), total_minor=total, paid=True)
    alone = before.with_voucher(new).priced()
    assert anew.priced == alone
    assert total + anew.difference_minor == alone.total_minor >= 0


@given(orders, st.lists(off_items | off_shipping, max_size=4))
def test_after_a_line_cancel_only_what_a_new_voucher_takes_off_comes_on_top(
    order: Basket, wanted: list[VoucherTerms]
) -> None:
    before, total = placed(order)
    rest = rest_of(before, frozenset({2}), total_minor=total, paid=True)
    assert rest is not None
    left, total = replace(rest.after, coins=coins_used(rest.priced)), rest.priced.total_minor
    for new in wanted:
        after = left.with_voucher(new)
        anew = repriced(left, after, total_minor=total, paid=True)
        gone = sum(
            -amount
            for _, amount, subject in left.priced(total).entries
            if subject in {one.id for one in left.vouchers if one not in after.vouchers}
        )
        most = off_basket(left, new) if new not in left.vouchers else 0
        assert total + anew.difference_minor >= max(total + gone - most, 0)
        assert anew.priced.total_minor == total + anew.difference_minor
        left, total = replace(after, coins=coins_used(anew.priced)), anew.priced.total_minor
