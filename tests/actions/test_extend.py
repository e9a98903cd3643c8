"""More time to pay: once, where the way to pay has any, never over two days."""

import pytest

from app.shop.actions.charge import charge
from app.shop.actions.clock import run_due
from app.shop.actions.extend import extend_pay_by
from app.shop.check import check
from app.shop.gateway import Bank
from app.shop.reads.paying import paying
from app.shop.rules.clocks import LONGEST_MS, Method, longer_pay_by
from app.shop.rules.errors import Refused
from app.shop.rules.policy import HOUR, JOURNEY, MINUTE, Policy
from app.shop.shop import Shop
from tests.actions.steps import MAI, column, everything, fresh, place, rows, settle, told
from tests.conftest import Clock
from tests.people import Stocked


@pytest.mark.parametrize(
    ("method", "more"), [(Method.CARD, JOURNEY.extend_card_ms), (Method.TRANSFER, JOURNEY.extend_transfer_ms)]
)
def test_the_reminders_and_the_end_move_along(
    shop: Shop, stocked: Stocked, clock: Clock, method: Method, more: int
) -> None:
    number = place(shop, method=method)
    made, before = column(shop, number, "created_at"), column(shop, number, "pay_by")
    done = extend_pay_by(shop, MAI, number, key="k")
    until = before + more
    assert done.answer["pay_by"] == column(shop, number, "pay_by") == until
    assert column(shop, number, "due_at") == made + (until - made) // 2
    assert told(shop, number)[-1] == (MAI.id, "pay_by_extended")
    assert check(shop).violations == ()
    clock.at = before + JOURNEY.grace_ms + 1
    run_due(shop)
    assert column(shop, number, "status") == "UNPAID"
    charge(shop, MAI, number, key="k2")
    assert column(shop, number, "status") == "AWAITING_SHIPMENT"


def test_after_the_longer_time_it_lapses_all_the_same(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = place(shop)
    extend_pay_by(shop, MAI, number, key="k")
    clock.at = column(shop, number, "pay_by") + JOURNEY.grace_ms + 1
    run_due(shop)
    assert column(shop, number, "cancel_reason") == "SY_PAYMENT_TIMEOUT"
    assert check(shop).violations == ()


def test_it_is_given_once(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    first = extend_pay_by(shop, MAI, number, key="k")
    before = everything(shop)
    assert extend_pay_by(shop, MAI, number, key="k") == first
    with pytest.raises(Refused, match="already_extended") as refused:
        extend_pay_by(shop, MAI, number, key="k2")
    assert refused.value.next_step == "pay_or_cancel"
    assert everything(shop) == before
    assert paying(shop, MAI, number).longer_until is None


def test_a_wallet_has_no_more_time_and_neither_has_who_the_rules_give_none(
    shop: Shop, stocked: Stocked
) -> None:
    wallet = place(shop, method=Method.WALLET)
    settle(shop, Policy(extend_card_ms=0))
    card = place(shop)
    for number in (wallet, card):
        with pytest.raises(Refused, match="method_has_no_more_time"):
            extend_pay_by(shop, MAI, number, key=fresh())


def test_no_order_is_paid_later_than_two_days_after_it_was_made(shop: Shop, stocked: Stocked) -> None:
    settle(shop, Policy(pay_transfer_ms=40 * HOUR, extend_transfer_ms=40 * HOUR))
    number = place(shop, method=Method.TRANSFER)
    until = extend_pay_by(shop, MAI, number, key="k").answer["pay_by"]
    assert until == column(shop, number, "created_at") + LONGEST_MS
    settle(shop, Policy(pay_transfer_ms=48 * HOUR))
    longest = place(shop, method=Method.TRANSFER)
    with pytest.raises(Refused, match="pay_by_is_longest"):
        extend_pay_by(shop, MAI, longest, key="k2")


def test_what_cannot_be_paid_any_more_gets_no_more_time(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = place(shop)
    clock.at = column(shop, number, "pay_by") + JOURNEY.grace_ms + 1
    with pytest.raises(Refused, match="pay_by_passed"):
        extend_pay_by(shop, MAI, number, key="k")


def test_money_the_bank_takes_within_the_longer_time_is_in_time(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = place(shop)
    charge(shop, MAI, number, Bank.LATE, key="k")
    extend_pay_by(shop, MAI, number, key="k2")
    clock.move(milliseconds=HOUR + JOURNEY.grace_ms + 5 * MINUTE)
    run_due(shop)
    assert column(shop, number, "status") == "AWAITING_SHIPMENT"
    assert rows(shop, "SELECT count(*) FROM refunds") == [(0,)]


@pytest.mark.parametrize("method", Method)
def test_more_time_is_a_matter_of_the_way_to_pay(method: Method) -> None:
    until = longer_pay_by(method, 0, HOUR, JOURNEY)
    assert (until is not None) == (method in (Method.CARD, Method.TRANSFER, Method.OTHER))
    assert longer_pay_by(method, 0, None, JOURNEY) is None
