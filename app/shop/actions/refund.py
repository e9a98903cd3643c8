"""Money on its way back: each step of a refund is one transaction, and an event of its order."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlmodel import col

from app.shop import tables as t
from app.shop.actions.opened import Opened
from app.shop.actions.opening import open_order
from app.shop.once import action
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Refused
from app.shop.rules.orders import Action, Status
from app.shop.rules.refunds import (
    EVENTS,
    Outcome,
    RefundState,
    Standing,
    event_of,
    moved,
    reference,
    told_to_buyer,
    told_to_seller,
)
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Row, Statement, Work

_r, _p, _e, _q = t.Refund, t.Payment, t.OrderEvent, t.Request
_OF_ORDER = col(_r.order_number) == bindparam("number")
_refund_rows = (
    select(
        col(_r.n),
        col(_r.payment_n),
        col(_r.cause),
        col(_p.method),
        col(_r.amount_minor),
        col(_r.reference),
        col(_r.state),
        col(_r.by),
        col(_r.attempts),
        col(_r.due_at),
        col(_r.sent_at),
    )
    .join(_p, (col(_p.order_number) == col(_r.order_number)) & (col(_p.n) == col(_r.payment_n)))
    .where(_OF_ORDER)
)
_ONE = Statement(_refund_rows.where(col(_r.n) == bindparam("refund")))
_GIVEN_UP = Statement(_refund_rows.where(col(_r.state) == RefundState.GIVEN_UP.value).order_by(col(_r.n)))
_CHANGED = ("state", "by", "attempts", "due_at", "sent_at", "done_at", "reference", "trouble")
_MOVE = Statement(
    update(_r)
    .where(col(_r.order_number) == bindparam("the_number"), col(_r.n) == bindparam("the_refund"))
    .values({name: bindparam(name) for name in _CHANGED})
)
_cancelled_by = (
    select(func.min(col(_e.n)))
    .where(col(_e.order_number) == bindparam("number"), col(_e.status_to) == Status.CANCELLED.value)
    .scalar_subquery()
)
_COMPLETE = Statement(
    update(_q)
    .where(
        col(_q.order_number) == bindparam("number"),
        col(_q.kind) == "cancel",
        col(_q.status) == "APPROVED",
        ~select(_r)
        .where(_OF_ORDER, col(_r.cause) == _cancelled_by, col(_r.state) != RefundState.DONE.value)
        .exists(),
    )
    .values(status="COMPLETE", version=col(_q.version) + 1)
)


@dataclass(frozen=True, slots=True)
class _Refund:
    """A refund as it stood when its order was opened."""

    n: int
    payment_n: int
    cause: int
    method: Method
    amount_minor: int
    reference: str | None
    stands: Standing


@action
def advance_refund(
    shop: Shop,
    actor: Actor,
    number: int,
    n: int,
    outcome: Outcome = Outcome.BEGUN,
    trouble: str | None = None,
    *,
    key: str,
) -> Done:
    """Bring refund `n` of an order one step on: it is handed to the gateway (BEGUN), or the gateway answered.

    Raises Refused where the refund is not there, or stands where this outcome means nothing.
    """
    with shop.change() as work:
        order = open_order(work, actor, Action.ADVANCE_REFUND, number, key, n, outcome, trouble)
        order.may()
        row = work.first(_ONE, number=number, refund=n)
        if row is None:
            raise Refused("no_such_refund", {"number": str(number)})
        refund = _refund(row)
        to = moved(refund.stands, outcome, refund.method, now=work.now, zone=order.zone)
        if to is None or outcome not in EVENTS:
            raise Refused("refund_moved_on", {"number": str(number), "state": refund.stands.state.value})
        return _advanced(order, refund, outcome, to, trouble)


def _refund(row: Row) -> _Refund:
    n, payment_n, cause, method, amount, known, state, *rest = row
    return _Refund(n, payment_n, cause, Method(method), amount, known, Standing(RefundState(state), *rest))


def _moved_to(order: Opened, refund: _Refund, to: Standing) -> dict[str, Any]:
    """The values of `_MOVE`; whatever the trouble was, it is over."""
    key = {"the_number": order.number, "the_refund": refund.n, "reference": refund.reference, "trouble": None}
    return key | asdict(to) | {"state": to.state.value}


def _advanced(order: Opened, refund: _Refund, outcome: Outcome, to: Standing, trouble: str | None) -> Done:
    work, number, n = order.work, order.number, refund.n
    begun = outcome is Outcome.BEGUN
    known = reference(number, refund.payment_n, refund.cause, to.attempts) if begun else refund.reference
    work.run(_MOVE, **_moved_to(order, refund, to) | {"reference": known, "trouble": trouble})
    event = event_of(outcome, to.state)
    done = order.write(
        {"number": str(number), "status": order.status.value, "refund": n, "state": to.state.value},
        told={"refund_minor": refund.amount_minor, "refund": n, "trouble": trouble},
        what=event,
        was_due=refund.stands.due_at,
        buyer_code=told_to_buyer(event, to.attempts),
        seller_code=told_to_seller(event),
    )
    if to.state is RefundState.DONE:
        complete_request(work, number)
    return done


@action
def retry_refund(shop: Shop, actor: Actor, number: int, *, key: str) -> Done:
    """Send the refunds of an order once more that were given up; the clock does it at its next look.

    Raises Refused where none was given up.
    """
    with shop.change() as work:
        order = open_order(work, actor, Action.RETRY_REFUND, number, key)
        order.may()
        again = [_refund(row) for row in work.rows(_GIVEN_UP, number=number)]
        if not again:
            raise Refused("no_refund_given_up", {"number": str(number)})
        work.many(_MOVE, [_moved_to(order, refund, _once_more(order, refund)) for refund in again])
        amount = sum(refund.amount_minor for refund in again)
        answer = {
            "number": str(number),
            "status": order.status.value,
            "refunds": len(again),
            "refund_minor": amount,
            "currency": order.currency,
        }
        return order.write(answer, told={"refund_minor": amount}, buyer_code="refund_retried")


def _once_more(order: Opened, refund: _Refund) -> Standing:
    to = moved(refund.stands, Outcome.AGAIN, refund.method, now=order.work.now, zone=order.zone)
    assert to is not None  # noqa: S101  (it was given up)
    return to


def complete_request(work: Work, number: int) -> None:
    """The approved request of a cancelled order is complete once all its cancel gives back is there (R12).

    To be called after the cancel and its refunds are written: where nothing goes back, that is at once.
    """
    work.run(_COMPLETE, number=number)
