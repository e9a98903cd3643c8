"""The inbox: what happened, what is new, and the way to the order."""

from app.shop.actions.cancel import cancel_order
from app.shop.reads.inbox import notices
from app.shop.reads.orders import PAGE
from app.shop.rules.orders import Status
from app.shop.shop import Shop
from tests.actions.steps import IDS, MAI, NOTE, SARI, fresh, order_in, place, run
from tests.headless import Phone
from tests.ui.looking import Busy, Look, once_before


def entries(phone: Phone) -> list[str]:
    """The entries on the page, from the top."""
    return [name for name in phone.identifiers() if name.startswith("notice-")]


def cancelled(shop: Shop) -> int:
    """An unpaid order that its buyer took back, so that their inbox has one entry."""
    number = place(shop, (IDS.cream, 1))
    cancel_order(shop, MAI, number, "BU_NOT_NEEDED", key=fresh())
    return number


async def test_an_entry_says_what_happened_to_what_and_why(shop: Shop, look: Look) -> None:
    cancelled(shop)
    async with look.at("/inbox") as phone:
        await phone.until(lambda: entries(phone))
        for words in ("Order cancelled", "Enamel camp mug", "Reason: No longer needed", "16:00"):
            assert phone.sees(words), words


async def test_an_entry_about_money_says_how_much(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    cancel_order(shop, SARI, number, "SP_OUT_OF_STOCK", NOTE, key=fresh())
    async with look.at("/inbox") as phone:
        await phone.until(lambda: phone.sees("Refund: IDR\u00a0244,600"))
        assert phone.sees("Payment received")


async def test_a_tap_opens_the_order_and_marks_it_read(shop: Shop, look: Look) -> None:
    number = cancelled(shop)
    async with look.at("/inbox") as phone:
        await phone.until(lambda: phone.sees("Unread"))
        await phone.tap(entries(phone)[0])
        await phone.until(lambda: phone.sees("What happened"))
        await phone.until(lambda: phone.route == f"/inbox/{number}")
        await phone.until(lambda: notices(shop, MAI)[0].read)
        await phone.visit("/inbox")
        await phone.until(lambda: entries(phone) and not phone.sees("Unread"))


async def test_all_are_marked_read_at_once(shop: Shop, look: Look) -> None:
    cancelled(shop)
    cancelled(shop)
    async with look.at("/inbox") as phone:
        await phone.tap("mark-all-read")
        await phone.until(lambda: phone.find("mark-all-read") is None and not phone.sees("Unread"))
    assert all(notice.read for notice in notices(shop, MAI))


async def test_an_empty_inbox_says_what_will_be_there(look: Look) -> None:
    async with look.at("/inbox") as phone:
        await phone.until(lambda: phone.sees("Nothing here yet"))


async def test_the_inbox_goes_on_where_a_page_ends(shop: Shop, look: Look) -> None:
    run(shop, "UPDATE balances SET taken_in = taken_in + 1000, free = free + 1000 WHERE kind = 'STOCK'")
    for _ in range(PAGE + 2):
        cancelled(shop)
    async with look.at("/inbox") as phone:
        await phone.until(lambda: len(entries(phone)) == PAGE)
        await phone.tap("load-more")
        await phone.until(lambda: len(set(entries(phone))) == PAGE + 2)


async def test_the_inbox_loads_in_its_own_shape(shop: Shop, look: Look) -> None:
    cancelled(shop)
    machine = Busy()
    async with look.at("/inbox", app=once_before(machine.begin)) as phone:
        await phone.shows("go-profile")
        await phone.until(lambda: phone.sees("Loading"))
        machine.end()
        await phone.until(lambda: entries(phone))


async def test_an_inbox_that_cannot_be_read_says_so_and_tries_again(shop: Shop, look: Look) -> None:
    cancelled(shop)
    screen = once_before(lambda _: run(shop, "ALTER TABLE notifications RENAME TO elsewhere"))
    async with look.at("/inbox", app=screen, fails=True) as phone:
        await phone.shows("try-again")
        run(shop, "ALTER TABLE elsewhere RENAME TO notifications")
        await phone.tap("try-again")
        await phone.until(lambda: entries(phone))
