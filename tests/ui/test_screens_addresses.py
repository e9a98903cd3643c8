"""The address book on the screen: added, put right, preferred, removed after one question."""

import pytest

from app.languages import LANGUAGES, catalogue
from app.shop.actions.addresses import remove_address
from app.shop.reads.addresses import address_book
from app.shop.rules.addresses import PARTS
from app.shop.shop import Shop
from app.ui import routes
from app.ui.dialogs.address import FIELDS
from tests.actions.steps import IDS, MAI, fresh
from tests.client import nodes
from tests.headless import Phone
from tests.ui.looking import WIDE, Look, broken
from tests.ui.test_screens_names import check


def book(shop: Shop) -> list[str]:
    """What mai's addresses are called, the preferred one first."""
    return [entry.parts.label for entry in address_book(shop, MAI)]


async def fill(client: Phone, /, **parts: str) -> None:
    """Type into the fields of the form."""
    for part, text in parts.items():
        await client.type(f"address-{part}", text)


def test_every_part_of_an_address_can_be_written() -> None:
    assert {*FIELDS, "country"} == {*PARTS}


async def test_the_settings_lead_to_the_book(shop: Shop, look: Look) -> None:
    async with look.at(routes.SETTINGS) as phone:
        await phone.tap("go-addresses")
        await phone.shows("add-address")
        check(phone)
        assert phone.sees("Bandung, Indonesia")
        assert phone.sees("Preferred")


async def test_an_address_is_added_and_found_in_the_book(shop: Shop, look: Look) -> None:
    async with look.at(routes.ADDRESSES) as phone:
        await phone.tap("add-address")
        await phone.shows("address-recipient")
        check(phone)
        await fill(
            phone, recipient="Mai", phone="0812 345 678", lines="Jl. Melati 7", city="Solo", label="Mother"
        )
        await phone.tap("more-countries")
        await phone.tap("country-vn")
        await phone.tap("save-address")
        await phone.until(lambda: phone.sees("Jl. Melati 7, Solo, Vietnam"))
        assert "Mother" in book(shop)


async def test_what_will_not_do_is_said_at_its_field_and_what_was_typed_stays(shop: Shop, look: Look) -> None:
    async with look.at(routes.ADDRESSES) as phone:
        await phone.tap("add-address")
        await fill(phone, recipient="Mai", phone="call me", lines="Jl. Melati 7", city="Solo")
        await phone.tap("save-address")
        await phone.until(lambda: phone.sees("Write the number as it is dialled, with figures."))
        assert phone.sees("call me")
        await fill(phone, phone="0812 345 678")
        await phone.resize(*WIDE)
        await phone.until(lambda: phone.find("address-recipient") is None)
        await phone.tap("add-address")
        await phone.until(lambda: phone.sees("Jl. Melati 7"))
        await phone.tap("save-address")
        await phone.until(lambda: len(book(shop)) == 3)


async def test_an_address_is_put_right(shop: Shop, look: Look) -> None:
    async with look.at(routes.ADDRESSES) as phone:
        await phone.tap(f"address-{IDS.home}-edit")
        await fill(phone, recipient="Mai", phone="0812 345 678", lines="Jl. Kenanga 1")
        await phone.tap("save-address")
        await phone.until(lambda: phone.sees("Jl. Kenanga 1, Bandung, Indonesia"))
        assert sorted(book(shop)) == ["Home", "Office"]


async def test_a_screen_reader_tells_which_address_is_meant(look: Look) -> None:
    async with look.at(routes.ADDRESSES) as phone:
        said = {
            name: next(nodes(await phone.shows(f"address-{IDS.home}-{name}"), "Text"))["semantics_label"]
            for name in ("edit", "remove", "prefer")
        }
        assert said == {"edit": "Edit: Home", "remove": "Remove: Home", "prefer": "Make preferred: Home"}


async def test_saving_an_address_is_not_called_what_a_cancel_is(look: Look) -> None:
    async with look.at(routes.ADDRESSES) as phone:
        await phone.tap("add-address")
        await phone.shows("save-address")
        assert not {"submit", "keep-order"} & set(phone.identifiers())
        await phone.tap("not-now")
        await phone.until(lambda: phone.find("save-address") is None)


async def test_another_one_is_preferred(shop: Shop, look: Look) -> None:
    async with look.at(routes.ADDRESSES) as phone:
        await phone.tap(f"address-{IDS.home}-prefer")
        await phone.until(lambda: book(shop) == ["Home", "Office"])
        await phone.shows(f"address-{IDS.office}-prefer")
        assert phone.find(f"address-{IDS.home}-prefer") is None


async def test_nothing_is_removed_before_it_is_asked(shop: Shop, look: Look) -> None:
    async with look.at(routes.ADDRESSES) as phone:
        await phone.tap(f"address-{IDS.office}-remove")
        await phone.until(lambda: phone.sees("Remove Office? Orders sent there keep it."))
        check(phone)
        await phone.tap(f"address-{IDS.office}-keep")
        await phone.tap(f"address-{IDS.office}-remove")
        assert len(book(shop)) == 2
        await phone.tap(f"address-{IDS.office}-gone")
        await phone.until(lambda: book(shop) == ["Home"])
        await phone.until(lambda: not phone.find(f"address-{IDS.office}-edit"))


async def test_an_empty_book_says_what_to_do(shop: Shop, look: Look) -> None:
    for one in (IDS.home, IDS.office):
        remove_address(shop, MAI, one, key=fresh())
    async with look.at(routes.ADDRESSES) as phone:
        await phone.until(lambda: phone.sees("You have no address yet."))
        await phone.tap("add-address")
        await phone.shows("address-recipient")


async def test_a_store_in_trouble_says_so(shop: Shop, look: Look) -> None:
    with broken(shop, "addresses"):
        async with look.at(routes.ADDRESSES, fails=True) as phone:
            await phone.shows("try-again")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_speaks_every_language_within_its_bytes(shop: Shop, look: Look, language: str) -> None:
    async with look.at("/", kept={"takeback.language": language}) as phone:
        await phone.shows("strip-to-ship")
        await phone.rests()
        before = phone.bytes_sent
        await phone.visit(routes.ADDRESSES)
        await phone.tap("add-address")
        await phone.tap("more-countries")
        await phone.shows("country-pt")
        assert phone.bytes_sent - before < 40_000
        assert phone.sees(catalogue(language).gettext("address.recipient"))
