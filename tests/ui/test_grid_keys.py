"""The keys of a keyboard in the shop's grid: arrows go by its columns, Enter opens, the mark is in view."""

import pytest

from app.shop.reads.orders import PAGE
from app.shop.shop import Shop
from app.ui import routes
from app.ui.parts.grid import BREAKPOINTS, COLUMNS, columns
from tests.actions.steps import IDS
from tests.client import nodes
from tests.headless import Phone
from tests.ui.looking import WIDE, Look, busy
from tests.ui.test_navigation import scrolled
from tests.ui.test_screens_shop import believable, listed

SIZES = pytest.mark.parametrize(("size", "side"), [((360, 640), 2), ((720, 900), 4), (WIDE, 5)], ids=str)
CHANGED = 3_000
"""Bytes the server may send for one step of the mark."""


def marked(phone: Phone) -> list[int]:
    """The products that stand out, by the ring around their picture."""
    cards = (node for node in nodes(phone.views[-1], "Semantics") if node.get("selected"))
    ringed = [card for card in cards if any(one.get("foreground_decoration") for one in nodes(card))]
    return [int(card["identifier"].removeprefix("product-")) for card in ringed]


async def press(phone: Phone, key: str, there: int) -> None:
    """Press an arrow, and wait until this product is the one that is marked."""
    await phone.press(f"Arrow {key}")
    await phone.until(lambda: marked(phone) == [there])


@SIZES
async def test_arrows_go_by_the_columns_and_enter_opens(
    shop: Shop, look: Look, size: tuple[int, int], side: int
) -> None:
    goods = believable(shop, PAGE)
    async with look.at("/shop", size=size) as phone:
        await phone.until(lambda: listed(phone) == goods)
        ways = (("Down", 0), ("Down", side), ("Right", side + 1), ("Up", 1), ("Left", 0), ("Left", 0))
        for key, at in (*ways, ("Up", 0), ("Down", side), ("Left", side - 1), ("Right", side)):
            await press(phone, key, goods[at])
        await phone.until(lambda: scrolled(phone)[-1:] == [goods[side]])
        await phone.press("Enter")
        await phone.shows("buy")
        assert phone.route == f"/shop/{goods[side]}"
        for key in ("Arrow Down", "Enter"):  # those of the grid below are not meant
            await phone.press(key)
        await phone._settled()
        assert phone.route == f"/shop/{goods[side]}"
        await phone.press("Escape")
        await phone.until(lambda: phone.route == "/shop" and marked(phone) == [goods[side]])
        await press(phone, "Right", goods[side + 1])


@SIZES
async def test_below_the_last_line_the_next_page_comes(
    shop: Shop, look: Look, size: tuple[int, int], side: int
) -> None:
    goods = believable(shop, PAGE + 3)
    async with look.at("/shop", size=size) as phone:
        await phone.shows("load-more")
        await press(phone, "Right", goods[0])
        await press(phone, "Right", goods[1])
        for line in range(1, PAGE // side):
            await press(phone, "Down", goods[line * side + 1])
        await press(phone, "Down", goods[PAGE + 1])
        await phone.until(lambda: scrolled(phone)[-1:] == [goods[PAGE + 1]])
        await press(phone, "Left", goods[PAGE])
        await press(phone, "Left", goods[PAGE - 1])


async def test_to_the_right_of_the_last_one_the_next_page_comes(shop: Shop, look: Look) -> None:
    goods = believable(shop, PAGE + 1)
    async with look.at("/shop", size=WIDE) as phone:
        await phone.shows("load-more")
        for product in goods:
            await press(phone, "Right", product)


async def test_a_key_that_waits_for_the_next_page_gives_way_to_another(shop: Shop, look: Look) -> None:
    goods = believable(shop, 2 * PAGE)
    async with look.at("/shop", size=WIDE) as phone:
        await phone.shows("load-more")
        for at in range(0, PAGE, 5):
            await press(phone, "Down", goods[at])
        async with busy(phone):
            await phone.press("Arrow Down")
            await phone.press("Arrow Up")
        await phone.until(lambda: len(listed(phone)) == 2 * PAGE)
        await phone._settled()
        assert marked(phone) == [goods[PAGE - 10]]


async def test_sideways_keys_are_the_fields_while_nothing_of_what_was_searched_is_marked(
    shop: Shop, look: Look
) -> None:
    goods = believable(shop, 3)
    async with look.at("/shop?q=plate") as phone:
        await phone.until(lambda: listed(phone) == goods)
        for key in ("Arrow Left", "Arrow Right"):
            await phone.press(key)
        await phone._settled()
        assert marked(phone) == []
        await press(phone, "Down", goods[0])
        await press(phone, "Right", goods[1])


async def test_from_tab_on_enter_presses_what_has_the_focus(shop: Shop, look: Look) -> None:
    goods = believable(shop, 3)
    async with look.at("/shop") as phone:
        await phone.until(lambda: goods[0] in listed(phone))
        await press(phone, "Down", goods[0])
        await phone.press("Tab")
        await phone.until(lambda: marked(phone) == [])
        await phone.press("Enter")
        await phone._settled()
        assert phone.route == "/shop"


async def test_another_category_begins_without_a_mark(shop: Shop, look: Look) -> None:
    goods = believable(shop, 3)
    async with look.at("/shop") as phone:
        await phone.until(lambda: goods[0] in listed(phone))
        await press(phone, "Down", goods[0])
        await phone.tap("category-home")
        await phone.until(lambda: phone.route == "/shop?category=home" and marked(phone) == [])
        await phone.press("Enter")
        await phone._settled()
        assert phone.route == "/shop?category=home"


@pytest.mark.parametrize("size", [(412, 915), WIDE], ids=["phone", "wide"])
async def test_of_two_grids_the_upper_has_the_keys_and_the_lower_gets_them_back(
    shop: Shop, look: Look, size: tuple[int, int]
) -> None:
    goods = believable(shop, 3)
    at = f"{routes.product(IDS.mug)}/checkout/add?items={IDS.cream}x1"
    async with look.at(at, size=size) as phone:
        await phone.until(lambda: listed(phone)[:3] == goods)
        await press(phone, "Down", goods[0])
        await press(phone, "Right", goods[1])
        await phone.press("Enter")
        await phone.shows("add-to-order")
        for there in (f"product-{goods[0]}", "add-item", "buy", f"product-{goods[0]}"):
            await phone.press("Escape")
            await phone.shows(there)
        await phone.until(lambda: phone.route == "/shop" and listed(phone)[:3] == goods)
        await press(phone, "Down", goods[0])


async def test_a_step_of_the_mark_draws_two_cards(shop: Shop, look: Look) -> None:
    goods = believable(shop, PAGE)
    async with look.at("/shop", size=WIDE) as phone:
        await phone.until(lambda: listed(phone) == goods)
        await press(phone, "Down", goods[0])
        await phone.rests()
        before = phone.bytes_sent
        await press(phone, "Right", goods[1])
        await phone.until(lambda: scrolled(phone)[-1:] == [goods[1]])
        assert phone.bytes_sent - before < CHANGED


def test_the_columns_are_those_that_the_client_shows() -> None:
    assert [columns(least) for least in BREAKPOINTS.values()] == list(COLUMNS.values())
    assert [columns(width) for width in (0, 719, 1_079, 4_000)] == [2, 2, 4, 5]
