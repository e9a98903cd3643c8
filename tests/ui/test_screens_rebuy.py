"""Cancel and rebuy, and buying again: what can be changed, what is kept, and where it leads."""

from dataclasses import replace

import pytest

from app.languages import LANGUAGES
from app.shop.check import check
from app.shop.rules.orders import Status
from app.shop.rules.policy import JOURNEY, TIKTOK
from app.shop.shop import Shop
from tests.actions.steps import BUDI, IDS, MAI, SARI, column, imported, order_in, place, rows, run, settle
from tests.client import nodes
from tests.headless import Phone
from tests.people import NAVY_PRICE, PRICE, STOCK
from tests.ui.looking import WIDE, Look

NAVY = f"line-1-variant-{IDS.navy}"


def instead(shop: Shop, number: int) -> int:
    """The number of the order that stands in the place of this one."""
    return int(rows(shop, "SELECT number FROM orders WHERE number <> :number", number=number)[0][0])


def can(phone: Phone, identifier: str) -> bool:
    """Whether it can be tapped."""
    found = phone.find(identifier) or {}
    return not (found.get("disabled") or found["content"].get("disabled"))


@pytest.mark.parametrize("size", [(412, 915), WIDE, (360, 640)], ids=["sheet", "dialog", "small"])
async def test_the_wrong_colour_is_put_right_in_three_taps(
    shop: Shop, look: Look, size: tuple[int, int]
) -> None:
    number = order_in(shop, Status.UNPAID, (IDS.cream, 1), coins=0)
    async with look.at(f"/orders/{number}", size=size) as phone:
        await phone.tap("start-rebuy")
        await phone.tap(NAVY)
        await phone.until(lambda: phone.sees("IDR\u00a085,500"))
        assert phone.sees("Your voucher stays: KOPI10.")
        assert phone.sees("Instead of IDR\u00a076,500 · IDR\u00a09,000 more")
        await phone.tap("rebuy")
        await phone.shows("notice")
        new = instead(shop, number)
        await phone.until(lambda: phone.route == f"/orders/{new}/pay")
        assert phone.sees("Enamel camp mug: the new order is there, the old one is cancelled.")
        await phone.tap("back")
        await phone.until(lambda: phone.sees("This order stands in the place of another"))
        await phone.tap("replaces")
        await phone.until(lambda: phone.route == f"/orders/{number}" and phone.find("replaced-by"))
        await phone.tap("replaced-by")
        await phone.until(lambda: phone.route == f"/orders/{new}")
        await phone.tap("notice-close")
        await phone.until(lambda: not phone.find("notice"))
    assert column(shop, number, "cancel_reason") == "BU_WRONG_VARIANT"
    assert column(shop, new, "total_minor") == NAVY_PRICE - NAVY_PRICE // 10
    assert check(shop).violations == ()


async def test_from_the_cancel_dialog_the_reason_comes_along(shop: Shop, look: Look) -> None:
    number = place(shop, (IDS.cream, 1))
    async with look.at("/orders") as phone:
        await phone.tap(f"cancel-{number}")
        await phone.tap("reason-bu_coupon")
        await phone.tap("rebuy-instead")
        await phone.shows("rebuy")
        assert (phone.find("reason-bu_coupon") or {})["selected"]
        assert phone.find("submit") is None
        await phone.tap("more-1")
        await phone.tap("method-transfer")
        await phone.until(lambda: phone.sees("IDR\u00a0170,000"))
        await phone.tap("rebuy")
        await phone.shows("notice")
        await phone.tap("notice-close")
    new = instead(shop, number)
    assert column(shop, number, "cancel_reason") == "BU_COUPON"
    assert (column(shop, new, "payment_method"), column(shop, new, "total_minor")) == ("TRANSFER", 2 * PRICE)


async def test_who_goes_elsewhere_leaves_no_dialog_above_it(shop: Shop, look: Look) -> None:
    number = place(shop, (IDS.cream, 1))
    async with look.at("/orders") as phone:
        await phone.tap(f"cancel-{number}")
        await phone.tap("reason-bu_coupon")
        await phone.tap("rebuy-instead")
        await phone.shows("rebuy")
        await phone.visit("/inbox")
        await phone.until(lambda: phone.views[-1]["route"] == "/inbox")
        assert not any(one.get("open") for one in phone._dialogs())


async def test_what_is_kept_and_what_falls_away_is_said_before_the_tap(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.UNPAID, (IDS.cream, 2), voucher_codes=("KOPI15K",))
    run(shop, "UPDATE variants SET price_minor = 90000 WHERE id = 41")
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("start-rebuy")
        await phone.until(lambda: phone.sees("The price you had stays: IDR\u00a010,000 less than now."))
        assert phone.sees("Your coins are used again: 400.")
        assert phone.sees("Your voucher stays: KOPI15K.")
        await phone.tap("fewer-1")
        await phone.until(lambda: phone.sees("The voucher KOPI15K needs a larger order, so you get it back."))
        assert phone.sees(f"IDR\u00a0{PRICE - 400:,}")
        await phone.tap("fewer-1")
        await phone.until(lambda: not can(phone, "rebuy"))
        assert not can(phone, "fewer-1")
        (minus,), (plus,) = (nodes(phone.find(f"{step}-1"), "Icon") for step in ("fewer", "more"))
        assert minus.get("color") != plus.get("color")


async def test_what_there_is_not_enough_of_cannot_be_chosen(shop: Shop, look: Look) -> None:
    place(shop, (IDS.navy, STOCK - 1), buyer=BUDI)
    number = place(shop, (IDS.cream, 2))
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("start-rebuy")
        await phone.shows(NAVY)
        assert not can(phone, NAVY)
        assert phone.sees("Only 1 left")
        await phone.tap("fewer-1")
        await phone.until(lambda: can(phone, NAVY))
        await phone.tap(NAVY)
        await phone.until(lambda: not can(phone, "more-1"))


