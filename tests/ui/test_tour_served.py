"""The guided tour where everybody signs in: it is nobody's way past the entrance, or to another account."""

import json
from pathlib import Path

import pytest

from app.shop.actions.accounts import give_password
from app.shop.actions.sign_in import sign_out_elsewhere
from app.shop.shop import SYSTEM, Shop
from app.ui import routes
from app.ui.texts import t
from tests.actions.steps import MAI, SARI
from tests.headless import Phone
from tests.launch import Launched
from tests.ui.looking import Look
from tests.ui.test_entrance import PASSWORD, enter, served
from tests.ui.test_screens_members import at, people
from tests.ui.test_tour import TOUR
from tests.ui.touring import begin, course, folders, window

__all__ = ["people"]


async def on_tour(app: Launched) -> Phone:
    """Mai is signed in, and on a tour."""
    phone = await at(app, routes.TOUR, "mai")
    await begin(phone)
    await phone.until(lambda: json.loads(phone.kept.get(TOUR, "[0, false]"))[1])
    return phone


async def test_a_tour_leads_back_to_who_signed_in(shop: Shop, look: Look, people: None) -> None:
    async with served(look) as app:
        phone = await on_tour(app)
        await phone.tap("tour-leave")
        await phone.shows("tour-anew")
        assert window(phone).actor == MAI


async def test_a_tour_leads_nobody_back_who_was_signed_out_meanwhile(
    shop: Shop, look: Look, people: None
) -> None:
    async with served(look) as app:
        phone = await on_tour(app)
        given = give_password(shop, SYSTEM, MAI.id)
        await phone.tap("tour-leave")
        await phone.shows("sign-in-name")
        await phone.until(lambda: phone.sees(t("signed_out_elsewhere")))
        assert window(phone).actor is None
        await enter(phone, "mai", given.password)
        await phone.until(lambda: phone.sees(t("replace_password.title")))


async def test_who_signs_in_next_is_not_on_the_tour_of_who_was_signed_out(
    shop: Shop, look: Look, people: None, tmp_path: Path
) -> None:
    async with served(look) as app:
        phone = await on_tour(app)
        sign_out_elsewhere(shop, MAI)
        course(phone).practice.desk.windows.tell_everyone()
        await phone.shows("sign-in-name")
        await enter(phone, "sari")
        await phone.shows("tour-anew")
        assert "tour-leave" not in phone.identifiers()
        assert window(phone).actor == SARI
        await phone.until(lambda: json.loads(phone.kept[TOUR])[1] is False)
        assert app.process.practices._open == {}
        assert len(folders(tmp_path)) == 1


@pytest.mark.parametrize("given", [False, True], ids=["signed out", "with a given password"])
async def test_a_tour_that_was_on_does_not_begin_at_the_entrance(
    shop: Shop, look: Look, people: None, given: bool
) -> None:
    async with served(look) as app:
        phone = await on_tour(app)
        kept = dict(phone.kept)
    password = give_password(shop, SYSTEM, MAI.id).password if given else PASSWORD
    kept["takeback.token"] = ""
    async with served(look) as app:
        if given:
            before = await app.open(kept=kept)
            await enter(before, "mai", password)
            await before.until(lambda: before.sees(t("replace_password.title")))
        phone = await app.open(kept=kept)
        await phone.shows("sign-in")
        assert window(phone).tour.course is None
        assert not window(phone).practising
        if given:
            await phone.type("given-password", password)
            await phone.type("sign-in-password", "nine bridges stand")
            await phone.tap("sign-in")
        else:
            await enter(phone)
        await phone.until(lambda: phone.sees("@mai"))
        assert "tour-leave" not in phone.identifiers()
