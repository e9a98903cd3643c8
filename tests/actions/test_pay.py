"""Paying (T2): in time, begun, failed, late, twice; and against a cancel at one instant."""

from functools import partial
from typing import Any

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.cancel_lines import cancel_lines
from app.shop.actions.clock import run_due
from app.shop.actions.edit import change_payment_method, change_variant
from app.shop.actions.late import late_payment
from app.shop.actions.pay import Outcome, pay
from app.shop.reads.order import cancel_choice, order_details
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Invalid, Refused
from app.shop.rules.orders import Status
from app.shop.rules.policy import JOURNEY, SECOND, TIKTOK
from app.shop.rules.receipt import Kind
from app.shop.shop import GATEWAY, Shop
from tests.actions.steps import (
    IDS,
    MAI,
    SARI,
    all_at_once,
    balance,
    column,
    everything,
    fresh,
    order_in,
    place,
    rows,
    settle,
    told,
)
from tests.conftest import Clock
from tests.people import COINS, NAVY_PRICE, PRICE, STOCK, VOUCHER_USES, Stocked


def payments(shop: Shop, number: int) -> list[tuple[Any, ...]]:
    """Every payment of an order: how, in what state, how much."""
    sql = "SELECT method, state, amount_minor FROM payments WHERE order_number = :number ORDER BY n"
    return rows(shop, sql, number=number)


def test_a_paid_order_goes_to_its_seller(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = order_in(shop, Status.UNPAID)
    clock.move(minutes=5)
    done = pay(shop, MAI, number, key="k")
    total = column(shop, number, "total_minor")
    told_back = {"number": str(number), "status": "AWAITING_SHIPMENT", "outcome": "CAPTURED"}
    assert done.answer == told_back | {"currency": "IDR", "paid_minor": total, "event": 1}
    assert done.people == {stocked.mai, stocked.sari}
    assert payments(shop, number) == [("CARD", "CAPTURED", total)]
    assert column(shop, number, "paid_at") == clock.at
    assert column(shop, number, "due_step") == "ship_timeout"
    assert column(shop, number, "tab") == "to-ship"
    assert told(shop, number)[1:] == [(stocked.mai, "order_paid"), (stocked.sari, "order_paid")]


def test_vouchers_and_coins_are_used_by_paying_and_stock_stays_held(shop: Shop, stocked: Stocked) -> None:
    order_in(shop, Status.AWAITING_SHIPMENT)
    assert balance(shop, Kind.VOUCHER, stocked.ten_percent) == (VOUCHER_USES - 1, 0, 1, 0)
    assert balance(shop, Kind.COINS, stocked.mai) == (COINS - 400, 0, 400, 0)
    assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK - 2, 2, 0, 0)


