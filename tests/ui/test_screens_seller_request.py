"""A request at its seller's: who asks, whose turn it is, the four answers, and why one cannot be given."""

import asyncio

import pytest

from app.shop.actions.answer import cancel_and_refund, decline, list_option, offer_change
from app.shop.actions.cancel import cancel_order
from app.shop.actions.confirm import refuse_offer
from app.shop.actions.request import escalate, withdraw
from app.shop.actions.ship import arrange_shipment
from app.shop.reads.inbox import notices
from app.shop.reads.requests import RequestDetails, request_panel
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.errors import Refused
from app.shop.rules.orders import Status
from app.shop.shop import Shop
from app.ui import routes
from tests.actions.steps import BUDI, IDS, MAI, NOTE, SARI, ask, column, fresh, imported, order_in, run
from tests.client import Node, nodes
from tests.conftest import Clock
from tests.headless import Phone
from tests.ui.looking import WIDE, Look, broken, busy

ANSWERS = ("list-option", "cancel-and-refund", "offer-change", "decline")


@pytest.fixture
def number(shop: Shop) -> int:
    """A paid order whose buyer asks to have it cancelled."""
    one = order_in(shop, Status.AWAITING_SHIPMENT)
    ask(shop, one)
    return one


def newest(shop: Shop, number: int) -> RequestDetails:
    """The newest request of an order."""
    found = request_panel(shop, SARI, number).newest
    assert found is not None
    return found


def at(number: int) -> str:
    """The address of a request."""
    return f"/seller/requests/{number}"


def given(phone: Phone) -> list[str]:
    """The answers that can be tapped."""
    found = {name: phone.find(name) for name in ANSWERS}
    return [name for name, node in found.items() if node and not node["content"].get("disabled")]


async def test_the_page_says_who_asks_until_when_and_what_happens_without_an_answer(
    shop: Shop, look: Look, number: int
) -> None:
    async with look.at(at(number), SARI) as phone:
        await phone.until(lambda: given(phone) == list(ANSWERS))
        for words in (
            "Waiting for you",
            "Order created by mistake",
            "@mai",
            "The buyer's",
            "The buyer gets back",
        ):
            assert phone.sees(words), words
        assert phone.sees("Answer by Wed 16:00")
        assert phone.sees("After that it is cancelled automatically.")


async def test_earlier_requests_are_told(shop: Shop, look: Look, number: int) -> None:
    withdraw(shop, MAI, number, key=fresh())
    ask(shop, number, "BP_ADDRESS")
    other = order_in(shop, Status.AWAITING_SHIPMENT, (IDS.cream, 1), voucher_codes=(), coins=0)
    ask(shop, other)
    async with look.at(at(number), SARI) as phone:
        await phone.until(lambda: phone.sees("1 request about other orders of yours"))
        assert phone.sees("Earlier about this order")
        assert phone.sees("Taken back")


@pytest.mark.parametrize("size", [(412, 915), WIDE, (360, 640)], ids=["sheet", "dialog", "small"])
async def test_the_option_is_listed_with_a_reason_and_a_note(
    shop: Shop, look: Look, number: int, size: tuple[int, int]
) -> None:
    async with look.at(at(number), SARI, size=size) as phone:
        await phone.tap("list-option")
        await phone.tap("reason-sp_out_of_stock")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Please write at least 10 characters"))
        await phone.type("reason-note", NOTE)
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Waiting for the buyer to confirm"))
        assert phone.sees("If the buyer does not confirm in time, the order goes on and you send it.")
        assert not given(phone)
    assert (newest(shop, number).status, newest(shop, number).answer_note) == ("OPTION_LISTED", NOTE)


async def test_cancelled_and_refunded_it_says_there_is_nothing_left_to_do(
    shop: Shop, look: Look, number: int
) -> None:
    async with look.at(at(number), SARI) as phone:
        await phone.tap("cancel-and-refund")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("There is nothing left for you to do."))
    assert column(shop, number, "status") == "CANCELLED"


