"""The feed: which products, in which order, what each card says, and that a page never costs much."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.shop import tables as t
from app.shop.check import check
from app.shop.demo import fill
from app.shop.product_words import LETTERS, words_in
from app.shop.reads import found
from app.shop.reads.feed import Feed, aisles, feed
from app.shop.reads.selling import seller_of
from app.shop.shop import SYSTEM, Actor, Shop
from app.shop.sql import Work
from tests.actions.steps import BUDI, MAI, place, run
from tests.conftest import Clock
from tests.goods import IDS, sell
from tests.people import NAVY_PRICE, PRICE, STOCK, Stocked, put

NOBODY = Actor(0)


def ids(page: Feed) -> list[int]:
    """The products on a page."""
    return [one.id for one in page.products]


def all_of(shop: Shop, search: str = "", category: str | None = None, *, limit: int = 3) -> list[int]:
    """The products of all pages, in their order."""
    listed, before = list[int](), None
    while True:
        page = feed(shop, MAI, search, category, before=before, limit=limit)
        assert len(page.products) <= limit
        listed += ids(page)
        before = page.end
        if before is None:
            return listed


def test_products_are_listed_newest_first_with_what_they_cost(shop: Shop, stocked: Stocked) -> None:
    shirt, mug = feed(shop, MAI).products
    assert (mug.id, shirt.id) == (stocked.mug, stocked.shirt)
    assert (mug.title, mug.shop, mug.shop_name, mug.creator) == (
        *("Enamel camp mug", "kopi-house", "Kopi House", "dewi.pours"),
    )
    assert (mug.currency, mug.price_minor, mug.dearer, mug.sold_out) == ("IDR", PRICE, True, False)
    assert (shirt.currency, shirt.dearer, shirt.creator) == ("VND", False, None)
    assert NAVY_PRICE > PRICE


def test_a_card_says_how_the_creator_shows_it_and_what_buyers_think(shop: Shop, stocked: Stocked) -> None:
    sell(shop, ["Kettle"], pitch="It whistles.", shown="live", reviews=3, stars=14)
    kettle = feed(shop, MAI).products[0]
    assert (kettle.pitch, kettle.shown, kettle.reviews, kettle.stars) == ("It whistles.", "live", 3, 14)


@pytest.mark.parametrize(
    "about", [{"shown": "radio"}, {"reviews": -1}, {"reviews": 2, "stars": 1}, {"reviews": 2, "stars": 11}]
)
def test_the_database_keeps_what_cannot_be_out(shop: Shop, stocked: Stocked, about: dict[str, Any]) -> None:
    with pytest.raises(Exception, match=r"(?i)check"):
        sell(shop, ["Kettle"], **about)
    assert ids(feed(shop, MAI)) == [stocked.shirt, stocked.mug]


def test_a_product_is_sold_out_with_its_last_variant(shop: Shop, stocked: Stocked) -> None:
    for variant in (stocked.cream, stocked.forest):
        place(shop, (variant, STOCK))
    assert not feed(shop, MAI).products[1].sold_out
    place(shop, (stocked.navy, STOCK))
    assert feed(shop, MAI).products[1].sold_out


def test_what_has_no_price_or_no_stock_counted(shop: Shop, stocked: Stocked) -> None:
    (free,) = sell(shop, ["Free sample"], first=2_000, price=0)
    with shop.change() as work:
        put(work, t.Product(id=2_001, shop_id=stocked.kopi_house, title="Nothing of it"))
        put(work, t.Product(id=2_002, shop_id=stocked.kopi_house, title="Uncounted"))
        put(work, t.Variant(id=2_002, product_id=2_002, name="One", currency="IDR", price_minor=9))
    assert [(one.id, one.sold_out) for one in feed(shop, MAI, limit=1).products] == [(2_002, True)]
    assert free not in all_of(shop, limit=1)
    assert all_of(shop, limit=1) == [2_002, stocked.shirt, stocked.mug]


def test_a_product_in_several_currencies_is_shown_in_one(shop: Shop, stocked: Stocked) -> None:
    (kettle,) = sell(shop, ["Kettle"])
    with shop.change() as work:
        put(work, t.Variant(id=3_000, product_id=kettle, name="Abroad", currency="USD", price_minor=3))
    one = feed(shop, MAI).products[0]
    assert (one.id, one.currency, one.price_minor, one.dearer) == (kettle, "IDR", 50_000, False)


def test_an_empty_store_has_an_empty_feed(shop: Shop) -> None:
    assert feed(shop, NOBODY) == Feed((), None)
    assert aisles(shop, NOBODY).categories == ()


def test_the_feed_is_anybodys_to_see(shop: Shop, stocked: Stocked) -> None:
    assert feed(shop, NOBODY) == feed(shop, MAI) == feed(shop, SYSTEM)


@pytest.mark.parametrize("limit", [1, 3, 20])
def test_paging_shows_every_product_once_while_others_are_added(
    shop: Shop, stocked: Stocked, limit: int
) -> None:
    there = [*sell(shop, [f"Cup {n}" for n in range(25)]), stocked.shirt, stocked.mug]
    listed, before, added = list[int](), None, 5_000
    while True:
        page = feed(shop, MAI, before=before, limit=limit)
        listed += ids(page)
        before = page.end
        if before is None:
            break
        sell(shop, ["Newer"], first=added)
        added += 1
    assert listed == there


# Words


@pytest.mark.parametrize(
    ("search", "found_by"),
    [
        ("enamel", True),
        ("ENAMEL", True),
        ("mug camp", True),
        ("camp enam", True),
        ("enam camp", False),  # only the last word may go on
        ("kopi", True),
        ("kopi-hou", True),
        ("@dewi.pours", True),
        ("pours", True),
        ("camp, mug!", True),
        ("mugs", False),
        ("camp mug teapot", False),
        ("amel", False),
    ],
)
def test_a_search_matches_words_of_title_shop_and_creator(
    shop: Shop, stocked: Stocked, search: str, found_by: bool
) -> None:
    assert ids(feed(shop, MAI, search)) == [stocked.mug] * found_by


@pytest.mark.parametrize("search", ["ao so mi", "ÁO SƠ MI", "áo so m", "dam", "ĐẦM", "a\u0301o s"])
def test_case_and_accents_do_not_count(shop: Shop, stocked: Stocked, search: str) -> None:
    (shirt,) = sell(shop, ["Áo sơ mi linen, đầm"])
    assert ids(feed(shop, MAI, search)) == [shirt]


@pytest.mark.parametrize("search", ["", "   ", "?!", "@", "·"])
def test_a_search_without_words_shows_everything(shop: Shop, stocked: Stocked, search: str) -> None:
    assert ids(feed(shop, MAI, search)) == [stocked.shirt, stocked.mug]


def test_a_very_long_search_is_answered(shop: Shop, stocked: Stocked) -> None:
    assert ids(feed(shop, MAI, "mug " * 5_000)) == [stocked.mug]
    assert ids(feed(shop, MAI, "m" * 100_000)) == []


def test_words_are_letters_marks_and_figures() -> None:
    assert words_in("T-shirt (100% cotton) @kayla.finds T-shirt") == (
        *("t", "shirt", "100", "cotton", "kayla", "finds"),
    )
    assert words_in("เสื้อยืด 🙏") == words_in("เสื้อยืด")
    assert len(words_in("x" * 300)[0]) == LETTERS


# The market of who looks


IDR, VND = ("IDR",), ("VND",)


def market(shop: Shop, likely: tuple[str, ...], actor: Actor = NOBODY) -> str | None:
    """The currency the shop is shown in, as both its pages and its chips say."""
    page = feed(shop, actor, likely=likely)
    assert page.currency == aisles(shop, actor, likely).currency
    assert {one.currency for one in page.products} == {page.currency} or page.currency is None
    return page.currency


def test_who_looks_sees_what_is_sold_in_their_own_currency(shop: Shop, stocked: Stocked) -> None:
    assert ids(feed(shop, MAI, likely=IDR)) == [stocked.mug]
    assert ids(feed(shop, MAI, likely=VND)) == [stocked.shirt]
    assert ids(feed(shop, MAI)) == [stocked.shirt, stocked.mug]
    assert ids(feed(shop, MAI, "linen", likely=IDR)) == []
    assert ids(feed(shop, MAI, "linen", likely=VND)) == [stocked.shirt]


def test_the_first_likely_currency_that_something_is_sold_in_counts(shop: Shop, stocked: Stocked) -> None:
    assert market(shop, ("PAB", "USD")) is None
    assert market(shop, ("PAB", "VND", "IDR")) == "VND"


def test_else_it_is_what_somebody_paid_in_last(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    place(shop, (stocked.cream, 1), buyer=BUDI)
    assert market(shop, ("KHR",), BUDI) == "IDR"
    clock.at += 1
    place(shop, (stocked.white, 1), buyer=BUDI)
    assert market(shop, ("KHR",), BUDI) == "VND"
    assert market(shop, IDR, BUDI) == "IDR"  # who bought abroad once stays where they are
    assert market(shop, ("KHR",), MAI) is None


def test_where_all_is_sold_in_one_currency_there_is_no_market(shop: Shop, stocked: Stocked) -> None:
    run(shop, "UPDATE variants SET currency = 'IDR'")
    assert market(shop, IDR) is None
    assert len(feed(shop, MAI, likely=VND).products) == 2


def test_a_product_in_several_currencies_has_the_price_of_each_market(shop: Shop, stocked: Stocked) -> None:
    (kettle,) = sell(shop, ["Kettle"])
    with shop.change() as work:
        put(work, t.Variant(id=3_000, product_id=kettle, name="Abroad", currency="VND", price_minor=3))
    for likely, price in ((IDR, 50_000), (VND, 3)):
        one = feed(shop, MAI, likely=likely).products[0]
        assert (one.id, one.price_minor) == (kettle, price)


@pytest.mark.parametrize("limit", [1, 3, 20])
@pytest.mark.parametrize(
    ("search", "category"), [("", None), ("red", None), ("", "cups"), ("red cu", "cups")]
)
def test_every_product_of_a_market_is_shown_once(
    shop: Shop, many: list[int], limit: int, search: str, category: str | None
) -> None:
    run(shop, "UPDATE products SET category = 'cups' WHERE id BETWEEN 1000 AND 1099")
    run(shop, "UPDATE variants SET currency = 'VND' WHERE id >= 1000 AND id % 3 = 0")
    run(
        shop,
        "INSERT INTO variants (id, product_id, name, currency, price_minor) "
        "SELECT id + 5000, product_id, 'Two', currency, 9 FROM variants WHERE id >= 1000",
    )
    wanted = [
        one for one in many if one % 3 == 0 and (not category or one < 1_100) and (not search or one % 2 == 0)
    ] + [IDS.shirt] * (not search and not category)
    listed, before = list[int](), None
    while True:
        page = feed(shop, MAI, search, category, VND, before=before, limit=limit)
        listed += ids(page)
        before = page.end
        if before is None:
            break
    assert listed == wanted


# Many


@pytest.fixture
def many(shop: Shop, stocked: Stocked, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Products of which every second one is a red cup, and every third one blue; newest first.

    What is common starts early here, so that few products are many.
    """
    monkeypatch.setattr(found, "CHUNK", 10)
    monkeypatch.setattr(found, "REACH", 40)
    monkeypatch.setattr(found, "RARE", 15)
    titles = [
        " ".join(word for word, step in (("red", 2), ("blue", 3), ("cup", 1), ("rare", 97)) if n % step == 0)
        for n in range(200)
    ]
    return sell(shop, titles)


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many rows each statement answers meanwhile."""
    sizes: list[int] = []
    with monkeypatch.context() as patched:
        rows = Work.rows

        def noted(self: Work, statement: Any, **values: Any) -> Any:
            answer = rows(self, statement, **values)
            sizes.append(len(answer))
            return answer

        patched.setattr(Work, "rows", noted)
        yield sizes


@pytest.mark.parametrize(
    ("search", "step"),
    [
        ("red blue", 6),
        ("blue red", 6),
        ("re blu", None),
        ("red", 2),
        ("re", 2),
        ("cup rare", 97),
        ("rar", 97),
    ],
)
def test_common_and_rare_words_find_all_there_are_once(
    shop: Shop, many: list[int], search: str, step: int | None
) -> None:
    wanted = [one for one in many if step and (one - 1_000) % step == 0]
    assert all_of(shop, search) == wanted
    assert all_of(shop, search, limit=20) == wanted


def test_two_common_words_cost_a_page_no_more_than_its_reach(
    shop: Shop, many: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(shop, "DELETE FROM product_words WHERE word = 'blue' AND product_id > 1020")
    sell(shop, ["blue"] * 60, first=2_000)
    with counted(monkeypatch) as sizes:
        page = feed(shop, MAI, "red blue", limit=3)
    assert (ids(page), page.end) == ([], many[0] - 2 * (found.REACH - 1) - 1)
    assert sum(sizes) <= found.REACH
    assert all_of(shop, "red blue") == [1_018, 1_012, 1_006, 1_000]


def test_a_category_narrows_the_feed_and_a_search(shop: Shop, stocked: Stocked) -> None:
    bags = sell(shop, ["Red bag", "Blue bag"], category="bags")
    shoes = sell(shop, ["Red shoes"], first=1_100, category="shoes")
    assert ids(feed(shop, MAI, category="bags")) == bags
    assert all_of(shop, category="bags", limit=1) == bags
    assert ids(feed(shop, MAI, "red", "shoes")) == shoes
    assert ids(feed(shop, MAI, "red", "bags")) == bags[1:]
    assert ids(feed(shop, MAI, "red", "hats")) == []


def test_a_category_narrows_a_search_for_what_is_common(shop: Shop, many: list[int]) -> None:
    run(shop, "UPDATE products SET category = 'cups' WHERE id < 1050")
    assert all_of(shop, "re", "cups") == [one for one in many if one < 1_050 and one % 2 == 0]
    assert all_of(shop, "red blue", "cups") == [one for one in many if one < 1_050 and (one - 1_000) % 6 == 0]


def test_what_stands_beside_items_is_of_their_shop_and_currency(shop: Shop, stocked: Stocked) -> None:
    goods = sell(shop, ["Red cup", "Blue cup", "Red bowl"])
    run(shop, "UPDATE variants SET currency = 'VND' WHERE id = 1001")
    with shop.change() as work:
        both: dict[str, Any] = {"product_id": 1_000, "currency": "AUD", "price_minor": 9}
        put(work, t.Variant(id=3_000, name="Two", **both))
    items = ((99, 1), (stocked.cream, 2))
    beside = feed(shop, MAI, beside=items)
    assert ids(beside) == [goods[0], goods[2], stocked.mug]
    assert {one.currency for one in beside.products} == {"IDR"}
    assert ids(feed(shop, MAI, "red", beside=items)) == [goods[0], goods[2]]
    assert ids(feed(shop, MAI, "shirt", beside=items)) == []
    assert ids(feed(shop, MAI, beside=((stocked.white, 1),))) == [stocked.shirt]
    assert feed(shop, MAI, beside=((99, 1),)) == Feed((), None)
    first = feed(shop, MAI, beside=items, limit=1)
    assert ids(feed(shop, MAI, beside=items, before=first.end, limit=1)) == [goods[2]]


def test_the_seller_of_items_is_that_of_the_first_there_is(shop: Shop, stocked: Stocked) -> None:
    found = seller_of(shop, NOBODY, ((99, 1), (stocked.white, 1), (stocked.cream, 1)))
    assert (found and found.name) == "Linen Lab"
    assert seller_of(shop, NOBODY, ((99, 1),)) is None


def test_categories_are_told_once_in_order(shop: Shop, stocked: Stocked) -> None:
    for n, category in enumerate(("shoes", "bags", "shoes", "Đồ ăn", "")):
        sell(shop, ["Thing"], first=1_000 + n, category=category)
    assert aisles(shop, MAI).categories == ("bags", "shoes", "Đồ ăn")


def test_every_product_of_a_demo_can_be_found_by_its_title(shop: Shop) -> None:
    fill(shop, orders=20)
    assert check(shop).sound
    for one in feed(shop, MAI, limit=100).products:
        assert one.id in ids(feed(shop, MAI, one.title, limit=100))
