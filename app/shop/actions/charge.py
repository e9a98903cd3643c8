"""Money in through the gateway: a charge is written under its reference before the gateway is told of it.

It is told outside of any transaction. Whoever is killed in between leaves a charge that the clock asks about,
and tells the gateway of under the same reference where it has never heard of it, as long as the order waits
for its money: nothing is taken twice, nothing is lost, nothing is taken for what is over. What was taken for
an order that no longer waits for it goes back (T14).
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, case, insert, select, tuple_, update
from sqlmodel import col

from app.shop import tables as t
from app.shop.actions.late import late_payment
from app.shop.actions.opened import Opened
from app.shop.actions.opening import open_order
from app.shop.actions.pay import Answered, next_payment, pay, pay_difference
from app.shop.actions.rounds import due_still, go_round
from app.shop.gateway import Answer, Bank, Charge
from app.shop.once import action
from app.shop.retry import transact
from app.shop.rules.clocks import Method, next_payment_step, payment_steps
from app.shop.rules.errors import Refused
from app.shop.rules.orders import Action, Status
from app.shop.rules.payments import ASKED_FIRST, NEVER_TOLD, Outcome, ask_again, charge_reference
from app.shop.shop import GATEWAY, Actor, Done, Shop, Tell, nobody
from app.shop.sql import Statement, Work

log = logging.getLogger("takeback")

_p, _o = t.Payment, t.Order
_WRITTEN = (
    *("order_number", "n", "method", "state", "amount_minor", "at"),
    *("reference", "token", "until", "due_at", "cause"),
)
_CHARGE = Statement(insert(_p).values({name: bindparam(name) for name in _WRITTEN}))
_charges = select(
    *(col(_p.due_at), col(_p.order_number), col(_p.n), col(_p.reference), col(_p.method)),
    *(col(_p.amount_minor), col(_o.currency), col(_p.token), col(_p.until), col(_p.at), col(_p.cause)),
).join(_o, col(_o.number) == col(_p.order_number))
_ONE = Statement(
    _charges.where(col(_p.order_number) == bindparam("number"), col(_p.n) == bindparam("payment"))
)
_OPEN = Statement(_charges.where(col(_p.order_number) == bindparam("number"), col(_p.due_at).is_not(None)))
_DUE = Statement(
    _charges.where(
        col(_p.due_at) <= bindparam("now"),
        tuple_(col(_p.due_at), col(_p.order_number), col(_p.n))
        > tuple_(bindparam("after_at"), bindparam("after_number"), bindparam("after_n")),
    )
    .order_by(col(_p.due_at), col(_p.order_number), col(_p.n))
    .limit(bindparam("limit"))
)
_STILL_DUE = due_still(_p, number=_p.order_number, n=_p.n)
_WAITS = Statement(
    select(col(_p.n))
    .join(_o, col(_o.number) == col(_p.order_number))
    .where(
        col(_p.order_number) == bindparam("number"),
        col(_p.n) == bindparam("payment"),
        col(_p.state) == Outcome.ATTEMPTED.value,
        col(_p.until) >= bindparam("now"),
        case(
            (col(_p.cause).is_(None), col(_o.status) == Status.UNPAID.value),
            else_=col(_o.status) != Status.CANCELLED.value,
        ),
    )
)
_STILL = (
    col(_p.order_number) == bindparam("number"),
    col(_p.n) == bindparam("payment"),
    col(_p.state) == Outcome.ATTEMPTED.value,
)
_LOOK_AGAIN = Statement(
    update(_p).where(*_STILL, col(_p.due_at) == bindparam("was_due")).values(due_at=bindparam("now_due"))
)
_CLOSE = Statement(
    update(_p)
    .where(*_STILL)
    .values(state=Outcome.FAILED.value, at=bindparam("now"), trouble=bindparam("why"), due_at=None)
)


@dataclass(frozen=True, slots=True)
class _Charge:
    """A charge as it was found."""

    due_at: int | None
    number: int
    n: int
    reference: str
    method: str
    amount_minor: int
    currency: str
    token: str
    until: int
    at: int
    cause: int | None


def write_charge(
    order: Opened, amount_minor: int, token: str, *, until: int, asked_at: int, cause: int | None = None
) -> tuple[int, str]:
    """Write one more payment as a charge that the gateway is to be told of; its n and its reference.

    `until` is when its money is in time (ms UTC), `asked_at` when the clock asks about it first; `cause` is
    the event it is for, where that is not the order's own price.
    """
    n = next_payment(order.work, order.number)
    reference = charge_reference(order.number, n)
    order.work.run(
        _CHARGE,
        order_number=order.number,
        n=n,
        method=order.method.value,
        state=Outcome.ATTEMPTED.value,
        amount_minor=amount_minor,
        at=order.work.now,
        reference=reference,
        token=token,
        until=until,
        due_at=asked_at,
        cause=cause,
    )
    return n, reference


@action
def begin_payment(shop: Shop, actor: Actor, number: int, token: str = Bank.APPROVES, *, key: str) -> Done:
    """Write that the gateway is about to be asked for an order's money; `token` is what it will charge.

    Raises Refused where the order cannot be paid now, or is being paid already.
    """
    with shop.change() as work:
        order = open_order(work, actor, Action.BEGIN_PAYMENT, number, key, token)
        order.may()
        now, pay_by = work.now, order.pay_by or order.created_at
        last = payment_steps(order.created_at, pay_by, order.policy, now)[-1]
        n, reference = write_charge(
            order, order.total_minor, token, until=last.at - 1, asked_at=now + ASKED_FIRST
        )
        answer: dict[str, Any] = {
            "number": str(number),
            "status": order.status.value,
            "outcome": Outcome.ATTEMPTED.value,
            "currency": order.currency,
            "paid_minor": 0,
            "payment": n,
            "reference": reference,
        }
        due = next_payment_step(order.created_at, pay_by, order.policy, after=now, attempted_at=now)
        return order.write(answer, changes={"attempted_at": now, "open_charge": n}, due=due)


def charge(shop: Shop, actor: Actor, number: int, token: str = Bank.APPROVES, *, key: str) -> Done:
    """Pay an order through the gateway: what came of it, or that it is still being asked (ATTEMPTED).

    Raises Refused where the order cannot be paid now, or is being paid already. With the same `key`
    nothing is charged again, and the gateway is asked how it stands.
    """
    begun = begin_payment(shop, actor, number, token, key=key)
    with shop.look() as work:
        row = work.first(_ONE, number=number, payment=begun.answer["payment"])
    assert row is not None  # noqa: S101  (it was just written, and payments stay)
    return next(iter(_settle(shop, _Charge(*row))), begun)


def ask_due(shop: Shop, *, most: int | None = None, tell: Tell = nobody) -> tuple[Done, ...]:
    """Ask the gateway about every charge that is due, at most `most` of them; what came of it.

    Each is told as it is done. Any number of processes may do so.
    """
    return go_round(shop, _DUE, _STILL_DUE, lambda row: _settle(shop, _Charge(*row)), most, tell)


def ask_about(shop: Shop, number: int) -> tuple[Done, ...]:
    """Ask the gateway about what is out of one order; what came of it."""
    with shop.look() as work:
        found = work.rows(_OPEN, number=number)
    return tuple(done for row in found for done in _settle(shop, _Charge(*row)))


def _settle(shop: Shop, one: _Charge) -> Iterator[Done]:
    answer = _said(shop, one)
    if answer.outcome is Outcome.ATTEMPTED:
        _look_again(shop, one)
        return
    told = Answered(one.n, answer.at, answer.trouble)
    # The key is the charge and what came of it: whoever comes second gets the first one's answer.
    key = f"charge:{one.reference}"
    note = pay if one.cause is None else pay_difference
    try:
        yield note(shop, GATEWAY, one.number, answer.outcome, told, key=f"{key}:{answer.outcome}")
    except Refused as refused:
        if refused.code in ("payment_moved_on", "pay_by_passed"):
            return  # somebody else was faster, or it lapses any moment: then it is late
        if answer.outcome is Outcome.FAILED:
            _close(shop, one, answer.trouble)
        else:
            yield late_payment(shop, GATEWAY, one.number, one.amount_minor, told, key=f"{key}:late")


def _said(shop: Shop, one: _Charge) -> Answer:
    """What the gateway says; where it says nothing, it counts as still being asked."""
    try:
        known = shop.gateway.ask_charge(one.reference)
        if known or not _waited_for(shop, one):
            return known or Answer(Outcome.FAILED, NEVER_TOLD)
        return shop.gateway.charge(
            Charge(
                reference=one.reference,
                number=one.number,
                payment_n=one.n,
                method=Method(one.method),
                amount_minor=one.amount_minor,
                currency=one.currency,
                token=one.token,
                until=one.until,
            )
        )
    except Exception as error:  # whatever a provider's own code raises
        log.warning("the gateway did not answer for %s: %r", one.reference, error)
        return Answer(Outcome.ATTEMPTED)


def _waited_for(shop: Shop, one: _Charge) -> bool:
    """Whether its order still waits for its money: else a gateway that has not heard of it never does."""
    with shop.look() as work:
        return bool(work.first(_WAITS, number=one.number, payment=one.n, now=work.now))


def _look_again(shop: Shop, one: _Charge) -> None:
    if one.due_at is None:
        return

    def put_off(work: Work) -> None:
        at = ask_again(one.at, one.until, work.now)
        work.run(_LOOK_AGAIN, number=one.number, payment=one.n, was_due=one.due_at, now_due=at)

    transact(shop, put_off)


def _close(shop: Shop, one: _Charge, trouble: str | None) -> None:
    """Nothing was taken for an order that no longer waits for it: that is no news to anybody."""
    transact(shop, lambda work: work.run(_CLOSE, number=one.number, payment=one.n, now=work.now, why=trouble))
