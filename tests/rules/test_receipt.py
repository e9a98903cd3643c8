"""The receipt: what comes back, newest payment first, never more than was paid."""

from hypothesis import given
from hypothesis import strategies as st

from app.shop.rules.clocks import Method, refund_by
from app.shop.rules.receipt import Held, Kind, Paid, receipt

NOW = 1_772_442_000_000
ZONE = "Asia/Jakarta"

paid_in_part = st.integers(0, 10**12).flatmap(
    lambda amount: st.builds(
        Paid,
        n=st.integers(1, 50),
        method=st.sampled_from([Method.CARD, Method.WALLET, Method.TRANSFER]),
        amount_minor=st.just(amount),
        refunded_minor=st.integers(0, amount),
    )
)
payments = st.lists(paid_in_part, max_size=6, unique_by=lambda paid: paid.n)
holds = st.lists(
    st.builds(Held, st.sampled_from(Kind), st.integers(1, 9), st.integers(1, 9)),
    unique_by=lambda held: (held.kind, held.subject),
)


@given(payments, st.none() | st.integers(0, 10**13))
def test_never_more_comes_back_than_was_paid(paid: list[Paid], asked: int | None) -> None:
    back = receipt("IDR", paid, (), at=NOW, zone=ZONE, amount_minor=asked)
    left = {one.n: one.amount_minor - one.refunded_minor for one in paid}
    assert all(0 < refund.amount_minor <= left[refund.payment_n] for refund in back.refunds)
    assert back.refund_minor == min(sum(left.values()), sum(left.values()) if asked is None else asked)


@given(payments, st.integers(0, 10**13))
def test_the_newest_payment_goes_back_first(paid: list[Paid], asked: int) -> None:
    back = receipt("IDR", paid, (), at=NOW, zone=ZONE, amount_minor=asked)
    numbers = [refund.payment_n for refund in back.refunds]
    assert numbers == sorted(numbers, reverse=True)
    left = {one.n: one.amount_minor - one.refunded_minor for one in paid}
    assert all(refund.amount_minor == left[refund.payment_n] for refund in back.refunds[:-1])
    assert all(left[n] == 0 or n in numbers for n in left if numbers and n > numbers[-1])


@given(payments, holds)
def test_an_order_of_another_platform_is_promised_no_money(paid: list[Paid], held: list[Held]) -> None:
    back = receipt("IDR", paid, held, at=NOW, zone=ZONE, outside=True)
    assert back.outside
    assert back.refunds == ()
    assert back.refund_minor == 0


@given(holds)
def test_everything_held_is_let_go_and_the_buyer_gets_all_but_the_stock(held: list[Held]) -> None:
    back = receipt("IDR", (), held, at=NOW, zone=ZONE)
    assert set(back.released) == set(held)
    assert set(back.returned) == {one for one in held if one.kind is not Kind.STOCK}


@given(payments, holds)
def test_the_order_in_which_facts_are_read_changes_nothing(paid: list[Paid], held: list[Held]) -> None:
    back = receipt("IDR", paid, held, at=NOW, zone=ZONE)
    assert back == receipt("IDR", reversed(paid), reversed(held), at=NOW, zone=ZONE)


@given(payments)
def test_each_refund_says_when_its_money_is_there(paid: list[Paid]) -> None:
    for refund in receipt("IDR", paid, (), at=NOW, zone=ZONE).refunds:
        assert refund.by == refund_by(refund.method, NOW, ZONE)


def test_an_order_paid_twice_gives_both_back() -> None:
    paid = (Paid(1, Method.CARD, 85_000, 20_000), Paid(2, Method.WALLET, 85_000))
    back = receipt("IDR", paid, (), at=NOW, zone=ZONE)
    assert [(one.payment_n, one.amount_minor) for one in back.refunds] == [(2, 85_000), (1, 65_000)]
