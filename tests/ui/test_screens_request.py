"""A request as its buyer and its seller see it: on the page of the order, step by step, and live."""

import asyncio
import json
from pathlib import Path

from app.shop.actions.answer import decline, list_option, offer_change
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.orders import Status
from app.shop.rules.policy import DAY
from app.shop.shop import Shop
from app.ui import routes
from app.ui.texts import moment, t
from tests import photographs
from tests.actions.steps import IDS, NOTE, SARI, ask, column, fresh, order_in, rows
from tests.client import nodes
from tests.ui.looking import WIDE, Look, busy

NEWEST = "SELECT status FROM requests ORDER BY id DESC LIMIT 1"


async def test_a_listed_option_is_confirmed_with_the_receipt_before_the_tap(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    ask(shop, number)
    async with look.at(f"/orders/{number}") as phone:
        await phone.until(lambda: phone.sees("Waiting for the seller"))
        assert phone.sees("After that it is cancelled automatically.")
        list_option(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key=fresh())
        await phone.shows("confirm-cancel")
        assert phone.sees("After that the order goes on.")
        assert phone.sees("You get back")
        assert not phone.sees(NOTE)  # that is for the platform
        await phone.tap("confirm-cancel")
        await phone.until(lambda: phone.sees("Approved and cancelled"))
    assert column(shop, number, "status") == "CANCELLED"


async def test_an_offer_says_what_it_costs_and_can_be_accepted(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    ask(shop, number, "BP_WRONG_VARIANT")
    change = Change(ChangeKind.VARIANT, line=1, variant_id=IDS.forest)
    offer_change(shop, SARI, number, change, "this one is in stock", key=fresh())
    async with look.at(f"/orders/{number}") as phone:
        await phone.shows("accept-offer")
        assert phone.sees("Enamel camp mug: Forest")
        assert phone.sees("this one is in stock")
        await phone.tap("accept-offer")
        await phone.until(lambda: phone.find("accept-offer") is None)
    assert rows(shop, NEWEST) == [("SUPERSEDED",)]
    sql = "SELECT variant_id FROM lines WHERE n = 1 AND order_number = :number"
    assert rows(shop, sql, number=number) == [(IDS.forest,)]


async def test_a_refusal_says_why_and_can_be_brought_before_the_platform_once(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    ask(shop, number)
    decline(shop, SARI, number, "SR_PACKED", "it leaves this evening", key=fresh())
    async with look.at(f"/orders/{number}") as phone:
        await phone.shows("escalate")
        assert phone.sees("The seller declined: Already packed")
        assert phone.sees("it leaves this evening")
        assert phone.sees("You can ask one more time.")
        assert phone.sees("You can ask the platform to look at it until")
        await phone.tap("escalate")
        await phone.type("reason-text", "it was not packed when I asked")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("With the platform"))
        assert phone.find("escalate") is None
        assert phone.sees("it was not packed when I asked")
        assert phone.sees("it leaves this evening")
    assert rows(shop, "SELECT escalated_text FROM requests") == [("it was not packed when I asked",)]


async def test_a_request_is_taken_back_and_asked_again(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    ask(shop, number)
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("withdraw")
        await phone.until(lambda: phone.sees("Taken back"))
        await phone.tap("ask-to-cancel")
        await phone.tap("submit")
        assert phone.sees("Choose a reason first.")
        await phone.tap("reason-bp_not_needed")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Waiting for the seller"))
    assert rows(shop, NEWEST) == [("PENDING_SELLER",)]


async def test_a_reason_that_needs_words_gets_them(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    ask(shop, number)
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("withdraw")
        await phone.tap("ask-to-cancel")
        await phone.tap("more-reasons")
        await phone.tap("reason-bp_other")
        await phone.tap("submit")
        assert phone.sees("Please say it in a few words.")
        await phone.type("reason-text", "a gift that came too late")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Waiting for the seller"))
        assert phone.sees("a gift that came too late")


async def test_the_seller_reads_who_is_waited_for_and_has_no_buttons_of_the_buyer(
    shop: Shop, look: Look
) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    ask(shop, number)
    async with look.at(f"/orders/{number}", SARI) as phone:
        await phone.until(lambda: phone.sees("The buyer asked to cancel"))
        assert phone.sees("Answer by")
        assert phone.find("withdraw") is None
        await phone.tap("open-request")
        await phone.shows("cancel-and-refund")
        assert phone.route == routes.seller(number=number)


async def test_a_later_day_is_offered_as_a_moment_and_accepted(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    ask(shop, number)
    later = column(shop, number, "ship_by") + 2 * DAY
    offer_change(shop, SARI, number, Change(ChangeKind.SHIP_DATE, ship_by=later), key=fresh())
    async with look.at(f"/orders/{number}") as phone:
        await phone.shows("accept-offer")
        assert phone.sees(moment(later, "Asia/Jakarta", later - 2 * DAY))
        await phone.tap("accept-offer")
        await phone.until(lambda: phone.find("accept-offer") is None)
        assert phone.sees("The change was accepted, and the order goes on with it.")
    assert column(shop, number, "ship_by") == later


async def test_a_turned_window_keeps_what_is_being_asked(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    async with look.at(routes.contact(number)) as phone:
        await phone.tap("ask-to-cancel")
        await phone.tap("more-reasons")
        await phone.tap("reason-bp_other")
        await phone.type("reason-text", "a gift that")
        await phone.resize(*WIDE)
        await phone.shows("rail-orders")
        await phone.until(lambda: phone.find("submit") and phone.sees("a gift that"))
        await phone.type("reason-text", "a gift that came too late")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Waiting for the seller"))
    assert rows(shop, "SELECT reason, text FROM requests") == [("BP_OTHER", "a gift that came too late")]


async def test_two_taps_ask_once(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    async with look.at(routes.contact(number)) as phone:
        await phone.tap("ask-to-cancel")
        await phone.tap("reason-bp_not_needed")
        button = next(node for node in nodes(await phone.shows("submit")) if node.get("on_click"))
        for _ in range(2):
            await phone._event(button, "click")
        await phone.until(lambda: phone.sees("Waiting for the seller"))
        assert not phone.sees(t("request_open"))  # what the store would say to the second
    assert rows(shop, "SELECT count(*) FROM requests") == [(1,)]


async def test_photos_go_along_with_what_is_asked(shop: Shop, look: Look, tmp_path: Path) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    async with look.at(routes.contact(number)) as phone:
        await phone.tap("ask-to-cancel")
        await phone.tap("more-reasons")
        await phone.tap("reason-bp_not_as_promoted")
        assert phone.sees("A photo helps the seller to understand.")
        dialog = await phone.shows("submit")
        assert dialog
        file = tmp_path / "mug.jpg"
        file.write_bytes(photographs.photo())
        phone.picks = [file, file]
        await phone.tap("add-photo")
        await phone.shows("photo-drop-2")
        await phone.tap("photo-drop-1")
        await phone.until(lambda: phone.find("photo-drop-1") is None)
        await phone.resize(*WIDE)
        await phone.until(lambda: phone.find("submit") and phone.find("photo-drop-2"))
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Waiting for the seller") and phone.find("photo-1-0"))
    (stored,) = rows(shop, "SELECT photos FROM requests")
    assert len(json.loads(stored[0])) == 1
    async with look.at(routes.seller(number=number), SARI) as phone:
        await phone.tap("request-photo-1")
        await phone.shows("photo-whole")
        assert phone.sees("Photo from @mai")


async def test_what_is_asked_waits_for_its_photos(shop: Shop, look: Look, tmp_path: Path) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    file = tmp_path / "mug.jpg"
    file.write_bytes(photographs.photo())
    async with look.at(routes.contact(number)) as phone:
        await phone.tap("ask-to-cancel")
        await phone.tap("reason-bp_not_needed")
        phone.picks = [file]
        async with busy(phone):
            adding = asyncio.create_task(phone.tap("add-photo"))
            await phone.until(lambda: phone.sees("The photo is on its way"))
            await phone.tap("submit")
            await phone.until(lambda: phone.sees("Wait until the photo is there, then send."))
        await adding
        await phone.shows("photo-drop-1")
        assert not phone.sees("Wait until the photo is there")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Waiting for the seller"))
