"""Deadlines: working days on the shop's wall clock, the times to pay, what the clock does next."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shop.rules.clocks import (
    Due,
    Method,
    PaidClocks,
    Step,
    add_working_days,
    after_payment,
    next_due,
    pay_by,
    refund_by,
    step_before,
)
from app.shop.rules.guards import Facts
from app.shop.rules.orders import Action, Role, Status
from app.shop.rules.policy import JOURNEY, TIKTOK
from app.shop.rules.refusals import why_not

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
ZONES = ["UTC", "Asia/Jakarta", "Asia/Ho_Chi_Minh", "Europe/Berlin", "America/Sao_Paulo", "America/New_York"]


def at(local: str, zone: str) -> int:
    """Milliseconds UTC of a time on the wall clock of `zone`."""
    return round(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


# from, working days, zone, due: on the wall clock of the zone
WORKING_DAYS = [
    ("2026-03-02 09:00", 0, "Asia/Ho_Chi_Minh", "2026-03-02 09:00"),  # a Monday
    ("2026-03-02 09:00", 2, "Asia/Ho_Chi_Minh", "2026-03-04 09:00"),
    ("2026-03-05 09:00", 2, "Asia/Ho_Chi_Minh", "2026-03-09 09:00"),  # Thursday: the weekend does not count
    ("2026-03-06 23:59", 1, "Asia/Ho_Chi_Minh", "2026-03-09 23:59"),  # Friday
    ("2026-03-07 10:00", 0, "Asia/Ho_Chi_Minh", "2026-03-09 10:00"),  # Saturday: nothing is due on a weekend
    ("2026-03-07 10:00", 1, "Asia/Ho_Chi_Minh", "2026-03-09 10:00"),
    ("2026-03-08 10:00", 1, "Asia/Ho_Chi_Minh", "2026-03-09 10:00"),
    ("2026-03-08 10:00", 3, "Asia/Ho_Chi_Minh", "2026-03-11 10:00"),
    ("2026-03-02 09:00", 30, "Asia/Ho_Chi_Minh", "2026-04-13 09:00"),
    ("2026-03-27 10:00", 1, "Europe/Berlin", "2026-03-30 10:00"),  # an hour is lost on Sunday
    ("2026-10-23 10:00", 1, "Europe/Berlin", "2026-10-26 10:00"),  # an hour is won on Sunday
    ("2026-03-06 10:00", 1, "America/New_York", "2026-03-09 10:00"),
    ("2018-11-02 00:30", 1, "America/Sao_Paulo", "2018-11-05 00:30"),  # Sunday had no midnight
    ("2018-02-16 23:30", 1, "America/Sao_Paulo", "2018-02-19 23:30"),  # Saturday ended twice
]


@pytest.mark.parametrize(("start", "days", "zone", "due"), WORKING_DAYS)
def test_working_days_are_counted_on_the_shops_wall_clock(start: str, days: int, zone: str, due: str) -> None:
    assert add_working_days(at(start, zone), days, zone) == at(due, zone)


def test_the_shops_zone_decides_which_day_it_is() -> None:
    friday_evening = at("2026-03-06 20:00", "UTC")
    assert add_working_days(friday_evening, 1, "UTC") == at("2026-03-09 20:00", "UTC")
    assert add_working_days(friday_evening, 1, "Asia/Ho_Chi_Minh") == at("2026-03-08 20:00", "UTC")


moments = st.integers(at("2015-01-01 00:00", "UTC"), at("2040-01-01 00:00", "UTC"))


def wall_clock(ms: int, zone: str) -> datetime:
    """What the clock on a wall in `zone` shows."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)).astimezone(ZoneInfo(zone))


@given(moments, st.integers(0, 30), st.sampled_from(ZONES))
def test_a_deadline_is_so_many_working_days_on_at_the_same_time_of_day(
    start: int, days: int, zone: str
) -> None:
    begun, due = wall_clock(start, zone), wall_clock(add_working_days(start, days, zone), zone)
    later = (begun.date() + timedelta(days=n) for n in range(1, 60))
    counted = [day for day in later if day.weekday() < 5 and day <= due.date()]
    assert due.weekday() < 5
    assert due.time() == begun.time()
    assert len(counted) == days or (days == 0 and begun.weekday() >= 5 and len(counted) == 1)


