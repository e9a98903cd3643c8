"""Taking an order back: by whom, when, what comes back, who is told, and how often."""

from functools import partial
from itertools import groupby
from typing import Any

import pytest

from app.shop import tables as t
from app.shop.actions.cancel import cancel_order
from app.shop.reads.order import cancel_choice, order_details
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Invalid, KeyReused, NotFound, Refused
from app.shop.rules.orders import MOVES, Action, Role, Status
from app.shop.rules.policy import TIKTOK, Policy
from app.shop.rules.receipt import Kind
from app.shop.shop import Shop
from tests.actions.steps import (
    BUDI,
    IDS,
    MAI,
    NOTE,
    OPS,
    SARI,
    WHO,
    all_at_once,
    ask,
    balance,
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
from tests.conftest import Clock
from tests.people import COINS, STOCK, VOUCHER_USES, Stocked, put, stock

WILLING = Policy(seller_cancels_unpaid=True, seller_cancels_arranged=True)
CELLS = [(state, role) for action, state, role in MOVES if action is Action.CANCEL]
REASONS = {Role.BUYER: "BP_OTHER", Role.SELLER: "SP_OTHER", Role.OPERATOR: "OP_RISK"}


def reason(state: Status, role: Role) -> str:
    """A reason this role may give in this state."""
    return "BU_OTHER" if (state, role) == (Status.UNPAID, Role.BUYER) else REASONS[role]


def ledger(shop: Shop) -> list[tuple[Any, ...]]:
    """Every balance: what of it is free, held, used and lost."""
    return rows(shop, "SELECT kind, subject, free, held, used, lost FROM balances ORDER BY kind, subject")


@pytest.mark.parametrize(("state", "role"), CELLS, ids=[f"{role}-{state}" for state, role in CELLS])
def test_what_the_receipt_promises_is_what_happens(
    shop: Shop, stocked: Stocked, clock: Clock, state: Status, role: Role
) -> None:
    settle(shop, WILLING)
    number = order_in(shop, state)
    clock.move(minutes=10)
    choice = cancel_choice(shop, WHO[role], number)
    assert choice.why_not is None
    assert reason(state, role) in {one.code for one in choice.reasons}
    before = ledger(shop)
    done = cancel_order(shop, WHO[role], number, reason(state, role), NOTE, key="k")

    refunds = rows(shop, "SELECT payment_n, amount_minor, by FROM refunds ORDER BY n")
    assert refunds == [(one.payment_n, one.amount_minor, one.by) for one in choice.receipt.refunds]
    assert done.answer["refund_minor"] == choice.receipt.refund_minor == sum(row[1] for row in refunds)
    promised = [(one.kind, str(one.subject), one.amount) for one in choice.receipt.released]
    assert [tuple(one.values()) for one in done.answer["released"]] == promised
    freed = {
        (kind, str(subject)): free - was[2]
        for (kind, subject, free, *_), was in zip(ledger(shop), before, strict=True)
        if free != was[2]
    }
    assert freed == {(kind, subject): amount for kind, subject, amount in promised}

    details = order_details(shop, WHO[role], number)
    assert (details.order.status, details.order.tab) == ("CANCELLED", "cancelled")
    assert details.order.cancelled_by == role
    assert (details.order.cancel_reason, details.order.cancel_text) == (reason(state, role), NOTE)
    assert {line.status for line in details.order.lines} == {"CANCELLED"}
    assert rows(shop, "SELECT count(*) FROM holds WHERE state = 'HELD'") == [(0,)]
    assert column(shop, number, "due_at") is None


def test_all_that_was_paid_comes_back(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    total = column(shop, number, "total_minor")
    done = cancel_order(shop, SARI, number, "SP_PRICING_ERROR", NOTE, key="k")
    assert done.answer == {
        "number": str(number),
        "status": "CANCELLED",
        "refund_minor": total,
        "currency": "IDR",
        "outside": None,
        "released": [
            {"kind": "COINS", "subject": str(stocked.mai), "amount": 400},
            {"kind": "STOCK", "subject": str(stocked.cream), "amount": 2},
            {"kind": "STOCK", "subject": str(stocked.navy), "amount": 1},
            {"kind": "VOUCHER", "subject": str(stocked.ten_percent), "amount": 1},
        ],
        "event": 2,
    }


def test_everything_is_given_back_once(shop: Shop, stocked: Stocked) -> None:
    before = ledger(shop)
    number = order_in(shop, Status.UNPAID)
    assert ledger(shop) != before
    first = cancel_order(shop, MAI, number, "BU_MISTAKE", key="k")
    after = everything(shop)
    assert ledger(shop) == before
    assert cancel_order(shop, MAI, number, "BU_MISTAKE", key="k") == first
    for who, code in ((MAI, "already_cancelled"), (OPS, "already_cancelled"), (SARI, "already_cancelled")):
        with pytest.raises(Refused) as refused:
            cancel_order(shop, who, number, "BU_MISTAKE", key="another")
        assert (refused.value.code, refused.value.next_step) == (code, "buy_again")
    with pytest.raises(KeyReused):
        cancel_order(shop, MAI, number, "BU_NOT_NEEDED", key="k")
    assert everything(shop) == after


def test_two_taps_two_windows_and_two_people_have_one_effect(shop: Shop, stocked: Stocked) -> None:
    settle(shop, WILLING)
    for _ in range(10):
        number = order_in(shop, Status.UNPAID, (stocked.cream, 1))
        first, again, window, platform = all_at_once(
            partial(cancel_order, shop, MAI, number, "BU_MISTAKE", key=f"{number}"),
            partial(cancel_order, shop, MAI, number, "BU_MISTAKE", key=f"{number}"),
            partial(cancel_order, shop, MAI, number, "BU_NOT_NEEDED", key=f"{number}-2"),
            partial(cancel_order, shop, OPS, number, "OP_RISK", key=f"{number}"),
        )
        assert first == again
        assert sorted((first, window, platform)) == ["CANCELLED", "already_cancelled", "already_cancelled"]
        assert column(shop, number, "version") == 1
    assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK, 0, 0, 0)
    assert balance(shop, Kind.VOUCHER, stocked.ten_percent) == (VOUCHER_USES, 0, 0, 0)
    assert balance(shop, Kind.COINS, stocked.mai) == (COINS, 0, 0, 0)


def test_buyer_and_every_member_are_told_once_and_no_stranger(shop: Shop, stocked: Stocked) -> None:
    with shop.change() as work:
        put(work, t.Member(shop_id=stocked.kopi_house, person_id=stocked.budi))
    number = place(shop)
    done = cancel_order(shop, MAI, number, "BU_MISTAKE", key="k")
    everybody = [(person, "order_cancelled") for person in (stocked.mai, stocked.budi, stocked.sari)]
    assert told(shop, number)[2:] == everybody
    assert done.people == {stocked.mai, stocked.budi, stocked.sari}


def test_a_buyer_who_is_a_member_too_is_told_once(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, buyer=SARI)
    cancel_order(shop, SARI, number, "BU_MISTAKE", key="k")
    assert told(shop, number) == [(stocked.sari, "order_cancelled")]


def test_the_event_tells_who_did_what_and_why(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = order_in(shop, Status.UNPAID)
    clock.move(minutes=3)
    cancel_order(shop, MAI, number, "BU_OTHER", " changed  my mind\r\n", key="k")
    sql = "SELECT at, actor_id, role, action, status_from, status_to, reason, note, due_at, key FROM events"
    assert rows(shop, f"{sql} WHERE n = 1") == [
        (
            clock.at,
            MAI.id,
            "BUYER",
            "cancel",
            "UNPAID",
            "CANCELLED",
            "BU_OTHER",
            "changed  my mind",
            None,
            "k",
        )
    ]
    assert rows(shop, "SELECT version, cancelled_at FROM orders") == [(1, clock.at)]


@pytest.mark.parametrize("state", [state for state in Status if state is not Status.CANCELLED])
def test_who_may_not_cancel_is_told_what_comes_instead(shop: Shop, stocked: Stocked, state: Status) -> None:
    number = order_in(shop, state)
    before = everything(shop)
    for role in (Role.BUYER, Role.SELLER, Role.OPERATOR):
        choice = cancel_choice(shop, WHO[role], number)
        if choice.why_not is not None:
            with pytest.raises(Refused) as refused:
                cancel_order(shop, WHO[role], number, reason(state, role), NOTE, key="k")
            assert (refused.value.code, refused.value.next_step) == (choice.why_not, choice.next_step)
    assert everything(shop) == before


def test_a_reason_must_be_the_roles_and_the_states(shop: Shop, stocked: Stocked) -> None:
    settle(shop, WILLING)
    number = order_in(shop, Status.UNPAID)
    before = everything(shop)
    for who, code, text, refusal in (
        (MAI, "BP_MISTAKE", "", "reason_not_allowed"),
        (MAI, "SP_OTHER", NOTE, "reason_not_allowed"),
        (MAI, "", "", "reason_not_allowed"),
        (MAI, "bu_mistake", "", "reason_not_allowed"),
        (MAI, "BU_OTHER", "", "text_too_short"),
        (MAI, "BU_OTHER", " \n\u200b", "text_too_short"),
        (SARI, "SP_BUYER_REQUESTED", NOTE, "reason_not_allowed"),
        (SARI, "SP_OUT_OF_STOCK", "too short", "text_too_short"),
        (SARI, "SP_OTHER", "ten letters", "text_too_short"),
        (OPS, "SP_OTHER", NOTE, "reason_not_allowed"),
    ):
        with pytest.raises(Invalid, match=f"^{refusal}"):
            cancel_order(shop, who, number, code, text, key="k")
    assert everything(shop) == before


def test_the_time_to_think_ends(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = order_in(shop, Status.ON_HOLD)
    clock.move(milliseconds=TIKTOK.remorse_ms)
    with pytest.raises(Refused, match="remorse_over") as refused:
        cancel_order(shop, MAI, number, "BP_MISTAKE", key="k")
    assert refused.value.next_step == "contact_seller"
    clock.move(milliseconds=-1)
    cancel_order(shop, MAI, number, "BP_MISTAKE", key="k")


def test_not_shipped_on_time_is_a_reason_only_then(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = order_in(shop, Status.ON_HOLD)
    run(shop, "UPDATE orders SET ship_by = :at", at=clock.at)
    with pytest.raises(Invalid, match="reason_not_allowed"):
        cancel_order(shop, MAI, number, "BP_LATE", key="k")
    clock.move(milliseconds=1)
    cancel_order(shop, MAI, number, "BP_LATE", key="k")


def test_a_seller_without_stock_loses_what_was_thought_free(shop: Shop, stocked: Stocked) -> None:
    others = place(shop, (stocked.cream, 3), buyer=BUDI)
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    cancel_order(shop, SARI, number, "SP_OUT_OF_STOCK", NOTE, key="k")
    assert balance(shop, Kind.STOCK, stocked.cream) == (0, 3, 0, STOCK - 3)
    assert balance(shop, Kind.STOCK, stocked.navy) == (0, 0, 0, STOCK)
    assert balance(shop, Kind.STOCK, stocked.forest) == (STOCK, 0, 0, 0)
    cancel_order(shop, BUDI, others, "BU_MISTAKE", key="k")
    assert balance(shop, Kind.STOCK, stocked.cream) == (3, 0, 0, STOCK - 3)


@pytest.mark.parametrize("state", [Status.PARTIALLY_SHIPPED, Status.IN_TRANSIT])
def test_stock_on_its_way_is_lost_when_the_platform_cancels(
    shop: Shop, stocked: Stocked, state: Status
) -> None:
    number = order_in(shop, state)
    done = cancel_order(shop, OPS, number, "OP_FRAUD", key="k")
    assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK - 2, 0, 0, 2)
    left = state is Status.IN_TRANSIT
    assert balance(shop, Kind.STOCK, stocked.navy) == ((STOCK - 1, 0, 0, 1) if left else (STOCK, 0, 0, 0))
    assert balance(shop, Kind.VOUCHER, stocked.ten_percent) == (VOUCHER_USES, 0, 0, 0)
    stock_back = [one["subject"] for one in done.answer["released"] if one["kind"] == "STOCK"]
    assert stock_back == ([] if left else [str(stocked.navy)])


def test_cash_that_was_never_paid_is_not_refunded(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, method=Method.COD)
    done = cancel_order(shop, SARI, number, "SP_UNDELIVERABLE", NOTE, key="k")
    assert done.answer["refund_minor"] == 0
    assert rows(shop, "SELECT count(*) FROM refunds") == [(0,)]


def test_an_open_request_is_superseded_by_another_cancel(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    ask(shop, number)
    clock.move(minutes=1)
    cancel_order(shop, OPS, number, "OP_RISK", key="k")
    assert rows(shop, "SELECT status, version, queue_at FROM requests") == [("SUPERSEDED", 1, clock.at)]
    assert column(shop, number, "open_request") is None


def test_a_seller_may_say_that_the_buyer_asked_where_the_buyer_did(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    with pytest.raises(Invalid, match="reason_not_allowed"):
        cancel_order(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key="k")
    ask(shop, number)
    cancel_order(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key="k")
    assert column(shop, number, "status") == "CANCELLED"


def test_an_imported_order_is_cancelled_here_and_moves_no_money_and_no_stock(
    shop: Shop, stocked: Stocked
) -> None:
    number = imported(shop, order_in(shop, Status.AWAITING_SHIPMENT))
    before = ledger(shop)
    choice = cancel_choice(shop, SARI, number)
    assert (choice.receipt.outside, choice.receipt.refunds, choice.receipt.released) == (True, (), ())
    done = cancel_order(shop, SARI, number, "SP_PRICING_ERROR", NOTE, key="k")
    assert (done.answer["refund_minor"], done.answer["released"]) == (0, [])
    assert done.answer["outside"] == "tiktok"
    assert ledger(shop) == before
    assert rows(shop, "SELECT count(*) FROM refunds") == [(0,)]


def test_numbers_nobody_has_are_not_found(shop: Shop, stocked: Stocked) -> None:
    for number in (0, -1, 1, 2**63 - 1, 2**63, 10**30):
        with pytest.raises(NotFound, match="no_such_order"):
            cancel_order(shop, MAI, number, "BU_MISTAKE", key="k")


def test_a_cancel_is_eight_statements_whatever_the_number_of_lines(sqlite_shop: Shop) -> None:
    stock(sqlite_shop)
    counts = []
    for items in ([(IDS.cream, 1)], [(IDS.cream, 1), (IDS.navy, 1), (IDS.forest, 2)]):
        number = place(sqlite_shop, *items, voucher_codes=("KOPI10",), coins=10)
        statements: list[str] = []
        with sqlite_shop.place.writing() as connection:
            connection.set_trace_callback(statements.append)
        cancel_order(sqlite_shop, MAI, number, "BU_OTHER", "because", key=fresh())
        connection.set_trace_callback(None)
        sent = [one for one, _ in groupby(statements)]  # each is told again for the triggers it sets off
        counts.append(len(sent))
        assert (sent[0], sent[-1]) == ("BEGIN IMMEDIATE", "COMMIT")
    assert counts[0] == counts[1] <= 8
