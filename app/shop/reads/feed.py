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
from app.shop.reads.distinct import distinct
from app.shop.reads.found import candidates
from app.shop.reads.keys import among, keys
from app.shop.reads.market import currency_of
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

    A page that has looked far enough ends before it is full, even empty. All is sold in `currency`, where it
    is narrowed to a market.
    """

    products: tuple[ProductSummary, ...]
    end: int | None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Aisles:
    """What the feed can be narrowed to: the `categories` of all products, and the `currency` of who looks."""

    categories: tuple[str, ...]
    currency: str | None


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
    actor: Actor,
    search: str = "",
    category: str | None = None,
    likely: tuple[str, ...] | None = None,
    *,
    beside: Items = (),
    before: int | None = None,
    limit: int = PAGE,
) -> Feed:
    """Products that are sold for a price, newest first, with an id below `before`; anybody's to see.

    They hold every word of `search`, the last one as far as it is typed, in their title or in the names of
    their shop and creator; `category` None means all. With `likely` they are those of the actor's market,
    which `currency_of` finds. With items they are those that can stand `beside` them in one order: of their
    shop, in their currency, none where the items are gone.
    """
    words = words_in(search)
    narrowed: dict[str, Any] = {} if category is None else {"category": category}
    listed: list[ProductSummary] = []
    end: int | None = None
    with shop.snapshot() as work:
        market = currency = None if likely is None else currency_of(work, actor, likely)
        if beside:
            first = leading_of(work, beside)
            if first is None:
                return Feed((), None)
            # A shop sells in few currencies: what is in others is left out with its price.
            narrowed["shop_id"], market, currency = first.shop_id, None, first.currency
        for ids, further in candidates(work, words, narrowed, before or NO_END, limit, currency=market):
            listed += _cards(work, ids, currency, limit)
            end = further
            if len(listed) >= limit:
                return Feed(tuple(listed[:limit]), listed[limit - 1].id, market)
    return Feed(tuple(listed), end, market)


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


_CATEGORIES = distinct(_p.category)


def aisles(shop: Shop, actor: Actor, likely: Sequence[str] = ()) -> Aisles:
    """The categories of all products, in the order of their words, and the market of the actor."""
    with shop.snapshot() as work:
        known = tuple(category for (category,) in work.rows(_CATEGORIES, most=CATEGORIES))
        return Aisles(known, currency_of(work, actor, likely))
