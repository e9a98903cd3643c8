"""The page of one order: what it says in each state, to each of those it concerns."""

from dataclasses import replace

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.rules.orders import MOVES, Action, Role, Status
from app.shop.rules.policy import JOURNEY, TIKTOK
from app.shop.rules.refusals import next_step
from app.shop.shop import Actor, Shop
from app.ui import routes
from app.ui.texts import t
from tests.actions.steps import BUDI, MAI, NOTE, SARI, WHO, fresh, order_in, place, run, settle
from tests.ui.looking import Busy, Look, once_before

REFUSED_IN = {
    Status.AWAITING_SHIPMENT: "paid_ask_seller",
    Status.AWAITING_COLLECTION: "packed_ask_seller",
    Status.PARTIALLY_SHIPPED: "partly_on_its_way",
    Status.IN_TRANSIT: "on_its_way",
    Status.DELIVERED: "delivered",
    Status.COMPLETED: "completed",
}


async def test_an_unpaid_order_shows_everything_and_can_be_cancelled(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.UNPAID)
    async with look.at(f"/orders/{number}") as phone:
        await phone.shows("cancel-order")
        for words in (
            *("Pending payment", "Pay by 17:00, in 1 h 0 min", "Kopi House", "Enamel camp mug", "Navy"),
            *(f"Order {number}", "Items", "Voucher", "Coins", "Total", "Card", "Bandung, Indonesia"),
            *("Shown by @dewi.pours", "What happened", "Order placed", "You"),
        ):
            assert phone.sees(words), words
        assert phone.find("why-not") is None


@pytest.mark.parametrize("status", REFUSED_IN)
async def test_a_page_without_a_cancel_button_says_why_and_what_now(
    shop: Shop, look: Look, status: Status
) -> None:
    number = order_in(shop, status)
    async with look.at(f"/orders/{number}") as phone:
        await phone.shows("why-not")
        assert phone.find("cancel-order") is None
        code = REFUSED_IN[status]
        assert phone.sees(t(code))
        assert phone.sees(t(f"next.{next_step(code)}"))


async def test_within_the_time_to_think_a_paid_order_can_be_cancelled(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.ON_HOLD)
    async with look.at(f"/orders/{number}") as phone:
        await phone.shows("cancel-order")
        assert phone.sees("On hold")
        assert phone.sees("Card · Paid")


@pytest.mark.parametrize(
    ("status", "role"), [(status, role) for action, status, role in MOVES if action is Action.CANCEL]
)
async def test_who_can_cancel_reads_what_lies_ahead_of_the_order(
    shop: Shop, look: Look, status: Status, role: Role
) -> None:
    number = order_in(shop, status)
    settle(shop, replace(TIKTOK, seller_cancels_arranged=True))
    async with look.at(f"/orders/{number}", WHO[role]) as phone:
        await phone.shows("cancel-order")
        assert phone.sees(t(f"ahead.{role}.{status}"))
        assert not phone.sees(t("unexpected"))


@pytest.mark.parametrize(("person", "who"), [(MAI, "You: Other"), (SARI, "The buyer: Other")])
async def test_a_cancelled_order_says_who_cancelled_it_why_and_what_they_wrote(
    shop: Shop, look: Look, person: Actor, who: str
) -> None:
    number = place(shop)
    cancel_order(shop, MAI, number, "BU_OTHER", "Ordered it twice 🙈", key=fresh())
    async with look.at(f"/orders/{number}", person=person) as phone:
        await phone.until(lambda: phone.sees(who))
        assert phone.sees("“Ordered it twice 🙈”")


async def test_what_comes_back_is_told_with_its_day(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    cancel_order(shop, SARI, number, "SP_OUT_OF_STOCK", NOTE, key=fresh())
    async with look.at(f"/orders/{number}") as phone:
        await phone.until(lambda: phone.sees("The seller: Out of stock"))
        assert phone.sees("What goes back")
        assert phone.sees("Expected by Mar 9")
        assert phone.sees("Voucher KOPI10 can be used again until Apr 1")
        assert phone.sees("400 coins are back and do not expire.")


async def test_an_order_of_somebody_else_is_not_there(shop: Shop, look: Look) -> None:
    number = place(shop, buyer=BUDI)
    async with look.at(f"/orders/{number}") as phone:
        await phone.until(lambda: phone.sees("There is no such order in your account."))
        await phone.tap("all-orders")
        await phone.shows("tab-all")


async def test_the_page_loads_in_its_own_shape(shop: Shop, look: Look) -> None:
    number, machine = place(shop), Busy()
    async with look.at(f"/orders/{number}", app=once_before(machine.begin)) as phone:
        await phone.until(lambda: phone.sees("Order") and phone.sees("Loading"))
        machine.end()
        await phone.shows("cancel-order")


async def test_a_page_that_cannot_be_read_says_so_and_tries_again(shop: Shop, look: Look) -> None:
    number = place(shop)
    screen = once_before(lambda _: run(shop, "ALTER TABLE price_entries RENAME TO elsewhere"))
    async with look.at(f"/orders/{number}", app=screen, fails=True) as phone:
        await phone.shows("try-again")
        run(shop, "ALTER TABLE elsewhere RENAME TO price_entries")
        await phone.tap("try-again")
        await phone.shows("cancel-order")


async def test_the_seller_reads_the_same_order_with_their_own_ways(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    async with look.at(f"/orders/{number}", person=SARI) as phone:
        await phone.shows("cancel-order")
        assert phone.sees("The buyer")
        await phone.tap("cancel-order")
        await phone.shows("reason-sp_out_of_stock")
        assert phone.find("reason-bu_not_needed") is None


async def test_the_seller_is_found_after_paying_and_after_asking_them(shop: Shop, look: Look) -> None:
    settle(shop, replace(JOURNEY, undo_ms=0))
    number = place(shop)
    async with look.at(f"/orders/{number}?tab=all") as phone:
        await phone.tap("pay")
        await phone.until(lambda: phone.route == f"/orders/{number}/pay?tab=all")
        await phone.tap("pay")
        await phone.shows("payment-paid")
        await phone.tap("back")
        await phone.until(lambda: phone.route == f"/orders/{number}?tab=all")
        for _ in range(2):
            await phone.tap("contact-seller")
            await phone.until(lambda: phone.route == f"/orders/{number}/contact?tab=all")
            await phone.tap("ask-to-cancel")
            await phone.shows("submit")
            await phone.back()
            await phone.until(lambda: phone.find("submit") is None)
            await phone.tap("back")
            await phone.until(lambda: phone.route == f"/orders/{number}?tab=all")


@pytest.mark.parametrize("above", ["", "/pay", "/contact", "/checkout"])
def test_what_is_opened_from_an_order_stands_in_place_of_what_else_was(above: str) -> None:
    assert routes.contact(7, f"/orders/7{above}?tab=all") == "/orders/7/contact?tab=all"
    assert routes.pay(7, f"/inbox/7{above}") == "/inbox/7/pay"
    assert routes.pay(7, f"/orders/77{above}") == "/orders/7/pay"
