"""Something else in the same order: from the checkout to what its shop has, and back with it."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from app.languages import LANGUAGES, catalogue
from app.shop import tables as t
from app.shop.reads.orders import PAGE
from app.shop.rules.items import MOST_LINES
from app.shop.rules.policy import JOURNEY
from app.shop.shop import Shop
from app.ui import routes
from tests.actions.steps import BUDI, IDS, MAI, place, rows, run, settle
from tests.client import Node, nodes
from tests.goods import sell
from tests.headless import Phone
from tests.people import NAVY_PRICE, PRICE, STOCK, put
from tests.ui.looking import WIDE, Look, busy, scroll
from tests.ui.test_screens_names import check
from tests.ui.test_screens_product import chosen
from tests.ui.test_screens_shop import believable, listed

MUG = routes.product(IDS.mug)
ONE = routes.checkout(((IDS.cream, 1),))
SCREEN, FURTHER = 60_000, 15_000
"""Bytes the server may send for the way to what can be added, and for a further page of it."""


def lines(shop: Shop) -> list[tuple[Any, ...]]:
    """Order, variant and pieces of every line."""
    return rows(shop, "SELECT order_number, variant_id, quantity FROM lines ORDER BY order_number, n")


def button(phone: Phone, name: str) -> Node:
    """The button of this name, with all that it says and does."""
    return next(nodes(phone.find(name), "FilledButton"))


def ordered(*items: tuple[int, int]) -> Callable[[Shop], bool]:
    """Whether there is one order, and it is of these."""

    def so(shop: Shop) -> bool:
        found = lines(shop)
        return len({one[0] for one in found}) == 1 and [one[1:] for one in found] == list(items)

    return so


@pytest.mark.parametrize("size", [(360, 640), WIDE], ids=["phone", "wide"])
async def test_two_products_and_another_variant_are_one_order(
    shop: Shop, look: Look, size: tuple[int, int]
) -> None:
    (kettle,) = sell(shop, ["Whistling kettle"])
    async with look.at("/shop", size=size) as phone:
        await phone.tap(f"product-{IDS.mug}")
        await phone.tap("buy")
        await phone.tap("add-item")
        await phone.until(lambda: phone.sees("More from Kopi House") and listed(phone))
        check(phone)
        await phone.tap(f"product-{kettle}")
        await phone.shows("add-to-order")
        check(phone)
        await phone.tap("add-to-order")
        await phone.shows(f"less-{kettle}")
        assert phone.route == f"{MUG}/checkout?items={IDS.cream}x1,{kettle}x1"
        await phone.tap("add-item")
        await phone.tap(f"product-{IDS.mug}")
        await phone.tap(f"variant-{IDS.navy}")
        await phone.until(lambda: chosen(phone) == [f"variant-{IDS.navy}"])
        await phone.tap("more")
        await phone.until(lambda: phone.sees("Navy · × 2"))
        await phone.tap("add-to-order")
        await phone.shows(f"less-{IDS.navy}")
        await phone.tap("place-order")
        together = ordered((IDS.cream, 1), (kettle, 1), (IDS.navy, 2))
        await phone.until(lambda: together(shop))


async def test_what_was_chosen_in_the_checkout_stays(shop: Shop, look: Look) -> None:
    settle(shop, JOURNEY.with_settings({"shipping_minor": 12_000}))
    async with look.at(ONE) as phone:
        await phone.tap("coins")
        await phone.tap("method-cod")
        await phone.tap("checkout-address")
        await phone.tap(f"address-{IDS.home}")
        await phone.tap("vouchers")
        await phone.type("voucher-code", "kopi15k")
        await phone.tap("use-code")  # from 100,000 on, which one mug is not
        await phone.until(lambda: phone.sees("IDR\u00a015,000 more and you can use it"))
        await phone.tap("vouchers-done")
        await phone.until(lambda: phone.find("voucher-code") is None)
        await phone.tap(f"more-{IDS.cream}")
        await phone.tap(f"more-{IDS.cream}")
        await phone.until(lambda: phone.sees("IDR\u00a0255,000"))
        await phone.tap("add-item")
        await phone.until(lambda: phone.route == f"/checkout/add?items={IDS.cream}x3")
        await phone.tap(f"product-{IDS.mug}")
        await phone.tap(f"variant-{IDS.navy}")
        await phone.until(lambda: chosen(phone) == [f"variant-{IDS.navy}"])
        await phone.tap("add-to-order")
        await phone.shows(f"less-{IDS.navy}")
        await phone.tap("vouchers")
        await phone.until(lambda: (phone.find("voucher-kopi15k") or {}).get("selected"))
        assert next(nodes(await phone.shows("voucher-code"), "TextField"))["value"] == "KOPI15K"
        await phone.tap("vouchers-done")
        await phone.until(lambda: phone.find("voucher-code") is None)
        await phone.tap("place-order")
        await phone.until(lambda: lines(shop))
        found = rows(shop, "SELECT payment_method, address_id, total_minor FROM orders")
        total = 3 * PRICE + NAVY_PRICE - 15_000 - 1_000
        assert found == [("COD", IDS.home, total)]


async def test_the_same_variant_adds_up_as_far_as_there_is_of_it(shop: Shop, look: Look) -> None:
    run(shop, f"UPDATE balances SET taken_in = 5, free = 5 WHERE kind = 'STOCK' AND subject = {IDS.cream}")
    async with look.at(routes.checkout(((IDS.cream, 2),))) as phone:
        await phone.tap("add-item")
        await phone.tap(f"product-{IDS.mug}")
        await phone.until(lambda: phone.sees("2 in the order · 3 left"))
        assert chosen(phone) == [f"variant-{IDS.forest}"]  # what is not ordered yet comes first
        await phone.tap(f"variant-{IDS.cream}")
        for pieces in (2, 3):
            await phone.tap("more")
            await phone.until(lambda pieces=pieces: phone.sees(f"Cream · × {pieces}"))  # type: ignore[misc]
        assert (await phone.shows("more")).get("disabled")
        await phone.tap("add-to-order")
        await phone.until(lambda: phone.route == routes.checkout(((IDS.cream, 5),)))
        await phone.until(lambda: (phone.find(f"more-{IDS.cream}") or {}).get("disabled"))
        await phone.tap("add-item")
        await phone.tap(f"product-{IDS.mug}")
        await phone.until(lambda: phone.sees("5 in the order · 0 left"))
        assert (await phone.shows(f"variant-{IDS.cream}")).get("disabled")
        await phone.visit(routes.checkout(((IDS.cream, 5),)))
        await phone.tap("place-order")
        await phone.until(lambda: ordered((IDS.cream, 5))(shop))


async def test_where_all_there_is_is_ordered_already_nothing_can_be_added(shop: Shop, look: Look) -> None:
    (kettle,) = sell(shop, ["Kettle"], free=2)
    async with look.at(f"/checkout/add/{kettle}?items={kettle}x2") as phone:
        await phone.shows("add-to-order")
        assert button(phone, "add-to-order")["content"] == "Nothing left to add"
        assert button(phone, "add-to-order")["disabled"]


async def test_what_can_be_added_is_of_the_same_shop_and_currency(shop: Shop, look: Look) -> None:
    """The rest would be refused: an order has one shop and one currency."""
    (kettle,) = sell(shop, ["Kettle"])
    (abroad,) = sell(shop, ["Teapot"], first=2_000)
    run(shop, f"UPDATE variants SET currency = 'VND' WHERE id = {abroad}")
    with shop.change() as work:
        about: dict[str, Any] = {"product_id": kettle, "price_minor": 9}
        put(work, t.Variant(id=3_000, name="Elsewhere", currency="AUD", **about))
    async with look.at(routes.add(ONE, ((IDS.cream, 1),))) as phone:
        await phone.until(lambda: listed(phone) == [kettle, IDS.mug])
        assert phone.sees("IDR\u00a050,000")
        assert not phone.sees("from IDR\u00a050,000")
        await phone.tap(f"product-{kettle}")
        await phone.shows(f"variant-{kettle}")
        assert phone.find("variant-3000") is None


@pytest.mark.parametrize("product", [IDS.shirt, 999])
async def test_what_cannot_stand_in_the_order_is_not_there(look: Look, product: int) -> None:
    async with look.at(routes.add(ONE, ((IDS.cream, 1),), product=product)) as phone:
        await phone.until(lambda: phone.sees("This product is not there"))
        await phone.tap("back")
        await phone.shows(f"product-{IDS.mug}")


@pytest.mark.parametrize("items", ["", "?items=abc", "?items=99x1"])
async def test_nothing_can_be_added_to_nothing(look: Look, items: str) -> None:
    async with look.at(f"/checkout/add{items}") as phone:
        await phone.until(lambda: phone.sees("There is nothing to order here."))
        await phone.tap("back-to-profile")
        await phone.until(lambda: phone.route == "/")


@pytest.mark.parametrize("size", [(412, 915), WIDE], ids=["phone", "wide"])
async def test_back_leads_where_one_came_from(shop: Shop, look: Look, size: tuple[int, int]) -> None:
    products = believable(shop, 2 * PAGE)
    at = f"{MUG}/checkout?category=home&items={IDS.cream}x1"
    async with look.at("/shop", size=size) as phone:
        await phone.visit(at)
        await phone.tap("add-item")
        await phone.until(lambda: listed(phone) == products[:PAGE])
        await phone.tap("load-more")
        await phone.until(lambda: len(listed(phone)) == 2 * PAGE)
        await phone.tap(f"product-{products[33]}")
        await phone.shows("add-to-order")
        assert phone.route == f"{MUG}/checkout/add/{products[33]}?category=home&items={IDS.cream}x1"
        await phone.tap("back")
        await phone.until(lambda: phone.find("add-to-order") is None)
        assert listed(phone)[:33] == products[:33]  # the list is where it was
        await phone.press("Escape")
        await phone.until(lambda: phone.route == at)
        await phone.press("Escape")
        await phone.until(lambda: phone.route == f"{MUG}?category=home")
        await phone.shows("buy")


async def test_the_address_alone_says_what_is_added_to_what(shop: Shop, look: Look) -> None:
    (kettle,) = sell(shop, ["Kettle"])
    number = place(shop)
    above = routes.checkout(((IDS.cream, 2), (IDS.navy, 1)), routes.order(number), routes.order(number))
    async with look.at(routes.add(above, ((IDS.cream, 2), (IDS.navy, 1)), product=kettle)) as phone:
        await phone.tap("add-to-order")
        together = f"{IDS.cream}x2,{IDS.navy}x1,{kettle}x1"
        await phone.until(lambda: phone.route == f"/orders/{number}/checkout?items={together}")
        await phone.shows(f"less-{kettle}")
        await phone.tap("back")
        await phone.until(lambda: phone.route == routes.order(number))


async def test_a_search_for_what_to_add_stays_apart_from_that_of_the_shop(shop: Shop, look: Look) -> None:
    (kettle,) = sell(shop, ["Kettle"])
    async with look.at(f"{MUG}/checkout?q=mug&items={IDS.cream}x1") as phone:
        await phone.tap("add-item")
        await phone.until(lambda: listed(phone) == [kettle, IDS.mug])
        await phone.tap("find-products")
        await phone.type("products-search", "kett")
        await phone.until(lambda: listed(phone) == [kettle] and phone.route.endswith("x1&find=kett"))
        await phone.tap(f"product-{kettle}")
        await phone.until(lambda: f"/add/{kettle}?" in phone.route)
        await phone.tap("back")
        await phone.until(lambda: listed(phone) == [kettle])
        await phone.press("Escape")
        await phone.until(lambda: listed(phone) == [kettle, IDS.mug] and "find" not in phone.route)
        await phone.press("Escape")
        await phone.shows("place-order")
        await phone.press("Escape")
        await phone.shows("buy")
        await phone.press("Escape")
        await phone.until(lambda: phone.route == "/shop?q=mug" and listed(phone) == [IDS.mug])
        await phone.press("Escape")  # its own search is still what Esc leaves
        await phone.until(lambda: phone.route == "/shop" and len(listed(phone)) > 1)


async def test_a_variant_that_is_gone_meanwhile_is_told(shop: Shop, look: Look) -> None:
    (kettle,) = sell(shop, ["Kettle"])
    async with look.at(ONE) as phone:
        await phone.tap("add-item")
        await phone.tap(f"product-{IDS.mug}")
        await phone.until(lambda: chosen(phone) == [f"variant-{IDS.forest}"])
        place(shop, (IDS.forest, STOCK), buyer=BUDI)
        phone.process.windows.tell({MAI.id})
        await phone.until(lambda: phone.sees("Forest is sold out. Choose another option."))
        assert button(phone, "add-to-order")["disabled"]
        await phone.tap("back")
        await phone.tap(f"product-{kettle}")
        await phone.shows("add-to-order")
        place(shop, (kettle, STOCK), buyer=BUDI)  # nobody has told this window yet
        await phone.tap("add-to-order")
        await phone.until(lambda: phone.sees("Not enough left: 0 pieces."))
        await phone.tap(f"less-{kettle}")
        await phone.until(lambda: phone.find(f"less-{kettle}") is None)
        await phone.tap("place-order")
        await phone.until(lambda: [one[1:] for one in lines(shop)].count((IDS.cream, 1)) == 1)


async def test_what_leads_the_order_may_be_gone_and_the_rest_still_says_the_shop(
    shop: Shop, look: Look
) -> None:
    async with look.at(f"/checkout?items=99x1,{IDS.cream}x1") as phone:
        await phone.tap("add-item")
        await phone.until(lambda: listed(phone) == [IDS.mug])


async def test_two_taps_add_once_and_nothing_is_ordered_twice(shop: Shop, look: Look) -> None:
    (kettle,) = sell(shop, ["Kettle"])
    async with look.at(ONE) as phone:
        await phone.tap("add-item")
        await phone.tap(f"product-{kettle}")
        await phone.shows("add-to-order")
        pressed = button(phone, "add-to-order")
        for _ in range(2):  # no person waits for the next screen
            await phone._event(pressed, "click", None)
        await phone.shows(f"less-{kettle}")
        assert phone.route == routes.checkout(((IDS.cream, 1), (kettle, 1)))
        await phone.tap("place-order")
        await phone.until(lambda: ordered((IDS.cream, 1), (kettle, 1))(shop))
        await phone.shows("more-time")
        await phone.visit(ONE)  # what it began from is an order of its own, and none until it is placed
        await phone.shows("place-order")
        assert len(lines(shop)) == 2
        await phone.tap("place-order")
        await phone.until(lambda: [one[1:] for one in lines(shop)].count((IDS.cream, 1)) == 2)
        assert len(lines(shop)) == 3


async def test_while_it_is_being_ordered_nothing_is_added(shop: Shop, look: Look) -> None:
    async with look.at(ONE) as phone:
        await phone.shows("place-order")
        assert not (await phone.shows("add-item")).get("disabled")
        async with busy(phone):
            tapped = asyncio.ensure_future(phone.tap("place-order"))
            await phone.until(lambda: (phone.find("add-item") or {}).get("disabled"))
        await tapped


async def test_an_order_of_as_many_lines_as_there_can_be_takes_no_more(shop: Shop, look: Look) -> None:
    goods = sell(shop, [f"Cup {n}" for n in range(MOST_LINES)])
    items = tuple((one, 1) for one in goods)
    async with look.at(routes.checkout(items)) as phone:
        assert (await phone.shows("add-item")).get("disabled")
        await phone.tap(f"less-{goods[0]}")
        await phone.until(lambda: not (phone.find("add-item") or {}).get("disabled"))


async def test_a_window_that_is_turned_stays_with_what_is_added(look: Look) -> None:
    async with look.at(ONE) as phone:
        await phone.tap("add-item")
        await phone.tap(f"product-{IDS.mug}")
        await phone.tap(f"variant-{IDS.navy}")
        await phone.until(lambda: chosen(phone) == [f"variant-{IDS.navy}"])
        await phone.resize(*WIDE)
        await phone.until(lambda: chosen(phone) == [f"variant-{IDS.navy}"] and phone.find("add-to-order"))


@pytest.mark.parametrize("size", [(412, 915), WIDE], ids=["phone", "wide"])
async def test_what_can_be_added_stays_small_on_the_wire(
    shop: Shop, look: Look, size: tuple[int, int]
) -> None:
    products = believable(shop, 2 * PAGE + 1)
    async with look.at("/", size=size) as phone:
        await phone.shows("strip-to-ship")
        await phone.visit(ONE)
        await phone.shows("place-order")
        await phone.rests()
        before = phone.bytes_sent
        await phone.tap("add-item")
        await phone.until(lambda: listed(phone) == products[:PAGE] and phone.find("load-more"))
        assert phone.bytes_sent - before < SCREEN
        await phone.rests()
        before = phone.bytes_sent
        await scroll(phone, 3_900, 4_000)
        await phone.until(lambda: len(listed(phone)) == 2 * PAGE)
        assert phone.bytes_sent - before < FURTHER
        await phone.rests()
        before = phone.bytes_sent
        await phone.tap(f"product-{products[3]}")
        await phone.shows("add-to-order")
        assert phone.bytes_sent - before < SCREEN


@pytest.mark.parametrize("language", LANGUAGES)
async def test_adding_speaks_every_language(look: Look, language: str) -> None:
    says = catalogue(language).gettext
    async with look.at(ONE, languages=(language,)) as phone:
        await phone.until(lambda: phone.sees(says("add_item.from").format(shop="Kopi House")))
        await phone.tap("add-item")
        await phone.until(lambda: phone.sees(says("add_item.title").format(shop="Kopi House")))
        await phone.tap(f"product-{IDS.mug}")
        await phone.until(lambda: phone.sees(says("add_item")))
        assert phone.sees(says("add_item.ordered").format(count=1).split("1")[-1].strip())
