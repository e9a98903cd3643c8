"""Money in: an order is paid in time, or what a change of it costs more; how payments are written."""

from dataclasses import asdict, astuple, dataclass
from typing import Any

from sqlalchemy import bindparam, func, insert, or_, select, update
from sqlmodel import col

from app.shop import ledger
from app.shop import tables as t
from app.shop.actions.opened import Opened
from app.shop.actions.opening import open_order
from app.shop.once import action
from app.shop.rules.clocks import Due, Method, after_payment, next_due, next_payment_step
from app.shop.rules.errors import Refused
from app.shop.rules.orders import Action, Status
from app.shop.rules.orders import after_payment as status_after_payment
from app.shop.rules.payments import NEVER_TOLD, Outcome
from app.shop.rules.receipt import Kind
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement, Work

__all__ = [
    "Answered",
    "Outcome",
    "answered",
    "next_payment",
    "paid_clocks",
    "pay",
    "pay_difference",
    "write_payment",
]

_pay = t.Payment
_OF_ORDER = col(_pay.order_number) == bindparam("number")
_NEXT = Statement(select(func.coalesce(func.max(col(_pay.n)), 0) + 1).where(_OF_ORDER))
_BEGUN = Statement(
    update(_pay)
    .where(_OF_ORDER, col(_pay.state) == "ATTEMPTED", col(_pay.reference).is_(None))
    .values(
        state=bindparam("to"),
        at=bindparam("now"),
        # The order may have been put right since: what is captured is what it costs by now.
        method=bindparam("new_method"),
        amount_minor=bindparam("amount"),
    )
)
# A charge stays what the gateway was told to take.
_ANSWERED = Statement(
    update(_pay)
    .where(
        _OF_ORDER,
        col(_pay.n) == bindparam("payment"),
        # Of two processes one may have told the gateway after the other found that nobody had.
        or_(col(_pay.state) == "ATTEMPTED", col(_pay.trouble) == NEVER_TOLD),
    )
    .values(state=bindparam("to"), at=bindparam("now"), trouble=bindparam("why"), due_at=None)
)
_PAYMENT = Statement(
    insert(_pay).values(
        {name: bindparam(name) for name in ("order_number", "n", "method", "state", "amount_minor", "at")}
    )
)


@dataclass(frozen=True, slots=True)
class Answered:
    """A charge of ours that the gateway has answered: the payment's n, when it took the money or why not."""

    payment: int
    at: int | None = None
    trouble: str | None = None


@action
def pay(
    shop: Shop,
    actor: Actor,
    number: int,
    outcome: Outcome = Outcome.CAPTURED,
    answer: Answered | None = None,
    *,
    key: str,
) -> Done:
    """Pay an order (T2), or note that a payment was begun or failed; `answer`: it is about a charge of ours.

    Raises Refused where it is paid or cancelled already, its pay-by time is over (for a charge: was, when the
    money was taken), or the charge was answered before.
    """
    with shop.change() as work:
        order = open_order(
            work, actor, Action.PAY, number, key, outcome, *(astuple(answer) if answer else ())
        )
        order.may(at=answer.at if answer else None)
        if answer:
            answered(order, answer, outcome.value)
        else:
            _note(order, outcome)
        return _captured(order) if outcome is Outcome.CAPTURED else _tried(order, outcome, answer)


def answered(order: Opened, answer: Answered, state: str) -> None:
    """Write that a charge is answered; raises Refused where it was before."""
    work = order.work
    values = {"payment": answer.payment, "to": state, "now": work.now, "why": answer.trouble}
    if not work.run(_ANSWERED, number=order.number, **values):
        raise Refused("payment_moved_on", {"number": str(order.number)})


def _note(order: Opened, outcome: Outcome) -> None:
    work = order.work
    begun = order.attempted_at is not None and work.run(
        _BEGUN,
        number=order.number,
        to=outcome.value,
        now=work.now,
        new_method=order.method.value,
        amount=order.total_minor,
    )
    if not begun:
        write_payment(work, order.number, order.method, outcome.value, order.total_minor)


