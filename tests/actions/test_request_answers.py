"""What the seller answers, what the buyer says to it, and what the platform decides."""

import pytest

from app.shop.actions.answer import cancel_and_refund, decline, list_option, overrule, uphold
from app.shop.actions.cancel import cancel_order
from app.shop.actions.clock import run_due
from app.shop.actions.confirm import confirm_cancel
from app.shop.actions.request import escalate
from app.shop.actions.ship import arrange_shipment, hand_over, lose
from app.shop.check import check
from app.shop.reads.order import order_details
from app.shop.reads.requests import request_panel
from app.shop.rules.errors import Invalid, KeyReused, Refused
from app.shop.rules.orders import Status
from app.shop.rules.policy import HOUR, Policy
from app.shop.rules.receipt import Kind
from app.shop.rules.requests import RequestAction, RequestStatus
from app.shop.shop import CARRIER, SYSTEM, Actor, Shop
from tests.actions.disputes import A, R, do, last_event, newest, request_in, stands, told_last
from tests.actions.steps import (
    MAI,
    NOTE,
    OPS,
    SARI,
    ask,
    balance,
    column,
    everything,
    fresh,
    imported,
    order_in,
    place,
    rows,
    settle,
)
from tests.conftest import Clock
from tests.people import COINS, STOCK, VOUCHER_USES, Stocked


def facts(shop: Shop, number: int, name: str) -> str:
    """One fact of the newest event, as it is stored."""
    sql = "SELECT facts FROM events WHERE order_number = :number ORDER BY n DESC LIMIT 1"
    stored = str(rows(shop, sql, number=number)[0][0])
    return stored.split(f'"{name}":', 1)[1].split(",", 1)[0].strip('"}')


def everything_is_back(shop: Shop, ids: Stocked, number: int, total: int) -> None:
    """The order is cancelled, all of its money, stock, voucher and coins on their way back, once."""
    assert (column(shop, number, "status"), column(shop, number, "open_request")) == ("CANCELLED", None)
    sql = "SELECT amount_minor, state FROM refunds WHERE order_number = :number"
    assert rows(shop, sql, number=number) == [(total, "REQUESTED")]
    assert balance(shop, Kind.STOCK, ids.cream) == (STOCK, 0, 0, 0)
    assert balance(shop, Kind.VOUCHER, ids.ten_percent) == (VOUCHER_USES, 0, 0, 0)
    assert balance(shop, Kind.COINS, ids.mai) == (COINS, 0, 0, 0)


@pytest.mark.parametrize("begin", [R.PENDING_SELLER, R.ALTERNATIVE_OFFERED])
def test_the_seller_cancels_and_all_comes_back(
    shop: Shop, stocked: Stocked, clock: Clock, begin: RequestStatus
) -> None:
    number = request_in(shop, clock, begin)
    total, promised = column(shop, number, "total_minor"), request_panel(shop, SARI, number).receipt
    clock.move(minutes=2)
    done = cancel_and_refund(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key="k")
    assert done.answer["refund_minor"] == promised.refund_minor == total
    everything_is_back(shop, stocked, number, total)
    answered = ("status", "answered_at", "answered_by", "answer_reason", "answer_note", "queue", "due_at")
    assert stands(shop, number, *answered) == (
        *("APPROVED", clock.at, "SELLER", "SP_BUYER_REQUESTED", NOTE),
        *("closed", None),
    )
    event = ("cancel_and_refund", "SELLER", "AWAITING_SHIPMENT", "CANCELLED")
    assert last_event(shop, number) == (*event, "SP_BUYER_REQUESTED", NOTE, None)
    assert told_last(shop, number) == {(stocked.mai, "order_cancelled"), (stocked.sari, "order_cancelled")}
    assert facts(shop, number, "fault") == "BUYER"
    assert column(shop, number, "cancelled_by") == "SELLER"


