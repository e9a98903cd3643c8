"""One product: its variants with what is left of them, its pictures, and the vouchers that work for it."""

from typing import Any

import pytest

from app.shop import tables as t
from app.shop.demo import fill
from app.shop.reads.feed import feed
from app.shop.reads.product import MOST_VOUCHERS, look_and_size, product_details
from app.shop.rules.errors import NotFound
from app.shop.rules.policy import DAY
from app.shop.rules.pricing import VoucherKind
from app.shop.rules.receipt import Kind
from app.shop.shop import SYSTEM, Actor, Shop
from tests.actions.steps import MAI, place, run
from tests.conftest import Clock
from tests.goods import sell
from tests.people import NAVY_PRICE, PRICE, STOCK, VOUCHER_USES, Stocked, put


def codes(shop: Shop, product: int) -> list[str]:
    """The vouchers told for a product."""
    return [one.code for one in product_details(shop, MAI, product).vouchers]


def test_a_product_has_its_variants_with_price_and_stock(shop: Shop, stocked: Stocked) -> None:
    place(shop, (stocked.cream, 3))
    mug = product_details(shop, MAI, stocked.mug)
    assert (mug.title, mug.shop, mug.creator) == ("Enamel camp mug", "kopi-house", "dewi.pours")
    assert [(one.id, one.price_minor, one.currency, one.free) for one in mug.variants] == [
        (stocked.cream, PRICE, "IDR", STOCK - 3),
        (stocked.forest, PRICE, "IDR", STOCK),
        (stocked.navy, NAVY_PRICE, "IDR", STOCK),
    ]
    assert [look.name for look in mug.looks] == ["Cream", "Forest", "Navy"]


def test_beside_what_is_ordered_it_is_told_what_is_left_besides(shop: Shop, stocked: Stocked) -> None:
    items = ((stocked.cream, 3), (stocked.navy, STOCK + 2))
    mug = product_details(shop, MAI, stocked.mug, items)
    assert [(one.id, one.free, one.ordered) for one in mug.variants] == [
        *((stocked.cream, STOCK - 3, 3), (stocked.forest, STOCK, 0), (stocked.navy, 0, STOCK + 2)),
    ]
    run(shop, f"UPDATE variants SET currency = 'VND' WHERE id = {stocked.forest}")
    mug = product_details(shop, MAI, stocked.mug, items)
    assert [one.id for one in mug.variants] == [stocked.cream, stocked.navy]


@pytest.mark.parametrize("items", [((44, 1),), ((99, 1),)])
def test_beside_what_is_anothers_or_gone_it_is_not_there(
    shop: Shop, stocked: Stocked, items: tuple[tuple[int, int], ...]
) -> None:
    with pytest.raises(NotFound, match="no_such_product"):
        product_details(shop, MAI, stocked.mug, items)


def test_what_looks_alike_stands_together_with_its_picture(shop: Shop, stocked: Stocked) -> None:
    sell(shop, ["Sneakers"], picture="goods/sneakers-0.svg")
    with shop.change() as work:
        for n, (name, picture) in enumerate(
            (("Black, 40", None), ("Sage green, 40", "s.svg"), ("Black, 41", "b.svg"))
        ):
            variant: dict[str, Any] = {
                "id": 2_000 + n,
                "product_id": 1_000,
                "currency": "IDR",
                "price_minor": 1 + n,
            }
            put(work, t.Variant(name=name, picture=picture, **variant))
    looks = product_details(shop, MAI, 1_000).looks
    assert [(look.name, look.picture, [one.size for one in look.variants]) for look in looks] == [
        ("One", "goods/sneakers-0.svg", [""]),
        ("Black", "b.svg", ["40", "41"]),
        ("Sage green", "s.svg", ["40"]),
    ]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Sage green, M", ("Sage green", "M")),
        ("Red, striped, 42", ("Red, striped", "42")),
        ("Cream", ("Cream", "")),
        (", M", (", M", "")),
        ("Black,", ("Black", "")),
        ("", ("", "")),
    ],
)
def test_the_name_of_a_variant_tells_its_look_and_its_size(name: str, parts: tuple[str, str]) -> None:
    assert look_and_size(name) == parts


def test_what_no_stock_is_counted_of_or_has_no_price_cannot_be_bought(shop: Shop, stocked: Stocked) -> None:
    with shop.change() as work:
        put(work, t.Variant(id=90, product_id=stocked.shirt, name="Sample", currency="VND", price_minor=0))
        put(work, t.Variant(id=91, product_id=stocked.shirt, name="Uncounted", currency="VND", price_minor=1))
    found = product_details(shop, MAI, stocked.shirt)
    assert [(one.id, one.free) for one in found.variants] == [(stocked.white, STOCK), (91, 0)]


def test_the_vouchers_of_a_product_are_those_that_work_now(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    assert codes(shop, stocked.mug) == ["KOPI10", "KOPI15K", "KOPISHIP"]
    assert codes(shop, stocked.shirt) == []
    run(shop, "UPDATE vouchers SET currency = 'VND' WHERE code = 'KOPI10'")
    run(shop, f"UPDATE vouchers SET starts_at = {clock.at + 1} WHERE code = 'KOPISHIP'")
    assert codes(shop, stocked.mug) == ["KOPI15K"]
    clock.move(milliseconds=1)
    assert codes(shop, stocked.mug) == ["KOPI15K", "KOPISHIP"]
    clock.move(days=31)
    assert codes(shop, stocked.mug) == []


def test_a_voucher_that_is_used_up_is_told_no_more(shop: Shop, stocked: Stocked) -> None:
    for _ in range(VOUCHER_USES):
        place(shop, (stocked.cream, 1), voucher_codes=("KOPI10",))
    assert codes(shop, stocked.mug) == ["KOPI15K", "KOPISHIP"]


def test_vouchers_of_the_platform_work_for_every_shop(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    with shop.change() as work:
        for n in range(2 * MOST_VOUCHERS):
            put(
                work,
                t.Voucher(
                    id=900 + n,
                    code=f"ALL{n}",
                    kind=VoucherKind.AMOUNT,
                    currency="VND",
                    value=5,
                    starts_at=0,
                    ends_at=clock.at + (n + 1) * DAY,
                ),
                t.Balance(kind=Kind.VOUCHER, subject=900 + n, taken_in=1, free=1),
            )
    assert codes(shop, stocked.shirt) == [f"ALL{n}" for n in range(MOST_VOUCHERS)]
    (first, *_) = product_details(shop, MAI, stocked.shirt).vouchers
    assert (first.terms.shop_id, first.terms.value, first.terms.currency) == (None, 5, "VND")


@pytest.mark.parametrize("unknown", [0, 999_999, 2**62])
def test_an_unknown_product_is_not_found(shop: Shop, stocked: Stocked, unknown: int) -> None:
    with pytest.raises(NotFound, match="no_such_product"):
        product_details(shop, MAI, unknown)


def test_a_product_is_anybodys_to_see_and_an_empty_store_has_none(shop: Shop) -> None:
    with pytest.raises(NotFound):
        product_details(shop, Actor(0), 31)
    fill(shop, orders=8)
    (one,) = feed(shop, Actor(0), limit=1).products
    nobody, system = (product_details(shop, who, one.id) for who in (Actor(0), SYSTEM))
    assert nobody == system
    assert nobody.looks[0].picture
