"""What the system does at a deadline; any number of processes may run it, each step happens once."""

from collections.abc import Callable

from sqlalchemy import bindparam, select, tuple_
from sqlmodel import col

from app.shop import tables as t
from app.shop.actions.cancel import cancelled
from app.shop.actions.opening import open_order
from app.shop.actions.ship import complete
from app.shop.once import action, purge
from app.shop.reads.policy import newest_policy
from app.shop.rules.clocks import Due, Step, last_payment_step, next_due, next_payment_step
from app.shop.rules.errors import Changed, Refused
from app.shop.rules.orders import Action, Status
from app.shop.rules.policy import effective
from app.shop.rules.reasons import REASONS
from app.shop.shop import SYSTEM, Actor, Done, Shop
from app.shop.sql import Statement

BATCH = 500

_o = t.Order
_DUE = Statement(
    select(
        col(_o.number),
        col(_o.due_step),
        col(_o.due_at),
        col(_o.status),
        col(_o.created_at),
        col(_o.pay_by),
        col(_o.attempted_at),
        newest_policy(0).label("platform_policy"),
        newest_policy(col(_o.shop_id)).label("shop_policy"),
    )
    .where(
        col(_o.due_at) <= bindparam("now"),
        tuple_(col(_o.due_at), col(_o.number)) > tuple_(bindparam("after_at"), bindparam("after_number")),
    )
    .order_by(col(_o.due_at), col(_o.number))
    .limit(bindparam("limit"))
)


def run_due(shop: Shop, *, most: int | None = None) -> tuple[Done, ...]:
    """Apply every deadline that has passed, the longest passed first, at most `most` of them; what was done.

    A step that somebody else was faster with, or that no longer applies, is left out. Idempotency keys that
    are old enough are forgotten.
    """
    purge(shop)
    done: list[Done] = []
    # The end of one deadline begins another, which may have passed as well (the app was closed for days).
    for _ in range(2):
        before = len(done)
        done += _pass(shop, None if most is None else most - before)
        if len(done) == before:
            break
    return tuple(done)


def _pass(shop: Shop, most: int | None) -> list[Done]:
    done: list[Done] = []
    number = at = 0
    while most is None or len(done) < most:
        limit = BATCH if most is None else min(BATCH, most - len(done))
        with shop.look() as work:
            rows = work.rows(_DUE, now=work.now, after_at=at, after_number=number, limit=limit)
        for number, step, at, *facts in rows:
            if (one := _take(shop, number, _latest(Due(at, Step(step)), shop.now(), *facts))) is not None:
                done.append(one)
        if len(rows) < limit:
            break
    return done


def _latest(
    due: Due, now: int, status: str, created_at: int, pay_by: int, attempted_at: int | None, *policies: str
) -> Due:
    """The step to take: `due`, or the last of those that have passed since (the app was closed)."""
    if status != Status.UNPAID:
        return due
    policy = effective(*policies)
    return last_payment_step(created_at, pay_by, policy, by=now, attempted_at=attempted_at) or due


def _take(shop: Shop, number: int, due: Due) -> Done | None:
    # The key is the deadline itself: whoever comes second gets the first one's answer and does nothing.
    key = f"{number}:{due.step.value}:{due.at}"
    try:
        return _STEPS[due.step](shop, SYSTEM, number, key=key)
    except (Refused, Changed):
        return None


@action
def remind(shop: Shop, actor: Actor, number: int, *, key: str) -> Done:
    """Remind the buyer that an order is still to be paid."""
    with shop.change() as work:
        order = open_order(work, actor, Action.REMIND, number, key)
        order.may()
        answer = {"number": str(number), "status": order.status.value, "pay_by": order.pay_by}
        due = next_payment_step(
            order.created_at,
            order.pay_by or order.created_at,
            order.policy,
            after=work.now,
            attempted_at=order.attempted_at,
        )
        return order.write(answer, due=due, told={"pay_by": order.pay_by}, buyer_code="payment_reminder")


@action
def expire(shop: Shop, actor: Actor, number: int, *, key: str) -> Done:
    """An order that was not paid in time lapses (T4)."""
    with shop.change() as work:
        order = open_order(work, actor, Action.EXPIRE, number, key)
        order.may()
        return cancelled(order, REASONS["SY_PAYMENT_TIMEOUT"])


@action
def release(shop: Shop, actor: Actor, number: int, *, key: str) -> Done:
    """The time to think is over (T6)."""
    with shop.change() as work:
        order = open_order(work, actor, Action.RELEASE, number, key)
        order.may()
        due = next_due(
            Status.AWAITING_SHIPMENT,
            order.policy,
            after=work.now,
            created_at=order.created_at,
            cancel_sla=order.cancel_sla,
        )
        answer = {"number": str(number), "status": Status.AWAITING_SHIPMENT.value}
        return order.write(answer, to=Status.AWAITING_SHIPMENT, due=due)


@action
def ship_timeout(shop: Shop, actor: Actor, number: int, *, key: str) -> Done:
    """The seller did not ship in time (T11): cancelled, the money goes back."""
    with shop.change() as work:
        order = open_order(work, actor, Action.SHIP_TIMEOUT, number, key)
        order.may()
        return cancelled(order, REASONS["SY_SHIP_TIMEOUT"])


_STEPS: dict[Step, Callable[..., Done]] = {
    Step.REMIND_HALF: remind,
    Step.REMIND_LAST: remind,
    Step.EXPIRE: expire,
    Step.RELEASE: release,
    Step.SHIP_TIMEOUT: ship_timeout,
    Step.COMPLETE: complete,
}
