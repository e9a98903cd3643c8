"""The feed of a shop: products as their creators show them, newest first, page after page; its categories.

Without a search a page is read off the products, with one from `app.shop.reads.found`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.product_words import words_in
from app.shop.reads.found import candidates
from app.shop.reads.keys import among, keys
from app.shop.reads.orders import NO_END, PAGE
from app.shop.reads.variants import leading_of
from app.shop.rules.items import Items
from app.shop.rules.receipt import Kind
from app.shop.shop import Actor, Shop
from app.shop.sql import Row, Statement, Work

CATEGORIES = 40
"""Categories told at most."""

_p, _s, _c, _v, _b = t.Product, t.Shop, t.Creator, t.Variant, t.Balance


@dataclass(frozen=True, slots=True)
class ProductSummary:
    """A product on a card. `price_minor` is its lowest price, `dearer`: some variants cost more.

    `shown` is where its creator shows it: 'live' or in a 'video'. `stars` are those of all `reviews`.
    """

    id: int
    title: str
    picture: str | None
    shop: str
    shop_name: str | None
    creator: str | None
    pitch: str | None
    shown: str | None
    reviews: int
    stars: int
    currency: str
    price_minor: int
    dearer: bool
    sold_out: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of products; `end` is what the next one comes `before`, None where there is nothing further.

    A page that has looked far enough ends before it is full, even empty.
    """

    products: tuple[ProductSummary, ...]
    end: int | None


@cache
def _these(most: int) -> Statement:
    return Statement(
        select(
            *(col(_p.id), col(_p.title), col(_p.picture), col(_s.handle), col(_s.name), col(_c.handle)),
            *(col(_p.pitch), col(_p.shown), col(_p.reviews), col(_p.stars)),
        )
        .join(_s, col(_s.id) == col(_p.shop_id))
        .join(_c, col(_c.id) == col(_p.creator_id), isouter=True)
        .where(among(_p.id, most))
        .order_by(col(_p.id).desc())
    )


@cache
def _prices(most: int, *, one_currency: bool = False) -> Statement:
    price = col(_v.price_minor)
    currency = [col(_v.currency) == bindparam("currency")] if one_currency else []
    return Statement(
        select(
            *(col(_v.product_id), col(_v.currency), func.min(price), func.min(price) < func.max(price)),
            func.coalesce(func.max(col(_b.free)), 0) == 0,
        )
        .join(_b, (col(_b.subject) == col(_v.id)) & (col(_b.kind) == Kind.STOCK.value), isouter=True)
        .where(among(_v.product_id, most), price > 0, *currency)
        .group_by(col(_v.product_id), col(_v.currency))
        .order_by(col(_v.product_id), col(_v.currency))
    )


def feed(
    shop: Shop,
    _actor: Actor,
    search: str = "",
    category: str | None = None,
    *,
    beside: Items = (),
    before: int | None = None,
    limit: int = PAGE,
) -> Feed:
    """Products that are sold for a price, newest first, with an id below `before`; anybody's to see.

    They hold every word of `search`, the last one as far as it is typed, in their title or in the names of
    their shop and creator; `category` None means all. With items they are those that can stand `beside` them
    in one order: of their shop, in their currency, none where the items are gone.
    """
    words = words_in(search)
    narrowed: dict[str, Any] = {} if category is None else {"category": category}
    currency: str | None = None
    listed: list[ProductSummary] = []
    end: int | None = None
    with shop.snapshot() as work:
        if beside:
            first = leading_of(work, beside)
            if first is None:
                return Feed((), None)
            narrowed["shop_id"], currency = first.shop_id, first.currency
        for ids, further in candidates(work, words, narrowed, before or NO_END, limit):
            listed += _cards(work, ids, currency, limit)
            end = further
            if len(listed) >= limit:
                return Feed(tuple(listed[:limit]), listed[limit - 1].id)
    return Feed(tuple(listed), end)


def _cards(work: Work, ids: Sequence[int], currency: str | None, limit: int) -> list[ProductSummary]:
    if not ids:
        return []
    some = keys(ids)
    prices: dict[int, Row] = {}
    asked = _prices(limit, one_currency=currency is not None)
    for product, *price in work.rows(asked, currency=currency, **some):
        prices.setdefault(product, tuple(price))
    return [_summary(row, prices[row[0]]) for row in work.rows(_these(limit), **some) if row[0] in prices]


def _summary(row: Row, price: Row) -> ProductSummary:
    currency, lowest, dearer, sold_out = price
    return ProductSummary(*row, currency, lowest, bool(dearer), bool(sold_out))  # type: ignore[call-arg]


_first = (
    select(func.min(col(_p.category)).label("category"))
    .where(col(_p.category) > "")
    .cte("known", recursive=True)
)
_next: Any = select(func.min(col(_p.category))).where(col(_p.category) > _first.c.category).scalar_subquery()
_known = _first.union_all(select(_next).where(_first.c.category.is_not(None)))
_CATEGORIES = Statement(
    select(_known.c.category).where(_known.c.category.is_not(None)).limit(bindparam("most"))
)


def categories(shop: Shop, _actor: Actor) -> tuple[str, ...]:
    """The categories of all products, in the order of their words; anybody's to see."""
    with shop.look() as work:
        return tuple(category for (category,) in work.rows(_CATEGORIES, most=CATEGORIES))
