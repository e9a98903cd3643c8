"""Who looks: the first start, in a store with nobody in it, and switching account."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.demo import fill
from app.shop.place import SqliteFile
from app.shop.shop import Shop
from app.ui import routes
from tests.actions.steps import BUDI, MAI, fresh, place, run
from tests.conftest import Clock
from tests.files.made import as_file, tiktok_order
from tests.headless import Phone
from tests.launch import launched
from tests.ui.looking import WIDE, Busy, Look, once_before

FIRST = ["start-examples", "start-import", "start-tour", "language-en", "language-id", "language-vi"]


@pytest.fixture
def empty(sqlite_shop: Shop, sqlite_url: str, tmp_path: Path, clock: Clock) -> Look:
    """The app over a store with nobody in it."""
    del sqlite_shop
    return Look(sqlite_url, tmp_path, clock)


@asynccontextmanager
async def first(look: Look, route: str = "/", **options: Any) -> AsyncIterator[Phone]:
    """A window of the first start."""
    async with launched(look.url, look.folder, look.clock) as app:
        yield await app.open(route, **options)


# The first start


@pytest.mark.parametrize("size", [(412, 915), WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("route", ["/", "/orders", "/nowhere"])
async def test_a_store_with_nobody_in_it_welcomes_and_shows_nothing_else(
    empty: Look, route: str, size: tuple[int, int]
) -> None:
    async with first(empty, route, size=size) as phone:
        await phone.until(lambda: phone.sees("Welcome to Takeback"))
        assert phone.identifiers() == FIRST


async def test_a_language_is_chosen_in_the_welcome(empty: Look) -> None:
    async with first(empty) as phone:
        await phone.tap("language-vi")
        await phone.until(lambda: phone.sees("Xem thử với đơn hàng mẫu"))
        chosen = phone.find("language-vi")
        assert chosen
        assert chosen["selected"]


async def test_example_orders_come_in_and_one_is_at_a_profile(empty: Look) -> None:
    async with first(empty, "/orders") as phone:
        await phone.tap("start-examples")
        await phone.shows("menu")
        await phone.until(lambda: phone.sees("@mai"))
        assert phone.route == "/"


async def test_it_shows_that_example_orders_are_being_made(empty: Look) -> None:
    async with first(empty) as phone:
        await phone.shows("start-examples")
        machine = Busy()
        machine.begin(await phone.process.desk())
        await phone.tap("start-examples")
        await phone.until(lambda: phone.sees("Making 200 example orders"))
        assert not phone.find("start-examples")
        machine.end()
        await phone.shows("menu")


async def test_example_orders_that_cannot_be_made_say_so_and_can_be_tried_again(
    sqlite_shop: Shop, empty: Look
) -> None:
    async with launched(empty.url, empty.folder, empty.clock) as app:
        phone = await app.open("/")
        await phone.shows("start-examples")
        run(sqlite_shop, "ALTER TABLE shops RENAME TO elsewhere")
        await phone.tap("start-examples")
        await phone.until(lambda: phone.sees("Something went wrong here."))
        assert phone.identifiers() == FIRST
        run(sqlite_shop, "ALTER TABLE elsewhere RENAME TO shops")
        app.faults.told.clear()
        await phone.tap("start-examples")
        await phone.shows("menu")


async def test_own_orders_come_in_and_one_is_at_a_profile(empty: Look, tmp_path: Path) -> None:
    async with first(empty) as phone:
        phone.picks = [as_file(tmp_path, [tiktok_order()])]
        await phone.tap("start-import")
        await phone.tap("choose-files")
        await phone.tap("check-first")
        await phone.until(lambda: phone.sees("1 order would come in"))
        await phone.tap("bring-in")
        await phone.shows("see-accounts")
        await phone.until(lambda: phone.route == routes.import_report(2))
        await phone.back()
        await phone.until(lambda: phone.route == routes.IMPORT)
        await phone.back()
        await phone.shows("go-import")
        await phone.back()
        await phone.shows("menu")


async def test_the_way_to_the_own_orders_leads_back_to_the_welcome(empty: Look) -> None:
    async with first(empty, routes.IMPORT, size=WIDE) as phone:
        await phone.shows("choose-files")
        await phone.tap("back")
        await phone.shows("start-examples")


async def test_who_fills_the_store_elsewhere_is_noticed(sqlite_shop: Shop, empty: Look) -> None:
    async with first(empty) as phone:
        await phone.shows("start-examples")
        fill(sqlite_shop, orders=5)
        await phone.shows("menu")


async def test_two_windows_of_the_first_start_both_arrive(empty: Look) -> None:
    async with launched(empty.url, empty.folder, empty.clock) as app:
        one, other = await app.open("/"), await app.open("/")
        await other.shows("start-examples")
        await one.tap("start-examples")
        await one.shows("menu")
        await other.shows("menu")


# Switching account


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
    async with look.at("/accounts") as phone:
        await phone.tap("account-budi")
        await phone.until(lambda: phone.sees("@budi") and phone.route == "/")
        await phone.until(lambda: phone.kept["takeback.person"] == "2")


async def test_who_never_switched_is_the_same_person_at_the_next_start(shop: Shop, look: Look) -> None:
    kept: dict[str, Any] = {}
    number = place(shop)
    async with launched(look.url, look.folder, look.clock) as app:
        phone = await app.open(kept=kept)
        await phone.until(lambda: phone.sees("@mai") and kept.get("takeback.person") == str(MAI.id))
    cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh())
    place(shop, buyer=BUDI)
    async with launched(look.url, look.folder, look.clock) as app:
        phone = await app.open(kept=kept)
        await phone.until(lambda: phone.sees("@mai"))


async def test_the_accounts_load_in_their_own_shape(look: Look) -> None:
    machine = Busy()
    async with look.at("/accounts", app=once_before(machine.begin)) as phone:
        await phone.shows("account-search")
        await phone.until(lambda: phone.sees("Loading"))
        machine.end()
        await phone.shows("account-mai")


async def test_accounts_that_cannot_be_read_say_so_and_are_tried_again(shop: Shop, look: Look) -> None:
    app = once_before(lambda _: run(shop, "ALTER TABLE staff RENAME TO elsewhere"))
    async with look.at("/accounts", app=app, fails=True) as phone:
        await phone.shows("try-again")
        run(shop, "ALTER TABLE elsewhere RENAME TO staff")
        await phone.tap("try-again")
        await phone.shows("account-mai")


# Where nothing lasts


async def test_a_place_that_keeps_nothing_says_so(empty: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SqliteFile, "lasts", False)
    async with first(empty) as phone:
        await phone.until(lambda: phone.sees("This browser lets the page keep nothing."))
        await phone.tap("start-examples")
        await phone.shows("menu")
        assert phone.sees("This browser lets the page keep nothing.")
        await phone.tap("passing-close")
        await phone.until(lambda: not phone.sees("This browser lets the page keep nothing."))