async def test_a_total_that_rose_meanwhile_is_told_and_stands_there_before_the_next_tap(
    shop: Shop, look: Look
) -> None:
    number = place(shop, (IDS.cream, 1))
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("start-rebuy")
        await phone.tap(NAVY)
        await phone.until(lambda: can(phone, "rebuy"))
        run(shop, "UPDATE variants SET price_minor = 950000 WHERE id = :id", id=IDS.navy)
        await phone.tap("rebuy")
        await phone.until(lambda: phone.sees("The total has changed, so nothing is done yet."))
        assert column(shop, number, "status") == "UNPAID"
        await phone.until(lambda: phone.sees("IDR\u00a0950,000"))
        await phone.tap("rebuy")
        await phone.shows("notice")
    assert column(shop, instead(shop, number), "total_minor") == 950_000


async def test_what_is_sold_out_meanwhile_is_told_and_the_old_order_stands(shop: Shop, look: Look) -> None:
    number = place(shop, (IDS.cream, 1))
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("start-rebuy")
        await phone.tap(NAVY)
        place(shop, (IDS.navy, STOCK), buyer=BUDI)
        await phone.tap("rebuy")
        await phone.until(lambda: phone.sees("sold out") or phone.sees("left"))
        assert phone.find("rebuy")
    assert column(shop, number, "status") == "UNPAID"


async def test_a_paid_order_says_what_comes_back(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.ON_HOLD, (IDS.cream, 1), coins=0, voucher_codes=())
    settle(shop, replace(TIKTOK, undo_ms=0))
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("start-rebuy")
        await phone.until(lambda: phone.sees("You get back"))
        assert (phone.find("reason-bp_wrong_variant") or {})["selected"]
        await phone.tap("rebuy")
        await phone.until(lambda: phone.sees("IDR\u00a085,000 is being paid back."))
        await phone.tap("notice-close")


async def test_a_turned_window_keeps_what_was_chosen(shop: Shop, look: Look) -> None:
    number = place(shop, (IDS.cream, 1))
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("start-rebuy")
        await phone.tap(NAVY)
        await phone.until(lambda: (phone.find(NAVY) or {}).get("selected"))
        await phone.resize(*WIDE)
        await phone.until(lambda: phone.find("rail-orders") and (phone.find(NAVY) or {}).get("selected"))


async def test_only_its_buyer_is_offered_it_and_only_while_it_can_be(shop: Shop, look: Look) -> None:
    number = place(shop, (IDS.cream, 1))
    paid = order_in(shop, Status.AWAITING_SHIPMENT, (IDS.cream, 1))
    other = imported(shop, place(shop, (IDS.cream, 1)))
    for person, shown in ((SARI, number), (MAI, paid), (MAI, other)):
        async with look.at(f"/orders/{shown}", person) as phone:
            await phone.until(lambda: phone.sees("What happened"))
            assert phone.find("start-rebuy") is None


TITLES = {"en": "Cancel and rebuy", "id": "Batalkan dan beli lagi", "vi": "Huỷ và mua lại"}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_told_in_every_language(shop: Shop, look: Look, language: str) -> None:
    number = order_in(shop, Status.UNPAID, (IDS.cream, 1))
    async with look.at(f"/orders/{number}", languages=(language,)) as phone:
        await phone.tap("start-rebuy")
        await phone.shows("rebuy")
        assert phone.sees(TITLES[language])
        await phone.tap("rebuy")
        await phone.shows("notice")
        await phone.tap("notice-close")


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.COMPLETED])
async def test_what_is_closed_can_be_bought_again(shop: Shop, look: Look, status: Status) -> None:
    settle(shop, replace(JOURNEY, undo_ms=0))
    first = Status.UNPAID if status is Status.CANCELLED else status
    number = order_in(shop, first, (IDS.cream, 2), (IDS.navy, 1))
    async with look.at(f"/orders/{number}") as phone:
        if status is Status.CANCELLED:
            await phone.tap("cancel-order")
            await phone.tap("reason-bu_not_needed")
            await phone.tap("submit")
            await phone.shows("notice")
            await phone.tap("notice-close")
        await phone.tap("buy-again")
        there = f"/orders/{number}/checkout?items={IDS.cream}x2,{IDS.navy}x1"
        await phone.until(lambda: phone.route == there)
        await phone.shows("place-order")
        await phone.tap("back")
        await phone.until(lambda: phone.route == f"/orders/{number}")


async def test_buying_again_takes_all_the_room_and_leads_back(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.COMPLETED, (IDS.cream, 2))
    async with look.at(f"/orders/{number}?tab=all", size=WIDE) as phone:
        await phone.tap("buy-again")
        await phone.shows("place-order")
        assert phone.find(f"order-{number}") is None
        await phone.press("Escape")
        await phone.until(lambda: phone.route == f"/orders/{number}?tab=all")
        await phone.shows("buy-again")


async def test_what_is_open_or_of_another_platform_or_somebody_elses_is_not_bought_again(
    shop: Shop, look: Look
) -> None:
    unpaid = place(shop, (IDS.cream, 1))
    done = order_in(shop, Status.COMPLETED, (IDS.cream, 1), coins=0)
    for person, shown in ((MAI, unpaid), (SARI, done), (MAI, imported(shop, done))):
        async with look.at(f"/orders/{shown}", person) as phone:
            await phone.until(lambda: phone.sees("What happened"))
            assert phone.find("buy-again") is None
