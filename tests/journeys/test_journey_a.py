"""Journey A: from the profile to a cancelled order, without a client and by identifiers alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.shop.rules.policy import JOURNEY, SECOND
from app.shop.shop import Shop
from tests.actions.steps import MAI, column, place, settle
from tests.conftest import Clock
from tests.files.made import as_file, brought, tiktok_order
from tests.files.made import order as made_order
from tests.headless import Phone
from tests.launch import launched
from tests.people import stock

CANCEL_BYTES = 4_000
"""What the server may send for one tap on Submit."""


@pytest.fixture
def number(sqlite_shop: Shop) -> int:
    """An unpaid order of Mai's, in a shop whose undo count is short."""
    stock(sqlite_shop)
    settle(sqlite_shop, replace(JOURNEY, undo_ms=SECOND // 5))
    return place(sqlite_shop)


async def to_the_orders(phone: Phone) -> None:
    """Profile, three lines, settings, orders, all."""
    for identifier in ("menu", "go-settings", "go-orders", "tab-all"):
        await phone.tap(identifier)


@pytest.mark.parametrize("size", [(412, 915), (1280, 800)])
async def test_an_unpaid_order_is_taken_back(
    size: tuple[int, int], number: int, sqlite_shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with launched(sqlite_url, tmp_path, clock) as app:
        phone = await app.open("/", size=size, kept={"takeback.person": str(MAI.id)})
        await to_the_orders(phone)
        await phone.tap(f"order-{number}")
        await phone.tap("cancel-order")
        await phone.until(lambda: phone.sees("Tell us why you cancelled"))
        await phone.tap("reason-bu_not_needed")
        await phone.tap("submit")
        await phone.shows("undo")
        assert column(sqlite_shop, number, "status") == "UNPAID"
        await phone.shows("notice")
        assert column(sqlite_shop, number, "status") == "CANCELLED"
        await phone.back()
        assert phone.find("notice")
        await phone.tap("tab-cancelled")
        await phone.shows(f"order-{number}")
        await phone.tap("notice-close")
        await phone.until(lambda: not phone.find("notice"))
        await phone.back()
        await phone.back()
        await phone.tap("inbox")
        await phone.until(lambda: phone.sees("cancelled"))


async def test_the_short_way_is_three_taps_from_the_list(
    number: int, sqlite_shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with launched(sqlite_url, tmp_path, clock) as app:
        phone = await app.open("/", kept={"takeback.person": str(MAI.id)})
        await phone.tap("strip-pending-payment")
        await phone.tap(f"cancel-{number}")
        await phone.tap("reason-bu_not_needed")
        await phone.shows("submit")
        await phone.rests()
        before = phone.bytes_sent
        await phone.tap("submit")
        await phone.shows("notice")
        assert phone.bytes_sent - before < CANCEL_BYTES
    assert column(sqlite_shop, number, "status") == "CANCELLED"


async def test_a_reason_of_ones_own_needs_words(
    number: int, sqlite_shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with launched(sqlite_url, tmp_path, clock) as app:
        phone = await app.open(f"/orders/{number}/cancel", kept={"takeback.person": str(MAI.id)})
        await phone.shows("submit")
        if phone.find("reason-bu_other") is None:
            await phone.tap("more-reasons")
        await phone.tap("reason-bu_other")
        await phone.tap("submit")
        assert phone.route == f"/orders/{number}/cancel"
        await phone.type("reason-text", "Two of the same, sorry 🙈")
        await phone.tap("submit")
        await phone.shows("notice")
    assert column(sqlite_shop, number, "cancel_text") == "Two of the same, sorry 🙈"


async def test_keep_order_keeps_it(
    number: int, sqlite_shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with launched(sqlite_url, tmp_path, clock) as app:
        phone = await app.open(f"/orders/{number}", kept={"takeback.person": str(MAI.id)})
        await phone.tap("cancel-order")
        await phone.tap("keep-order")
        await phone.until(lambda: not phone.find("submit"))
        await phone.tap("cancel-order")
        await phone.shows("submit")
        await phone.back()
        assert not phone.find("submit")
    assert column(sqlite_shop, number, "status") == "UNPAID"


async def test_a_link_opens_the_order_with_the_way_back_below_it(
    number: int, sqlite_shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with launched(sqlite_url, tmp_path, clock) as app:
        phone = await app.open(f"/orders/{number}", kept={"takeback.person": str(MAI.id)})
        await phone.shows("cancel-order")
        await phone.back()
        await phone.shows("tab-all")
        await phone.until(lambda: phone.route == "/orders")
        await phone.back()
        await phone.shows("menu")
        await phone.until(lambda: phone.route == "/")


@pytest.mark.parametrize(
    "route", ["/nowhere", "/orders/12", "/orders/abc", "/orders/" + "9" * 40, "/orders/1/2"]
)
async def test_a_wrong_address_says_so_and_leads_back(
    route: str, number: int, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with launched(sqlite_url, tmp_path, clock) as app:
        phone = await app.open(route, kept={"takeback.person": str(MAI.id)})
        await phone.until(lambda: phone.sees("There is no") or phone.sees("no such"))
        while len(phone.views) > 1:
            await phone.back()
        await phone.shows("menu")


async def test_an_order_read_from_a_file_is_taken_back_here_and_said_not_to_be_told_there(
    sqlite_shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    settle(sqlite_shop, replace(JOURNEY, undo_ms=SECOND // 5))
    brought(sqlite_shop, as_file(tmp_path, [tiktok_order(status="UNPAID")]))
    order = made_order(sqlite_shop)
    async with launched(sqlite_url, tmp_path, clock) as app:
        phone = await app.open(f"/orders/{order.number}", kept={"takeback.person": str(order.buyer_id)})
        await phone.tap("cancel-order")
        await phone.until(lambda: phone.sees("but does not tell tiktok-api"))
        await phone.tap("reason-bu_not_needed")
        await phone.tap("submit")
        await phone.shows("notice")
        assert phone.sees("so cancel it there too")
    assert column(sqlite_shop, order.number, "status") == "CANCELLED"
