"""The shop: cards as creators show them, a search, categories, pages, and what they cost on the wire."""

from typing import Any

import pytest

from app.shop.demo import fill
from app.shop.reads.feed import feed
from app.shop.reads.orders import PAGE
from app.shop.shop import Shop
from app.ui.parts.skeleton import ProductsSkeleton
from tests.actions.steps import BUDI, IDS, MAI, SARI, place, run
from tests.client import Node, nodes
from tests.goods import sell
from tests.headless import Phone, wire
from tests.people import STOCK
from tests.ui.looking import WIDE, Busy, Look, broken, busy, once_before, pull, scroll

OPENING, FURTHER, CHANGED = 30_000, 15_000, 2_000
"""Bytes the server may send for the feed with its first page, a further page, and one changed product."""


def listed(phone: Phone) -> list[int]:
    """The products on the screen, from the top."""
    return [int(name[8:]) for name in phone.identifiers() if name.startswith("product-")]


def believable(shop: Shop, count: int) -> list[int]:
    """Products that have everything a card can show, the newest first."""
    titles = [f"Handmade stoneware plate Aster {n}" for n in range(count)]
    about: dict[str, Any] = {"creator_id": IDS.creator, "picture": "goods/plate-3.svg", "category": "home"}
    shown: dict[str, Any] = {
        "pitch": "I bought one for the video and kept four of them.",
        "shown": "video",
        "reviews": 1_204,
        "stars": 5_700,
    }
    return sell(shop, titles, **about, **shown)


async def test_a_card_says_what_it_is_what_it_costs_and_who_shows_it(shop: Shop, look: Look) -> None:
    about: dict[str, Any] = {"creator_id": IDS.creator, "pitch": "It whistles.", "shown": "live"}
    (kettle,) = sell(shop, ["Whistling kettle"], **about, reviews=1_300, stars=6_240)
    async with look.at("/shop?currency=all") as phone:
        card = await phone.shows(f"product-{kettle}")
        words = [node["value"] for node in nodes(card, "Text") if "value" in node]
        said = "@dewi.pours “It whistles.”\n★ 4.8 · 1,300 reviews"
        assert words == ["\u00a0● Live\u00a0", "Whistling kettle", "IDR\u00a050,000", said]
        assert phone.sees("from IDR\u00a085,000")  # the mug, of which navy costs more
        assert phone.sees("Linen Lab")  # nobody shows the shirt


@pytest.mark.parametrize(("shown", "word"), [("live", "● Live"), ("video", "▶ Video"), (None, None)])
async def test_how_it_is_shown_stands_on_the_picture(
    shop: Shop, look: Look, shown: str | None, word: str | None
) -> None:
    (kettle,) = sell(shop, ["Kettle"], shown=shown)
    async with look.at("/shop") as phone:
        card = await phone.shows(f"product-{kettle}")
        badges = [text["value"] for badge in nodes(card, "Badge") for text in nodes(badge, "Text")]
        assert [badge.replace("\u00a0", " ").strip() for badge in badges] == ([word] if word else [])


async def test_what_is_sold_out_says_so_in_place_of_the_badge(shop: Shop, look: Look) -> None:
    (kettle,) = sell(shop, ["Kettle"], shown="live", free=1)
    async with look.at("/shop") as phone:
        await phone.until(lambda: "Live" in str(phone.tree))
        place(shop, (kettle, 1))
        phone.process.windows.tell({MAI.id})
        await phone.until(lambda: phone.sees("Sold out") and "Live" not in str(phone.tree))


async def test_a_tap_opens_the_product_and_the_way_back_keeps_the_pages(shop: Shop, look: Look) -> None:
    products = believable(shop, 2 * PAGE)
    async with look.at("/shop") as phone:
        await phone.until(lambda: listed(phone) == products[:PAGE])
        await phone.tap("load-more")
        await phone.until(lambda: listed(phone) == products)
        await phone.tap(f"product-{products[30]}")
        await phone.shows(f"variant-{products[30]}")
        await phone.until(lambda: phone.route == f"/shop/{products[30]}")
        await phone.back()
        await phone.until(lambda: listed(phone) == products)