def test_the_gateway_may_pay_too(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    pay(shop, GATEWAY, number, key="webhook-1")
    assert column(shop, number, "status") == "AWAITING_SHIPMENT"


def test_a_policy_that_leaves_time_to_think_holds_the_order_first(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = order_in(shop, Status.ON_HOLD)
    assert column(shop, number, "remorse_until") == clock.at + TIKTOK.remorse_ms
    assert column(shop, number, "due_step") == "release"


def test_paying_twice_pays_once(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    first = pay(shop, MAI, number, key="k")
    before = everything(shop)
    assert pay(shop, MAI, number, key="k") == first
    with pytest.raises(Refused, match="already_paid"):
        pay(shop, MAI, number, key="another")
    assert everything(shop) == before


def test_grace_is_the_last_moment_to_pay(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    in_time, late = place(shop), place(shop)
    clock.at = column(shop, in_time, "pay_by") + JOURNEY.grace_ms
    pay(shop, MAI, in_time, key="k1")
    clock.move(milliseconds=1)
    before = everything(shop)
    with pytest.raises(Refused, match="pay_by_passed") as refused:
        pay(shop, MAI, late, key="k2")
    assert refused.value.next_step == "buy_again"
    assert everything(shop) == before


def test_a_payment_that_was_begun_keeps_the_order_for_a_while(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = place(shop)
    until = column(shop, number, "pay_by")
    clock.at = until - SECOND
    run_due(shop)
    pay(shop, MAI, number, Outcome.ATTEMPTED, key="k1")
    begun = clock.at
    assert payments(shop, number) == [("CARD", "ATTEMPTED", 2 * PRICE)]
    clock.at = until + JOURNEY.grace_ms + 1
    run_due(shop)
    assert column(shop, number, "status") == "UNPAID"
    clock.at = begun + JOURNEY.attempt_patience_ms + 1
    run_due(shop)
    assert column(shop, number, "status") == "CANCELLED"
    assert column(shop, number, "cancel_reason") == "SY_PAYMENT_TIMEOUT"


def test_a_payment_that_failed_no_longer_keeps_it(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = place(shop)
    clock.at = column(shop, number, "pay_by")
    run_due(shop)
    pay(shop, MAI, number, Outcome.ATTEMPTED, key="k1")
    pay(shop, GATEWAY, number, Outcome.FAILED, key="k2")
    assert payments(shop, number) == [("CARD", "FAILED", 2 * PRICE)]
    clock.move(milliseconds=JOURNEY.grace_ms + 1)
    run_due(shop)
    assert column(shop, number, "status") == "CANCELLED"


def test_after_a_failure_one_may_try_again(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    for n, outcome in enumerate((Outcome.ATTEMPTED, Outcome.FAILED, Outcome.FAILED, Outcome.CAPTURED)):
        pay(shop, MAI, number, outcome, key=f"k{n}")
    assert [state for _, state, _ in payments(shop, number)] == ["FAILED", "FAILED", "CAPTURED"]
    assert column(shop, number, "status") == "AWAITING_SHIPMENT"


def test_trying_and_failing_are_no_news_to_the_seller(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    pay(shop, MAI, number, Outcome.ATTEMPTED, key="k1")
    pay(shop, MAI, number, Outcome.FAILED, key="k2")
    assert told(shop, number) == [(stocked.sari, "order_placed")]


def test_what_is_captured_is_what_the_order_costs_by_then_and_how_it_is_paid(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = place(shop, (stocked.cream, 1), method=Method.TRANSFER)
    pay(shop, MAI, number, Outcome.ATTEMPTED, key="k1")
    clock.move(milliseconds=JOURNEY.attempt_patience_ms)
    change_variant(shop, MAI, number, 1, stocked.navy, key="k2")
    change_payment_method(shop, MAI, number, Method.WALLET, key="k3")
    pay(shop, MAI, number, key="k4")
    assert payments(shop, number) == [("WALLET", "CAPTURED", NAVY_PRICE)]


def test_taking_a_line_back_while_a_payment_runs_is_not_paid_for(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, (stocked.cream, 1), (stocked.navy, 1))
    pay(shop, MAI, number, Outcome.ATTEMPTED, key="k1")
    cancel_lines(shop, MAI, number, [2], "BU_MISTAKE", key="k2")
    pay(shop, GATEWAY, number, key="k3")
    assert payments(shop, number) == [("CARD", "CAPTURED", PRICE)]
    assert column(shop, number, "total_minor") == PRICE


def test_an_order_that_costs_nothing_is_paid_with_nothing(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, (stocked.cream, 1), coins=COINS)
    pay(shop, MAI, number, key="k")
    done = cancel_order(shop, SARI, number, "SP_PRICING_ERROR", "a typing mistake of ours", key="k2")
    assert done.answer["refund_minor"] == PRICE - COINS


def test_a_payment_that_comes_after_the_cancel_goes_back_whole(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = order_in(shop, Status.UNPAID)
    total = column(shop, number, "total_minor")
    cancel_order(shop, MAI, number, "BU_MISTAKE", key="k1")
    clock.move(minutes=5)
    with pytest.raises(Refused, match="already_cancelled"):
        pay(shop, GATEWAY, number, key="k2")
    done = late_payment(shop, GATEWAY, number, total, key="k3")
    assert done.answer["refund_minor"] == total
    assert payments(shop, number) == [("CARD", "LATE", total)]
    sql = "SELECT payment_n, cause, state, amount_minor FROM refunds WHERE order_number = :number"
    assert rows(shop, sql, number=number) == [(1, 2, "REQUESTED", total)]
    assert column(shop, number, "status") == "CANCELLED"
    assert column(shop, number, "tab") == "cancelled"
    assert told(shop, number)[-1] == (stocked.mai, "late_payment")
    assert done.people == {stocked.mai}


def test_a_late_payment_told_twice_goes_back_once_and_another_one_too(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    cancel_order(shop, MAI, number, "BU_MISTAKE", key="k1")
    first = late_payment(shop, GATEWAY, number, 1_000, key="a")
    assert late_payment(shop, GATEWAY, number, 1_000, key="a") == first
    late_payment(shop, GATEWAY, number, 500, key="b")
    sql = "SELECT payment_n, amount_minor FROM refunds ORDER BY n"
    assert rows(shop, sql) == [(1, 1_000), (2, 500)]


def test_a_late_payment_is_of_an_order_that_is_cancelled_and_is_an_amount(
    shop: Shop, stocked: Stocked
) -> None:
    number = place(shop)
    with pytest.raises(Refused, match="not_paid"):
        late_payment(shop, GATEWAY, number, 1_000, key="k")
    for amount in (0, -1, 2**53):
        with pytest.raises(Invalid, match="not_an_amount"):
            late_payment(shop, GATEWAY, number, amount, key="k")


def test_a_refunded_late_payment_is_not_promised_again(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    cancel_order(shop, MAI, number, "BU_MISTAKE", key="k1")
    late_payment(shop, GATEWAY, number, 1_000, key="k2")
    assert cancel_choice(shop, MAI, number).receipt.refund_minor == 0
    assert [one.amount_minor for one in order_details(shop, MAI, number).refunds] == [1_000]


def test_of_a_cancel_and_a_payment_at_one_instant_exactly_one_wins(
    shop: Shop, stocked: Stocked, full: bool
) -> None:
    for _ in range(200 if full else 20):
        number = order_in(shop, Status.UNPAID, (stocked.cream, 1))
        cancelled, paid = all_at_once(
            partial(cancel_order, shop, MAI, number, "BU_MISTAKE", key=fresh()),
            partial(pay, shop, GATEWAY, number, key=fresh()),
        )
        assert (cancelled, paid) in {
            ("CANCELLED", "already_cancelled"),
            ("paid_ask_seller", "AWAITING_SHIPMENT"),
        }
        assert column(shop, number, "version") == 1
        assert column(shop, number, "status") in (cancelled, paid)
        moved = rows(shop, "SELECT action FROM events WHERE order_number = :number AND n > 0", number=number)
        assert moved == [("cancel" if cancelled == "CANCELLED" else "pay",)]
        if paid == "AWAITING_SHIPMENT":
            assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK - 1, 1, 0, 0)
            cancel_order(shop, SARI, number, "SP_OTHER", "cancelled again for the next round", key=fresh())
        assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK, 0, 0, 0)
        assert balance(shop, Kind.VOUCHER, stocked.ten_percent) == (VOUCHER_USES, 0, 0, 0)
        assert balance(shop, Kind.COINS, stocked.mai) == (COINS, 0, 0, 0)


def test_the_loser_of_a_race_that_pays_is_refunded_as_late(shop: Shop, stocked: Stocked) -> None:
    settle(shop, JOURNEY)
    number = place(shop)
    cancel_order(shop, MAI, number, "BU_NOT_NEEDED", key="k1")
    with pytest.raises(Refused) as refused:
        pay(shop, GATEWAY, number, key="k2")
    assert (refused.value.code, refused.value.next_step) == ("already_cancelled", "buy_again")
    late_payment(shop, GATEWAY, number, 2 * PRICE, key="k2")
    assert rows(shop, "SELECT sum(amount_minor) FROM refunds")[0][0] == 2 * PRICE
    assert IDS.mai in {person for person, _ in told(shop, number)}
