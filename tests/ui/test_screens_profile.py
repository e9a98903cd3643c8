"""The profile, the three-line menu, and settings."""

import pytest

from app.shop.rules.orders import Status
from app.shop.shop import Shop
from app.ui.entries import entries
from tests.actions.steps import MAI, SARI, order_in, place, run
from tests.ui.looking import WIDE, Busy, Look, broken, busy, once_before

PHONE = (412, 915)


async def test_the_profile_shows_who_looks_and_how_their_orders_stand(shop: Shop, look: Look) -> None:
    place(shop)
    place(shop)
    order_in(shop, Status.AWAITING_SHIPMENT)
    async with look.at("/") as phone:
        strip = await phone.shows("strip-pending-payment")
        assert phone.texts()[:6] == ["Menu", "M", "Mai", "@mai", "3", "orders"]
        await phone.until(lambda: strip["content"]["content"]["controls"][0].get("badge"))
        assert strip["content"]["content"]["controls"][0]["badge"]["label"]["value"] == "2"


async def test_a_seller_reads_for_whom_they_sell(look: Look) -> None:
    async with look.at("/", person=SARI) as phone:
        await phone.until(lambda: phone.sees("Member of kopi-house"))


async def test_the_profile_loads_in_its_own_shape(look: Look) -> None:
    machine = Busy()
    async with look.at("/", app=once_before(machine.begin)) as phone:
        await phone.shows("menu")
        await phone.until(lambda: phone.sees("Loading"))
        assert not phone.sees("@mai")
        machine.end()
        await phone.until(lambda: phone.sees("@mai"))


async def test_a_profile_that_cannot_be_read_says_so_and_tries_again(shop: Shop, look: Look) -> None:
    screen = once_before(lambda _: run(shop, "ALTER TABLE members RENAME TO elsewhere"))
    async with look.at("/", app=screen, fails=True) as phone:
        await phone.shows("try-again")
        assert phone.sees("Something went wrong here.")
        run(shop, "ALTER TABLE elsewhere RENAME TO members")
        await phone.tap("try-again")
        await phone.until(lambda: phone.sees("@mai"))


async def test_what_is_there_stays_while_it_cannot_be_read_again(
    shop: Shop, look: Look, caplog: pytest.LogCaptureFixture
) -> None:
    async with look.at("/", fails=True) as phone:
        await phone.until(lambda: phone.sees("@mai"))
        with broken(shop, "members"):
            run(shop, "UPDATE people SET bio = 'Newer than what is shown'")
            phone.process.windows.tell({MAI.id})
            await phone.until(lambda: "something nobody expected" in caplog.text)
        assert phone.sees("@mai")
        phone.process.windows.tell({MAI.id})
        await phone.until(lambda: phone.sees("Newer than what is shown"))


async def test_the_strip_opens_the_orders_on_its_tab(shop: Shop, look: Look) -> None:
    place(shop)
    async with look.at("/") as phone:
        await phone.tap("strip-cancelled")
        await phone.until(lambda: phone.sees("You have cancelled nothing."))
        assert phone.route == "/orders?tab=cancelled"


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["sheet", "drawer"])
async def test_the_menu_lists_the_screens_there_are(look: Look, size: tuple[int, int]) -> None:
    async with look.at("/", size=size) as phone:
        await phone.tap("menu")
        await phone.shows("go-settings")
        listed = [one.identifier for one in entries(member=False, staff=False) if one.in_menu]
        assert phone.identifiers()[: len(listed)] == listed


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
async def test_the_long_way_to_the_orders(look: Look, size: tuple[int, int]) -> None:
    async with look.at("/", size=size) as phone:
        await phone.tap("menu")
        await phone.tap("go-settings")
        await phone.until(lambda: phone.sees("Settings and privacy") and phone.route == "/settings")
        await phone.tap("go-orders")
        await phone.shows("tab-all")
        await phone.press("Escape")
        await phone.shows("menu")


async def test_the_menu_closes_without_a_choice(look: Look) -> None:
    async with look.at("/") as phone:
        await phone.tap("menu")
        await phone.shows("go-settings")
        await phone.back()
        await phone.until(lambda: not phone.find("go-settings"))
        await phone.tap("menu")
        await phone.shows("go-settings")


async def test_settings_list_what_can_be_set_and_who_looks(look: Look) -> None:
    async with look.at("/settings") as phone:
        await phone.shows("go-orders")
        assert phone.find("switch-account")
        assert phone.sees("@mai")


async def test_settings_are_there_while_nothing_can_be_read(look: Look) -> None:
    async with look.at("/") as phone:
        await phone.tap("menu")
        async with busy(phone):
            await phone.tap("go-settings")
            await phone.until(lambda: phone.sees("Settings and privacy") and phone.find("go-orders"))