async def test_another_variant_is_offered_with_its_price_seen_before(
    shop: Shop, look: Look, number: int
) -> None:
    async with look.at(at(number), SARI) as phone:
        await phone.tap("offer-change")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Choose what to offer."))
        await phone.tap(f"variant-{IDS.forest}")
        await phone.until(lambda: phone.sees("The buyer pays more"))
        await phone.type("reason-note", "The forest one is here")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("If the buyer refuses, the request comes back to you."))
        assert given(phone) == ["cancel-and-refund"]
    change = newest(shop, number).change
    assert change is not None
    assert (change.kind, change.variant_id) == (ChangeKind.VARIANT, IDS.forest)


async def test_a_variant_that_is_sold_out_cannot_be_offered(shop: Shop, look: Look, number: int) -> None:
    run(shop, f"UPDATE balances SET taken_in = taken_in - free, free = 0 WHERE subject = {IDS.forest}")
    async with look.at(at(number), SARI) as phone:
        await phone.tap("offer-change")
        await phone.until(lambda: phone.sees("Only 0 left"))
        with pytest.raises(AssertionError, match="answers to a tap"):
            await phone.tap(f"variant-{IDS.forest}")


async def test_a_variant_sold_meanwhile_is_refused_in_the_dialog(shop: Shop, look: Look, number: int) -> None:
    async with look.at(at(number), SARI) as phone:
        await phone.tap("offer-change")
        await phone.tap(f"variant-{IDS.forest}")
        run(shop, f"UPDATE balances SET taken_in = taken_in - free, free = 0 WHERE subject = {IDS.forest}")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("is sold out"))
        assert phone.find("submit")
    assert newest(shop, number).status == "PENDING_SELLER"


@pytest.mark.parametrize(
    ("kind", "choice", "offered"),
    [("address", f"address-{IDS.office}", "address"), ("ship_date", "day-2", "ship_date")],
)
async def test_an_address_or_a_later_day_is_offered(
    shop: Shop, look: Look, number: int, kind: str, choice: str, offered: str
) -> None:
    async with look.at(at(number), SARI) as phone:
        await phone.tap("offer-change")
        await phone.tap(f"offer-{kind}")
        await phone.tap(choice)
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("A change is offered"))
    change = newest(shop, number).change
    assert change is not None
    assert change.kind == offered


def one_field(phone: Phone, identifier: str) -> Node:
    """The field with this identifier, as a client has it."""
    return next(nodes(phone.find(identifier), "TextField"))


async def test_a_decline_needs_a_comment_and_for_a_sent_parcel_its_number(
    shop: Shop, look: Look, number: int
) -> None:
    async with look.at(at(number), SARI) as phone:
        await phone.tap("decline")
        await phone.tap("reason-sr_shipped")
        await phone.type("reason-note", NOTE)
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Add the tracking number of the parcel."))
        lines = {name: one_field(phone, name)["max_lines"] for name in ("reason-note", "tracking")}
        assert lines == {"reason-note": 4, "tracking": 1}
        await phone.type("tracking", "JX123")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Send the order as planned."))
    assert (newest(shop, number).status, column(shop, number, "tracking")) == ("REJECTED", "JX123")


async def test_an_answer_that_is_sent_late_closes_no_other_dialog(
    shop: Shop, look: Look, number: int
) -> None:
    async with look.at(at(number), SARI) as phone:
        await phone.tap("decline")
        await phone.tap("reason-sr_packed")
        await phone.type("reason-note", NOTE)
        async with busy(phone):
            sent = asyncio.create_task(phone.tap("submit"))
            await phone.until(lambda: any(node.get("disabled") for node in nodes(phone.find("submit"))))
            await phone.back()
            await phone.until(lambda: not phone.find("submit"))
            await phone.tap("mark-packed")
            await phone.until(lambda: phone.sees("Loading"))
        await sent
        await phone.until(lambda: phone.sees("Send the order as planned."))
        assert newest(shop, number).status == "REJECTED"
        await phone.shows("submit")
        await phone.tap("keep-order")
        await phone.until(lambda: not phone.find("submit"))


async def test_packing_declines_the_open_request_and_says_so_before(
    shop: Shop, look: Look, number: int
) -> None:
    async with look.at(at(number), SARI) as phone:
        await phone.tap("mark-packed")
        await phone.until(lambda: phone.sees("The open request is declined by this."))
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Add the tracking number"))
        await phone.type("tracking", "JX9")
        await phone.tap("submit")
        await phone.until(lambda: phone.find("mark-packed") is None)
    assert (column(shop, number, "status"), newest(shop, number).status) == (
        "AWAITING_COLLECTION",
        "REJECTED",
    )