async def test_the_picture_flies_to_the_page_and_not_to_an_orders(shop: Shop, look: Look) -> None:
    async with look.at("/shop") as phone:
        card = await phone.shows(f"product-{IDS.mug}")
        (hero,) = nodes(card, "Hero")
        await phone.tap(f"product-{IDS.mug}")
        await phone.shows(f"variant-{IDS.cream}")
        (there,) = nodes(phone.views[-1], "Hero")
        assert hero["tag"] == there["tag"] == f"p{IDS.mug}"


async def test_nothing_flies_for_who_asked_for_less_motion(look: Look) -> None:
    async with look.at("/shop", calm=True) as phone:
        await phone.shows(f"product-{IDS.mug}")
        await phone.until(lambda: not list(nodes(phone.tree, "Hero")))


async def test_when_wide_the_feed_stays_where_it_was_below_the_product(shop: Shop, look: Look) -> None:
    products = believable(shop, 2 * PAGE)
    async with look.at("/shop", size=WIDE) as phone:
        await phone.until(lambda: listed(phone) == products[:PAGE])
        assert phone.find("back") is None  # the rail leads everywhere
        await phone.tap("load-more")
        await phone.until(lambda: listed(phone) == products)
        await phone.tap(f"product-{products[33]}")
        await phone.shows(f"variant-{products[33]}")
        assert covered(phone)["opacity"] == 0
        assert covered(phone)["disabled"]
        await phone.tap("back")
        await phone.until(lambda: phone.find(f"variant-{products[33]}") is None)
        assert listed(phone) == products
        assert covered(phone).get("opacity", 1) == 1
        assert not covered(phone).get("disabled")


def covered(phone: Phone) -> Node:
    """What holds the feed in a wide window."""
    (stack,) = (node for node in nodes(phone.views[-1], "Stack") if node.get("fit") == "expand")
    below: Node = stack["controls"][0]
    return below


@pytest.mark.parametrize("size", [(360, 640), (412, 915), WIDE])
async def test_the_client_puts_as_many_in_a_row_as_there_is_room_for(
    shop: Shop, look: Look, size: tuple[int, int]
) -> None:
    believable(shop, PAGE)
    async with look.at("/shop", size=size) as phone:
        await phone.until(lambda: len(listed(phone)) == PAGE)
        (grid,) = nodes(phone.views[-1], "ResponsiveRow")
        assert all(PAGE % columns == 0 for columns in grid["columns"].values())
        assert {node.get("col") for node in nodes(grid, "Semantics") if "identifier" in node} == {1}


async def test_the_bar_leads_to_the_shop_and_back(look: Look) -> None:
    async with look.at("/") as phone:
        await phone.tap("go-shop")
        await phone.shows(f"product-{IDS.mug}")
        assert phone.route == "/shop"
        assert (await phone.shows("go-shop"))["selected"]
        assert phone.find("inbox")
        await phone.tap("go-profile")
        await phone.shows("menu")


async def test_the_rail_leads_to_the_shop(look: Look) -> None:
    async with look.at("/", size=WIDE) as phone:
        await phone.tap("go-shop")
        await phone.shows(f"product-{IDS.mug}")
        assert (await phone.shows("go-shop"))["selected"]


# Narrowed


async def test_a_search_narrows_the_feed_and_stays_in_the_address(shop: Shop, look: Look) -> None:
    sell(shop, ["Kettle"])
    async with look.at("/shop") as phone:
        await phone.tap("find-products")
        await phone.type("products-search", "mug cam")
        await phone.until(lambda: listed(phone) == [IDS.mug] and phone.route == "/shop?q=mug+cam")
        await phone.tap(f"product-{IDS.mug}")
        await phone.until(lambda: phone.route == f"/shop/{IDS.mug}?q=mug+cam")
        await phone.back()
        await phone.until(lambda: listed(phone) == [IDS.mug])
        await phone.press("Escape")
        await phone.until(lambda: len(listed(phone)) == 2 and phone.find("products-search") is None)


async def test_a_search_that_finds_nothing_says_so(look: Look) -> None:
    async with look.at("/shop?q=teapot") as phone:
        await phone.until(lambda: phone.sees("No product matches “teapot”"))
        assert listed(phone) == []


