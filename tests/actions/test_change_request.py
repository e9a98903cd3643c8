"""A buyer asks to have a paid order changed: the seller agrees, declines, or says nothing."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from app.shop.actions.addresses import remove_address
from app.shop.actions.answer import cancel_and_refund, decline, list_option
from app.shop.actions.cancel import cancel_order
from app.shop.actions.cancel_lines import cancel_lines
from app.shop.actions.change import accept_change, ask_to_change
from app.shop.actions.clock import run_due
from app.shop.actions.request import ask_to_cancel, escalate, withdraw
from app.shop.actions.ship import arrange_shipment
from app.shop.check import check
from app.shop.reads.requests import request_panel
from app.shop.rules.changes import Change, ChangeKind, from_json
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Invalid, NotFound, Refused
from app.shop.rules.orders import Status
from app.shop.rules.policy import DAY, HOUR, Policy
from app.shop.rules.receipt import Kind
from app.shop.shop import Shop
from tests.actions.disputes import FOREST, last_event, later_by, newest, stands, ticked, told_last
from tests.actions.steps import (
    BUDI,
    IDS,
    MAI,
    NOTE,
    SARI,
    all_at_once,
    balance,
    column,
    everything,
    fresh,
    imported,
    order_in,
    place,
    plenty,
    rows,
    run,
    settle,
)
from tests.conftest import Clock
from tests.people import NAVY_PRICE, PRICE, STOCK, VOUCHER_USES, Stocked

NAVY = Change(ChangeKind.VARIANT, line=1, variant_id=IDS.navy)
OFFICE = Change(ChangeKind.ADDRESS, address_id=IDS.office)
PACKED = "SR_PACKED"


@pytest.fixture
def number(shop: Shop, stocked: Stocked) -> int:
    """A paid order of two cream mugs."""
    return paid(shop)


def paid(shop: Shop, **options: Any) -> int:
    """A paid order of two cream mugs; `options` are those of `place`."""
    plain: dict[str, Any] = {"voucher_codes": (), "coins": 0}
    return order_in(shop, Status.AWAITING_SHIPMENT, (IDS.cream, 2), **plain | options)


def wants(shop: Shop, number: int, change: Change = NAVY, text: str = "") -> int:
    """Ask for a change; the request's id."""
    return int(ask_to_change(shop, MAI, number, change, text, key=fresh()).answer["request"])


def test_a_request_for_a_change_says_what_and_for_how_much_and_has_a_clock(
    shop: Shop, number: int, clock: Clock
) -> None:
    wants(shop, number, NAVY, "  Blue, please. ")
    row = newest(shop, number)
    assert (row["kind"], row["status"], row["queue"]) == ("change", "PENDING_SELLER", "to-answer")
    assert (row["reason"], row["text"]) == ("BP_WRONG_VARIANT", "Blue, please.")
    assert row["respond_by"] == row["queue_at"] == clock.at + 48 * HOUR
    assert row["difference_minor"] == 2 * (NAVY_PRICE - PRICE)
    change = from_json(row["change"])
    assert (change.label, change.instead_of) == ("Enamel camp mug: Navy", "Cream")
    assert column(shop, number, "open_request") == row["id"]
    assert told_last(shop, number) == {(IDS.sari, "change_asked")}
    # Nothing is held for it, as for a seller's offer.
    assert balance(shop, Kind.STOCK, IDS.navy) == (STOCK, 0, 0, 0)
    assert check(shop).sound


def test_an_accepted_change_swaps_the_stock_and_is_paid_as_the_order_was(shop: Shop, number: int) -> None:
    wants(shop, number)
    # What was asked for is promised: a price that changes later does not count.
    run(shop, "UPDATE variants SET price_minor = price_minor + 50000 WHERE id = :id", id=IDS.navy)
    done = accept_change(shop, SARI, number, key="k")
    assert done.answer["total_minor"] == column(shop, number, "total_minor") == 2 * NAVY_PRICE
    assert rows(shop, "SELECT state, amount_minor FROM payments ORDER BY n") == [
        ("CAPTURED", 2 * PRICE),
        ("ATTEMPTED", 2 * (NAVY_PRICE - PRICE)),
    ]
    assert balance(shop, Kind.STOCK, IDS.cream) == (STOCK, 0, 0, 0)
    assert balance(shop, Kind.STOCK, IDS.navy) == (STOCK - 2, 2, 0, 0)
    assert stands(shop, number, "status", "queue", "answered_by") == ("SUPERSEDED", "closed", "SELLER")
    assert column(shop, number, "open_request") is None
    assert told_last(shop, number) == {(IDS.mai, "change_accepted"), (IDS.sari, "order_changed")}
    assert last_event(shop, number)[:2] == ("accept_change", "SELLER")
    assert check(shop).sound


