"""An unpaid order is put right while it is paid, lapses or is taken back: one comes first, the sums hold."""

from functools import partial

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.deadlines import expire
from app.shop.actions.edit import change_variant, change_vouchers
from app.shop.actions.pay import pay
from app.shop.check import check
from app.shop.rules.policy import JOURNEY
from app.shop.shop import SYSTEM, Shop
from tests.actions.steps import IDS, MAI, all_at_once, column, fresh, place, plenty, rows
from tests.conftest import Clock
from tests.people import Stocked

TURNS = 6


@pytest.fixture(autouse=True)
def enough(stocked: Stocked, shop: Shop) -> None:
    """Enough of everything."""
    plenty(shop)


def captured(shop: Shop, number: int) -> int:
    """What came in for an order."""
    sql = "SELECT coalesce(sum(amount_minor), 0) FROM payments WHERE order_number = :n AND state = 'CAPTURED'"
    return int(rows(shop, sql, n=number)[0][0])


def test_what_is_paid_is_what_the_order_costs_whichever_came_first(shop: Shop) -> None:
    for _ in range(TURNS):
        number = place(shop, (IDS.cream, 1))
        swapped, vouched, paid = all_at_once(
            partial(change_variant, shop, MAI, number, 1, IDS.navy, key=fresh()),
            partial(change_vouchers, shop, MAI, number, ["KOPI10"], key=fresh()),
            partial(pay, shop, MAI, number, key=fresh()),
        )
        assert paid == "AWAITING_SHIPMENT"
        assert {swapped, vouched} <= {"UNPAID", "paid_ask_seller"}
        assert captured(shop, number) == column(shop, number, "total_minor")
        report = check(shop)
        assert report.sound, report.violations


def test_a_swap_and_a_cancel_at_one_moment_leave_nothing_held(shop: Shop) -> None:
    for _ in range(TURNS):
        number = place(shop, (IDS.cream, 1))
        swapped, cancelled = all_at_once(
            partial(change_variant, shop, MAI, number, 1, IDS.navy, key=fresh()),
            partial(cancel_order, shop, MAI, number, "BU_MISTAKE", key=fresh()),
        )
        assert cancelled == "CANCELLED"
        assert swapped in ("UNPAID", "already_cancelled")
    assert rows(shop, "SELECT count(*) FROM balances WHERE kind = 'STOCK' AND free <> taken_in") == [(0,)]
    assert check(shop).sound


def test_a_swap_after_the_time_to_pay_does_not_save_the_order(shop: Shop, clock: Clock) -> None:
    for late in (0, 1, 1, 0):
        number = place(shop, (IDS.cream, 1))
        clock.at = column(shop, number, "pay_by") + JOURNEY.grace_ms + late
        swapped, lapsed = all_at_once(
            partial(change_variant, shop, MAI, number, 1, IDS.navy, key=fresh()),
            partial(expire, shop, SYSTEM, number, key=fresh()),
        )
        if late:
            assert (swapped in ("pay_by_passed", "already_cancelled"), lapsed) == (True, "CANCELLED")
        else:
            assert (swapped, lapsed) == ("UNPAID", "pay_by_not_passed")
        assert check(shop).sound
