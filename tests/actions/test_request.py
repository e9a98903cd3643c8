"""A buyer asks for a cancel, takes that back, or has the platform look: what each brings, and for whom."""

import json

import pytest
from sqlalchemy import insert

from app.shop import tables as t
from app.shop.actions.photos import add_photo
from app.shop.actions.request import ask_to_cancel, escalate, withdraw
from app.shop.actions.talk import send_message
from app.shop.reads.requests import request_panel
from app.shop.reads.talk import MessageRow, conversation
from app.shop.rules.errors import Invalid, KeyReused, NotFound, Refused, ShopError
from app.shop.rules.orders import Role, Status
from app.shop.rules.policy import HOUR, JOURNEY, Policy
from app.shop.rules.request_guards import RequestFacts
from app.shop.rules.request_refusals import request_next_step, why_not_request
from app.shop.rules.requests import RequestAction, RequestStatus
from app.shop.rules.words import PHOTOS
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement
from tests import photographs
from tests.actions.disputes import (
    A,
    R,
    do,
    last_event,
    near_its_end,
    newest,
    request_in,
    stands,
    told_last,
)
from tests.actions.steps import (
    MAI,
    NOTE,
    OPS,
    SARI,
    TUAN,
    WHO,
    ask,
    column,
    everything,
    fresh,
    imported,
    order_in,
    place,
    rows,
    run,
    settle,
)
from tests.conftest import MONDAY, Clock
from tests.people import Stocked, put

STATES: tuple[RequestStatus | None, ...] = (None, *RequestStatus)


@pytest.mark.parametrize("status", STATES)
def test_what_the_rules_refuse_the_actions_refuse_and_write_nothing(
    shop: Shop, stocked: Stocked, clock: Clock, status: RequestStatus | None
) -> None:
    number = request_in(shop, clock, status) if status else order_in(shop, Status.AWAITING_SHIPMENT)
    row = newest(shop, number) if status else {}
    facts = RequestFacts(
        now=clock.at,
        policy=JOURNEY,
        order=Status(column(shop, number, "status")),
        attempts=1 if row.get("counted") else 0,
        respond_by=row.get("respond_by"),
        confirm_by=row.get("confirm_by"),
        answered_at=row.get("answered_at"),
        escalated=row.get("escalated_at") is not None,
    )
    before = everything(shop)
    for role in (Role.BUYER, Role.SELLER, Role.OPERATOR, Role.SYSTEM, Role.GATEWAY, Role.CARRIER):
        allowed = set()
        for action in RequestAction:
            code = why_not_request(action, status, role, facts)
            if code is None:
                allowed.add(action)
                continue
            with pytest.raises(Refused) as refused:
                do(shop, action, WHO[role], number)
            step = None if code == "role_may_not" else request_next_step(code)
            assert (refused.value.code, refused.value.next_step) == (code, step), (action, role)
        if role in (Role.BUYER, Role.SELLER, Role.OPERATOR):
            panel = request_panel(shop, WHO[role], number)
            assert panel.possible == allowed
            asking = why_not_request(A.ASK, status, Role.BUYER, facts)
            assert (panel.why_not_ask, panel.next_step) == (asking, asking and request_next_step(asking))
    assert everything(shop) == before