async def test_categories_narrow_the_feed(shop: Shop, look: Look) -> None:
    (bag,) = sell(shop, ["Tote"], category="bags")
    run(shop, f"UPDATE products SET category = 'bed_and_bath' WHERE id = {IDS.shirt}")
    run(shop, "UPDATE variants SET currency = 'IDR'")
    async with look.at("/shop") as phone:
        await phone.tap("category-bags")
        await phone.until(lambda: listed(phone) == [bag] and phone.route == "/shop?category=bags")
        assert (await phone.shows("category-bags"))["selected"]
        assert phone.sees("Bed and bath")
        await phone.tap("category-bed_and_bath")
        await phone.until(lambda: listed(phone) == [IDS.shirt])
        await phone.tap("category-all")
        await phone.until(lambda: listed(phone) == [bag, IDS.shirt, IDS.mug] and phone.route == "/shop")


async def test_who_looks_sees_their_own_market_and_the_others_in_a_tap(shop: Shop, look: Look) -> None:
    run(shop, "UPDATE products SET category = 'home'")
    async with look.at("/shop") as phone:
        await phone.until(lambda: listed(phone) == [IDS.mug] and phone.sees("Prices in IDR"))
        assert (await phone.shows("own-currency"))["selected"]
        await phone.tap("own-currency")
        await phone.until(lambda: listed(phone) == [IDS.shirt, IDS.mug])
        assert phone.route == "/shop?currency=all"
        assert not (await phone.shows("own-currency")).get("selected")
        await phone.tap("category-home")
        await phone.until(lambda: phone.route == "/shop?category=home&currency=all")
        await phone.tap(f"product-{IDS.shirt}")
        await phone.shows(f"variant-{IDS.white}")
        await phone.back()
        await phone.until(lambda: listed(phone) == [IDS.shirt, IDS.mug])
        await phone.tap("own-currency")
        await phone.until(lambda: listed(phone) == [IDS.mug] and phone.route == "/shop?category=home")


@pytest.mark.parametrize("narrowed", ["q=linen", "category=shirts"])
async def test_what_is_sold_elsewhere_alone_is_a_tap_away(shop: Shop, look: Look, narrowed: str) -> None:
    run(shop, f"UPDATE products SET category = 'shirts' WHERE id = {IDS.shirt}")
    async with look.at(f"/shop?{narrowed}") as phone:
        await phone.tap("all-currencies")
        await phone.until(lambda: listed(phone) == [IDS.shirt])
        assert phone.route == f"/shop?{narrowed}&currency=all"


async def test_where_all_is_sold_in_one_currency_there_is_none_to_choose(shop: Shop, look: Look) -> None:
    run(shop, "UPDATE variants SET currency = 'IDR'")
    run(shop, "UPDATE products SET category = 'home'")
    async with look.at("/shop") as phone:
        await phone.until(lambda: len(listed(phone)) == 2 and phone.find("category-home"))
        assert phone.find("own-currency") is None


async def test_an_empty_category_leads_to_everything(shop: Shop, look: Look) -> None:
    async with look.at("/shop?category=hats&currency=all") as phone:
        await phone.tap("show-all")
        await phone.until(lambda: len(listed(phone)) == 2)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Shop", "Fashion")),
        ("id", ("Belanja", "Rumah")),
        ("vi", ("Mua sắm", "Nhà cửa")),
    ],
)
async def test_the_shop_speaks_each_language(
    shop: Shop, look: Look, language: str, words: tuple[str, ...]
) -> None:
    fill(shop, orders=8)
    async with look.at("/shop", languages=(language,)) as phone:
        await phone.until(lambda: len(listed(phone)) == PAGE and all(phone.sees(word) for word in words))


# Its other faces


async def test_a_shop_without_products_says_so(shop: Shop, look: Look) -> None:
    run(shop, "DELETE FROM variants")
    async with look.at("/shop") as phone:
        await phone.until(lambda: phone.sees("Nothing is for sale yet"))