@pytest.mark.parametrize(
    ("asked_for", "given", "fault"),
    [
        ("BP_WRONG_VARIANT", "SP_BUYER_REQUESTED", "BUYER"),
        ("BP_SELLER_SILENT", "SP_BUYER_REQUESTED", "SELLER"),
        ("BP_DISCOUNT", "SP_BUYER_REQUESTED", "NONE"),
        ("BP_MISTAKE", "SP_OUT_OF_STOCK", "SELLER"),
    ],
)
def test_whose_doing_it_was_is_what_the_buyer_said_unless_the_seller_says_otherwise(
    shop: Shop, stocked: Stocked, asked_for: str, given: str, fault: str
) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    ask(shop, number, asked_for)
    cancel_and_refund(shop, SARI, number, given, NOTE, key="k")
    assert facts(shop, number, "fault") == fault
    assert stands(shop, number, "status", "answer_reason") == ("APPROVED", given)


def test_cash_that_was_never_paid_completes_the_request_at_once(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = request_in(shop, clock, R.PENDING_SELLER, cash=True)
    cancel_and_refund(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key="k")
    assert stands(shop, number, "status", "queue") == ("COMPLETE", "closed")
    assert rows(shop, "SELECT count(*) FROM refunds") == [(0,)]
    assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK, 0, 0, 0)