def test_a_request_waits_for_the_seller_with_a_clock(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    due = column(shop, number, "due_at")
    clock.move(minutes=3)
    photos = [photo(shop, MAI, number) for _ in range(2)]
    done = ask_to_cancel(shop, MAI, number, "BP_WRONG_VARIANT", " navy  please\r\n", photos, key="k")
    row, by = newest(shop, number), clock.at + 48 * HOUR
    assert done.answer == {
        "number": str(number),
        "request": str(row["id"]),
        "status": "AWAITING_SHIPMENT",
        "request_status": "PENDING_SELLER",
        "respond_by": by,
        "event": 2,
    }
    assert done.people == {stocked.mai, stocked.sari}
    assert json.loads(row["photos"]) == photos
    (said,) = [one for one in conversation(shop, SARI, number).entries if isinstance(one, MessageRow)]
    assert {one.id for one in said.photos} == set(photos)
    told = {name: value for name, value in row.items() if value is not None and name not in ("id", "photos")}
    assert told == {
        "order_number": number,
        "shop_id": stocked.kopi_house,
        "buyer_id": stocked.mai,
        "kind": "cancel",
        "status": "PENDING_SELLER",
        "queue": "to-answer",
        "queue_at": by,
        "version": 0,
        "reason": "BP_WRONG_VARIANT",
        "text": "navy  please",
        "counted": True,
        "created_at": clock.at,
        "since": clock.at,
        "respond_by": by,
        "difference_minor": 0,
        "due_at": clock.at + 24 * HOUR,
        "due_step": "remind_half",
    }
    assert column(shop, number, "open_request") == row["id"]
    assert (column(shop, number, "due_at"), column(shop, number, "due_step")) == (due, "ship_timeout")
    event = ("ask_to_cancel", "BUYER", "AWAITING_SHIPMENT", "AWAITING_SHIPMENT")
    assert last_event(shop, number) == (*event, "BP_WRONG_VARIANT", "navy  please", None)
    assert told_last(shop, number) == {(stocked.sari, "request_asked")}


def test_every_member_is_told_and_no_stranger(shop: Shop, stocked: Stocked) -> None:
    with shop.change() as work:
        put(work, t.Member(shop_id=stocked.kopi_house, person_id=stocked.budi))
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    done = do(shop, A.ASK, MAI, number)
    assert told_last(shop, number) == {(stocked.sari, "request_asked"), (stocked.budi, "request_asked")}
    assert done.people == {stocked.mai, stocked.budi, stocked.sari}


def test_an_answer_is_not_waited_for_beyond_the_last_day_to_ship(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number, sla = near_its_end(shop, clock)
    ask(shop, number, "BP_LATE")
    assert stands(shop, number, "respond_by", "queue_at", "due_at") == (sla, sla, sla - HOUR // 2)


def test_a_policy_that_changes_later_moves_no_clock_of_a_request(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    ask(shop, number)
    settle(shop, Policy(respond_ms=HOUR, confirm_ms=HOUR))
    assert stands(shop, number, "respond_by") == (MONDAY + 48 * HOUR,)


@pytest.mark.parametrize("action", [A.ASK, A.WITHDRAW, A.ESCALATE])
def test_the_same_key_gives_the_first_answer_and_serves_nothing_else(
    shop: Shop, stocked: Stocked, clock: Clock, action: RequestAction
) -> None:
    begin = {A.WITHDRAW: R.PENDING_SELLER, A.ESCALATE: R.REJECTED}.get(action)
    number = request_in(shop, clock, begin) if begin else order_in(shop, Status.AWAITING_SHIPMENT)
    first = do(shop, action, MAI, number, key="k")
    before = everything(shop)
    assert do(shop, action, MAI, number, key="k") == first
    with pytest.raises(KeyReused):
        ask_to_cancel(shop, MAI, number, "BP_OTHER", "something else", key="k")
    assert everything(shop) == before


@pytest.mark.parametrize(
    ("reason", "text", "photos", "code"),
    [
        ("BU_MISTAKE", "", (), "reason_not_allowed"),
        ("SP_BUYER_REQUESTED", NOTE, (), "reason_not_allowed"),
        ("", "", (), "reason_not_allowed"),
        ("BP_LATE", "", (), "reason_not_allowed"),
        ("BP_OTHER", "", (), "text_too_short"),
        ("BP_OTHER", "\u200b \n", (), "text_too_short"),
        ("BP_MISTAKE", "x" * 10_000, (), "text_too_long"),
        ("BP_MISTAKE", "\x1b[2J", (), "text_has_control_characters"),
        ("BP_MISTAKE", "", tuple("abcd"), "photos_at_most"),
    ],
)
def test_a_request_needs_a_reason_that_fits_and_plain_words(
    shop: Shop, stocked: Stocked, reason: str, text: str, photos: tuple[str, ...], code: str
) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    before = everything(shop)
    with pytest.raises(Invalid) as refused:
        ask_to_cancel(shop, MAI, number, reason, text, photos, key="k")
    assert refused.value.code == code
    assert everything(shop) == before
    assert len(photos) in (0, PHOTOS + 1)


def test_not_shipped_on_time_is_a_reason_only_then(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    clock.at = column(shop, number, "ship_by")
    with pytest.raises(Invalid, match="reason_not_allowed"):
        ask(shop, number, "BP_LATE")
    clock.move(milliseconds=1)
    ask(shop, number, "BP_LATE")


def test_a_stranger_learns_nothing_of_a_request(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = request_in(shop, clock, R.PENDING_SELLER)
    before = everything(shop)
    for action in RequestAction:
        with pytest.raises(NotFound, match="no_such_order"):
            do(shop, action, TUAN, number)
    with pytest.raises(NotFound):
        request_panel(shop, TUAN, number)
    assert everything(shop) == before


def test_two_requests_of_one_order_cannot_be_open(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = request_in(shop, clock, R.PENDING_SELLER)
    row = newest(shop, number) | {"id": 5, "status": "ESCALATED"}
    with pytest.raises(ShopError), shop.change() as work:
        work.run(Statement(insert(t.Request)), **row)
    run(shop, "UPDATE orders SET open_request = NULL WHERE number = :number", number=number)
    with pytest.raises(Refused, match="request_open"):
        ask(shop, number)
    sql = "UPDATE orders SET open_request = (SELECT min(id) FROM requests) WHERE number = :number"
    run(shop, sql, number=number)


def test_a_buyer_may_ask_as_often_as_the_policy_allows(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = request_in(shop, clock, R.REJECTED)
    assert request_panel(shop, MAI, number).attempts_left == 1
    ask(shop, number)
    do(shop, A.DECLINE, SARI, number)
    panel = request_panel(shop, MAI, number)
    assert (panel.attempts_left, panel.why_not_ask, panel.next_step) == (
        *(0, "no_attempts_left"),
        "contact_seller",
    )
    with pytest.raises(Refused, match="no_attempts_left"):
        ask(shop, number)
    settle(shop, Policy(request_attempts=3))
    ask(shop, number)


@pytest.mark.parametrize(
    ("acted", "minutes", "counted"),
    [(False, 0, False), (False, 600, False), (True, 5, False), (True, 5.001, True), (True, 600, True)],
)
def test_a_request_taken_back_soon_or_before_the_seller_acted_is_no_attempt(
    shop: Shop, stocked: Stocked, clock: Clock, acted: bool, minutes: float, counted: bool
) -> None:
    number = request_in(shop, clock, R.OPTION_LISTED if acted else R.PENDING_SELLER)
    clock.move(minutes=minutes)
    withdraw(shop, MAI, number, key="k")
    assert stands(shop, number, "status", "counted") == ("WITHDRAWN", counted)
    assert request_panel(shop, MAI, number).attempts_left == (1 if counted else 2)


def test_attempts_are_counted_over_all_requests_not_those_shown(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = request_in(shop, clock, R.REJECTED)
    for _ in range(25):
        ask(shop, number)
        withdraw(shop, MAI, number, key=fresh())
    assert request_panel(shop, MAI, number).attempts_left == 1
    assert len(request_panel(shop, MAI, number).earlier) < 25


def test_a_request_taken_back_lets_the_order_go_on(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = request_in(shop, clock, R.ALTERNATIVE_OFFERED)
    due = column(shop, number, "due_at")
    clock.move(minutes=9)
    done = withdraw(shop, MAI, number, key="k")
    assert (done.answer["status"], done.answer["request_status"]) == ("AWAITING_SHIPMENT", "WITHDRAWN")
    assert stands(shop, number, "queue", "queue_at", "since", "version", "due_at", "due_step") == (
        *("closed", clock.at, clock.at, 2),
        *(None, None),
    )
    assert (column(shop, number, "open_request"), column(shop, number, "due_at")) == (None, due)
    assert told_last(shop, number) == {(stocked.sari, "request_withdrawn")}
    assert last_event(shop, number)[:2] == ("withdraw", "BUYER")
    assert rows(shop, "SELECT count(*) FROM refunds") == [(0,)]


def test_the_newest_request_counts_even_within_one_millisecond_and_on_a_clock_set_back(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    ids = []
    for _ in range(8):
        ids.append(ask(shop, number))
        withdraw(shop, MAI, number, key=fresh())
        clock.move(milliseconds=-1 if len(ids) > 4 else 0)
    assert ids == sorted(set(ids))


def test_the_platform_is_asked_once_and_told(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = request_in(shop, clock, R.REJECTED)
    clock.move(hours=48)
    done = escalate(shop, MAI, number, "  not packed at all ", key="k")
    assert done.answer["request_status"] == "ESCALATED"
    assert stands(shop, number, "escalated_at", "escalated_text", "queue", "queue_at", "due_at") == (
        *(clock.at, "not packed at all", "with-platform"),
        *(clock.at, None),
    )
    assert column(shop, number, "open_request") == newest(shop, number)["id"]
    assert told_last(shop, number) == {
        (stocked.sari, "request_escalated"),
        (stocked.ops, "request_to_decide"),
    }
    assert last_event(shop, number)[:6] == (
        *("escalate", "BUYER", "AWAITING_SHIPMENT", "AWAITING_SHIPMENT"),
        *(None, "not packed at all"),
    )
    do(shop, A.UPHOLD, OPS, number)
    with pytest.raises(Refused, match="escalated_already") as refused:
        do(shop, A.ESCALATE, MAI, number)
    assert refused.value.next_step == "contact_seller"


def test_two_days_after_the_refusal_it_is_too_late_to_ask_the_platform(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = request_in(shop, clock, R.REJECTED)
    clock.move(hours=48, milliseconds=1)
    with pytest.raises(Refused, match="escalate_time_over"):
        do(shop, A.ESCALATE, MAI, number)


def test_a_request_with_the_platform_closes_where_a_new_one_opens(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = request_in(shop, clock, R.ESCALATED)
    before = newest(shop, number)
    assert request_panel(shop, MAI, number).why_not_ask is None
    assert not any(one.code.startswith("SP") for one in request_panel(shop, MAI, number).reasons)
    clock.move(minutes=1)
    again = ask(shop, number)
    sql = "SELECT status, answer_reason, decided_at, queue FROM requests WHERE id = :id"
    assert rows(shop, sql, id=before["id"]) == [("SUPERSEDED", "SR_PACKED", None, "closed")]
    assert column(shop, number, "open_request") == again
    assert request_panel(shop, MAI, number).attempts_left == 0


def test_no_clock_of_ours_runs_for_an_order_of_another_platform(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = imported(shop, order_in(shop, Status.AWAITING_SHIPMENT))
    assert do(shop, A.ASK, MAI, number).answer["respond_by"] is None
    clocks = ("respond_by", "confirm_by", "due_at", "due_step")
    assert stands(shop, number, *clocks) == (None,) * 4
    with pytest.raises(Refused, match="edit_on_its_platform"):
        do(shop, A.OFFER, SARI, number)
    do(shop, A.LIST_OPTION, SARI, number)
    assert stands(shop, number, *clocks, "queue_at") == (*(None,) * 4, clock.at)
    clock.move(days=20)
    assert do(shop, A.CONFIRM, MAI, number).answer["outside"] == "tiktok"
    assert rows(shop, "SELECT count(*) FROM refunds") == [(0,)]


def test_cash_on_delivery_can_be_asked_back_as_well(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = request_in(shop, clock, R.PENDING_SELLER, cash=True)
    assert column(shop, number, "paid_at") is None
    assert stands(shop, number, "respond_by") == (clock.at + 48 * HOUR,)


def test_what_is_not_paid_its_buyer_cancels_alone(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    with pytest.raises(Refused, match="cancel_it_yourself") as refused:
        ask(shop, number)
    assert refused.value.next_step == "cancel_it"


def test_only_photos_of_ones_own_that_were_not_sent_yet_go_along(shop: Shop, stocked: Stocked) -> None:
    number, other = (order_in(shop, Status.AWAITING_SHIPMENT, (stocked.cream, 1)) for _ in range(2))
    sent = photo(shop, MAI, number)
    send_message(shop, MAI, number, "look", (sent,), key=fresh())
    wrong = (sent, photo(shop, SARI, number), photo(shop, MAI, other), "no such photo")
    before = everything(shop)
    for one in wrong:
        with pytest.raises(NotFound, match="no_such_photo"):
            ask_to_cancel(shop, MAI, number, "BP_NOT_AS_PROMOTED", "", (one,), key=fresh())
    assert everything(shop) == before


def photo(shop: Shop, who: Actor, number: int) -> str:
    """A photo that `who` added to the thread of the order, not sent yet."""
    return str(add_photo(shop, who, number, photographs.photo(), key=fresh()).answer["photo"])
