"""The other variants of what an order holds, and what the whole order would cost with each of them."""

from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.rules.basket import Basket
from app.shop.rules.receipt import Kind
from app.shop.rules.repricing import swapped
from app.shop.sql import Row, Statement, Work


@dataclass(frozen=True, slots=True)
class VariantChoice:
    """A variant to take instead; `difference_minor` is what the order costs more with it (less: negative).

    `loses_voucher`: a voucher falls away with it, as the order is too small for it then.
    """

    id: int
    name: str
    picture: str | None
    price_minor: int
    free: int
    enough: bool
    difference_minor: int
    loses_voucher: bool


@dataclass(frozen=True, slots=True)
class LineChoice:
    """A line of the order, and the other variants of its product."""

    n: int
    product_id: int
    title: str
    variant: str
    quantity: int
    variants: tuple[VariantChoice, ...]


_l, _o, _v, _p, _b = t.Line, t.Order, t.Variant, t.Product, t.Balance
_VARIANTS = Statement(
    select(
        *(col(_l.n), col(_l.product_id), col(_l.title), col(_l.variant), col(_l.quantity)),
        *(col(_v.id), col(_v.name), func.coalesce(col(_v.picture), col(_p.picture)), col(_v.price_minor)),
        *(func.coalesce(col(_b.free), 0), col(_o.total_minor), col(_o.paid_at)),
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
    .where(col(_l.order_number) == bindparam("number"), col(_l.status).is_(None))
    .order_by(col(_l.n), col(_v.id))
)


def lines_of(work: Work, number: int, basket: Basket) -> tuple[LineChoice, ...]:
    """The live lines of order `number`, made of `basket`, with what can be taken instead."""
    found = groupby(work.rows(_VARIANTS, number=number), key=lambda row: row[:5])
    return tuple(_line(line, list(rows), basket) for line, rows in found)


def _line(line: Row, rows: list[Row], basket: Basket) -> LineChoice:
    variants = tuple(_variant(row, basket) for row in rows if row[5] is not None)
    return LineChoice(*line, variants)  # type: ignore[call-arg]  # a line is the columns before its variants


def _variant(row: Row, basket: Basket) -> VariantChoice:
    n, quantity, variant_id, price, free, total, paid_at = row[0], row[4], row[5], *row[8:12]
    anew = swapped(basket, n, variant_id, price, total_minor=total, paid=paid_at is not None)
    return VariantChoice(
        *(variant_id, row[6], row[7], price, free),
        enough=free >= quantity,
        difference_minor=anew.difference_minor,
        loses_voucher=anew.after.vouchers != basket.vouchers,
    )
