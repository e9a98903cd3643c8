"""More goods for a stocked shop: products with a variant each, found by their words."""

from collections.abc import Iterable
from typing import Any

from app.shop import tables as t
from app.shop.product_words import write_words
from app.shop.rules.receipt import Kind
from app.shop.shop import Shop
from tests.people import STOCK, Stocked, put

IDS = Stocked()


def sell(
    shop: Shop,
    titles: Iterable[str],
    *,
    first: int = 1_000,
    price: int = 50_000,
    free: int = STOCK,
    **about: Any,
) -> list[int]:
    """Put a product of Kopi House with one variant into the shop for each title; their ids, newest first.

    The variant of each has its product's id.
    """
    products = [
        t.Product(id=first + n, title=title, **({"shop_id": IDS.kopi_house} | about))
        for n, title in enumerate(titles)
    ]
    with shop.change() as work:
        put(work, *products)
        put(
            work,
            *(
                t.Variant(id=one.id, product_id=one.id, name="One", currency="IDR", price_minor=price)
                for one in products
            ),
            *(t.Balance(kind=Kind.STOCK, subject=one.id, taken_in=free, free=free) for one in products),
        )
        write_words(work, (one.id for one in products))
    return [one.id for one in reversed(products)]
