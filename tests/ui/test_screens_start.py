"""Who looks: switching account, a store with nobody in it; and addresses that lead nowhere."""

from pathlib import Path

import pytest

from app.shop.shop import Shop
from app.ui.screens.start import StartScreen
from tests.actions.steps import run
from tests.conftest import Clock
from tests.launch import launched
from tests.ui.looking import Busy, Look, once_before


async def test_the_accounts_are_listed_and_the_one_that_looks_is_marked(look: Look) -> None:
    async with look.at("/accounts") as phone:
        mai = await phone.shows("account-mai")
        budi = await phone.shows("account-budi")
        assert mai["selected"]
        assert not budi["selected"]
        assert phone.sees("@sari · sells as kopi-house")


async def test_a_search_finds_by_name_and_handle(look: Look) -> None:
    async with look.at("/accounts") as phone:
        await phone.type("account-search", "BUD")
        await phone.until(lambda: phone.find("account-budi") and not phone.find("account-mai"))
        await phone.type("account-search", "nobody")
        await phone.until(lambda: phone.sees("Nobody is called “nobody”."))


async def test_switching_shows_the_other_person_at_once_and_at_the_next_start(look: Look) -> None:
    kept: dict[str, object] = {}
    async with look.at("/accounts") as phone:
        await phone.tap("account-budi")
        await phone.until(lambda: phone.sees("@budi") and phone.route == "/")
        kept = dict(phone.kept)
    assert kept["takeback.person"] == "2"


async def test_the_accounts_load_in_their_own_shape(look: Look) -> None:
    machine = Busy()
    async with look.at("/", app=once_before(machine.begin, StartScreen)) as phone:
        await phone.shows("account-search")
        assert phone.sees("Loading")
        machine.end()
        await phone.shows("account-mai")


async def test_accounts_that_cannot_be_read_say_so_and_are_tried_again(shop: Shop, look: Look) -> None:
    screen = once_before(lambda _: run(shop, "ALTER TABLE staff RENAME TO elsewhere"), StartScreen)
    async with look.at("/", app=screen, fails=True) as phone:
        await phone.shows("try-again")
        run(shop, "ALTER TABLE elsewhere RENAME TO staff")
        await phone.tap("try-again")
        await phone.shows("account-mai")


async def test_a_store_with_nobody_in_it_says_how_somebody_comes_in(
    sqlite_shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock
) -> None:
    async with launched(sqlite_url, tmp_path, clock) as app:
        phone = await app.open("/orders")
        await phone.until(lambda: phone.sees("Nobody is here yet"))
        assert phone.sees("takeback demo")
        assert phone.sees("takeback import")


@pytest.mark.parametrize("route", ["/nowhere", "/orders/abc", "/orders/1/nowhere", "/settings/deeper/still"])
async def test_an_address_that_leads_nowhere_says_so_and_leads_home(look: Look, route: str) -> None:
    async with look.at(route) as phone:
        await phone.until(lambda: phone.sees("There is nothing at this address"))
        await phone.tap("go-profile")
        await phone.shows("menu")
