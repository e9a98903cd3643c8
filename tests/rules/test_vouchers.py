"""The best combination of vouchers, against trying them all."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from app.shop.rules.basket import Basket, BasketLine
from app.shop.rules.pricing import VoucherKind, VoucherTerms, combinable
from app.shop.rules.vouchers import best_combination, off_basket

AMOUNTS = st.integers(0, 10**6)


@st.composite
def vouchers(draw: st.DrawFn) -> list[VoucherTerms]:
    """Vouchers that apply, many alike in what they take off."""
    small = st.sampled_from([0, 5, 10, 1_000, 20_000, 10**7])
    count = draw(st.integers(0, 7))
    return [
        VoucherTerms(
            n,
            None,
            kind := draw(st.sampled_from(VoucherKind)),
            "IDR",
            draw(st.integers(0, 100) if kind is VoucherKind.PERCENT else small),
            0,
            draw(st.none() | small),
            0,
            draw(st.integers(1, 3)),
        )
        for n in range(count)
    ]


@st.composite
def baskets(draw: st.DrawFn) -> Basket:
    """Baskets of one to four lines, with and without shipping."""
    lines = [
        BasketLine(n, n, draw(st.integers(1, 5)), draw(AMOUNTS))
        for n in range(1, draw(st.integers(1, 4)) + 1)
    ]
    return Basket(tuple(lines), draw(st.sampled_from([0, 12_000]) | AMOUNTS))


def total(basket: Basket, used: tuple[VoucherTerms, ...]) -> int:
    """What the basket costs with these vouchers."""
    return Basket(basket.lines, basket.shipping_minor, used).priced().total_minor


@given(baskets(), vouchers())
def test_no_allowed_combination_costs_less_and_of_equals_the_one_that_ends_sooner_is_used(
    basket: Basket, offered: list[VoucherTerms]
) -> None:
    best = best_combination(basket, offered)
    allowed = [some for size in range(3) for some in combinations(offered, size) if combinable(some)]
    assert combinable(best)
    assert total(basket, best) == min(total(basket, some) for some in allowed)
    equals = [
        some
        for some in allowed
        if total(basket, some) == total(basket, best) and all(off_basket(basket, one) for one in some)
    ]
    assert sorted(one.ends_at for one in best) == min(sorted(one.ends_at for one in some) for some in equals)


@given(baskets(), vouchers())
def test_what_takes_nothing_off_is_left_for_another_time(basket: Basket, offered: list[VoucherTerms]) -> None:
    assert all(off_basket(basket, one) > 0 for one in best_combination(basket, offered))


@given(baskets(), vouchers())
def test_the_order_in_which_they_come_does_not_matter(basket: Basket, offered: list[VoucherTerms]) -> None:
    assert best_combination(basket, offered) == best_combination(basket, offered[::-1])
