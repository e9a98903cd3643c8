"""Where the memory is that of many people, a list that was out of sight for long is let go of."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest

from app.shop.shop import Shop
from app.ui import pages
from app.ui.screens.orders import FIRST
from tests.actions.steps import MAI, many
from tests.client import every
from tests.headless import PATIENCE, Phone
from tests.ui.looking import Look
from tests.ui.test_entrance import enter, mai, served
from tests.ui.test_screens_orders import TAB_BACK, listed

__all__ = ["mai"]
SOON, LATER = 0.3, 2.0
TABS = {"tab-cancelled": "You have cancelled nothing.", "tab-to-ship": "Nothing waits to be sent."}


def held(phone: Phone) -> set[str]:
    """The orders that the client has drawn, in sight or not."""
    names = (str(node.get("identifier")) for node in every(phone.tree["views"]))
    return {one for one in names if one.startswith("order-")}


@asynccontextmanager
async def at_orders(look: Look, numbers: list[int]) -> AsyncIterator[Phone]:
    """The served app as Mai sees it who has signed in and looks at her orders."""
    async with served(look) as app:
        phone = await app.open("/orders")
        await enter(phone)
        await phone.until(lambda: listed(phone) == numbers)
        yield phone


@pytest.mark.usefixtures("mai")
async def test_one_that_stays_out_of_sight_is_let_go_of_and_read_again_when_it_is_wanted(
    shop: Shop, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "AWAY", SOON)
    numbers = many(shop, 3)
    async with at_orders(look, numbers) as phone:
        await phone.tap("tab-cancelled")
        await phone.until(lambda: phone.sees("You have cancelled nothing."))
        await phone.until(lambda: not held(phone))
        assert phone.sees("You have cancelled nothing.")
        await phone.tap("tab-all")
        await phone.until(lambda: listed(phone) == numbers)


@pytest.mark.usefixtures("mai")
async def test_one_that_was_left_long_ago_is_let_go_of_though_one_goes_on_from_list_to_list(
    shop: Shop, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "AWAY", LATER)
    async with at_orders(look, many(shop, 3)) as phone:
        began, turns = time.monotonic(), 0
        while held(phone) and time.monotonic() - began < PATIENCE:
            for tab, words in TABS.items():
                await phone.tap(tab)
                await phone.until(partial(phone.sees, words))
                turns += 1
        assert not held(phone)
        assert turns > 2 * (time.monotonic() - began) / LATER  # one was on no list for that long


@pytest.mark.usefixtures("mai")
async def test_one_that_was_left_just_now_is_there_at_once(shop: Shop, look: Look) -> None:
    numbers = many(shop, FIRST)
    async with at_orders(look, numbers) as phone:
        await phone.tap("tab-cancelled")
        await phone.until(lambda: phone.sees("You have cancelled nothing."))
        await phone.rests()
        before = phone.bytes_sent
        await phone.tap("tab-all")
        await phone.until(lambda: listed(phone) == numbers)
        assert phone.bytes_sent - before < TAB_BACK


async def test_who_has_the_machine_to_themselves_keeps_what_was_drawn(
    shop: Shop, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "AWAY", 0.0)
    numbers = many(shop, 3)
    async with look.at("/orders", MAI) as phone:
        await phone.until(lambda: listed(phone) == numbers)
        await phone.tap("tab-cancelled")
        await phone.until(lambda: phone.sees("You have cancelled nothing."))
        await phone.rests()
        assert held(phone)
