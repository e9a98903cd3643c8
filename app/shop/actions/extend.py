"""More time to pay, once, where the way to pay has any."""

from app.shop.actions.opening import open_order
from app.shop.once import action
from app.shop.rules.clocks import next_payment_step
from app.shop.rules.orders import Action
from app.shop.shop import Actor, Done, Shop


@action
def extend_pay_by(shop: Shop, actor: Actor, number: int, *, key: str) -> Done:
    """Give the buyer more time to pay an order; its reminders move along.

    Raises Refused where it had more time before, its way to pay has none, or it can no longer be paid.
    """
    with shop.change() as work:
        order = open_order(work, actor, Action.EXTEND_PAY_BY, number, key)
        order.may()
        until = order.longer_until
        assert until is not None  # noqa: S101  (else the rules had refused)
        due = next_payment_step(
            order.created_at, until, order.policy, after=work.now, attempted_at=order.attempted_at
        )
        return order.write(
            {"number": str(number), "status": order.status.value, "pay_by": until},
            changes={"pay_by": until, "extended_at": work.now},
            due=due,
            told={"pay_by": until},
            buyer_code="pay_by_extended",
        )
