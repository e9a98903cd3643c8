"""Deadlines: reminders, expiry, the time to think, shipping too late; each once, in due order."""

from contextlib import closing
from functools import partial

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.clock import BATCH, run_due
from app.shop.actions.pay import Outcome, pay
from app.shop.actions.place import place_order
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Refused
from app.shop.rules.orders import Status
from app.shop.rules.policy import DAY, HOUR, JOURNEY, MINUTE, TIKTOK, Policy
from app.shop.rules.receipt import Kind
from app.shop.shop import Shop
from app.shop.store import open_shop
from tests.actions.steps import (
    MAI,
    all_at_once,
    balance,
    column,
    everything,
    imported,
    order_in,
    place,
    rows,
    run,
    settle,
    told,
)
from tests.conftest import MONDAY, Clock
from tests.people import COINS, STOCK, VOUCHER_USES, Stocked, stock

LAPSE = HOUR + JOURNEY.grace_ms + 1


def reminders(shop: Shop, number: int) -> int:
    """How often the buyer was reminded to pay."""
    return told(shop, number).count((MAI.id, "payment_reminder"))


def test_an_unpaid_order_is_reminded_twice_and_lapses(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = order_in(shop, Status.UNPAID)
    for minute, times, status in (
        (29, 0, "UNPAID"),
        (30, 1, "UNPAID"),
        (31, 1, "UNPAID"),
        (53, 1, "UNPAID"),
        (54, 2, "UNPAID"),
        (60, 2, "UNPAID"),
        (62, 2, "UNPAID"),
        (63, 2, "CANCELLED"),
        (600, 2, "CANCELLED"),
    ):
        clock.at = MONDAY + minute * MINUTE
        run_due(shop)
        run_due(shop)
        assert (reminders(shop, number), column(shop, number, "status")) == (times, status), minute
    sql = "SELECT action, role, due_at, reason FROM events ORDER BY n"
    assert rows(shop, sql)[1:] == [
        ("remind", "SYSTEM", MONDAY + 30 * MINUTE, None),
        ("remind", "SYSTEM", MONDAY + 54 * MINUTE, None),
        ("expire", "SYSTEM", MONDAY + LAPSE, "SY_PAYMENT_TIMEOUT"),
    ]
    assert rows(shop, "SELECT count(*) FROM balances WHERE free <> taken_in") == [(0,)]
    assert told(shop, number)[-2:] == [(stocked.mai, "order_cancelled"), (stocked.sari, "order_cancelled")]


@pytest.mark.parametrize(
    ("minute", "events"),
    [(40, ["remind"]), (55, ["remind"]), (61, ["remind"]), (63, ["expire"]), (60 * 24 * 30, ["expire"])],
)
def test_a_closed_app_does_only_the_latest_that_is_due(
    shop: Shop, stocked: Stocked, clock: Clock, minute: int, events: list[str]
) -> None:
    number = place(shop)
    clock.at = MONDAY + minute * MINUTE
    assert len(run_due(shop)) == 1
    assert run_due(shop) == ()
    happened = rows(shop, "SELECT action FROM events WHERE n > 0 ORDER BY n")
    assert [action for (action,) in happened] == events
    assert reminders(shop, number) == events.count("remind")
    was_due = {40: 30, 55: 54, 61: 54}.get(minute)
    told_due = MONDAY + was_due * MINUTE if was_due else MONDAY + LAPSE
    assert rows(shop, "SELECT due_at FROM events WHERE n = 1") == [(told_due,)]


def test_a_closed_app_catches_up_in_one_run(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = order_in(shop, Status.ON_HOLD)
    others = [place(shop, (stocked.forest, 1)) for _ in range(3)]
    clock.move(days=60)
    assert len(run_due(shop)) == 2 + len(others) + 1  # and the money of the first one is on its way back
    assert column(shop, number, "cancel_reason") == "SY_SHIP_TIMEOUT"
    sql = "SELECT action, due_at FROM events WHERE order_number = :number AND n > 1 ORDER BY n"
    first, second, sent = rows(shop, sql, number=number)
    assert sent == ("refund_sent", clock.at)
    assert (first[0], second[0]) == ("release", "ship_timeout")
    assert first[1] < second[1] < clock.at
    assert run_due(shop) == ()


def test_a_lapse_waits_for_a_payment_that_was_begun(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = place(shop)
    clock.at = MONDAY + 59 * MINUTE
    pay(shop, MAI, number, Outcome.ATTEMPTED, key="k")
    clock.at = MONDAY + 59 * MINUTE + JOURNEY.attempt_patience_ms
    run_due(shop)
    assert column(shop, number, "status") == "UNPAID"
    clock.move(milliseconds=1)
    run_due(shop)
    assert column(shop, number, "status") == "CANCELLED"


def test_a_payment_begun_in_time_may_end_in_that_time(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = place(shop)
    clock.at = MONDAY + 59 * MINUTE
    pay(shop, MAI, number, Outcome.ATTEMPTED, key="k1")
    clock.move(minutes=14)
    run_due(shop)
    pay(shop, MAI, number, key="k2")
    assert column(shop, number, "status") == "AWAITING_SHIPMENT"
    assert rows(shop, "SELECT state FROM payments") == [("CAPTURED",)]


def test_the_time_to_think_ends_in_shipping(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = order_in(shop, Status.ON_HOLD)
    clock.move(milliseconds=TIKTOK.remorse_ms - 1)
    assert run_due(shop) == ()
    clock.move(milliseconds=1)
    run_due(shop)
    assert column(shop, number, "status") == "AWAITING_SHIPMENT"
    assert column(shop, number, "due_at") == column(shop, number, "cancel_sla") + 1
    assert column(shop, number, "due_step") == "ship_timeout"


@pytest.mark.parametrize("state", [Status.AWAITING_SHIPMENT, Status.AWAITING_COLLECTION])
def test_what_is_not_shipped_in_time_is_cancelled_and_paid_back(
    shop: Shop, stocked: Stocked, clock: Clock, state: Status
) -> None:
    number = order_in(shop, state)
    total = column(shop, number, "total_minor")
    clock.at = column(shop, number, "cancel_sla")
    assert run_due(shop) == ()
    clock.move(milliseconds=1)
    run_due(shop)
    assert column(shop, number, "status") == "CANCELLED"
    assert column(shop, number, "cancel_reason") == "SY_SHIP_TIMEOUT"
    assert rows(shop, "SELECT amount_minor FROM refunds") == [(total,)]
    assert balance(shop, Kind.VOUCHER, stocked.ten_percent) == (VOUCHER_USES, 0, 0, 0)
    assert balance(shop, Kind.COINS, stocked.mai) == (COINS, 0, 0, 0)


def test_a_policy_that_changes_later_moves_no_deadline(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = place(shop)
    settle(shop, Policy(pay_card_ms=48 * HOUR))
    clock.at = MONDAY + LAPSE
    run_due(shop)
    assert column(shop, number, "status") == "CANCELLED"


def test_what_was_due_first_is_done_first(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    late = place(shop, method=Method.TRANSFER)
    clock.move(minutes=1)
    early = place(shop, method=Method.CARD)
    clock.move(minutes=1)
    between = place(shop, method=Method.WALLET)
    clock.at = MONDAY + 30 * DAY
    assert [int(done.answer["number"]) for done in run_due(shop)] == [early, between, late]


def test_no_more_than_asked_for_is_done_at_once(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    for _ in range(5):
        place(shop, (stocked.cream, 1))
    clock.at = MONDAY + LAPSE
    assert [len(run_due(shop, most=2)) for _ in range(4)] == [2, 2, 1, 0]


def test_more_than_a_batch_is_done_in_one_run(sqlite_shop: Shop, clock: Clock) -> None:
    ids = stock(sqlite_shop)
    run(sqlite_shop, "UPDATE balances SET free = 100000, taken_in = 100000 WHERE kind = 'STOCK'")
    for n in range(BATCH + 10):
        place_order(sqlite_shop, MAI, [(ids.cream, 1)], Method.CARD, key=f"k{n}")
    clock.at = MONDAY + LAPSE
    assert len(run_due(sqlite_shop)) == BATCH + 10
    assert rows(sqlite_shop, "SELECT DISTINCT status FROM orders") == [("CANCELLED",)]


def test_several_clocks_at_once_do_nothing_twice(
    url: str, shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    numbers = [place(shop, (stocked.cream, 1)) for _ in range(STOCK)]
    # A second store over the same file shares nothing with the first one, like another process.
    with closing(open_shop(url, now=clock)) as other:
        clock.at = MONDAY + 31 * MINUTE
        all_at_once(*[partial(_drop, one) for one in (shop, other) * 2])
        assert [reminders(shop, number) for number in numbers] == [1] * STOCK
        clock.at = MONDAY + LAPSE
        all_at_once(*[partial(_drop, one) for one in (shop, other) * 2])
    assert rows(shop, "SELECT status, version FROM orders") == [("CANCELLED", 2)] * STOCK
    assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK, 0, 0, 0)


def _drop(shop: Shop) -> None:
    run_due(shop)


def test_the_clock_and_people_at_one_instant_do_one_thing(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    for n in range(10):
        number = place(shop, (stocked.navy, 1))
        clock.move(milliseconds=LAPSE)
        _, cancelled = all_at_once(
            partial(_drop, shop), partial(cancel_order, shop, MAI, number, "BU_MISTAKE", key=f"k{n}")
        )
        assert cancelled in {"CANCELLED", "already_cancelled"}
        assert column(shop, number, "version") == 1
    assert balance(shop, Kind.STOCK, stocked.navy) == (STOCK, 0, 0, 0)


def test_a_reminder_that_was_due_before_does_not_come_after_paying(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = place(shop)
    clock.at = MONDAY + 45 * MINUTE
    pay(shop, MAI, number, key="k")
    assert run_due(shop) == ()
    assert reminders(shop, number) == 0


def test_orders_of_other_platforms_are_never_due(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = imported(shop, place(shop))
    pay(shop, MAI, number, Outcome.ATTEMPTED, key="k1")
    pay(shop, MAI, number, key="k2")
    assert column(shop, number, "due_at") is None
    clock.move(days=29)
    before = everything(shop)
    assert run_due(shop) == ()
    assert everything(shop) == before


def test_old_keys_are_forgotten_after_a_month(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = place(shop, key="k")
    clock.move(days=30)
    run_due(shop)
    assert place(shop, key="k") == number
    clock.move(milliseconds=1)
    run_due(shop)
    with pytest.raises(Refused):
        cancel_order(shop, MAI, number, "BU_MISTAKE", key="k")
    assert place(shop, key="k") != number


def test_each_thing_is_told_as_it_is_done(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    numbers = [place(shop, (stocked.cream, 1)) for _ in range(3)]
    clock.move(days=2)
    told: list[list[str]] = []
    everything = run_due(
        shop, tell=lambda _: told.append([column(shop, number, "status") for number in numbers])
    )
    assert [statuses.count("CANCELLED") for statuses in told] == [1, 2, 3]
    assert len(everything) == 3


def test_an_order_that_breaks_does_not_stop_the_others(
    shop: Shop, stocked: Stocked, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = sorted(place(shop, (stocked.cream, 1)) for _ in range(2))  # as they are due
    (step,) = rows(shop, "SELECT due_step FROM orders WHERE number = :number", number=broken)[0]
    begin = "UPDATE orders SET due_step = :step WHERE number = :number"
    run(shop, begin, step="no_step", number=broken)
    clock.move(minutes=31)
    assert [done.answer["number"] for done in run_due(shop, most=1)] == [str(sound)]
    assert f"order {broken} cannot be done" in caplog.text
    run(shop, begin, step=step, number=broken)
    assert [done.answer["number"] for done in run_due(shop)] == [str(broken)]
