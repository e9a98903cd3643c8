"""The clock of a request: it reminds, silence is an answer, orders and requests take turns by due time."""

from contextlib import closing
from functools import partial

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.clock import BATCH, apply_due
from app.shop.actions.request import ask_to_cancel, withdraw
from app.shop.rules.errors import Refused
from app.shop.rules.orders import Status
from app.shop.rules.policy import DAY, HOUR, JOURNEY, Policy
from app.shop.rules.requests import RequestStatus
from app.shop.shop import Done, Shop
from app.shop.store import open_shop
from tests.actions.disputes import (
    A,
    R,
    do,
    last_event,
    near_its_end,
    newest,
    request_in,
    stands,
    ticked,
    told_last,
)
from tests.actions.steps import (
    MAI,
    OPS,
    SARI,
    all_at_once,
    ask,
    asked,
    column,
    everything,
    fresh,
    imported,
    order_in,
    place,
    rows,
    run,
    settle,
    told,
)
from tests.conftest import MONDAY, Clock
from tests.people import Stocked, stock

ESCALATING = Policy(silence_approves=False)


def reminded(shop: Shop, number: int) -> list[str]:
    """Who was reminded of the request, in order."""
    return [code for _, code in told(shop, number) if code.startswith("request_reminder")]


def test_a_silent_seller_is_reminded_twice_and_then_it_is_approved(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = request_in(shop, clock, R.PENDING_SELLER)
    total = column(shop, number, "total_minor")
    end = 48 * HOUR
    for ms, times, status in (
        (end // 2 - 1, 0, "PENDING_SELLER"),
        (end // 2, 1, "PENDING_SELLER"),
        (end - end // 10 - 1, 1, "PENDING_SELLER"),
        (end - end // 10, 2, "PENDING_SELLER"),
        (end, 2, "PENDING_SELLER"),
        (end + 1, 2, "APPROVED"),
        (end + DAY, 2, "APPROVED"),
    ):
        clock.at = MONDAY + ms
        ticked(shop)
        ticked(shop)
        assert (len(reminded(shop, number)), stands(shop, number, "status")) == (times, (status,)), ms
    assert set(reminded(shop, number)) == {"request_reminder_seller"}
    assert rows(shop, "SELECT action, due_at, at FROM events WHERE n > 2 AND n < 6 ORDER BY n") == [
        ("remind_of_request", MONDAY + end // 2, MONDAY + end // 2),
        ("remind_of_request", MONDAY + end - end // 10, MONDAY + end - end // 10),
        ("auto_approve", MONDAY + end + 1, MONDAY + end + 1),
    ]
    assert rows(shop, "SELECT amount_minor FROM refunds") == [(total,)]
    answered = ("answered_by", "answer_reason", "answer_note", "answered_at")
    assert stands(shop, number, *answered) == ("SYSTEM", "SP_BUYER_REQUESTED", None, MONDAY + end + 1)
    assert (column(shop, number, "cancelled_by"), column(shop, number, "cancel_reason")) == (
        *("SYSTEM", "SP_BUYER_REQUESTED"),
    )
    assert told_last(shop, number) == {(stocked.mai, "order_cancelled"), (stocked.sari, "order_cancelled")}


def test_a_silent_seller_is_passed_on_where_the_policy_says_so(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    settle(shop, ESCALATING)
    number = request_in(shop, clock, R.PENDING_SELLER)
    clock.move(hours=48, milliseconds=1)
    (done,) = ticked(shop)
    assert (done.answer["request_status"], done.answer["status"]) == ("ESCALATED", "AWAITING_SHIPMENT")
    assert stands(shop, number, "queue", "queue_at", "escalated_at", "due_at") == (
        *("with-platform", clock.at, clock.at, None),
    )
    assert told_last(shop, number) == {
        (stocked.mai, "request_passed_on"),
        (stocked.sari, "request_passed_on"),
        (stocked.ops, "request_to_decide"),
    }
    assert done.people == {stocked.mai, stocked.sari, stocked.ops}
    do(shop, A.OVERRULE, OPS, number)
    assert column(shop, number, "status") == "CANCELLED"


@pytest.mark.parametrize(
    ("begin", "reminder"),
    [(R.OPTION_LISTED, "request_reminder_buyer"), (R.ALTERNATIVE_OFFERED, "request_reminder_offer")],
)
def test_a_silent_buyer_is_reminded_and_the_order_goes_on(
    shop: Shop, stocked: Stocked, clock: Clock, begin: RequestStatus, reminder: str
) -> None:
    number = request_in(shop, clock, begin)
    due = column(shop, number, "due_at")
    for hours in (12, 21.6, 24):
        clock.at = MONDAY + int(hours * HOUR)
        ticked(shop)
    assert reminded(shop, number) == [reminder] * 2
    clock.move(milliseconds=1)
    (done,) = ticked(shop)
    assert (done.answer["request_status"], done.answer["status"]) == ("EXPIRED", "AWAITING_SHIPMENT")
    assert stands(shop, number, "queue", "queue_at", "due_at", "counted") == (
        *("closed", clock.at, None, True),
    )
    assert (column(shop, number, "open_request"), column(shop, number, "due_at")) == (None, due)
    assert told_last(shop, number) == {(stocked.mai, "request_expired"), (stocked.sari, "request_expired")}
    assert last_event(shop, number)[-1] == MONDAY + 24 * HOUR + 1


@pytest.mark.parametrize(
    ("begin", "hours", "action", "was_due"),
    [
        (R.PENDING_SELLER, 30, "remind_of_request", 24 * HOUR),
        (R.PENDING_SELLER, 44, "remind_of_request", 48 * HOUR - 48 * HOUR // 10),
        (R.PENDING_SELLER, 60, "auto_approve", 48 * HOUR + 1),
        (R.OPTION_LISTED, 23, "remind_of_request", 24 * HOUR - 24 * HOUR // 10),
        (R.OPTION_LISTED, 70, "lapse", 24 * HOUR + 1),
        (R.ALTERNATIVE_OFFERED, 70, "lapse", 24 * HOUR + 1),
    ],
)
def test_a_closed_app_does_only_the_latest_that_is_due_and_tells_when_that_was(
    shop: Shop, stocked: Stocked, clock: Clock, begin: RequestStatus, hours: int, action: str, was_due: int
) -> None:
    number = request_in(shop, clock, begin)
    clock.at = MONDAY + hours * HOUR
    assert len(ticked(shop)) == 1
    assert ticked(shop) == []
    event = last_event(shop, number)
    assert (event[0], event[-1]) == (action, MONDAY + was_due)


def test_an_approval_comes_before_the_order_runs_out_at_the_same_moment(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number, sla = near_its_end(shop, clock)
    ask(shop, number)
    assert stands(shop, number, "respond_by") == (sla,)
    clock.at = sla + 30 * DAY
    assert len(ticked(shop)) == 1
    assert column(shop, number, "cancel_reason") == "SP_BUYER_REQUESTED"
    assert stands(shop, number, "status") == ("APPROVED",)
    assert last_event(shop, number)[-1] == sla + 1
    assert ticked(shop) == []


def test_an_order_that_runs_out_while_the_buyer_thinks_takes_its_request_along(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number, _ = near_its_end(shop, clock)
    ask(shop, number)
    do(shop, A.LIST_OPTION, SARI, number)
    clock.move(days=30)
    ticked(shop)
    assert column(shop, number, "cancel_reason") == "SY_SHIP_TIMEOUT"
    assert stands(shop, number, "status", "due_at") == ("SUPERSEDED", None)
    assert ticked(shop) == []


def test_orders_and_requests_are_taken_in_due_order(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    settle(shop, Policy(respond_ms=3 * HOUR, confirm_ms=2 * HOUR))
    asked = request_in(shop, clock, R.PENDING_SELLER)  # approved after 3 h
    clock.move(minutes=1)
    listed = request_in(shop, clock, R.OPTION_LISTED)  # over after 2 h
    unpaid = place(shop, (stocked.forest, 1))  # lapses after 1 h
    clock.move(days=1)
    ends = [(int(done.answer["number"]), done.answer.get("request_status")) for done in ticked(shop)]
    assert ends == [(unpaid, None), (listed, "EXPIRED"), (asked, None)]


def test_what_begins_by_a_deadline_and_has_passed_as_well_is_done_in_the_same_run(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    settle(shop, ESCALATING)
    number = request_in(shop, clock, R.PENDING_SELLER)
    other = request_in(shop, clock, R.OPTION_LISTED)
    clock.move(days=30)
    ticked(shop)
    for one in (number, other):
        assert column(shop, one, "cancel_reason") == "SY_SHIP_TIMEOUT"
    assert stands(shop, number, "status") == ("SUPERSEDED",)
    assert stands(shop, other, "status") == ("EXPIRED",)
    assert ticked(shop) == []


def test_no_more_than_asked_for_is_done_at_once(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    for _ in range(4):
        place(shop, (stocked.cream, 1))
    for _ in range(3):
        _asked(shop, stocked)
    clock.move(days=3)
    assert [len(ticked(shop, most=3)) for _ in range(4)] == [3, 3, 1, 0]


def _asked(shop: Shop, ids: Stocked) -> int:
    number = order_in(shop, Status.AWAITING_SHIPMENT, (ids.navy, 1), voucher_codes=(), coins=0)
    ask(shop, number)
    return number


def test_more_than_a_batch_of_requests_is_done_in_one_run(sqlite_shop: Shop, clock: Clock) -> None:
    ids = stock(sqlite_shop)
    run(sqlite_shop, "UPDATE balances SET free = 100000, taken_in = 100000 WHERE kind = 'STOCK'")
    for _ in range(BATCH + 5):
        _asked(sqlite_shop, ids)
    clock.at = MONDAY + 48 * HOUR + 1
    assert len(ticked(sqlite_shop)) == BATCH + 5
    assert rows(sqlite_shop, "SELECT DISTINCT status FROM requests") == [("APPROVED",)]


def test_several_clocks_at_once_do_nothing_twice(
    url: str, shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    numbers = [_asked(shop, stocked) for _ in range(8)]
    with closing(open_shop(url, now=clock)) as other:
        for ms, version in ((24 * HOUR, 1), (48 * HOUR + 1, 2)):
            clock.at = MONDAY + ms
            all_at_once(*[partial(_tick, one) for one in (shop, other) * 2])
            assert {stands(shop, number, "version") for number in numbers} == {(version,)}
    assert rows(shop, "SELECT DISTINCT status FROM requests") == [("APPROVED",)]
    assert rows(shop, "SELECT count(*) FROM refunds") == [(len(numbers),)]


def _tick(shop: Shop) -> None:
    ticked(shop)


def test_what_is_answered_in_time_is_not_reminded_of(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = request_in(shop, clock, R.PENDING_SELLER)
    clock.move(hours=30)
    withdraw(shop, MAI, number, key="k")
    assert ticked(shop) == []
    assert reminded(shop, number) == []


def test_an_answer_that_comes_too_late_does_not_count_however_late_the_clock_is(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = request_in(shop, clock, R.PENDING_SELLER)
    clock.move(hours=60)
    for action in (A.DECLINE, A.LIST_OPTION, A.OFFER):
        with pytest.raises(Refused, match="respond_by_passed") as refused:
            do(shop, action, SARI, number)
        assert refused.value.next_step == "wait_for_clock"
    ticked(shop)
    assert stands(shop, number, "status") == ("APPROVED",)


def test_each_clock_of_a_request_reminds_anew(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = request_in(shop, clock, R.ALTERNATIVE_OFFERED)
    clock.move(hours=13)
    ticked(shop)
    do(shop, A.REFUSE, MAI, number)
    clock.move(hours=25)
    ticked(shop)
    assert reminded(shop, number) == ["request_reminder_offer", "request_reminder_seller"]


def test_requests_of_other_platforms_are_never_due(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = imported(shop, order_in(shop, Status.AWAITING_SHIPMENT))
    ask_to_cancel(shop, MAI, number, "BP_MISTAKE", key="k")
    clock.move(days=29)
    before = everything(shop)
    assert ticked(shop) == []
    assert everything(shop) == before


def test_the_clock_and_people_at_one_instant_do_one_thing(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    for _ in range(4):
        number = _asked(shop, stocked)
        clock.move(milliseconds=JOURNEY.respond_ms + 1)
        _, cancelled = all_at_once(
            partial(_tick, shop),
            partial(cancel_order, shop, OPS, number, "OP_RISK", key=fresh()),
        )
        assert cancelled in {"CANCELLED", "already_cancelled"}
        assert stands(shop, number, "version") == (1,)
        assert newest(shop, number)["status"] in {"APPROVED", "SUPERSEDED"}
    assert rows(shop, "SELECT count(*) FROM refunds") == [(4,)]


def test_a_policy_set_anew_between_two_clocks_has_silence_mean_one_thing(
    shop: Shop, stocked: Stocked, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = (asked(shop, clock) for _ in range(2))
    clock.move(hours=48, milliseconds=1)

    def meanwhile(done: Done) -> None:
        if done.answer["number"] == str(first):
            settle(shop, ESCALATING)
            apply_due(shop)

    apply_due(shop, tell=meanwhile)
    assert [stands(shop, number, "status") for number in (first, second)] == [("APPROVED",), ("ESCALATED",)]
    assert caplog.records == []
