"""What an order's deadlines bring: reminders, the end of the time to pay, to think and to ship."""

from collections.abc import Callable

from app.shop.actions.cancel import cancelled
from app.shop.actions.opening import open_order
from app.shop.actions.ship import complete
from app.shop.once import action
from app.shop.rules.clocks import Step, next_due, next_payment_step
from app.shop.rules.orders import Action, Status
from app.shop.rules.reasons import REASONS
from app.shop.shop import Actor, Done, Shop


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


STEPS: dict[Step, Callable[..., Done]] = {
    Step.REMIND_HALF: remind,
    Step.REMIND_LAST: remind,
    Step.EXPIRE: expire,
    Step.RELEASE: release,
    Step.SHIP_TIMEOUT: ship_timeout,
    Step.COMPLETE: complete,
}
"""What does each step of an order's clock."""
