"""A product's page: pictures, price and pitch, variants that are there or sold out, the way to buy."""

from typing import Any

import pytest

from app.shop import tables as t
from app.shop.demo import fill
from app.shop.reads.feed import feed
from app.shop.rules.receipt import Kind
from app.shop.shop import Shop
from app.ui import routes
from app.ui.parts.product_card import SIGNS
from tests.actions.steps import BUDI, IDS, MAI, place, run
from tests.client import Node, nodes
from tests.goods import sell
from tests.headless import Phone
from tests.people import STOCK, put
from tests.ui.looking import WIDE, Busy, Look, broken, once_before

MUG = routes.product(IDS.mug)
PAGE_BYTES = 60_000


def chosen(phone: Phone) -> list[str]:
    """The variants that are chosen."""
    marked = (node for node in nodes(phone.views[-1], "Semantics") if node.get("selected"))
    return [node["identifier"] for node in marked if node["identifier"].startswith("variant-")]


def tappable(node: Node) -> bool:
    """Whether a tap does something, and a screen reader is told so."""
    answers = any(inner.get("on_click") for inner in nodes(node, "Container"))
    assert answers is not bool(node.get("disabled"))
    return answers


def shoes(shop: Shop) -> None:
    """Product 1000: black in 40 (sold out) and 41 (three left), green in 40."""
    sell(shop, ["Canvas sneakers"], picture="goods/sneakers-0.svg", free=0, creator_id=IDS.creator)
    run(shop, "DELETE FROM variants WHERE id = 1000")
    with shop.change() as work:
        for n, (name, look, free) in enumerate(
            (("Black, 40", "0", 0), ("Black, 41", "0", 3), ("Sage green, 40", "2", 50))
        ):
            about: dict[str, Any] = {"currency": "IDR", "price_minor": 100_000 + n * 5_000}
            picture = f"goods/sneakers-{look}.svg"
            put(work, t.Variant(id=2_000 + n, product_id=1_000, name=name, picture=picture, **about))
            put(work, t.Balance(kind=Kind.STOCK, subject=2_000 + n, taken_in=free, free=free))


async def test_the_page_says_what_it_is_and_who_shows_it(shop: Shop, look: Look) -> None:
    told = "pitch = 'Keeps it hot.', shown = 'live', reviews = 12, stars = 57"
    run(shop, f"UPDATE products SET {told} WHERE id = {IDS.mug}")
    async with look.at(MUG) as phone:
        await phone.shows(f"variant-{IDS.cream}")
        for words in ("Enamel camp mug", "4.8 · 12 reviews", "@dewi.pours", "“Keeps it hot.”", "Live"):
            assert phone.sees(words), words
        assert phone.sees("Sold by Kopi House")
        assert phone.sees("10% off, at most IDR\u00a020,000")
        assert phone.sees("IDR\u00a015,000 off · from IDR\u00a0100,000")
        assert phone.sees("Free delivery")
        assert phone.sees("KOPI15K")
        assert not phone.sees("KOPIOLD")


async def test_a_product_nobody_shows_or_reviewed_says_no_more(look: Look) -> None:
    async with look.at(routes.product(IDS.shirt)) as phone:
        await phone.shows(f"variant-{IDS.white}")
        assert phone.sees("No reviews yet")
        assert not phone.sees("@")
        assert not phone.sees("Vouchers")


async def test_the_price_is_that_of_the_chosen_variant(look: Look) -> None:
    async with look.at(MUG) as phone:
        await phone.until(lambda: chosen(phone) == [f"variant-{IDS.cream}"])
        assert phone.find(text="IDR\u00a085,000")
        await phone.tap(f"variant-{IDS.navy}")
        await phone.until(lambda: chosen(phone) == [f"variant-{IDS.navy}"])
        price = next(node for node in nodes(phone.views[-1], "Text") if node.get("spans"))
        assert price["semantics_label"] == "IDR\u00a095,000"


