"""Forms of the entrance and of accounts: two taps of one moment, or Enter and a tap, are one."""

import asyncio

from app.shop.actions.accounts import give_password
from app.shop.shop import SYSTEM, Shop
from app.ui import routes
from tests.actions.steps import SARI, rows
from tests.client import nodes
from tests.headless import Phone
from tests.ui.looking import Look
from tests.ui.moments import button, type_and_tap
from tests.ui.test_entrance import PASSWORD, enter, served
from tests.ui.test_screens_members import at, link, people

__all__ = ["people"]


async def twice(phone: Phone, identifier: str) -> None:
    """Tap it twice in one moment."""
    inner = await button(phone, identifier)
    await asyncio.gather(*(phone._event(inner, "click") for _ in range(2)))


async def enter_and_tap(phone: Phone, last: str) -> None:
    """Type the `last` key of a password, press Enter and tap, all in one moment."""
    field = next(nodes(await phone.shows("sign-in-password"), "TextField"))
    typed = str(field["value"]) + last
    sign_in = await button(phone, "sign-in")
    await asyncio.gather(
        phone._event(field, "change", typed, value=typed),
        phone._event(field, "submit", typed),
        phone._event(sign_in, "click"),
    )


def tried(shop: Shop) -> int:
    """How many times somebody signed in."""
    ((count,),) = rows(shop, "SELECT count(*) FROM sign_ins")
    return int(count)


async def test_one_signs_in_once_with_all_that_was_typed(shop: Shop, look: Look, people: None) -> None:
    async with served(look) as app:
        phone = await app.open()
        await phone.type("sign-in-name", "mai")
        await phone.type("sign-in-password", PASSWORD[:-1])
        await enter_and_tap(phone, PASSWORD[-1])
        await phone.until(lambda: phone.sees("@mai"))
        assert tried(shop) == 1


async def test_enter_with_nothing_typed_is_no_try(shop: Shop, look: Look, people: None) -> None:
    async with served(look) as app:
        phone = await app.open()
        await phone.type("sign-in-name", "mai")
        before = rows(shop, "SELECT * FROM tries")
        field = next(nodes(await phone.shows("sign-in-password"), "TextField"))
        await phone._event(field, "submit", "")
        await phone.rests()
        assert rows(shop, "SELECT * FROM tries") == before


async def test_a_tap_too_early_says_what_is_missing(shop: Shop, look: Look, people: None) -> None:
    async with served(look) as app:
        phone = await app.open()
        before = rows(shop, "SELECT * FROM tries")
        await phone.tap("sign-in")
        await phone.until(lambda: phone.sees("Type a handle first."))
        await phone.type("sign-in-name", "mai")
        assert not phone.sees("Type a handle first.")
        await phone.tap("sign-in")
        await phone.until(lambda: phone.sees("Type a password first."))
        assert rows(shop, "SELECT * FROM tries") == before


async def test_a_tap_that_comes_with_the_last_key_counts_it(shop: Shop, look: Look, people: None) -> None:
    async with served(look) as app:
        phone = await at(app, routes.SIGN_INS, "mai")
        await phone.tap("change-password")
        await phone.until(lambda: phone.sees("Type your present password first."))
        await phone.type("old-password", PASSWORD)
        assert not phone.sees("Type your present password first.")
        await phone.tap("change-password")
        await phone.until(lambda: phone.sees("Type a new password first."))
        await phone.type("new-password", "nine bridges stan")
        await type_and_tap(phone, "new-password", "d", "change-password")
        await phone.until(lambda: phone.sees("The password is changed."))
        other = await app.open()
        await enter(other, "mai", "nine bridges stand")
        await other.until(lambda: other.sees("@mai"))


async def test_one_signs_up_once(shop: Shop, look: Look) -> None:
    async with served(look) as app:
        phone = await app.open()
        await phone.tap("sign-up")
        await phone.type("sign-in-name", "nia.buys")
        await phone.type("sign-in-password", PASSWORD[:-1])
        await enter_and_tap(phone, PASSWORD[-1])
        await phone.until(lambda: phone.sees("@nia.buys"))
        assert tried(shop) == 1


async def test_a_given_password_is_replaced_once(shop: Shop, look: Look) -> None:
    given = give_password(shop, SYSTEM, SARI.id)
    async with served(look) as app:
        phone = await app.open()
        await enter(phone, "sari", given.password)
        await phone.until(lambda: phone.sees("Choose your password"))
        await phone.type("sign-in-password", PASSWORD[:-1])
        await enter_and_tap(phone, PASSWORD[-1])
        await phone.until(lambda: phone.sees("@sari"))


async def test_a_password_is_changed_once(shop: Shop, look: Look, people: None) -> None:
    async with served(look) as app:
        phone = await at(app, routes.SIGN_INS, "mai")
        await phone.type("old-password", PASSWORD)
        await phone.type("new-password", "nine bridges stand")
        await twice(phone, "change-password")
        await phone.until(lambda: phone.sees("The password is changed."))
        await phone.rests()
        assert not phone.sees("Your present password is not right.")


async def test_two_taps_invite_one_and_let_one_in(shop: Shop, look: Look, people: None) -> None:
    async with served(look) as app:
        sari = await at(app, routes.MEMBERS, "sari")
        await twice(sari, "invite-kopi-house")
        address = await link(sari)
        await sari.rests()
        assert rows(shop, "SELECT count(*) FROM invitations") == [(1,)]
        mai = await at(app, address, "mai")
        await twice(mai, "join-shop")
        await mai.until(lambda: mai.route == routes.SELLER)
        await mai.rests()
        assert not mai.sees("This invitation was used or has ended.")


async def test_two_taps_give_one_password(shop: Shop, look: Look, people: None) -> None:
    async with served(look) as app:
        ops = await at(app, routes.PLATFORM_PEOPLE, "ops")
        await twice(ops, "give-mai")
        password = str((await ops.shows("given-password"))["content"]["value"])
        await ops.rests()
        assert str((await ops.shows("given-password"))["content"]["value"]) == password
        mai = await at(app, routes.PROFILE, "mai")
        await mai.until(lambda: mai.sees("Handle or password is not right."))
        await enter(mai, "mai", password)
        await mai.until(lambda: mai.sees("Choose your password"))