@given(moments.filter(lambda ms: datetime.fromtimestamp(ms // 1000, UTC).weekday() < 5))
def test_no_millisecond_is_lost(start: int) -> None:
    assert add_working_days(start, 0, "UTC") == start


PAY_TIMES = {
    Method.WALLET: HOUR,
    Method.CARD: HOUR,
    Method.TRANSFER: DAY,
    Method.OTHER: DAY,
    Method.COD: None,
}


@pytest.mark.parametrize("method", Method)
def test_the_time_to_pay_fits_the_method(method: Method) -> None:
    span = PAY_TIMES[method]
    assert pay_by(method, 5_000, JOURNEY) == (None if span is None else 5_000 + span)


def test_a_shop_sets_its_own_time_to_pay() -> None:
    policy = JOURNEY.with_settings({"pay_wallet_ms": 15 * MINUTE})
    assert pay_by(Method.WALLET, 0, policy) == 15 * MINUTE
    assert pay_by(Method.CARD, 0, policy) == HOUR


def test_payment_starts_the_clocks_of_shipping() -> None:
    zone = "Asia/Ho_Chi_Minh"
    assert after_payment(at("2026-03-04 10:00", zone), JOURNEY, zone) == PaidClocks(
        remorse_until=None,
        ship_by=at("2026-03-06 10:00", zone),
        collect_by=at("2026-03-09 10:00", zone),
        cancel_sla=at("2026-03-10 10:00", zone),
    )


def test_the_clocks_of_shipping_start_when_the_time_to_think_is_over() -> None:
    zone = "Europe/Berlin"
    paid = after_payment(at("2026-03-05 23:30", zone), TIKTOK, zone)
    assert paid.remorse_until == at("2026-03-06 00:30", zone)
    assert paid.ship_by == at("2026-03-10 00:30", zone)
    assert paid.cancel_sla == at("2026-03-12 00:30", zone)


PAY_BY = 10 * HOUR
EXPIRY = PAY_BY + JOURNEY.grace_ms + 1

# what the clock did last, the time, what it does next and when
UNPAID = [
    (None, 0, Due(5 * HOUR, Step.REMIND_HALF)),
    (None, 5 * HOUR - 1, Due(5 * HOUR, Step.REMIND_HALF)),
    (Step.REMIND_HALF, 5 * HOUR, Due(9 * HOUR, Step.REMIND_LAST)),
    (Step.REMIND_LAST, 9 * HOUR, Due(EXPIRY, Step.EXPIRE)),
    # The app was closed: of what is overdue only the last counts.
    (None, 9 * HOUR - 1, Due(5 * HOUR, Step.REMIND_HALF)),
    (None, 9 * HOUR, Due(9 * HOUR, Step.REMIND_LAST)),
    (None, EXPIRY - 1, Due(9 * HOUR, Step.REMIND_LAST)),
    (None, EXPIRY, Due(EXPIRY, Step.EXPIRE)),
    (Step.REMIND_HALF, EXPIRY + DAY, Due(EXPIRY, Step.EXPIRE)),
    (Step.EXPIRE, EXPIRY, None),
]


@pytest.mark.parametrize(("done", "now", "due"), UNPAID)
def test_an_unpaid_order_is_reminded_twice_and_then_ends(
    done: Step | None, now: int, due: Due | None
) -> None:
    assert next_due(Status.UNPAID, JOURNEY, after=now, created_at=0, pay_by=PAY_BY, done=done) == due


def test_the_end_waits_for_a_payment_that_was_begun() -> None:
    begun = PAY_BY - 1
    told: dict[str, Any] = {"after": begun, "created_at": 0, "pay_by": PAY_BY, "attempted_at": begun}
    due = next_due(Status.UNPAID, JOURNEY, **told, done=Step.REMIND_LAST)
    assert due == Due(begun + JOURNEY.attempt_patience_ms + 1, Step.EXPIRE)
    facts = Facts(now=due.at, policy=JOURNEY, pay_by=PAY_BY, attempted_at=begun)
    assert why_not(Action.EXPIRE, Status.UNPAID, Role.SYSTEM, facts) is None


def test_a_payment_begun_early_does_not_bring_the_end_forward() -> None:
    told: dict[str, Any] = {"after": HOUR, "created_at": 0, "pay_by": PAY_BY, "attempted_at": HOUR}
    due = next_due(Status.UNPAID, JOURNEY, **told, done=Step.REMIND_LAST)
    assert due == Due(EXPIRY, Step.EXPIRE)


def test_the_step_to_come_tells_which_was_taken() -> None:
    taken = {Step.REMIND_LAST: Step.REMIND_HALF, Step.EXPIRE: Step.REMIND_LAST}
    assert {step: step_before(step) for step in Step} == dict.fromkeys(Step) | taken


LATER: dict[str, Any] = {"remorse_until": 1, "cancel_sla": 2, "complete_at": 3, "pay_by": 4}


@pytest.mark.parametrize(
    ("status", "due"),
    [
        (Status.ON_HOLD, Due(1, Step.RELEASE)),
        (Status.AWAITING_SHIPMENT, Due(3, Step.SHIP_TIMEOUT)),
        (Status.AWAITING_COLLECTION, Due(3, Step.SHIP_TIMEOUT)),
        (Status.PARTIALLY_SHIPPED, None),
        (Status.IN_TRANSIT, None),
        (Status.DELIVERED, Due(3, Step.COMPLETE)),
        (Status.COMPLETED, None),
        (Status.CANCELLED, None),
    ],
)
def test_each_state_has_its_own_clock(status: Status, due: Due | None) -> None:
    assert next_due(status, JOURNEY, after=0, created_at=0, **LATER) == due


@pytest.mark.parametrize("status", Status)
def test_an_order_without_deadlines_is_left_alone(status: Status) -> None:
    assert next_due(status, JOURNEY, after=DAY, created_at=0) is None


STEPS = {
    Step.EXPIRE: Action.EXPIRE,
    Step.RELEASE: Action.RELEASE,
    Step.SHIP_TIMEOUT: Action.SHIP_TIMEOUT,
    Step.COMPLETE: Action.COMPLETE,
}


@pytest.mark.parametrize("status", Status)
def test_the_clock_acts_at_the_first_millisecond_the_rules_let_it(status: Status) -> None:
    clocks: dict[str, Any] = dict.fromkeys(("pay_by", "remorse_until", "cancel_sla", "complete_at"), 7 * DAY)
    due = next_due(status, JOURNEY, after=8 * DAY, created_at=0, **clocks)
    if due is not None:
        action = STEPS[due.step]
        assert why_not(action, status, Role.SYSTEM, Facts(now=due.at, policy=JOURNEY, **clocks)) is None
        assert why_not(action, status, Role.SYSTEM, Facts(now=due.at - 1, policy=JOURNEY, **clocks))


def test_money_is_back_at_once_in_a_wallet_and_in_five_working_days_elsewhere() -> None:
    friday = at("2026-03-06 12:00", "UTC")
    assert refund_by(Method.WALLET, friday, "UTC") == friday
    for method in set(Method) - {Method.WALLET}:
        assert refund_by(method, friday, "UTC") == at("2026-03-13 12:00", "UTC")