async def test_sizes_stand_with_their_look_and_tell_what_is_left(shop: Shop, look: Look) -> None:
    shoes(shop)
    async with look.at(routes.product(1_000)) as phone:
        await phone.until(lambda: chosen(phone) == ["variant-2001"])  # the first that is there
        assert phone.sees("Black")
        assert phone.sees("40 · Sold out")
        assert phone.sees("41 · 3 left")
        assert [tappable(await phone.shows(f"variant-{n}")) for n in (2_000, 2_001, 2_002)] == [
            *(False, True, True)
        ]


async def test_the_picture_turns_with_the_look(shop: Shop, look: Look) -> None:
    shoes(shop)
    async with look.at(routes.product(1_000)) as phone:
        await phone.tap("variant-2002")
        await phone.until(lambda: gallery(phone).get("selected_index") == 1)
        shown = [image["src"] for image in nodes(gallery(phone), "Image")]
        assert shown == ["goods/sneakers-0.svg", "goods/sneakers-2.svg"]
        assert [node["label"] for node in nodes(gallery(phone), "Semantics")] == ["Black", "Sage green"]
        await phone._event(gallery(phone), "change", 0, selected_index=0)
        await phone.until(lambda: gallery(phone).get("selected_index", 0) == 0)
        assert chosen(phone) == ["variant-2002"]  # looking at another one chooses nothing


def gallery(phone: Phone) -> Node:
    """The pictures."""
    pages: Node = next(nodes(phone.views[-1], "PageView"))
    return pages


async def test_as_many_as_are_left_can_be_had(shop: Shop, look: Look) -> None:
    shoes(shop)
    async with look.at(routes.product(1_000)) as phone:
        await phone.shows("buy")
        assert not tappable(await phone.shows("fewer"))
        await phone.tap("more")
        await phone.until(lambda: phone.sees("Black, 41 · × 2"))
        await phone.tap("more")
        await phone.until(lambda: phone.sees("Black, 41 · × 3"))
        assert not tappable(await phone.shows("more"))
        assert phone.find(text="IDR\u00a0315,000")
        await phone.tap("variant-2002")
        await phone.until(lambda: phone.sees("Sage green, 40 · × 3"))
        await phone.tap("fewer")
        await phone.until(lambda: phone.sees("Sage green, 40 · × 2"))
        await phone.tap("buy")
        await phone.until(lambda: phone.route.endswith("/checkout?items=2002x2"))


@pytest.mark.parametrize("size", [(412, 915), WIDE], ids=["phone", "wide"])
async def test_buying_leads_to_the_checkout_and_back_to_what_was_chosen(
    look: Look, size: tuple[int, int]
) -> None:
    async with look.at("/shop", size=size) as phone:
        await phone.visit(f"{MUG}?category=home")
        await phone.tap(f"variant-{IDS.forest}")
        await phone.until(lambda: chosen(phone) == [f"variant-{IDS.forest}"])
        await phone.tap("buy")
        await phone.shows("place-order")
        assert phone.route == f"{MUG}/checkout?category=home&items={IDS.forest}x1"
        await phone.press("Escape")
        await phone.until(lambda: phone.route == f"{MUG}?category=home")
        await phone.tap("buy")
        await phone.shows("place-order")
        await phone.tap("back")
        await phone.until(lambda: phone.route == f"{MUG}?category=home")


async def test_what_is_sold_out_cannot_be_bought(shop: Shop, look: Look) -> None:
    for variant in (IDS.cream, IDS.forest, IDS.navy):
        place(shop, (variant, STOCK), buyer=BUDI)
    async with look.at(MUG) as phone:
        (button,) = nodes(await phone.shows("buy"), "FilledButton")
        assert button["disabled"]
        assert button["content"] == "Sold out"
        assert phone.find("more") is None


async def test_who_looks_sees_what_somebody_else_just_bought(shop: Shop, look: Look) -> None:
    async with look.at(MUG) as phone:
        await phone.tap(f"variant-{IDS.forest}")
        await phone.until(lambda: chosen(phone) == [f"variant-{IDS.forest}"])
        await phone.tap("more")
        await phone.until(lambda: phone.sees("Forest · × 2"))
        place(shop, (IDS.forest, STOCK - 1), buyer=BUDI)
        phone.process.windows.tell({MAI.id})
        await phone.until(lambda: phone.sees("1 left") and not phone.sees("× 2"))
        place(shop, (IDS.forest, 1), buyer=BUDI)
        phone.process.windows.tell({MAI.id})
        await phone.shows("choice-gone")
        assert phone.sees("Forest is sold out. Choose another option.")
        assert chosen(phone) == []
        (button,) = nodes(await phone.shows("buy"), "FilledButton")
        assert button["disabled"]
        await phone.tap(f"variant-{IDS.cream}")
        await phone.until(lambda: phone.find("choice-gone") is None)
        await phone.tap("buy")
        await phone.until(lambda: phone.route == routes.checkout(((IDS.cream, 1),), MUG))


