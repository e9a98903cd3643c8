"""What is left when lines go: no unit is lost, and no line gives back more than was paid for it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shop.rules.basket import Basket, BasketLine
from app.shop.rules.errors import Invalid
from app.shop.rules.pricing import VoucherKind, VoucherTerms, coins_used, combinable
from app.shop.rules.receipt import Held, Kind
from app.shop.rules.rest import Rest, rest_of

BUYER = 1


def voucher(kind: VoucherKind, value: int = 0, most: int | None = None, least: int = 0) -> VoucherTerms:
    """A voucher; its id says what it takes off."""
    return VoucherTerms(list(VoucherKind).index(kind), 1, kind, "IDR", value, least, most, 0, 1)


vouchers = st.lists(
    st.builds(
        voucher,
        st.sampled_from(VoucherKind),
        st.integers(0, 100) | st.integers(0, 10**6),
        st.none() | st.integers(0, 10**6),
        st.integers(0, 10**6),
    ),
    max_size=2,
).filter(combinable)


def stored(basket: Basket, priced_at_least: int = 0) -> Basket:
    """The basket as it is read again once its prices were written."""
    priced = basket.priced(priced_at_least)
    lines = tuple(
        replace(line, discount_minor=off) for line, off in zip(basket.lines, priced.discounts, strict=True)
    )
    return replace(basket, lines=lines, coins=coins_used(priced))


@st.composite
def baskets(draw: st.DrawFn) -> Basket:
    """An order as it was placed: vouchers apply, coins are no more than are used."""
    lines = tuple(
        BasketLine(n, 40 + n, draw(st.integers(1, 9)), draw(st.integers(0, 10**6)))
        for n in range(1, 1 + draw(st.integers(2, 6)))
    )
    basket = Basket(lines, draw(st.integers(0, 10**5)), (), draw(st.integers(0, 10**6)))
    amount = basket.items_minor
    terms = tuple(
        replace(one, value=min(one.value, 100) if one.kind is VoucherKind.PERCENT else one.value)
        for one in draw(vouchers)
        if one.least_minor <= amount
    )
    return stored(replace(basket, vouchers=terms))


def after(rest: Rest) -> Basket:
    """What is left, as it is read again."""
    lines = tuple(
        replace(line, discount_minor=off)
        for line, off in zip(rest.after.lines, rest.priced.discounts, strict=True)
    )
    return replace(rest.after, lines=lines, coins=coins_used(rest.priced))


@given(baskets(), st.randoms(use_true_random=False))
def test_lines_taken_back_in_any_order_give_back_exactly_what_was_paid(basket: Basket, die: object) -> None:
    total = paid = basket.priced().total_minor
    coins = basket.coins
    back = coins_back = 0
    order = [line.n for line in basket.lines]
    die.shuffle(order)  # type: ignore[attr-defined]
    for n in order:
        rest = rest_of(basket, frozenset({n}), total_minor=total, paid=True)
        if rest is None:
            back, coins_back = back + total, coins_back + basket.coins
            break
        if rest.cheaper_by < 0:
            continue  # refused: it stays until the rest is cancelled with it
        assert rest.cheaper_by <= sum(line.total_minor for line in rest.gone)
        assert rest.priced.total_minor >= 0 <= rest.spare_coins
        back, coins_back = back + rest.cheaper_by, coins_back + rest.spare_coins
        basket, total = after(rest), rest.priced.total_minor
        assert sum(line.total_minor for line in basket.lines) <= total
    else:
        back, coins_back = back + total, coins_back + basket.coins
    assert (back, coins_back) == (paid, coins)


@given(baskets(), st.data())
def test_what_is_unpaid_costs_what_the_rest_would_cost_alone(basket: Basket, data: st.DataObject) -> None:
    chosen = data.draw(st.frozensets(st.sampled_from([line.n for line in basket.lines]), min_size=1))
    rest = rest_of(basket, chosen, total_minor=basket.priced().total_minor, paid=False)
    if rest is None:
        assert chosen == {line.n for line in basket.lines}
    else:
        assert rest.priced == basket.without(chosen).priced()
        assert rest.dearer_by >= 0
        assert bool(rest.dearer_by) <= bool(rest.dropped)


@given(baskets(), st.data())
def test_pieces_vouchers_and_coins_of_what_goes_are_free_again(basket: Basket, data: st.DataObject) -> None:
    chosen = data.draw(st.frozensets(st.sampled_from([line.n for line in basket.lines]), min_size=1))
    rest = rest_of(basket, chosen, total_minor=basket.priced().total_minor, paid=data.draw(st.booleans()))
    if rest is not None:
        freed = {(held.kind, held.subject): held.amount for held in rest.released(BUYER)}
        stock = {subject: n for (kind, subject), n in freed.items() if kind is Kind.STOCK}
        assert stock == {line.variant_id: line.quantity for line in basket.lines if line.n in chosen}
        gone = {subject for kind, subject in freed if kind is Kind.VOUCHER}
        assert gone == {one.id for one in basket.vouchers if one.least_minor > rest.after.items_minor}
        assert freed.get((Kind.COINS, BUYER), 0) + coins_used(rest.priced) == basket.coins


TWO = Basket((BasketLine(1, 41, 1, 80_000), BasketLine(2, 42, 1, 20_000)), 0)


def taken(basket: Basket, n: int, *, paid: bool) -> Rest:
    """The rest of a basket as it was placed, without line `n`."""
    basket = stored(basket)
    rest = rest_of(basket, frozenset({n}), total_minor=basket.priced().total_minor, paid=paid)
    assert rest is not None
    return rest


def test_an_amount_off_stays_whole_with_an_unpaid_rest_and_shares_with_a_paid_one() -> None:
    basket = replace(TWO, vouchers=(voucher(VoucherKind.AMOUNT, 10_000),))
    unpaid, paid = taken(basket, 2, paid=False), taken(basket, 2, paid=True)
    assert (unpaid.priced.total_minor, unpaid.cheaper_by) == (70_000, 20_000)
    assert (paid.priced.total_minor, paid.cheaper_by) == (72_000, 18_000)


def test_coins_paid_for_a_line_come_back_as_coins() -> None:
    rest = taken(replace(TWO, coins=10_000), 2, paid=True)
    assert rest.cheaper_by == 18_000
    assert Held(Kind.COINS, BUYER, 2_000) in rest.released(BUYER)


def test_a_voucher_below_its_threshold_falls_away_and_says_what_that_costs() -> None:
    rest = taken(replace(TWO, vouchers=(voucher(VoucherKind.AMOUNT, 10_000, least=90_000),)), 2, paid=True)
    assert (rest.cheaper_by, rest.dearer_by) == (10_000, 8_000)
    assert [one.value for one in rest.dropped] == [10_000]


def test_a_line_that_is_not_there_is_refused() -> None:
    with pytest.raises(Invalid, match="no_such_line"):
        rest_of(TWO, frozenset({3}), total_minor=100_000, paid=False)