async def test_an_answer_that_comes_too_late_says_why(shop: Shop, look: Look, number: int) -> None:
    async with look.at(at(number), SARI) as phone:
        await phone.tap("list-option")
        await phone.shows("submit")
        withdraw(shop, MAI, number, key=fresh())
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("This request was taken back."))
        await phone.tap("keep-order")
        await phone.until(lambda: phone.sees("Send the order as planned."))
    assert newest(shop, number).status == "WITHDRAWN"


async def test_each_state_says_whose_turn_it_is_and_what_comes_next(
    shop: Shop, look: Look, number: int, clock: Clock
) -> None:
    async with look.at(at(number), SARI) as phone:
        await phone.shows("decline")
        decline(shop, SARI, number, "SR_PACKED", NOTE, key=fresh())
        escalate(shop, MAI, number, key=fresh())
        phone.process.windows.tell({SARI.id})
        await phone.until(lambda: phone.sees("Do not send the parcel yet: the platform decides first."))
        clock.move(days=1)
        ask(shop, number)
        change = Change(ChangeKind.VARIANT, line=1, variant_id=IDS.forest)
        offer_change(shop, SARI, number, change, key=fresh())
        refuse_offer(shop, MAI, number, key=fresh())
        phone.process.windows.tell({SARI.id})
        await phone.until(lambda: given(phone) == list(ANSWERS))


async def test_an_order_of_another_platform_offers_no_change(shop: Shop, look: Look) -> None:
    number = imported(shop, order_in(shop, Status.AWAITING_SHIPMENT))
    ask(shop, number)
    async with look.at(at(number), SARI) as phone:
        await phone.until(lambda: "list-option" in given(phone))
        assert "offer-change" not in given(phone)
        assert phone.find("why-not")


@pytest.mark.parametrize("who", [MAI, BUDI], ids=["buyer", "stranger"])
async def test_a_request_is_its_sellers_alone_to_answer(
    shop: Shop, look: Look, number: int, who: object
) -> None:
    async with look.at(at(number), who) as phone:  # type: ignore[arg-type]
        await phone.until(lambda: phone.sees("no such order") or phone.sees("There is no"))
        assert not given(phone)


