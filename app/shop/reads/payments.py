"""The money an order has brought in, as the receipt needs it before the tap and after it."""

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.rules.clocks import Method
from app.shop.rules.receipt import Paid
from app.shop.sql import Statement, Work, one_of

_pay, _ref = t.Payment, t.Refund
_refunded = (
    select(func.coalesce(func.sum(col(_ref.amount_minor)), 0))
    # One that was given up counts too: it is still owed, and may be sent after all.
    .where(col(_ref.order_number) == col(_pay.order_number), col(_ref.payment_n) == col(_pay.n))
    .scalar_subquery()
)
_PAID = Statement(
    select(col(_pay.n), col(_pay.method), col(_pay.amount_minor), _refunded)
    .where(col(_pay.order_number) == bindparam("number"), one_of(col(_pay.state), "CAPTURED", "LATE"))
    .order_by(col(_pay.n))
)


def paid_for(work: Work, number: int) -> tuple[Paid, ...]:
    """The money an order has brought in, and what of each payment has gone back."""
    rows = work.rows(_PAID, number=number)
    return tuple(Paid(n, Method(method), amount, int(back)) for n, method, amount, back in rows)
