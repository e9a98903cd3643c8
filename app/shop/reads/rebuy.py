"""Cancelling and buying again, before the tap: what can be changed, what is kept, what it comes to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.reads.basket import basket_of, codes_of
from app.shop.reads.cards import OrderSummary, facts_of, summary
from app.shop.reads.order import read_order
from app.shop.reads.payments import paid_for
from app.shop.rules.basket import Basket
from app.shop.rules.orders import Action, Status
from app.shop.rules.pricing import coins_used
from app.shop.rules.reasons import Fix, Reason, reasons_for
from app.shop.rules.rebuy import basket_again, bought_again, merged, parts_of
from app.shop.rules.receipt import Kind, Receipt, receipt
from app.shop.rules.refusals import next_step, why_not
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement

_o, _l, _v, _b, _p = t.Order, t.Line, t.Variant, t.Balance, t.Product
_GOODS = Statement(
    select(
        *(col(_l.n), col(_l.product_id), col(_l.title), col(_l.variant_id), col(_l.quantity)),
        *(col(_v.id), col(_v.name), func.coalesce(col(_v.picture), col(_p.picture)), col(_v.price_minor)),
        func.coalesce(col(_b.free), 0),
    )
    .join(_o, col(_o.number) == col(_l.order_number))
    .join(_p, col(_p.id) == col(_l.product_id))
    .join(_v, (col(_v.product_id) == col(_l.product_id)) & (col(_v.currency) == col(_o.currency)))
    .join(_b, (col(_b.subject) == col(_v.id)) & (col(_b.kind) == Kind.STOCK.value), isouter=True)
    .where(col(_l.order_number) == bindparam("number"), col(_l.status).is_(None))
    .order_by(col(_l.n), col(_v.id))
)


@dataclass(frozen=True, slots=True)
class Good:
    """A variant to buy: its price now, in minor units, and how many there are, this order's among them."""

    id: int
    name: str
    picture: str | None
    price_minor: int
    free: int


@dataclass(frozen=True, slots=True)
class RebuyLine:
    """A line of the old order, and the variants of its product."""

    n: int
    product_id: int
    title: str
    variant_id: int
    pieces: int
    goods: tuple[Good, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """What the new order comes to, in minor units, and what of the old one is kept for it.

    `kept` and `dropped` are codes of vouchers, `saved_minor` is what the prices of then save.
    """

    total_minor: int
    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    saved_minor: int
    coins: int
    enough: bool


@dataclass(frozen=True, slots=True)
class RebuyChoice:
    """What can be chosen for the new order, and all it takes to say what that comes to.

    `receipt` is the money that comes back for the old one.
    """

    order: OrderSummary
    why_not: str | None
    next_step: str | None
    reasons: tuple[Reason, ...]
    receipt: Receipt
    lines: tuple[RebuyLine, ...]
    basket: Basket
    codes: tuple[tuple[int, str], ...]
    shipping_minor: int

    @property
    def likeliest(self) -> str:
        """The code of the reason that most people have: they want another variant."""
        fixes = (one.code for one in self.reasons if one.fix is Fix.VARIANT)
        return next(fixes, self.reasons[0].code if self.reasons else "")

    def again(self, items: Sequence[tuple[int, int]]) -> Again:
        """What it comes to with these `items` (variant id, pieces), as `cancel_and_rebuy` would make it."""
        wanted = merged(items)
        goods = {good.id: good for line in self.lines for good in line.goods}
        prices = {variant: good.price_minor for variant, good in goods.items()}
        parts = bought_again(wanted, prices, parts_of(self.basket.lines))
        basket = basket_again(parts, self.basket, self.shipping_minor)
        priced, kept = basket.priced(), {one.id for one in basket.vouchers}
        return Again(
            priced.total_minor,
            tuple(code for voucher, code in self.codes if voucher in kept),
            tuple(code for voucher, code in self.codes if voucher not in kept),
            sum(part.pieces * (prices[part.variant_id] - part.unit_minor) for part in parts),
            coins_used(priced),
            all(goods[variant].free >= pieces for variant, pieces in wanted),
        )


def rebuy_choice(shop: Shop, actor: Actor, number: int) -> RebuyChoice:
    """What the buyer of order `number` can buy instead of it; raises NotFound where it is not theirs."""
    with shop.snapshot() as work:
        rows, role = read_order(work, actor, "rebuy_choice", number)
        order, facts = summary(rows, role, work.now), facts_of(rows[0], work.now)
        code = why_not(Action.REBUY, Status(order.status), role, facts)
        if order.source != "takeback":
            code = "edit_on_its_platform"
        basket = basket_of(work, number)
        held = Counter[int]()
        for line in basket.lines:
            held[line.variant_id] += line.quantity
        found = groupby(work.rows(_GOODS, number=number), key=lambda row: row[:5])
        back = receipt(order.currency, paid_for(work, number), (), at=work.now, zone=rows[0][-1])
        reasons = reasons_for(role, Status(order.status), now=work.now, ship_by=order.ship_by)
        return RebuyChoice(
            order,
            code,
            next_step(code) if code else None,
            # What needs words is a cancel of its own: here the new order says what was wrong.
            tuple(reason for reason in reasons if not reason.least),
            back,
            tuple(RebuyLine(*line, _goods(rows, held)) for line, rows in found),  # type: ignore[call-arg]
            basket,
            codes_of(work, number),
            facts.policy.shipping_minor,
        )


def _goods(rows: Any, held: Counter[int]) -> tuple[Good, ...]:
    # A line is the columns before its variants, a variant the others.
    return tuple(Good(*row[5:9], row[9] + held[row[5]]) for row in rows)  # type: ignore[call-arg]
