"""What the platform decides: the list of refusals brought before it, and a request as its staff reads it."""

import pytest

from app.shop.reads.inbox import notices
from app.shop.rules.requests import RequestAction, RequestStatus
from app.shop.shop import Actor, Shop
from app.ui import routes
from tests.actions.disputes import do, request_in, stands
from tests.actions.steps import MAI, OPS, SARI, TUAN, column
from tests.conftest import Clock
from tests.ui.looking import WIDE, Look

A, R = RequestAction, RequestStatus


@pytest.fixture
def number(shop: Shop, clock: Clock) -> int:
    """An order about whose refusal the platform is asked."""
    one = request_in(shop, clock, R.REJECTED)
    do(shop, A.ESCALATE, MAI, one, "It was not packed when I asked.")
    return one


async def test_the_longest_waiting_stand_first_and_their_number_at_the_platforms_door(
    shop: Shop, look: Look, clock: Clock
) -> None:
    waiting = []
    for _ in range(3):
        waiting.append(request_in(shop, clock, R.ESCALATED, coins=0))
        clock.move(hours=1)
    async with look.at(routes.PLATFORM, OPS) as phone:
        await phone.until(lambda: phone.sees("3"))
        await phone.tap("go-platform-requests")
        await phone.shows(f"seller-request-{waiting[2]}")
        listed = [one for one in phone.identifiers() if one.startswith("seller-request-")]
        assert listed == [f"seller-request-{one}" for one in waiting]
        assert phone.sees("Kopi House")
        await phone.tap(f"seller-request-{waiting[0]}")
        await phone.shows("overrule")
        assert phone.route == routes.escalations(number=waiting[0])


async def test_where_nothing_waits_the_list_says_when_something_will(look: Look) -> None:
    async with look.at(routes.PLATFORM_REQUESTS, OPS) as phone:
        await phone.until(lambda: phone.sees("Nothing waits for a decision"))
        assert phone.sees("asks you to look at a refusal")


async def test_both_sides_are_read_before_the_decision(shop: Shop, look: Look, number: int) -> None:
    async with look.at(routes.escalations(number=number), OPS) as phone:
        await phone.shows("uphold")
        for words in (
            "Waiting for your decision",
            "Order created by mistake",
            "It was not packed when I asked.",
            "The seller declined: Already packed",
            "@mai",
            "The buyer gets back",
        ):
            assert phone.sees(words), words
        assert phone.find("mark-packed") is None
        await phone.tap("contact")
        await phone.shows("message-text")


async def test_the_platform_decides_for_the_buyer(shop: Shop, look: Look, number: int) -> None:
    async with look.at(routes.escalations(number=number), OPS) as phone:
        await phone.tap("overrule")
        await phone.tap("submit")
        assert phone.sees("Choose a reason first.")
        await phone.tap("reason-op_experience")
        assert phone.sees("Comment both sides read")
        assert not phone.sees("At least 0")
        await phone.type("reason-note", "The shop had a day to stop it.")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Decided: the order is cancelled and the money goes back."))
        await phone.until(lambda: phone.find("overrule") is None)
        assert phone.sees("Approved and cancelled")
    assert column(shop, number, "status") == "CANCELLED"
    async with look.at(f"/orders/{number}", MAI) as phone:
        await phone.until(lambda: phone.sees("The shop had a day to stop it."))


async def test_the_platform_decides_for_the_seller_and_both_read_why(
    shop: Shop, look: Look, number: int
) -> None:
    async with look.at(routes.escalations(number=number), OPS) as phone:
        await phone.tap("uphold")
        await phone.tap("reason-sr_shipped")
        assert phone.find("tracking") is None
        await phone.type("reason-note", "The parcel is with the carrier.")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Decided: the order goes on."))
    assert stands(shop, number, "status", "decision_reason", "decision_note") == (
        "REJECTED",
        "SR_SHIPPED",
        "The parcel is with the carrier.",
    )
    async with look.at(f"/orders/{number}", MAI) as phone:
        await phone.until(lambda: phone.sees("The platform decided that the order goes on: Already shipped"))
        assert phone.sees("The parcel is with the carrier.")
        assert phone.find("escalate") is None
    async with look.at(routes.seller(number=number), SARI) as phone:
        await phone.until(lambda: phone.sees("Send the order as planned: the platform decided"))


async def test_side_by_side_the_request_stands_beside_the_platforms_ways(look: Look, number: int) -> None:
    async with look.at(routes.escalations(number=number), OPS, size=WIDE) as phone:
        await phone.shows("overrule")
        row = await phone.shows("go-platform-requests")
        assert row["selected"]


@pytest.mark.parametrize("who", [MAI, TUAN], ids=["buyer", "stranger"])
async def test_nobody_but_staff_decides(look: Look, number: int, who: Actor) -> None:
    async with look.at(routes.escalations(number=number), who) as phone:
        await phone.until(lambda: phone.sees("There is no such order in your account"))
        assert phone.find("overrule") is None


@pytest.mark.parametrize(
    ("who", "action", "code", "leads"),
    [
        (OPS, None, "request_to_decide", routes.inbox_request),
        (SARI, A.UPHOLD, "request_upheld", routes.inbox_request),
        (MAI, A.UPHOLD, "request_upheld", routes.inbox),
    ],
    ids=["staff", "seller", "buyer"],
)
async def test_what_one_is_told_leads_to_where_one_acts(
    shop: Shop, look: Look, number: int, who: Actor, action: RequestAction | None, code: str, leads: object
) -> None:
    if action is not None:
        do(shop, action, OPS, number)
    told = next(one for one in notices(shop, who) if one.code == code)
    async with look.at("/inbox", who) as phone:
        await phone.tap(f"notice-{number}-{told.n}")
        await phone.until(lambda: phone.route == leads(number))  # type: ignore[operator]
        await phone.until(
            lambda: phone.sees("The seller declined: Already packed") or phone.find("open-order")
        )


async def test_a_decision_that_came_first_is_told_in_place_of_ones_own(
    shop: Shop, look: Look, number: int
) -> None:
    async with look.at(routes.escalations(number=number), OPS) as phone:
        await phone.tap("overrule")
        await phone.tap("reason-op_fraud")
        do(shop, A.UPHOLD, OPS, number)
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("This request was declined."))
    assert column(shop, number, "status") == "AWAITING_SHIPMENT"
