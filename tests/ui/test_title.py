"""What a window or tab is called: after its screen, in the language spoken, and anew wherever one goes."""

import re

import pytest

from app.shop.shop import Shop
from app.ui import routes
from app.ui.app import ROUTES
from app.ui.title import title
from tests.actions.steps import place
from tests.ui.looking import WIDE, Look

NAMES = {
    "/": "Takeback",
    "/orders": "Orders – Takeback",
    "/orders?tab=completed": "Orders – Takeback",
    "/orders/": "Orders – Takeback",
    "/orders/7": "Order – Takeback",
    "/orders/7?tab=all": "Order – Takeback",
    "/orders/7/cancel": "Cancel order – Takeback",
    "/orders/7/pay": "Pay – Takeback",
    "/inbox": "Inbox – Takeback",
    "/inbox/7": "Order – Takeback",
    "/settings": "Settings and privacy – Takeback",
    "/settings/addresses": "Addresses – Takeback",
    "/checkout?items=7x1": "Checkout – Takeback",
    "/shop/7": "Product – Takeback",
    "/shop/7/checkout?items=7x1": "Checkout – Takeback",
    "/inbox/7/checkout?items=7x1": "Checkout – Takeback",
    "/checkout/add?items=7x1": "Add to the order – Takeback",
    "/shop/7/checkout/add?items=7x1": "Add to the order – Takeback",
    "/orders/7/checkout/add/8?items=7x1": "Product – Takeback",
    "/shop/7/checkout/8": "Takeback",
    "/settings/language": "Language – Takeback",
    "/nowhere": "Takeback",
    "/orders/seven": "Takeback",
}


@pytest.mark.parametrize(("address", "name"), NAMES.items())
def test_an_address_is_named_after_its_screen(address: str, name: str) -> None:
    assert title(address, "Takeback") == name


def test_every_screen_above_the_profile_has_a_name() -> None:
    numbers = re.compile(r"(\(\?P<number>)?\[0-9\]\{1,18\}\)?")
    addresses = [numbers.sub("7", route.pattern) for route in ROUTES]
    assert [one for one in addresses if title(one, "Takeback") == "Takeback"] == [routes.PROFILE]


@pytest.mark.parametrize("size", [(412, 915), WIDE])
async def test_the_title_follows_wherever_one_goes(size: tuple[int, int], look: Look, shop: Shop) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}", size=size) as phone:
        await phone.shows("cancel-order")
        assert phone.tree["title"] == "Order – Takeback"
        await phone.press("Escape")
        await phone.until(lambda: phone.tree["title"] == "Orders – Takeback")
        await phone.visit("/settings")
        await phone.until(lambda: phone.tree["title"] == "Settings and privacy – Takeback")
        await phone.visit("/")
        await phone.until(lambda: phone.tree["title"] == "Takeback")


@pytest.mark.parametrize(("language", "name"), [("id", "Bahasa – Takeback"), ("vi", "Ngôn ngữ – Takeback")])
async def test_the_title_changes_with_the_language(language: str, name: str, look: Look) -> None:
    async with look.at("/settings/language") as phone:
        await phone.until(lambda: phone.tree["title"] == "Language – Takeback")
        await phone.tap(f"language-{language}")
        await phone.until(lambda: phone.tree["title"] == name)


async def test_the_title_is_there_in_the_language_of_the_device(look: Look) -> None:
    async with look.at("/orders", languages=("vi",)) as phone:
        await phone.until(lambda: phone.tree["title"] == "Đơn hàng – Takeback")
