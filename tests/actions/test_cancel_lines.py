"""Taking single lines back (T15): the rest is priced anew, and what it no longer needs comes back."""

from typing import Any

import pytest

from app.shop.actions.cancel_lines import cancel_lines
from app.shop.actions.edit import change_vouchers
from app.shop.actions.ship import arrange_shipment, deliver, hand_over
from app.shop.reads.order import order_details
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Invalid, Refused
from app.shop.rules.orders import Status
from app.shop.rules.receipt import Kind
from app.shop.shop import CARRIER, Shop
from tests.actions.steps import (
    MAI,
    NOTE,
    SARI,
    balance,
    column,
    everything,
    fresh,
    imported,
    order_in,
    place,
    rows,
    spoon,
    told,
)
from tests.people import COINS, NAVY_PRICE, PRICE, STOCK, VOUCHER_USES, Stocked


def lines_of(shop: Shop, number: int) -> list[tuple[Any, ...]]:
    """Each line: its n, status of its own, and total."""
    sql = "SELECT n, status, total_minor FROM lines WHERE order_number = :number ORDER BY n"
    return rows(shop, sql, number=number)


def refunds(shop: Shop) -> list[tuple[Any, ...]]:
    """Every refund: of which payment, by which event, how much."""
    return rows(shop, "SELECT payment_n, cause, amount_minor FROM refunds ORDER BY order_number, n")


def test_the_rest_costs_what_it_would_have_cost_alone(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.UNPAID, (stocked.cream, 1), (stocked.navy, 1), coins=0)
    done = cancel_lines(shop, MAI, number, [2], "BU_MISTAKE", key="k")
    rest = PRICE - PRICE // 10
    assert done.answer == {
        "number": str(number),
        "status": "UNPAID",
        "refund_minor": 0,
        "currency": "IDR",
        "outside": None,
        "released": [{"kind": "STOCK", "subject": str(stocked.navy), "amount": 1}],
        "lines": [2],
        "total_minor": rest,
        "event": 1,
    }
    assert column(shop, number, "total_minor") == rest
    assert lines_of(shop, number) == [(1, None, rest), (2, "CANCELLED", NAVY_PRICE - 9_500)]
    assert rows(shop, "SELECT kind, amount_minor FROM price_entries ORDER BY n") == [
        ("ITEMS", PRICE),
        ("VOUCHER", -PRICE // 10),
    ]
    assert balance(shop, Kind.STOCK, stocked.navy) == (STOCK, 0, 0, 0)
    assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK - 1, 1, 0, 0)


def test_the_order_goes_on_and_both_sides_are_told(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.UNPAID)
    due = rows(shop, "SELECT due_at, due_step FROM orders")
    cancel_lines(shop, MAI, number, [1], "BU_OTHER", "one is enough", key="k")
    assert column(shop, number, "status") == "UNPAID"
    assert rows(shop, "SELECT due_at, due_step FROM orders") == due
    assert told(shop, number)[1:] == [(stocked.mai, "lines_cancelled"), (stocked.sari, "lines_cancelled")]
    sql = "SELECT cancelled_by, cancel_reason, cancel_text FROM lines WHERE n = 1"
    assert rows(shop, sql) == [("BUYER", "BU_OTHER", "one is enough")]
    shown = {line.n: line.status for line in order_details(shop, MAI, number).order.lines}
    assert shown == {1: "CANCELLED", 2: "ACTIVE"}


def test_a_voucher_whose_threshold_is_missed_comes_back(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.UNPAID, (stocked.cream, 1), (stocked.navy, 1), voucher_codes=("KOPI15K",))
    done = cancel_lines(shop, MAI, number, [2], "BU_MISTAKE", key="k")
    assert done.answer["total_minor"] == PRICE - 400
    assert {one["kind"] for one in done.answer["released"]} == {"STOCK", "VOUCHER"}
    assert balance(shop, Kind.VOUCHER, stocked.amount_off) == (VOUCHER_USES, 0, 0, 0)
    change_vouchers(shop, MAI, number, ("KOPI10",), key="k2")
    assert column(shop, number, "total_minor") == PRICE - PRICE // 10 - 400


