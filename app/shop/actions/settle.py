"""The clock's way to the gateway: every refund that is due is sent or asked about, and what came is noted.

A refund is written as SENT, with the reference the gateway is to know it by, before the gateway is told,
and it is told outside of any transaction. Whoever is killed in between leaves a refund that is asked about,
and sent again under the same reference where the gateway has never heard of it: nothing is paid twice,
nothing is lost.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import bindparam, select, tuple_, update
from sqlmodel import col

from app.shop import tables as t
from app.shop.actions.refund import advance_refund
from app.shop.actions.rounds import due_still, go_round
from app.shop.gateway import Payback, Reply
from app.shop.retry import transact
from app.shop.rules.clocks import Method
from app.shop.rules.errors import Changed, Refused
from app.shop.rules.refunds import Outcome, RefundState, Standing, is_late, look_again, reference
from app.shop.shop import SYSTEM, Done, Shop, Tell, nobody
from app.shop.sql import Statement, Work

log = logging.getLogger("takeback")

_r, _p, _o = t.Refund, t.Payment, t.Order
_DUE = Statement(
    select(
        col(_r.due_at),
        col(_r.order_number),
        col(_r.n),
        col(_r.state),
        col(_r.payment_n),
        col(_r.cause),
        col(_p.method),
        col(_r.amount_minor),
        col(_o.currency),
        col(_r.by),
        col(_r.attempts),
        col(_r.sent_at),
        col(_r.trouble),
    )
    .join(_p, (col(_p.order_number) == col(_r.order_number)) & (col(_p.n) == col(_r.payment_n)))
    .join(_o, col(_o.number) == col(_r.order_number))
    .where(
        col(_r.due_at) <= bindparam("now"),
        tuple_(col(_r.due_at), col(_r.order_number), col(_r.n))
        > tuple_(bindparam("after_at"), bindparam("after_number"), bindparam("after_n")),
    )
    .order_by(col(_r.due_at), col(_r.order_number), col(_r.n))
    .limit(bindparam("limit"))
)
_STILL_DUE = due_still(_r, number=_r.order_number, n=_r.n)
_LOOK_AGAIN = Statement(
    update(_r)
    .where(
        col(_r.order_number) == bindparam("number"),
        col(_r.n) == bindparam("refund"),
        col(_r.state) == RefundState.SENT.value,
        col(_r.due_at) == bindparam("was_due"),
    )
    .values(due_at=bindparam("now_due"))
)


@dataclass(frozen=True, slots=True)
class _Due:
    """A refund the clock has to look after, as it was found."""

    due_at: int
    number: int
    n: int
    state: str
    payment_n: int
    cause: int
    method: str
    amount_minor: int
    currency: str
    by: int
    attempts: int
    sent_at: int | None
    trouble: str | None

    def payback(self, attempt: int) -> Payback:
        """What the gateway is told at its `attempt`-th attempt."""
        return Payback(
            reference=reference(self.number, self.payment_n, self.cause, attempt),
            number=self.number,
            payment_n=self.payment_n,
            method=Method(self.method),
            amount_minor=self.amount_minor,
            currency=self.currency,
            by=self.by,
            attempt=attempt,
        )


def settle_due(shop: Shop, *, most: int | None = None, tell: Tell = nobody) -> tuple[Done, ...]:
    """Send every refund that is due, or ask what became of it, at most `most` of them; what came of it.

    Each step is told as it is done. Any number of processes may do so. A gateway that cannot be reached is
    asked again later, and so is one refund that fails: the others go on, and do not count it.
    """
    return go_round(shop, _DUE, _STILL_DUE, lambda row: _settle(shop, _Due(*row)), most, tell)


def _settle(shop: Shop, due: _Due) -> Iterator[Done]:
    out = due.state == RefundState.SENT
    payback = due.payback(due.attempts if out else due.attempts + 1)
    try:
        if not out:
            yield _advance(shop, due, Outcome.BEGUN, payback)
        reply = _said(shop, payback, out=out)
        if reply.outcome is not Outcome.ACCEPTED:
            yield _advance(shop, due, reply.outcome, payback, reply.trouble)
        elif out and is_late(due.by, shop.now()) and due.trouble != "late":
            yield _advance(shop, due, Outcome.LATE, payback, "late")
        elif out:
            _look_again(shop, due)
    except (Refused, Changed):
        pass  # somebody else was faster


def _said(shop: Shop, payback: Payback, *, out: bool) -> Reply:
    """What the gateway says; where it says nothing, the refund counts as on its way until asked again."""
    try:
        known = shop.gateway.ask(payback.reference) if out else None
        return known or shop.gateway.send(payback)
    except Exception as error:  # whatever a provider's own code raises
        log.warning("the gateway did not answer for %s: %r", payback.reference, error)
        return Reply(Outcome.ACCEPTED)


def _advance(shop: Shop, due: _Due, outcome: Outcome, payback: Payback, trouble: str | None = None) -> Done:
    # The key is the attempt and what came of it: whoever comes second gets the first one's answer.
    key = f"refund:{payback.reference}:{outcome}"
    return advance_refund(shop, SYSTEM, due.number, due.n, outcome, trouble, key=key)


def _look_again(shop: Shop, due: _Due) -> None:

    def put_off(work: Work) -> None:
        stands = Standing(RefundState.SENT, due.by, due.attempts, due.due_at, due.sent_at)
        at = look_again(stands, work.now)
        work.run(_LOOK_AGAIN, number=due.number, refund=due.n, was_due=due.due_at, now_due=at)

    transact(shop, put_off)
