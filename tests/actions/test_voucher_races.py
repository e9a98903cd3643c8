"""A voucher for a paid order is accepted while others use it up, cancel or send: one comes first."""

from functools import partial

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.change import accept_change
from app.shop.actions.ship import arrange_shipment
from app.shop.check import check
from app.shop.rules.receipt import Kind
from app.shop.shop import Shop
from tests.actions.disputes import stands
from tests.actions.steps import BUDI, IDS, NOTE, SARI, all_at_once, column, fresh, place, plenty, run
from tests.actions.test_voucher_request import OFF, money, paid, uses, wants
from tests.people import NAVY_PRICE, PRICE, Stocked

TURNS = 5
FULL = PRICE + NAVY_PRICE


@pytest.fixture(autouse=True)
def enough(stocked: Stocked, shop: Shop) -> None:
    """Enough of everything on the shelves."""
    plenty(shop)


def left(shop: Shop, uses: int, voucher: int = IDS.amount_off) -> None:
    """So many more uses of a voucher, and no others."""
    sql = (
        "UPDATE balances SET taken_in = taken_in - free + :n, free = :n WHERE kind = :kind AND subject = :id"
    )
    run(shop, sql, n=uses, kind=Kind.VOUCHER.value, id=voucher)


def sound(shop: Shop) -> bool:
    """Whether nothing is wrong; what is, is told."""
    report = check(shop)
    assert report.sound, report.violations
    return True


def test_the_last_use_goes_to_one_of_an_accepted_change_and_an_order(shop: Shop) -> None:
    for _ in range(TURNS):
        left(shop, 2)
        number = paid(shop)
        wants(shop, number)
        left(shop, 1)
        ends = all_at_once(
            partial(accept_change, shop, SARI, number, key=fresh()),
            partial(place, shop, (IDS.navy, 2), buyer=BUDI, voucher_codes=("KOPI15K",)),
        )
        assert ends.count("voucher_used_up") == 1, ends
        taken = ends[0] == "AWAITING_SHIPMENT"
        assert column(shop, number, "total_minor") == FULL - taken * OFF
        assert money(shop, number) == (FULL, taken * OFF)
        assert stands(shop, number, "status") == ("SUPERSEDED" if taken else "PENDING_SELLER",)
        assert uses(shop)[0] == 0
        assert sound(shop)


def test_the_last_use_goes_to_one_of_two_accepted_changes(shop: Shop) -> None:
    for _ in range(TURNS):
        left(shop, 2)
        numbers = paid(shop), paid(shop)
        for number in numbers:
            wants(shop, number)
        left(shop, 1)
        ends = all_at_once(*(partial(accept_change, shop, SARI, one, key=fresh()) for one in numbers))
        assert sorted(ends) == ["AWAITING_SHIPMENT", "voucher_used_up"]
        assert uses(shop)[0] == 0
        assert sound(shop)


def test_a_cancel_at_one_moment_gives_everything_back_once(shop: Shop) -> None:
    for _ in range(TURNS):
        number = paid(shop)
        wants(shop, number)
        before = uses(shop)
        accepted, cancelled = all_at_once(
            partial(accept_change, shop, SARI, number, key=fresh()),
            partial(cancel_order, shop, SARI, number, "SP_OUT_OF_STOCK", NOTE, key=fresh()),
        )
        assert cancelled == "CANCELLED"
        assert accepted in ("AWAITING_SHIPMENT", "request_closed")
        assert money(shop, number) == (FULL, FULL)
        assert uses(shop) == before
        assert sound(shop)
        plenty(shop)


def test_a_parcel_that_is_sent_at_one_moment_declines_it_or_goes_as_it_was_agreed(shop: Shop) -> None:
    for _ in range(TURNS):
        number = paid(shop)
        wants(shop, number)
        free = uses(shop)[0]
        accepted, sent = all_at_once(
            partial(accept_change, shop, SARI, number, key=fresh()),
            partial(arrange_shipment, shop, SARI, number, "JX1", key=fresh()),
        )
        taken = accepted == "AWAITING_SHIPMENT"
        assert sent == "AWAITING_COLLECTION"
        assert accepted in ("AWAITING_SHIPMENT", "request_declined")
        assert stands(shop, number, "status") == ("SUPERSEDED" if taken else "REJECTED",)
        assert money(shop, number) == (FULL, taken * OFF)
        assert uses(shop)[0] == free - taken
        assert sound(shop)
        left(shop, 5)


def test_two_orders_that_trade_their_vouchers_do_not_block_each_other(shop: Shop) -> None:
    for _ in range(TURNS):
        one, other = paid(shop, voucher_codes=("KOPI10",)), paid(shop, voucher_codes=("KOPI15K",))
        wants(shop, one, "KOPI15K")
        wants(shop, other, "KOPI10")
        ends = all_at_once(*(partial(accept_change, shop, SARI, each, key=fresh()) for each in (one, other)))
        assert ends == ["AWAITING_SHIPMENT"] * 2
        assert sound(shop)
        left(shop, 5)
        left(shop, 5, IDS.ten_percent)
