"""The clocks of a request: until when somebody answers, when they are reminded, and what silence does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.shop.rules.policy import DAY, HOUR, JOURNEY, LIMITS, MINUTE, Policy
from app.shop.rules.request_clocks import (
    RequestStep,
    last_request_step,
    next_request_step,
    request_steps,
    respond_again_by,
    respond_by,
    standing,
)
from app.shop.rules.requests import OPEN, QUEUES, RequestStatus

NOW = 1_772_442_000_000
R = RequestStatus
ENDS = {R.PENDING_SELLER: "silence", R.OPTION_LISTED: "lapse", R.ALTERNATIVE_OFFERED: "lapse"}

moments = st.integers(NOW - 10 * DAY, NOW + 10 * DAY)
lasting = st.integers(0, 7 * DAY)
waiting = st.sampled_from(tuple(ENDS))


def test_a_seller_has_two_days_but_never_longer_than_there_is_time_to_ship() -> None:
    assert respond_by(NOW, JOURNEY, None) == NOW + 48 * HOUR
    assert respond_by(NOW, JOURNEY, NOW + 48 * HOUR) == NOW + 48 * HOUR
    assert respond_by(NOW, JOURNEY, NOW + 48 * HOUR - 1) == NOW + 48 * HOUR - 1
    assert respond_by(NOW, Policy(respond_ms=24 * HOUR), NOW + 9 * DAY) == NOW + 24 * HOUR


def test_after_a_refused_offer_the_old_clock_runs_on_for_twelve_hours_at_least() -> None:
    assert respond_again_by(NOW, 12 * HOUR + 1, None) == NOW + 12 * HOUR + 1
    assert respond_again_by(NOW, 12 * HOUR - 1, None) == NOW + 12 * HOUR
    assert respond_again_by(NOW, -1, None) == NOW + 12 * HOUR
    assert respond_again_by(NOW, 30 * HOUR, NOW + HOUR) == NOW + HOUR


@given(moments, st.integers(*LIMITS["respond_ms"]), st.none() | moments, st.integers(-DAY, 7 * DAY))
def test_an_answer_is_never_waited_for_beyond_the_last_day_to_ship(
    now: int, respond_ms: int, sla: int | None, left: int
) -> None:
    by, again = respond_by(now, Policy(respond_ms=respond_ms), sla), respond_again_by(now, left, sla)
    assert by <= now + respond_ms
    assert by == now + respond_ms or by == sla
    assert again >= now + 12 * HOUR or again == sla
    assert sla is None or max(by, again) <= sla


@pytest.mark.parametrize("status", ENDS)
def test_whoever_is_waited_for_is_reminded_at_half_and_at_a_tenth_left(status: RequestStatus) -> None:
    since, by = NOW, NOW + 10 * HOUR
    told = [(due.at, due.step) for due in request_steps(status, since, by)]
    assert told == [
        (NOW + 5 * HOUR, "remind_half"),
        (NOW + 9 * HOUR, "remind_last"),
        (NOW + 10 * HOUR + 1, ENDS[status]),
    ]


@given(waiting, moments, lasting)
def test_steps_come_in_order_and_silence_counts_a_millisecond_after(
    status: RequestStatus, since: int, lasts: int
) -> None:
    half, last, end = request_steps(status, since, since + lasts)
    assert since <= half.at <= last.at < end.at == since + lasts + 1
    assert (half.step, last.step, end.step) == ("remind_half", "remind_last", ENDS[status])


@given(waiting, moments, lasting, moments)
def test_the_next_step_is_the_first_that_is_to_come(
    status: RequestStatus, since: int, lasts: int, after: int
) -> None:
    steps = request_steps(status, since, since + lasts)
    found = next_request_step(status, since, since + lasts, after=after)
    to_come = [due for due in steps if due.at > after]
    assert found == (to_come[0] if to_come else steps[-1])


@given(waiting, moments, lasting, moments)
def test_the_last_step_stands_for_those_before_it(
    status: RequestStatus, since: int, lasts: int, now: int
) -> None:
    found = last_request_step(status, since, since + lasts, now=now)
    passed = [due for due in request_steps(status, since, since + lasts) if due.at <= now]
    assert found == (passed[-1] if passed else None)
    assert (found is not None and found.step in ("silence", "lapse")) == (now > since + lasts)


@given(waiting, moments, lasting, st.lists(st.integers(1, 3 * DAY), min_size=1, max_size=30))
def test_a_clock_that_is_looked_at_now_and_then_comes_to_its_end_once(
    status: RequestStatus, since: int, lasts: int, pauses: list[int]
) -> None:
    by, now, done = since + lasts, since, list[str]()
    due = standing(status, since, by).due
    for pause in [*pauses, 30 * DAY]:
        now += pause
        if due is None or due.at > now:
            continue
        step = last_request_step(status, since, by, now=now)
        assert step is not None
        done.append(step.step)
        ended = step.step not in (RequestStep.REMIND_HALF, RequestStep.REMIND_LAST)
        assert ended == (now > by)
        due = None if ended else standing(status, since, by, after=now).due
    assert done[-1] == ENDS[status]
    assert len(done) == len(set(done)) <= 3


@given(st.sampled_from(RequestStatus), moments, st.none() | moments, st.booleans())
def test_a_request_stands_in_one_queue_and_is_due_only_while_somebody_is_waited_for(
    status: RequestStatus, since: int, by: int | None, imported: bool
) -> None:
    stands = standing(status, since, by, imported=imported)
    assert (stands.status, stands.queue, stands.since) == (status, QUEUES[status], since)
    assert stands.queue_at == (since if by is None else by)
    assert (stands.due is not None) == (status in ENDS and by is not None and not imported)
    assert (stands.queue == "closed") == (status not in OPEN)


def test_a_span_too_short_to_remind_in_still_ends() -> None:
    stands = standing(R.PENDING_SELLER, NOW, NOW)
    assert stands.due is not None
    assert (stands.due.at, stands.due.step) == (NOW + 1, "silence")
    late = standing(R.PENDING_SELLER, NOW, NOW - MINUTE)
    assert late.due is not None
    assert (late.due.at, late.due.step) == (NOW - MINUTE + 1, "silence")
