"""Another variant on a line: alone it costs what it costs, once paid no discount grows."""

from hypothesis import given
from hypothesis import strategies as st

from app.shop.rules.basket import Basket, BasketLine
from app.shop.rules.pricing import VoucherKind, VoucherTerms
from app.shop.rules.repricing import swapped
from app.shop.rules.rest import rest_of

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
