"""What a seller can offer instead of cancelling: variants, vouchers, addresses, later days."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, literal, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.reads.basket import basket_of
from app.shop.reads.cards import OrderSummary, summary
from app.shop.reads.order import read_order
from app.shop.reads.orders import COUNTED
from app.shop.reads.other_vouchers import VoucherOption, vouchers_of
from app.shop.reads.requests import asked_about
from app.shop.reads.swaps import LineChoice, lines_of
from app.shop.rules.clocks import add_working_days
from app.shop.rules.errors import Refused
from app.shop.rules.request_refusals import request_next_step, why_not_request
from app.shop.rules.requests import RequestAction
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement

DAYS = 7
"""Days of shipping to choose from."""
LOOKED = 200
"""Orders of a buyer, the newest, among which earlier requests are counted."""


@dataclass(frozen=True, slots=True)
class AddressChoice:
    """An address of the buyer, told by its city alone: the rest, and its name, is not a seller's to read."""

    id: int
    city: str | None


@dataclass(frozen=True, slots=True)
class OfferChoice:
    """Everything that can be offered.

    `vouchers` are those that make it cheaper, `days` moments (ms UTC) on later working days of the shop.
    """

    order: OrderSummary
    lines: tuple[LineChoice, ...]
    vouchers: tuple[VoucherOption, ...]
    addresses: tuple[AddressChoice, ...]
    days: tuple[int, ...]


_o, _a, _q = t.Order, t.Address, t.Request
_NUMBER: Any = bindparam("number")
_ADDRESSES = Statement(
    select(col(_a.id), col(_a.city))
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
        start = max(order.ship_by or 0, work.now)
        return OfferChoice(
            order,
            lines_of(work, number, basket),
            tuple(
                one
                for one in vouchers_of(work, number, basket, asks=True)
                if one.why_not is None and one.difference_minor < 0
            ),
            tuple(AddressChoice(*row) for row in work.rows(_ADDRESSES, number=number)),
            tuple(add_working_days(start, days, rows[0][-1]) for days in range(1, DAYS + 1)),
        )


def asked_before(shop: Shop, actor: Actor, number: int) -> int:
    """How many requests the buyer of order `number` has made about others of this shop, up to `COUNTED`.

    Raises NotFound where the order is not the actor's to see.
    """
    with shop.snapshot() as work:
        read_order(work, actor, "asked_before", number)
        buyer, shop_id = work.first(_PARTIES, number=number) or (0, 0)
        row = work.first(_ASKED, number=number, buyer=buyer, shop=shop_id)
    return int(row[0]) if row else 0
