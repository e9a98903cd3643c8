"""The refund machine, cell by cell, its waits, and the payment status that follows from it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shop.rules.clocks import Method, refund_by
from app.shop.rules.orders import Status
from app.shop.rules.policy import DAY, HOUR, MINUTE
from app.shop.rules.refunds import (
    ASKED_LAST,
    LATE_AFTER,
    PENDING,
    WAITS,
    Amount,
    Outcome,
    PaymentStatus,
    RefundState,
    Standing,
    after,
    event_of,
    is_late,
    look_again,
    moved,
    payment_status,
    reference,
    told_to_buyer,
    told_to_seller,
)

NOW = 1_772_442_000_000
ZONE = "Asia/Jakarta"

TABLE = """
REQUESTED  begun     SENT
RETRYING   begun     SENT
SENT       accepted  SENT
SENT       late      SENT
SENT       settled   DONE
SENT       failed    RETRYING
SENT       refused   GIVEN_UP
GIVEN_UP   again     RETRYING
"""
NEXT = {(state, outcome): to for state, outcome, to in map(str.split, TABLE.strip().splitlines())}
CELLS = list(product(RefundState, Outcome))


@pytest.mark.parametrize("cell", CELLS, ids="-".join)
def test_a_refund_goes_where_the_table_says_and_nowhere_else(cell: tuple[RefundState, Outcome]) -> None:
    assert after(*cell, attempts=1) == NEXT.get(cell)


@pytest.mark.parametrize("cell", CELLS, ids="-".join)
def test_only_the_last_failure_gives_up(cell: tuple[RefundState, Outcome]) -> None:
    assert after(*cell, attempts=len(WAITS)) == NEXT.get(cell)
    last = after(*cell, attempts=len(WAITS) + 1)
    assert last == ("GIVEN_UP" if cell[1] is Outcome.FAILED and cell in NEXT else NEXT.get(cell))


standings = st.builds(
    Standing,
    state=st.sampled_from(RefundState),
    by=st.integers(NOW - 30 * DAY, NOW + 30 * DAY),
    attempts=st.integers(1, 9),
    due_at=st.just(NOW),
    sent_at=st.integers(NOW - 30 * DAY, NOW),
)


@given(standings, st.sampled_from(Outcome), st.sampled_from(Method))
def test_what_is_on_its_way_has_a_next_look_and_what_has_ended_has_none(
    was: Standing, outcome: Outcome, method: Method
) -> None:
    to = moved(was, outcome, method, now=NOW, zone=ZONE)
    if to is None:
        assert (was.state, outcome) not in NEXT
        return
    assert (to.due_at is not None) == (to.state in PENDING)
    assert to.due_at is None or to.due_at >= NOW
    assert (to.done_at is not None) == (to.state is RefundState.DONE)
    assert to.attempts == was.attempts + (outcome is Outcome.BEGUN)
    assert to.sent_at == (NOW if outcome is Outcome.BEGUN else was.sent_at)


def test_each_failure_is_waited_out_longer_than_the_one_before() -> None:
    standing, now, waited = Standing(RefundState.REQUESTED, NOW), NOW, []
    while standing.state is not RefundState.GIVEN_UP:
        sent = moved(standing, Outcome.BEGUN, Method.CARD, now=now, zone=ZONE)
        assert sent
        failed = moved(sent, Outcome.FAILED, Method.CARD, now=now, zone=ZONE)
        assert failed
        standing = failed
        if standing.due_at is not None:
            waited.append(standing.due_at - now)
            now = standing.due_at
    assert waited == [MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 12 * HOUR, DAY]
    assert standing.attempts == len(waited) + 1


def test_a_second_chance_is_taken_at_once() -> None:
    given_up = Standing(RefundState.GIVEN_UP, NOW, attempts=7, sent_at=NOW - DAY)
    again = moved(given_up, Outcome.AGAIN, Method.CARD, now=NOW, zone=ZONE)
    assert again
    assert (again.state, again.due_at) == (RefundState.RETRYING, NOW)


@given(st.integers(0, 20 * DAY), st.integers(-DAY, 10 * DAY))
def test_the_gateway_is_asked_ever_more_seldom_but_when_the_money_should_be_there(
    out: int, ahead: int
) -> None:
    due = look_again(Standing(RefundState.SENT, NOW + ahead, 1, NOW, NOW - out), NOW)
    assert due is not None
    assert NOW < due <= NOW + ASKED_LAST
    assert ahead <= 0 or due <= NOW + ahead


def test_the_first_attempt_keeps_the_promise_and_a_later_one_makes_a_new_one() -> None:
    by = refund_by(Method.CARD, NOW, ZONE)
    asked = Standing(RefundState.REQUESTED, by)
    soon = moved(asked, Outcome.BEGUN, Method.CARD, now=NOW + MINUTE, zone=ZONE)
    assert soon
    assert soon.by == by
    much_later = moved(asked, Outcome.BEGUN, Method.CARD, now=by + DAY, zone=ZONE)
    assert much_later
    assert much_later.by == refund_by(Method.CARD, by + DAY, ZONE)
    failed = Standing(RefundState.RETRYING, by, attempts=1, sent_at=NOW)
    again = moved(failed, Outcome.BEGUN, Method.CARD, now=NOW + DAY, zone=ZONE)
    assert again
    assert again.by == refund_by(Method.CARD, NOW + DAY, ZONE)


def test_money_is_late_an_hour_after_it_should_have_been_there() -> None:
    assert not is_late(NOW, NOW + LATE_AFTER)
    assert is_late(NOW, NOW + LATE_AFTER + 1)


def test_another_attempt_has_another_reference_and_nothing_else_has() -> None:
    known = {reference(1, 1, 2, 1), reference(1, 1, 2, 2), reference(1, 2, 2, 1), reference(11, 2, 2, 1)}
    assert len(known) == 4
    assert reference(1, 1, 2, 1) in known


def test_the_buyer_is_told_of_a_failure_once_and_the_seller_only_what_needs_somebody() -> None:
    failed = event_of(Outcome.FAILED, RefundState.RETRYING)
    assert [told_to_buyer(failed, attempts) for attempts in (1, 2, 7)] == [failed, None, None]
    given_up = event_of(Outcome.FAILED, RefundState.GIVEN_UP)
    assert given_up == event_of(Outcome.REFUSED, RefundState.GIVEN_UP) == told_to_buyer(given_up, 7)
    assert told_to_seller(given_up) == given_up
    others = [event_of(outcome, RefundState.SENT) for outcome in (Outcome.BEGUN, Outcome.LATE)]
    assert [told_to_seller(event) for event in (*others, failed)] == [None, None, None]


S = PaymentStatus


@pytest.mark.parametrize(
    ("status", "payments", "refunds", "expected"),
    [
        ("UNPAID", "", "", S.NONE),
        ("UNPAID", "FAILED 5", "", S.NONE),
        ("AWAITING_SHIPMENT", "COD_DUE 5", "", S.COD_DUE),
        ("CANCELLED", "COD_DUE 5", "", S.NONE),
        ("AWAITING_SHIPMENT", "FAILED 5, CAPTURED 5", "", S.PAID),
        ("CANCELLED", "CAPTURED 5", "REQUESTED 5", S.REFUND_PENDING),
        ("CANCELLED", "CAPTURED 5", "SENT 5", S.REFUND_PENDING),
        ("CANCELLED", "CAPTURED 5", "DONE 2, RETRYING 3", S.REFUND_PENDING),
        ("IN_TRANSIT", "CAPTURED 5", "DONE 2", S.PARTLY_REFUNDED),
        ("CANCELLED", "CAPTURED 5", "DONE 2, DONE 3", S.REFUNDED),
        ("CANCELLED", "CAPTURED 5, LATE 5", "DONE 5, DONE 5", S.REFUNDED),
        ("CANCELLED", "CAPTURED 5", "SENT 2, GIVEN_UP 3", S.REFUND_FAILED),
    ],
)
def test_the_payment_status_follows_from_payments_and_refunds(
    status: str, payments: str, refunds: str, expected: PaymentStatus
) -> None:
    def amounts(told: str) -> list[Amount]:
        return [Amount(state, int(minor)) for state, minor in map(str.split, filter(None, told.split(", ")))]

    assert payment_status(Status(status), amounts(payments), amounts(refunds)) is expected
