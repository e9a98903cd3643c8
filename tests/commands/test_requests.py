"""The paid journey from a shell: asked, answered, replied to, decided."""

from datetime import datetime, timedelta
from typing import Any

from tests.commands.conftest import Takeback

NOTE = "the buyer asked for it in the chat"


def paid(takeback: Takeback) -> str:
    """The number of a paid order about which nothing was asked yet."""
    asked = {one["number"] for one in takeback("requests", "--limit", 1000, "--json").json}
    orders = takeback("orders", "--tab", "to-ship", "--limit", 1000, "--json").json
    return next(
        str(one["number"])
        for one in orders
        if one["status"] == "AWAITING_SHIPMENT" and one["number"] not in asked
    )


def newest(takeback: Takeback, number: str) -> dict[str, Any]:
    """The newest request of an order."""
    found: dict[str, Any] = takeback("requests", "--order", number, "--json").json[0]
    return found


def test_the_seller_lists_the_cancel_option_and_the_buyer_uses_it(demo: Takeback) -> None:
    number = paid(demo)
    asked = demo("ask", number, "--reason", "bp_mistake", "--json")
    assert (asked.status, asked.json["request_status"]) == (0, "PENDING_SELLER")
    listed = demo("answer", number, "list", "--note", NOTE, "--json")
    assert listed.json["request_status"] == "OPTION_LISTED"
    assert newest(demo, number)["queue"] == "with-buyer"
    done = demo("reply", number, "confirm", "--json")
    assert (done.json["status"], newest(demo, number)["answer"]["note"]) == ("CANCELLED", NOTE)
    assert demo("check").status == 0


def test_a_refusal_is_brought_before_the_platform(demo: Takeback) -> None:
    number = paid(demo)
    demo("ask", number, "--reason", "BP_NOT_NEEDED")
    declined = demo("answer", number, "decline", "--reason", "SR_PACKED", "--note", "it leaves this evening")
    assert declined.out.strip() == f"{number}: Declined."
    demo("escalate", number, "--text", "please look")
    assert newest(demo, number)["status"] == "ESCALATED"
    decided = demo("decide", number, "overrule", "--reason", "OP_EXPERIENCE", "--json")
    assert decided.json["status"] == "CANCELLED"


def test_a_later_day_is_offered_and_refused(demo: Takeback) -> None:
    number = paid(demo)
    demo("ask", number, "--reason", "BP_BETTER_PRICE")
    wrong = demo("answer", number, "offer")
    assert (wrong.status, wrong.complaint) == (
        1,
        "takeback: Offer one change: a variant, a voucher, an address or a day.",
    )
    asked_at = datetime.fromisoformat(newest(demo, number)["created_at"])
    soon = demo("answer", number, "offer", "--ship-by", asked_at + timedelta(hours=1))
    assert soon.complaint == "takeback: Choose a day later than the one the order already has."
    later = (asked_at + timedelta(days=14)).date()
    assert demo("answer", number, "offer", "--ship-by", later).status == 0
    assert demo("reply", number, "refuse", "--json").json["request_status"] == "PENDING_SELLER"
    assert demo("withdraw", number, "--json").json["request_status"] == "WITHDRAWN"


def test_what_cannot_be_asked_says_why_and_what_instead(demo: Takeback) -> None:
    unpaid = demo("orders", "--tab", "pending-payment", "--limit", 1, "--json").json[0]["number"]
    refused = demo("ask", unpaid, "--reason", "BP_MISTAKE")
    assert refused.status == 1
    assert (
        refused.complaint
        == "takeback: You can cancel this order yourself. Open the order and choose Cancel order."
    )


def test_requests_are_listed_by_whose_turn_it_is(demo: Takeback) -> None:
    waiting = demo("requests", "--queue", "to-answer", "--limit", 100, "--json").json
    assert waiting
    assert {one["status"] for one in waiting} == {"PENDING_SELLER"}
    of_shop = demo("requests", "--shop", waiting[0]["shop"], "--limit", 100, "--json").json
    assert {one["shop"] for one in of_shop} == {waiting[0]["shop"]}
