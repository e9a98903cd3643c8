"""Typing faster than is drawn: no letter is lost, whatever is drawn meanwhile."""

import asyncio

import pytest

from app.shop.shop import Shop
from app.ui import routes
from tests.actions.steps import place
from tests.client import nodes
from tests.headless import Phone
from tests.ui.looking import Look

WORDS = "Can you still change it?"


def stands(phone: Phone, identifier: str) -> str:
    """What stands in a field, as the client has it."""
    field = phone.find(identifier)
    assert field is not None
    return str(next(nodes(field, "TextField"))["value"] or "")


async def hurry(phone: Phone, identifier: str, turns: int) -> None:
    """Type on to what stands in the field, letter by letter; the app has so many turns in between."""
    await phone.shows(identifier)
    for letter in WORDS:
        phone.strike(identifier, letter)
        for _ in range(turns):
            await asyncio.sleep(0)


@pytest.mark.parametrize("turns", range(8))
async def test_no_letter_of_a_message_is_lost(shop: Shop, look: Look, turns: int) -> None:
    async with look.at(routes.contact(place(shop))) as phone:
        await hurry(phone, "message-text", turns)
        await phone.rests()
        assert stands(phone, "message-text") == WORDS


@pytest.mark.parametrize("turns", range(8))
async def test_no_letter_of_a_search_is_lost(shop: Shop, look: Look, turns: int) -> None:
    place(shop)
    async with look.at("/shop") as phone:
        await phone.tap("find-products")
        await hurry(phone, "products-search", turns)
        await phone.rests()
        assert stands(phone, "products-search") == WORDS


@pytest.mark.parametrize("turns", range(8))
async def test_no_letter_of_a_reason_is_lost(shop: Shop, look: Look, turns: int) -> None:
    number = place(shop)
    async with look.at("/orders") as phone:
        await phone.tap(f"cancel-{number}")
        await phone.tap("more-reasons")
        await phone.tap("reason-bu_other")
        await hurry(phone, "reason-text", turns)
        await phone.rests()
        assert stands(phone, "reason-text") == WORDS


async def test_what_the_app_puts_there_stands_there(shop: Shop, look: Look) -> None:
    async with look.at(routes.contact(place(shop))) as phone:
        await phone.tap("phrase-when-sent")
        await phone.until(lambda: stands(phone, "message-text"))
        await phone.tap("send")
        await phone.until(lambda: not stands(phone, "message-text"))
        await phone.type("message-text", "a")
        await phone.tap("send")
        await phone.until(lambda: not stands(phone, "message-text"))
