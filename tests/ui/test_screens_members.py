"""Members of a shop: invited by a link, let go, and what an invitation is to who follows it."""

import re

import pytest

from app.shop.actions.accounts import change_password, give_password
from app.shop.actions.invitations import invite_member, join_shop
from app.shop.shop import SYSTEM, Shop
from app.shop.tokens import token_digest
from app.ui import routes
from tests.actions.steps import IDS, MAI, OPS, SARI
from tests.headless import Phone
from tests.launch import Launched
from tests.ui.looking import Look
from tests.ui.test_entrance import PASSWORD, enter, served


@pytest.fixture
def people(shop: Shop, look: Look) -> None:
    """Mai buys, Sari acts for her shop, Ops for the platform; each has a password of her own."""
    for who in (MAI, SARI, OPS):
        given = give_password(shop, SYSTEM, who.id)
        change_password(shop, who, given.password, PASSWORD, address="-")


async def at(app: Launched, address: str, name: str) -> Phone:
    """`name` signed in, at this address."""
    phone = await app.open(address)
    await enter(phone, name)
    return phone


def revoking(phone: Phone) -> list[str]:
    """What withdraws an invitation."""
    return [one for one in phone.identifiers() if one.startswith("revoke-")]


async def link(phone: Phone) -> str:
    """The address that stands on the screen, as who gets it opens it."""
    await phone.shows("invitation")
    found = next(text for text in phone.texts() if "/join/" in text)
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/join/[\w-]{43}", found)
    return found[found.index("/join/") :]


async def invited(app: Launched) -> tuple[Phone, Phone, str]:
    """Sari, who just invited Mai, Mai who looks at the invitation, and its address."""
    sari = await at(app, routes.MEMBERS, "sari")
    await sari.tap("invite-kopi-house")
    address = await link(sari)
    mai = await at(app, address, "mai")
    await mai.shows("join-shop")
    return sari, mai, address


async def test_who_is_invited_acts_for_the_shop_from_then_on(shop: Shop, look: Look, people: None) -> None:
    async with served(look) as app:
        sari, mai, address = await invited(app)
        assert sari.sees("Invitation by @sari")
        assert any(one.startswith("Made ") and "good until" in one for one in sari.texts())
        await mai.until(lambda: mai.sees("As @mai you will answer requests"))
        await mai.tap("join-shop")
        await mai.until(lambda: mai.route == routes.SELLER)
        await mai.until(lambda: bool(mai.find("queue-to-answer") or mai.sees("Requests")))
        await sari.until(lambda: sari.sees("@mai") and not sari.sees("Invitation by"))
        again = await app.open(address, kept=dict(mai.kept))
        await again.until(lambda: again.sees("This invitation was used or has ended."))


async def test_an_invitation_that_went_to_the_wrong_one_is_withdrawn(
    shop: Shop, look: Look, people: None
) -> None:
    async with served(look) as app:
        sari, mai, _ = await invited(app)
        await sari.until(lambda: revoking(sari))
        await sari.tap(revoking(sari)[0])
        await sari.until(lambda: not sari.sees("Invitation by"))
        assert not sari.sees("/join/")
        await mai.tap("join-shop")
        await mai.until(lambda: mai.sees("This invitation was used or has ended."))


async def test_a_new_link_stays_while_an_older_invitation_is_withdrawn(
    shop: Shop, look: Look, people: None
) -> None:
    older = token_digest(invite_member(shop, SARI, IDS.kopi_house))
    async with served(look) as app:
        sari = await at(app, routes.MEMBERS, "sari")
        await sari.tap("invite-kopi-house")
        address = await link(sari)
        await sari.tap(f"revoke-{older[:8]}")
        await sari.until(lambda: len(revoking(sari)) == 1)
        assert sari.sees(address)


async def test_an_invitation_that_somebody_else_used_is_no_longer_offered(
    shop: Shop, look: Look, people: None
) -> None:
    async with served(look) as app:
        _, mai, address = await invited(app)
        join_shop(shop, OPS, address.removeprefix("/join/"))
        app.process.windows.tell_everyone()
        await mai.until(lambda: mai.sees("This invitation was used or has ended."))
        assert not mai.find("join-shop")


async def test_a_member_is_let_go_once_it_was_meant(shop: Shop, look: Look, people: None) -> None:
    async with served(look) as app:
        sari = await at(app, routes.MEMBERS, "sari")
        await sari.shows("invite-kopi-house")
        assert not sari.find("remove-sari")  # the last one stays
        await sari.tap("invite-kopi-house")
        mai = await at(app, await link(sari), "mai")
        await mai.tap("join-shop")
        await sari.tap("remove-mai")
        await sari.tap("keep-mai")
        await sari.tap("remove-mai")
        await sari.tap("sure-mai")
        await sari.until(lambda: not sari.sees("@mai"))


async def test_a_new_person_makes_an_account_at_the_link(shop: Shop, look: Look, people: None) -> None:
    async with served(look) as app:
        sari = await at(app, routes.MEMBERS, "sari")
        await sari.tap("invite-kopi-house")
        phone = await app.open(await link(sari))
        await phone.tap("sign-up")
        await phone.type("sign-in-name", "putri")
        await phone.type("sign-in-password", "four quiet hills")
        await phone.tap("sign-in")
        await phone.tap("join-shop")
        await phone.until(lambda: phone.route == routes.SELLER)


async def test_an_address_that_is_no_invitation_says_so(shop: Shop, look: Look, people: None) -> None:
    async with served(look) as app:
        mai = await at(app, routes.join("x" * 43), "mai")
        await mai.until(lambda: mai.sees("This invitation was used or has ended."))


async def test_the_platform_gives_a_password_that_is_told_once(shop: Shop, look: Look, people: None) -> None:
    async with served(look) as app:
        mai = await at(app, routes.PROFILE, "mai")
        await mai.until(lambda: mai.sees("@mai"))
        ops = await at(app, routes.PLATFORM_PEOPLE, "ops")
        await ops.type("people-search", "mai")
        await ops.tap("give-mai")
        await mai.shows("sign-in-name")  # wherever she was in, she is no longer
        password = str((await ops.shows("given-password"))["content"]["value"])
        await enter(mai, "mai", password)
        await mai.until(lambda: mai.sees("Choose your password"))


@pytest.mark.parametrize("name", ["mai", "sari"])
async def test_people_are_the_platforms_to_see(shop: Shop, look: Look, people: None, name: str) -> None:
    async with served(look) as app:
        phone = await at(app, routes.PLATFORM_PEOPLE, name)
        await phone.until(lambda: phone.sees("There is nothing at this address"))
