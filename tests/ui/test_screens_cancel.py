"""The cancel dialog: reasons, text, receipt, Submit, Keep order; as sheet, dialog and page."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from app.shop.rules.orders import Status
from app.shop.rules.policy import TIKTOK
from app.shop.rules.reasons import BUYER_UNPAID
from app.shop.rules.words import REASON_TEXT
from app.shop.shop import Actor, Shop
from app.ui import routes
from app.ui.parts import late
from app.ui.window import Window
from tests.actions.steps import IDS, MAI, NOTE, OPS, SARI, column, order_in, place, settle
from tests.headless import Phone
from tests.ui.looking import WIDE, Look, broken, busy

CANCEL_TAP = 4_000
"""Bytes the tap on Cancel may bring."""
LIKELY = ["reason-bu_wrong_variant", "reason-bu_coupon", "reason-bu_address", "reason-bu_not_needed"]


def reasons(phone: Phone) -> list[str]:
    """The chips, in order."""
    return [name for name in phone.identifiers() if name.startswith("reason-b")]


def chosen(phone: Phone) -> list[str]:
    """The chips that are chosen."""
    return [name for name in reasons(phone) if (phone.find(name) or {}).get("selected")]


def dialogs(phone: Phone) -> list[str]:
    """The kinds of dialogs that are open."""
    return [dialog["_c"] for dialog in phone._dialogs() if dialog.get("open")]


def is_open(phone: Phone, kind: str) -> bool:
    """Whether a dialog of this kind is open, and no other."""
    return dialogs(phone) == [kind]


@asynccontextmanager
async def asked(look: Look, number: int) -> AsyncIterator[Phone]:
    """The orders, and above them the dialog about this one."""
    async with look.at("/orders") as phone:
        await phone.tap(f"cancel-{number}")
        await phone.shows("submit")
        yield phone


async def drawn_again(window: Window) -> None:
    """Have everything drawn again."""
    window.draw_again()


async def next_asked(window: Window, number: int) -> None:
    """Have the dialog about this order opened."""
    window.above.ask(number)


def nowhere(name: str) -> Any:
    """In place of an import for which the network would be needed."""
    raise ImportError(name)


async def test_the_four_likeliest_reasons_come_first(shop: Shop, look: Look) -> None:
    async with asked(look, place(shop)) as phone:
        assert phone.sees("Tell us why you cancelled")
        assert reasons(phone) == LIKELY
        await phone.tap("more-reasons")
        await phone.until(lambda: len(reasons(phone)) == len(BUYER_UNPAID))
        assert reasons(phone)[:4] == LIKELY
        assert phone.find("more-reasons") is None


async def test_the_tap_on_cancel_brings_little(
    shop: Shop, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(late, "PATIENCE", 60)  # what a busy machine draws while it waits is not counted
    number = place(shop)
    async with look.at("/") as phone:
        await phone.until(lambda: phone.sees("@mai"))
        await phone.visit("/orders")
        await phone.until(lambda: phone.find(f"cancel-{number}") and phone.sees("Pending payment 1"))
        await phone.rests()
        before = phone.bytes_sent
        await phone.tap(f"cancel-{number}")
        await phone.shows("submit")
        assert phone.bytes_sent - before < CANCEL_TAP


async def test_at_most_four_taps_from_the_profile(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/") as phone:
        for tap in ("strip-pending-payment", f"cancel-{number}", "reason-bu_not_needed", "submit"):
            await phone.tap(tap)
        await phone.shows("undo")
        await phone.tap("undo")
        await phone.until(lambda: not phone.find("undo"))


@pytest.mark.parametrize("size", [(412, 915), WIDE, (360, 640)], ids=["sheet", "dialog", "small"])
async def test_keep_order_keeps_it(shop: Shop, look: Look, size: tuple[int, int]) -> None:
    number = place(shop)
    async with look.at("/orders", size=size) as phone:
        await phone.tap(f"cancel-{number}")
        await phone.tap("keep-order")
        await phone.until(lambda: not phone.find("submit"))
        await phone.tap(f"cancel-{number}")
        await phone.shows("submit")
    assert column(shop, number, "status") == "UNPAID"


@pytest.mark.parametrize("address", ["/orders", "/orders/{}"], ids=["list", "order"])
async def test_a_turned_window_keeps_the_dialog_and_what_it_holds(
    shop: Shop, look: Look, address: str
) -> None:
    number = place(shop)
    async with look.at(address.format(number)) as phone:
        await phone.tap("cancel-order" if "{" in address else f"cancel-{number}")
        await phone.tap("more-reasons")
        await phone.tap("reason-bu_other")
        await phone.type("reason-text", "twice")
        for size, kind in ((WIDE, "AlertDialog"), ((412, 915), "BottomSheet"), (WIDE, "AlertDialog")):
            await phone.resize(*size)
            await phone._settled()
            await phone.until(partial(is_open, phone, kind))
            await phone.until(lambda: phone.sees("twice"))
            assert chosen(phone) == ["reason-bu_other"]
        await phone.tap("submit")
        await phone.shows("undo")
        await phone.until(lambda: dialogs(phone) == [])
        await phone.tap("undo")
        await phone.until(lambda: not phone.find("undo"))
        await phone.press("Escape")
        await phone.until(lambda: phone.route == ("/orders" if "{" in address else "/"))


@pytest.mark.parametrize(
    ("address", "opens", "shows"),
    [("/orders", "cancel-{}", "submit"), (routes.ADDRESSES, "add-address", "save-address")],
    ids=["dialog", "panel"],
)
async def test_a_dialog_that_is_being_closed_while_all_is_drawn_again_is_not_shown_twice(
    shop: Shop, look: Look, address: str, opens: str, shows: str
) -> None:
    opener = opens.format(place(shop))
    async with look.at(address) as phone:
        await phone.tap(opener)
        await phone.shows(shows)
        (sheet,) = phone._dialogs()
        # Of a swipe the client tells that it is closed, and then that it is gone: what comes in between?
        phone.session.apply_patch(sheet["_i"], {"open": False})
        phone.session.page.run_task(drawn_again, phone.session.store.get("window"))
        await phone.rests()
        assert len(phone._dialogs()) == 1
        await phone._event(sheet, "dismiss")
        await phone.until(lambda: phone._dialogs() == [])
        phone.compare()
        await phone.tap(opener)
        await phone.shows(shows)


async def test_a_dialog_opened_in_the_moment_in_which_another_was_swiped_away_is_shown(
    shop: Shop, look: Look
) -> None:
    one, other = place(shop), place(shop)
    async with asked(look, one) as phone:
        (sheet,) = phone._dialogs()
        phone.session.apply_patch(sheet["_i"], {"open": False})
        gone = asyncio.create_task(phone._event(sheet, "dismiss"))
        phone.session.page.run_task(next_asked, phone.session.store.get("window"), other)
        await gone
        await phone.until(lambda: dialogs(phone) == ["BottomSheet"])
        await phone.shows("submit")


async def test_a_form_that_cannot_be_imported_says_so_and_can_be_tried_again(
    shop: Shop, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = place(shop)
    async with look.at("/orders", fails=True) as phone:
        await phone.shows(f"cancel-{number}")
        with monkeypatch.context() as offline:
            offline.setattr("app.ui.dialogs.asked.component", nowhere)
            await phone.tap(f"cancel-{number}")
            await phone.shows("try-again")
        await phone.tap("try-again")
        await phone.shows("submit")


async def test_a_dialog_that_was_being_closed_when_the_connection_went_is_closed_at_the_return(
    shop: Shop, look: Look
) -> None:
    async with look.at("/") as phone:
        await phone.tap("menu")
        await phone.shows("go-settings")
        (menu,) = phone._dialogs()
        phone.session.apply_patch(menu["_i"], {"open": False})
        await phone.disconnect()
        await phone.reconnect()
        await phone.until(lambda: dialogs(phone) == [])
        await phone.tap("menu")
        await phone.shows("go-settings")


async def test_a_dialog_that_was_closed_does_not_come_again_with_another_width(
    shop: Shop, look: Look
) -> None:
    async with asked(look, place(shop)) as phone:
        await phone.back()
        await phone.until(lambda: not phone.find("submit"))
        await phone.resize(*WIDE)
        await phone.shows("rail-orders")
        await phone._settled()
        assert dialogs(phone) == []


async def test_the_way_back_closes_the_dialog(shop: Shop, look: Look) -> None:
    async with asked(look, place(shop)) as phone:
        await phone.back()
        await phone.until(lambda: not phone.find("submit"))
        assert phone.route == "/orders"


async def test_submit_without_a_reason_asks_for_one(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}/cancel") as phone:
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Choose a reason first."))
        await phone.tap("reason-bu_not_needed")
        await phone.until(lambda: not phone.sees("Choose a reason first."))


async def test_other_needs_words_and_says_how_many_fit(shop: Shop, look: Look) -> None:
    async with asked(look, place(shop)) as phone:
        assert phone.find("reason-text") is None
        await phone.tap("more-reasons")
        await phone.tap("reason-bu_other")
        field = await phone.shows("reason-text")
        assert field["content"]["max_length"] == REASON_TEXT
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Please say it in a few words."))
        await phone.rests()
        before = phone.bytes_sent
        await phone.type("reason-text", "ordered it twice 🙈")
        assert phone.bytes_sent == before  # a key stroke draws nothing again
        await phone.tap("submit")
        await phone.shows("undo")
        await phone.tap("undo")
        await phone.until(lambda: not phone.find("undo"))


async def test_a_text_that_will_not_do_is_refused_where_it_stands(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders") as phone:
        await phone.tap(f"cancel-{number}")
        await phone.tap("more-reasons")
        await phone.tap("reason-bu_other")
        await phone.type("reason-text", "bell \x07")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("characters that cannot be shown"))
        assert phone.find("undo") is None


async def test_what_happens_elsewhere_keeps_what_was_chosen_and_typed(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders") as phone:
        await phone.tap(f"cancel-{number}")
        await phone.tap("more-reasons")
        await phone.tap("reason-bu_other")
        await phone.type("reason-text", "twice")
        other = place(shop, (IDS.navy, 1))
        phone.process.windows.tell({MAI.id})
        await phone.until(lambda: phone.find(f"order-{other}"))
        assert (phone.find("reason-bu_other") or {})["selected"]
        assert (phone.find("reason-text") or {})["content"]["value"] == "twice"
        await phone.tap("submit")
        await phone.shows("undo")
        await phone.tap("undo")
        await phone.until(lambda: not phone.find("undo"))


async def test_the_receipt_of_an_unpaid_order_says_what_returns_beside_money(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.UNPAID)
    async with look.at(f"/orders/{number}/cancel") as phone:
        await phone.shows("submit")
        assert phone.sees("You have not paid, so nothing was charged.")
        assert phone.sees("400 coins, Voucher")


async def test_the_receipt_of_a_paid_order_says_how_much_where_to_and_by_when(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.ON_HOLD)
    async with look.at(f"/orders/{number}/cancel") as phone:
        await phone.shows("submit")
        assert phone.sees("You get back")
        assert phone.sees("IDR\u00a0244,600")
        assert phone.sees("Card")
        assert phone.sees("Mar 9")


async def test_an_order_that_cannot_be_cancelled_says_why_and_what_now(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.IN_TRANSIT)
    async with look.at(f"/orders/{number}/cancel") as phone:
        await phone.shows("why-not")
        assert phone.find("submit") is None
        await phone.tap("keep-order")
        await phone.until(lambda: phone.route == f"/orders/{number}" and phone.sees("What happened"))


async def test_the_page_leads_to_the_order_where_the_count_runs(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}/cancel") as phone:
        await phone.tap("reason-bu_not_needed")
        await phone.tap("submit")
        await phone.shows("undo")
        assert phone.sees("Cancelling in 5 s")
        await phone.until(lambda: phone.route == f"/orders/{number}")
        await phone.until(lambda: phone.sees("A cancellation of this order is being counted down."))
        await phone.tap("undo")
        await phone.until(lambda: not phone.find("undo"))
        assert phone.find("cancel-order")


async def test_while_the_count_runs_the_card_says_so(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders") as phone:
        await phone.tap(f"cancel-{number}")
        await phone.tap("reason-bu_not_needed")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Cancelling in 5 s"))
        await phone.until(lambda: "Cancelling" in phone.texts())
        await phone.tap("undo")
        await phone.until(lambda: "Cancelling" not in phone.texts())


async def test_an_order_of_nobody_cannot_be_cancelled(look: Look) -> None:
    async with look.at("/orders/123/cancel") as phone:
        await phone.until(lambda: phone.sees("There is no such order in your account."))


async def test_the_dialog_loads_in_its_own_shape(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders") as phone:
        await phone.shows(f"cancel-{number}")
        async with busy(phone):
            await phone.tap(f"cancel-{number}")
            await phone.until(lambda: phone.sees("Loading"))
        await phone.shows("submit")


async def test_a_dialog_that_cannot_be_read_says_so_and_tries_again(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders", fails=True) as phone:
        await phone.shows(f"cancel-{number}")
        with broken(shop, "holds"):
            await phone.tap(f"cancel-{number}")
            await phone.shows("try-again")
        await phone.tap("try-again")
        await phone.shows("submit")


@pytest.mark.parametrize(
    ("who", "status", "reason", "note"),
    [
        (SARI, Status.AWAITING_SHIPMENT, "reason-sp_out_of_stock", NOTE),
        (OPS, Status.IN_TRANSIT, "reason-op_fraud", ""),
    ],
    ids=["seller", "platform"],
)
async def test_who_cancels_for_the_shop_or_the_platform_reads_that_the_buyer_gets_it_back(
    shop: Shop, look: Look, who: Actor, status: Status, reason: str, note: str
) -> None:
    number = order_in(shop, status)
    settle(shop, replace(TIKTOK, undo_ms=0))
    async with look.at(f"/orders/{number}", who) as phone:
        await phone.tap("cancel-order")
        await phone.tap(reason)
        assert phone.sees("The buyer gets back")
        assert not phone.sees("You get back")
        if note:
            assert phone.sees("Note to the platform")
            assert phone.sees("At least 10 characters.")
            await phone.tap("submit")
            await phone.until(lambda: phone.sees("Please write at least 10 characters."))
            await phone.type("reason-text", note)
        await phone.tap("submit")
        await phone.shows("notice")
        assert phone.sees("Enamel camp mug is cancelled. IDR\u00a0244,600 is being paid back.")
        await phone.tap("notice-close")
    assert column(shop, number, "status") == "CANCELLED"
    assert column(shop, number, "cancel_text") == (note or None)
