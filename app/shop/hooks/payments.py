"""Payments that a source tells of: booked once, also where they come before their order or after its end."""

import re
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, cast, exists, func, insert, or_, select, union_all, update
from sqlmodel import col

from app.shop import tables as t
from app.shop.actions.late import late_payment
from app.shop.actions.pay import pay
from app.shop.export.fields import SOURCE
from app.shop.hooks.received import came_before
from app.shop.hooks.sources import Source
from app.shop.numbers import LARGEST
from app.shop.retry import anew
from app.shop.rules.errors import Changed, Invalid, Refused
from app.shop.rules.money import LARGEST_MINOR
from app.shop.rules.orders import Status
from app.shop.rules.payments import Outcome
from app.shop.rules.policy import MINUTE
from app.shop.rules.webhooks import ID_LONGEST, MOST_WAITING
from app.shop.shop import GATEWAY, Done, Shop
from app.shop.sql import Statement, Work
from app.shop.tokens import token_digest

_BATCH = 50
_LOOK_AGAIN_MS = MINUTE
_NUMBER = re.compile(r"[0-9]{1,19}")
_ENDS_NOW = "pay_by_passed"
"""The clock ends such an order in a moment: then its money goes back."""

_p, _q, _o, _x = t.HookPayment, t.HookSource, t.Order, t.OutsideNumber
_THIS = (col(_p.source_id) == bindparam("source"), col(_p.reference) == bindparam("reference"))
_NAMES = ("source_id", "reference", "order_told", "currency", "amount_minor", "at", "due_at")
_KEEP = Statement(insert(_p).values({name: bindparam(name) for name in _NAMES}))
_WAITING = Statement(
    select(func.count())
    .select_from(_p)
    .where(col(_p.source_id) == bindparam("source"), col(_p.due_at).is_not(None))
)
_TOLD = (col(_p.order_told), col(_p.currency), col(_p.amount_minor))
_KEPT = Statement(select(*_TOLD, col(_p.order_number), col(_p.trouble)).where(*_THIS))
_MEANT = Statement(
    select(col(_o.number), col(_o.status), col(_o.currency), col(_o.total_minor))
    .where(
        col(_o.shop_id) == bindparam("shop"),
        col(_o.number).in_(
            union_all(
                select(cast(bindparam("number"), t.Id)),
                select(col(_x.order_number)).where(
                    col(_x.outside_number) == bindparam("told"), col(_x.shop_id) == bindparam("shop")
                ),
            )
        ),
    )
    .order_by(col(_o.number).desc())
    .limit(1)
)
_TOLD_ALREADY = Statement(
    select(col(t.Payment.n)).where(
        col(t.Payment.order_number) == bindparam("number"),
        col(t.Payment.state) == "CAPTURED",
        col(t.Payment.amount_minor) == bindparam("amount"),
        # It came from elsewhere with its money, which nobody else told of.
        exists().where(col(_o.number) == bindparam("number"), col(_o.source) != SOURCE),
        ~exists().where(
            col(_p.order_number) == bindparam("number"), col(_p.amount_minor) == bindparam("amount")
        ),
    )
)
_BOOKED = Statement(
    update(_p).where(*_THIS).values(order_number=bindparam("number"), due_at=None, trouble=None)
)
_AGAIN = Statement(
    update(_p)
    .where(*_THIS, col(_p.order_number).is_(None))
    .values(due_at=bindparam("next"), trouble=bindparam("why"))
)
_came = (
    select(col(_x.order_number))
    .where(col(_x.outside_number) == col(_p.order_told), col(_x.shop_id) == col(_q.shop_id))
    .exists()
)
_DUE = Statement(
    select(col(_p.source_id), col(_q.shop_id), col(_p.reference), *_TOLD)
    .join(_q, col(_q.id) == col(_p.source_id))
    # One whose order is not there is looked at when it is; one that was refused, a minute later.
    .where(col(_p.due_at) <= bindparam("now"), or_(_came, col(_p.trouble).is_not(None)))
    .order_by(col(_p.due_at))
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that was taken elsewhere for an order, called `order` here or there; once under its reference."""

    reference: str
    order: str
    currency: str
    amount_minor: int


def payment_of(told: object) -> Payment:
    """The payment of a message; raises Invalid."""
    if not isinstance(told, dict):
        raise Invalid("hook_body_unknown")
    texts = {name: told.get(name) for name in ("reference", "order", "currency")}
    for name, value in texts.items():
        if not isinstance(value, str) or not value.isprintable() or not 0 < len(value) <= ID_LONGEST:
            raise Invalid("hook_body_unusable", {"why": name})
    amount = told.get("amount_minor")
    if not isinstance(amount, int) or isinstance(amount, bool) or not 0 < amount <= LARGEST_MINOR:
        raise Invalid("hook_body_unusable", {"why": "amount_minor"})
    return Payment(**{name: str(value) for name, value in texts.items()}, amount_minor=amount)


def push_payment(shop: Shop, source: Source, message: str, payment: Payment) -> Done:
    """Book a payment: its order is paid, or the money goes back where the order needs none any more.

    It is kept first, so that it is booked once, and until its order is there: then it is not `booked` yet.
    Raises Invalid where it cannot be this order's, or another payment had its reference, Refused where too
    many wait.
    """
    again, booked = anew(lambda: _keep(shop, source, message, payment))
    if booked:
        return Done({"booked": True, "again": True})
    done = _book(shop, source.id, source.shop_id, payment)
    if done is None:
        return Done({"booked": False, "again": again})
    return replace(done, answer={"booked": True, "again": again} | done.answer)


def settle_waiting(shop: Shop) -> tuple[Done, ...]:
    """Book the payments whose orders are there by now; what was done. Any number of processes may do so."""
    with shop.look() as work:
        rows = work.rows(_DUE, now=work.now, limit=_BATCH)
    done = []
    for source, shop_id, reference, *told in rows:
        try:
            one = _book(shop, source, shop_id, Payment(reference, *told))
        except (Invalid, Refused, Changed):
            continue  # why is kept with it
        if one:
            done.append(one)
    return tuple(done)


def _keep(shop: Shop, source: Source, message: str, payment: Payment) -> tuple[bool, bool]:
    with shop.change() as work:
        return came_before(work, source.id, message), _kept(work, source, payment)


def _kept(work: Work, source: Source, payment: Payment) -> bool:
    """Keep a payment that is new; whether it was booked before."""
    row = work.first(_KEPT, source=source.id, reference=payment.reference)
    told = (payment.order, payment.currency, payment.amount_minor)
    if row is not None:
        if tuple(row[:3]) != told:
            raise Invalid("hook_reference_reused", {"reference": payment.reference})
        return row[3] is not None
    (waiting,) = work.first(_WAITING, source=source.id) or (0,)
    if waiting >= MOST_WAITING:
        raise Refused("too_many_payments_wait", {"most": MOST_WAITING})
    values: dict[str, Any] = dict(zip(("order_told", "currency", "amount_minor"), told, strict=True))
    work.run(_KEEP, source_id=source.id, reference=payment.reference, at=work.now, due_at=work.now, **values)
    return False


def _book(shop: Shop, source: int, shop_id: int, payment: Payment) -> Done | None:
    """Book it where its order is there; None where it waits for that, or for the clock to end the order.

    Who is killed in between books it again, under the same key.
    """
    this = {"source": source, "reference": payment.reference}
    with shop.look() as work:
        row: Any = work.first(_MEANT, shop=shop_id, number=_number(payment.order), told=payment.order)
        told = row and work.first(_TOLD_ALREADY, number=row[0], amount=payment.amount_minor)
    if row is None:
        return None
    number, status, currency, total = row
    try:
        key = f"webhook:{token_digest(f'{source}/{payment.reference}')}"
        done = _known(number) if told else _pay(shop, number, status, currency, total, payment, key)
    except (Invalid, Refused) as refused:
        with shop.change() as work:
            work.run(_AGAIN, **this, next=work.now + _LOOK_AGAIN_MS, why=refused.code)
        if refused.code == _ENDS_NOW:
            return None
        raise
    with shop.change() as work:
        work.run(_BOOKED, **this, number=number)
    return done


def _number(told: str) -> int:
    number = int(told) if _NUMBER.fullmatch(told) else 0
    return number if number <= LARGEST else 0


def _known(number: int) -> Done:
    """The order came with this payment: there is nothing to be done."""
    return Done({"number": str(number), "outcome": Outcome.CAPTURED.value})


def _pay(shop: Shop, number: int, status: str, currency: str, total: int, payment: Payment, key: str) -> Done:
    whole = payment.amount_minor == total
    if payment.currency != currency or (status == Status.UNPAID and not whole):
        raise Invalid("payment_not_of_order", {"number": str(number)})
    if whole:
        try:
            return pay(shop, GATEWAY, number, Outcome.CAPTURED, key=key)
        except Refused as refused:
            if refused.code == _ENDS_NOW:
                raise
    return late_payment(shop, GATEWAY, number, payment.amount_minor, key=f"{key}:late")