async def test_the_feed_loads_in_its_own_shape(shop: Shop, look: Look) -> None:
    machine = Busy()
    async with look.at("/shop", app=once_before(machine.begin)) as phone:
        await phone.until(lambda: phone.sees("Loading") and any(nodes(phone.views[-1], "ResponsiveRow")))
        machine.end()
        await phone.shows(f"product-{IDS.mug}")


@pytest.mark.parametrize("still", [False, True])
def test_the_shape_of_a_feed_weighs_little(still: bool) -> None:
    shape, size = wire(ProductsSkeleton(still=still))
    assert size < 2_200
    assert any(nodes(shape, "Shimmer")) is not still
    assert shape["label"] == "Loading"


async def test_a_feed_that_cannot_be_read_says_so_and_tries_again(shop: Shop, look: Look) -> None:
    screen = once_before(lambda _: run(shop, "ALTER TABLE variants RENAME TO elsewhere"))
    async with look.at("/shop", app=screen, fails=True) as phone:
        await phone.shows("try-again")
        run(shop, "ALTER TABLE elsewhere RENAME TO variants")
        await phone.tap("try-again")
        await phone.shows(f"product-{IDS.mug}")


async def test_pulling_the_feed_down_reads_it_again(shop: Shop, look: Look) -> None:
    async with look.at("/shop") as phone:
        await phone.shows(f"product-{IDS.mug}")
        (kettle,) = sell(shop, ["Kettle"])
        await pull(phone, 80)
        await phone.shows(f"product-{kettle}")


# Bytes


async def test_opening_the_shop_stays_small(shop: Shop, look: Look) -> None:
    products = believable(shop, PAGE + 1)
    async with look.at("/") as phone:
        await phone.shows("strip-to-ship")
        await phone.rests()
        before = phone.bytes_sent
        await phone.tap("go-shop")
        await phone.until(lambda: listed(phone) == products[:PAGE] and phone.find("category-home"))
        await phone.shows("load-more")
        assert phone.bytes_sent - before < OPENING


@pytest.mark.parametrize("size", [(412, 915), WIDE])
@pytest.mark.parametrize("slow", [False, True])
async def test_scrolling_a_further_page_of_twenty_stays_small(
    shop: Shop, look: Look, size: tuple[int, int], slow: bool
) -> None:
    products = believable(shop, 3 * PAGE)
    async with look.at("/", size=size) as phone:
        await phone.shows("strip-to-ship")
        await phone.tap("go-shop")
        await phone.until(lambda: listed(phone) == products[:PAGE] and phone.find("category-home"))
        await phone.shows("load-more")
        await phone.rests()
        before = phone.bytes_sent
        if slow:
            async with busy(phone):
                await scroll(phone, 3_900, 4_000)
                await phone.until(lambda: any(nodes(phone.views[-1], "ProgressBar")))
        else:
            await scroll(phone, 3_900, 4_000)
        await phone.until(lambda: listed(phone) == products[: 2 * PAGE])
        assert phone.bytes_sent - before < FURTHER


async def test_one_changed_product_draws_its_card_alone(shop: Shop, look: Look) -> None:
    products = believable(shop, PAGE)
    async with look.at("/") as phone:
        await phone.shows("strip-to-ship")
        await phone.tap("go-shop")
        await phone.until(lambda: listed(phone) == products and phone.find("category-home"))
        await phone.rests()
        before = phone.bytes_sent
        place(shop, (products[3], STOCK), buyer=BUDI)
        phone.process.windows.tell({MAI.id})
        await phone.until(lambda: phone.sees("Sold out"))
        assert phone.bytes_sent - before < CHANGED


async def test_a_seller_has_the_shop_in_the_bar_too(look: Look) -> None:
    async with look.at("/shop", SARI) as phone:
        await phone.shows("rail-seller")
        assert (await phone.shows("go-shop"))["selected"]


async def test_a_broken_search_does_not_empty_the_window(shop: Shop, look: Look) -> None:
    async with look.at("/shop", fails=True) as phone:
        await phone.shows(f"product-{IDS.mug}")
        with broken(shop, "product_words"):
            await phone.visit("/shop?q=mug")
            await phone.shows("try-again")
        assert feed(shop, MAI, "mug").products