async def test_what_nobody_chose_does_not_turn_into_another_below_the_finger(shop: Shop, look: Look) -> None:
    async with look.at(MUG) as phone:
        await phone.until(lambda: chosen(phone) == [f"variant-{IDS.cream}"])
        place(shop, (IDS.cream, STOCK), buyer=BUDI)
        phone.process.windows.tell({MAI.id})
        await phone.until(lambda: phone.sees("Cream is sold out. Choose another option."))
        assert next(nodes(await phone.shows("buy"), "FilledButton"))["disabled"]


async def test_the_choice_outlives_a_turned_window_and_the_way_back(look: Look) -> None:
    async with look.at(MUG) as phone:
        await phone.tap(f"variant-{IDS.navy}")
        await phone.tap("more")
        await phone.until(lambda: phone.sees("Navy · × 2"))
        await phone.resize(*WIDE)
        await phone.until(lambda: chosen(phone) == [f"variant-{IDS.navy}"] and phone.sees("Navy · × 2"))
        await phone.visit("/shop")
        await phone.until(lambda: phone.find("buy") is None)
        await phone.visit(MUG)
        await phone.until(lambda: chosen(phone) == [f"variant-{IDS.navy}"] and phone.sees("Navy · × 2"))


async def test_when_wide_pictures_and_words_stand_side_by_side(look: Look) -> None:
    async with look.at(MUG, size=WIDE) as phone:
        await phone.shows(f"variant-{IDS.cream}")
        beside = [
            node.get("expand") for node in nodes(phone.views[-1], "Container") if node.get("expand") == 4
        ]
        assert beside == [4]
        assert not list(nodes(phone.views[-1], "Hero"))


@pytest.mark.parametrize("path", ["/shop/999999", "/shop/0"])
async def test_an_unknown_product_leads_to_those_that_are_there(look: Look, path: str) -> None:
    async with look.at(path) as phone:
        await phone.until(lambda: phone.sees("This product is not there"))
        await phone.tap("all-products")
        await phone.shows(f"product-{IDS.mug}")


async def test_the_page_loads_in_its_shape(look: Look) -> None:
    machine = Busy()
    async with look.at(MUG, app=once_before(machine.begin)) as phone:
        await phone.until(lambda: phone.sees("Loading"))
        machine.end()
        await phone.shows(f"variant-{IDS.cream}")


async def test_a_page_that_cannot_be_read_says_so_and_tries_again(shop: Shop, look: Look) -> None:
    async with look.at("/shop", fails=True) as phone:
        await phone.shows(f"product-{IDS.mug}")
        with broken(shop, "vouchers"):
            await phone.tap(f"product-{IDS.mug}")
            await phone.shows("try-again")
        await phone.tap("try-again")
        await phone.shows(f"variant-{IDS.cream}")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Options", "Quantity")), ("id", ("Varian", "Jumlah")), ("vi", ("Phân loại", "Số lượng"))],
)
async def test_the_page_speaks_each_language(look: Look, language: str, words: tuple[str, ...]) -> None:
    async with look.at(MUG, languages=(language,)) as phone:
        await phone.until(lambda: all(phone.sees(word) for word in words))


async def test_the_pages_of_a_demo_stay_small(shop: Shop, look: Look) -> None:
    fill(shop, orders=8)
    largest = max(feed(shop, MAI, limit=20).products, key=lambda one: one.title)
    async with look.at(routes.product(largest.id)) as phone:
        await phone.shows("more")
        assert phone.bytes_sent < PAGE_BYTES


def test_every_way_of_showing_has_a_sign() -> None:
    assert set(SIGNS) == {"live", "video"}
