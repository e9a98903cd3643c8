"""Why orders are cancelled, counted."""

from collections import Counter
from time import time

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.clock import run_due
from app.shop.demo import fill
from app.shop.numbers import SUFFIXES
from app.shop.reads.reasons import ReasonRow, ReasonsReport, reasons_report
from app.shop.rules.errors import Invalid, NotFound
from app.shop.rules.orders import Status
from app.shop.rules.policy import DAY
from app.shop.shop import SYSTEM, Actor, Shop
from tests.actions.steps import MAI, NOTE, OPS, SARI, fresh, order_in, place, rows, run
from tests.conftest import Clock
from tests.people import Stocked


def cancelled(shop: Shop, actor: Actor, reason: str, *, paid: bool = False, text: str = "") -> int:
    """An order that `actor` cancelled for `reason`."""
    number = order_in(shop, Status.AWAITING_SHIPMENT, (41, 1)) if paid else place(shop, (41, 1))
    cancel_order(shop, actor, number, reason, text, key=fresh())
    return number


def test_reasons_are_counted_by_whom_with_whose_fault_it_is(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    for _ in range(2):
        cancelled(shop, MAI, "BU_MISTAKE")
    cancelled(shop, SARI, "SP_PRICING_ERROR", paid=True, text=NOTE)
    place(shop, (stocked.navy, 1))
    foreign = cancelled(shop, MAI, "BU_MISTAKE")
    run(shop, "UPDATE orders SET source = 'tiktok', cancel_reason = 'because', cancelled_by = NULL "
        "WHERE number = :number", number=foreign)  # fmt: skip
    clock.move(days=2)
    run_due(shop)
    assert reasons_report(shop, OPS) == ReasonsReport(
        30,
        placed=5,
        cancelled=5,
        rows=(
            ReasonRow("BU_MISTAKE", "BUYER", "BUYER", 2),
            ReasonRow("SP_PRICING_ERROR", "SELLER", "SELLER", 1),
            ReasonRow("SY_PAYMENT_TIMEOUT", "SYSTEM", "BUYER", 1),
            ReasonRow("because", None, "NONE", 1),
        ),
    )
    run(shop, "UPDATE orders SET source = 'takeback', cancel_reason = 'BU_MISTAKE', cancelled_by = 'BUYER' "
        "WHERE number = :number", number=foreign)  # fmt: skip


def test_what_was_placed_before_is_not_counted(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    cancelled(shop, MAI, "BU_MISTAKE")
    clock.move(days=30)
    assert (reasons_report(shop, OPS, 30).placed, reasons_report(shop, OPS, 30).cancelled) == (1, 1)
    clock.move(milliseconds=1)
    assert (reasons_report(shop, OPS, 30).placed, reasons_report(shop, OPS, 30).cancelled) == (0, 0)
    assert reasons_report(shop, OPS, 90).cancelled == 1


def test_an_empty_store_has_no_reasons(shop: Shop, stocked: Stocked) -> None:
    assert reasons_report(shop, OPS, 365) == ReasonsReport(365, 0, 0, ())


def test_the_report_says_what_counting_the_orders_says(shop: Shop, clock: Clock) -> None:
    clock.at = int(time() * 1000)  # what is made is younger than that
    fill(shop, orders=300)
    asked = "SELECT cancel_reason, cancelled_by, tab FROM orders WHERE number >= :since"
    for days in (1, 2, 7, 30, 31, 63, 90, 365):
        found = rows(shop, asked, since=(clock.at - days * DAY) * SUFFIXES)
        cancelled = Counter(row[:2] for row in found if row[2] == "cancelled")
        report = reasons_report(shop, SYSTEM, days)
        assert report.placed == len(found)
        assert {(row.reason, row.by): row.orders for row in report.rows} == cancelled
        assert report.cancelled == cancelled.total()
    assert report.placed > 200
    assert len(report.rows) > 5


@pytest.mark.parametrize("days", [0, -1, 36_501])
def test_days_that_are_none_are_refused(shop: Shop, stocked: Stocked, days: int) -> None:
    with pytest.raises(Invalid, match="report_days"):
        reasons_report(shop, OPS, days)


@pytest.mark.parametrize("actor", [MAI, SARI, Actor(99)])
def test_only_staff_sees_it(shop: Shop, stocked: Stocked, actor: Actor) -> None:
    with pytest.raises(NotFound, match="missing"):
        reasons_report(shop, actor)