def test_what_a_cheaper_change_saves_goes_back_to_the_buyer(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT, (IDS.navy, 2), voucher_codes=(), coins=0)
    wants(shop, number, Change(ChangeKind.VARIANT, line=1, variant_id=IDS.cream))
    accept_change(shop, SARI, number, key="k")
    back = rows(shop, "SELECT payment_n, cause, amount_minor, state FROM refunds")
    assert back == [(1, column(shop, number, "version"), 2 * (NAVY_PRICE - PRICE), "REQUESTED")]
    run_due(shop)
    assert check(shop).sound


def test_cash_on_delivery_follows_the_change(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, method=Method.COD)
    wants(shop, number)
    accept_change(shop, SARI, number, key="k")
    assert rows(shop, "SELECT state, amount_minor FROM payments") == [("COD_DUE", 2 * NAVY_PRICE)]


def test_another_address_costs_nothing(shop: Shop, number: int) -> None:
    wants(shop, number, OFFICE)
    assert stands(shop, number, "reason", "difference_minor") == ("BP_ADDRESS", 0)
    accept_change(shop, SARI, number, key="k")
    assert column(shop, number, "address_id") == IDS.office


def test_what_a_buyer_calls_an_address_stays_theirs(shop: Shop, number: int) -> None:
    run(shop, "UPDATE addresses SET label = 'Secret clinic' WHERE id = :id", id=IDS.office)
    wants(shop, number, OFFICE)
    for table in ("events", "requests", "notifications"):
        assert "clinic" not in str(rows(shop, f"SELECT * FROM {table}"))
    for actor, label in ((SARI, "Jakarta"), (MAI, "Secret clinic, Jakarta")):
        newest = request_panel(shop, actor, number).newest
        assert newest is not None
        assert newest.change == replace(OFFICE, label=label)


def test_an_address_that_was_removed_since_is_not_agreed_on(shop: Shop, number: int) -> None:
    wants(shop, number, OFFICE)
    remove_address(shop, MAI, IDS.office, key="k1")
    before = everything(shop)
    with pytest.raises(Refused, match="address_removed"):
        accept_change(shop, SARI, number, key="k2")
    assert everything(shop) == before


def test_a_voucher_that_the_change_is_too_small_for_is_given_back(shop: Shop, stocked: Stocked) -> None:
    number = paid(shop, voucher_codes=["KOPI15K"])
    run(shop, "UPDATE variants SET price_minor = 40000 WHERE id = :id", id=IDS.forest)
    wants(shop, number, FOREST)
    assert stands(shop, number, "difference_minor") == (2 * 40_000 - (2 * PRICE - 15_000),)
    accept_change(shop, SARI, number, key="k")
    assert balance(shop, Kind.VOUCHER, IDS.amount_off) == (VOUCHER_USES, 0, 0, 0)
    assert check(shop).sound


def test_what_is_sold_out_by_then_is_refused_and_the_request_stands_as_it_did(
    shop: Shop, number: int
) -> None:
    wants(shop, number)
    place(shop, (IDS.navy, STOCK - 1), buyer=BUDI)
    before = everything(shop)
    with pytest.raises(Refused, match="out_of_stock"):
        accept_change(shop, SARI, number, key="k")
    assert everything(shop) == before
    decline(shop, SARI, number, PACKED, NOTE, key="d")


def test_what_would_cost_otherwise_by_now_is_refused(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT, voucher_codes=["KOPI15K"], coins=0)
    wants(shop, number)
    run(shop, "UPDATE vouchers SET least_minor = 500000 WHERE id = :id", id=IDS.amount_off)
    before = everything(shop)
    with pytest.raises(Refused, match="change_costs_otherwise"):
        accept_change(shop, SARI, number, key="k")
    assert everything(shop) == before


