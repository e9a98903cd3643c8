"""A change offered instead of a cancel: its price, what it moves, what stays where it is not to be had."""

from dataclasses import replace
from typing import Any

import pytest

from app.shop.actions.answer import cancel_and_refund, offer_change
from app.shop.actions.cancel_lines import cancel_lines
from app.shop.actions.clock import run_due
from app.shop.actions.confirm import accept_offer, refuse_offer
from app.shop.actions.ship import arrange_shipment, deliver, hand_over
from app.shop.reads.requests import request_panel
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.clocks import Method, add_working_days
from app.shop.rules.errors import Invalid, NotFound, Refused, ShopError
from app.shop.rules.orders import Status
from app.shop.rules.policy import DAY, HOUR, JOURNEY
from app.shop.rules.receipt import Kind
from app.shop.shop import CARRIER, Shop
from tests.actions.disputes import A, R, do, last_event, later_by, newest, request_in, stands, told_last
from tests.actions.steps import (
    IDS,
    MAI,
    NOTE,
    SARI,
    ask,
    balance,
    column,
    everything,
    fresh,
    order_in,
    place,
    rows,
    run,
    settle,
)
from tests.conftest import MONDAY, Clock
from tests.people import COINS, NAVY_PRICE, PRICE, STOCK, VOUCHER_USES, Stocked

NAVY = Change(ChangeKind.VARIANT, line=1, variant_id=IDS.navy)
CREAM = Change(ChangeKind.VARIANT, line=1, variant_id=IDS.cream)
FOREST = Change(ChangeKind.VARIANT, line=1, variant_id=IDS.forest)
OFFICE = Change(ChangeKind.ADDRESS, address_id=IDS.office)


def paid(shop: Shop, *items: tuple[int, int], **options: Any) -> int:
    """A paid order with a request open."""
    whole: dict[str, Any] = {"voucher_codes": (), "coins": 0} | options
    number = order_in(shop, Status.AWAITING_SHIPMENT, *items, **whole)
    ask(shop, number)
    return number


def offered(shop: Shop, number: int, change: Change) -> int:
    """Offer a change; what it costs more or less."""
    offer_change(shop, SARI, number, change, key=fresh())
    return int(newest(shop, number)["difference_minor"])


