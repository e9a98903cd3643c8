"""The entrance of the served app: who signs in sees what is theirs, and comes back without a password."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from app.languages import LANGUAGES, catalogue
from app.shop.actions.accounts import change_password, give_password
from app.shop.actions.erase import erase_person
from app.shop.actions.sign_in import sign_out_elsewhere
from app.shop.shop import SYSTEM, Shop
from app.ui import routes
from app.ui.device import PATIENCE, TOKEN
from tests.actions.steps import MAI, SARI, fresh, place, rows
from tests.headless import Phone
from tests.launch import Launched, launched
from tests.ui.looking import WIDE, Look

PASSWORD = "seven rivers run"


@pytest.fixture
def mai(shop: Shop, look: Look) -> None:
    """Mai has an account with a password of her own."""
    given = give_password(shop, SYSTEM, MAI.id)
    change_password(shop, MAI, given.password, PASSWORD, address="-")


@asynccontextmanager
async def served(look: Look) -> AsyncIterator[Launched]:
    """The app for many people."""
    async with launched(look.url, look.folder, look.clock, guarded=True) as app:
        yield app


async def enter(phone: Phone, name: str = "mai", password: str = PASSWORD) -> None:
    """Sign in."""
    await phone.type("sign-in-name", name)
    await phone.type("sign-in-password", password)
    await phone.tap("sign-in")


@pytest.mark.parametrize("size", [(412, 915), WIDE], ids=["phone", "wide"])
async def test_who_signs_in_is_where_they_wanted_to_be(
    shop: Shop, look: Look, mai: None, size: tuple[int, int]
) -> None:
    number = place(shop)
    async with served(look) as app:
        phone = await app.open(routes.order(number), size=size)
        await phone.shows("sign-in-name")
        assert not phone.sees("Enamel camp mug")
        await enter(phone)
        await phone.until(lambda: phone.sees("Enamel camp mug"))
        assert phone.route == routes.order(number)


PLACES = [routes.PROFILE, routes.ACCOUNTS, routes.SETTINGS, routes.PLATFORM, "/nowhere"]


@pytest.mark.parametrize("address", PLACES)
async def test_nothing_is_seen_before(shop: Shop, look: Look, mai: None, address: str) -> None:
    async with served(look) as app:
        phone = await app.open(address)
        await phone.shows("sign-in-name")
        assert {one for one in phone.identifiers() if not one.startswith("language-")} == {
            *("sign-in-name", "sign-in-password", "sign-in", "sign-up"),
        }


async def test_who_has_not_signed_in_is_not_woken_by_what_others_do(
    shop: Shop, look: Look, mai: None
) -> None:
    async with served(look) as app:
        phone = await app.open()
        await phone.shows("sign-in-name")
        (window,) = app.process.windows._open
        before = window.news()
        app.process.windows.tell({MAI.id})
        await asyncio.sleep(0.05)
        assert not before.is_set()
        await enter(phone)
        await phone.shows("menu")
        before = window.news()
        app.process.windows.tell({MAI.id})
        await asyncio.sleep(0.05)
        assert before.is_set()


async def test_a_device_stays_signed_in(shop: Shop, look: Look, mai: None) -> None:
    kept: dict[str, Any] = {}
    async with served(look) as app:
        await enter(await app.open(kept=kept))
        await app.phones[0].until(lambda: app.phones[0].sees("@mai"))
    async with served(look) as app:
        phone = await app.open(kept=kept)
        await phone.until(lambda: phone.sees("@mai"))
        look.clock.move(hours=2)
        before = kept[TOKEN]
        again = await app.open(kept=kept)
        await again.until(lambda: again.sees("@mai") and kept[TOKEN] != before)
        look.clock.move(hours=2)
        third = await app.open(kept=kept)
        await third.until(lambda: third.sees("@mai"))
    assert rows(shop, "SELECT count(*) FROM sign_ins") == [(1,)]


async def test_who_is_signed_in_on_a_slow_device_is_waited_for(shop: Shop, look: Look, mai: None) -> None:
    kept: dict[str, Any] = {}
    async with served(look) as app:
        await enter(await app.open(kept=kept))
        await app.phones[0].until(lambda: kept.get(TOKEN))
    async with served(look) as app:
        phone = await app.open(kept=kept, tells_after=PATIENCE + 0.2)
        await phone.until(lambda: phone.sees("@mai") or phone.find("sign-in-name"))
        assert phone.sees("@mai")


async def test_what_is_wrong_is_said_and_the_name_stays(shop: Shop, look: Look, mai: None) -> None:
    async with served(look) as app:
        phone = await app.open()
        await enter(phone, password="wrong")
        await phone.until(lambda: phone.sees("Handle or password is not right."))
        assert phone.sees("mai")
        await phone.type("sign-in-password", PASSWORD)
        await phone.tap("sign-in")
        await phone.until(lambda: phone.sees("@mai"))


async def test_a_given_password_is_replaced_first(shop: Shop, look: Look) -> None:
    given = give_password(shop, SYSTEM, SARI.id)
    kept: dict[str, Any] = {}
    async with served(look) as app:
        phone = await app.open(kept=kept)
        await enter(phone, "sari", given.password)
        await phone.until(lambda: phone.sees("Choose your password"))
        await phone.type("sign-in-password", "password")
        await phone.tap("sign-in")
        await phone.until(lambda: phone.sees("easy to guess"))
        reloaded = await app.open(kept=kept)
        await reloaded.type("given-password", given.password)
        await reloaded.type("sign-in-password", PASSWORD)
        await reloaded.tap("sign-in")
        await reloaded.until(lambda: reloaded.sees("@sari"))


async def test_who_makes_an_account_is_in(shop: Shop, look: Look) -> None:
    async with served(look) as app:
        phone = await app.open()
        await phone.tap("sign-up")
        await phone.type("sign-up-name", "Nia")
        await enter(phone, "nia.buys")
        await phone.until(lambda: phone.sees("@nia.buys"))
    assert rows(shop, "SELECT name FROM people WHERE handle = 'nia.buys'") == [("Nia",)]


async def test_who_is_signed_out_elsewhere_is_shown_the_entrance(shop: Shop, look: Look, mai: None) -> None:
    async with served(look) as app:
        phone = await app.open()
        await enter(phone)
        await phone.until(lambda: phone.sees("@mai"))
        done = sign_out_elsewhere(shop, MAI)
        app.process.windows.tell(done.people)
        await phone.shows("sign-in-name")
        await phone.until(lambda: phone.sees("You were signed out."))
        await phone.until(lambda: phone.kept[TOKEN] == "")


async def test_whose_account_is_deleted_is_out(shop: Shop, look: Look, mai: None) -> None:
    async with served(look) as app:
        phone = await app.open()
        await enter(phone)
        await phone.until(lambda: phone.sees("@mai"))
        done = erase_person(shop, SYSTEM, MAI.id, key=fresh())
        app.process.windows.tell(done.people)
        await phone.shows("sign-in-name")


async def test_nobody_looks_as_somebody_else(shop: Shop, look: Look, mai: None) -> None:
    async with served(look) as app:
        phone = await app.open(routes.ACCOUNTS)
        await enter(phone)
        await phone.until(lambda: phone.sees("There is nothing at this address"))
        assert not phone.find("account-sari")
        await phone.visit(routes.SETTINGS)
        await phone.shows("go-language")
        assert "switch-account" not in phone.identifiers()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_entrance_speaks_every_language(shop: Shop, look: Look, language: str) -> None:
    async with served(look) as app:
        phone = await app.open(languages=(language,))
        await phone.shows("sign-in")
        assert phone.sees(catalogue(language).gettext("sign_in.how"))
        other = next(one for one in LANGUAGES if one != language)
        await phone.tap(f"language-{other}")
        await phone.until(lambda: phone.sees(catalogue(other).gettext("sign_in.how")))


async def test_one_ends_other_sign_ins_and_changes_the_password(shop: Shop, look: Look, mai: None) -> None:
    async with served(look) as app:
        laptop, phone = await app.open(), await app.open()
        for one in (laptop, phone):
            await enter(one)
            await one.until(lambda one=one: one.sees("@mai"))  # type: ignore[misc]
        await phone.visit(routes.SIGN_INS)
        await phone.tap("sign-out-elsewhere")
        await laptop.shows("sign-in-name")
        await phone.until(lambda: phone.sees("This device") and not phone.find("sign-out-elsewhere"))
        await phone.type("old-password", "a guess")
        await phone.type("new-password", "nine bridges stand")
        await phone.tap("change-password")
        await phone.until(lambda: phone.sees("Your present password is not right."))
        await phone.type("old-password", PASSWORD)
        await phone.type("new-password", "nine bridges stand")
        await phone.tap("change-password")
        await phone.until(lambda: phone.sees("The password is changed."))
        await phone.tap("sign-out")
        await enter(phone, password="nine bridges stand")
        await phone.until(lambda: phone.sees("@mai"))


async def test_where_the_platform_makes_the_accounts_nobody_else_does(
    shop: Shop, look: Look, mai: None
) -> None:
    async with launched(look.url, look.folder, look.clock, guarded=True, sign_up=False) as app:
        phone = await app.open()
        await phone.shows("sign-in")
        assert "sign-up" not in phone.identifiers()
        await enter(phone)
        await phone.until(lambda: phone.sees("@mai"))


@pytest.mark.parametrize("address", [routes.PROFILE, routes.SIGN_INS, routes.ORDERS, routes.PLATFORM])
async def test_no_address_back_or_reconnect_leads_around_a_given_password(
    shop: Shop, look: Look, address: str
) -> None:
    given = give_password(shop, SYSTEM, SARI.id)
    async with served(look) as app:
        phone = await app.open()
        await enter(phone, "sari", given.password)
        await phone.until(lambda: phone.sees("Choose your password"))
        await phone.visit(address)
        await phone.back()
        await phone.disconnect()
        await phone.reconnect(address)
        await phone.rests()
        assert phone.sees("Choose your password")
        assert not phone.sees("@sari")