def test_coins_the_rest_does_not_need_come_back(shop: Shop, stocked: Stocked) -> None:
    spoon(shop, price=700)
    number = order_in(shop, Status.UNPAID, (91, 1), (stocked.cream, 1), voucher_codes=(), coins=1_000)
    done = cancel_lines(shop, MAI, number, [2], "BU_MISTAKE", key="k")
    assert done.answer["total_minor"] == 0
    assert {"kind": "COINS", "subject": str(stocked.mai), "amount": 300} in done.answer["released"]
    assert balance(shop, Kind.COINS, stocked.mai) == (COINS - 700, 700, 0, 0)


def test_coins_of_a_paid_order_come_back_in_part_too(shop: Shop, stocked: Stocked) -> None:
    spoon(shop, price=700)
    items = ((91, 1), (stocked.cream, 1))
    number = order_in(shop, Status.ON_HOLD, *items, voucher_codes=(), coins=1_000)
    done = cancel_lines(shop, MAI, number, [2], "BP_MISTAKE", key="k")
    spent = 1_000 - 1_000 * 700 // (PRICE + 700)
    assert balance(shop, Kind.COINS, stocked.mai) == (spent, 0, COINS - spent, 0)
    assert done.answer["refund_minor"] == PRICE - spent
    assert refunds(shop) == [(1, 2, PRICE - spent)]


def test_a_paid_line_gives_back_what_was_paid_for_it_and_no_more(shop: Shop, stocked: Stocked) -> None:
    options: dict[str, Any] = {"voucher_codes": ("KOPI15K",), "coins": 0}
    number = order_in(shop, Status.ON_HOLD, (stocked.cream, 2), (stocked.navy, 1), **options)
    paid = {n: total for n, _, total in lines_of(shop, number)}
    first = cancel_lines(shop, MAI, number, [2], "BP_MISTAKE", key="k1")
    assert first.answer["refund_minor"] == paid[2] < NAVY_PRICE
    assert lines_of(shop, number)[0] == (1, None, paid[1])
    assert order_details(shop, MAI, number).prices[1].amount_minor == paid[1] - 2 * PRICE
    second = cancel_lines(shop, MAI, number, [1], "BP_MISTAKE", key="k2")
    assert second.answer["refund_minor"] == paid[1]


def test_with_its_last_line_the_order_is_cancelled(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.UNPAID)
    cancel_lines(shop, MAI, number, [1], "BU_MISTAKE", key="k1")
    done = cancel_lines(shop, MAI, number, [2], "BU_NOT_NEEDED", key="k2")
    assert done.answer["status"] == "CANCELLED"
    assert (column(shop, number, "status"), column(shop, number, "due_at")) == ("CANCELLED", None)
    assert column(shop, number, "cancel_reason") == "BU_NOT_NEEDED"
    assert rows(shop, "SELECT count(*) FROM balances WHERE free <> taken_in") == [(0,)]


def test_all_lines_at_once_cancel_the_order(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.ON_HOLD)
    total = column(shop, number, "total_minor")
    done = cancel_lines(shop, MAI, number, [2, 1], "BP_MISTAKE", key="k")
    assert (done.answer["status"], done.answer["refund_minor"]) == ("CANCELLED", total)
    assert {line.status for line in order_details(shop, MAI, number).order.lines} == {"CANCELLED"}
    assert refunds(shop) == [(1, 2, total)]


def test_what_was_paid_too_much_goes_back_and_the_rest_with_the_rest(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.ON_HOLD, coins=0, voucher_codes=())
    first = cancel_lines(shop, MAI, number, [2], "BP_MISTAKE", key="k1")
    second = cancel_lines(shop, SARI, number, [1], "SP_OTHER", NOTE, key="k2")
    assert (first.answer["refund_minor"], second.answer["refund_minor"]) == (NAVY_PRICE, 2 * PRICE)
    assert refunds(shop) == [(1, 2, NAVY_PRICE), (1, 3, 2 * PRICE)]
    assert column(shop, number, "status") == "CANCELLED"


