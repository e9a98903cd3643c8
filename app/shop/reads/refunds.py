"""What goes back for an order: money step by step, and vouchers and coins with how long they are good."""

import json
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import bindparam, or_, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import for_owner
from app.shop.rules.receipt import Kind
from app.shop.rules.refunds import RefundState
from app.shop.shop import Shop
from app.shop.sql import Statement, Work


@dataclass(frozen=True, slots=True)
class RefundRow:
    """Money out: when it was asked for, sent and there, what is promised, and what went wrong last.

    `again_at` is when it is tried again, None unless it waits for that.
    """

    n: int
    method: str
    state: str
    amount_minor: int
    by: int
    at: int
    sent_at: int | None
    done_at: int | None
    again_at: int | None
    attempts: int
    trouble: str | None


@dataclass(frozen=True, slots=True)
class Returned:
    """A voucher (by its code) or coins that came back; `until` is when a voucher ends, None for coins."""

    kind: str
    amount: int
    code: str | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class RefundLine:
    """A refund in a list over all orders."""

    number: int
    currency: str
    refund: RefundRow


_r, _p, _o, _e, _v = t.Refund, t.Payment, t.Order, t.OrderEvent, t.Voucher
_ROW = (
    col(_r.n),
    col(_p.method),
    col(_r.state),
    col(_r.amount_minor),
    col(_r.by),
    col(_r.at),
    col(_r.sent_at),
    col(_r.done_at),
    col(_r.due_at),
    col(_r.attempts),
    col(_r.trouble),
)
_ITS_PAYMENT = (col(_p.order_number) == col(_r.order_number)) & (col(_p.n) == col(_r.payment_n))
_REFUNDS = Statement(
    select(*_ROW)
    .join(_p, _ITS_PAYMENT)
    .where(col(_r.order_number) == bindparam("number"))
    .order_by(col(_r.n))
)
_ALL = Statement(
    select(col(_r.order_number), col(_o.currency), *_ROW)
    .join(_p, _ITS_PAYMENT)
    .join(_o, col(_o.number) == col(_r.order_number))
    .where(or_(bindparam("state") == "", col(_r.state) == bindparam("state")))
    .order_by(col(_r.order_number).desc(), col(_r.n).desc())
    .limit(bindparam("limit"))
)
_GIVEN_BACK = Statement(
    select(col(_e.facts))
    .where(col(_e.order_number) == bindparam("number"), col(_e.reason).is_not(None))
    .order_by(col(_e.n))
)
_VOUCHER = Statement(select(col(_v.code), col(_v.ends_at)).where(col(_v.id) == bindparam("voucher")))


def refunds_of(work: Work, number: int) -> tuple[RefundRow, ...]:
    """The refunds of an order, the oldest first."""
    return tuple(_row(*row) for row in work.rows(_REFUNDS, number=number))


def _row(
    n: int,
    method: str,
    state: str,
    amount: int,
    by: int,
    at: int,
    sent_at: int | None,
    done_at: int | None,
    due_at: int | None,
    attempts: int,
    trouble: str | None,
) -> RefundRow:
    again_at = due_at if state == RefundState.RETRYING else None
    return RefundRow(n, method, state, amount, by, at, sent_at, done_at, again_at, attempts, trouble)


def returned_of(work: Work, number: int) -> tuple[Returned, ...]:
    """The vouchers and coins an order's cancels gave back to its buyer."""
    back: Counter[tuple[str, int]] = Counter()
    for (facts,) in work.rows(_GIVEN_BACK, number=number):
        for one in json.loads(facts or "{}").get("released") or ():
            if one["kind"] != Kind.STOCK:
                back[one["kind"], int(one["subject"])] += int(one["amount"])
    return tuple(_returned(work, kind, subject, amount) for (kind, subject), amount in sorted(back.items()))


def _returned(work: Work, kind: str, subject: int, amount: int) -> Returned:
    voucher = work.first(_VOUCHER, voucher=subject) if kind == Kind.VOUCHER else None
    return Returned(kind, amount, *(voucher or ()))


@for_owner
def all_refunds(shop: Shop, *, state: str = "", limit: int = 100) -> tuple[RefundLine, ...]:
    """The refunds of every order, the newest order first, of one state where that is given."""
    with shop.look() as work:
        rows = work.rows(_ALL, state=state, limit=limit)
    return tuple(RefundLine(number, currency, _row(*row)) for number, currency, *row in rows)
