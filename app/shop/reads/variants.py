"""Variants as they can be bought now, however many are asked for read in one statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import select
from sqlmodel import col

from app.shop import tables as t
from app.shop.numbers import LARGEST
from app.shop.reads.keys import among, keys
from app.shop.rules.items import Items
from app.shop.rules.receipt import Kind
from app.shop.sql import Statement, Work

_v, _p, _b = t.Variant, t.Product, t.Balance


@dataclass(frozen=True, slots=True)
class Offer:
    """A variant as it can be bought now; `free` is None where no stock is counted."""

    variant_id: int
    variant: str
    currency: str
    price_minor: int
    variant_picture: str | None
    product_id: int
    shop_id: int
    creator_id: int | None
    title: str
    product_picture: str | None
    free: int | None

    @property
    def picture(self) -> str | None:
        """The variant's picture, else the product's."""
        return self.variant_picture or self.product_picture


@cache
def _offers(most: int) -> Statement:
    return Statement(
        select(
            *(col(_v.id), col(_v.name), col(_v.currency), col(_v.price_minor), col(_v.picture)),
            *(col(_p.id), col(_p.shop_id), col(_p.creator_id), col(_p.title), col(_p.picture)),
            col(_b.free),
        )
        .join(_p, col(_p.id) == col(_v.product_id))
        .join(_b, (col(_b.subject) == col(_v.id)) & (col(_b.kind) == Kind.STOCK.value), isouter=True)
        .where(among(_v.id, most))
    )


def offers_of(work: Work, variants: Iterable[int]) -> dict[int, Offer]:
    """Those of these variants that there are, by id."""
    wanted = [variant for variant in variants if 0 <= variant <= LARGEST]
    # One text for up to one, two, four … of them: each is compiled once.
    statement = _offers(1 << max(len(wanted) - 1, 0).bit_length())
    return {row[0]: Offer(*row) for row in work.rows(statement, **keys(wanted))}


def leading(offers: Mapping[int, Offer], items: Items) -> Offer | None:
    """The first of `items` that there is: its shop and currency are the order's."""
    return next((offers[variant] for variant, _ in items if variant in offers), None)


def leading_of(work: Work, items: Items) -> Offer | None:
    """The one of `items` that says what else can stand in an order with them; None where there is none."""
    return leading(offers_of(work, (variant for variant, _ in items)), items)
