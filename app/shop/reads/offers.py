"""What a seller can offer instead of cancelling: variants with what each costs, addresses, later days."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, func, literal, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.reads.basket import basket_of
from app.shop.reads.cards import OrderSummary, summary
from app.shop.reads.order import read_order
from app.shop.reads.orders import COUNTED
from app.shop.reads.requests import asked_about
from app.shop.rules.basket import Basket
from app.shop.rules.clocks import add_working_days
from app.shop.rules.errors import Refused
from app.shop.rules.receipt import Kind
from app.shop.rules.request_refusals import request_next_step, why_not_request
from app.shop.rules.requests import RequestAction
from app.shop.shop import Actor, Shop
from app.shop.sql import Row, Statement

DAYS = 7
"""Days of shipping to choose from."""
LOOKED = 200
"""Orders of a buyer, the newest, among which earlier requests are counted."""


@dataclass(frozen=True, slots=True)
class VariantChoice:
    """A variant to offer; `difference_minor` is what the order costs more with it (less: negative)."""

    id: int
    name: str
    picture: str | None
    price_minor: int
    free: int
    enough: bool
    difference_minor: int


@dataclass(frozen=True, slots=True)
class LineChoice:
    """A line of the order, and the other variants of its product."""

    n: int
    product_id: int
    title: str
    variant: str
    quantity: int
    variants: tuple[VariantChoice, ...]


@dataclass(frozen=True, slots=True)
class AddressChoice:
    """An address of the buyer, told by its name and city alone: the rest is not a seller's to read yet."""

    id: int
    label: str
    city: str | None


@dataclass(frozen=True, slots=True)
class OfferChoice:
    """Everything that can be offered; `days` are moments (ms UTC) on later working days of the shop."""

    order: OrderSummary
    lines: tuple[LineChoice, ...]
    addresses: tuple[AddressChoice, ...]
    days: tuple[int, ...]


_o, _l, _v, _b, _a, _p, _q = t.Order, t.Line, t.Variant, t.Balance, t.Address, t.Product, t.Request
_NUMBER: Any = bindparam("number")
_VARIANTS = Statement(
    select(
        *(col(_l.n), col(_l.product_id), col(_l.title), col(_l.variant), col(_l.quantity)),
        *(col(_v.id), col(_v.name), func.coalesce(col(_v.picture), col(_p.picture)), col(_v.price_minor)),
        func.coalesce(col(_b.free), 0),
    )
    .join(_o, col(_o.number) == col(_l.order_number))
    .join(_p, col(_p.id) == col(_l.product_id))
    .join(
        _v,
        (col(_v.product_id) == col(_l.product_id))
        & (col(_v.id) != col(_l.variant_id))
        & (col(_v.currency) == col(_o.currency)),
        isouter=True,
    )
    .join(_b, (col(_b.subject) == col(_v.id)) & (col(_b.kind) == Kind.STOCK.value), isouter=True)
    .where(col(_l.order_number) == _NUMBER, col(_l.status).is_(None))
    .order_by(col(_l.n), col(_v.id))
)
_ADDRESSES = Statement(
    select(col(_a.id), col(_a.label), col(_a.city))
    .join(_o, col(_o.buyer_id) == col(_a.person_id))
    .where(
        col(_o.number) == _NUMBER,
        col(_a.removed_at).is_(None),
        (col(_o.address_id).is_(None)) | (col(_o.address_id) != col(_a.id)),
    )
    .order_by(col(_a.id))
)
_others = (
    select(col(_o.number))
    .where(
        col(_o.buyer_id) == bindparam("buyer"),
        col(_o.shop_id) == bindparam("shop"),
        col(_o.number) != _NUMBER,
    )
    .order_by(col(_o.number).desc())
    .limit(LOOKED)
    .subquery()
)
_PARTIES = Statement(select(col(_o.buyer_id), col(_o.shop_id)).where(col(_o.number) == _NUMBER))
_ASKED = Statement(
    select(func.count()).select_from(
        select(literal(1).label("one"))
        .select_from(_others)
        .join(_q, col(_q.order_number) == _others.c.number)
        .limit(COUNTED)
        .subquery()
    )
)


def offer_choice(shop: Shop, actor: Actor, number: int) -> OfferChoice:
    """What the seller of order `number` can offer.

    Raises NotFound where the order is not theirs, Refused where nothing can be offered now: only then is it
    their business where else the buyer has parcels sent.
    """
    with shop.snapshot() as work:
        rows, role = read_order(work, actor, "offer_choice", number)
        asked = asked_about(work, rows, role)
        code = why_not_request(RequestAction.OFFER, asked.status, role, asked.facts)
        if code is not None:
            raise Refused(code, {"number": str(number)}, request_next_step(code))
        order = summary(rows, role, work.now)
        basket = basket_of(work, number)
        found = groupby(work.rows(_VARIANTS, number=number), key=lambda row: row[:5])
        start = max(order.ship_by or 0, work.now)
        return OfferChoice(
            order,
            tuple(_line(line, list(rows), basket) for line, rows in found),
            tuple(AddressChoice(*row) for row in work.rows(_ADDRESSES, number=number)),
            tuple(add_working_days(start, days, rows[0][-1]) for days in range(1, DAYS + 1)),
        )


def _line(line: Row, rows: list[Row], basket: Basket) -> LineChoice:
    variants = tuple(_variant(row, basket) for row in rows if row[5] is not None)
    return LineChoice(*line, variants)  # type: ignore[call-arg]  # a line is the columns before its variants


def _variant(row: Row, basket: Basket) -> VariantChoice:
    n, quantity, variant_id, price, free = row[0], row[4], row[5], row[8], row[9]
    after = basket.swapped(n, variant_id, price).without(frozenset())
    difference = after.priced().total_minor - basket.priced().total_minor
    return VariantChoice(variant_id, row[6], row[7], price, free, free >= quantity, difference)


def asked_before(shop: Shop, actor: Actor, number: int) -> int:
    """How many requests the buyer of order `number` has made about others of this shop, up to `COUNTED`.

    Raises NotFound where the order is not the actor's to see.
    """
    with shop.snapshot() as work:
        read_order(work, actor, "asked_before", number)
        buyer, shop_id = work.first(_PARTIES, number=number) or (0, 0)
        row = work.first(_ASKED, number=number, buyer=buyer, shop=shop_id)
    return int(row[0]) if row else 0