def money(shop: Shop) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Every payment and every refund."""
    payments = rows(shop, "SELECT state, amount_minor FROM payments ORDER BY n")
    return payments, rows(shop, "SELECT payment_n, amount_minor FROM refunds ORDER BY n")


def test_an_offer_stops_the_sellers_clock_and_starts_the_buyers(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = paid(shop)
    clock.move(hours=20)
    done = offer_change(shop, SARI, number, later_by(shop), "  A new batch comes. ", key="k")
    by = clock.at + 24 * HOUR
    assert (done.answer["request_status"], done.answer["confirm_by"]) == ("ALTERNATIVE_OFFERED", by)
    clocks = ("queue", "queue_at", "since", "confirm_by", "left_ms", "due_at", "due_step")
    assert stands(shop, number, *clocks) == (
        *("with-buyer", by, clock.at, by, 28 * HOUR),
        *(clock.at + 12 * HOUR, "remind_half"),
    )
    said = ("answered_by", "answer_reason", "answer_note", "difference_minor")
    assert stands(shop, number, *said) == ("SELLER", None, "A new batch comes.", 0)
    assert told_last(shop, number) == {(stocked.mai, "request_offer")}
    panel = request_panel(shop, MAI, number)
    assert panel.newest is not None
    assert panel.newest.change == later_by(shop)
    assert panel.possible == {"withdraw", "accept_offer", "refuse_offer"}


@pytest.mark.parametrize(("hours", "left"), [(1, 47), (36, 12), (47, 12)])
def test_a_refused_offer_sets_the_old_clock_going_for_twelve_hours_at_least(
    shop: Shop, stocked: Stocked, clock: Clock, hours: int, left: int
) -> None:
    number = paid(shop)
    clock.move(hours=hours)
    offer_change(shop, SARI, number, OFFICE, key="o")
    clock.move(hours=3)
    refuse_offer(shop, MAI, number, key="k")
    by = min(clock.at + left * HOUR, column(shop, number, "cancel_sla"))
    clocks = ("status", "queue", "queue_at", "respond_by", "since", "confirm_by", "left_ms", "change")
    assert stands(shop, number, *clocks) == (
        *("PENDING_SELLER", "to-answer", by, by, clock.at),
        *(None, None, None),
    )
    assert told_last(shop, number) == {(stocked.sari, "request_offer_refused")}
    assert "offer_change" in request_panel(shop, SARI, number).possible


def test_after_a_refused_offer_nothing_waits_beyond_the_last_day_to_ship(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    settle(shop, replace(JOURNEY, respond_ms=7 * DAY))
    number = paid(shop)
    sla = column(shop, number, "cancel_sla")
    clock.at = sla - 20 * HOUR
    offer_change(shop, SARI, number, OFFICE, key="o")
    clock.at = sla - HOUR
    refuse_offer(shop, MAI, number, key="k")
    assert stands(shop, number, "respond_by") == (sla,)


def test_a_dearer_variant_is_paid_as_the_order_was(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = paid(shop, (stocked.cream, 2))
    assert offered(shop, number, NAVY) == 2 * (NAVY_PRICE - PRICE)
    # What is offered is promised: a price that changes later does not count.
    run(shop, "UPDATE variants SET price_minor = price_minor + 50000 WHERE id = :id", id=stocked.navy)
    done = accept_offer(shop, MAI, number, key="k")
    assert done.answer["difference_minor"] == 2 * (NAVY_PRICE - PRICE)
    assert done.answer["total_minor"] == column(shop, number, "total_minor") == 2 * NAVY_PRICE
    assert money(shop) == ([("CAPTURED", 2 * PRICE), ("ATTEMPTED", 2 * (NAVY_PRICE - PRICE))], [])
    assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK, 0, 0, 0)
    assert balance(shop, Kind.STOCK, stocked.navy) == (STOCK - 2, 2, 0, 0)
    sql = "SELECT variant_id, variant, unit_minor, total_minor FROM lines"
    assert rows(shop, sql) == [(stocked.navy, "Navy", NAVY_PRICE, 2 * NAVY_PRICE)]
    ended = ("status", "queue", "due_at", "counted")
    assert stands(shop, number, *ended) == ("SUPERSEDED", "closed", None, True)
    assert column(shop, number, "open_request") is None
    assert told_last(shop, number) == {
        (stocked.mai, "order_changed"),
        (stocked.sari, "request_offer_accepted"),
    }
    assert last_event(shop, number)[:4] == (
        *("accept_offer", "BUYER", "AWAITING_SHIPMENT", "AWAITING_SHIPMENT"),
    )
    run_due(shop)
    assert money(shop) == ([("CAPTURED", 2 * PRICE), ("CAPTURED", 2 * (NAVY_PRICE - PRICE))], [])
    # A cancel afterwards gives back both payments, each once.
    ask(shop, number)
    cancel_and_refund(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key="c")
    assert sorted(money(shop)[1]) == [(1, 2 * PRICE), (2, 2 * (NAVY_PRICE - PRICE))]
    assert rows(shop, "SELECT count(*) FROM balances WHERE free <> taken_in") == [(0,)]


def test_a_cheaper_variant_sends_the_difference_back_once(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = paid(shop, (stocked.navy, 2))
    assert offered(shop, number, CREAM) == 2 * (PRICE - NAVY_PRICE)
    accept_offer(shop, MAI, number, key="k")
    accept_offer(shop, MAI, number, key="k")
    assert money(shop) == ([("CAPTURED", 2 * NAVY_PRICE)], [(1, 2 * (NAVY_PRICE - PRICE))])
    ask(shop, number)
    cancel_and_refund(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key="c")
    assert money(shop)[1] == [(1, 2 * (NAVY_PRICE - PRICE)), (1, 2 * PRICE)]


def test_an_equal_variant_moves_no_money(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = paid(shop, (stocked.cream, 2))
    assert offered(shop, number, FOREST) == 0
    accept_offer(shop, MAI, number, key="k")
    assert money(shop) == ([("CAPTURED", 2 * PRICE)], [])
    assert balance(shop, Kind.STOCK, stocked.forest) == (STOCK - 2, 2, 0, 0)


def test_cash_on_delivery_follows_the_change(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = place(shop, (stocked.cream, 2), method=Method.COD)
    ask(shop, number)
    assert offered(shop, number, NAVY) == 2 * (NAVY_PRICE - PRICE)
    accept_offer(shop, MAI, number, key="k")
    assert money(shop) == ([("COD_DUE", 2 * NAVY_PRICE)], [])
    arrange_shipment(shop, SARI, number, key="a")
    hand_over(shop, CARRIER, number, key="h")
    deliver(shop, CARRIER, number, key="d")
    assert money(shop) == ([("CAPTURED", 2 * NAVY_PRICE)], [])


def test_a_voucher_whose_threshold_is_lost_falls_away_and_the_price_says_so(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    run(shop, "UPDATE vouchers SET least_minor = 95000 WHERE id = :id", id=stocked.amount_off)
    number = paid(shop, (stocked.navy, 1), voucher_codes=("KOPI15K",))
    assert column(shop, number, "total_minor") == NAVY_PRICE - 15_000
    assert offered(shop, number, CREAM) == PRICE - (NAVY_PRICE - 15_000) == 5_000
    accept_offer(shop, MAI, number, key="k")
    assert column(shop, number, "total_minor") == PRICE
    run_due(shop)
    assert money(shop) == ([("CAPTURED", NAVY_PRICE - 15_000), ("CAPTURED", 5_000)], [])
    assert balance(shop, Kind.VOUCHER, stocked.amount_off) == (VOUCHER_USES, 0, 0, 0)


def test_coins_that_are_no_longer_needed_come_back(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    run(shop, "UPDATE variants SET price_minor = 300 WHERE id = :id", id=stocked.forest)
    number = paid(shop, (stocked.cream, 1), coins=400)
    assert offered(shop, number, FOREST) == -(PRICE - 400)
    accept_offer(shop, MAI, number, key="k")
    assert column(shop, number, "total_minor") == 0
    assert balance(shop, Kind.COINS, stocked.mai) == (COINS - 300, 0, 300, 0)
    assert money(shop)[1] == [(1, PRICE - 400)]


def test_what_is_sold_out_by_then_leaves_everything_as_it_was(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = paid(shop, (stocked.cream, 2))
    offered(shop, number, FOREST)
    place(shop, (stocked.forest, STOCK - 1), buyer=MAI)
    before = everything(shop)
    with pytest.raises(Refused, match="out_of_stock"):
        accept_offer(shop, MAI, number, key="k")
    assert everything(shop) == before
    assert stands(shop, number, "status") == ("ALTERNATIVE_OFFERED",)
    refuse_offer(shop, MAI, number, key="r")


def test_an_offer_for_a_line_that_is_gone_leaves_everything_as_it_was(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = paid(shop, (stocked.cream, 1), (stocked.navy, 1))
    offered(shop, number, FOREST)
    cancel_lines(shop, SARI, number, [1], "SP_OUT_OF_STOCK", NOTE, key="l")
    before = everything(shop)
    with pytest.raises(ShopError, match="no_such_line"):
        accept_offer(shop, MAI, number, key="k")
    assert everything(shop) == before


def test_another_address_is_the_orders_from_then_on(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = paid(shop)
    assert offered(shop, number, OFFICE) == 0
    panel = request_panel(shop, MAI, number)
    assert panel.newest is not None
    assert panel.newest.change == replace(OFFICE, label="Office, Jakarta")
    run(shop, "UPDATE addresses SET removed_at = 1 WHERE id = :id", id=stocked.office)
    with pytest.raises(Refused, match="address_removed"):
        accept_offer(shop, MAI, number, key="k0")
    run(shop, "UPDATE addresses SET removed_at = NULL WHERE id = :id", id=stocked.office)
    accept_offer(shop, MAI, number, key="k")
    assert column(shop, number, "address_id") == stocked.office
    assert money(shop)[1] == []


@pytest.mark.parametrize("days", [3, 4, 10, 60])
def test_a_later_day_of_shipping_moves_every_clock_and_the_deadline(
    shop: Shop, stocked: Stocked, clock: Clock, days: int
) -> None:
    number = paid(shop)
    before = column(shop, number, "cancel_sla")
    change = later_by(shop, days)
    offered(shop, number, change)
    accept_offer(shop, MAI, number, key="k")
    ship_by = MONDAY + days * DAY
    collect_by = add_working_days(ship_by, 1, "Asia/Jakarta")
    sla = max(add_working_days(collect_by, 1, "Asia/Jakarta"), before)
    columns = ("ship_by", "collect_by", "cancel_sla", "due_at", "due_step")
    assert tuple(column(shop, number, name) for name in columns) == (
        *(ship_by, collect_by, sla),
        *(sla + 1, "ship_timeout"),
    )


@pytest.mark.parametrize(
    ("change", "error", "code"),
    [
        (replace(NAVY, variant_id=IDS.white), Invalid, "variant_of_another_product"),
        (replace(NAVY, variant_id=IDS.cream), Refused, "same_variant"),
        (replace(NAVY, variant_id=99), NotFound, "no_such_variant"),
        (replace(NAVY, line=9), NotFound, "no_such_line"),
        (replace(NAVY, line=None), NotFound, "no_such_line"),
        (replace(OFFICE, address_id=IDS.budis_home), NotFound, "no_such_address"),
        (replace(OFFICE, address_id=None), NotFound, "no_such_address"),
        (Change(ChangeKind.SHIP_DATE), Invalid, "ship_date_out_of_range"),
        (Change(ChangeKind.SHIP_DATE, ship_by=MONDAY), Invalid, "ship_date_out_of_range"),
        (Change(ChangeKind.SHIP_DATE, ship_by=MONDAY + 60 * DAY + 1), Invalid, "ship_date_out_of_range"),
    ],
)
def test_only_what_can_be_had_is_offered(
    shop: Shop, stocked: Stocked, change: Change, error: type[ShopError], code: str
) -> None:
    number = paid(shop, (stocked.cream, 2))
    before = everything(shop)
    with pytest.raises(error) as refused:
        offer_change(shop, SARI, number, change, key="k")
    assert refused.value.code == code
    assert everything(shop) == before


def test_what_is_not_there_is_not_offered(shop: Shop, stocked: Stocked) -> None:
    number = paid(shop, (stocked.cream, 2))
    place(shop, (stocked.forest, STOCK - 1))
    with pytest.raises(Refused, match="out_of_stock"):
        offered(shop, number, FOREST)


def test_an_offer_is_accepted_for_a_day(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = request_in(shop, clock, R.ALTERNATIVE_OFFERED)
    clock.move(milliseconds=JOURNEY.confirm_ms + 1)
    with pytest.raises(Refused, match="confirm_by_passed"):
        accept_offer(shop, MAI, number, key="k")
    clock.move(milliseconds=-1)
    accept_offer(shop, MAI, number, key="k")


def test_the_seller_offers_again_after_a_no_and_may_cancel_while_it_is_thought_over(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = paid(shop, (stocked.cream, 2))
    for change in (NAVY, FOREST):
        offered(shop, number, change)
        do(shop, A.REFUSE, MAI, number)
        assert stands(shop, number, "difference_minor", "change") == (0, None)
    offered(shop, number, OFFICE)
    cancel_and_refund(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key="c")
    assert stands(shop, number, "status") == ("APPROVED",)
    assert rows(shop, "SELECT count(*) FROM balances WHERE free <> taken_in") == [(0,)]


def test_shipping_and_vouchers_are_in_the_difference(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    settle(shop, replace(JOURNEY, shipping_minor=9_000))
    number = paid(shop, (stocked.cream, 2), (stocked.navy, 1), voucher_codes=("KOPI10",), coins=100)
    before = column(shop, number, "total_minor")
    difference = offered(shop, number, NAVY)
    promised = request_panel(shop, MAI, number).newest
    assert promised is not None
    assert promised.difference_minor == difference
    accept_offer(shop, MAI, number, key="k")
    assert column(shop, number, "total_minor") == before + difference


def test_an_offer_is_accepted_as_it_was_seen_or_not_at_all(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = request_in(shop, clock, R.ALTERNATIVE_OFFERED)
    (seen,) = stands(shop, number, "since")
    do(shop, A.REFUSE, MAI, number)
    clock.move(minutes=1)
    do(shop, A.OFFER, SARI, number, later_by(shop, 9))
    before = everything(shop)
    with pytest.raises(Refused, match="offer_changed"):
        accept_offer(shop, MAI, number, seen, key=fresh())
    assert everything(shop) == before
    (now,) = stands(shop, number, "since")
    accept_offer(shop, MAI, number, now, key=fresh())
    assert stands(shop, number, "status") == (R.SUPERSEDED,)


def test_an_offer_never_costs_another_difference_than_was_promised(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    ask(shop, number)
    do(shop, A.OFFER, SARI, number, Change(ChangeKind.VARIANT, line=1, variant_id=stocked.navy))
    run(shop, "UPDATE vouchers SET least_minor = 500000 WHERE id = :id", id=stocked.ten_percent)
    before = everything(shop)
    with pytest.raises(Refused, match="offer_changed"):
        accept_offer(shop, MAI, number, key=fresh())
    assert everything(shop) == before


def test_an_offer_changes_something(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = paid(shop)
    day, before = column(shop, number, "ship_by"), everything(shop)
    home = Change(ChangeKind.ADDRESS, address_id=column(shop, number, "address_id"))
    for change, code in (
        (home, "address_as_it_is"),
        (Change(ChangeKind.SHIP_DATE, ship_by=day), "ship_date_not_later"),
        (Change(ChangeKind.SHIP_DATE, ship_by=day - 1), "ship_date_not_later"),
    ):
        with pytest.raises(Invalid, match=code):
            offer_change(shop, SARI, number, change, key=fresh())
    assert everything(shop) == before
    assert offered(shop, number, Change(ChangeKind.SHIP_DATE, ship_by=day + 1)) == 0