def test_a_rest_that_would_cost_more_is_refused(shop: Shop, stocked: Stocked) -> None:
    spoon(shop, price=5_000)
    number = order_in(shop, Status.UNPAID, (stocked.navy, 1), (91, 1), voucher_codes=("KOPI15K",), coins=0)
    before = everything(shop)
    with pytest.raises(Refused, match="rest_would_cost_more") as refused:
        cancel_lines(shop, MAI, number, [2], "BU_MISTAKE", key="k")
    assert refused.value.facts == {"difference_minor": 10_000}
    assert everything(shop) == before


def test_a_seller_without_a_line_empties_its_shelf(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    cancel_lines(shop, SARI, number, [1], "SP_OUT_OF_STOCK", NOTE, key="k")
    assert balance(shop, Kind.STOCK, stocked.cream) == (0, 0, 0, STOCK)
    assert balance(shop, Kind.STOCK, stocked.navy) == (STOCK - 1, 1, 0, 0)


def test_cash_on_delivery_is_the_rest(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, (stocked.cream, 1), (stocked.navy, 1), method=Method.COD)
    cancel_lines(shop, SARI, number, [1], "SP_OUT_OF_STOCK", NOTE, key=fresh())
    assert rows(shop, "SELECT state, amount_minor FROM payments") == [("COD_DUE", NAVY_PRICE)]
    arrange_shipment(shop, SARI, number, key=fresh())
    hand_over(shop, CARRIER, number, key=fresh())
    deliver(shop, CARRIER, number, key=fresh())
    assert rows(shop, "SELECT state, amount_minor FROM payments") == [("CAPTURED", NAVY_PRICE)]
    assert balance(shop, Kind.STOCK, stocked.navy) == (STOCK - 1, 0, 1, 0)


def test_what_cannot_be_taken_back_is_said(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.UNPAID)
    cancel_lines(shop, MAI, number, [1], "BU_MISTAKE", key="k")
    before = everything(shop)
    for lines, code in (
        ([], "no_lines_chosen"),
        ([1], "no_such_line"),
        ([3], "no_such_line"),
        ([2, 0], "no_"),
    ):
        with pytest.raises((Refused, Invalid), match=f"^{code}"):
            cancel_lines(shop, MAI, number, lines, "BU_MISTAKE", key="k2")
    with pytest.raises(Invalid, match="reason_not_allowed"):
        cancel_lines(shop, MAI, number, [2], "BP_MISTAKE", key="k2")
    assert everything(shop) == before


def test_lines_taken_back_twice_are_taken_back_once(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.UNPAID)
    first = cancel_lines(shop, MAI, number, [2], "BU_MISTAKE", key="k")
    before = everything(shop)
    assert cancel_lines(shop, MAI, number, (2,), "BU_MISTAKE", key="k") == first
    assert everything(shop) == before


def test_lines_of_another_platform_stay(shop: Shop, stocked: Stocked) -> None:
    number = imported(shop, order_in(shop, Status.UNPAID))
    before = everything(shop)
    with pytest.raises(Refused, match="lines_of_another_platform"):
        cancel_lines(shop, MAI, number, [1], "BU_MISTAKE", key="k")
    assert everything(shop) == before


def test_the_cancelled_line_does_not_leave_with_the_parcel(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    cancel_lines(shop, SARI, number, [1], "SP_OTHER", NOTE, key=fresh())
    arrange_shipment(shop, SARI, number, key=fresh())
    hand_over(shop, CARRIER, number, key=fresh())
    assert {line.n: line.status for line in order_details(shop, MAI, number).order.lines} == {
        1: "CANCELLED",
        2: "SHIPPED",
    }
    assert balance(shop, Kind.STOCK, stocked.cream) == (STOCK, 0, 0, 0)
