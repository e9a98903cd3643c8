"""Putting an order right from a shell: what there is to choose, done at once, or asked of the seller."""

from typing import Any

import pytest

from tests.commands.conftest import Takeback
from tests.commands.test_requests import newest, paid


def unpaid(takeback: Takeback) -> str:
    """The number of an order that can still be changed."""
    orders = takeback("orders", "--tab", "pending-payment", "--limit", 1000, "--json").json
    return next(str(one["number"]) for one in orders if takeback("change", one["number"]).status == 0)


def choices(takeback: Takeback, number: str, what: str) -> list[dict[str, Any]]:
    """What of this kind an order can be changed to."""
    rows = takeback("change", number, "--json").json
    return [row for row in rows if row["what"].split()[0] == what]


@pytest.mark.parametrize("what", ["variant", "vouchers", "address", "method"])
def test_an_unpaid_order_is_changed_to_what_is_listed(demo: Takeback, what: str) -> None:
    number = unpaid(demo)
    for choice in choices(demo, number, what)[:1]:
        done = demo("change", number, *choice["what"].split(), "--json")
        assert (done.status, done.json["difference_minor"]) == (0, choice.get("difference_minor", 0))
    assert demo("check").status == 0


def test_what_came_of_it_is_one_line(demo: Takeback) -> None:
    number = unpaid(demo)
    (choice, *_) = choices(demo, number, "method")
    assert f"Order {number} is changed. It costs " in demo("change", number, *choice["what"].split()).out


@pytest.mark.parametrize("given", [("variant", "1"), ("address", "x"), ("method", "shells")])
def test_what_is_no_change_is_wrong_usage_and_says_what_would_be_right(
    demo: Takeback, given: tuple[str, ...]
) -> None:
    wrong = demo("change", unpaid(demo), *given)
    assert wrong.status == 2
    assert given[0] in wrong.complaint


@pytest.mark.parametrize("what", ["variant", "vouchers"])
def test_a_paid_order_is_asked_about_and_its_seller_accepts(demo: Takeback, what: str) -> None:
    number = next(
        one["number"]
        for one in demo("orders", "--tab", "to-ship", "--limit", 1000, "--json").json
        if one["status"] == "AWAITING_SHIPMENT"
        and demo("change", one["number"]).status == 0
        and choices(demo, one["number"], what)
    )
    (choice, *_) = choices(demo, number, what)
    asked = demo("change", number, *choice["what"].split(), "--text", "the blue one")
    assert asked.out.strip() == f"{number}: Waiting for the seller."
    assert (newest(demo, number)["kind"], newest(demo, number)["text"]) == ("change", "the blue one")
    done = demo("answer", number, "accept", "--json")
    assert done.json["difference_minor"] == choice["difference_minor"]
    assert demo("check").status == 0


def test_what_is_too_late_once_paid_says_so(demo: Takeback) -> None:
    number = paid(demo)
    assert demo("change", number, "vouchers", "ONE", "TWO").status == 2
    assert demo("change", number, "method", "card").complaint == "takeback: This order is already paid."
