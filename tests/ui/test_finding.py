"""Whatever a client speaks of is found, though little of what is on the screen is noted for it."""

from typing import Any

import flet as ft
import pytest
from flet.controls.context import _context_page

from app.shop.shop import Shop
from app.ui.lean.finding import Index
from app.ui.screens.orders import FIRST
from tests.actions.steps import many
from tests.client import nodes
from tests.ui.looking import Look


async def test_everything_the_client_has_is_found_and_little_of_it_noted(shop: Shop, look: Look) -> None:
    numbers = many(shop, FIRST)
    async with look.at("/orders") as phone:
        await phone.shows(f"order-{numbers[0]}")
        await phone.rests()
        index = phone.session.index
        told = {one["_i"]: one["_c"] for one in nodes(phone.tree)}
        assert isinstance(index, Index)
        assert len(told) > 200
        assert len(index) < len(told) / 3
        assert {number: index[number]._c for number in told if number in index} == told


async def test_what_could_not_be_sent_is_not_there(shop: Shop, look: Look) -> None:
    async with look.at("/orders") as phone:
        await phone.rests()
        page, send = phone.session.page, phone.session.connection.send_message
        _context_page.set(page)
        phone.session.connection.send_message = broken_line
        before = list(page._services._services)
        with pytest.raises(ConnectionError):
            ft.Clipboard()
        assert page._services._services == before
        phone.session.connection.send_message = send


def broken_line(_message: object) -> None:
    """Nothing can be sent."""
    raise ConnectionError("gone")


async def test_what_is_gone_is_not_found(shop: Shop, look: Look) -> None:
    numbers = many(shop, 2)
    async with look.at("/orders") as phone:
        card = await phone.shows(f"order-{numbers[0]}")
        index = phone.session.index
        assert index[card["_i"]]._i == card["_i"]
        await phone.visit("/settings")
        await phone.until(lambda: not phone.find(f"order-{numbers[0]}"))
        await phone.rests()
        assert card["_i"] not in index
        assert index.get(card["_i"], "nothing") == "nothing"
        with pytest.raises(KeyError):
            index[card["_i"]]


def page_with(*controls: ft.Control) -> Any:
    """Something they hang on."""
    return ft.Column(list(controls))


def test_one_that_had_something_to_say_is_found_as_what_took_its_place() -> None:
    before: Any = ft.Container(on_click=lambda: None)
    after: Any = ft.Container()
    after._i = before._i
    index = Index(page_with(after))
    index[before._i] = before
    assert index.get(before._i) is before
    index[after._i] = after
    assert list(index.values()) == []
    assert index.get(before._i) is after
    assert list(index.values()) == [after]


async def test_what_a_client_tells_of_a_field_without_a_handler_arrives(shop: Shop, look: Look) -> None:
    field: Any = None

    @ft.component
    def Form() -> Any:
        nonlocal field
        field = ft.TextField()
        return ft.View(controls=[ft.SafeArea(field)])

    async with look.launched() as app:
        phone = await app.open(app=Form)
        await phone.until(lambda: list(nodes(phone.tree, "TextField")))
        (told,) = nodes(phone.tree, "TextField")
        assert field._i not in dict(phone.session.index)
        assert await phone._event(told, "change", None, value="written")
        assert field.value == "written"
