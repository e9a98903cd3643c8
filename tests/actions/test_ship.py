"""A paid order on its way: arranged, handed over in one or two parts, delivered, completed, or lost."""

import pytest

from app.shop.actions.clock import run_due
from app.shop.actions.ship import arrange_shipment, complete, deliver, hand_over, lose
from app.shop.reads.order import order_details
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Invalid, Refused
from app.shop.rules.orders import Status
from app.shop.rules.policy import JOURNEY
from app.shop.rules.receipt import Kind
from app.shop.rules.words import TRACKING
from app.shop.shop import CARRIER, Shop
from tests.actions.steps import (
    MAI,
    SARI,
    ask,
    balance,
    column,
    everything,
    fresh,
    order_in,
    place,
    rows,
    told,
)
from tests.conftest import Clock
from tests.people import COINS, PRICE, STOCK, VOUCHER_USES, Stocked


def line_statuses(shop: Shop, number: int) -> list[str]:
    """What each line is, as its buyer sees it."""
    return [line.status for line in order_details(shop, MAI, number).order.lines]


def test_an_arranged_order_waits_for_the_carrier(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    due = column(shop, number, "due_at")
    done = arrange_shipment(shop, SARI, number, " JX 0042 ", key="k")
    assert done.answer == {"number": str(number), "status": "AWAITING_COLLECTION", "event": 2}
    assert column(shop, number, "tracking") == "JX 0042"
    assert (column(shop, number, "due_at"), column(shop, number, "due_step")) == (due, "ship_timeout")
    assert told(shop, number)[-1] == (stocked.mai, "order_arranged")


def test_an_open_request_is_declined_by_a_tracking_number_only(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    ask(shop, number)
    with pytest.raises(Refused, match="request_open"):
        arrange_shipment(shop, SARI, number, key="k")
    arrange_shipment(shop, SARI, number, "JX1", key="k")
    sql = "SELECT status, version, answered_at, answer_reason, answer_note FROM requests"
    assert rows(shop, sql) == [("REJECTED", 1, clock.at, "SR_SHIPPED", "JX1")]
    assert column(shop, number, "open_request") is None


@pytest.mark.parametrize("tracking", ["x" * (TRACKING + 1), "JX\0", "JX\x1b[2J"])
def test_a_tracking_number_is_plain_and_short(shop: Shop, stocked: Stocked, tracking: str) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    with pytest.raises(Invalid):
        arrange_shipment(shop, SARI, number, tracking, key="k")


def test_what_the_carrier_has_is_sold(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = order_in(shop, Status.AWAITING_COLLECTION)
    hand_over(shop, CARRIER, number, key="k")
    assert column(shop, number, "status") == "IN_TRANSIT"
    assert column(shop, number, "shipped_at") == clock.at
    assert (column(shop, number, "tab"), column(shop, number, "due_at")) == ("to-receive", None)
    assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK - 2, 0, 2, 0)
    assert line_statuses(shop, number) == ["SHIPPED", "SHIPPED"]


def test_a_part_may_leave_first(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.AWAITING_COLLECTION)
    done = hand_over(shop, CARRIER, number, [2], key="k1")
    assert done.answer["status"] == "PARTIALLY_SHIPPED"
    assert line_statuses(shop, number) == ["ACTIVE", "SHIPPED"]
    assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK - 2, 2, 0, 0)
    assert balance(shop, Kind.STOCK, stocked.navy) == (STOCK - 1, 0, 1, 0)
    for lines in ([2], [1, 2], [3]):
        with pytest.raises(Invalid, match="no_such_line"):
            hand_over(shop, CARRIER, number, lines, key="k2")
    hand_over(shop, CARRIER, number, [1], key="k2")
    assert column(shop, number, "status") == "IN_TRANSIT"
    assert line_statuses(shop, number) == ["SHIPPED", "SHIPPED"]
    deliver(shop, CARRIER, number, key="k3")
    assert line_statuses(shop, number) == ["DELIVERED", "DELIVERED"]


def test_cash_on_delivery_is_money_when_the_parcel_is_there(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = place(shop, method=Method.COD, voucher_codes=("KOPI10",), coins=100)
    arrange_shipment(shop, SARI, number, key=fresh())
    hand_over(shop, CARRIER, number, key=fresh())
    clock.move(days=1)
    deliver(shop, CARRIER, number, key="k")
    total = 2 * PRICE - 17_000 - 100
    assert rows(shop, "SELECT state, amount_minor, at FROM payments") == [("CAPTURED", total, clock.at)]
    assert column(shop, number, "paid_at") == clock.at
    assert balance(shop, Kind.VOUCHER, stocked.ten_percent) == (VOUCHER_USES - 1, 0, 1, 0)
    assert balance(shop, Kind.COINS, stocked.mai) == (COINS - 100, 0, 100, 0)


def test_the_after_sales_window_ends_the_order(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = order_in(shop, Status.DELIVERED)
    assert column(shop, number, "complete_at") == clock.at + JOURNEY.after_sales_ms
    clock.move(milliseconds=JOURNEY.after_sales_ms - 1)
    assert run_due(shop) == ()
    clock.move(milliseconds=1)
    assert [done.answer["status"] for done in run_due(shop)] == ["COMPLETED"]
    assert (column(shop, number, "tab"), column(shop, number, "due_at")) == ("completed", None)
    assert rows(shop, "SELECT role, due_at FROM events WHERE action = 'complete'") == [("SYSTEM", clock.at)]


def test_the_buyer_may_say_so_before(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = order_in(shop, Status.IN_TRANSIT)
    deliver(shop, MAI, number, key="k1")
    complete(shop, MAI, number, key="k2")
    assert column(shop, number, "status") == "COMPLETED"
    clock.move(days=30)
    assert run_due(shop) == ()


@pytest.mark.parametrize(
    ("state", "reason", "cream"),
    [
        (Status.IN_TRANSIT, "SY_LOST", (STOCK - 2, 0, 0, 2)),
        (Status.IN_TRANSIT, "SY_DAMAGED", (STOCK - 2, 0, 0, 2)),
        (Status.IN_TRANSIT, "SY_UNTRACEABLE", (STOCK - 2, 0, 0, 2)),
        (Status.IN_TRANSIT, "SY_REFUSED", (STOCK, 0, 0, 0)),
        (Status.IN_TRANSIT, "SY_DELIVERY_FAILED", (STOCK, 0, 0, 0)),
        (Status.AWAITING_COLLECTION, "SY_LOST", (STOCK - 2, 0, 0, 2)),
        (Status.AWAITING_COLLECTION, "SY_REFUSED", (STOCK, 0, 0, 0)),
    ],
)
def test_stock_comes_back_only_where_the_parcel_does(
    shop: Shop, stocked: Stocked, state: Status, reason: str, cream: tuple[int, ...]
) -> None:
    number = order_in(shop, state)
    total = column(shop, number, "total_minor")
    done = lose(shop, CARRIER, number, reason, key="k")
    assert balance(shop, Kind.STOCK, stocked.cream) == cream
    assert balance(shop, Kind.VOUCHER, stocked.ten_percent) == (VOUCHER_USES, 0, 0, 0)
    assert balance(shop, Kind.COINS, stocked.mai) == (COINS, 0, 0, 0)
    assert done.answer["refund_minor"] == total
    kinds = {one["kind"] for one in done.answer["released"]}
    assert kinds == ({"COINS", "VOUCHER", "STOCK"} if cream[0] == STOCK else {"COINS", "VOUCHER"})
    assert line_statuses(shop, number) == ["CANCELLED", "CANCELLED"]


def test_the_carrier_gives_the_carriers_reasons(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.IN_TRANSIT)
    before = everything(shop)
    for reason in ("BU_MISTAKE", "SP_OTHER", "OP_RISK", "LOST", ""):
        with pytest.raises(Invalid, match="reason_not_allowed"):
            lose(shop, CARRIER, number, reason, key="k")
    assert everything(shop) == before


def test_nothing_is_done_before_its_turn(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    for move, actor, code in (
        (arrange_shipment, SARI, "not_paid"),
        (hand_over, CARRIER, "not_arranged"),
        (deliver, CARRIER, "not_on_its_way"),
        (complete, MAI, "not_delivered"),
    ):
        with pytest.raises(Refused, match=f"^{code}"):
            move(shop, actor, number, key="k")
    with pytest.raises(Refused, match="not_on_its_way"):
        lose(shop, CARRIER, number, "SY_LOST", key="k")


def test_each_move_sent_twice_is_made_once(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    for move, actor in (
        (arrange_shipment, SARI),
        (hand_over, CARRIER),
        (deliver, CARRIER),
        (complete, MAI),
    ):
        first = move(shop, actor, number, key=move.__name__)
        before = everything(shop)
        assert move(shop, actor, number, key=move.__name__) == first
        assert everything(shop) == before
