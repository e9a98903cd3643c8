"""Rules of a policy answer a request in the seller's place, at the clock's next run."""

from dataclasses import replace

import pytest

from app.shop.actions.clock import run_due
from app.shop.check import check
from app.shop.rules.approval import AutoRule
from app.shop.rules.orders import Status
from app.shop.rules.policy import HOUR, JOURNEY
from app.shop.shop import Shop
from tests.actions.steps import IDS, ask, column, imported, order_in, rows, run, settle
from tests.conftest import Clock
from tests.people import Stocked


def asked_under(shop: Shop, rule: AutoRule, *items: tuple[int, int]) -> int:
    """An order that was asked to be cancelled under this rule, with whatever was due by then done."""
    settle(shop, replace(JOURNEY, auto_approve=(rule,)))
    number = order_in(shop, Status.AWAITING_SHIPMENT, *items)
    ask(shop, number)
    run_due(shop)
    return number


def request_of(shop: Shop, number: int) -> tuple[str, str | None]:
    """How the request of an order stands, and who answered it."""
    (found,) = rows(shop, f"SELECT status, answered_by FROM requests WHERE order_number = {number}")
    return found[0], found[1]


@pytest.mark.parametrize(
    "rule",
    [
        AutoRule(),
        AutoRule(("BP_MISTAKE",), within_ms=HOUR),
        AutoRule(most_minor=10**9, currency="IDR"),
    ],
    ids=["any", "its reason in time", "its amount"],
)
def test_a_request_that_a_rule_approves_is_approved_by_the_next_run_of_the_clock(
    shop: Shop, stocked: Stocked, rule: AutoRule
) -> None:
    number = asked_under(shop, rule)
    assert request_of(shop, number) == ("APPROVED", "SYSTEM")
    assert column(shop, number, "status") == "CANCELLED"
    assert rows(shop, "SELECT sum(n) FROM tallies WHERE kind = 'AUTO_APPROVED'") == [(1,)]
    assert check(shop).sound


@pytest.mark.parametrize(
    "rule",
    [
        AutoRule(("BP_OTHER",)),
        AutoRule(category="books"),
        AutoRule(most_minor=1, currency="IDR"),
        AutoRule(most_minor=10**9, currency="VND"),
    ],
    ids=["another reason", "another category", "a smaller amount", "another currency"],
)
def test_a_request_that_no_rule_approves_waits_for_the_seller(
    shop: Shop, stocked: Stocked, rule: AutoRule
) -> None:
    number = asked_under(shop, rule)
    assert request_of(shop, number) == ("PENDING_SELLER", None)
    assert column(shop, number, "status") == "AWAITING_SHIPMENT"
    assert check(shop).sound


def test_a_rule_with_a_time_approves_nothing_after_it(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    settle(shop, replace(JOURNEY, auto_approve=(AutoRule(within_ms=HOUR),)))
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    clock.move(milliseconds=HOUR + 1)
    ask(shop, number)
    run_due(shop)
    assert request_of(shop, number) == ("PENDING_SELLER", None)


def test_a_rule_with_a_category_approves_where_all_goods_are_of_it(shop: Shop, stocked: Stocked) -> None:
    run(shop, "UPDATE products SET category = 'Home'")
    number = asked_under(shop, AutoRule(category="home"))
    assert request_of(shop, number)[0] == "APPROVED"


def test_goods_of_several_categories_share_none(shop: Shop, stocked: Stocked) -> None:
    run(shop, "UPDATE products SET category = 'home'")
    products = "SELECT product_id FROM variants WHERE id = :variant"
    run(shop, f"UPDATE products SET category = 'food' WHERE id IN ({products})", variant=IDS.forest)
    number = asked_under(shop, AutoRule(category="home"), (IDS.cream, 1), (IDS.forest, 1))
    assert request_of(shop, number)[0] == "PENDING_SELLER"


def test_no_rule_of_ours_answers_for_another_platform(shop: Shop, stocked: Stocked) -> None:
    settle(shop, replace(JOURNEY, auto_approve=(AutoRule(),)))
    number = imported(shop, order_in(shop, Status.AWAITING_SHIPMENT))
    ask(shop, number)
    assert run_due(shop) == ()
    assert request_of(shop, number) == ("PENDING_SELLER", None)