def write_payment(work: Work, number: int, method: Method, state: str, amount: int) -> int:
    """Write one more payment of order `number`; its n."""
    n = next_payment(work, number)
    work.run(
        _PAYMENT,
        order_number=number,
        n=n,
        method=method.value,
        state=state,
        amount_minor=amount,
        at=work.now,
    )
    return n


def next_payment(work: Work, number: int) -> int:
    """The n of the next payment of order `number`."""
    return int((work.first(_NEXT, number=number) or (1,))[0])


@action
def pay_difference(
    shop: Shop, actor: Actor, number: int, outcome: Outcome, answer: Answered, *, key: str
) -> Done:
    """Note what the gateway says of the charge for what an agreed change costs more (T16).

    Where it was refused, both sides are told: the order goes on as it was changed. Raises Refused where the
    order is cancelled by now, or the charge was answered before.
    """
    with shop.change() as work:
        order = open_order(work, actor, Action.PAY_DIFFERENCE, number, key, outcome, *astuple(answer))
        order.may()
        answered(order, answer, outcome.value)
        refused = outcome is Outcome.FAILED
        told = {"outcome": outcome.value} | ({"trouble": answer.trouble} if refused else {})
        return order.write(
            {"number": str(number), "status": order.status.value} | told,
            told=told,
            what="difference_refused" if refused else None,
            buyer_code="difference_refused" if refused else None,
            seller_code="difference_refused" if refused else None,
        )


def _tried(order: Opened, outcome: Outcome, answer: Answered | None) -> Done:
    attempted_at = order.work.now if outcome is Outcome.ATTEMPTED else None
    if answer is None and order.open_charge is not None:
        attempted_at = attempted_at or order.attempted_at  # the gateway is still asked about another
    if attempted_at and order.attempted_at and attempted_at > (order.pay_by or 0) + order.policy.grace_ms:
        attempted_at = order.attempted_at  # who tries again after the end does not get the time anew
    due = next_payment_step(
        order.created_at,
        order.pay_by or order.created_at,
        order.policy,
        after=order.work.now,
        attempted_at=attempted_at,
    )
    return order.write(
        _answer(order, order.status, outcome),
        changes={"attempted_at": attempted_at, "open_charge": None if answer else order.open_charge},
        due=due,
        told={"outcome": outcome.value} | ({"trouble": answer.trouble} if answer else {}),
        what="payment_failed" if outcome is Outcome.FAILED else Action.BEGIN_PAYMENT.value,
        buyer_code="payment_failed" if answer else None,
    )


def _captured(order: Opened) -> Done:
    ledger.use_all_but(order.work, order.number, Kind.STOCK, by_event=order.event_n)
    clocks, to, due = paid_clocks(order)
    return order.write(
        _answer(order, to, Outcome.CAPTURED),
        to=to,
        changes=clocks | {"paid_at": order.work.now, "attempted_at": None, "open_charge": None},
        due=due,
        buyer_code="order_paid",
        seller_code="order_paid",
    )


def paid_clocks(order: Opened) -> tuple[dict[str, Any], Status, Due | None]:
    """The clocks of an order that is paid now, its state, and what the clock does next."""
    now, policy = order.work.now, order.policy
    clocks, to = after_payment(now, policy, order.zone), status_after_payment(policy)
    due = next_due(
        to,
        policy,
        after=now,
        created_at=order.created_at,
        remorse_until=clocks.remorse_until,
        cancel_sla=clocks.cancel_sla,
    )
    return asdict(clocks), to, due


def _answer(order: Opened, status: Status, outcome: Outcome) -> dict[str, Any]:
    return {
        "number": str(order.number),
        "status": status.value,
        "outcome": outcome.value,
        "currency": order.currency,
        "paid_minor": order.total_minor if outcome is Outcome.CAPTURED else 0,
    }
