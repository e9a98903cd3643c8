"""Where everybody signs in, nothing leads to the account of another: no screen, no address, no act."""

from pathlib import Path

import pytest

from app.shop.rules.errors import NotFound
from app.shop.shop import Actor, Shop
from app.ui import routes
from app.ui.texts import t
from tests.actions.steps import MAI, OPS, SARI
from tests.files.made import as_file, tiktok_order
from tests.headless import Phone
from tests.rights import tell
from tests.ui.looking import Look
from tests.ui.test_rights import screens, signed_in
from tests.ui.test_screens_import import bring_in, figures
from tests.ui.touring import window

WORDS = ("switch_account", "import_see", "import_whose", "import_not_yours_how")
"""What is said where one may look as somebody else."""


def leads_to_others(phone: Phone) -> list[str]:
    """What on the screen leads to another's account, or says that one could go there."""
    named = [
        one
        for one in phone.identifiers()
        if one in ("switch-account", "see-accounts") or one.startswith("account-")
    ]
    return named + [code for code in WORDS if phone.sees(t(code))]


@pytest.mark.parametrize(("name", "actor"), [("mai", MAI), ("sari", SARI), ("ops", OPS)])
async def test_no_screen_of_who_signed_in_leads_to_another_account(
    shop: Shop, look: Look, name: str, actor: Actor
) -> None:
    story = tell(shop)
    async with signed_in(shop, look, name, actor) as (phone, answers):
        await phone.tap("menu")
        await phone.shows("go-settings")
        assert leads_to_others(phone) == []
        await phone.back()
        for _, address in screens(story):
            await phone.visit(address)
            await answers.all_shown(phone)
            assert leads_to_others(phone) == [], address


async def test_what_came_in_leads_to_where_one_works(shop: Shop, look: Look, tmp_path: Path) -> None:
    tell(shop)
    async with signed_in(shop, look, "ops", OPS) as (phone, _):
        await phone.visit(routes.IMPORT)
        await bring_in(phone, as_file(tmp_path, [tiktok_order()]))
        await figures(phone)
        assert leads_to_others(phone) == []
        await phone.tap("see-platform")
        await phone.until(lambda: phone.route == routes.PLATFORM)


@pytest.mark.parametrize("address", [routes.ACCOUNTS, f"{routes.ACCOUNTS}/", f"{routes.ACCOUNTS}?q=sari"])
async def test_no_address_leads_there_either(shop: Shop, look: Look, address: str) -> None:
    tell(shop)
    async with signed_in(shop, look, "mai", MAI) as (phone, _):
        await phone.visit(address)
        await phone.until(lambda: phone.sees(t("missing")))
        assert leads_to_others(phone) == []


async def test_a_window_looks_as_nobody_but_who_signed_in(shop: Shop, look: Look) -> None:
    tell(shop)
    async with signed_in(shop, look, "mai", MAI) as (phone, _):
        with pytest.raises(NotFound):
            await window(phone).become(SARI.id)
        assert window(phone).actor == MAI
