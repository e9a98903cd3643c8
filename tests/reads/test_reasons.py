"""Why orders are cancelled, counted."""

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.clock import run_due
from app.shop.reads.reasons import ReasonRow, ReasonsReport, Tallied, from_orders, reasons_report
from app.shop.rules.errors import Invalid, NotFound
from app.shop.rules.orders import Status
from app.shop.shop import Actor, Shop
from app.shop.sql import Work
from tests.actions.steps import MAI, NOTE, OPS, SARI, fresh, order_in, place, run
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


def test_another_source_of_counts_takes_its_place(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    def kept(_work: Work, since: int) -> Tallied:
        assert since == clock.at - 90 * 86_400_000
        return 10, [("OP_FRAUD", "OPERATOR", 4)]

    report = reasons_report(shop, OPS, 90, tally=kept)
    assert report == ReasonsReport(90, 10, 4, (ReasonRow("OP_FRAUD", "OPERATOR", "NONE", 4),))
    with shop.look() as work:
        assert from_orders(work, 0) == (0, [])


@pytest.mark.parametrize("days", [0, -1, 36_501])
def test_days_that_are_none_are_refused(shop: Shop, stocked: Stocked, days: int) -> None:
    with pytest.raises(Invalid, match="report_days"):
        reasons_report(shop, OPS, days)


@pytest.mark.parametrize("actor", [MAI, SARI, Actor(99)])
def test_only_staff_sees_it(shop: Shop, stocked: Stocked, actor: Actor) -> None:
    with pytest.raises(NotFound, match="missing"):
        reasons_report(shop, actor)
