"""What an order is made of now, as it is priced anew."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.rules.basket import Basket, BasketLine
from app.shop.rules.pricing import Entry, VoucherKind, VoucherTerms
from app.shop.rules.receipt import Kind
from app.shop.sql import Statement, Work, one_of

_l, _e = t.Line, t.PriceEntry

TERMS: tuple[Any, ...] = tuple(
    col(getattr(t.Voucher, name))
    for name in (
        "id",
        "shop_id",
        "kind",
        "currency",
        "value",
        "least_minor",
        "most_minor",
        "starts_at",
        "ends_at",
    )
)
"""The columns of a voucher that `terms_of` reads."""
FREE_USES: Any = (
    select(col(t.Balance.free))
    .where(col(t.Balance.kind) == Kind.VOUCHER.value, col(t.Balance.subject) == col(t.Voucher.id))
    .scalar_subquery()
)
"""How often a voucher can still be used; to be selected beside it."""
_VOUCHER = Statement(select(*TERMS).where(col(t.Voucher.id) == bindparam("voucher")))
_LINES = Statement(
    select(col(_l.n), col(_l.variant_id), col(_l.quantity), col(_l.unit_minor), col(_l.discount_minor))
    .where(col(_l.order_number) == bindparam("number"), col(_l.status).is_(None))
    .order_by(col(_l.n))
)
_ENTRIES = Statement(
    select(col(_e.kind), col(_e.amount_minor), col(_e.subject)).where(
        col(_e.order_number) == bindparam("number")
    )
)

_CODES = Statement(
    select(col(t.Voucher.id), col(t.Voucher.code))
    .join(_e, col(_e.subject) == col(t.Voucher.id))
    .where(
        col(_e.order_number) == bindparam("number"), one_of(col(_e.kind), Entry.VOUCHER, Entry.FREE_SHIPPING)
    )
    .order_by(col(_e.n))
)


def terms_of(row: Sequence[Any]) -> VoucherTerms:
    """A voucher's terms from a row that begins with `TERMS`."""
    return VoucherTerms(row[0], row[1], VoucherKind(row[2]), *row[3:9])


def basket_of(work: Work, number: int) -> Basket:
    """What order `number` is made of now."""
    lines = tuple(BasketLine(*row) for row in work.rows(_LINES, number=number))
    shipping = coins = 0
    vouchers: list[VoucherTerms] = []
    for kind, amount, subject in work.rows(_ENTRIES, number=number):
        if kind == Entry.SHIPPING:
            shipping = amount
        elif kind == Entry.COINS:
            coins = -amount
        elif subject is not None:
            row = work.first(_VOUCHER, voucher=subject)
            vouchers += [terms_of(row)] if row else []
    return Basket(lines, shipping, tuple(vouchers), coins)


def codes_of(work: Work, number: int) -> tuple[tuple[int, str], ...]:
    """The vouchers of order `number`: their ids and codes."""
    return tuple((row[0], row[1]) for row in work.rows(_CODES, number=number))