async def test_an_order_nobody_asked_about_says_so(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    async with look.at(at(number), SARI) as phone:
        await phone.until(lambda: phone.sees("Nothing was asked about this order."))
        assert phone.find("mark-packed")


async def test_a_page_that_cannot_be_read_says_so(shop: Shop, look: Look, number: int) -> None:
    async with look.at("/seller", SARI, fails=True) as phone:
        await phone.shows(f"seller-request-{number}")
        with broken(shop, "requests"):
            await phone.visit(at(number))
            await phone.shows("try-again")
        await phone.tap("try-again")
        await phone.shows("list-option")


async def test_the_inbox_of_a_seller_leads_to_the_request(shop: Shop, look: Look, number: int) -> None:
    asked = next(one for one in notices(shop, SARI) if one.code == "request_asked")
    async with look.at("/inbox", SARI) as phone:
        await phone.tap(f"notice-{number}-{asked.n}")
        await phone.shows("list-option")
        assert phone.route == f"/inbox/requests/{number}"
        await phone.until(lambda: next(o for o in notices(shop, SARI) if o.n == asked.n).read)
        await phone.back()
        await phone.until(lambda: phone.route == "/inbox")


async def test_the_order_of_a_shop_leads_its_member_to_the_request(
    shop: Shop, look: Look, number: int
) -> None:
    async with look.at(f"/orders/{number}", SARI) as phone:
        await phone.tap("open-request")
        await phone.shows("list-option")
    async with look.at(f"/orders/{number}", MAI) as phone:
        await phone.until(lambda: phone.sees("What happened"))
        assert phone.find("open-request") is None


async def test_from_the_request_to_the_order(shop: Shop, look: Look, number: int) -> None:
    list_option(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key=fresh())
    async with look.at(at(number), SARI) as phone:
        await phone.tap("open-order")
        await phone.until(lambda: phone.sees("What happened"))
        assert phone.route == f"/orders/{number}"


async def test_a_request_that_another_took_the_place_of_is_not_answered(
    shop: Shop, look: Look, number: int, clock: Clock
) -> None:
    async with look.at(at(number), SARI) as phone:
        await phone.tap("cancel-and-refund")
        await phone.shows("reason-note")
        withdraw(shop, MAI, number, key=fresh())
        ask(shop, number, "BP_SELLER_ASKED")
        await phone.until(lambda: phone.sees("The buyer has asked anew since you opened this."))
        assert phone.find("submit") is None
        await phone.tap("keep-order")
        await phone.until(lambda: phone.sees("Seller asked me to cancel"))
    assert newest(shop, number).status == "PENDING_SELLER"


async def test_an_answer_that_is_on_its_way_meets_the_request_it_is_about_or_none(
    shop: Shop, number: int
) -> None:
    seen = newest(shop, number).id
    withdraw(shop, MAI, number, key=fresh())
    ask(shop, number, "BP_SELLER_ASKED")
    for answer in (list_option, cancel_and_refund):
        with pytest.raises(Refused, match="request_changed"):
            answer(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, seen=seen, key=fresh())
    with pytest.raises(Refused, match="request_changed"):
        decline(shop, SARI, number, "SR_PACKED", NOTE, seen=seen, key=fresh())
    list_option(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, seen=newest(shop, number).id, key=fresh())


async def test_another_answer_is_another_dialog(shop: Shop, look: Look, number: int) -> None:
    async with look.at(at(number), SARI) as phone:
        await phone.tap("decline")
        await phone.tap("reason-sr_packed")
        button = next(node for node in nodes(phone.find("list-option")) if node.get("on_click"))
        await phone._event(button, "click")
        await phone.until(lambda: phone.sees("The buyer can confirm the cancellation."))
        assert phone.find("reason-sr_packed") is None
        assert (phone.find("reason-sp_buyer_requested") or {})["selected"]
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Waiting for the buyer to confirm"))
    assert newest(shop, number).answer_reason == "SP_BUYER_REQUESTED"


async def test_an_order_that_was_cancelled_otherwise_is_not_to_be_sent(
    shop: Shop, look: Look, number: int
) -> None:
    decline(shop, SARI, number, "SR_PACKED", NOTE, key=fresh())
    cancel_order(shop, SARI, number, "SP_OUT_OF_STOCK", NOTE, key=fresh())
    for address, who in ((at(number), SARI), (f"/orders/{number}", MAI)):
        async with look.at(address, who) as phone:
            await phone.until(lambda: phone.sees("The order was cancelled in another way."))
            assert not phone.sees("The order goes on.")
            assert not phone.sees("Send the order")


async def test_while_the_platform_decides_both_read_until_when_and_nothing_is_packed(
    shop: Shop, look: Look, number: int
) -> None:
    decline(shop, SARI, number, "SR_ON_SCHEDULE", NOTE, key=fresh())
    escalate(shop, MAI, number, key=fresh())
    for address, who in ((at(number), SARI), (f"/orders/{number}", MAI)):
        async with look.at(address, who) as phone:
            await phone.until(lambda: phone.sees("Without a decision by"))
            assert phone.find("mark-packed") is None
            assert phone.find("ask-to-cancel") is None


async def test_the_buyers_time_ends_with_the_time_to_send(
    shop: Shop, look: Look, number: int, clock: Clock
) -> None:
    last = column(shop, number, "cancel_sla")
    run(shop, f"UPDATE requests SET respond_by = {last}, due_at = {last}, due_step = 'silence'")
    clock.move(milliseconds=last - clock.at - 3_600_000)
    list_option(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key=fresh())
    async with look.at(f"/orders/{number}") as phone:
        await phone.until(lambda: phone.sees("in 1 h 0 min. After that it is cancelled anyway"))


async def test_a_parcel_sent_meanwhile_is_a_step_in_the_thread(shop: Shop, look: Look, number: int) -> None:
    arrange_shipment(shop, SARI, number, "JX123", key=fresh())
    async with look.at(routes.contact(number)) as phone:
        await phone.until(lambda: phone.sees("This request was declined."))
        assert phone.sees("JX123")