def test_the_cancel_option_is_listed_for_a_day_and_confirmed(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = request_in(shop, clock, R.PENDING_SELLER)
    total = column(shop, number, "total_minor")
    clock.move(hours=1)
    done = list_option(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key="k")
    by = clock.at + 24 * HOUR
    assert (done.answer["request_status"], done.answer["confirm_by"]) == ("OPTION_LISTED", by)
    assert stands(shop, number, "queue", "queue_at", "since", "confirm_by", "due_at", "due_step") == (
        *("with-buyer", by, clock.at, by),
        *(clock.at + 12 * HOUR, "remind_half"),
    )
    assert stands(shop, number, "answered_by", "answer_reason", "answer_note") == (
        *("SELLER", "SP_BUYER_REQUESTED", NOTE),
    )
    assert told_last(shop, number) == {(stocked.mai, "request_option_listed")}
    assert column(shop, number, "status") == "AWAITING_SHIPMENT"
    clock.at = by
    confirm_cancel(shop, MAI, number, key="c")
    everything_is_back(shop, stocked, number, total)
    assert column(shop, number, "cancelled_by") == "BUYER"
    assert stands(shop, number, "status", "answered_by", "answer_note") == ("APPROVED", "SELLER", NOTE)
    assert last_event(shop, number)[:6] == (
        *("confirm_cancel", "BUYER", "AWAITING_SHIPMENT", "CANCELLED"),
        *("SP_BUYER_REQUESTED", NOTE),
    )


def test_a_day_later_the_option_is_not_to_be_confirmed_though_no_clock_ran(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = request_in(shop, clock, R.OPTION_LISTED)
    clock.move(hours=24, milliseconds=1)
    with pytest.raises(Refused, match="confirm_by_passed") as refused:
        confirm_cancel(shop, MAI, number, key="k")
    assert refused.value.next_step == "ask_again"


def test_a_refusal_has_a_reason_and_a_comment(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = request_in(shop, clock, R.PENDING_SELLER)
    due = column(shop, number, "due_at")
    done = decline(shop, SARI, number, "SR_ON_SCHEDULE", "  It arrives on Friday, as promised. ", key="k")
    assert done.answer["request_status"] == "REJECTED"
    answered = ("answered_at", "answered_by", "answer_reason", "answer_note", "counted")
    comment = "It arrives on Friday, as promised."
    assert stands(shop, number, *answered) == (clock.at, "SELLER", "SR_ON_SCHEDULE", comment, True)
    assert (column(shop, number, "open_request"), column(shop, number, "due_at")) == (None, due)
    assert told_last(shop, number) == {(stocked.mai, "request_declined")}
    assert request_panel(shop, MAI, number).possible == {"ask_to_cancel", "ask_to_change", "escalate"}


def test_what_is_said_to_be_sent_needs_its_number(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = request_in(shop, clock, R.PENDING_SELLER)
    before = everything(shop)
    with pytest.raises(Invalid, match="tracking_needed"):
        decline(shop, SARI, number, "SR_SHIPPED", NOTE, " ", key="k")
    assert everything(shop) == before
    decline(shop, SARI, number, "SR_SHIPPED", NOTE, " JX7 ", key="k")
    assert column(shop, number, "tracking") == "JX7"
    # The number is known from then on: what was sent may be arranged with a second request open.
    ask(shop, number)
    assert "arrange_shipment" in order_details(shop, SARI, number).possible
    arrange_shipment(shop, SARI, number, key="a")
    assert column(shop, number, "tracking") == "JX7"
    assert stands(shop, number, "status", "answer_reason", "answer_note") == ("REJECTED", "SR_SHIPPED", "JX7")


@pytest.mark.parametrize(
    ("action", "who", "begin", "given", "code"),
    [
        (A.LIST_OPTION, SARI, R.PENDING_SELLER, ("BP_MISTAKE", NOTE), "reason_not_allowed"),
        (A.LIST_OPTION, SARI, R.PENDING_SELLER, ("SP_BUYER_DID_NOT_PAY", NOTE), "reason_not_allowed"),
        (A.LIST_OPTION, SARI, R.PENDING_SELLER, ("SP_BUYER_REQUESTED", "short"), "text_too_short"),
        (A.APPROVE, SARI, R.PENDING_SELLER, ("SP_OTHER", "ten letters"), "text_too_short"),
        (A.APPROVE, SARI, R.PENDING_SELLER, ("OP_RISK", NOTE), "reason_not_allowed"),
        (A.DECLINE, SARI, R.PENDING_SELLER, ("SP_OTHER", NOTE), "reason_not_allowed"),
        (A.DECLINE, SARI, R.PENDING_SELLER, ("SR_PACKED", "packed"), "text_too_short"),
        (A.DECLINE, SARI, R.PENDING_SELLER, ("SR_PACKED", "\x1b[2J" + NOTE), "text_has_control_characters"),
        (A.OVERRULE, OPS, R.ESCALATED, ("SR_PACKED", NOTE), "reason_not_allowed"),
        (A.OVERRULE, OPS, R.ESCALATED, ("SP_BUYER_REQUESTED", NOTE), "reason_not_allowed"),
        (A.UPHOLD, OPS, R.ESCALATED, ("OP_RISK", NOTE), "reason_not_allowed"),
        (A.UPHOLD, OPS, R.ESCALATED, ("SR_PACKED", ""), "text_too_short"),
    ],
)
def test_an_answer_needs_a_reason_of_its_list_and_a_note(
    shop: Shop,
    stocked: Stocked,
    clock: Clock,
    action: RequestAction,
    who: Actor,
    begin: RequestStatus,
    given: tuple[str, str],
    code: str,
) -> None:
    number = request_in(shop, clock, begin)
    before = everything(shop)
    with pytest.raises(Invalid) as refused:
        do(shop, action, who, number, *given)
    assert refused.value.code == code
    assert everything(shop) == before


@pytest.mark.parametrize(
    ("action", "who", "begin"),
    [
        (A.LIST_OPTION, SARI, R.PENDING_SELLER),
        (A.APPROVE, SARI, R.PENDING_SELLER),
        (A.OFFER, SARI, R.PENDING_SELLER),
        (A.DECLINE, SARI, R.PENDING_SELLER),
        (A.CONFIRM, MAI, R.OPTION_LISTED),
        (A.ACCEPT, MAI, R.ALTERNATIVE_OFFERED),
        (A.REFUSE, MAI, R.ALTERNATIVE_OFFERED),
        (A.OVERRULE, OPS, R.ESCALATED),
        (A.UPHOLD, OPS, R.ESCALATED),
    ],
)
def test_an_answer_sent_twice_is_given_once(
    shop: Shop, stocked: Stocked, clock: Clock, action: RequestAction, who: Actor, begin: RequestStatus
) -> None:
    number = request_in(shop, clock, begin)
    first = do(shop, action, who, number, key="k")
    before = everything(shop)
    assert do(shop, action, who, number, key="k") == first
    with pytest.raises(KeyReused):
        place(shop, buyer=who, key="k")
    with pytest.raises(Refused):
        do(shop, action, who, number, key="another")
    assert everything(shop) == before


def test_the_platform_decides_for_the_buyer(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = request_in(shop, clock, R.ESCALATED)
    total = column(shop, number, "total_minor")
    clock.move(hours=5)
    overrule(shop, OPS, number, "OP_EXPERIENCE", "", key="k")
    everything_is_back(shop, stocked, number, total)
    decided = ("status", "decided_at", "decision_reason", "decision_note", "answer_reason")
    assert stands(shop, number, *decided) == (*("APPROVED", clock.at, "OP_EXPERIENCE", None, "SR_PACKED"),)
    assert told_last(shop, number) == {(stocked.mai, "order_cancelled"), (stocked.sari, "order_cancelled")}
    assert column(shop, number, "cancelled_by") == "OPERATOR"
    assert facts(shop, number, "fault") == "PLATFORM"


def test_the_platform_decides_for_the_seller(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = request_in(shop, clock, R.ESCALATED)
    clock.move(hours=5)
    done = uphold(shop, OPS, number, "SR_ON_SCHEDULE", NOTE, key="k")
    assert (done.answer["status"], done.answer["request_status"]) == ("AWAITING_SHIPMENT", "REJECTED")
    decided = ("decided_at", "decision_reason", "decision_note", "answer_reason", "queue")
    assert stands(shop, number, *decided) == (clock.at, "SR_ON_SCHEDULE", NOTE, "SR_PACKED", "closed")
    assert column(shop, number, "open_request") is None
    assert told_last(shop, number) == {(stocked.mai, "request_upheld"), (stocked.sari, "request_upheld")}


@pytest.mark.parametrize("begin", [R.PENDING_SELLER, R.OPTION_LISTED, R.ALTERNATIVE_OFFERED, R.ESCALATED])
def test_a_parcel_that_is_packed_declines_whatever_is_open(
    shop: Shop, stocked: Stocked, clock: Clock, begin: RequestStatus
) -> None:
    number = request_in(shop, clock, begin)
    with pytest.raises(Refused, match="request_open") as refused:
        arrange_shipment(shop, SARI, number, key="k")
    assert refused.value.next_step == "see_request"
    clock.move(minutes=1)
    arrange_shipment(shop, SARI, number, "JX1", key="k")
    answered = ("status", "queue", "queue_at", "due_at", "answer_reason", "answer_note")
    # What the platform looks at was answered before, and stays so.
    answer = ("SR_PACKED", NOTE) if begin is R.ESCALATED else ("SR_SHIPPED", "JX1")
    assert stands(shop, number, *answered) == ("REJECTED", "closed", clock.at, None, *answer)
    assert column(shop, number, "open_request") is None
    assert told_last(shop, number) == {(stocked.mai, "request_shipped")}


@pytest.mark.parametrize("part", [(), (1,)])
def test_a_parcel_handed_over_leaves_the_platform_nothing_to_decide(
    shop: Shop, stocked: Stocked, clock: Clock, part: tuple[int, ...]
) -> None:
    number = request_in(shop, clock, R.REJECTED)
    arrange_shipment(shop, SARI, number, "JX1", key="a")
    do(shop, A.ESCALATE, MAI, number)
    hand_over(shop, CARRIER, number, part, key="h")
    assert stands(shop, number, "status", "queue", "answer_reason") == ("REJECTED", "closed", "SR_PACKED")
    assert column(shop, number, "open_request") is None
    assert told_last(shop, number) == {(stocked.mai, "request_shipped")}


def test_a_parcel_sent_after_silence_is_the_sellers_only_answer(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    settle(shop, Policy(silence_approves=False))
    number = request_in(shop, clock, R.PENDING_SELLER)
    clock.move(milliseconds=stands(shop, number, "respond_by")[0] - clock.at + 1)
    do(shop, A.PASS_ON, SYSTEM, number)
    assert stands(shop, number, "status", "answered_at") == ("ESCALATED", None)
    arrange_shipment(shop, SARI, number, "JX1", key="a")
    assert stands(shop, number, "status", "answered_at", "answered_by", "answer_reason", "answer_note") == (
        "REJECTED",
        clock.at,
        "SELLER",
        "SR_SHIPPED",
        "JX1",
    )
    assert check(shop).violations == ()


def test_the_platform_may_still_cancel_what_is_packed(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = request_in(shop, clock, R.REJECTED)
    total = column(shop, number, "total_minor")
    arrange_shipment(shop, SARI, number, "JX1", key="a")
    do(shop, A.ESCALATE, MAI, number)
    do(shop, A.OVERRULE, OPS, number)
    everything_is_back(shop, stocked, number, total)
    assert stands(shop, number, "status") == ("APPROVED",)


@pytest.mark.parametrize("begin", [R.PENDING_SELLER, R.OPTION_LISTED, R.ALTERNATIVE_OFFERED, R.ESCALATED])
@pytest.mark.parametrize(
    ("who", "reason", "ends"),
    [(SARI, "SP_OUT_OF_STOCK", "SUPERSEDED"), (SARI, "SP_BUYER_REQUESTED", "APPROVED"), (OPS, "OP_RISK", "")],
)
def test_a_cancel_another_way_ends_the_request(
    shop: Shop,
    stocked: Stocked,
    clock: Clock,
    begin: RequestStatus,
    who: Actor,
    reason: str,
    ends: str,
) -> None:
    number = request_in(shop, clock, begin)
    before = newest(shop, number)
    cancel_order(shop, who, number, reason, NOTE, key="k")
    assert stands(shop, number, "status", "queue", "due_at") == (ends or "SUPERSEDED", "closed", None)
    if ends != "APPROVED":
        said = ("answered_at", "answer_reason", "answer_note", "decided_at", "decision_reason")
        assert stands(shop, number, *said) == tuple(before[name] for name in said)
    assert column(shop, number, "open_request") is None


def test_a_lost_parcel_ends_what_the_platform_looks_at(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = request_in(shop, clock, R.REJECTED)
    arrange_shipment(shop, SARI, number, "JX1", key="a")
    do(shop, A.ESCALATE, MAI, number)
    lose(shop, CARRIER, number, "SY_LOST", key="l")
    assert stands(shop, number, "status", "decided_at") == ("SUPERSEDED", None)


def test_an_imported_order_is_approved_here_and_moves_no_money(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = imported(shop, order_in(shop, Status.AWAITING_SHIPMENT))
    ask(shop, number)
    done = cancel_and_refund(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key="k")
    assert (done.answer["refund_minor"], done.answer["outside"]) == (0, "tiktok")
    assert stands(shop, number, "status") == ("APPROVED",)


def test_the_confirm_clock_is_the_shops(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    settle(shop, Policy(confirm_ms=2 * HOUR))
    number = request_in(shop, clock, R.OPTION_LISTED)
    assert stands(shop, number, "confirm_by") == (clock.at + 2 * HOUR,)


def test_an_answer_concerns_the_whole_shop_and_a_decision_the_staff_too(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    ask(shop, number)
    declined = decline(shop, SARI, number, "SR_PACKED", NOTE, key=fresh())
    assert (declined.shop, declined.staff) == (stocked.kopi_house, False)
    escalated = escalate(shop, MAI, number, key=fresh())
    assert (escalated.shop, escalated.staff) == (stocked.kopi_house, True)
    decided = uphold(shop, OPS, number, "SR_PACKED", NOTE, key=fresh())
    assert (decided.shop, decided.staff) == (stocked.kopi_house, True)


@pytest.mark.parametrize("approves", [True, False])
def test_a_parcel_cannot_be_packed_past_a_silence_that_has_answered(
    shop: Shop, stocked: Stocked, clock: Clock, approves: bool
) -> None:
    settle(shop, Policy(silence_approves=approves))
    number = request_in(shop, clock, R.PENDING_SELLER)
    clock.move(milliseconds=Policy().respond_ms + 1)
    before = everything(shop)
    with pytest.raises(Refused, match="respond_by_passed"):
        arrange_shipment(shop, SARI, number, "JX1", key=fresh())
    with pytest.raises(Refused, match="respond_by_passed"):
        do(shop, A.DECLINE, SARI, number)
    assert everything(shop) == before
    run_due(shop)
    assert newest(shop, number)["status"] in ((R.APPROVED, R.COMPLETE) if approves else (R.ESCALATED,))


def test_what_the_seller_answered_stays_where_the_platform_is_overtaken(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = request_in(shop, clock, R.ESCALATED)
    told = stands(shop, number, "answered_at", "answered_by", "answer_reason", "answer_note")
    clock.move(hours=1)
    arrange_shipment(shop, SARI, number, "JX1", key=fresh())
    assert newest(shop, number)["status"] == R.REJECTED
    assert stands(shop, number, "answered_at", "answered_by", "answer_reason", "answer_note") == told
