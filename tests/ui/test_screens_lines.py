"""The line picker of the cancel dialog: what is chosen, what it comes to, and what is sent."""

from dataclasses import replace
from typing import Any

import pytest

from app.languages import LANGUAGES
from app.shop.check import check
from app.shop.reads.order import order_details
from app.shop.rules.orders import Status
from app.shop.rules.policy import JOURNEY, TIKTOK
from app.shop.shop import Shop
from tests.actions.steps import IDS, MAI, NOTE, SARI, column, order_in, place, settle, spoon
from tests.headless import Phone
from tests.ui.looking import WIDE, Look

SOON = replace(JOURNEY, undo_ms=0)
TWO: dict[str, Any] = {"voucher_codes": ("KOPI15K",), "coins": 0}


def chosen(phone: Phone) -> list[str]:
    """The lines that are ticked."""
    names = [name for name in phone.identifiers() if name.startswith("line-")]
    return [name for name in names if (phone.find(name) or {}).get("selected")]


def submits(phone: Phone) -> bool:
    """Whether Submit can be tapped."""
    button = (phone.find("submit") or {})["content"]
    return not button.get("disabled")


def statuses(shop: Shop, number: int) -> list[str]:
    """Where each line stands."""
    return [line.status for line in order_details(shop, MAI, number).order.lines]


@pytest.mark.parametrize("size", [(412, 915), WIDE, (360, 640)], ids=["sheet", "dialog", "small"])
async def test_one_line_is_taken_back_and_the_order_goes_on(
    shop: Shop, look: Look, size: tuple[int, int]
) -> None:
    settle(shop, SOON)
    number = order_in(shop, Status.UNPAID, (IDS.cream, 1), (IDS.navy, 1), **TWO)
    async with look.at(f"/orders/{number}", size=size) as phone:
        await phone.tap("cancel-order")
        await phone.shows("line-2")
        assert chosen(phone) == ["line-1", "line-2"]
        assert not phone.sees("The rest then costs")
        await phone.tap("line-1")
        await phone.until(lambda: chosen(phone) == ["line-2"])
        assert phone.sees(
            "Without this item the voucher KOPI15K falls away: the rest costs IDR\u00a015,000 more."
        )
        assert phone.sees("The rest then costs")
        assert phone.sees("IDR\u00a085,000")
        await phone.tap("reason-bu_not_needed")
        await phone.tap("submit")
        await phone.shows("notice")
        assert phone.sees("1 item is cancelled, the order goes on.")
        await phone.until(lambda: phone.sees("Cancelled"))
        await phone.tap("notice-close")
    assert statuses(shop, number) == ["ACTIVE", "CANCELLED"]
    assert column(shop, number, "status") == "UNPAID"
    assert check(shop).violations == ()


async def test_nothing_chosen_cannot_be_sent(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.UNPAID)
    async with look.at(f"/orders/{number}/cancel") as phone:
        for line in ("line-1", "line-2"):
            await phone.tap(line)
        await phone.until(lambda: phone.sees("Choose at least one item."))
        assert not submits(phone)
        await phone.tap("line-2")
        await phone.until(lambda: submits(phone))


async def test_all_chosen_is_a_cancel_of_the_order(shop: Shop, look: Look) -> None:
    settle(shop, SOON)
    number = order_in(shop, Status.UNPAID)
    async with look.at(f"/orders/{number}/cancel") as phone:
        await phone.tap("line-2")
        await phone.tap("line-2")
        await phone.until(lambda: chosen(phone) == ["line-1", "line-2"])
        await phone.tap("reason-bu_not_needed")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Enamel camp mug is cancelled. Nothing was charged."))
        await phone.tap("notice-close")
    assert column(shop, number, "status") == "CANCELLED"


async def test_a_rest_that_alone_costs_more_says_so_and_cannot_be_sent(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.UNPAID, (IDS.navy, 1), (spoon(shop, price=5_000), 1), **TWO)
    async with look.at(f"/orders/{number}/cancel") as phone:
        await phone.tap("line-1")
        await phone.until(
            lambda: phone.sees("On its own the rest costs IDR\u00a010,000 more than the whole order.")
        )
        await phone.tap("reason-bu_not_needed")
        assert not submits(phone)


async def test_what_is_counted_down_is_what_was_chosen_and_can_be_undone(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.UNPAID)
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("cancel-order")
        await phone.tap("line-1")
        await phone.tap("reason-bu_not_needed")
        await phone.tap("submit")
        await phone.shows("undo")
        await phone.tap("undo")
        await phone.until(lambda: not phone.find("undo"))
        await phone.tap("cancel-order")  # another dialog begins with all of it
        await phone.until(lambda: chosen(phone) == ["line-1", "line-2"])
    assert statuses(shop, number) == ["ACTIVE", "ACTIVE"]


async def test_a_turned_window_keeps_what_was_chosen(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.UNPAID)
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("cancel-order")
        await phone.tap("line-1")
        await phone.until(lambda: chosen(phone) == ["line-2"])
        await phone.resize(*WIDE)
        await phone.until(lambda: phone.find("rail-orders") and chosen(phone) == ["line-2"])


async def test_a_paid_line_says_what_comes_back_for_it(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.ON_HOLD, coins=0, voucher_codes=())
    settle(shop, replace(TIKTOK, undo_ms=0))
    async with look.at(f"/orders/{number}/cancel") as phone:
        await phone.tap("line-1")
        await phone.until(lambda: phone.sees("The rest then costs"))
        assert phone.sees("IDR\u00a095,000")
        await phone.tap("reason-bp_mistake")
        await phone.tap("submit")
        await phone.until(
            lambda: phone.sees("1 item is cancelled, the order goes on. IDR\u00a095,000 is being paid back.")
        )
        await phone.tap("notice-close")


async def test_a_seller_takes_back_what_they_do_not_have(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    settle(shop, SOON)
    async with look.at(f"/orders/{number}", SARI) as phone:
        await phone.tap("cancel-order")
        await phone.tap("line-2")
        await phone.tap("reason-sp_out_of_stock")
        assert phone.sees("The buyer gets back")
        await phone.type("reason-text", NOTE)
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("1 item is cancelled, the order goes on."))
        await phone.tap("notice-close")
    assert statuses(shop, number) == ["CANCELLED", "ACTIVE"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_picker_speaks_every_language(shop: Shop, look: Look, language: str) -> None:
    number = order_in(shop, Status.UNPAID, (IDS.cream, 1), (IDS.navy, 1), **TWO)
    async with look.at(f"/orders/{number}/cancel", languages=(language,)) as phone:
        await phone.tap("line-1")
        rest = {"en": "The rest then costs", "id": "Sisanya menjadi", "vi": "Phần còn lại có giá"}
        await phone.until(lambda: phone.sees(rest[language]))


async def test_an_order_of_one_line_has_nothing_to_choose(shop: Shop, look: Look) -> None:
    number = place(shop, (IDS.cream, 2))
    async with look.at(f"/orders/{number}/cancel") as phone:
        await phone.shows("submit")
        assert phone.find("line-1") is None