def test_silence_is_no_yes_whatever_the_policy_says_of_cancels(shop: Shop, number: int, clock: Clock) -> None:
    wants(shop, number)
    clock.move(hours=24)
    ticked(shop)
    assert told_last(shop, number) == {(IDS.sari, "request_reminder_seller")}
    clock.move(hours=24, milliseconds=1)
    ticked(shop)
    assert stands(shop, number, "status", "answered_at") == ("EXPIRED", None)
    assert column(shop, number, "status") == "AWAITING_SHIPMENT"
    assert told_last(shop, number) == {(IDS.mai, "change_expired"), (IDS.sari, "change_expired")}
    assert rows(shop, "SELECT count(*) FROM tallies WHERE kind = 'AUTO_APPROVED'") == [(0,)]
    assert check(shop).sound


def test_silence_about_a_change_is_not_passed_on_to_the_platform(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    settle(shop, Policy(silence_approves=False))
    number = paid(shop)
    wants(shop, number)
    clock.move(days=2, milliseconds=1)
    ticked(shop)
    assert stands(shop, number, "status") == ("EXPIRED",)


def test_a_declined_change_cannot_be_escalated_but_a_cancel_asked_for(shop: Shop, number: int) -> None:
    wants(shop, number)
    decline(shop, SARI, number, PACKED, NOTE, key="d")
    assert told_last(shop, number) == {(IDS.mai, "request_declined")}
    with pytest.raises(Refused, match="change_is_the_sellers"):
        escalate(shop, MAI, number, key="e")
    ask_to_cancel(shop, MAI, number, "BP_WRONG_VARIANT", key="a")
    assert stands(shop, number, "kind", "status") == ("cancel", "PENDING_SELLER")


def test_a_change_becomes_a_cancel_in_one_act_and_has_used_no_attempt(shop: Shop, stocked: Stocked) -> None:
    settle(shop, Policy(request_attempts=1))
    number = paid(shop)
    first = wants(shop, number)
    second = int(ask_to_cancel(shop, MAI, number, "BP_MISTAKE", key="a").answer["request"])
    sql = "SELECT id, kind, status, counted, answered_at FROM requests ORDER BY id"
    assert [(*row[:3], bool(row[3]), row[4]) for row in rows(shop, sql)] == [
        (first, "change", "WITHDRAWN", False, None),
        (second, "cancel", "PENDING_SELLER", True, None),
    ]
    assert column(shop, number, "open_request") == second
    cancel_and_refund(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key="c")
    assert check(shop).sound


def test_one_request_is_open_whatever_it_asks_for(shop: Shop, number: int) -> None:
    wants(shop, number)
    with pytest.raises(Refused, match="request_open"):
        wants(shop, number, OFFICE)
    withdraw(shop, MAI, number, key="w")
    ask_to_cancel(shop, MAI, number, "BP_MISTAKE", key="a")
    with pytest.raises(Refused, match="request_open"):
        wants(shop, number)


def test_what_is_only_about_a_cancel_is_refused_about_a_change(shop: Shop, number: int) -> None:
    wants(shop, number)
    for answer in (list_option, cancel_and_refund):
        with pytest.raises(Refused, match="change_asked"):
            answer(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key="k")
    for cancel in (cancel_order, partial(cancel_lines, lines=[1])):
        with pytest.raises(Refused, match="change_asked"):
            cancel(shop, SARI, number, reason="SP_BUYER_REQUESTED", text=NOTE, key="k")


def test_a_sellers_own_cancel_ends_the_change_as_over_not_as_done(shop: Shop, number: int) -> None:
    wants(shop, number)
    cancel_order(shop, SARI, number, "SP_OUT_OF_STOCK", NOTE, key="k")
    assert stands(shop, number, "status", "answered_at") == ("SUPERSEDED", None)
    run_due(shop)
    assert check(shop).sound


def test_a_parcel_that_is_packed_declines_the_change(shop: Shop, number: int) -> None:
    wants(shop, number)
    arrange_shipment(shop, SARI, number, "JX1", key="k")
    assert stands(shop, number, "status", "answer_reason") == ("REJECTED", "SR_SHIPPED")
    assert check(shop).sound


def test_what_cannot_be_asked_for_is_refused_with_why(shop: Shop, stocked: Stocked) -> None:
    plenty(shop)
    unpaid = place(shop)
    cases: tuple[tuple[int, Change, type[Exception], str], ...] = (
        (unpaid, NAVY, Refused, "change_it_yourself"),
        (paid(shop), later_by(shop), Invalid, "change_not_asked_for"),
        (paid(shop), Change(ChangeKind.VARIANT, line=1, variant_id=IDS.cream), Refused, "same_variant"),
        (paid(shop), Change(ChangeKind.VARIANT, line=9, variant_id=IDS.navy), NotFound, "no_such_line"),
        (paid(shop), Change(ChangeKind.VARIANT, line=1, variant_id=IDS.white), Invalid, "variant_of"),
        (paid(shop, address_id=IDS.office), OFFICE, Invalid, "address_as_it_is"),
        (paid(shop), Change(ChangeKind.ADDRESS, address_id=IDS.budis_home), NotFound, "no_such_address"),
    )
    for number, change, error, code in cases:
        with pytest.raises(error, match=code):
            wants(shop, number, change)
    with pytest.raises(Refused, match="edit_on_its_platform"):
        wants(shop, imported(shop, paid(shop)))


def test_an_answer_to_another_request_than_the_one_seen_is_refused(shop: Shop, number: int) -> None:
    seen = wants(shop, number)
    withdraw(shop, MAI, number, key="w")
    wants(shop, number, OFFICE)
    with pytest.raises(Refused, match="request_changed"):
        accept_change(shop, SARI, number, seen=seen, key="k")


def test_a_change_sent_twice_is_asked_for_and_made_once(shop: Shop, number: int) -> None:
    first = ask_to_change(shop, MAI, number, NAVY, key="a")
    assert ask_to_change(shop, MAI, number, NAVY, key="a") == first
    done = accept_change(shop, SARI, number, key="k")
    before = everything(shop)
    assert accept_change(shop, SARI, number, key="k") == done
    assert everything(shop) == before


def test_of_accepting_declining_withdrawing_and_silence_one_ends_the_change(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    run(shop, "UPDATE balances SET taken_in = taken_in + 100, free = free + 100 WHERE kind = 'STOCK'")
    for late in (0, 0, 1, 0, 1):
        number = paid(shop)
        seen = wants(shop, number)
        clock.move(milliseconds=2 * DAY + late)
        ends = all_at_once(
            partial(accept_change, shop, SARI, number, seen=seen, key=fresh()),
            partial(decline, shop, SARI, number, PACKED, NOTE, seen=seen, key=fresh()),
            partial(ask_to_cancel, shop, MAI, number, "BP_MISTAKE", key=fresh()),
            partial(run_due, shop),
        )
        assert "changed" not in ends
        (status,) = rows(shop, "SELECT status FROM requests WHERE id = :id", id=seen)[0]
        sql = "SELECT variant_id FROM lines WHERE order_number = :number"
        swapped = rows(shop, sql, number=number) == [(IDS.navy,)]
        assert swapped == (status == "SUPERSEDED") == (ends[0] == "AWAITING_SHIPMENT"), (status, ends)
        assert (status == "REJECTED") == (ends[1] == "AWAITING_SHIPMENT"), (status, ends)
        assert check(shop).sound


def test_the_last_piece_goes_to_one_of_an_accepted_change_and_an_order(shop: Shop, stocked: Stocked) -> None:
    place(shop, (IDS.navy, STOCK - 2), buyer=BUDI)
    for _ in range(4):
        number = paid(shop)
        wants(shop, number)
        ends = all_at_once(
            partial(accept_change, shop, SARI, number, key=fresh()),
            partial(place, shop, (IDS.navy, 2), buyer=BUDI),
        )
        assert ends.count("out_of_stock") == 1, ends
        assert balance(shop, Kind.STOCK, IDS.navy)[0] == 0
        assert check(shop).sound
        run(shop, "UPDATE balances SET taken_in = taken_in + 2, free = free + 2 WHERE kind = 'STOCK'")
